// What the Test of each credential says when something is wrong, in a real n8n: our words, or n8n's where it answers itself.
import type { IDataObject } from 'n8n-workflow';

import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { type CredentialTypeName, TESTABLE_TYPES, testCredential } from './demoCredentials';
import type { N8n } from './n8n';
import { addFault } from './sandboxControl';
import { sharedN8n } from './sharedN8n';

/** Nothing listens there. */
const DEAD_HOST = 'http://127.0.0.1:9';

/** n8n's own words, for what its own OAuth2 or its HTTP helper met; docs/credentials.md explains them. */
const N8N_SAYS = {
	apiHostDown: 'ECONNREFUSED',
	tokenHostDown: 'The service refused the connection - perhaps it is offline',
	tokenRefused:
		'Failed to acquire OAuth2 access token: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
	/** Lumen's refusals are not in OAuth2's own form. */
	tokenRefusedByLumen: 'Failed to acquire OAuth2 access token: HTTP status 401',
	noTokenUrlAtLumen: 'Failed to acquire OAuth2 access token: HTTP status 404',
	noTokenUrl: 'Failed to acquire OAuth2 access token: Not Found',
	scopeRefused: 'Failed to acquire OAuth2 access token: The requested scope is invalid, unknown, or malformed.',
} as const;

let n8n: N8n;
let sandbox: RunningSandbox;

beforeAll(async () => {
	n8n = await sharedN8n();
});

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => sandbox.close());

interface Broken {
	readonly type: CredentialTypeName;
	readonly what: string;
	readonly fields: (url: string) => IDataObject;
	readonly says: string | RegExp;
}

const nowhere = (url: string): string => `${url}/nowhere`;
const floLiveLogin = (url: string): IDataObject => ({
	authentication: 'login',
	loginUrl: `${url}/flolive/login`,
	username: DEMO_CREDENTIALS.floLive.username,
	password: DEMO_CREDENTIALS.floLive.password,
});

const FLOLIVE: readonly Omit<Broken, 'type'>[] = [
	{
		what: 'a wrong token',
		fields: () => ({ token: 'wrong' }),
		says: 'floLIVE does not accept the token, header or password. Check that the user is of the kind PUBLIC_API.',
	},
	{
		what: 'a wrong header',
		fields: () => ({ authentication: 'header', headerName: 'X-Auth-Token', headerSecret: 'wrong' }),
		says: /does not accept the token, header or password/,
	},
	{
		what: 'a wrong password',
		fields: () => ({ authentication: 'basic', username: 'demo@example.com', password: 'wrong' }),
		says: /does not accept the token, header or password/,
	},
	{
		what: 'a wrong password at the sign-in URL',
		fields: (url) => ({ ...floLiveLogin(url), password: 'wrong' }),
		says: 'No access token: the sign-in URL refused the request (status 401). Check the user name and password, and that the user is of the kind PUBLIC_API.',
	},
	{
		what: 'a wrong sign-in URL',
		fields: (url) => ({ ...floLiveLogin(url), loginUrl: nowhere(url) }),
		says: 'No access token: the sign-in URL answered with status 404. Check the sign-in URL.',
	},
	{
		what: 'a wrong path to the token',
		fields: (url) => ({ ...floLiveLogin(url), tokenPathId: 'token' }),
		says: 'No access token: the answer of the sign-in URL has none at "token".',
	},
	{
		what: 'a wrong customer',
		fields: () => ({ customerIds: '12345' }),
		says: 'The sign-in works, but floLIVE knows no customer with the first customer ID.',
	},
	{
		what: 'a customer whose details floLIVE cannot give',
		fields: () => ({ customerIds: '77700' }),
		says: /floLIVE could not give the details of this customer/,
	},
	{
		what: 'a service that is not available',
		fields: () => ({ customerIds: '88800' }),
		says: /its service is not available at the moment/,
	},
	{
		what: 'a service that is not available, said in rows',
		fields: () => ({ customerIds: '99900' }),
		says: /its service is not available at the moment/,
	},
	{
		what: 'a wrong path',
		fields: (url) => ({ baseUrl: nowhere(url) }),
		says: 'There is no floLIVE API under this base URL. Give the address before /api/v2.',
	},
	{ what: 'its host down', fields: () => ({ baseUrl: DEAD_HOST }), says: N8N_SAYS.apiHostDown },
	{
		what: 'the host of the sign-in down',
		fields: (url) => ({ ...floLiveLogin(url), loginUrl: DEAD_HOST }),
		says: /No access token: the .* cannot be reached: nothing answers at its host and port/,
	},
];

const LUMEN: readonly Omit<Broken, 'type'>[] = [
	{ what: 'a wrong secret', fields: () => ({ clientSecret: 'wrong' }), says: N8N_SAYS.tokenRefusedByLumen },
	{
		what: 'a wrong secret at the legacy token URL',
		fields: () => ({ clientSecret: 'wrong', tokenUrlChoice: 'v1' }),
		says: N8N_SAYS.tokenRefusedByLumen,
	},
	{
		what: "the guide's token URL, which production does not have",
		fields: () => ({ tokenUrlChoice: 'guide' }),
		says: N8N_SAYS.noTokenUrlAtLumen,
	},
	{
		what: 'a wrong account',
		fields: () => ({ billingAccounts: '5-NONE0000' }),
		says: /no bills for the first billing account number, or this app is not authorised for it/,
	},
	{
		what: 'a wrong path',
		fields: (url) => ({
			baseUrl: nowhere(url),
			tokenUrlChoice: 'other',
			tokenUrl: `${url}/lumen/oauth/v2/token`,
		}),
		says: /with a host of your own, check the base URL too/,
	},
	{
		what: 'its host down',
		fields: (url) => ({ baseUrl: DEAD_HOST, tokenUrlChoice: 'other', tokenUrl: `${url}/lumen/oauth/v2/token` }),
		says: N8N_SAYS.apiHostDown,
	},
	{ what: 'its host and token URL down', fields: () => ({ baseUrl: DEAD_HOST }), says: N8N_SAYS.tokenHostDown },
];

const BRM: readonly Omit<Broken, 'type'>[] = [
	{
		what: 'a wrong secret',
		fields: () => ({ clientSecret: 'wrong' }),
		says: 'No access token: the token URL refused the request (status 401). Check the client ID and secret, the identity domain and the scope.',
	},
	{
		what: 'a wrong identity domain',
		fields: () => ({ identityDomain: 'wrong' }),
		says: /^No access token: the token URL refused the request \(status 400\)/,
	},
	{
		what: 'a wrong token URL',
		fields: (url) => ({ tokenUrl: nowhere(url) }),
		says: 'No access token: the token URL answered with status 404. Check the token URL.',
	},
	{
		what: 'a wrong bearer token',
		fields: () => ({ authentication: 'bearer', token: 'wrong' }),
		says: /^BRM does not accept the token/,
	},
	{
		what: 'no token where one is wanted',
		fields: () => ({ authentication: 'none' }),
		says: /^BRM does not accept the token, or wants one where none is sent/,
	},
	{
		what: 'a wrong path',
		fields: (url) => ({ baseUrl: nowhere(url) }),
		says: 'There is no customer bill resource under this base URL. It should end in /customerBillManagement/v4.',
	},
	{ what: 'its host down', fields: () => ({ baseUrl: DEAD_HOST }), says: N8N_SAYS.apiHostDown },
	{
		what: 'the host of the token URL down',
		fields: () => ({ tokenUrl: DEAD_HOST }),
		says: /No access token: the token URL cannot be reached: nothing answers at its host and port/,
	},
];

const BRM_OAUTH2: readonly Omit<Broken, 'type'>[] = [
	{ what: 'a wrong secret', fields: () => ({ clientSecret: 'wrong' }), says: N8N_SAYS.tokenRefused },
	{ what: 'a wrong scope', fields: () => ({ scope: 'wrong' }), says: N8N_SAYS.scopeRefused },
	{ what: 'a wrong token URL', fields: (url) => ({ accessTokenUrl: nowhere(url) }), says: N8N_SAYS.noTokenUrl },
	{
		what: 'a wrong path',
		fields: (url) => ({ baseUrl: nowhere(url) }),
		says: 'There is no customer bill resource under this base URL. It should end in /customerBillManagement/v4.',
	},
	{ what: 'its host down', fields: () => ({ baseUrl: DEAD_HOST }), says: N8N_SAYS.apiHostDown },
	{
		what: 'the host of the token URL down',
		fields: () => ({ accessTokenUrl: DEAD_HOST }),
		says: N8N_SAYS.tokenHostDown,
	},
];

const ORANGE: readonly Omit<Broken, 'type'>[] = [
	{ what: 'a wrong secret', fields: () => ({ clientSecret: 'wrong' }), says: N8N_SAYS.tokenRefused },
	{
		what: 'a wrong API key',
		fields: () => ({ apiKey: 'wrong' }),
		says: 'Orange does not accept the API key with this application. Keys end after 2 years: ask your Orange representative for a new one if yours is older.',
	},
	{ what: 'a wrong token URL', fields: (url) => ({ accessTokenUrl: nowhere(url) }), says: N8N_SAYS.noTokenUrl },
	{
		what: 'a wrong path',
		fields: (url) => ({ baseUrl: nowhere(url) }),
		says: 'There is no billing API under this base URL. Orange documents https://api.orange.com/billing/b2b/v1.',
	},
	{ what: 'its host down', fields: () => ({ baseUrl: DEAD_HOST }), says: N8N_SAYS.apiHostDown },
	{
		what: 'the host of the token URL down',
		fields: () => ({ accessTokenUrl: DEAD_HOST }),
		says: N8N_SAYS.tokenHostDown,
	},
];

const BROKEN: readonly Broken[] = [
	...FLOLIVE.map((broken): Broken => ({ type: 'floLiveApi', ...broken })),
	...LUMEN.map((broken): Broken => ({ type: 'lumenOAuth2Api', ...broken })),
	...BRM.map((broken): Broken => ({ type: 'oracleBrmApi', ...broken })),
	...BRM_OAUTH2.map((broken): Broken => ({ type: 'oracleBrmOAuth2Api', ...broken })),
	...ORANGE.map((broken): Broken => ({ type: 'orangeBusinessOAuth2Api', ...broken })),
];

test.each(BROKEN)('$type with $what', async ({ type, fields, says }) => {
	const { status, message } = await testCredential(n8n, sandbox, type, fields(sandbox.url));
	expect(status).toBe('Error');
	if (typeof says === 'string') expect(message).toBe(says);
	else expect(message).toMatch(says);
});

const FORBIDDEN: Readonly<Record<(typeof TESTABLE_TYPES)[number], RegExp>> = {
	floLiveApi: /floLIVE knows the user, but it may not see invoices/,
	lumenOAuth2Api: /The key works, but the app is not enrolled for the Customer Bill API/,
	oracleBrmApi: /The token is good, but an authorization policy of BRM does not allow customer bills/,
	oracleBrmOAuth2Api: /The token is good, but an authorization policy of BRM does not allow customer bills/,
	orangeBusinessOAuth2Api: /it is not subscribed to Billing for Business, or it is blocked/,
};

test.each(TESTABLE_TYPES)('%s with an account that may not read bills', async (type) => {
	await addFault(sandbox, { method: 'GET', effect: 'answer', with: { status: 403 } });
	const { message } = await testCredential(n8n, sandbox, type, {});
	expect(message).toMatch(FORBIDDEN[type]);
});

test('floLiveApi with a page of another program at the base URL', async () => {
	await addFault(sandbox, { method: 'GET', effect: 'answer', with: { body: '<html>Sign in</html>', status: 200 } });
	const { message } = await testCredential(n8n, sandbox, 'floLiveApi', {});
	expect(message).toBe('Something answers at this base URL, but not as floLIVE does. Give the address before /api/v2.');
});
