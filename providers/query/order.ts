/** The total order of bills: a sort key, then scope and remote id; and places in it that are values. */
import type { BillOrder, BillOrderField, Place } from '../connector';
import type { Bill } from '../model/bill';
import { instantMillis } from '../model/dates';
import { type Decimal, compareDecimals } from '../model/decimal';

const SORT_KEYS: Readonly<Record<BillOrderField, (bill: Bill) => string | null>> = {
	BILL_DATE: (bill) => bill.billDate,
	DUE_DATE: (bill) => bill.dueDate,
	// In UTC, so that instants written in different offsets compare as text.
	LAST_UPDATE: (bill) => (bill.lastUpdate === null ? null : new Date(instantMillis(bill.lastUpdate)).toISOString()),
	TOTAL: (bill) => bill.total?.amount ?? null,
	AMOUNT_DUE: (bill) => bill.amountDue?.amount ?? null,
	NUMBER: (bill) => bill.number,
};

const DECIMAL_FIELDS: ReadonlySet<BillOrderField> = new Set(['TOTAL', 'AMOUNT_DUE']);

export function placeOf(bill: Bill, order: BillOrder): Place {
	return { sortKey: SORT_KEYS[order.field](bill), scope: bill.identity.scope, remoteId: bill.identity.remoteId };
}

/** By sort key in the order's direction, nulls last in either; 0 only for equal keys. */
export function compareSortKeys(left: string | null, right: string | null, order: BillOrder): number {
	if (left === right) return 0;
	if (left === null) return 1;
	if (right === null) return -1;
	const ascending = DECIMAL_FIELDS.has(order.field)
		? compareDecimals(left as Decimal, right as Decimal)
		: compareText(left, right);
	return order.direction === 'ASC' ? ascending : -ascending;
}

/** A total order within one connection: 0 only for the same bill. */
export function comparePlaces(left: Place, right: Place, order: BillOrder): number {
	return (
		compareSortKeys(left.sortKey, right.sortKey, order) ||
		compareText(left.scope, right.scope) ||
		compareText(left.remoteId, right.remoteId)
	);
}

/** Sorted copy; sort keys are computed once a bill. */
export function sortBills(bills: readonly Bill[], order: BillOrder): Bill[] {
	return bills
		.map((bill) => ({ bill, place: placeOf(bill, order) }))
		.sort((left, right) => comparePlaces(left.place, right.place, order))
		.map(({ bill }) => bill);
}

/** Whether the bill comes after the place; true for every bill where there is none. */
export function isAfter(bill: Bill, place: Place | undefined, order: BillOrder): boolean {
	return place === undefined || comparePlaces(placeOf(bill, order), place, order) > 0;
}

export function compareText(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}
