/** Filters applied here, to what a provider could not filter. A bill without the field matches no condition on it. */
import type { BillFilterName } from '../capabilities';
import type { BillQuery, Range } from '../connector';
import type { Bill } from '../model/bill';
import { type Instant, instantMillis } from '../model/dates';
import { type Decimal, compareDecimals } from '../model/decimal';
import type { Money } from '../model/money';
import { compareText } from './order';

type Condition = (bill: Bill, query: BillQuery) => boolean;

const CONDITIONS: Readonly<Record<BillFilterName, Condition>> = {
	accounts: (bill, { accounts }) =>
		isOneOf(bill.billingAccount?.id, accounts) ||
		isOneOf(bill.billingAccount?.number, accounts) ||
		isOneOf(bill.identity.scope, accounts),
	ids: (bill, { ids }) => isOneOf(bill.identity.remoteId, ids),
	numbers: (bill, { numbers }) => isOneOf(bill.number, numbers),
	numberLike: (bill, { numberLike }) =>
		numberLike === undefined || (bill.number !== null && wildcardMatches(bill.number, numberLike)),
	types: (bill, { types }) => isOneOf(bill.type, types),
	states: (bill, { states }) => isOneOf(bill.state, states),
	categories: (bill, { categories }) => isOneOf(bill.category, categories),
	billDate: (bill, { billDate }) => isWithin(bill.billDate, billDate, compareText),
	dueDate: (bill, { dueDate }) => isWithin(bill.dueDate, dueDate, compareText),
	periodStart: (bill, { periodStart }) => isWithin(bill.period?.start ?? null, periodStart, compareText),
	periodEnd: (bill, { periodEnd }) => isWithin(bill.period?.end ?? null, periodEnd, compareText),
	lastUpdate: (bill, { lastUpdate }) => isWithin(bill.lastUpdate, lastUpdate, compareInstants),
	amountDue: (bill, { amountDue }) => isAmountWithin(bill.amountDue, amountDue),
	remaining: (bill, { remaining }) => isAmountWithin(bill.remaining, remaining),
	total: (bill, { total }) => isAmountWithin(bill.total, total),
};

/** Whether a bill meets the named conditions of the query; a condition that the query does not set is met. */
export function billMatches(bill: Bill, query: BillQuery, names: readonly BillFilterName[]): boolean {
	return names.every((name) => query[name] === undefined || CONDITIONS[name](bill, query));
}

/** The filters that a query sets. */
export function filtersSet(query: BillQuery): readonly BillFilterName[] {
	return (Object.keys(CONDITIONS) as BillFilterName[]).filter((name) => query[name] !== undefined);
}

/** `*` stands for any run of characters, everything else for itself; linear in the text, whatever the pattern. */
export function wildcardMatches(text: string, pattern: string): boolean {
	const [first, last] = [pattern.indexOf('*'), pattern.lastIndexOf('*')];
	if (first === -1) return text === pattern;
	const [head, tail] = [pattern.slice(0, first), pattern.slice(last + 1)];
	if (!text.startsWith(head) || !text.endsWith(tail)) return false;
	let from = head.length;
	for (const piece of pattern.slice(first, last).split('*')) {
		const at = text.indexOf(piece, from);
		if (at === -1) return false;
		from = at + piece.length;
	}
	return from <= text.length - tail.length;
}

function isOneOf(value: string | null | undefined, allowed: readonly string[] | undefined): boolean {
	return allowed === undefined || (value !== null && value !== undefined && allowed.includes(value));
}

function isWithin<T>(value: T | null, range: Range<T> | undefined, compare: (left: T, right: T) => number): boolean {
	if (range === undefined) return true;
	if (value === null) return false;
	return (
		(range.from === undefined || compare(value, range.from) >= 0) &&
		(range.to === undefined || compare(value, range.to) <= 0)
	);
}

function isAmountWithin(money: Money | null, range: Range<Decimal> | undefined): boolean {
	return isWithin(money?.amount ?? null, range, compareDecimals);
}

function compareInstants(left: Instant, right: Instant): number {
	return instantMillis(left) - instantMillis(right);
}
