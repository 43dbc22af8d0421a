// The six credential types in a real n8n: their Test against the sandbox, and its words when something is wrong.
import type { IDataObject } from 'n8n-workflow';

import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { CREDENTIAL_TYPES, type CredentialForm, type CredentialTypeName, demoCredentials } from './demoCredentials';
import type { N8n } from './n8n';
import type { CredentialTestResult } from './rest';
import { sharedN8n } from './sharedN8n';

/** Nothing listens there. */
const DEAD_HOST = 'http://127.0.0.1:9';

let n8n: N8n;
let sandbox: RunningSandbox;
let forms: Record<CredentialTypeName, CredentialForm>;

beforeAll(async () => {
	sandbox = await startSandbox();
	forms = demoCredentials(sandbox);
	n8n = await sharedN8n();
});

afterAll(async () => sandbox?.close());

test('all six types are registered', async () => {
	const names = (await n8n.rest.credentialTypes()).map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining([...CREDENTIAL_TYPES]));
});
const TESTABLE = CREDENTIAL_TYPES.filter((type) => type !== 'orangeBusinessUserOAuth2Api');

test.each(TESTABLE)('%s: the Test passes', async (type) => {
	expect(await testWith(type, {})).toEqual({ status: 'OK', message: 'Connection successful!' });
});

interface Broken {
	readonly type: CredentialTypeName;
	readonly what: string;
	change(): IDataObject;
	readonly says: string | RegExp;
}

const BROKEN: readonly Broken[] = [
	{ type: 'floLiveApi', what: 'wrong token', change: () => ({ token: 'x' }), says: 'x' },
	{ type: 'floLiveApi', what: 'wrong customer', change: () => ({ customerIds: '99999' }), says: 'x' },
	{ type: 'floLiveApi', what: 'wrong path', change: () => ({ baseUrl: `${sandbox.url}/nowhere` }), says: 'x' },
	{ type: 'floLiveApi', what: 'host down', change: () => ({ baseUrl: DEAD_HOST }), says: 'x' },
	{
		type: 'floLiveApi',
		what: 'wrong basic',
		change: () => ({ authentication: 'basic', username: 'a', password: 'b' }),
		says: 'x',
	},
	{
		type: 'floLiveApi',
		what: 'wrong header',
		change: () => ({ authentication: 'header', headerName: 'x-auth-token', headerSecret: 'b' }),
		says: 'x',
	},
	{
		type: 'floLiveApi',
		what: 'wrong login',
		change: () => ({ authentication: 'login', username: 'a', password: 'b', loginUrl: `${sandbox.url}/flolive/login` }),
		says: 'x',
	},
	{
		type: 'floLiveApi',
		what: 'login host down',
		change: () => ({ authentication: 'login', username: 'a', password: 'b', loginUrl: `${DEAD_HOST}/flolive/login` }),
		says: 'x',
	},
	{
		type: 'floLiveApi',
		what: 'ok login',
		change: () => ({
			authentication: 'login',
			username: 'demo@example.com',
			password: 'flolive-demo-password',
			loginUrl: `${sandbox.url}/flolive/login`,
		}),
		says: 'x',
	},
	{
		type: 'floLiveApi',
		what: 'ok basic',
		change: () => ({ authentication: 'basic', username: 'demo@example.com', password: 'flolive-demo-password' }),
		says: 'x',
	},
	{ type: 'orangeBusinessOAuth2Api', what: 'wrong secret', change: () => ({ clientSecret: 'x' }), says: 'x' },
	{ type: 'orangeBusinessOAuth2Api', what: 'wrong API key', change: () => ({ apiKey: 'x' }), says: 'x' },
	{
		type: 'orangeBusinessOAuth2Api',
		what: 'wrong path',
		change: () => ({ baseUrl: `${sandbox.url}/nowhere` }),
		says: 'x',
	},
	{
		type: 'orangeBusinessOAuth2Api',
		what: 'wrong token path',
		change: () => ({ accessTokenUrl: `${sandbox.url}/nowhere` }),
		says: 'x',
	},
	{ type: 'orangeBusinessOAuth2Api', what: 'host down', change: () => ({ baseUrl: DEAD_HOST }), says: 'x' },
	{
		type: 'orangeBusinessOAuth2Api',
		what: 'token host down',
		change: () => ({ accessTokenUrl: DEAD_HOST }),
		says: 'x',
	},
	{ type: 'lumenOAuth2Api', what: 'wrong secret', change: () => ({ clientSecret: 'x' }), says: 'x' },
	{ type: 'lumenOAuth2Api', what: 'wrong account', change: () => ({ billingAccounts: '5-NONE0000' }), says: 'x' },
	{ type: 'lumenOAuth2Api', what: 'guide token endpoint', change: () => ({ tokenEndpoint: 'guide' }), says: 'x' },
	{
		type: 'lumenOAuth2Api',
		what: 'v1 token endpoint wrong secret',
		change: () => ({ tokenEndpoint: 'v1', clientSecret: 'x' }),
		says: 'x',
	},
	{ type: 'lumenOAuth2Api', what: 'v1 token endpoint', change: () => ({ tokenEndpoint: 'v1' }), says: 'x' },
	{ type: 'lumenOAuth2Api', what: 'api v2', change: () => ({ apiVersion: 'v2' }), says: 'x' },
	{
		type: 'lumenOAuth2Api',
		what: 'wrong path',
		change: () => ({
			baseUrl: `${sandbox.url}/nowhere`,
			tokenEndpoint: 'other',
			tokenUrl: `${sandbox.url}/lumen/oauth/v2/token`,
		}),
		says: 'x',
	},
	{ type: 'floLiveApi', what: 'bulk', change: () => ({ customerIds: '99999' }), says: 'x' },
	{ type: 'floLiveApi', what: 'wrong customer', change: () => ({ customerIds: '12345' }), says: 'x' },
	{
		type: 'floLiveApi',
		what: 'another server',
		change: () => ({ baseUrl: `${sandbox.url}/flolive/api/v2/customer/20100/user?x=` }),
		says: 'x',
	},
	{
		type: 'floLiveApi',
		what: 'wrong login url',
		change: () => ({ authentication: 'login', username: 'a', password: 'b', loginUrl: `${sandbox.url}/nowhere` }),
		says: 'x',
	},
	{
		type: 'floLiveApi',
		what: 'wrong login path',
		change: () => ({
			authentication: 'login',
			username: 'demo@example.com',
			password: 'flolive-demo-password',
			loginUrl: `${sandbox.url}/flolive/login`,
			tokenPathId: 'token',
		}),
		says: 'x',
	},
	{ type: 'oracleBrmApi', what: 'wrong secret', change: () => ({ clientSecret: 'x' }), says: 'x' },
	{ type: 'oracleBrmApi', what: 'wrong domain', change: () => ({ identityDomain: 'x' }), says: 'x' },
	{ type: 'oracleBrmApi', what: 'wrong token url', change: () => ({ tokenUrl: `${sandbox.url}/nowhere` }), says: 'x' },
	{ type: 'oracleBrmApi', what: 'token host down', change: () => ({ tokenUrl: DEAD_HOST }), says: 'x' },
	{ type: 'oracleBrmApi', what: 'wrong path', change: () => ({ baseUrl: `${sandbox.url}/nowhere` }), says: 'x' },
	{ type: 'oracleBrmApi', what: 'host down', change: () => ({ baseUrl: DEAD_HOST }), says: 'x' },
	{ type: 'oracleBrmApi', what: 'bearer', change: () => ({ authentication: 'bearer', token: 'x' }), says: 'x' },
	{ type: 'oracleBrmApi', what: 'none', change: () => ({ authentication: 'none' }), says: 'x' },
	{
		type: 'oracleBrmApi',
		what: 'ok none',
		change: () => ({ authentication: 'none', baseUrl: `${sandbox.url}/brm-open/customerBillManagement/v4` }),
		says: 'x',
	},
	{
		type: 'oracleBrmApi',
		what: 'ok tmf',
		change: () => ({ authentication: 'none', baseUrl: `${sandbox.url}/tmf-api/customerBillManagement/v4` }),
		says: 'x',
	},
	{ type: 'oracleBrmOAuth2Api', what: 'wrong secret', change: () => ({ clientSecret: 'x' }), says: 'x' },
	{ type: 'oracleBrmOAuth2Api', what: 'wrong scope', change: () => ({ scope: 'x' }), says: 'x' },
	{ type: 'oracleBrmOAuth2Api', what: 'wrong path', change: () => ({ baseUrl: `${sandbox.url}/nowhere` }), says: 'x' },
	{ type: 'oracleBrmOAuth2Api', what: 'host down', change: () => ({ baseUrl: DEAD_HOST }), says: 'x' },
	{
		type: 'lumenOAuth2Api',
		what: 'token host down',
		change: () => ({ tokenUrlChoice: 'other', tokenUrl: `${DEAD_HOST}/x` }),
		says: 'x',
	},
	{ type: 'lumenOAuth2Api', what: 'host down', change: () => ({ baseUrl: DEAD_HOST }), says: 'x' },
];

test.each(BROKEN)('$type: $what', async ({ type, change, says }) => {
	const result = await testWith(type, change());
	console.log(type, JSON.stringify(change()), result);
});

async function testWith(type: CredentialTypeName, change: IDataObject): Promise<CredentialTestResult> {
	const data = { ...forms[type].data, ...change };
	return n8n.rest.testCredential(await n8n.credential(type, data), data);
}
