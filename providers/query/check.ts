/** Refuses a query that cannot be meant, before any request, naming the parameter and what is allowed. */
import {
	type AccountQuery,
	type BillOrderField,
	type BillQuery,
	type Range,
	type RateQuery,
	BILL_ORDER_FIELDS,
} from '../connector';
import { type Capabilities, type FilterSupport, BILL_FILTERS, RATE_FILTERS } from '../capabilities';
import { BILL_STATES, BILL_TYPES } from '../model/billWords';
import { instantMillis, toCalendarDate, toInstant } from '../model/dates';
import { ZERO, compareDecimals, toDecimal } from '../model/decimal';
import { isJsonObject } from '../model/json';
import { RATE_TYPES } from '../model/rate';
import { BillingError, invalidParameter } from '../transport/errors';
import { refuseControlCharacters } from '../transport/url';

const BILL_CONTROLS = ['order', 'after', 'maxRows', 'pageSize'] as const;
const RATE_CONTROLS = ['maxRows', 'pageSize'] as const;
const ACCOUNT_PARAMETERS = ['ids', 'nameLike', 'maxRows', 'pageSize'] as const;

/** @throws BillingError INVALID_REQUEST */
export function checkBillQuery(query: BillQuery, capabilities: Capabilities): void {
	checkNames(query, BILL_FILTERS, BILL_CONTROLS, capabilities.billFilters);
	for (const name of ['accounts', 'ids', 'numbers', 'categories'] as const) checkTexts(name, query[name]);
	checkChoices('types', query.types, BILL_TYPES);
	checkChoices('states', query.states, BILL_STATES);
	checkText('numberLike', query.numberLike);
	for (const name of ['billDate', 'dueDate', 'periodStart', 'periodEnd'] as const) checkRange(name, query[name], DATES);
	checkRange('lastUpdate', query.lastUpdate, INSTANTS);
	for (const name of ['amountDue', 'remaining', 'total'] as const) checkRange(name, query[name], DECIMALS);
	checkSizes(query, capabilities);
	if (query.order !== undefined) {
		checkChoices('order.field', [query.order.field], BILL_ORDER_FIELDS);
		checkChoices('order.direction', [query.order.direction], ['ASC', 'DESC']);
	}
	if (query.after !== undefined) checkPlace(query.after.sortKey, query.order?.field);
}

/** @throws BillingError INVALID_REQUEST, or NOT_OFFERED where the provider has no rates */
export function checkRateQuery(query: RateQuery, capabilities: Capabilities): void {
	if (capabilities.rateFilters === null) {
		throw new BillingError({
			kind: 'NOT_OFFERED',
			message: `${capabilities.title} gives no charge lines`,
			hint: 'Leave this provider out, or download the bill itself.',
		});
	}
	checkNames(query, RATE_FILTERS, RATE_CONTROLS, capabilities.rateFilters);
	for (const name of ['accounts', 'ids'] as const) checkTexts(name, query[name]);
	checkChoices('types', query.types, RATE_TYPES);
	checkRange('billDate', query.billDate, DATES);
	checkText('bill', query.bill?.remoteId);
	if (query.isBilled !== undefined && typeof query.isBilled !== 'boolean') {
		throw invalidParameter('isBilled', 'is neither true nor false');
	}
	checkSizes(query, capabilities);
}

/** @throws BillingError INVALID_REQUEST */
export function checkAccountQuery(query: AccountQuery, capabilities: Capabilities): void {
	checkNames(query, ACCOUNT_PARAMETERS, [], {});
	checkTexts('ids', query.ids);
	checkText('nameLike', query.nameLike);
	checkSizes(query, capabilities);
}

/** A whole number of rows, 1 to `max`. @throws BillingError INVALID_REQUEST */
export function checkLimit(parameter: string, value: number | undefined, max: number | null): void {
	if (value === undefined) return;
	if (Number.isSafeInteger(value) && value >= 1 && (max === null || value <= max)) return;
	throw invalidParameter(
		parameter,
		`is ${value}`,
		max === null ? 'It must be a whole number, 1 or more.' : `It must be a whole number from 1 to ${max}.`,
	);
}

function checkSizes(
	query: { pageSize?: number | undefined; maxRows?: number | undefined },
	capabilities: Capabilities,
): void {
	checkLimit('pageSize', query.pageSize, capabilities.maxPageSize);
	checkLimit('maxRows', query.maxRows, null);
}

function checkNames(
	query: object,
	filters: readonly string[],
	controls: readonly string[],
	support: Readonly<Partial<Record<string, FilterSupport>>>,
): void {
	const offered = filters.filter((name) => support[name] !== 'REFUSED');
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined || controls.includes(name) || offered.includes(name)) continue;
		const why = filters.includes(name) ? 'cannot be filtered by: this provider does not give it' : 'is not a filter';
		throw invalidParameter(name, why, `Filters are: ${offered.join(', ')}.`);
	}
}

/** Values reach this file from workflows and configuration, where no compiler has looked at them. */
function checkTexts(parameter: string, values: unknown): void {
	if (values === undefined) return;
	if (!Array.isArray(values)) throw invalidParameter(parameter, 'is not a list');
	if (values.length === 0)
		throw invalidParameter(parameter, 'is an empty list', 'Give at least one value, or leave it out.');
	for (const value of values as readonly unknown[]) checkText(parameter, value ?? '');
}

function checkText(parameter: string, value: unknown): void {
	if (value === undefined) return;
	if (typeof value !== 'string') throw invalidParameter(parameter, 'is not text');
	if (value.trim() === '') throw invalidParameter(parameter, 'is empty');
	refuseControlCharacters(value, parameter);
}

function checkChoices(parameter: string, values: readonly string[] | undefined, allowed: readonly string[]): void {
	checkTexts(parameter, values);
	const wrong = values?.find((value) => !allowed.includes(value));
	if (wrong !== undefined) throw invalidParameter(parameter, `is "${wrong}"`, `Allowed are: ${allowed.join(', ')}.`);
}

/** The moment in UTC, written so that moments compare as text; empty for what is none. */
function utcOf(value: unknown): string {
	const instant = toInstant(value);
	return instant === null ? '' : new Date(instantMillis(instant)).toISOString();
}

interface RangeRule {
	/** What it must be, in words. */
	readonly form: string;
	readonly isValid: (value: unknown) => boolean;
	/** Of two valid values. */
	readonly isAfter: (left: string, right: string) => boolean;
}

const DATES: RangeRule = {
	form: 'a calendar date, written YYYY-MM-DD',
	isValid: (value) => value !== null && value === toCalendarDate(value),
	isAfter: (left, right) => left > right,
};
const INSTANTS: RangeRule = {
	form: 'a date-time with its offset, for instance 2026-01-31T00:00:00Z',
	isValid: (value) => utcOf(value) !== '',
	isAfter: (left, right) => utcOf(left) > utcOf(right),
};
const DECIMALS: RangeRule = {
	form: 'a decimal as text, for instance "1234.56"',
	isValid: (value) => typeof value === 'string' && toDecimal(value) !== null,
	isAfter: (left, right) => compareDecimals(toDecimal(left) ?? ZERO, toDecimal(right) ?? ZERO) > 0,
};

function checkRange(parameter: string, range: unknown, rule: RangeRule): void {
	if (range === undefined) return;
	if (!isJsonObject(range)) throw invalidParameter(parameter, 'is not a range', 'Give from, to, or both.');
	for (const [end, value] of Object.entries(range)) {
		if (end !== 'from' && end !== 'to') throw invalidParameter(`${parameter}.${end}`, 'is neither from nor to');
		if (value !== undefined && !rule.isValid(value)) {
			throw invalidParameter(`${parameter}.${end}`, `is ${JSON.stringify(value)}`, `It must be ${rule.form}.`);
		}
	}
	const { from, to } = range as Range<string>;
	if (from === undefined && to === undefined) throw invalidParameter(parameter, 'has neither from nor to');
	if (from !== undefined && to !== undefined && rule.isAfter(from, to)) {
		throw invalidParameter(parameter, `runs from ${from} back to ${to}`, 'Let from be no later than to.');
	}
}

interface SortKeyRule {
	readonly form: string;
	readonly isValid: (value: string) => boolean;
}

const DECIMAL_KEY: SortKeyRule = { form: 'a decimal', isValid: (value) => value === toDecimal(value) };

/** What the sort keys of a field look like; any text where absent. */
const SORT_KEY_RULES: Readonly<Partial<Record<BillOrderField, SortKeyRule>>> = {
	BILL_DATE: DATES,
	DUE_DATE: DATES,
	LAST_UPDATE: {
		form: 'a moment in UTC, with milliseconds',
		isValid: (value) => value !== '' && value === utcOf(value),
	},
	TOTAL: DECIMAL_KEY,
	AMOUNT_DUE: DECIMAL_KEY,
};

function checkPlace(sortKey: string | null, field: BillOrderField | undefined): void {
	if (field === undefined)
		throw invalidParameter('after', 'needs an order', 'Give the order that the place belongs to.');
	const rule = SORT_KEY_RULES[field];
	if (sortKey === null || rule === undefined || rule.isValid(sortKey)) return;
	throw invalidParameter('after', `is at "${sortKey}"`, `In the order of ${field} it must be at ${rule.form}.`);
}
