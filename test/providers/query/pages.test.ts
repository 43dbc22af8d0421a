import * as fc from 'fast-check';

import type { BillOrder, Page } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import { type CalendarDate, addDays } from '../../../providers/model/dates';
import { isAfter, placeOf, sortBills } from '../../../providers/query/order';
import { type PagePlan, inOrder, readOut, toPages } from '../../../providers/query/pages';
import type { WalkEnd, WalkedPage } from '../../../providers/transport/pageWalk';
import { sampleBill } from '../support/bills';

const COMPLETE: WalkEnd = { complete: true, reasons: [] };
const SHORT: WalkEnd = { complete: false, reasons: ['3 rows arrived of 9 announced'] };

async function* asWalk(...pages: Partial<WalkedPage<number>>[]): AsyncGenerator<WalkedPage<number>, void, undefined> {
	for (const [index, page] of pages.entries()) {
		yield { rows: [], total: null, requests: 1, end: index === pages.length - 1 ? COMPLETE : null, ...page };
	}
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
	const list: T[] = [];
	for await (const page of pages) list.push(page);
	return list;
}

const plan = (change: Partial<PagePlan<string, string>> = {}): PagePlan<string, string> => ({
	pushedDown: ['ids'],
	appliedHere: [],
	keep: () => true,
	...change,
});
const mapped = (walk: AsyncIterable<WalkedPage<number>>, change: Partial<PagePlan<string, string>> = {}) =>
	all(toPages(walk, (row) => `bill ${row}`, plan(change)));

describe('toPages', () => {
	it('maps rows, and carries total, cost, filters and end', async () => {
		expect(await mapped(asWalk({ rows: [1, 2], total: 3 }, { rows: [3], total: 3, requests: 2 }))).toEqual([
			{
				items: ['bill 1', 'bill 2'],
				total: 3,
				pushedDown: ['ids'],
				appliedHere: [],
				requests: 1,
				end: null,
				notices: [],
			},
			{ items: ['bill 3'], total: 3, pushedDown: ['ids'], appliedHere: [], requests: 2, end: COMPLETE, notices: [] },
		]);
	});

	it('an empty result is one empty page with an end', async () => {
		expect(await mapped(asWalk({ total: 0 }))).toMatchObject([{ items: [], total: 0, end: COMPLETE }]);
	});

	it('the announced total stands only where nothing was filtered here', async () => {
		const pages = await mapped(asWalk({ rows: [1, 2], total: 2 }), {
			appliedHere: ['states'],
			keep: (bill) => bill === 'bill 2',
		});
		expect(pages).toMatchObject([{ items: ['bill 2'], total: null, appliedHere: ['states'] }]);
	});

	it('notices come with the first page only', async () => {
		const pages = await mapped(asWalk({ rows: [1] }, { rows: [2] }), { notices: ['history ends'] });
		expect(pages.map(({ notices }) => notices)).toEqual([['history ends'], []]);
	});

	it('stops at maxRows kept items and reads no further', async () => {
		let read = 0;
		const walk = (async function* () {
			for await (const page of asWalk({ rows: [1, 2] }, { rows: [3, 4] }, { rows: [5] })) {
				read += 1;
				yield page;
			}
		})();
		const pages = await mapped(walk, { maxRows: 3 });
		expect(pages.map(({ items, end }) => [items, end])).toEqual([
			[['bill 1', 'bill 2'], null],
			[['bill 3'], COMPLETE],
		]);
		expect(read).toBe(2);
	});

	it.each([
		['had moved before', { rows: [1, 2, 3], doubts: ['1 rows came twice'] }, ['1 rows came twice']],
		['are missing at the end', { rows: [1, 2, 3], end: SHORT }, SHORT.reasons],
	])('maxRows items are not complete where rows %s', async (_, page, reasons) => {
		const pages = await mapped(asWalk(page, {}), { maxRows: 2 });
		expect(pages.map(({ items, end }) => [items.length, end])).toEqual([[2, { complete: false, reasons }]]);
	});

	it('a failing row fails the page', async () => {
		const pages = toPages(
			asWalk({ rows: [1] }),
			(): string => {
				throw new Error('no id');
			},
			plan(),
		);
		await expect(all(pages)).rejects.toThrow('no id');
	});
});

async function* asPages(...pages: Partial<Page<Bill>>[]): AsyncGenerator<Page<Bill>, void, undefined> {
	for (const [index, page] of pages.entries()) {
		yield {
			items: [],
			total: null,
			pushedDown: ['ids'],
			appliedHere: ['states'],
			requests: 1,
			notices: [],
			end: index === pages.length - 1 ? COMPLETE : null,
			...page,
		};
	}
}

describe('readOut', () => {
	it('gathers items, cost and notices, and keeps the last page', async () => {
		const [one, two] = [sampleBill({}, '1'), sampleBill({}, '2')];
		const read = await readOut(
			asPages({ items: [one], notices: ['a'] }, { items: [two], requests: 3, notices: ['b'], end: SHORT }),
		);
		expect(read).toMatchObject({ items: [one, two], requests: 4, notices: ['a', 'b'], last: { end: SHORT } });
	});

	it('a walk without any page is a mistake of the connector', async () => {
		await expect(readOut(asPages())).rejects.toThrow('A walk gave no page');
	});
});

describe('inOrder', () => {
	const order: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };
	const dated = (days: number, id: string): Bill =>
		sampleBill({ billDate: addDays('2026-01-01' as CalendarDate, days) }, id);

	it('sorts everything, and hands it out page by page; the cost and notices come first', async () => {
		const bills = [dated(1, 'a'), dated(3, 'b'), dated(2, 'c')];
		const pages = await all(inOrder(asPages({ items: bills, notices: ['n'], requests: 2 }), { order, pageSize: 2 }));
		expect(pages.map(({ items }) => items.map(({ identity }) => identity.remoteId))).toEqual([['b', 'c'], ['a']]);
		expect(pages).toMatchObject([
			{ total: 3, requests: 2, notices: ['n'], end: null, pushedDown: ['ids'], appliedHere: ['states'] },
			{ total: 3, requests: 0, notices: [], end: COMPLETE },
		]);
	});

	it('an empty list is one empty page', async () => {
		expect(await all(inOrder(asPages({}), { order, pageSize: 5 }))).toMatchObject([
			{ items: [], end: COMPLETE, total: 0 },
		]);
	});

	it('says on every page that the list is not whole: its reader may stop there', async () => {
		const bills = [dated(1, 'a'), dated(3, 'b'), dated(2, 'c')];
		const pages = await all(inOrder(asPages({ items: bills, end: SHORT }), { order, pageSize: 2 }));
		expect(pages).toMatchObject([{ end: null, doubts: SHORT.reasons }, { end: SHORT }]);
	});

	it.each([
		['a list that is not whole', [{ end: SHORT }], {}],
		['a list cut at maxRows', [{}], { maxRows: 1 }],
		['a list from a place on', [{}], { after: { sortKey: '2026-01-01', scope: '', remoteId: 'z' } }],
	])('has no total for %s', async (_, pages, more) => {
		const [first] = await all(inOrder(asPages(...pages), { order, pageSize: 5, ...more }));
		expect(first?.total).toBeNull();
		expect(first?.end?.complete).toBe(pages[0] !== undefined && !('end' in pages[0]));
	});

	it('walking from place to place gives every bill once, in order', async () => {
		const lists = fc.uniqueArray(fc.tuple(fc.nat(5), fc.stringMatching(/^[a-d]{1,2}$/)), { selector: ([, id]) => id });
		await fc.assert(
			fc.asyncProperty(
				lists,
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: 1, max: 4 }),
				async (records, pageSize, maxRows) => {
					const bills = records.map(([days, id]) => dated(days, id));
					const walked: Bill[] = [];
					for (let turns = 0; turns <= bills.length; turns += 1) {
						const last = walked.at(-1);
						const after = last === undefined ? undefined : placeOf(last, order);
						const pages = await all(inOrder(asPages({ items: bills }), { order, after, maxRows, pageSize }));
						expect(pages.every(({ items }) => items.length <= pageSize)).toBe(true);
						expect(pages.flatMap(({ items }) => items).every((bill) => isAfter(bill, after, order))).toBe(true);
						walked.push(...pages.flatMap(({ items }) => items));
					}
					expect(walked).toEqual(sortBills(bills, order));
				},
			),
		);
	});
});
