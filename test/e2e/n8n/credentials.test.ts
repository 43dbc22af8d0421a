// The six credential types in a real n8n, filled in rightly: each Test passes, and tokens go where they belong.
import type { IDataObject } from 'n8n-workflow';

import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { CREDENTIAL_TYPES, type CredentialTypeName, TESTABLE_TYPES, testCredential } from './demoCredentials';
import type { N8n } from './n8n';
import { addFault, requestsTo } from './sandboxControl';
import { sharedN8n } from './sharedN8n';

const PASSES = { status: 'OK', message: 'Connection successful!' };

let n8n: N8n;
let sandbox: RunningSandbox;

beforeAll(async () => {
	n8n = await sharedN8n();
});

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => sandbox.close());

test('all six types are registered, with a light and a dark icon each', async () => {
	const types = (await n8n.rest.credentialTypes()).filter(({ name }) =>
		(CREDENTIAL_TYPES as readonly string[]).includes(name),
	);
	expect(types.map(({ name }) => name).sort()).toEqual([...CREDENTIAL_TYPES]);
	const urls = types.flatMap(({ iconUrl }) => (typeof iconUrl === 'object' ? [iconUrl.light, iconUrl.dark] : []));
	expect(urls).toHaveLength(12);
	const icons = await Promise.all(urls.map((url) => fetch(`${n8n.rest.session.url}/${url}`)));
	expect(new Set(icons.map(({ status, headers }) => `${status} ${headers.get('content-type') ?? ''}`))).toEqual(
		new Set(['200 image/svg+xml']),
	);
});

test.each(TESTABLE_TYPES)('%s: the Test passes', async (type) => {
	expect(await testCredential(n8n, sandbox, type, {})).toEqual(PASSES);
});

interface OtherWay {
	readonly type: CredentialTypeName;
	readonly way: string;
	readonly fields: (url: string) => IDataObject;
}

const OTHER_WAYS: readonly OtherWay[] = [
	{
		type: 'floLiveApi',
		way: 'a custom header',
		fields: () => ({
			authentication: 'header',
			headerName: DEMO_CREDENTIALS.floLive.tokenHeader,
			headerSecret: DEMO_CREDENTIALS.floLive.token,
		}),
	},
	{
		type: 'floLiveApi',
		way: 'user name and password',
		fields: () => ({ authentication: 'basic', ...floLiveUser() }),
	},
	{
		type: 'floLiveApi',
		way: 'a sign-in request',
		fields: (url) => ({ authentication: 'login', loginUrl: `${url}/flolive/login`, ...floLiveUser() }),
	},
	{
		type: 'floLiveApi',
		way: 'a base URL with the API path on it',
		fields: (url) => ({ baseUrl: `${url}/flolive/api/v2/` }),
	},
	{ type: 'lumenOAuth2Api', way: 'the legacy token URL', fields: () => ({ tokenUrlChoice: 'v1' }) },
	{
		type: 'lumenOAuth2Api',
		way: 'another token URL',
		fields: (url) => ({ tokenUrlChoice: 'other', tokenUrl: `${url}/lumen/oauth/v2/token` }),
	},
	{ type: 'lumenOAuth2Api', way: 'API version 2', fields: () => ({ apiVersion: 'v2' }) },
	{
		type: 'oracleBrmApi',
		way: 'a test system without a token',
		fields: (url) => ({ authentication: 'none', baseUrl: `${url}/brm-open/customerBillManagement/v4` }),
	},
	{
		type: 'oracleBrmApi',
		way: 'a TMF678 server of another make',
		fields: (url) => ({
			authentication: 'none',
			baseUrl: `${url}/tmf-api/customerBillManagement/v4`,
			dialect: 'TMF678',
		}),
	},
	{ type: 'oracleBrmOAuth2Api', way: 'no scope', fields: () => ({ scope: '' }) },
];

test.each(OTHER_WAYS)('$type: the Test passes with $way', async ({ type, fields }) => {
	expect(await testCredential(n8n, sandbox, type, fields(sandbox.url))).toEqual(PASSES);
});

test('oracleBrmApi: the Test passes with a bearer token', async () => {
	const { clientId, clientSecret } = DEMO_CREDENTIALS.oracleBrm;
	const response = await fetch(`${sandbox.url}/idcs/oauth2/v1/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
		body: new URLSearchParams({ grant_type: 'client_credentials' }),
	});
	const { access_token: token } = (await response.json()) as { access_token: string };
	expect(await testCredential(n8n, sandbox, 'oracleBrmApi', { authentication: 'bearer', token })).toEqual(PASSES);
});

test('lumenOAuth2Api: a token of the type "BearerToken" travels in the header, not in the URL', async () => {
	await testCredential(n8n, sandbox, 'lumenOAuth2Api', {});
	const requests = await requestsTo(sandbox);
	expect(requests.map(({ path, rawQuery, auth }) => ({ path, inUrl: /token/.test(rawQuery), auth }))).toEqual([
		{ path: '/lumen/oauth/v2/token', inUrl: false, auth: ['Basic'] },
		{ path: '/lumen/Billing/v1/CustomerBillManagement/customerBill', inUrl: false, auth: ['Bearer'] },
	]);
});

test('orangeBusinessOAuth2Api: the API key goes with the call, not with the token request', async () => {
	await testCredential(n8n, sandbox, 'orangeBusinessOAuth2Api', {});
	const requests = await requestsTo(sandbox);
	expect(requests.map(({ path, headers }) => [path, 'x-api-key' in headers])).toEqual([
		['/orange/oauth/v3/token', false],
		['/orange/billing/b2b/v1/bills', true],
	]);
});

test.each(TESTABLE_TYPES)('%s: the Test follows no redirect to another host', async (type) => {
	const stranger = await startSandbox();
	try {
		await addFault(sandbox, {
			method: 'GET',
			effect: 'answer',
			with: { status: 302, headers: { location: `${stranger.url}/flolive/elsewhere` } },
		});
		expect(await testCredential(n8n, sandbox, type, {})).toEqual({ status: 'Error', message: 'Found' });
		expect(await requestsTo(stranger)).toEqual([]);
	} finally {
		await stranger.close();
	}
});

function floLiveUser(): IDataObject {
	const { username, password } = DEMO_CREDENTIALS.floLive;
	return { username, password };
}
