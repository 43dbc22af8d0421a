/** Bills of Orange Business: filters, order, and what pages end with. */
import fc from 'fast-check';

import type { BillOrder, BillQuery, Place } from '../../../providers/connector';
import { comparePlaces, placeOf } from '../../../providers/query/order';
import { BASE, onPaper, pagesOf } from './orange';
import { BILLS, DESC, ITEMS, PAPER, bodyOf, read } from './paperBills';

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
