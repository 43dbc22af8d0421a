/**
 * What a bill must meet, with `and` and `or`, as one connection reads it.
 *
 * Connectors carry out conditions that all hold together. So they are asked for what every matching bill meets, which is
 * the conditions themselves, what `and` adds, and of `or` the smallest range or list that holds all alternatives; and
 * what they give is sifted here by the conditions as they were written. Asking for too much costs time, never a bill.
 */
import type { BillFilterName, Capabilities } from '../../providers/capabilities';
import type { BillQuery, Range } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { type Instant, instantMillis } from '../../providers/model/dates';
import { compareDecimals } from '../../providers/model/decimal';
import { billMatches, filtersSet } from '../../providers/query/billFilter';
import { compareText } from '../../providers/query/order';

export type FlatConditions = Pick<BillQuery, BillFilterName>;

export interface Conditions {
	readonly own: FlatConditions;
	/** All of these hold too. */
	readonly all: readonly Conditions[];
	/** One of these holds too; null: there are no alternatives. */
	readonly any: readonly Conditions[] | null;
}

export type Reading =
	| { readonly kind: 'MAY_MATCH'; readonly conditions: Conditions; readonly dropped: readonly BillFilterName[] }
	/** No bill of the connection can match; `lacking`: because its provider lacks these fields. */
	| { readonly kind: 'NEVER'; readonly lacking: readonly BillFilterName[] };

export const NEVER: Reading = { kind: 'NEVER', lacking: [] };

/**
 * A bill without a field meets no condition on it: an alternative that names a field which the provider lacks is dropped,
 * and told in `dropped`.
 */
export function readTogether(
	own: FlatConditions,
	all: readonly Reading[],
	any: readonly Reading[] | null,
	{ billFilters }: Capabilities,
): Reading {
	const lacking = filtersSet(own).filter((name) => billFilters[name] === 'REFUSED');
	const never = all.filter((reading) => reading.kind === 'NEVER');
	if (never.some((reading) => reading.lacking.length === 0)) return NEVER;
	const missing = [...lacking, ...never.flatMap((reading) => reading.lacking)];
	if (missing.length > 0) return { kind: 'NEVER', lacking: [...new Set(missing)] };

	const parts = all.filter((reading) => reading.kind === 'MAY_MATCH');
	const choices = any?.filter((reading) => reading.kind === 'MAY_MATCH') ?? null;
	const lost = any?.flatMap((reading) => (reading.kind === 'NEVER' ? reading.lacking : [])) ?? [];
	if (choices?.length === 0) return { kind: 'NEVER', lacking: [...new Set(lost)] };
	return {
		kind: 'MAY_MATCH',
		conditions: {
			own,
			all: parts.map(({ conditions }) => conditions),
			any: choices?.map(({ conditions }) => conditions) ?? null,
		},
		dropped: [...new Set([...lost, ...[...parts, ...(choices ?? [])].flatMap(({ dropped }) => dropped)])],
	};
}

/** Whether connectors carry the conditions out as they are. */
export function isFlat({ all, any }: Conditions): boolean {
	return all.length === 0 && any === null;
}

export function matches(bill: Bill, { own, all, any }: Conditions): boolean {
	return (
		billMatches(bill, own, filtersSet(own)) &&
		all.every((part) => matches(bill, part)) &&
		(any === null || any.some((choice) => matches(bill, choice)))
	);
}

/** Conditions that every matching bill meets; null where none can. */
export function implied({ own, all, any }: Conditions): FlatConditions | null {
	const choices = any?.map(implied).filter((choice) => choice !== null) ?? null;
	if (choices?.length === 0) return null;
	const parts = [own, ...all.map(implied), ...(choices === null ? [] : [choices.reduce(either)])];
	return parts.reduce((left, right) => (left === null || right === null ? null : both(left, right)));
}

/** How two conditions on one field become one. */
interface Joining<T> {
	/** What meets both; null: nothing can. */
	readonly both: (left: T, right: T) => T | null;
	/** What meets either, and perhaps some more; null: nothing can be said. */
	readonly either: (left: T, right: T) => T | null;
}

const LIST: Joining<readonly string[]> = {
	both: (left, right) => {
		const shared = left.filter((value) => right.includes(value));
		return shared.length === 0 ? null : shared;
	},
	either: (left, right) => [...new Set([...left, ...right])],
};
/** An account goes by its id and by its number: two lists without a value in common may still mean the same one. */
const ACCOUNTS: Joining<readonly string[]> = { ...LIST, both: (left) => left };
const PATTERN: Joining<string> = { both: (left) => left, either: (left, right) => (left === right ? left : null) };

function rangeBy<T>(compare: (left: T, right: T) => number): Joining<Range<T>> {
	const pick = (left: T | undefined, right: T | undefined, sign: number, ofOne: 'OTHER' | 'NONE'): T | undefined => {
		if (left === undefined || right === undefined) return ofOne === 'OTHER' ? (left ?? right) : undefined;
		return sign * compare(left, right) >= 0 ? left : right;
	};
	return {
		both: (left, right) => {
			const from = pick(left.from, right.from, 1, 'OTHER');
			const to = pick(left.to, right.to, -1, 'OTHER');
			return from !== undefined && to !== undefined && compare(from, to) > 0 ? null : { from, to };
		},
		either: (left, right) => {
			const from = pick(left.from, right.from, -1, 'NONE');
			const to = pick(left.to, right.to, 1, 'NONE');
			return from === undefined && to === undefined ? null : { from, to };
		},
	};
}

const DAYS = rangeBy(compareText);
const AMOUNTS = rangeBy(compareDecimals);
const INSTANTS = rangeBy((left: Instant, right: Instant) => instantMillis(left) - instantMillis(right));

const JOININGS = {
	accounts: ACCOUNTS,
	ids: LIST,
	numbers: LIST,
	numberLike: PATTERN,
	types: LIST,
	states: LIST,
	categories: LIST,
	billDate: DAYS,
	dueDate: DAYS,
	periodStart: DAYS,
	periodEnd: DAYS,
	lastUpdate: INSTANTS,
	amountDue: AMOUNTS,
	remaining: AMOUNTS,
	total: AMOUNTS,
} satisfies Record<BillFilterName, unknown>;

/** Each field's joining fits its own conditions, which the type of a loop over fields cannot say. */
function joiningOf(name: BillFilterName): Joining<unknown> {
	return JOININGS[name] as Joining<unknown>;
}

function both(left: FlatConditions, right: FlatConditions): FlatConditions | null {
	const joined: Record<string, unknown> = { ...left };
	for (const name of filtersSet(right)) {
		const value = left[name] === undefined ? right[name] : joiningOf(name).both(left[name], right[name]);
		if (value === null) return null;
		joined[name] = value;
	}
	return joined;
}

function either(left: FlatConditions, right: FlatConditions): FlatConditions {
	const inBoth = filtersSet(left).filter((name) => right[name] !== undefined);
	return Object.fromEntries(
		inBoth.flatMap((name) => {
			const value = joiningOf(name).either(left[name], right[name]);
			return value === null ? [] : [[name, value]];
		}),
	);
}
