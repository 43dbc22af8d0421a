// All six credential types, filled in as a user would who works with the sandbox.
import type { IDataObject } from 'n8n-workflow';

import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import type { RunningSandbox } from '../../../sandbox/server';

export interface CredentialForm {
	readonly name: string;
	readonly data: IDataObject;
}

export const CREDENTIAL_TYPES = [
	'floLiveApi',
	'lumenOAuth2Api',
	'oracleBrmApi',
	'oracleBrmOAuth2Api',
	'orangeBusinessOAuth2Api',
	'orangeBusinessUserOAuth2Api',
] as const;

export type CredentialTypeName = (typeof CREDENTIAL_TYPES)[number];

/** One form for each credential type. */
export function demoCredentials({
	url,
	ledger,
}: Pick<RunningSandbox, 'url' | 'ledger'>): Record<CredentialTypeName, CredentialForm> {
	const { floLive, lumen, oracleBrm, orange } = DEMO_CREDENTIALS;
	const accounts = (provider: 'lumen' | 'floLive'): string =>
		ledger
			.accounts(provider)
			.map(({ id }) => id)
			.join(', ');
	const brmClient = { clientId: oracleBrm.clientId, clientSecret: oracleBrm.clientSecret };
	const brmApi = { baseUrl: `${url}/brm/customerBillManagement/v4`, dialect: 'ORACLE_BRM', agentsMayCreate: false };
	const orangeClient = { clientId: orange.clientId, clientSecret: orange.clientSecret };
	const orangeApi = {
		baseUrl: `${url}/orange/billing/b2b/v1`,
		accessTokenUrl: `${url}/orange/oauth/v3/token`,
	};
	return {
		floLiveApi: {
			name: 'floLIVE (sandbox)',
			data: {
				baseUrl: `${url}/flolive`,
				customerIds: accounts('floLive'),
				authentication: 'bearer',
				token: floLive.token,
			},
		},
		lumenOAuth2Api: {
			name: 'Lumen (sandbox)',
			data: {
				environment: 'own',
				baseUrl: `${url}/lumen`,
				tokenUrlChoice: 'v2',
				billingAccounts: accounts('lumen'),
				apiVersion: 'v1',
				...lumen,
			},
		},
		oracleBrmApi: {
			name: 'Oracle BRM by Access Management (sandbox)',
			data: {
				...brmApi,
				authentication: 'oam',
				tokenUrl: `${url}/oam/oauth2/rest/token`,
				identityDomain: oracleBrm.identityDomain,
				...brmClient,
			},
		},
		oracleBrmOAuth2Api: {
			name: 'Oracle BRM (sandbox)',
			data: { ...brmApi, accessTokenUrl: `${url}/idcs/oauth2/v1/token`, scope: oracleBrm.scope, ...brmClient },
		},
		orangeBusinessOAuth2Api: {
			name: 'Orange Business (sandbox)',
			data: { ...orangeApi, apiKey: orange.apiKey, ...orangeClient },
		},
		orangeBusinessUserOAuth2Api: {
			name: 'Orange Business by user (sandbox)',
			data: {
				...orangeApi,
				authUrl: `${url}/orange/oauth/v3/authorize`,
				scope: 'openid offline_access',
				...orangeClient,
			},
		},
	};
}
