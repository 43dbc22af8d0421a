import { BillingError } from '../../../providers/transport/errors';
import type { RetryPolicy } from '../../../providers/transport/retry';
import { OracleBrmApi } from '../../../providers/oracleBrm/connector';
import { type OnDemandRequest } from '../../../providers/tmf678/api';
import { StandardTmf678Api } from '../../../providers/tmf678/standard';
import { billingError } from '../support/errors';
import { type ScriptedAnswer, ScriptedTransport, bytes, fakeClock, json, text } from '../support/scriptedTransport';
import { allOf } from './fakeServer';

const BASE = 'https://tmf.example.com/tmf-api/customerBillManagement/v4';
const RETRY: RetryPolicy = { attempts: 3, firstPauseMs: 10, longestPauseMs: 10, longestRetryAfterMs: 10 };

function standardApi(
	script: readonly ScriptedAnswer[] | ScriptedAnswer,
	settings: { rawPlusInIds?: boolean; pageSize?: number; timeoutMs?: number } = {},
) {
	const transport = new ScriptedTransport(script);
	const deps = { transport, clock: fakeClock(), retry: RETRY };
	return { transport, api: new StandardTmf678Api({ connection: 'c', baseUrl: BASE, ...settings }, deps) };
}

function oracleApi(script: readonly ScriptedAnswer[] | ScriptedAnswer, settings: { extendedTypes?: boolean } = {}) {
	const transport = new ScriptedTransport(script);
	const deps = { transport, clock: fakeClock(), retry: RETRY };
	return { transport, api: new OracleBrmApi({ connection: 'c', baseUrl: BASE, ...settings }, deps) };
}

const ROWS = [{ id: '1' }, { id: '2' }];

describe('lists', () => {
	it('read 206 like 200, and the total that the header announces', async () => {
		const { api, transport } = standardApi([json(206, ROWS, { 'x-total-count': '7' })]);
		expect(await api.customerBills({ limit: 2 })).toEqual({ rows: ROWS, total: 7 });
		expect(transport.only).toMatchObject({
			method: 'GET',
			url: `${BASE}/customerBill?limit=2`,
			headers: { accept: 'application/json' },
			expect: 'bytes',
			credential: 'SEND',
		});
	});

	it('are read from bytes, the mark of their order and letters of several bytes among them', async () => {
		const answer = bytes(
			200,
			new TextEncoder().encode('\ufeff[{"id":"1","name":"Büro 東京","amount":12345678901234567.10}]'),
		);
		const { rows } = await standardApi([answer]).api.customerBills({});
		expect(rows).toEqual([{ id: '1', name: 'Büro 東京', amount: '12345678901234567.10' }]);
	});

	it('tell why they were refused when the refusal comes as bytes', async () => {
		const answer = bytes(400, new TextEncoder().encode(JSON.stringify({ code: '21', reason: 'No such account' })));
		const refused = await billingError(standardApi([answer]).api.customerBills({}));
		expect(refused).toMatchObject({ kind: 'INVALID_REQUEST', code: '21', message: 'No such account' });
	});

	it.each([
		[{ 'content-range': 'items 0-1/7' }, 7],
		[{ 'content-range': 'bytes 0-1/7' }, null],
		[{ 'x-total-count': 'many' }, null],
		[{ 'x-total-count': '-1' }, null],
		[{}, null],
	] as const)('with headers %j announce %j rows', async (headers, total) => {
		expect((await standardApi([json(200, ROWS, headers)]).api.customerBills({})).total).toBe(total);
	});

	it('are empty past the end, however the server says so', async () => {
		expect(await standardApi([json(416, { code: '416' })]).api.customerBills({ offset: 9 })).toEqual({
			rows: [],
			total: null,
		});
		expect(await standardApi([text(204)]).api.customerBills({})).toMatchObject({ rows: [] });
	});

	it('walk until the announced total', async () => {
		const { api, transport } = standardApi([
			json(206, ROWS, { 'x-total-count': '3' }),
			json(206, [{ id: '3' }], { 'x-total-count': '3' }),
		]);
		const pages = await allOf(api.walkCustomerBills({ limit: 2 }));
		expect(pages.flatMap(({ rows }) => rows).map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(pages.at(-1)?.end).toEqual({ complete: true, reasons: [] });
		expect(transport.sent).toEqual([
			`GET ${BASE}/customerBill?offset=0&limit=2`,
			`GET ${BASE}/customerBill?offset=2&limit=2`,
		]);
	});

	it('take 416 on a later page for the end', async () => {
		const { api } = standardApi([json(200, ROWS), json(416, {})]);
		const pages = await allOf(api.walkCustomerBills({ limit: 2 }));
		expect(pages.at(-1)?.end).toEqual({ complete: true, reasons: [] });
	});

	it('do not take 404 on a later page for the end where no total says so', async () => {
		const { api } = standardApi([json(200, ROWS), json(404, {})]);
		const pages = await allOf(api.walkCustomerBills({ limit: 2 }));
		expect(pages.at(-1)?.end?.complete).toBe(false);
	});

	it('start at the offset given and ask for the page size of the connection', async () => {
		const { api, transport } = standardApi([json(200, [])], { pageSize: 7 });
		await allOf(api.walkAppliedCustomerBillingRates({ offset: 5 }));
		expect(transport.sent).toEqual([`GET ${BASE}/appliedCustomerBillingRate?offset=5&limit=7`]);
	});

	it('of bills on demand go on until an empty page, since nothing announces how many there are', async () => {
		const { api, transport } = oracleApi([json(200, ROWS), json(200, [{ id: '3' }]), json(200, [])]);
		const pages = await allOf(api.walkCustomerBillsOnDemand({ 'billingAccount.id': 'a', limit: 2 }));
		expect(pages.flatMap(({ rows }) => rows)).toHaveLength(3);
		expect(transport.sent.at(-1)).toBe(`GET ${BASE}/customerBillOnDemand?billingAccount.id=a&limit=2&offset=3`);
	});

	it('that are no list are no answer', async () => {
		const error = await billingError(standardApi([json(200, { id: '1' })]).api.customerBills({}));
		expect(error).toMatchObject({ kind: 'PROTOCOL', provider: 'TMF678', connection: 'c' });
	});

	it('with a row without an id are no answer', async () => {
		expect(await billingError(standardApi([json(200, [{}])]).api.customerBills({}))).toMatchObject({
			kind: 'PROTOCOL',
		});
	});

	it('that are a web page are no answer', async () => {
		const error = await billingError(standardApi([text(200, '<html>sign in</html>')]).api.customerBills({}));
		expect(error).toMatchObject({ kind: 'PROTOCOL', message: 'The answer is a web page, not JSON' });
	});

	it('refuse what is wrong before the first page is pulled', () => {
		const { api, transport } = standardApi([]);
		expect(() => api.walkCustomerBills({ limit: 0 })).toThrow(BillingError);
		expect(transport.requests).toEqual([]);
	});
});

describe('single records', () => {
	it('are asked for by their id, encoded once', async () => {
		const { api, transport } = standardApi([
			json(200, { id: '0.0.0.1+-bill+1' }),
			json(200, { id: 'r/1' }),
			json(200, { id: 'o' }),
		]);
		await api.customerBill('0.0.0.1+-bill+1', { fields: 'billNo' });
		await api.appliedCustomerBillingRate('r/1');
		await api.customerBillOnDemand('o');
		expect(transport.sent).toEqual([
			`GET ${BASE}/customerBill/0.0.0.1%2B-bill%2B1?fields=id%2Chref%2CbillNo`,
			`GET ${BASE}/appliedCustomerBillingRate/r%2F1`,
			`GET ${BASE}/customerBillOnDemand/o`,
		]);
	});

	it('that are another bill than was asked for are refused', async () => {
		const another = json(200, { id: '0.0.0.1+-bill+2', billNo: 'B1-2' });
		const { api } = standardApi([another, another, another, json(200, { id: 2, billNo: null })]);
		expect(await billingError(api.customerBill('0.0.0.1+-bill+1'))).toMatchObject({
			kind: 'PROTOCOL',
			message: 'Bill 0.0.0.1+-bill+1 was asked for, and another one came: 0.0.0.1+-bill+2',
		});
		expect((await api.customerBill('B1-2')).id).toBe('0.0.0.1+-bill+2');
		expect((await api.customerBill('0.0.0.1 -bill 2')).billNo).toBe('B1-2');
		expect((await api.customerBill('2')).id).toBe(2);
	});

	it.each(['', '..', 'a\nb'])('are not asked for by the id %j', async (id) => {
		const { api, transport } = standardApi([]);
		expect(await billingError(api.customerBill(id))).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'id' });
		expect(transport.requests).toEqual([]);
	});
});

describe('requests', () => {
	it('carry the signal and the timeout of the connection', async () => {
		const { api, transport } = standardApi([json(200, [])], { timeoutMs: 1_234 });
		const { signal } = new AbortController();
		await api.customerBills({}, { signal });
		expect(transport.only).toMatchObject({ signal, timeoutMs: 1_234 });
	});

	it('are repeated after a failure that passes', async () => {
		const { api, transport } = standardApi([json(503, {}), json(200, ROWS)]);
		expect((await api.customerBills({})).rows).toEqual(ROWS);
		expect(transport.requests).toHaveLength(2);
	});

	it('go to a base URL that can be one', async () => {
		const deps = { transport: new ScriptedTransport([]), clock: fakeClock() };
		const error = await billingError(() => new StandardTmf678Api({ connection: 'c', baseUrl: 'brm' }, deps));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'baseUrl' });
	});

	it('ask for a page size that can be meant', async () => {
		expect(await billingError(() => standardApi([], { pageSize: 0 }))).toMatchObject({ parameter: 'pageSize' });
	});

	it('ask for the extended types where the connection says so, unless the caller names one', async () => {
		const { api, transport } = oracleApi(() => json(200, []), { extendedTypes: true });
		await api.customerBills({});
		await api.customerBills({ '@type': 'CustomerBill' });
		await api.appliedCustomerBillingRates({});
		await api.customerBillsOnDemand({});
		expect(transport.sent.map((sent) => sent.slice(`GET ${BASE}/`.length))).toEqual([
			'customerBill?@type=CustomerBillOracle',
			'customerBill?@type=CustomerBill',
			'appliedCustomerBillingRate?@type=AppliedCustomerBillingRateOracle',
			'customerBillOnDemand',
		]);
	});
});

describe('refusals', () => {
	it.each([
		[
			{ code: 'E1', reason: 'Bad date', message: 'billDate is no date', status: '400' },
			'E1',
			'Bad date: billDate is no date',
		],
		[{ code: 21, message: 'v2.1 has no reason' }, '21', 'v2.1 has no reason'],
		[{ code: '1', reason: 'Only\n a reason' }, '1', 'Only a reason'],
		[[{ code: '2', reason: 'In a list' }], '2', 'In a list'],
		['<html>', null, 'The provider does not accept the request'],
		['{"code":', null, 'The provider does not accept the request'],
	])('like %j are told with code and words', async (body, code, message) => {
		const { api } = standardApi([json(400, body)]);
		expect(await billingError(api.customerBills({}))).toMatchObject({
			kind: 'INVALID_REQUEST',
			status: 400,
			code,
			message,
		});
	});

	it('are cut to a length that can be read', async () => {
		const { api } = standardApi([json(400, { code: '1', reason: 'x'.repeat(1_000) })]);
		expect((await billingError(api.customerBills({}))).message).toHaveLength(300);
	});

	it.each([
		[401, 'AUTH', /client id, secret and scope/],
		[403, 'FORBIDDEN', /administrator/],
		[404, 'NOT_FOUND', /base URL/],
		[409, 'CONFLICT', null],
		[500, 'UNAVAILABLE', /later/],
	] as const)('with status %d are %s, with a hint of what to mend', async (status, kind, hint) => {
		const { api } = oracleApi(() => json(status, { code: '1', reason: 'No' }));
		const error = await billingError(api.customerBills({}));
		expect(error.kind).toBe(kind);
		if (hint === null) expect(error.hint).toBeNull();
		else expect(error.hint).toMatch(hint);
	});
});

describe('creating a bill on demand', () => {
	const request: OnDemandRequest = { billingAccount: { id: '0.0.0.1+-account+1' }, description: 'Account closes' };

	it('sends the body as documented and gives what was created', async () => {
		const { api, transport } = oracleApi([json(201, { id: 'd1', state: 'inProgress' })]);
		expect(await api.createCustomerBillOnDemand(request)).toEqual({ id: 'd1', state: 'inProgress' });
		expect(transport.only).toMatchObject({
			method: 'POST',
			url: `${BASE}/customerBillOnDemand`,
			headers: { accept: 'application/json', 'content-type': 'application/json' },
			body: JSON.stringify(request),
			credential: 'SEND',
		});
	});

	it('gives the id in the address where the server answers with that alone', async () => {
		const created = async (location: string) =>
			(await oracleApi([text(201, '', { location })]).api.createCustomerBillOnDemand(request)).id;
		expect(await created(`${BASE}/customerBillOnDemand/0.0.0.1%2B-x%2B1/?a=b`)).toBe('0.0.0.1+-x+1');
		expect(await created('/customerBillOnDemand/100%')).toBe('100%');
	});

	it('gives the id in the address of what was accepted', async () => {
		const { api } = oracleApi([text(202, '', { location: '/customerBillOnDemand/d1' })]);
		expect((await api.createCustomerBillOnDemand(request)).id).toBe('d1');
	});

	it.each([500, 503, 429, 408, 401])('is never sent again, not after %d either', async (status) => {
		const { api, transport } = oracleApi(() => json(status, { code: '1', reason: 'No' }));
		transport.renewable();
		await billingError(api.createCustomerBillOnDemand(request));
		expect(transport.requests).toHaveLength(1);
	});

	it.each<[string, ScriptedAnswer]>([
		['no answer', new BillingError({ kind: 'TIMEOUT', message: 'The provider took too long' })],
		['a server in trouble', json(500, {})],
		['an answer that is no JSON', text(201, 'created')],
		['an empty answer without an address', text(201, '')],
		['an address with a status that makes nothing', text(200, '', { location: '/login' })],
		['a redirect', text(302, '', { location: '/customerBillOnDemand/d1' })],
		['a redirect with a record', json(307, { id: 'd1' })],
	])('after %s says that the bill may exist', async (_, answer) => {
		const error = await billingError(oracleApi([answer]).api.createCustomerBillOnDemand(request));
		expect(error).toMatchObject({ provider: 'ORACLE_BRM', connection: 'c', retryable: false });
		expect(error.hint).toMatch(/may have been created/);
	});

	it('that is refused says what is wrong, and no more', async () => {
		const error = await billingError(
			oracleApi([json(400, { code: '1', reason: 'No such account' })]).api.createCustomerBillOnDemand(request),
		);
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', message: 'No such account', hint: null });
	});

	it('rethrows what is no BillingError', async () => {
		const reason = new Error('stopped by the user');
		await expect(oracleApi([reason]).api.createCustomerBillOnDemand(request)).rejects.toBe(reason);
	});

	it('adds the type that a billing cycle needs', async () => {
		const { api, transport } = oracleApi([json(201, { id: 'd1' })]);
		await api.createCustomerBillOnDemand({ ...request, billingCycleSpecification: { id: 'c1' } });
		expect(JSON.parse(transport.only.body ?? '')).toEqual({
			...request,
			billingCycleSpecification: { id: 'c1' },
			'@type': 'CustomerBillOnDemand_CreateOracle',
		});
	});

	it.each<[string, OnDemandRequest]>([
		['billingAccount.id', { billingAccount: { id: ' ' } }],
		['billingAccount.id', {} as OnDemandRequest],
		['billingCycleSpecification.id', { ...request, billingCycleSpecification: { id: '' } }],
		['@type', { ...request, billingCycleSpecification: { id: 'c' }, '@type': 'CustomerBillOnDemand' }],
	])('refuses a wrong %s before any request', async (parameter, wrong) => {
		const { api, transport } = oracleApi([]);
		expect(await billingError(api.createCustomerBillOnDemand(wrong))).toMatchObject({
			kind: 'INVALID_REQUEST',
			parameter,
		});
		expect(transport.requests).toEqual([]);
	});

	it('knows no billing cycle at a plain TMF678 server', async () => {
		const wrong = { ...request, billingCycleSpecification: { id: 'c' } };
		const error = await billingError(standardApi([]).api.createCustomerBillOnDemand(wrong));
		expect(error.parameter).toBe('billingCycleSpecification');
	});
});
