/** The credentials that the sandbox accepts, and no others. */
export const DEMO_CREDENTIALS = {
	lumen: { clientId: 'lumen-demo', clientSecret: 'lumen-demo-secret' },
	oracleBrm: {
		clientId: 'brm-demo',
		clientSecret: 'brm-demo-secret',
		/** May be asked for, need not be. */
		scope: 'BillingResource.Read',
		/** Oracle Access Management wants it in the header X-OAUTH-IDENTITY-DOMAIN-NAME. */
		identityDomain: 'telecom',
	},
	floLive: {
		token: 'flolive-demo-token',
		/** The header that carries the token where no bearer token is used. */
		tokenHeader: 'x-auth-token',
		username: 'demo@example.com',
		password: 'flolive-demo-password',
	},
	orange: { clientId: 'orange-demo', clientSecret: 'orange-demo-secret', apiKey: 'orange-demo-api-key' },
} as const;
