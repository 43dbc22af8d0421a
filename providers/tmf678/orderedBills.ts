/**
 * Bills in order from a server that cannot sort.
 *
 * One page without bounds comes first: where it holds everything, it is sorted and that was all. Otherwise bills are
 * read newest first through windows of bill dates, each read whole and sorted, and no window is opened before someone
 * pulls on: the first page of a long history costs a few requests, not the history, and so does a page deep in it. Where the whole is cheaper than the
 * windows, or the order is another one, everything is read.
 */
import type { BillFilterName } from '../capabilities';
import type { BillOrder, BillQuery, Page, Range } from '../connector';
import type { Bill } from '../model/bill';
import { type CalendarDate, dateOfMillis, toCalendarDate } from '../model/dates';
import { billMatches } from '../query/billFilter';
import { isAfter, sortBills } from '../query/order';
import { inOrder, readOut, toPages } from '../query/pages';
import { resumed } from '../query/walks';
import type { WalkEnd, WalkedPage } from '../transport/pageWalk';
import { WINDOW_COUNT, dateWindows, intersect, isEmpty } from './dateWindows';
import type { Tmf678Dialect } from './dialect';
import type { ParameterValues } from './parameters';
import { isPushable, pushDown } from './pushDown';
import type { WireBill } from './wire';

export type BillPage = Page<Bill, BillFilterName>;

/** Filters by date that a place in an order can narrow. */
const DATE_FILTERS = { BILL_DATE: 'billDate', DUE_DATE: 'dueDate' } as const;

export interface OrderedReading {
	readonly dialect: Tmf678Dialect;
	/** Reads all bills that meet these parameters, unsorted. */
	readonly walk: (parameters: ParameterValues) => AsyncGenerator<WalkedPage<WireBill>, void>;
	readonly map: (row: WireBill) => Bill;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Bills a page, where the query does not say. */
	readonly pageSize: number;
}

type OrderedQuery = BillQuery & { readonly order: BillOrder };

export async function* billsInOrder(
	query: OrderedQuery,
	reading: OrderedReading,
): AsyncGenerator<BillPage, void, undefined> {
	const { order, after, maxRows, pageSize = reading.pageSize } = query;
	const { pushedDown, appliedHere } = pushDown(query, reading.dialect);
	const narrowed = narrowedByPlace(query, reading);
	if (narrowed === null) {
		const end = { complete: true, reasons: [] };
		yield { items: [], total: null, pushedDown, appliedHere, requests: 0, end, notices: [] };
		return;
	}
	const pushed = pushDown(narrowed, reading.dialect);
	const walk = reading.walk(pushed.parameters);
	const first = await walk.next();
	if (first.done === true) return;
	if (isWorthWindows(query, reading, first.value)) {
		await walk.return();
		yield* byWindows(query, narrowed, first.value, reading);
		return;
	}
	const keep = (bill: Bill): boolean => billMatches(bill, narrowed, pushed.appliedHere);
	const pages = toPages(resumed(first.value, walk), reading.map, { pushedDown, appliedHere, keep });
	yield* inOrder(pages, { order, after, maxRows, pageSize });
}

/**
 * The query with the date bound that the place implies, inclusive: bills of the same day may come before or after it.
 * Bills without the date come after every place, so the bound is only set where every bill has one.
 * Null where no bill can come after the place.
 */
function narrowedByPlace(query: OrderedQuery, { dialect }: OrderedReading): BillQuery | null {
	const { order, after } = query;
	const day = toCalendarDate(after?.sortKey);
	if (order.field !== 'BILL_DATE' && order.field !== 'DUE_DATE') return query;
	const filter = DATE_FILTERS[order.field];
	if (day === null || !dialect.datesAreRequired || !isPushable(filter, dialect)) return query;
	const range = intersect(query[filter] ?? {}, order.direction === 'DESC' ? { to: day } : { from: day });
	return isEmpty(range) ? null : { ...query, [filter]: range };
}

/**
 * Windows may each cost a request and bring nothing but the last; only a list that takes more requests than that is
 * worth them. A list whose length is not announced is read whole. The server's limit may be smaller than ours.
 */
function isWorthWindows(
	{ order, after, maxRows }: OrderedQuery,
	{ dialect, pageSize }: OrderedReading,
	{ rows, total, end }: WalkedPage<WireBill>,
): boolean {
	if (end !== null || total === null) return false;
	if (order.field !== 'BILL_DATE' || order.direction !== 'DESC' || !isPushable('billDate', dialect)) return false;
	if (after !== undefined && after.sortKey === null) return false;
	const limit = Math.max(1, rows.length);
	return Math.ceil(total / limit) > WINDOW_COUNT + Math.ceil((maxRows ?? pageSize) / limit);
}

async function* byWindows(
	query: OrderedQuery,
	narrowed: BillQuery,
	first: WalkedPage<WireBill>,
	reading: OrderedReading,
): AsyncGenerator<BillPage, void, undefined> {
	const { order, after, pageSize = reading.pageSize } = query;
	const { pushedDown, appliedHere } = pushDown(query, reading.dialect);
	const seen: Seen = { found: new Set(), given: new Set() };
	const reasons: string[] = [];
	let spent = first.requests;
	let left = query.maxRows ?? Number.POSITIVE_INFINITY;
	let before = 0;
	// Few enough for a request or two, or no dates to find them by.
	const isRestNear = (): boolean =>
		(first.total ?? 0) - seen.found.size <= first.rows.length || seen.found.size === before;

	for (const window of dateWindows(newestDay(narrowed, reading), narrowed.billDate, isRestNear)) {
		before = seen.found.size;
		const { items, last, requests } = await readOut(windowPages(narrowed, window, seen, reading));
		spent += requests;
		reasons.push(...(last.end?.reasons ?? []));
		const bills = sortBills(items, order).filter((bill) => isAfter(bill, after, order));
		for (let from = 0; from < bills.length; from += pageSize) {
			const chunk = bills.slice(from, from + Math.min(pageSize, left));
			left -= chunk.length;
			yield page(chunk, left <= 0 ? { complete: reasons.length === 0, reasons } : null);
			if (left <= 0) return;
		}
	}
	const missing = (first.total ?? 0) - seen.found.size;
	if (missing > 0) reasons.push(`${missing} of ${first.total} announced bills were found by no bill date`);
	yield page([], { complete: reasons.length === 0, reasons });

	function page(items: readonly Bill[], end: WalkEnd | null): BillPage {
		const requests = spent;
		spent = 0;
		const total = appliedHere.length === 0 && after === undefined ? first.total : null;
		const doubts = end === null ? { doubts: [...reasons] } : {};
		return { items, total, pushedDown, appliedHere, requests, ...doubts, end, notices: [] };
	}
}

/** Ids of all bills that arrived, to be held against the announced number, and of those handed out. */
interface Seen {
	readonly found: Set<string>;
	readonly given: Set<string>;
}

/** The bills of one window; bounds are sent wider than they are, and a bill whose date changed meanwhile comes once. */
function windowPages(
	narrowed: BillQuery,
	window: Range<CalendarDate>,
	{ found, given }: Seen,
	{ dialect, walk, map }: OrderedReading,
): AsyncGenerator<BillPage, void, undefined> {
	const query = { ...narrowed, billDate: window };
	const { parameters, ...plan } = pushDown(query, dialect);
	const toFoundBill = (row: WireBill): Bill => {
		const bill = map(row);
		found.add(bill.identity.remoteId);
		return bill;
	};
	const keep = (bill: Bill): boolean => {
		if (given.has(bill.identity.remoteId) || !billMatches(bill, query, plan.appliedHere)) return false;
		given.add(bill.identity.remoteId);
		return true;
	};
	return toPages(walk(parameters), toFoundBill, { ...plan, keep });
}

/** Where counting back starts: today, or the last day that is wanted. */
function newestDay({ billDate }: BillQuery, { now }: OrderedReading): CalendarDate {
	const today = dateOfMillis(now());
	return billDate?.to !== undefined && billDate.to < today ? billDate.to : today;
}
