/** Orange Business as a BillConnector. */
import fc from 'fast-check';

import { IDS_A_SEARCH } from '../../../providers/orangeBusiness/connector';
import { ORANGE_CAPABILITIES } from '../../../providers/orangeBusiness/capabilities';
import type { BillHandle, BillOrder, BillQuery, Place } from '../../../providers/connector';
import { BILL_FILTERS, RATE_FILTERS } from '../../../providers/capabilities';
import { type LocalId, keyOf } from '../../../providers/model/identity';
import { comparePlaces, placeOf } from '../../../providers/query/order';
import { json, stream } from '../support/scriptedTransport';
import { BASE, type PaperOrange, type Row, onPaper, orange, pagesOf } from './orange';

const BILLS: readonly Row[] = [
	{
		id: 'b1',
		type: 'invoice',
		issuedAt: '2026-01-31T10:00:00.000Z',
		updatedAt: '2026-02-01T00:00:00.000Z',
		total: 10,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A1' },
	},
	{
		id: 'b2',
		type: 'creditNote',
		issuedAt: '2026-01-15T10:00:00.000Z',
		updatedAt: '2026-01-16T00:00:00.000Z',
		total: 5,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A2' },
	},
	{
		id: 'b3',
		type: 'invoice',
		issuedAt: '2025-12-31T10:00:00.000Z',
		updatedAt: '2026-01-20T00:00:00.000Z',
		total: 30,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A1' },
	},
	{
		id: 'b0',
		type: 'invoice',
		issuedAt: '2026-01-15T09:00:00.000Z',
		updatedAt: '2026-01-15T12:00:00.000Z',
		total: 7,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A2' },
	},
];
const ITEMS = {
	b1: [
		{ id: 'i1', netAmount: 4, chargeType: 'usage' },
		{ id: 'i2', netAmount: 6 },
	],
	b2: [{ id: 'i1', netAmount: 5 }],
};
const ACCOUNTS = [
	{ id: 'A1', name: 'Paris' },
	{ id: 'A2', name: 'Lyon' },
	{ id: 'A3', name: 'Pau' },
];
const PAPER: PaperOrange = { bills: BILLS, items: ITEMS, accounts: ACCOUNTS };
const DESC: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };

async function read(query: object, made = onPaper(PAPER)) {
	const pages = await pagesOf(made.connector.bills(query as BillQuery));
	return {
		ids: pages.flatMap(({ items }) => items.map(({ identity }) => identity.remoteId)),
		pages,
		last: pages.at(-1)!,
		transport: made.transport,
	};
}

const bodyOf = ({ body }: { body?: string }): unknown => JSON.parse(body ?? 'null');

describe('bills', () => {
	it('without conditions are one list request', async () => {
		const { ids, last, transport } = await read({});
		expect(ids).toEqual(['b1', 'b2', 'b3', 'b0']);
		expect(last).toMatchObject({ total: 4, pushedDown: [], appliedHere: [], end: { complete: true }, requests: 1 });
		expect(transport.sent).toEqual([`GET ${BASE}/bills?offset=0&limit=100`]);
	});

	it('of single values are filtered by GET', async () => {
		const { ids, last, transport } = await read({ types: ['CREDIT_NOTE'], ids: ['b2'] });
		expect(ids).toEqual(['b2']);
		expect(last).toMatchObject({ total: 1, pushedDown: ['ids', 'types'], appliedHere: [] });
		expect(transport.sent).toEqual([`GET ${BASE}/bills?id=b2&type=creditNote&offset=0&limit=100`]);
	});

	it('of several values are searched for', async () => {
		const { ids, transport } = await read({ types: ['INVOICE', 'CREDIT_NOTE'], ids: ['b2', 'b3', 'b2'] });
		expect(ids).toEqual(['b2', 'b3']);
		expect(transport.sent).toEqual([`POST ${BASE}/bills/search?offset=0&limit=100`]);
		expect(bodyOf(transport.only)).toEqual({
			$and: [{ id: { $in: ['b2', 'b3'] } }, { type: { $in: ['invoice', 'creditNote'] } }],
		});
	});

	it('of types that Orange has no word for are picked here', async () => {
		const { ids, last, transport } = await read({ types: ['INVOICE', 'UNKNOWN'] });
		expect(ids).toEqual(['b1', 'b3', 'b0']);
		expect(last).toMatchObject({ total: null, pushedDown: [], appliedHere: ['types'] });
		expect(transport.requests[0]?.method).toBe('GET');
	});

	it('of a span of days are asked for a day wider, and compared exactly here', async () => {
		const { ids, last, transport } = await read({ billDate: { from: '2026-01-01', to: '2026-01-30' } });
		expect(ids).toEqual(['b2', 'b0']);
		expect(last).toMatchObject({ pushedDown: ['billDate'], appliedHere: ['billDate'] });
		expect(bodyOf(transport.only)).toEqual({
			$and: [{ issuedAt: { $gte: '2025-12-31T00:00:00.000Z' } }, { issuedAt: { $lte: '2026-01-31T23:59:59.999Z' } }],
		});
	});

	it('updated in a span are asked for in UTC', async () => {
		const { ids, last, transport } = await read({
			lastUpdate: { from: '2026-01-16T01:00:00+01:00', to: '2026-01-20T00:00:00Z' },
		});
		expect(ids).toEqual(['b2', 'b3']);
		expect(last).toMatchObject({ pushedDown: ['lastUpdate'], appliedHere: [], total: 2 });
		expect(bodyOf(transport.only)).toEqual({
			$and: [{ updatedAt: { $gte: '2026-01-16T00:00:00.000Z' } }, { updatedAt: { $lte: '2026-01-20T00:00:00.000Z' } }],
		});
	});

	it('of accounts, amounts and numbers are picked here: Orange’s names for them are not known', async () => {
		const { ids, last } = await read({ accounts: ['A2'], total: { to: '0' } });
		expect(ids).toEqual(['b2']);
		expect(last.appliedHere).toEqual(['accounts', 'total']);
	});

	it('with one open end are asked for by the other', async () => {
		const since = await read({ lastUpdate: { from: '2026-01-20T00:00:00Z' } });
		expect(since.ids).toEqual(['b1', 'b3']);
		expect(bodyOf(since.transport.only)).toEqual({ updatedAt: { $gte: '2026-01-20T00:00:00.000Z' } });
		const until = await read({ lastUpdate: { to: '2026-01-16T00:00:00Z' }, billDate: { from: '2026-01-15' } });
		expect(until.ids).toEqual(['b2', 'b0']);
		const open = await read({ numbers: ['F1'], dueDate: { to: '2026-03-01' } });
		expect(open.last).toMatchObject({ pushedDown: [], appliedHere: ['numbers', 'dueDate'] });
	});

	it('of numbers and due dates are asked for where the connection names them', async () => {
		const { transport } = await read(
			{ numbers: ['F1'], dueDate: { to: '2026-03-01' } },
			onPaper(PAPER, { fields: { number: 'ref', dueDate: 'pay.by', billDate: 'docDate' } }),
		);
		expect(bodyOf(transport.only)).toEqual({
			$and: [{ ref: 'F1' }, { 'pay.by': { $lte: '2026-03-02T23:59:59.999Z' } }],
		});
	});

	it('stop at maxRows', async () => {
		expect((await read({ maxRows: 2 })).ids).toEqual(['b1', 'b2']);
		expect((await read({ maxRows: 2, order: DESC })).ids).toEqual(['b1', 'b0']);
	});

	it.each<[string, object, string]>([
		['an unknown filter', { colour: 'red' }, 'colour'],
		['a filter on what Orange does not give', { categories: ['x'] }, 'categories'],
		['a wrong date', { billDate: { from: '2026-02-30' } }, 'billDate.from'],
		['an empty list', { ids: [] }, 'ids'],
		['an empty account', { accounts: [' '] }, 'accounts'],
		['no rows', { pageSize: 0 }, 'pageSize'],
		['a place without an order', { after: { sortKey: null, scope: '', remoteId: 'x' } }, 'after'],
	])('%s is refused before any request', async (_what, query, parameter) => {
		const { connector, transport } = onPaper(PAPER);
		await expect(pagesOf(connector.bills(query as BillQuery))).rejects.toMatchObject({
			kind: 'INVALID_REQUEST',
			parameter,
		});
		expect(transport.requests).toEqual([]);
	});
});

describe('order', () => {
	it('is Orange’s sort with the id last, exact here: bills of one day by id', async () => {
		const { ids, transport } = await read({ order: DESC });
		expect(ids).toEqual(['b1', 'b0', 'b2', 'b3']);
		expect(transport.sent).toEqual([`GET ${BASE}/bills?offset=0&limit=100&sort=-issuedAt%2Cid`]);
	});

	it('by last update is native too, ascending as well', async () => {
		const { ids, transport } = await read({ order: { field: 'LAST_UPDATE', direction: 'ASC' } });
		expect(ids).toEqual(['b0', 'b2', 'b3', 'b1']);
		expect(transport.sent[0]).toContain('sort=updatedAt%2Cid');
	});

	it('by what Orange cannot be asked for is made here, reading by id, few requests for all', async () => {
		const { ids, transport } = await read({ order: { field: 'TOTAL', direction: 'ASC' }, pageSize: 3 });
		expect(ids).toEqual(['b2', 'b0', 'b1', 'b3']);
		expect(transport.sent[0]).toContain('limit=100&sort=id');
	});

	it('after a place asks for a bound on the sort field and drops what is not after it', async () => {
		const after = { sortKey: '2026-01-15', scope: '', remoteId: 'b0' };
		const { ids, last, transport } = await read({ order: DESC, after });
		expect(ids).toEqual(['b2', 'b3']);
		expect(last.total).toBeNull();
		expect(bodyOf(transport.only)).toEqual({ issuedAt: { $lte: '2026-01-16T23:59:59.999Z' } });
		const ascending = await read({ order: { ...DESC, direction: 'ASC' }, after });
		expect(ascending.ids).toEqual(['b2', 'b1']);
		expect(bodyOf(ascending.transport.only)).toEqual({ issuedAt: { $gte: '2026-01-14T00:00:00.000Z' } });
		const updated = await read({
			order: { field: 'LAST_UPDATE', direction: 'DESC' },
			after: { sortKey: '2026-01-20T00:00:00.000Z', scope: '', remoteId: 'b3' },
		});
		expect(updated.ids).toEqual(['b2', 'b0']);
		expect(bodyOf(updated.transport.only)).toEqual({ updatedAt: { $lte: '2026-01-20T00:00:00.000Z' } });
	});

	it('after a bill without a date asks for no bound', async () => {
		const { ids, transport } = await read({ order: DESC, after: { sortKey: null, scope: '', remoteId: 'b0' } });
		expect(ids).toEqual([]);
		expect(transport.requests[0]?.method).toBe('GET');
	});

	it('by due date is native only where the connection names it', async () => {
		const order = { field: 'DUE_DATE', direction: 'ASC' };
		expect((await read({ order })).transport.sent[0]).toContain('sort=id');
		const named = onPaper(PAPER, { fields: { dueDate: 'dueDate' } });
		expect((await read({ order }, named)).transport.sent[0]).toContain('sort=dueDate%2Cid');
	});

	it('that Orange does not keep to is made here, from then on', async () => {
		const made = onPaper({ ...PAPER, ignoresSort: true });
		expect((await read({ order: DESC }, made)).ids).toEqual(['b1', 'b0', 'b2', 'b3']);
		await read({ order: DESC }, made);
		expect(made.transport.sent[1]).toContain('sort=id');
	});

	it('that Orange breaks after bills were handed out is an error, not a wrong order', async () => {
		const made = onPaper({
			bills: ['03', '02', '01', '04'].map((day) => ({ id: day, issuedAt: `2026-01-${day}T00:00:00Z` })),
			ignoresSort: true,
		});
		await expect(read({ order: DESC, pageSize: 2 }, made)).rejects.toMatchObject({
			kind: 'PROTOCOL',
			hint: expect.stringContaining('nativeSort'),
		});
	});

	it('can be taken away from Orange altogether', async () => {
		const made = onPaper(PAPER, { nativeSort: false });
		expect((await read({ order: DESC }, made)).ids).toEqual(['b1', 'b0', 'b2', 'b3']);
		expect(made.transport.sent[0]).toContain('sort=id');
	});

	it('is exact over any bills, from any place, however they are paged', async () => {
		const day = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03');
		const row = fc.record({
			date: fc.option(day),
			hour: fc.constantFrom('00', '12', '23'),
			total: fc.integer({ min: -3, max: 3 }),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(row, { maxLength: 12 }),
				fc.constantFrom('BILL_DATE', 'LAST_UPDATE', 'TOTAL', 'NUMBER'),
				fc.constantFrom('ASC', 'DESC'),
				fc.integer({ min: 1, max: 5 }),
				fc.nat(20),
				async (rows, field, direction, pageSize, from) => {
					const bills = rows.map(({ date, hour, total }, index) => ({
						id: `b${index}`,
						total,
						number: `n${index % 3}`,
						updatedAt: `2026-02-0${1 + (index % 4)}T00:00:00.000Z`,
						...(date === null ? {} : { issuedAt: `${date}T${hour}:00:00.000Z` }),
					}));
					const order = { field, direction } as BillOrder;
					const made = onPaper({ bills });
					const pages = await pagesOf(made.connector.bills({ order, pageSize }));
					const all = pages.flatMap(({ items }) => items);
					const places = all.map((bill) => placeOf(bill, order));
					expect(new Set(places.map(({ remoteId }) => remoteId)).size).toBe(bills.length);
					expect([...places].sort((left, right) => comparePlaces(left, right, order))).toEqual(places);
					const after: Place | undefined = places[from];
					if (after === undefined) return;
					const rest = await pagesOf(made.connector.bills({ order, after, pageSize }));
					expect(rest.flatMap(({ items }) => items.map((bill) => placeOf(bill, order)))).toEqual(
						places.slice(from + 1),
					);
				},
			),
		);
	});
});

describe('bills that do not bear issuedAt', () => {
	const other = { bills: BILLS.map(({ issuedAt, ...bill }) => ({ ...bill, id: bill.id, invoiceDate: issuedAt })) };
	const january = { billDate: { from: '2026-01-01', to: '2026-01-30' } };

	it('are found by their date all the same: nothing found is looked into once', async () => {
		const made = onPaper(other);
		expect((await read(january, made)).ids).toEqual(['b2', 'b0']);
		expect(made.transport.sent).toEqual([
			`POST ${BASE}/bills/search?offset=0&limit=100`,
			`GET ${BASE}/bills?limit=1`,
			`GET ${BASE}/bills?offset=0&limit=100`,
		]);
		expect((await read(january, made)).last).toMatchObject({ pushedDown: [], appliedHere: ['billDate'] });
		expect(made.transport.requests).toHaveLength(4);
	});

	it('are sorted here, and found after a place', async () => {
		expect((await read({ order: DESC }, onPaper(other))).ids).toEqual(['b1', 'b0', 'b2', 'b3']);
		const after = { sortKey: '2026-01-15', scope: '', remoteId: 'b0' };
		expect((await read({ order: DESC, after }, onPaper(other))).ids).toEqual(['b2', 'b3']);
	});

	it('and their items are found by the date of the bill', async () => {
		const pages = await pagesOf(onPaper({ ...other, items: ITEMS }).connector.rates(january as never));
		expect(pages.flatMap(({ items }) => items)).toHaveLength(1);
	});

	it('where there are none, nothing found is nothing, and where they are known to bear it, it is believed at once', async () => {
		expect((await read(january, onPaper({}))).ids).toEqual([]);
		const made = onPaper(PAPER);
		await read({}, made);
		await read({ billDate: { from: '2030-01-01' } }, made);
		expect(made.transport.requests).toHaveLength(2);
	});
});

const id = (remoteId: string): LocalId => ({ scope: '', remoteId });
const handle = (remoteId: string, more: Partial<BillHandle> = {}): BillHandle => ({
	...id(remoteId),
	billDate: null,
	accountId: null,
	number: null,
	...more,
});

describe('bills by id', () => {
	it('one is asked for by id, and may answer with another', async () => {
		const { connector, transport } = orange([json(200, { id: '1013390', type: 'creditNote' })]);
		await expect(connector.billsByIds([id('17006')]).get(keyOf(id('17006')))).resolves.toMatchObject({
			identity: { remoteId: '1013390' },
		});
		expect(transport.sent).toEqual([`GET ${BASE}/bills/17006`]);
	});

	it('several are one search; those that it lacks are not found, each on its own', async () => {
		const { connector, transport } = onPaper(PAPER);
		const found = connector.billsByIds([id('b1'), id('gone'), id('b3'), id('b1')]);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({ total: { amount: '10' } });
		await expect(found.get(keyOf(id('b3')))).resolves.toMatchObject({ total: { amount: '30' } });
		await expect(found.get(keyOf(id('gone')))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toHaveLength(1);
		expect(bodyOf(transport.only)).toEqual({ id: { $in: ['b1', 'gone', 'b3'] } });
	});

	it('more than a search holds are several', async () => {
		const many = Array.from({ length: IDS_A_SEARCH + 5 }, (_, n) => ({ id: `m${n}` }));
		const { connector, transport } = onPaper({ bills: many });
		const found = connector.billsByIds(many.map((row) => id(row.id)));
		await expect(Promise.all(found.values())).resolves.toHaveLength(many.length);
		expect(transport.requests).toHaveLength(2);
	});

	it('longer than a search should be are several', async () => {
		const long = ['a', 'b', 'c'].map((letter) => ({ id: letter.repeat(3_500) }));
		const { connector, transport } = onPaper({ bills: long });
		await Promise.all(connector.billsByIds(long.map((row) => id(row.id))).values());
		expect(transport.requests.map((request) => JSON.stringify(bodyOf(request)).length > 8_000)).toEqual([false, false]);
	});

	it('a search that broke off finds nothing out', async () => {
		const { connector } = orange(json(200, [{ id: 'b1' }], { 'x-total-count': '9' }));
		await expect(connector.billsByIds([id('b1'), id('b2')]).get(keyOf(id('b2')))).rejects.toMatchObject({
			kind: 'PROTOCOL',
		});
	});
});

describe('rates by bill', () => {
	it('are one request a bill, each settling on its own', async () => {
		const { connector, transport } = orange(({ url }) =>
			url.includes('/bills/b2/')
				? json(404, { code: 60, message: 'no' })
				: json(200, ITEMS.b1, { 'x-total-count': '2' }),
		);
		const policy = { signPolicy: 'AS_REPORTED' } as const;
		const found = connector.ratesByBills([handle('b1', policy), handle('b2', policy)], undefined);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({
			total: 2,
			complete: true,
			reasons: [],
			rates: [{ net: { amount: '4' } }, {}],
		});
		await expect(found.get(keyOf(id('b2')))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toHaveLength(2);
	});

	it('are signed as the bill is; where the handle does not say, the bill is asked', async () => {
		const { connector, transport } = onPaper(PAPER);
		const told = connector.ratesByBills([handle('b2', { signPolicy: 'FLIPPED' })], undefined);
		await expect(told.get(keyOf(id('b2')))).resolves.toMatchObject({ rates: [{ net: { amount: '-5' } }] });
		expect(transport.requests).toHaveLength(1);
		const asked = connector.ratesByBills([handle('b2')], undefined);
		await expect(asked.get(keyOf(id('b2')))).resolves.toMatchObject({ rates: [{ net: { amount: '-5' } }] });
		expect(transport.requests).toHaveLength(3);
	});

	it('are read from where the reader is, by offset', async () => {
		const { connector, transport } = onPaper({ ...PAPER, items: { b1: ITEMS.b1 } });
		const found = connector.ratesByBills([handle('b1', { signPolicy: 'AS_REPORTED' })], 2, { from: 1 });
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({ rates: [{}], from: 1, total: 2, complete: true });
		expect(transport.sent).toEqual([`GET ${BASE}/bills/b1/items?offset=1&limit=1`]);
	});

	it('are at most so many, and four bills at once', async () => {
		const { connector, transport } = onPaper({ ...PAPER, items: { b1: ITEMS.b1 } });
		const found = connector.ratesByBills([handle('b1', { signPolicy: 'AS_REPORTED' })], 1);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({ rates: [{}], total: 2 });
		expect(transport.sent).toEqual([`GET ${BASE}/bills/b1/items?offset=0&limit=1`]);
		let running = 0;
		let most = 0;
		const slow = orange(async () => {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setImmediate(resolve));
			running -= 1;
			return json(200, [], { 'x-total-count': '0' });
		});
		const handles = Array.from({ length: 9 }, (_, n) => handle(`x${n}`, { signPolicy: 'AS_REPORTED' }));
		await Promise.all(slow.connector.ratesByBills(handles, undefined).values());
		expect(most).toBe(4);
		expect(() => slow.connector.ratesByBills([], 0)).toThrow("'first' is 0");
	});

	it('that broke off say so', async () => {
		const { connector } = orange(json(200, [{ id: 'i1' }], { 'x-total-count': '9' }));
		const found = connector.ratesByBills([handle('b1', { signPolicy: 'AS_REPORTED' })], undefined);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({
			complete: false,
			reasons: [expect.any(String), expect.any(String)],
		});
	});
});

describe('rates by query', () => {
	const rates = async (query: object, made = onPaper(PAPER)) => {
		const pages = await pagesOf(made.connector.rates(query as never));
		return {
			ids: pages.flatMap(({ items }) => items.map(({ identity }) => `${identity.scope}/${identity.remoteId}`)),
			requests: pages.reduce((sum, page) => sum + page.requests, 0),
			last: pages.at(-1)!,
			sent: made.transport.sent,
		};
	};

	it('of one bill are two requests, in parallel: the bill tells the sign', async () => {
		const { ids, requests, last, sent } = await rates({ bill: id('b1') });
		expect(ids).toEqual(['b1/i1', 'b1/i2']);
		expect(requests).toBe(2);
		expect(sent).toHaveLength(2);
		expect(last).toMatchObject({ pushedDown: ['bill'], appliedHere: [], end: { complete: true, reasons: [] } });
	});

	it('of one bill that the query does not want are none', async () => {
		expect((await rates({ bill: id('b1'), accounts: ['A2'] })).ids).toEqual([]);
		expect((await rates({ bill: id('b1'), accounts: ['A1'] })).ids).toHaveLength(2);
	});

	it('of an account and a period are one list and one request a bill', async () => {
		const { ids, requests, last, sent } = await rates({ accounts: ['A2'], billDate: { from: '2026-01-01' } });
		expect(ids).toEqual(['b2/i1']);
		expect(requests).toBe(3);
		expect(sent).toHaveLength(3);
		expect(last).toMatchObject({
			pushedDown: ['billDate'],
			appliedHere: ['accounts', 'billDate'],
			end: { complete: true },
		});
	});

	it('are filtered by id and type here', async () => {
		expect((await rates({ types: ['USAGE'] })).ids).toEqual(['b1/i1']);
		expect((await rates({ ids: ['i2'], isBilled: true })).ids).toEqual(['b1/i2']);
		expect((await rates({ maxRows: 1 })).ids).toEqual(['b1/i1']);
	});

	it('that are not billed do not exist, which costs nothing to know', async () => {
		const { ids, sent, last } = await rates({ isBilled: false });
		expect({ ids, sent }).toEqual({ ids: [], sent: [] });
		expect(last.end).toEqual({ complete: true, reasons: [] });
	});

	it('that broke off are incomplete', async () => {
		const made = orange(({ url }) =>
			json(200, url.includes('items') ? [{ id: 'i' }] : [{ id: 'b' }], {
				'x-total-count': url.includes('items') ? '3' : '1',
			}),
		);
		expect((await rates({}, made)).last.end?.complete).toBe(false);
	});
});

describe('accounts', () => {
	it('are listed, and filtered here but for one id', async () => {
		const { connector, transport } = onPaper(PAPER);
		const names = async (query: object) =>
			(await pagesOf(connector.accounts(query))).flatMap(({ items }) => items.map(({ name }) => name));
		expect(await names({})).toEqual(['Paris', 'Lyon', 'Pau']);
		expect(await names({ nameLike: 'P*' })).toEqual(['Paris', 'Pau']);
		expect(await names({ ids: ['A2', 'A3'] })).toEqual(['Lyon', 'Pau']);
		expect(await names({ ids: ['A2'] })).toEqual(['Lyon']);
		expect(transport.sent.at(-1)).toBe(`GET ${BASE}/billingAccounts?id=A2&offset=0&limit=100`);
	});

	const byIds = (paper: PaperOrange, ...ids: readonly string[]) => {
		const made = onPaper(paper);
		return { ...made, found: made.connector.accountsByIds(ids.map(id)) };
	};

	it('one by id is asked for by id', async () => {
		const { found, transport } = byIds(PAPER, 'A1');
		await expect(found.get(keyOf(id('A1')))).resolves.toMatchObject({ name: 'Paris' });
		expect(transport.sent).toEqual([`GET ${BASE}/billingAccounts/A1`]);
	});

	it('several are one list; one that is not in it is not found', async () => {
		const { found, transport } = byIds(PAPER, 'A1', 'A2', 'gone');
		await expect(found.get(keyOf(id('A2')))).resolves.toMatchObject({ name: 'Lyon' });
		await expect(found.get(keyOf(id('gone')))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toHaveLength(1);
	});

	it('of a long list are asked for by id once that is fewer requests', async () => {
		const accounts = Array.from({ length: 450 }, (_, n) => ({ id: `A${n}` }));
		const { found, transport } = byIds({ accounts }, 'A1', 'A2', 'A440');
		await Promise.all(found.values());
		expect(transport.sent).toEqual([
			`GET ${BASE}/billingAccounts?offset=0&limit=100`,
			`GET ${BASE}/billingAccounts/A440`,
		]);
		const many = byIds({ accounts }, 'A1', 'A101', 'A102', 'A103', 'A104', 'A105');
		await Promise.all(many.found.values());
		expect(many.transport.requests).toHaveLength(2);
	});

	it('that a list without a total has not shown yet are asked for by id', async () => {
		const accounts = Array.from({ length: 150 }, (_, n) => ({ id: `A${n}` }));
		const { found, transport } = byIds({ accounts, announcesTotal: false }, 'A1', 'A140');
		await Promise.all(found.values());
		expect(transport.sent.at(-1)).toBe(`GET ${BASE}/billingAccounts/A140`);
	});
});

describe('documents', () => {
	const file = (text: string) => stream(200, [text]);

	it('of a bill are its PDF', async () => {
		const { connector, transport } = orange([file('%PDF-1')]);
		await expect(connector.document({ scope: '', billId: 'b1', documentId: 'pdf' })).resolves.toMatchObject({
			mediaType: 'application/pdf',
		});
		expect(transport.only).toMatchObject({ url: `${BASE}/bills/b1`, headers: { accept: 'application/pdf' } });
	});

	it('without a bill are reports', async () => {
		const { connector, transport } = orange([file('a;b\n')]);
		await expect(connector.document({ scope: '', billId: '', documentId: 'R1+2.csv' })).resolves.toMatchObject({
			mediaType: 'text/csv',
		});
		expect(transport.only.url).toBe(`${BASE}/reports/R1%2B2.csv`);
	});

	it('of another name are not there', async () => {
		const { connector } = orange([]);
		await expect(connector.document({ scope: '', billId: 'b1', documentId: 'xml' })).rejects.toMatchObject({
			kind: 'NOT_FOUND',
		});
	});
});

it('the check asks for one bill', async () => {
	const { connector, transport } = onPaper(PAPER);
	await connector.check();
	expect(transport.sent).toEqual([`GET ${BASE}/bills?limit=1`]);
});

it('settings that cannot be meant are refused', () => {
	expect(() => orange([], { baseUrl: 'orange' })).toThrow("'baseUrl'");
	expect(() => orange([], { fields: { colour: 'x' } as never })).toThrow("'fields'");
});

it('the capabilities name every filter and hold together', () => {
	expect(Object.keys(ORANGE_CAPABILITIES.billFilters)).toEqual([...BILL_FILTERS]);
	expect(Object.keys(ORANGE_CAPABILITIES.rateFilters ?? {})).toEqual([...RATE_FILTERS]);
});
