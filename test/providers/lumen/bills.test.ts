// Bills of Lumen accounts: filters, order, completeness, and as few requests as the API allows.
import { describe, expect, it } from '@jest/globals';

import type { BillQuery } from '../../../providers/connector';
import { LumenConnector } from '../../../providers/lumen/connector';
import type { CalendarDate } from '../../../providers/model/dates';
import { type LocalId, keyOf } from '../../../providers/model/identity';
import { placeOf } from '../../../providers/query/order';
import { ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';
import {
	ACCOUNT,
	NO_MORE,
	OTHER,
	customerBill,
	invoice,
	lumen,
	noData,
	query,
	readAll,
	refusal,
	statement,
} from './support';

const date = (text: string) => text as CalendarDate;
const DESC = { field: 'BILL_DATE', direction: 'DESC' } as const;

/** A year of monthly bills of an account, as a server that narrows by date would give them. */
function server({ url }: { url: string }) {
	const { billingAccountNumber = '', startBillDate = '', endBillDate = '' } = query(url);
	const day = billingAccountNumber === ACCOUNT ? '05' : '20';
	const bills = Array.from({ length: 12 }, (_, month) => `2025-${String(month + 1).padStart(2, '0')}-${day}`)
		.filter((bill) => bill >= startBillDate && bill <= endBillDate)
		.map((bill) => customerBill(`${day}${bill.slice(5, 7)}`, bill));
	return bills.length === 0 ? noData(billingAccountNumber) : json(200, bills);
}

const both = { accounts: [ACCOUNT, OTHER] };

describe('lists', () => {
	it('costs one request an account, whatever the order, and is whole', async () => {
		const { connector, transport } = lumen(server, both);
		const { items, requests, end, pages } = await readAll(connector.bills({ order: DESC, pageSize: 10 }));
		expect(items.map((bill) => bill.billDate)).toEqual([...items.map((bill) => bill.billDate)].sort().reverse());
		expect(items).toHaveLength(24);
		expect(pages.map((page) => page.items.length)).toEqual([10, 10, 4]);
		expect(pages[0]?.total).toBe(24);
		expect({ requests, sent: transport.sent.length }).toEqual({ requests: 2, sent: 2 });
		expect(end).toEqual({ complete: true, reasons: [] });
	});

	it('shows an invoice that two accounts share once, says so, and is whole', async () => {
		const umbrella = customerBill('7', '2025-03-05');
		const lists = [
			[umbrella, customerBill('1', '2025-02-05')],
			[customerBill('2', '2025-02-20'), umbrella],
		];
		const { connector } = lumen(
			lists.map((bills) => json(200, bills)),
			both,
		);
		const { items, end, notices } = await readAll(connector.bills({}));
		expect(items.map(({ identity }) => [identity.scope, identity.remoteId])).toEqual([
			[ACCOUNT, '7'],
			[ACCOUNT, '1'],
			[OTHER, '2'],
		]);
		expect(end).toEqual({ complete: true, reasons: [] });
		expect(notices).toEqual([`Bill 7 came for account ${ACCOUNT} and for ${OTHER}; it is shown for ${ACCOUNT}.`]);
	});

	it("is not whole where one account's list came for the other as well", async () => {
		const { connector } = lumen(() => json(200, [customerBill('1', '2025-02-05')]), both);
		const { items, end } = await readAll(connector.bills({}));
		expect(items).toHaveLength(1);
		expect(end).toMatchObject({ complete: false, reasons: [expect.stringContaining(`name only ${ACCOUNT}`)] });
	});

	it('without a range asks from the start of the history to tomorrow', async () => {
		const { connector, transport } = lumen(server);
		await readAll(connector.bills({}));
		expect(query(transport.only.url)).toEqual({
			billingAccountNumber: ACCOUNT,
			startBillDate: '2020-01-30',
			endBillDate: '2026-02-02',
		});
	});

	it.each([
		[{ from: date('2025-03-01') }, '2025-03-01', '2026-02-02'],
		[{ to: date('2025-03-01') }, '2020-01-30', '2025-03-01'],
		[{ from: date('2025-03-01'), to: date('2025-04-01') }, '2025-03-01', '2025-04-01'],
		[{ to: date('2019-03-01') }, '2019-03-01', '2019-03-01'],
		[{ from: date('2030-03-01') }, '2030-03-01', '2030-03-01'],
	])('narrows the dates sent: %j', async (billDate, startBillDate, endBillDate) => {
		const { connector, transport } = lumen(server);
		const { pages } = await readAll(connector.bills({ billDate }));
		expect(query(transport.only.url)).toMatchObject({ startBillDate, endBillDate });
		expect(pages[0]).toMatchObject({ pushedDown: ['billDate'], appliedHere: ['billDate'], total: null });
	});

	it('keeps out a bill that Lumen gives beyond the range, and keeps one whose date cannot be read', async () => {
		const answer = [customerBill('1', '2025-03-01'), customerBill('2', '2025-04-01'), customerBill('3', 'soon')];
		const { connector } = lumen([json(200, answer)]);
		const { items } = await readAll(connector.bills({ billDate: { to: date('2025-03-31') } }));
		expect(items.map((bill) => bill.identity.remoteId)).toEqual(['1', '3']);
		expect(items[1]?.notices).toContain('billDate "soonT00:00:00Z" is not a date');
	});

	it.each([
		[{ ...DESC }, 'endBillDate'],
		[{ ...DESC, direction: 'ASC' }, 'startBillDate'],
	] as const)('walks on from a place in the order %j, each bill once', async (order, narrowed) => {
		const all = (await readAll(lumen(server, both).connector.bills({ order }))).items;
		const seen: string[] = [];
		let after: BillQuery['after'];
		for (let guard = 0; guard < 30; guard += 1) {
			const { connector, transport } = lumen(server, both);
			const { items } = await readAll(connector.bills({ order, after, maxRows: 5 }));
			for (const { url } of transport.requests) {
				if (after !== undefined) expect(query(url)[narrowed]).toBe(after.sortKey);
			}
			seen.push(...items.map((bill) => bill.identity.remoteId));
			const last = items.at(-1);
			if (last === undefined) break;
			after = placeOf(last, order);
		}
		expect(seen).toEqual(all.map((bill) => bill.identity.remoteId));
	});

	it('asks for nothing where nothing can come after the place', async () => {
		const { connector, transport } = lumen([]);
		const after = { sortKey: '2019-01-01', scope: ACCOUNT, remoteId: '1' };
		const { items, end, pages } = await readAll(connector.bills({ order: DESC, after }));
		expect({ items, end, pages: pages.length }).toEqual({ items: [], end: { complete: true, reasons: [] }, pages: 1 });
		expect(transport.requests).toHaveLength(0);
	});

	it('does not narrow by a place in another order, nor by one without a date', async () => {
		const { connector, transport } = lumen(server);
		const after = { sortKey: '2025-03-05', scope: ACCOUNT, remoteId: '0503' };
		await readAll(connector.bills({ order: { field: 'DUE_DATE', direction: 'DESC' }, after }));
		await readAll(connector.bills({ order: DESC, after: { ...after, sortKey: null } }));
		for (const { url } of transport.requests) expect(query(url)['endBillDate']).toBe('2026-02-02');
	});

	it('reads no further account than it needs for the rows wanted', async () => {
		const { connector, transport } = lumen(server, both);
		const { items, end } = await readAll(connector.bills({ maxRows: 3 }));
		expect({ rows: items.length, end }).toEqual({ rows: 3, end: { complete: true, reasons: [] } });
		expect(transport.requests).toHaveLength(1);
	});

	it('asks for at most four accounts at once, and none after a failure', async () => {
		const accounts = Array.from({ length: 20 }, (_, n) => `A${n}`);
		let running = 0;
		let most = 0;
		const { connector, transport } = lumen(
			async () => {
				running += 1;
				most = Math.max(most, running);
				await Promise.resolve();
				running -= 1;
				return json(403, {});
			},
			{ accounts },
		);
		expect(await refusal(readAll(connector.bills({})))).toMatchObject({ kind: 'FORBIDDEN' });
		expect(most).toBe(4);
		expect(transport.requests).toHaveLength(4);
	});

	it('filters here what Lumen cannot, on the accounts named', async () => {
		const { connector, transport } = lumen(server, both);
		const { items, pages } = await readAll(connector.bills({ accounts: [OTHER, OTHER], numberLike: '*03' }));
		expect(items.map((bill) => bill.number)).toEqual(['2003']);
		expect(pages[0]).toMatchObject({ pushedDown: ['accounts'], appliedHere: ['numberLike'] });
		expect(query(transport.only.url)['billingAccountNumber']).toBe(OTHER);
	});

	it('names the accounts without bills', async () => {
		const { notices } = await readAll(
			lumen(server, both).connector.bills({ billDate: { from: date('2025-12-10'), to: date('2025-12-31') } }),
		);
		expect(notices).toEqual([`Lumen has no bills of account ${ACCOUNT} dated 2025-12-10 to 2025-12-31.`]);
	});

	it('gives a bill that came twice once, and tells that it did', async () => {
		const first = customerBill('1', '2025-03-01');
		const same = await readAll(lumen([json(200, [first, first])]).connector.bills({}));
		expect({ bills: same.items.length, end: same.end }).toEqual({
			bills: 1,
			end: { complete: false, reasons: ['account 5-ABCD5678: bill 1 came twice, so another may be missing'] },
		});

		const changed = customerBill('1', '2025-03-01', { category: 'duplicate' });
		const differs = await readAll(lumen([json(200, [first, changed])]).connector.bills({}));
		expect(differs.items).toHaveLength(1);
		expect(differs.end).toEqual({
			complete: false,
			reasons: [`account ${ACCOUNT}: bill 1 came 2 times with different content; the first is shown`],
		});
	});

	it.each([
		['a bill without id', [{ billDate: '2025-01-01', id: ' ' }]],
		['a bill whose id cannot be asked for', [{ id: 'a\u0001' }]],
		['an invoice without number', { CustomerBillDetails: [{ documentSummaryDetails: [{}] }] }],
	])('refuses %s', async (_, answer) => {
		expect(await refusal(readAll(lumen([json(200, answer)]).connector.bills({})))).toMatchObject({ kind: 'PROTOCOL' });
	});
});

describe('bad queries are refused before any request', () => {
	const cases: [string, object, string][] = [
		['an unknown filter', { colour: 'red' }, 'colour'],
		['a wrong date', { billDate: { from: '2025-02-30' } }, 'billDate.from'],
		['a page of 0', { pageSize: 0 }, 'pageSize'],
		['a page of 1001', { pageSize: 1001 }, 'pageSize'],
		['no account', { accounts: [] }, 'accounts'],
		['an empty account', { accounts: [''] }, 'accounts'],
		['an account of somebody else', { accounts: ['999'] }, 'accounts'],
	];
	it.each(cases)('%s', async (_, wrong, parameter) => {
		const { connector, transport } = lumen([]);
		const error = await refusal(readAll(connector.bills(wrong)));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(transport.requests).toHaveLength(0);
	});

	it('a filter on what API v2 does not give', async () => {
		const { connector } = lumen([], { apiVersion: 'v2' });
		expect(await refusal(readAll(connector.bills({ states: ['SETTLED'] })))).toMatchObject({ parameter: 'states' });
	});

	it.each([
		[{ accounts: [] }, 'accounts'],
		[{ accounts: [' '] }, 'accounts'],
		[{ accounts: ['ü'] }, 'accounts'],
		[{ apiVersion: 'v3' as never }, 'apiVersion'],
		[{ baseUrl: 'ftp://api.lumen.com' }, 'baseUrl'],
	])('settings that no request could be made from: %j', (wrong, parameter) => {
		const deps = { transport: new ScriptedTransport([]), clock: fakeClock() };
		const settings = { connection: 'c', baseUrl: 'https://api.lumen.com', accounts: ['1'], ...wrong };
		expect(() => new LumenConnector(settings, deps)).toThrow(expect.objectContaining({ parameter }));
	});
});

describe('bills by id', () => {
	const id = (remoteId: string, scope = ACCOUNT): LocalId => ({ scope, remoteId });
	const settled = async (results: ReadonlyMap<unknown, Promise<unknown>>) => Promise.allSettled(results.values());

	it('asks for the only one of an account by its id', async () => {
		const { connector, transport } = lumen([json(200, customerBill('7', '2025-03-01'))]);
		const bill = await connector.billsByIds([id('7'), id('7')]).get(keyOf(id('7')));
		expect(bill?.identity).toEqual({ provider: 'LUMEN', connection: 'lumen-us', scope: ACCOUNT, remoteId: '7' });
		expect(transport.only.url).toMatch(/customerBill\/7$/);
	});

	it('lists an account once for several', async () => {
		const { connector, transport } = lumen(server, both);
		const ids = [id('0501'), id('0502'), id('2003', OTHER), id('2004', OTHER)];
		const results = await settled(connector.billsByIds(ids));
		expect(results.map((result) => result.status)).toEqual(Array(4).fill('fulfilled'));
		expect(transport.requests).toHaveLength(2);
	});

	it('lets every key settle on its own', async () => {
		const { connector } = lumen(({ url }) => {
			if (url.includes('customerBill/')) return noData();
			return query(url)['billingAccountNumber'] === OTHER ? json(503, {}) : server({ url });
		}, both);
		const ids = [id('0501'), id('nope'), id('2003', OTHER), id('2004', OTHER), id('1', 'stranger')];
		const results = await settled(connector.billsByIds(ids));
		const outcome = results.map((result) =>
			result.status === 'fulfilled' ? 'ok' : (result.reason as { kind: string }).kind,
		);
		expect(outcome).toEqual(['ok', 'NOT_FOUND', 'UNAVAILABLE', 'UNAVAILABLE', 'NOT_FOUND']);
	});

	it('asks by id for what the list lacks, since its floor is rough', async () => {
		const { connector, transport } = lumen(({ url }) =>
			url.includes('customerBill/') ? json(200, customerBill('old', '2019-12-01')) : server({ url }),
		);
		const results = await settled(connector.billsByIds([id('0501'), id('old')]));
		expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled']);
		expect(transport.requests).toHaveLength(2);
	});

	it('refuses another bill than the one asked for', async () => {
		const { connector } = lumen([json(200, customerBill('8', '2025-03-01'))]);
		expect(await refusal(connector.billsByIds([id('7')]).get(keyOf(id('7'))) as Promise<unknown>)).toMatchObject({
			kind: 'PROTOCOL',
		});
	});

	it('finds a bill by its number where its id is another', async () => {
		const { connector } = lumen([json(200, customerBill('internal-1', '2025-03-01', { billNo: '7' }))]);
		expect((await connector.billsByIds([id('7')]).get(keyOf(id('7'))))?.identity.remoteId).toBe('internal-1');
	});

	it('API v2 has no bill by id: it lists the account', async () => {
		const { connector, transport } = lumen(
			[json(200, { CustomerBillDetails: [invoice('7', statement('2025-03-01', 1))] }), NO_MORE],
			{ apiVersion: 'v2' },
		);
		const results = await settled(connector.billsByIds([id('7'), id('8')]));
		expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
		expect(transport.requests.map(({ url }) => [new URL(url).pathname, query(url)['offset']])).toEqual([
			['/Billing/v2/CustomerBillManagement/customerBill', '0'],
			['/Billing/v2/CustomerBillManagement/customerBill', '1'],
		]);
	});
});

describe('accounts', () => {
	it('are those configured, without a request', async () => {
		const { connector, transport } = lumen([], { accounts: [ACCOUNT, OTHER, ACCOUNT] });
		const { items, pages, end } = await readAll(connector.accounts({}));
		expect(items.map(({ identity, number, name }) => [identity.remoteId, number, name])).toEqual([
			[ACCOUNT, ACCOUNT, null],
			[OTHER, OTHER, null],
		]);
		expect(pages[0]?.total).toBe(2);
		expect(end).toEqual({ complete: true, reasons: [] });
		expect((await readAll(connector.accounts({ ids: [OTHER, 'x'] }))).items).toHaveLength(1);
		expect((await readAll(connector.accounts({ maxRows: 1 }))).items).toHaveLength(1);
		expect(transport.requests).toHaveLength(0);
	});

	it('have no names to look for', async () => {
		const error = await refusal(readAll(lumen([]).connector.accounts({ nameLike: 'A*' })));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'nameLike' });
	});

	it('are found by id, or not', async () => {
		const { connector } = lumen([]);
		const known = { scope: ACCOUNT, remoteId: ACCOUNT };
		const stranger = { scope: '9', remoteId: '9' };
		const found = connector.accountsByIds([known, stranger]);
		expect((await found.get(keyOf(known)))?.number).toBe(ACCOUNT);
		expect(await refusal(found.get(keyOf(stranger)) as Promise<unknown>)).toMatchObject({ kind: 'NOT_FOUND' });
	});
});

describe('check', () => {
	it.each(['v1', 'v2'] as const)(
		'asks for two days of one account (%s), and "no data" is good news',
		async (apiVersion) => {
			const { connector, transport } = lumen([noData()], { apiVersion, ...both });
			await connector.check();
			expect(query(transport.only.url)).toMatchObject({ startBillDate: '2026-01-31', endBillDate: '2026-02-01' });
		},
	);

	it('rejects with what to mend', async () => {
		const { connector } = lumen([json(401, { message: 'Unauthorized. Invalid access token' })]);
		expect(await refusal(connector.check())).toMatchObject({
			kind: 'AUTH',
			hint: expect.stringMatching(/consumer key/),
		});
	});
});
