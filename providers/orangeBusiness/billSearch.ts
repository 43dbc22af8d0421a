/** A bill query as Orange can carry it out: attribute filters of `GET bills` where single values do, else a search. */
import type { BillFilterName } from '../capabilities';
import type { BillOrder, BillOrderField, BillQuery, Place, Range } from '../connector';
import type { BillType } from '../model/billWords';
import { type CalendarDate, type Instant, addDays, instantMillis, toCalendarDate } from '../model/dates';
import { filtersSet } from '../query/billFilter';
import type { FieldOverrides } from './fieldAliases';
import { type SearchQuery, and, compare, equal, oneOf } from './searchQuery';

/** Attributes whose names are documented, or given in the connection's `fields`; null where Orange's name is not known. */
export interface KnownAttributes {
	readonly billDate: string | null;
	readonly dueDate: string | null;
	readonly number: string | null;
}

export type BillRequest =
	| { readonly kind: 'LIST'; readonly filters: Readonly<Record<string, string>> }
	| { readonly kind: 'SEARCH'; readonly query: SearchQuery };

export interface PushedDown {
	readonly request: BillRequest;
	readonly pushedDown: readonly BillFilterName[];
	/** Those that Orange cannot carry out, or only more widely. */
	readonly appliedHere: readonly BillFilterName[];
	/** The answer leaves out bills that do not bear the attribute `billDate`. */
	readonly needsBillDate: boolean;
}

/** `issuedAt` is documented as the name of a date filter, not as a member of bills: the connector watches whether they bear it. */
export function knownAttributes({ billDate, dueDate, number }: FieldOverrides = {}): KnownAttributes {
	return { billDate: first(billDate) ?? 'issuedAt', dueDate: first(dueDate), number: first(number) };
}

function first(names: string | readonly string[] | undefined): string | null {
	return (typeof names === 'string' ? names : names?.[0]) ?? null;
}

/**
 * The attribute to sort by; null for what is sorted here: amounts are signed here, and numbers are text here but may be
 * counted as numbers there.
 */
export function sortAttribute(field: BillOrderField, attributes: KnownAttributes): string | null {
	switch (field) {
		case 'BILL_DATE':
			return attributes.billDate;
		case 'LAST_UPDATE':
			return 'updatedAt';
		case 'DUE_DATE':
			return attributes.dueDate;
		case 'TOTAL':
		case 'AMOUNT_DUE':
		case 'NUMBER':
			return null;
	}
}

/** `place`: only what comes after it is wanted; what Orange gives from there on may still hold bills before it. */
export function pushDown(
	query: BillQuery,
	attributes: KnownAttributes,
	place?: { readonly after: Place; readonly order: BillOrder },
): PushedDown {
	const pushes = filtersSet(query).flatMap((name) => {
		const push = pushOf(name, query, attributes);
		return push === null ? [] : [{ name, ...push }];
	});
	const bound = place === undefined ? [] : boundOf(place.after, place.order, attributes);
	const conditions = [...pushes.flatMap((push) => push.conditions), ...bound];
	const exact = pushes.filter((push) => push.isExact).map(({ name }) => name);
	return {
		request: requestFor(conditions),
		pushedDown: pushes.map(({ name }) => name),
		appliedHere: filtersSet(query).filter((name) => !exact.includes(name)),
		needsBillDate: conditions.some(({ attribute }) => attribute === attributes.billDate),
	};
}

/** One condition on one attribute. */
type Condition =
	| { readonly attribute: string; readonly allowed: readonly string[] }
	| { readonly attribute: string; readonly operator: '$gte' | '$lte'; readonly value: string };

interface Push {
	readonly conditions: readonly Condition[];
	/** False: Orange may give more than was asked for. */
	readonly isExact: boolean;
}

const TYPE_WORDS: Readonly<Partial<Record<BillType, string>>> = { INVOICE: 'invoice', CREDIT_NOTE: 'creditNote' };

/** Null for what is applied here only. */
function pushOf(name: BillFilterName, query: BillQuery, { billDate, dueDate, number }: KnownAttributes): Push | null {
	switch (name) {
		case 'ids':
			return valuesOf('id', query.ids ?? []);
		case 'numbers':
			return number === null ? null : valuesOf(number, query.numbers ?? []);
		case 'types': {
			const words = (query.types ?? []).map((type) => TYPE_WORDS[type]);
			const known = words.filter((word) => word !== undefined);
			return known.length === words.length ? valuesOf('type', known) : null;
		}
		case 'billDate':
			return billDate === null ? null : { conditions: daysOf(billDate, query.billDate), isExact: false };
		case 'dueDate':
			return dueDate === null ? null : { conditions: daysOf(dueDate, query.dueDate), isExact: false };
		case 'lastUpdate':
			return { conditions: instantsOf('updatedAt', query.lastUpdate), isExact: true };
		default:
			return null;
	}
}

function valuesOf(attribute: string, allowed: readonly string[]): Push {
	return { conditions: [{ attribute, allowed: [...new Set(allowed)] }], isExact: true };
}

function instantsOf(attribute: string, { from, to }: Range<Instant> = {}): readonly Condition[] {
	return [
		...(from === undefined ? [] : [{ attribute, operator: '$gte' as const, value: utc(from) }]),
		...(to === undefined ? [] : [{ attribute, operator: '$lte' as const, value: utc(to) }]),
	];
}

function utc(instant: Instant): string {
	return new Date(instantMillis(instant)).toISOString();
}

/**
 * A day wider at either end: Orange compares instants in UTC, while a bill date is the day as written, in whatever offset.
 */
function daysOf(attribute: string, { from, to }: Range<CalendarDate> = {}): readonly Condition[] {
	return [
		...(from === undefined
			? []
			: [{ attribute, operator: '$gte' as const, value: `${addDays(from, -1)}T00:00:00.000Z` }]),
		...(to === undefined ? [] : [{ attribute, operator: '$lte' as const, value: `${addDays(to, 1)}T23:59:59.999Z` }]),
	];
}

/** Bills with the sort key of the place may come before it or after it, so the bound lets them through. */
function boundOf(after: Place, { field, direction }: BillOrder, attributes: KnownAttributes): readonly Condition[] {
	const attribute = sortAttribute(field, attributes);
	if (attribute === null || after.sortKey === null) return [];
	if (field === 'LAST_UPDATE') {
		return [{ attribute, operator: direction === 'ASC' ? '$gte' : '$lte', value: after.sortKey }];
	}
	const day = toCalendarDate(after.sortKey);
	if (day === null) return [];
	return daysOf(attribute, direction === 'ASC' ? { from: day } : { to: day });
}

function requestFor(conditions: readonly Condition[]): BillRequest {
	const singles = conditions.flatMap((condition) => {
		const [value, ...others] = 'allowed' in condition ? condition.allowed : [];
		return value === undefined || others.length > 0 ? [] : [[condition.attribute, value] as const];
	});
	if (singles.length === conditions.length) return { kind: 'LIST', filters: Object.fromEntries(singles) };
	return { kind: 'SEARCH', query: and(...conditions.map(inSearch)) };
}

function inSearch(condition: Condition): SearchQuery {
	if ('operator' in condition) return compare(condition.attribute, condition.operator, condition.value);
	const [value, ...others] = condition.allowed;
	return value !== undefined && others.length === 0
		? equal(condition.attribute, value)
		: oneOf(condition.attribute, '$in', condition.allowed);
}
