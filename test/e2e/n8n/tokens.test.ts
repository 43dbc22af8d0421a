// Tokens in a real n8n: renewed in the middle of a run however their end is told, sent to their own host only, never shown.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { type CredentialTypeName, demoCredentials } from './demoCredentials';
import type { N8n, NodeRun } from './n8n';
import { byId, succeeded } from './operations';
import { PACKAGE } from './package';
import type { Credential } from './rest';
import { type FaultRule, addFault, requestsTo } from './sandboxControl';
import { sharedN8n } from './sharedN8n';
import { billRows, trueBills } from './truth';

let n8n: N8n;
let sandbox: RunningSandbox;

beforeAll(async () => {
	n8n = await sharedN8n();
});

beforeEach(async () => {
	sandbox = await startSandbox({ today: '2026-11-23' });
});

afterEach(async () => sandbox.close());

interface Reading {
	readonly node: string;
	readonly type: CredentialTypeName;
	readonly parameters: INodeParameters;
	/** Instead of the demo credential's. */
	readonly fields?: IDataObject;
}

/** Lists that take several requests each, so that a token can end in the middle. */
const ORACLE: Reading = {
	node: 'oracleBrm',
	type: 'oracleBrmOAuth2Api',
	parameters: { authentication: 'oAuth2', resource: 'bill', options: { rowsPerRequest: 10 } },
};
const ORACLE_OAM: Reading = {
	...ORACLE,
	type: 'oracleBrmApi',
	parameters: { ...ORACLE.parameters, authentication: 'token' },
};
const LUMEN: Reading = { node: 'lumen', type: 'lumenOAuth2Api', parameters: { resource: 'bill' } };
const ORANGE: Reading = {
	node: 'orangeBusiness',
	type: 'orangeBusinessOAuth2Api',
	parameters: { authentication: 'apiKey', resource: 'bill', options: { pageSize: 10 } },
};

async function save({ type, fields }: Pick<Reading, 'type' | 'fields'>): Promise<Credential> {
	return n8n.credential(type, { ...demoCredentials(sandbox)[type].data, ...fields });
}

async function read(reading: Reading, credential?: Credential): Promise<NodeRun> {
	return n8n.runNode({
		type: `${PACKAGE}.${reading.node}`,
		parameters: { operation: 'getAll', returnAll: true, ...reading.parameters },
		credentials: [credential ?? (await save(reading))],
	});
}

async function tokenRequests(): Promise<number> {
	return (await requestsTo(sandbox)).filter(({ method, path }) => method === 'POST' && /token$|login$/.test(path))
		.length;
}

type Books = 'lumen' | 'oracleBrm' | 'orange';

describe('a token that ends in the middle of a run', () => {
	const spent = (status: number, body: object): FaultRule => ({ effect: 'answer', with: { status, body } });
	const orangeSays = { code: 42, message: 'Expired credentials', description: 'The access token has expired.' };
	const tmfSays = { code: '403', reason: 'Token expired', message: 'The access token has expired' };

	test.each<[string, Reading, Books, string, FaultRule | undefined]>([
		['Oracle BRM, as 401', ORACLE, 'oracleBrm', '/customerBill?', undefined],
		['Oracle BRM, as 403', ORACLE, 'oracleBrm', '/customerBill?', spent(403, tmfSays)],
		['Oracle BRM by Access Management, as 401', ORACLE_OAM, 'oracleBrm', '/customerBill?', undefined],
		['Oracle BRM by Access Management, as 403', ORACLE_OAM, 'oracleBrm', '/customerBill?', spent(403, tmfSays)],
		['Lumen, as 401', LUMEN, 'lumen', '/customerBill?', undefined],
		['Lumen, as 403', LUMEN, 'lumen', '/customerBill?', spent(403, { code: '403', message: 'Access token expired' })],
		['Orange, as 401', ORANGE, 'orange', '/bills?', undefined],
		['Orange, as 403', ORANGE, 'orange', '/bills?', spent(403, orangeSays)],
		['Orange, inside a 200 body', ORANGE, 'orange', '/bills?', spent(200, orangeSays)],
	])('%s: all rows arrive, with a new token', async (_what, reading, books, path, answer) => {
		const second = { method: 'GET', path, nth: 2, times: 1 };
		await addFault(sandbox, { ...second, effect: 'expireTokens' });
		if (answer !== undefined) await addFault(sandbox, { ...second, ...answer });
		const { json } = succeeded(await read(reading));
		expect(billRows(json)).toEqual(billRows(await trueBills(sandbox, books)));
		expect(await tokenRequests()).toBeGreaterThanOrEqual(2);
	});

	test.each([
		['as 401', { status: 401, body: { errorCode: 'GLOBAL_1003', errorMessage: 'Unauthorized' } }],
		['inside a 200 body', { status: 200, body: { errorCode: 'GLOBAL_1003', errorMessage: 'Token expired' } }],
	])('floLIVE by sign-in, %s: all rows arrive, with a new token', async (_what, answer) => {
		const { username, password } = DEMO_CREDENTIALS.floLive;
		const fields = { authentication: 'login', loginUrl: `${sandbox.url}/flolive/login`, username, password };
		const invoices = { node: 'floLive', type: 'floLiveApi', parameters: { resource: 'invoice' }, fields } as const;
		const credential = await save(invoices);
		const whole = succeeded(await read(invoices, credential)).json;
		const before = await tokenRequests();
		await addFault(sandbox, { method: 'GET', path: '/invoices', times: 1, effect: 'answer', with: answer });
		expect(succeeded(await read(invoices, credential)).json).toEqual(whole);
		expect(await tokenRequests()).toBeGreaterThan(before);
	});
});

describe('what is secret', () => {
	const { apiKey, clientSecret } = DEMO_CREDENTIALS.orange;

	test('the Orange API key goes with every call to the API, and with no request for a token', async () => {
		succeeded(await read(ORANGE));
		succeeded(
			await read({ ...ORANGE, parameters: { ...ORANGE.parameters, findBy: 'json', searchJson: '{"type":"invoice"}' } }),
		);
		const { id } = sandbox.ledger.bills('orange')[0]!;
		const download = { ...ORANGE.parameters, operation: 'download', bill: byId(id), options: { asynchronous: true } };
		succeeded(await read({ ...ORANGE, parameters: download }));
		const requests = await requestsTo(sandbox);
		const toApi = requests.filter(({ path }) => path.includes('/billing/b2b/'));
		expect(toApi.length).toBeGreaterThan(8);
		expect(toApi.filter(({ headers }) => !('x-api-key' in headers))).toEqual([]);
		const forTokens = requests.filter(({ path }) => path.endsWith('/token'));
		expect(forTokens.filter(({ headers }) => 'x-api-key' in headers)).toEqual([]);
	});

	test.each<[string, FaultRule | undefined]>([
		['of a run that succeeds', undefined],
		['of a run that is refused', { path: '/bills', effect: 'answer', with: { status: 403, body: { code: 50 } } }],
		['of a run that is cut off', { path: '/bills', effect: 'reset' }],
		[
			'of a run whose token is refused',
			{ path: '/bills', effect: 'answer', with: { status: 401, body: { code: 41 } } },
		],
	])('neither key nor secret is in the data %s, nor in the workflow as it is exported', async (_what, fault) => {
		if (fault !== undefined) await addFault(sandbox, fault);
		const run = await read(ORANGE);
		expect(run.status).toBe(fault === undefined ? 'success' : 'error');
		const { data } = await n8n.rest.execution(run.executionId);
		const exported = JSON.stringify(await n8n.rest.workflow(run.workflow.id));
		expect(data.length).toBeGreaterThan(1_000);
		for (const secret of [apiKey, clientSecret, 'Bearer ', 'access_token']) {
			expect({ secret, shown: data.includes(secret) || exported.includes(secret) }).toEqual({ secret, shown: false });
		}
	});
});

describe('another host', () => {
	/** The same sandbox under another name, and so another origin: its document links still name the first. */
	const renamed = (url: string): string => url.replace('127.0.0.1', 'localhost');

	test('a document link of Lumen to another host is no way out for the token', async () => {
		const account = sandbox.ledger.accounts('lumen')[0]!.id;
		const bill = sandbox.ledger.bills('lumen', account).at(-1)!.id;
		const fields = { baseUrl: `${renamed(sandbox.url)}/lumen` };
		const parameters = { resource: 'bill', operation: 'download', account: byId(account), bill: byId(bill) };
		await expectNotSigned({ node: 'lumen', type: 'lumenOAuth2Api', parameters, fields });
	});

	test('a document link of Oracle BRM to another host is no way out for the token', async () => {
		const bill = sandbox.ledger
			.bills('oracleBrm')
			.filter(({ standing }) => standing === 'issued')
			.at(-1)!.id;
		const fields = { baseUrl: `${renamed(sandbox.url)}/brm/customerBillManagement/v4` };
		const parameters = { authentication: 'oAuth2', resource: 'bill', operation: 'download', billId: byId(bill) };
		await expectNotSigned({ node: 'oracleBrm', type: 'oracleBrmOAuth2Api', parameters, fields });
	});

	/** The API itself is read with the token, from the host that the credential names; the other host sees none. */
	async function expectNotSigned(reading: Reading): Promise<void> {
		const { status, error } = await read(reading);
		expect({ status, message: error?.message }).toEqual({
			status: 'error',
			message: expect.stringMatching(/link (leads )?to 127\.0\.0\.1/) as string,
		});
		const gets = (await requestsTo(sandbox)).filter(({ method }) => method === 'GET');
		const toOther = gets.filter(({ headers }) => headers.host?.startsWith('127.0.0.1'));
		expect(toOther.filter(({ auth }) => auth.length > 0)).toEqual([]);
		expect(gets.filter(({ headers }) => headers.host?.startsWith('localhost')).length).toBeGreaterThan(0);
	}

	test.each<[string, Reading]>([
		['Lumen', LUMEN],
		['Oracle BRM', ORACLE],
		['Oracle BRM by Access Management', ORACLE_OAM],
		['floLIVE', { node: 'floLive', type: 'floLiveApi', parameters: { resource: 'invoice' } }],
		['Orange', ORANGE],
	])('a redirect of %s to another host is not followed', async (_what, reading) => {
		const stranger = await startSandbox();
		try {
			const location = `${stranger.url}/flolive/elsewhere`;
			await addFault(sandbox, { method: 'GET', effect: 'answer', with: { status: 302, headers: { location } } });
			expect((await read(reading)).status).toBe('error');
			expect(await requestsTo(stranger)).toEqual([]);
		} finally {
			await stranger.close();
		}
	});
});
