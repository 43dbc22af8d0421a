// Charge lines of Lumen bills: by runs of bills in API v1, by invoice in API v2.
import { describe, expect, it } from '@jest/globals';

import type { BillHandle, RateList } from '../../../providers/connector';
import type { CalendarDate } from '../../../providers/model/dates';
import { type LocalId, keyOf } from '../../../providers/model/identity';
import { json } from '../support/scriptedTransport';
import {
	ACCOUNT,
	NO_MORE,
	OTHER,
	customerBill,
	invoice,
	lumen,
	noData,
	query,
	rate,
	readAll,
	refusal,
	statement,
} from './support';

function handle(remoteId: string, billDate: string | null, more: Partial<BillHandle> = {}): BillHandle {
	return {
		scope: ACCOUNT,
		remoteId,
		billDate: billDate as CalendarDate | null,
		accountId: ACCOUNT,
		number: remoteId,
		...more,
	};
}

async function listsOf(lists: ReadonlyMap<string, Promise<RateList>>): Promise<RateList[]> {
	return Promise.all(lists.values());
}

const ids = (list: RateList | undefined) => list?.rates.map(({ identity }) => identity.remoteId);

describe('rates of bills, API v1', () => {
	it('reads a run of bills in one walk over its dates, grouped by bill', async () => {
		const { connector, transport } = lumen([
			json(200, [rate('1', 'b'), rate('2', 'a'), rate('3', 'b'), rate('4', 'unasked')]),
		]);
		const bills = [
			handle('b', '2025-04-05'),
			handle('a', '2025-03-05'),
			handle('c', '2025-05-05'),
			handle('b', '2025-04-05'),
		];
		const lists = connector.ratesByBills(bills, undefined);
		expect(ids(await lists.get(keyOf(bills[0] as LocalId)))).toEqual(['1', '3']);
		expect(ids(await lists.get(keyOf(bills[1] as LocalId)))).toEqual(['2']);
		expect(await lists.get(keyOf(bills[2] as LocalId))).toEqual({ rates: [], total: 0, complete: true, reasons: [] });
		expect(query(transport.only.url)).toMatchObject({
			billingAccountNumber: ACCOUNT,
			startBillDate: '2025-03-05',
			endBillDate: '2025-05-05',
			limit: '1000',
		});
	});

	it('reads one walk a run: accounts apart, and far dates apart', async () => {
		const { connector, transport } = lumen(() => json(200, []), { accounts: [ACCOUNT, OTHER] });
		await listsOf(
			connector.ratesByBills(
				[
					handle('a', '2025-01-05'),
					handle('b', '2023-01-05'),
					handle('c', '2025-02-05', { scope: OTHER }),
					handle('d', '2025-04-05'),
				],
				undefined,
			),
		);
		const spans = transport.requests
			.map(({ url }) => query(url))
			.map((sent) => `${sent['startBillDate']}/${sent['endBillDate']}`);
		expect(spans.sort()).toEqual(['2023-01-05/2023-01-05', '2025-01-05/2025-04-05', '2025-02-05/2025-02-05']);
	});

	it('gives at most `first` a bill, with the whole number of them', async () => {
		const { connector } = lumen([json(200, [rate('1', 'a'), rate('2', 'a'), rate('3', 'a')])]);
		const [list] = await listsOf(connector.ratesByBills([handle('a', '2025-03-05')], 2));
		expect(list).toMatchObject({ total: 3, complete: true });
		expect(ids(list)).toEqual(['1', '2']);
	});

	it('stops reading once each bill has its first', async () => {
		const page = Array.from({ length: 1000 }, (_, n) => rate(String(n), 'a'));
		const { connector, transport } = lumen([json(200, page)]);
		const [list] = await listsOf(connector.ratesByBills([handle('a', '2025-03-05')], 10));
		expect(list).toMatchObject({ total: null, complete: true, reasons: [] });
		expect(transport.requests).toHaveLength(1);
	});

	it('knows a bill by its number too, and names it by its id', async () => {
		const { connector } = lumen([json(200, [rate('1', 'N-1')])]);
		const [list] = await listsOf(connector.ratesByBills([handle('a', '2025-03-05', { number: 'N-1' })], undefined));
		expect(list?.rates[0]?.bill).toEqual({ scope: ACCOUNT, remoteId: 'a' });
	});

	it('gives lines that name no bill to the only bill of its day, and tells of them where there are several', async () => {
		const nameless = [rate('1', null), rate('2', 'a')];
		const [list] = await listsOf(
			lumen([json(200, nameless)]).connector.ratesByBills([handle('a', '2025-03-05')], undefined),
		);
		expect(ids(list)).toEqual(['1', '2']);
		expect(list?.rates.map(({ notes }) => notes.derived.includes('bill'))).toEqual([true, false]);

		const two = [handle('a', '2025-03-05'), handle('b', '2025-04-05')];
		const [of] = await listsOf(lumen([json(200, nameless)]).connector.ratesByBills(two, undefined));
		expect(of).toMatchObject({ total: null, complete: false, reasons: ['1 charge lines name no bill'] });
		expect(ids(of)).toEqual(['2']);
	});

	it('signs the lines of a credit note as the credit note itself was signed', async () => {
		const rows = [rate('1', 'a'), rate('2', 'b')];
		const bills = [handle('a', '2025-03-05', { signPolicy: 'FLIPPED' }), handle('b', '2025-04-05')];
		const lists = await listsOf(lumen([json(200, rows)]).connector.ratesByBills(bills, undefined));
		expect(lists.map((list) => list.rates[0]?.net?.amount)).toEqual(['-10', '10']);

		const creditNote = customerBill('a', '2025-03-05', { category: 'credit note' });
		const { connector } = lumen([json(200, creditNote), json(200, [rate('1', 'a')])]);
		const { items } = await readAll(connector.rates({ bill: { scope: ACCOUNT, remoteId: 'a' } }));
		expect(items[0]?.gross?.amount).toBe('-11.9');

		const undated = lumen([json(200, creditNote), json(200, [rate('1', 'a')])]).connector;
		const [list] = await listsOf(undated.ratesByBills([handle('a', null)], undefined));
		expect(list?.rates[0]?.net?.amount).toBe('-10');
	});

	it('says that lines of an old bill cannot be had', async () => {
		const [list] = await listsOf(lumen([noData()]).connector.ratesByBills([handle('a', '2020-03-05')], undefined));
		expect(list).toMatchObject({ complete: false, reasons: [expect.stringMatching(/from about 2021-01-30/)] });
	});

	it.each([
		['2025-03-05', '2025-03-05', '2025-03-05'],
		['someday', '2021-01-30', '2026-02-02'],
	])('asks for the date of a bill that came without one: %s', async (billDate, startBillDate, endBillDate) => {
		const { connector, transport } = lumen([
			json(200, customerBill('a', '2025-03-05', { billDate })),
			json(200, [rate('1', 'a'), rate('2', 'b')]),
		]);
		const [list] = await listsOf(connector.ratesByBills([handle('a', null)], undefined));
		expect(ids(list)).toEqual(['1']);
		expect(query(transport.requests[1]?.url ?? '')).toMatchObject({ startBillDate, endBillDate });
	});

	it('gives a line that names no bill to no bill of a whole history', async () => {
		const { connector } = lumen([
			json(200, customerBill('a', '2025-03-05', { billDate: null })),
			json(200, [rate('1', 'a'), rate('2', null)]),
		]);
		const [list] = await listsOf(connector.ratesByBills([handle('a', null)], undefined));
		expect(ids(list)).toEqual(['1']);
		expect(list).toMatchObject({ complete: false, reasons: ['1 charge lines name no bill'] });
	});

	it('lets every bill settle on its own', async () => {
		const { connector } = lumen(
			({ url }) => (query(url)['billingAccountNumber'] === OTHER ? json(503, {}) : json(200, [])),
			{
				accounts: [ACCOUNT, OTHER],
			},
		);
		const results = connector.ratesByBills(
			[
				handle('a', '2025-03-05'),
				handle('b', '2025-03-05', { scope: OTHER }),
				handle('c', '2025-03-05', { scope: 'stranger' }),
			],
			undefined,
		);
		const outcomes = (await Promise.allSettled(results.values())).map((result) =>
			result.status === 'fulfilled' ? 'ok' : (result.reason as { kind: string }).kind,
		);
		expect(outcomes).toEqual(['ok', 'UNAVAILABLE', 'NOT_FOUND']);
	});

	it('refuses first: 0', () => {
		expect(() => lumen([]).connector.ratesByBills([], 0)).toThrow(expect.objectContaining({ parameter: 'first' }));
	});
});

const charges = (...lines: object[]) => json(200, { serviceLevelChargeDetail: [{ serviceLevelCharge: lines }] });
const charge = (name: string, netAmount: number | string = 5) => ({
	billingServiceId: 's-1',
	chargeDescription1: name,
	charge: { netAmount },
});

describe('rates of bills, API v2', () => {
	const v2 = { apiVersion: 'v2' as const };

	it('one walk a bill, at most four at once', async () => {
		let running = 0;
		let most = 0;
		const { connector, transport } = lumen(async ({ url }) => {
			running += 1;
			most = Math.max(most, running);
			await Promise.resolve();
			running -= 1;
			const { offset, invoiceNumber = '' } = query(url);
			return offset === '0' ? charges(charge(invoiceNumber)) : NO_MORE;
		}, v2);
		const bills = Array.from({ length: 9 }, (_, n) => handle(`i${n}`, '2025-03-05'));
		const lists = await listsOf(connector.ratesByBills(bills, undefined));
		expect(lists.map((list) => list.rates[0]?.name)).toEqual(bills.map((bill) => bill.remoteId));
		expect(lists[0]?.rates[0]?.bill).toEqual({ scope: ACCOUNT, remoteId: 'i0' });
		expect({ most, requests: transport.requests.length }).toEqual({ most: 4, requests: 9 * 2 });
	});

	it('are told with their total, where all of them were read', async () => {
		const all = charges(charge('a'), charge('a'), charge('b'));
		const { connector } = lumen([all, charges(charge('a')), NO_MORE], v2);
		const [list] = await listsOf(connector.ratesByBills([handle('7', null, { number: null })], 4));
		expect(list).toMatchObject({ total: 3, complete: true });
		expect(list?.rates).toHaveLength(3);
	});

	it('no page is asked for past the first lines that are wanted; then nobody knows how many there are', async () => {
		const { connector, transport } = lumen([charges(charge('a'), charge('a'), charge('b'))], v2);
		const [list] = await listsOf(connector.ratesByBills([handle('7', null, { number: null })], 1));
		expect(list).toMatchObject({ total: null, complete: true });
		expect(list?.rates).toHaveLength(1);
		expect(transport.requests).toHaveLength(1);
	});

	it.each(['v1', 'v2'] as const)(
		'charges of an invoice with several documents are given under none of them (%s)',
		async (apiVersion) => {
			const { connector, transport } = lumen([], { apiVersion });
			const [list] = await listsOf(
				connector.ratesByBills([handle('7@2025-03-05', '2025-03-05', { number: '7' })], undefined),
			);
			expect(list).toMatchObject({ rates: [], total: null, complete: false });
			expect(list?.reasons[0]).toMatch(/several documents/);
			expect(transport.requests).toHaveLength(0);
		},
	);
});

describe('rates of a query', () => {
	it('reads each account from the start of the history to tomorrow', async () => {
		const { connector, transport } = lumen(
			({ url }) => json(200, [rate(query(url)['billingAccountNumber'] ?? '', 'b')]),
			{ accounts: [ACCOUNT, OTHER] },
		);
		const { items, requests, end } = await readAll(connector.rates({}));
		expect(items.map(({ identity }) => identity.remoteId)).toEqual([ACCOUNT, OTHER]);
		expect({ requests, end }).toEqual({ requests: 2, end: { complete: true, reasons: [] } });
		expect(query(transport.requests[0]?.url ?? '')).toMatchObject({
			startBillDate: '2021-01-30',
			endBillDate: '2026-02-02',
		});
	});

	it('filters here what Lumen cannot', async () => {
		const rows = [
			rate('1', 'b', { type: 'recurringCharge' }),
			rate('2', 'b', { type: 'oneTimeCharge' }),
			rate('3', 'b', { type: 'oneTimeCharge', isBilled: false }),
		];
		const { connector } = lumen([json(200, rows)]);
		const { items, pages } = await readAll(
			connector.rates({ accounts: [ACCOUNT], types: ['ONE_TIME'], isBilled: true, ids: ['1', '2', '3'] }),
		);
		expect(items.map(({ identity }) => identity.remoteId)).toEqual(['2']);
		expect(pages[0]).toMatchObject({ pushedDown: ['accounts'], appliedHere: ['ids', 'isBilled', 'types'] });
	});

	it('tells that a query reaches below the floor', async () => {
		const { connector } = lumen([noData()]);
		const { notices } = await readAll(connector.rates({ billDate: { from: '2020-12-01' as CalendarDate } }));
		expect(notices).toEqual(['Lumen keeps rates from about 2021-01-30; older ones cannot be had.']);
	});

	it('asks for a bill first, since its lines are found by its date: two requests', async () => {
		const { connector, transport } = lumen([
			json(200, customerBill('a', '2025-03-05', { billNo: 'N-1' })),
			json(200, [rate('1', 'N-1'), rate('2', 'b'), rate('3', null)]),
		]);
		const bill = { scope: ACCOUNT, remoteId: 'a' };
		const { items, requests } = await readAll(connector.rates({ bill, pageSize: 50 }));
		expect(items.map((found) => [found.identity.remoteId, found.bill])).toEqual([
			['1', bill],
			['3', bill],
		]);
		expect(requests).toBe(2);
		expect(query(transport.requests[1]?.url ?? '')).toMatchObject({
			startBillDate: '2025-03-05',
			endBillDate: '2025-03-05',
			limit: '50',
		});
	});

	it('a bill without a date has its lines picked out of the whole history', async () => {
		const { connector, transport } = lumen([
			json(200, customerBill('a', '2025-03-05', { billDate: null })),
			json(200, [rate('1', 'a'), rate('2', null)]),
		]);
		const { items } = await readAll(connector.rates({ bill: { scope: ACCOUNT, remoteId: 'a' } }));
		expect(items.map(({ identity }) => identity.remoteId)).toEqual(['1']);
		expect(query(transport.requests[1]?.url ?? '')['startBillDate']).toBe('2021-01-30');
	});

	it('a bill outside the dates of the query has no lines in it', async () => {
		const { connector } = lumen([json(200, customerBill('a', '2025-03-05'))]);
		const { items, requests, end } = await readAll(
			connector.rates({ bill: { scope: ACCOUNT, remoteId: 'a' }, billDate: { from: '2025-04-01' as CalendarDate } }),
		);
		expect({ items, requests, end }).toEqual({ items: [], requests: 1, end: { complete: true, reasons: [] } });
	});

	it('a bill of another account is not found', async () => {
		const error = await refusal(readAll(lumen([]).connector.rates({ bill: { scope: 'stranger', remoteId: 'a' } })));
		expect(error).toMatchObject({ kind: 'NOT_FOUND' });
	});

	it.each([
		[{ colour: 1 }, 'colour'],
		[{ pageSize: 1001 }, 'pageSize'],
		[{ accounts: ['999'] }, 'accounts'],
		[{ types: ['NONE'] }, 'types'],
	] as [object, string][])('refuses %j before any request', async (wrong, parameter) => {
		const { connector, transport } = lumen([]);
		expect(await refusal(readAll(connector.rates(wrong)))).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(transport.requests).toHaveLength(0);
	});

	describe('API v2', () => {
		const v2 = { apiVersion: 'v2' as const };
		const invoiceOfTwo = invoice('7', statement('2025-03-05', 1), statement('2025-03-06', 2));
		const list = json(200, { CustomerBillDetails: [invoiceOfTwo, invoice('8', statement('2025-04-05', 1))] });
		/** Asked for one row, which shows that invoices are counted. */
		const first = json(200, { CustomerBillDetails: [invoiceOfTwo] });

		it('lists the bills, then the charges of each invoice once: 2 + 2k requests, and one for what is counted', async () => {
			const { connector, transport } = lumen(
				[list, first, NO_MORE, charges(charge('a')), NO_MORE, charges(charge('b')), NO_MORE],
				v2,
			);
			const { items, requests } = await readAll(connector.rates({}));
			expect(items.map((found) => [found.name, found.bill?.remoteId])).toEqual([
				['a', '7'],
				['b', '8'],
			]);
			expect({ requests, sent: transport.requests.length }).toEqual({ requests: 7, sent: 7 });
		});

		it('are not called whole where the bills were not', async () => {
			const invoices = (...numbers: string[]) =>
				json(200, { CustomerBillDetails: numbers.map((number) => invoice(number, statement('2025-04-05', 1))) });
			const { connector } = lumen(({ url }) => {
				const { offset, invoiceNumber } = query(url);
				if (invoiceNumber !== undefined) return offset === '0' ? charges(charge(invoiceNumber)) : NO_MORE;
				return { '0': invoices('9', '8'), '2': invoices('8', '6') }[offset ?? ''] ?? NO_MORE;
			}, v2);
			const { items, end } = await readAll(connector.rates({}));
			expect(items.map(({ name }) => name)).toEqual(['9', '8', '6']);
			expect(end?.complete).toBe(false);
			expect(end?.reasons.join()).toContain('bill 8 came twice');
		});

		it('one bill is one walk', async () => {
			const { connector, transport } = lumen([charges(charge('a')), NO_MORE], v2);
			const { items, pages } = await readAll(connector.rates({ bill: { scope: ACCOUNT, remoteId: '7' } }));
			expect(items).toHaveLength(1);
			expect(pages[0]).toMatchObject({ pushedDown: ['bill'], appliedHere: [] });
			expect(transport.requests).toHaveLength(2);
		});

		it('one bill within dates', async () => {
			const { connector, transport } = lumen([list, first, NO_MORE, charges(charge('b')), NO_MORE], v2);
			const { items } = await readAll(
				connector.rates({ bill: { scope: ACCOUNT, remoteId: '8' }, billDate: { from: '2025-03-06' as CalendarDate } }),
			);
			expect(items.map(({ name }) => name)).toEqual(['b']);
			expect(transport.requests).toHaveLength(5);
		});

		it('one of several documents of an invoice has no charges of its own', async () => {
			const error = await refusal(
				readAll(lumen([], v2).connector.rates({ bill: { scope: ACCOUNT, remoteId: '7@2025-03-05' } })),
			);
			expect(error).toMatchObject({ kind: 'CONFLICT', hint: 'Ask for the charges of the invoice: 7.' });
		});
	});
});
