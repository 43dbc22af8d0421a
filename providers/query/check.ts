/** Refuses a query that cannot be meant, before any request, naming the parameter and what is allowed. */
import type { AccountQuery, BillQuery, Range, RateQuery } from '../connector';
import { BILL_ORDER_FIELDS } from '../connector';
import { type Capabilities, type FilterSupport, BILL_FILTERS, RATE_FILTERS } from '../capabilities';
import { BILL_STATES, BILL_TYPES } from '../model/bill';
import { toCalendarDate, toInstant } from '../model/dates';
import { compareDecimals, toDecimal } from '../model/decimal';
import { RATE_TYPES } from '../model/rate';
import { invalidParameter } from '../transport/errors';
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
	if (query.after !== undefined && query.order === undefined) {
		throw invalidParameter('after', 'needs an order', 'Give the order that the place belongs to.');
	}
}

/** @throws BillingError INVALID_REQUEST, or NOT_OFFERED where the provider has no rates */
export function checkRateQuery(query: RateQuery, capabilities: Capabilities): void {
	checkNames(query, RATE_FILTERS, RATE_CONTROLS, capabilities.rateFilters ?? {});
	for (const name of ['accounts', 'ids'] as const) checkTexts(name, query[name]);
	checkChoices('types', query.types, RATE_TYPES);
	checkRange('billDate', query.billDate, DATES);
	checkText('bill', query.bill?.remoteId);
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

function checkTexts(parameter: string, values: readonly string[] | undefined): void {
	if (values === undefined) return;
	if (values.length === 0)
		throw invalidParameter(parameter, 'is an empty list', 'Give at least one value, or leave it out.');
	for (const value of values) checkText(parameter, value);
}

function checkText(parameter: string, value: string | undefined): void {
	if (value === undefined) return;
	if (value.trim() === '') throw invalidParameter(parameter, 'is empty');
	refuseControlCharacters(value, parameter);
}

function checkChoices(parameter: string, values: readonly string[] | undefined, allowed: readonly string[]): void {
	checkTexts(parameter, values);
	const wrong = values?.find((value) => !allowed.includes(value));
	if (wrong !== undefined) throw invalidParameter(parameter, `is "${wrong}"`, `Allowed are: ${allowed.join(', ')}.`);
}

interface RangeRule<T> {
	readonly isValid: (value: T) => boolean;
	readonly compare: (left: T, right: T) => number;
	readonly form: string;
}

const DATES: RangeRule<string> = {
	isValid: (value) => toCalendarDate(value) === value,
	compare: (left, right) => (left < right ? -1 : Number(left > right)),
	form: 'a calendar date, written YYYY-MM-DD',
};
const INSTANTS: RangeRule<string> = {
	isValid: (value) => toInstant(value) !== null,
	compare: (left, right) => Date.parse(left) - Date.parse(right),
	form: 'a date-time with its offset, for instance 2026-01-31T00:00:00Z',
};
const DECIMALS: RangeRule<string> = {
	isValid: (value) => toDecimal(value) !== null,
	compare: (left, right) => {
		const [a, b] = [toDecimal(left), toDecimal(right)];
		return a === null || b === null ? 0 : compareDecimals(a, b);
	},
	form: 'a decimal, for instance 1234.56',
};

function checkRange(parameter: string, range: Range<string> | undefined, rule: RangeRule<string>): void {
	if (range === undefined) return;
	for (const end of ['from', 'to'] as const) {
		const value = range[end];
		if (value !== undefined && !rule.isValid(value)) {
			throw invalidParameter(`${parameter}.${end}`, `is "${value}"`, `It must be ${rule.form}.`);
		}
	}
	if (range.from === undefined && range.to === undefined) throw invalidParameter(parameter, 'has neither from nor to');
	if (range.from !== undefined && range.to !== undefined && rule.compare(range.from, range.to) > 0) {
		throw invalidParameter(parameter, `runs from ${range.from} back to ${range.to}`, 'Let from be no later than to.');
	}
}
