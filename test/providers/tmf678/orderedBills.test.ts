import fc from 'fast-check';

import type { BillOrder, BillQuery, Page } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import { type CalendarDate, addDays } from '../../../providers/model/dates';
import { OracleBrmConnector } from '../../../providers/oracleBrm/connector';
import { placeOf, sortBills } from '../../../providers/query/order';
import { dateWindows } from '../../../providers/tmf678/dateWindows';
import { Tmf678Connector } from '../../../providers/tmf678/standard';
import { BASE_URL, type Behaviour, allOf, bill, collect, fakeServer, range } from './fakeServer';

const NEWEST_FIRST: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };
const day = (text: string) => text as CalendarDate;

function oracle(bills: readonly ReturnType<typeof bill>[], behaviour: Behaviour = {}, pageSize = 10) {
	const server = fakeServer({ bills }, behaviour);
	return {
		...server,
		connector: new OracleBrmConnector({ connection: 'c', baseUrl: BASE_URL, pageSize }, server.deps),
	};
}

/** One bill a month, back from January 2026; the server gives the oldest first. */
const monthly = (count: number) =>
	range(count).map((index) => {
		const back = count - 1 - index;
		const date = new Date(Date.UTC(2026, 0 - back, 15)).toISOString();
		return bill({ id: `m${String(back).padStart(3, '0')}`, date });
	});
const ids = (bills: readonly Bill[]) => bills.map(({ identity }) => identity.remoteId);

async function take(pages: AsyncIterable<Page<Bill>>, wanted: number): Promise<Bill[]> {
	const taken: Bill[] = [];
	for await (const { items } of pages) {
		taken.push(...items);
		if (taken.length >= wanted) break;
	}
	return taken.slice(0, wanted);
}

describe('date windows', () => {
	it('touch, do not overlap, and leave nothing out at either end', () => {
		expect([...dateWindows(day('2026-02-01'))]).toEqual([
			{ from: '2025-11-01' },
			{ from: '2025-02-01', to: '2025-10-31' },
			{ from: '2023-02-01', to: '2025-01-31' },
			{ to: '2023-01-31' },
		]);
	});

	it('reach three times as far each while a long history goes on', () => {
		let asked = 0;
		const windows = [...dateWindows(day('2026-02-01'), {}, () => (asked += 1) > 2)];
		expect(windows.slice(3)).toEqual([
			{ from: '2017-02-01', to: '2023-01-31' },
			{ from: '1999-02-01', to: '2017-01-31' },
			{ to: '1999-01-31' },
		]);
	});

	it('come to an end even where nothing is ever near', () => {
		expect([...dateWindows(day('2026-02-01'), {}, () => false)].at(-1)).toEqual({ to: '1297-01-31' });
	});

	it('keep within the days that are wanted', () => {
		expect([...dateWindows(day('2026-02-01'), { from: day('2025-05-05'), to: day('2025-12-31') })]).toEqual([
			{ from: '2025-11-01', to: '2025-12-31' },
			{ from: '2025-05-05', to: '2025-10-31' },
		]);
	});
});

describe('bills in order', () => {
	it('take one request where one page holds them all', async () => {
		const { connector, transport } = oracle(monthly(10));
		const pages = await allOf(connector.bills({ order: NEWEST_FIRST }));
		expect(transport.requests).toHaveLength(1);
		expect(ids(pages.flatMap(({ items }) => items))).toEqual(
			range(10).map((back) => `m${String(back).padStart(3, '0')}`),
		);
		expect(pages.at(-1)).toMatchObject({ total: 10, requests: 1, end: { complete: true } });
	});

	it('are read whole where that takes no more requests than windows might', async () => {
		const { connector, asked } = oracle(monthly(45));
		expect(ids(await collect(connector.bills({ order: NEWEST_FIRST })))[0]).toBe('m000');
		expect(asked()).toHaveLength(5);
		expect(asked().join()).not.toContain('billDate');
	});

	it('come newest first from a long history for a few requests', async () => {
		const { connector, asked } = oracle(monthly(200));
		expect(ids(await take(connector.bills({ order: NEWEST_FIRST }), 3))).toEqual(['m000', 'm001', 'm002']);
		expect(asked()).toEqual([
			'customerBill?limit=10&offset=0',
			'customerBill?billDate.gte=2025-10-31T10:00:00Z&limit=10&offset=0',
		]);
	});

	it('widen the window only for who pulls on', async () => {
		const { connector, transport } = oracle(monthly(200));
		expect(ids(await take(connector.bills({ order: NEWEST_FIRST }), 12))).toEqual(
			range(12).map((back) => `m${String(back).padStart(3, '0')}`),
		);
		expect(transport.requests).toHaveLength(3);
	});

	it('come for as many requests from deep in a history ten times as long', async () => {
		const spent = async (count: number): Promise<number> => {
			const { connector, transport } = oracle(monthly(count), {}, 50);
			const after = { sortKey: '2025-10-15', scope: '', remoteId: 'm003' };
			expect(await take(connector.bills({ order: NEWEST_FIRST, after }), 51)).toHaveLength(51);
			return transport.requests.length;
		};
		expect(await spent(6_000)).toBe(await spent(600));
	});

	it('are read in one window where the rest have no date to be found by', async () => {
		const undated = range(60).map((index) => bill({ id: `u${index}`, date: 'soon' }));
		const { connector, transport } = oracle([...monthly(3), ...undated]);
		await collect(connector.bills({ order: NEWEST_FIRST }));
		const windows = new Set(transport.requests.map(({ url }) => url.replace(/[?&](offset|limit)=\d+/g, '')));
		expect(windows.size).toBeLessThanOrEqual(5);
	});

	it('come all, in order, and each once, to who reads to the end', async () => {
		const { connector, transport } = oracle(monthly(200));
		const pages = await allOf(connector.bills({ order: NEWEST_FIRST, pageSize: 7 }));
		expect(ids(pages.flatMap(({ items }) => items))).toEqual(
			range(200).map((back) => `m${String(back).padStart(3, '0')}`),
		);
		expect(pages.every(({ items }) => items.length <= 7)).toBe(true);
		expect(pages.map(({ end }) => end).filter((end) => end !== null)).toEqual([{ complete: true, reasons: [] }]);
		expect(pages.reduce((sum, { requests }) => sum + requests, 0)).toBe(transport.requests.length);
		expect(pages[0]?.total).toBe(200);
	});

	it('stop at the rows wanted, which makes them complete', async () => {
		const { connector } = oracle(monthly(200));
		const pages = await allOf(connector.bills({ order: NEWEST_FIRST, maxRows: 5, pageSize: 2 }));
		expect(ids(pages.flatMap(({ items }) => items))).toEqual(['m000', 'm001', 'm002', 'm003', 'm004']);
		expect(pages.at(-1)?.end).toEqual({ complete: true, reasons: [] });
	});

	it('have the bills of the future first', async () => {
		const { connector } = oracle([...monthly(200), bill({ id: 'future', date: '2031-01-01T00:00:00Z' })]);
		expect(ids(await take(connector.bills({ order: NEWEST_FIRST }), 2))).toEqual(['future', 'm000']);
	});

	it('are those of the day written, whatever its offset', async () => {
		const edge = [
			bill({ id: 'east', date: '2025-11-01T00:30:00+14:00' }),
			bill({ id: 'west', date: '2025-10-31T23:30:00-12:00' }),
		];
		const { connector } = oracle([...monthly(200), ...edge]);
		const found = ids(await collect(connector.bills({ order: NEWEST_FIRST })));
		expect(found.indexOf('east')).toBeLessThan(found.indexOf('west'));
		expect(new Set(found).size).toBe(202);
		expect(found).toHaveLength(202);
	});

	it('resume after a place with no bill before it and none left out', async () => {
		const { connector, asked } = oracle(monthly(20), {}, 100);
		const after = { sortKey: '2025-10-15', scope: '', remoteId: 'm003' };
		expect(ids(await take(connector.bills({ order: NEWEST_FIRST, after }), 2))).toEqual(['m004', 'm005']);
		expect(asked()).toEqual(['customerBill?billDate.lte=2025-10-16T14:00:00Z&limit=100&offset=0']);
	});

	it('resume deep in a long history through windows that start at the place', async () => {
		const { connector, asked } = oracle(monthly(200));
		const after = { sortKey: '2020-01-15', scope: '', remoteId: 'm072' };
		expect(ids(await take(connector.bills({ order: NEWEST_FIRST, after }), 2))).toEqual(['m073', 'm074']);
		expect(asked()).toHaveLength(2);
	});

	it('that cannot come after the place cost no request', async () => {
		const { connector, transport } = oracle(monthly(5));
		const query: BillQuery = {
			order: NEWEST_FIRST,
			billDate: { from: day('2026-01-01') },
			after: { sortKey: '2025-01-01', scope: '', remoteId: 'x' },
		};
		expect(await allOf(connector.bills(query))).toMatchObject([{ items: [], requests: 0, end: { complete: true } }]);
		expect(transport.requests).toEqual([]);
	});

	it('say so where the announced bills are not all found by their dates', async () => {
		const undated = bill({ id: 'undated' });
		const { connector } = oracle([...monthly(200), undated]);
		const pages = await allOf(connector.bills({ order: NEWEST_FIRST }));
		expect(pages.at(-1)?.end).toEqual({
			complete: false,
			reasons: ['1 of 201 announced bills were found by no bill date'],
		});
	});

	it('are read whole where no total is announced', async () => {
		const { connector, asked } = oracle(monthly(30), { silent: true });
		expect(ids(await collect(connector.bills({ order: NEWEST_FIRST })))).toHaveLength(30);
		expect(asked().join()).not.toContain('billDate');
	});

	it('count pages by what the server gives, not by what was asked for', async () => {
		const { connector, asked } = oracle(monthly(60), { cap: 3 }, 100);
		expect(ids(await take(connector.bills({ order: NEWEST_FIRST, maxRows: 3 }), 3))).toEqual(['m000', 'm001', 'm002']);
		expect(asked().length).toBeLessThan(6);
	});

	it('by due date are narrowed by the place as well', async () => {
		const bills = ['2026-01-01', '2026-01-02', '2026-01-03'].map((due) => bill({ id: due, due }));
		const { connector, asked } = oracle(bills);
		const order: BillOrder = { field: 'DUE_DATE', direction: 'ASC' };
		const after = { sortKey: '2026-01-02', scope: '', remoteId: '2026-01-02' };
		expect(ids(await collect(connector.bills({ order, after })))).toEqual(['2026-01-03']);
		expect(asked()[0]).toContain('paymentDueDate.gte=2026-01-01T10:00:00Z');
	});

	it('without a date come last, and are reached behind the place of another such', async () => {
		const bills = [bill({ id: 'a' }), bill({ id: 'b' }), ...monthly(200)];
		const { connector } = oracle(bills);
		const after = { sortKey: null, scope: '', remoteId: 'a' };
		expect(ids(await collect(connector.bills({ order: NEWEST_FIRST, after })))).toEqual(['b']);
	});

	it('of a plain TMF678 server are read whole, and none without a date is lost behind a place', async () => {
		const server = fakeServer({ bills: [...monthly(30), bill({ id: 'undated' })] });
		const settings = { connection: 'c', baseUrl: BASE_URL, pageSize: 10, billFilters: ['billDate'] } as const;
		const after = { sortKey: '2024-01-15', scope: '', remoteId: 'm024' };
		const found = ids(await collect(new Tmf678Connector(settings, server.deps).bills({ order: NEWEST_FIRST, after })));
		expect(found).toEqual(['m025', 'm026', 'm027', 'm028', 'm029', 'undated']);
	});

	it('fail where a page fails', async () => {
		const { connector } = oracle(monthly(200), { instead: (_, nth) => (nth === 3 ? new Error('down') : null) });
		await expect(collect(connector.bills({ order: NEWEST_FIRST }))).rejects.toThrow('down');
	});

	it('are told apart from a list that changed while it was read', async () => {
		const bills = monthly(200);
		const { connector } = oracle(bills, {
			instead: (url, nth) => {
				if (nth === 2) bills.splice(0, 1);
				return url.href === '' ? new Error() : null;
			},
		});
		const pages = await allOf(connector.bills({ order: NEWEST_FIRST }));
		expect(pages.at(-1)?.end?.complete).toBe(false);
	});

	it('come once although their date changes between two windows', async () => {
		const bills = monthly(200);
		const { connector } = oracle(bills, {
			instead: (_, nth) => {
				if (nth === 3) bills[199] = bill({ id: 'm000', date: '2025-06-15T00:00:00Z' });
				return null;
			},
		});
		const found = ids(await take(connector.bills({ order: NEWEST_FIRST }), 12));
		expect(found.filter((id) => id === 'm000')).toEqual(['m000']);
	});

	it('equal the sorted list, whatever the bills, the order, the place and the page size', async () => {
		const anyBill = fc.record({
			date: fc.integer({ min: -3_000, max: 60 }).map((days) => `${addDays(day('2026-02-01'), days)}T12:00:00+09:00`),
			due: fc.integer({ min: -60, max: 60 }).map((days) => addDays(day('2026-02-01'), days)),
			amount: fc.integer({ min: -5, max: 5 }),
		});
		const anyOrder = fc.record({
			field: fc.constantFrom('BILL_DATE' as const, 'DUE_DATE' as const, 'AMOUNT_DUE' as const, 'NUMBER' as const),
			direction: fc.constantFrom('ASC' as const, 'DESC' as const),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(anyBill, { maxLength: 80 }),
				fc.oneof({ weight: 2, arbitrary: fc.constant(NEWEST_FIRST) }, { weight: 1, arbitrary: anyOrder }),
				fc.integer({ min: 1, max: 12 }),
				fc.option(fc.nat({ max: 79 }), { nil: undefined }),
				fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
				async (sketches, order, pageSize, placeAt, maxRows) => {
					const rows = sketches.map((sketch, index) => bill({ id: `b${index}`, ...sketch }));
					const { connector } = oracle(rows, {}, pageSize);
					const all = sortBills(await collect(connector.bills({})), order);
					const at = placeAt === undefined ? undefined : all[placeAt];
					const after = at === undefined ? undefined : placeOf(at, order);
					const expected = all.slice(at === undefined ? 0 : (placeAt ?? 0) + 1).slice(0, maxRows);
					const pages = await allOf(connector.bills({ order, after, maxRows }));
					expect(ids(pages.flatMap(({ items }) => items))).toEqual(ids(expected));
					expect(pages.filter(({ end }) => end !== null)).toEqual([pages.at(-1)]);
					expect(pages.at(-1)?.end).toEqual({ complete: true, reasons: [] });
				},
			),
			{ numRuns: 150 },
		);
	});
});
