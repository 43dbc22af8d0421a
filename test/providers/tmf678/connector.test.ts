import type { AccountQuery, BillQuery } from '../../../providers/connector';
import { DEFAULT_RETRY } from '../../../providers/transport/retry';
import { type LocalId, keyOf } from '../../../providers/model/identity';
import { type BILL_STATES } from '../../../providers/model/billWords';
import type { Decimal } from '../../../providers/model/decimal';
import type { DocumentStream } from '../../../providers/model/document';
import { OracleBrmConnector, type OracleBrmSettings } from '../../../providers/oracleBrm/connector';
import { type Tmf678Settings, Tmf678Connector } from '../../../providers/tmf678/standard';
import { billingError } from '../support/errors';
import { bytes, json } from '../support/scriptedTransport';
import { BASE_URL, type Behaviour, allOf, bill, collect, fakeServer, range } from './fakeServer';

type Data = Parameters<typeof fakeServer>[0];
const SETTINGS = { connection: 'c', baseUrl: BASE_URL, pageSize: 10 };
const local = (remoteId: string): LocalId => ({ scope: '', remoteId });

function oracle(data: Data, behaviour?: Behaviour, settings: Partial<OracleBrmSettings> = {}) {
	const server = fakeServer(data, behaviour);
	return { ...server, connector: new OracleBrmConnector({ ...SETTINGS, ...settings }, server.deps) };
}

function standard(data: Data, settings: Partial<Tmf678Settings> = {}) {
	const server = fakeServer(data);
	return { ...server, connector: new Tmf678Connector({ ...SETTINGS, ...settings }, server.deps) };
}

const BILLS = range(25).map((index) =>
	bill({
		id: `b${index}`,
		account: `a${index % 3}`,
		state: index % 2 === 0 ? 'settled' : 'onHold',
		amount: index,
		category: index % 5 === 0 ? 'creditNote' : 'normal',
	}),
);

describe('bills', () => {
	it('come as the server gives them, with the total it announces', async () => {
		const { connector, transport } = oracle({ bills: BILLS });
		const pages = await allOf(connector.bills({}));
		expect(pages.flatMap(({ items }) => items).map(({ identity }) => identity)).toEqual(
			BILLS.map(({ id }) => ({ provider: 'ORACLE_BRM', connection: 'c', scope: '', remoteId: id })),
		);
		expect(pages.map(({ total, requests }) => [total, requests])).toEqual([
			[25, 1],
			[25, 1],
			[25, 1],
		]);
		expect(transport.requests).toHaveLength(3);
	});

	it('are asked for no more than are wanted', async () => {
		const { connector, asked } = oracle({ bills: BILLS });
		expect(await collect(connector.bills({ accounts: ['a1'], maxRows: 2 }))).toHaveLength(2);
		expect(asked()).toEqual(['customerBill?billingAccount.id=a1&limit=2&offset=0']);
	});

	it('are asked for as many at a time as the query says', async () => {
		const { connector, asked } = oracle({ bills: BILLS });
		await collect(connector.bills({ pageSize: 25 }));
		expect(asked()).toEqual(['customerBill?limit=25&offset=0']);
	});

	it('on hold are filtered here, and no total is claimed', async () => {
		const { connector, asked } = oracle({ bills: BILLS });
		const pages = await allOf(connector.bills({ states: ['ON_HOLD'] }));
		expect(pages.flatMap(({ items }) => items)).toHaveLength(12);
		expect(pages[0]).toMatchObject({ total: null, pushedDown: [], appliedHere: ['states'] });
		expect(asked().join()).not.toContain('state=');
	});

	it('that are filtered here are read on until as many as wanted are found', async () => {
		const { connector } = oracle({ bills: BILLS });
		expect(await collect(connector.bills({ states: ['ON_HOLD'], maxRows: 7 }))).toHaveLength(7);
	});

	it('by amount are signed by effect, whatever the server compares', async () => {
		const { connector } = oracle({ bills: BILLS });
		const due = async (from: string) =>
			(await collect(connector.bills({ amountDue: { from: from as Decimal } }))).map(({ amountDue }) =>
				Number(amountDue?.amount),
			);
		expect((await due('-5')).sort((left, right) => left - right)[0]).toBe(-5);
		expect((await due('20')).sort((left, right) => left - right)).toEqual([21, 22, 23, 24]);
	});

	it('of a plain server are filtered here', async () => {
		const { connector, asked } = standard({ bills: BILLS });
		const found = await collect(connector.bills({ accounts: ['N-a1'], states: ['SETTLED'] }));
		expect(found.length).toBeGreaterThan(0);
		expect(found.every(({ billingAccount, state }) => billingAccount?.id === 'a1' && state === 'SETTLED')).toBe(true);
		expect(asked()[0]).toBe('customerBill?offset=0&limit=10');
	});

	it.each<[string, BillQuery]>([
		['colour', { colour: 'red' } as BillQuery],
		['accounts', { accounts: [] }],
		['accounts', { accounts: [''] }],
		['states', { states: ['OPEN' as (typeof BILL_STATES)[number]] }],
		['billDate.from', { billDate: { from: '2026-02-30' } } as unknown as BillQuery],
		['pageSize', { pageSize: 0 }],
		['after', { after: { sortKey: null, scope: '', remoteId: 'x' } }],
	])('with a wrong %s are refused before any request', async (parameter, query) => {
		const { connector, transport } = oracle({ bills: BILLS });
		expect(await billingError(collect(connector.bills(query)))).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(transport.requests).toEqual([]);
	});

	it('stop when they are no longer wanted', async () => {
		const { connector } = oracle({ bills: BILLS });
		const stop = new AbortController();
		stop.abort(new Error('enough'));
		await expect(collect(connector.bills({}, { signal: stop.signal }))).rejects.toThrow('enough');
	});
});

describe('bills by their ids', () => {
	it('are asked for one by one, and each settles on its own', async () => {
		const { connector, asked } = oracle({ bills: BILLS });
		const found = connector.billsByIds([local('b1'), local('none'), local('b1')]);
		expect(found.size).toBe(2);
		expect((await found.get(keyOf(local('b1'))))?.number).toBe('B-b1');
		expect(await billingError(found.get(keyOf(local('none')))!)).toMatchObject({ kind: 'NOT_FOUND', connection: 'c' });
		expect(asked()).toEqual(['customerBill/b1', 'customerBill/none']);
	});

	it('are read from the list where it is known to be shorter', async () => {
		const { connector, asked } = oracle({ bills: BILLS });
		await collect(connector.bills({ maxRows: 1 }));
		const before = asked().length;
		const found = connector.billsByIds(['b1', 'b2', 'b3', 'none'].map(local));
		expect((await found.get(keyOf(local('b3'))))?.number).toBe('B-b3');
		await billingError(found.get(keyOf(local('none')))!);
		expect(asked().slice(before)).toEqual([
			'customerBill?limit=10&offset=0',
			'customerBill?limit=10&offset=10',
			'customerBill?limit=10&offset=20',
			'customerBill/none',
		]);
	});

	it('are not read from the list where that takes as many requests', async () => {
		const { connector, asked } = oracle({ bills: BILLS });
		await collect(connector.bills({ maxRows: 1 }));
		await Promise.all(connector.billsByIds(['b1', 'b2', 'b3'].map(local)).values());
		expect(asked().slice(1)).toEqual(['customerBill/b1', 'customerBill/b2', 'customerBill/b3']);
	});
});

describe('billing accounts', () => {
	const accounts = async (query: AccountQuery, { connector } = oracle({ bills: [...BILLS, bill({ id: 'x' })] })) => {
		const pages = await allOf(connector.accounts(query));
		return { pages, found: pages.flatMap(({ items }) => items) };
	};

	it('are those that bills name, each once', async () => {
		const { found, pages } = await accounts({});
		expect(found).toEqual(
			['a0', 'a1', 'a2'].map((id) => ({
				identity: { provider: 'ORACLE_BRM', connection: 'c', scope: '', remoteId: id },
				name: `Account ${id}`,
				number: `N-${id}`,
				notes: { derived: [], notFetched: [] },
				raw: null,
			})),
		);
		expect(pages.every(({ total }) => total === null)).toBe(true);
		expect(pages.at(-1)?.end).toEqual({ complete: true, reasons: [] });
	});

	it('are read from the two members that they take', async () => {
		const server = oracle({ bills: BILLS });
		await accounts({ pageSize: 30 }, server);
		expect(server.asked()).toEqual(['customerBill?fields=id,href,billingAccount&limit=30&offset=0']);
	});

	it('that are wanted by id or name are found, and no more is read than that takes', async () => {
		const server = oracle({ bills: BILLS });
		expect((await accounts({ ids: ['a1'] }, server)).found).toHaveLength(1);
		expect(server.asked()).toHaveLength(1);
		expect((await accounts({ nameLike: 'Account *2' })).found.map(({ name }) => name)).toEqual(['Account a2']);
		expect((await accounts({ maxRows: 2 })).found).toHaveLength(2);
		expect((await accounts({ ids: ['a1'], nameLike: 'x' })).pages[0]?.appliedHere).toEqual(['ids', 'nameLike']);
	});

	it('by their ids cost one bill each', async () => {
		const { connector, asked } = oracle({ bills: [...BILLS, bill({ id: 'x' })] });
		const found = connector.accountsByIds([local('a1'), local('none')]);
		expect((await found.get(keyOf(local('a1'))))?.name).toBe('Account a1');
		const error = await billingError(found.get(keyOf(local('none')))!);
		expect(error).toMatchObject({ kind: 'NOT_FOUND', message: 'No bill names the billing account none' });
		expect(asked()[0]).toBe('customerBill?billingAccount.id=a1&fields=id,href,billingAccount&limit=1');
	});

	it('by their ids are not another account that a server gave instead', async () => {
		const { connector } = oracle({ bills: BILLS }, { ignores: ['billingAccount.id'] });
		const found = connector.accountsByIds([local('a2')]);
		expect(await billingError(found.get(keyOf(local('a2')))!)).toMatchObject({ kind: 'NOT_FOUND' });
	});

	it('by their ids come from one list where the server cannot be asked, or where that is shorter', async () => {
		const plain = standard({ bills: BILLS }, { pageSize: 100 });
		expect((await plain.connector.accountsByIds([local('a1')]).get(keyOf(local('a1'))))?.name).toBe('Account a1');
		expect(plain.asked()).toHaveLength(1);

		const server = oracle({ bills: BILLS }, {}, { pageSize: 100 });
		await collect(server.connector.bills({}));
		await Promise.all(server.connector.accountsByIds([local('a1'), local('a2')]).values());
		expect(server.asked()).toHaveLength(2);
	});

	it('with a wrong query are refused before any request', async () => {
		const server = oracle({});
		expect(await billingError(accounts({ ids: [] }, server))).toMatchObject({ parameter: 'ids' });
		expect(server.asked()).toEqual([]);
	});
});

describe('documents', () => {
	const PDF = Buffer.from('%PDF-1.7 bill');
	const withDocument = (document: object) => ({
		bills: [
			{ ...bill({ id: 'b1', account: 'a1', date: '2026-01-31T00:00:00Z' }), billDocument: [{ id: 'd', ...document }] },
		],
	});
	const open = (server: ReturnType<typeof oracle>, documentId = 'd', signal?: AbortSignal) =>
		server.connector.document({ scope: '', billId: 'b1', documentId }, { signal });
	async function content({ body }: DocumentStream): Promise<string> {
		return Buffer.concat(await allOf(body)).toString();
	}

	it('that are inside the record need no further request', async () => {
		const server = oracle(withDocument({ content: PDF.toString('base64'), mimeType: 'application/pdf' }));
		const stream = await open(server);
		expect(stream).toMatchObject({
			mediaType: 'application/pdf',
			fileName: 'ORACLE-BRM_N-a1_B-b1_2026-01-31.pdf',
			size: PDF.length,
		});
		expect(await content(stream)).toBe(PDF.toString());
		expect(server.asked()).toEqual(['customerBill/b1?fields=id,href,billNo,billDate,billingAccount,billDocument']);
	});

	it.each([
		['of the API itself', `${BASE_URL}/files/1`, 'SEND'],
		['relative to the API', 'files/1', 'SEND'],
		['elsewhere', 'https://docs.example.com/1?sig=x', 'WITHHOLD'],
	])('behind a link %s are fetched with the credentials that belong there', async (_, url, credential) => {
		const server = oracle(withDocument({ url }), {
			instead: ({ pathname }) => (/\/1$/.test(pathname) ? bytes(200, PDF) : null),
		});
		const { signal } = new AbortController();
		expect(await content(await open(server, 'd', signal))).toBe(PDF.toString());
		expect(server.transport.requests.at(-1)).toMatchObject({
			url: new URL(url, `${BASE_URL}/`).href,
			credential,
			expect: 'stream',
			signal,
		});
	});

	it.each([
		'http://docs.example.com/1',
		'https://127.0.0.1/1',
		'https://user:pw@docs.example.com/1',
		'file:///etc/passwd',
	])('behind %s are not fetched', async (url) => {
		const server = oracle(withDocument({ url }));
		expect((await billingError(open(server))).kind).toMatch(/FORBIDDEN|INVALID_REQUEST/);
		expect(server.transport.requests).toHaveLength(1);
	});

	it('are fetched from the hosts that the connection names, and from no other', async () => {
		const settings = { documentHosts: ['docs.example.com'], allowHttp: true };
		const instead: Behaviour['instead'] = ({ hostname }) => (hostname === 'docs.example.com' ? bytes(200, PDF) : null);
		expect(
			await content(await open(oracle(withDocument({ url: 'http://docs.example.com/1' }), { instead }, settings))),
		).toContain('PDF');
		expect(
			await billingError(open(oracle(withDocument({ url: 'https://other.example.com/1' }), {}, settings))),
		).toMatchObject({
			kind: 'FORBIDDEN',
		});
	});

	it.each([
		['jpeg', Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg'],
		['PDF', PDF, 'application/pdf'],
		['text/csv', Buffer.from('a;b'), 'text/csv'],
	])('may have their type told as %s', async (mimeType, file, mediaType) => {
		const server = oracle(withDocument({ content: file.toString('base64'), mimeType }));
		expect((await open(server)).mediaType).toBe(mediaType);
	});

	it('that are a web page are no document', async () => {
		const content = Buffer.from('<!doctype html><p>Sign in').toString('base64');
		expect(await billingError(open(oracle(withDocument({ content, mimeType: 'unknown' }))))).toMatchObject({
			kind: 'PROTOCOL',
		});
	});

	it('that the bill does not have are not found', async () => {
		const server = oracle(withDocument({ url: 'https://docs.example.com/1' }));
		expect(await billingError(open(server, 'x'))).toMatchObject({ kind: 'NOT_FOUND', connection: 'c' });
		expect(await billingError(open(oracle({ bills: [bill({ id: 'b1' })] })))).toMatchObject({ kind: 'NOT_FOUND' });
	});
});

describe('the check of a connection', () => {
	it('is one small request', async () => {
		const { connector, asked } = oracle({ bills: BILLS });
		await connector.check();
		expect(asked()).toEqual(['customerBill?fields=id,href&limit=1']);
	});

	it('rejects with what to mend', async () => {
		const { connector } = oracle({}, { instead: () => json(401, { code: '1', reason: 'Unauthorized' }) });
		expect(await billingError(connector.check())).toMatchObject({ kind: 'AUTH', provider: 'ORACLE_BRM' });
	});
});

describe('settings', () => {
	it('are refused where they cannot be meant', async () => {
		const { deps } = fakeServer({});
		const made = (settings: Partial<Tmf678Settings>) => () => new Tmf678Connector({ ...SETTINGS, ...settings }, deps);
		expect(await billingError(made({ baseUrl: 'ftp://x' }))).toMatchObject({ parameter: 'baseUrl' });
		expect(await billingError(made({ billFilters: ['types' as 'states'] }))).toMatchObject({
			parameter: 'billFilters',
		});
		expect(await billingError(made({ rateFilters: ['billDate' as 'bill'] }))).toMatchObject({
			parameter: 'rateFilters',
		});
	});

	it('say whether the end of a period counts', async () => {
		const bills = [{ ...bill({ id: 'b' }), billingPeriod: { endDateTime: '2026-01-31T00:00:00Z' } }];
		const [found] = await collect(oracle({ bills }, {}, { periodEndCounts: false }).connector.bills({}));
		expect(found?.period?.endCounts).toBe(false);
	});

	it('have the usual page size and retries where they say nothing', async () => {
		const { transport, deps } = fakeServer(
			{ bills: BILLS },
			{ instead: (_, nth) => (nth === 1 ? json(503, {}) : null) },
		);
		const connector = new OracleBrmConnector({ connection: 'c', baseUrl: BASE_URL }, { transport, clock: deps.clock });
		expect(await collect(connector.bills({}))).toHaveLength(25);
		expect(transport.sent).toEqual(Array(2).fill(`GET ${BASE_URL}/customerBill?limit=100&offset=0`));
		expect(DEFAULT_RETRY.attempts).toBeGreaterThan(1);
	});
});
