/** Ordered bill lists as far as they have been read: stretches from one place to another, taken up again by value. */
import type { BillFilterName } from '../../providers/capabilities';
import type { BillOrder, BillQuery, Page, Place } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { comparePlaces, isAfter, placeOf } from '../../providers/query/order';

export type BillPage = Page<Bill, BillFilterName>;
export type OrderedQuery = BillQuery & { readonly order: BillOrder };

/** A stretch of one list without a gap. */
export interface Stretch {
	/** What it lies behind; null: it begins with the list. */
	readonly start: Place | null;
	readonly bills: readonly Bill[];
	/** Of its first page. */
	readonly total: number | null;
	readonly pushedDown: readonly BillFilterName[];
	readonly appliedHere: readonly BillFilterName[];
	readonly notices: readonly string[];
	/** Set where it reaches the end of the list. */
	readonly end: Page<Bill>['end'];
	/** Clock reading from before it was read. */
	readonly readAt: number;
}

/** Readers of one list at places far from each other each get one. */
const MAX_STRETCHES = 4;

/** What is kept of one list, newest first. */
export type KeptList = readonly Stretch[];

/** A list that can be read on from any place: in an order, and to its end. */
export function isResumable(query: BillQuery): query is OrderedQuery {
	return query.order !== undefined && query.maxRows === undefined;
}

/** What names the list: neither where reading begins nor how much is read at a time. */
export function nameOfList({ after: _after, pageSize: _pageSize, ...query }: BillQuery): BillQuery {
	return query;
}

/** What is known to come behind the place, as a page that cost nothing; undefined where nothing is known. */
export function pageBehind(
	list: KeptList,
	place: Place | undefined,
	order: BillOrder,
	readSince: number,
): BillPage | undefined {
	const stretch = list.find((one) => one.readAt >= readSince && knowsBehind(one, place, order));
	if (stretch === undefined) return undefined;
	const { bills, total, pushedDown, appliedHere, notices, end } = stretch;
	return {
		items: bills.filter((bill) => isAfter(bill, place, order)),
		total: place === undefined ? total : null,
		pushedDown,
		appliedHere,
		requests: 0,
		cached: true,
		end,
		notices,
	};
}

/** The list with a page that was read behind a place; a stretch that ends there grows. */
export function withPage(
	list: KeptList,
	{ items, total, pushedDown, appliedHere, notices, end }: BillPage,
	{ place, order, readAt }: { readonly place: Place | undefined; readonly order: BillOrder; readonly readAt: number },
): KeptList {
	const grown = list.find(({ bills, end }) => end === null && isSamePlace(lastPlace(bills, order), place, order));
	const stretch: Stretch =
		grown === undefined
			? { start: place ?? null, bills: items, total, pushedDown, appliedHere, notices, end, readAt }
			: { ...grown, bills: [...grown.bills, ...items], notices: [...grown.notices, ...notices], end };
	const others = list.filter((one) => one !== grown && !isSamePlace(one.start ?? undefined, place, order));
	return [stretch, ...others].slice(0, MAX_STRETCHES);
}

/** Where reading goes on behind these bills. */
export function lastPlace(bills: readonly Bill[], order: BillOrder): Place | undefined {
	const last = bills.at(-1);
	return last === undefined ? undefined : placeOf(last, order);
}

/** Whether what comes right behind the place is within the stretch. */
function knowsBehind({ start, bills, end }: Stretch, place: Place | undefined, order: BillOrder): boolean {
	const beginsInTime = start === null || (place !== undefined && comparePlaces(start, place, order) <= 0);
	if (!beginsInTime || end !== null) return beginsInTime;
	const last = lastPlace(bills, order);
	return last !== undefined && (place === undefined || comparePlaces(place, last, order) < 0);
}

function isSamePlace(left: Place | undefined, right: Place | undefined, order: BillOrder): boolean {
	if (left === undefined || right === undefined) return left === right;
	return comparePlaces(left, right, order) === 0;
}
