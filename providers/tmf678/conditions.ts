/**
 * Conditions in the document's own words, member by member (`billDate` `gt` an instant): sent where the server is known
 * to carry them out, checked here elsewhere. The model's query has words for the common ones, this has all of them.
 */
import type { BillFilterName } from '../capabilities';
import { type JsonObject, type JsonValue, objectOf, textOf } from '../model/json';
import { instantMillis, toCalendarDate, toInstant } from '../model/dates';
import { compareDecimals, toDecimal } from '../model/decimal';
import { wildcardMatches } from '../query/billFilter';
import { compareText } from '../query/order';
import { invalidParameter } from '../transport/errors';
import type { WalkedPage } from '../transport/pageWalk';
import type { Tmf678Dialect } from './dialect';
import { type Parameter, type ParameterKind, type ParameterTable, type ParameterValues, toQuery } from './parameters';
import { isPushable } from './pushDown';

/** `eq` is the bare parameter, every other one its suffix. `like` knows `%` for any run of characters. */
export const COMPARISONS = ['eq', 'gt', 'gte', 'lt', 'lte', 'like'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Condition {
	/** As the document writes it, for instance `amountDue.value`. */
	readonly member: string;
	readonly comparison: Comparison;
	/** Date-times in RFC 3339 with their offset, decimals in major units as the server reports them, unsigned or not. */
	readonly value: string;
}

/** What a member can be compared by. */
export interface ComparableMember {
	readonly member: string;
	readonly kind: ParameterKind;
	readonly comparisons: readonly Comparison[];
}

export interface PlannedConditions {
	readonly sent: ParameterValues;
	readonly checked: readonly Condition[];
}

const NO_MEMBERS: ReadonlySet<string> = new Set(['@type', 'fields', 'limit', 'offset', 'sort']);

/** The members that an operation's parameters compare, and how, as its table says; in the table's order. */
export function comparableMembers(table: ParameterTable): readonly ComparableMember[] {
	const bare = table.filter(({ name }) => !NO_MEMBERS.has(name) && !isSuffixed(name));
	return bare.map(({ name, kind }) => ({
		member: name,
		kind,
		comparisons: COMPARISONS.filter((comparison) => find(table, parameterName(name, comparison)) !== undefined),
	}));
}

/**
 * Which conditions are sent beside `parameters`, and which are checked here: those that the server may ignore, and those
 * whose parameter has another value already.
 *
 * @throws BillingError INVALID_REQUEST for a member, a comparison or a value that the operation does not know
 */
export function planConditions(
	conditions: readonly Condition[],
	parameters: ParameterValues,
	table: ParameterTable,
	dialect: Tmf678Dialect,
): PlannedConditions {
	const sent: Record<string, string> = {};
	const checked: Condition[] = [];
	for (const condition of conditions) {
		refuseUnknown(condition, table, dialect);
		const name = parameterName(condition.member, condition.comparison);
		const isFree = parameters[name] === undefined && sent[name] === undefined;
		const isSent = isFree && find(table, name) !== undefined && isCarriedOut(condition, dialect);
		if (isSent) sent[name] = condition.value;
		if (!isSent || !dialect.filtersAreDocumented) checked.push(condition);
	}
	return { sent, checked };
}

/** The rows that meet the conditions. How many those are in all, the server does not announce. */
export async function* meeting<Row extends JsonObject>(
	walk: AsyncIterable<WalkedPage<Row>>,
	conditions: readonly Condition[],
	table: ParameterTable,
): AsyncGenerator<WalkedPage<Row>, void, undefined> {
	for await (const page of walk) {
		if (conditions.length === 0) yield page;
		else yield { ...page, rows: page.rows.filter((row) => meetsAll(row, conditions, table)), total: null };
	}
}

function meetsAll(row: JsonObject, conditions: readonly Condition[], table: ParameterTable): boolean {
	return conditions.every((condition) => holds(memberOf(row, condition.member), condition, table));
}

/** A record without the member meets no condition on it. */
function holds(found: JsonValue | undefined, { member, comparison, value }: Condition, table: ParameterTable): boolean {
	if (comparison === 'like') {
		const text = textOf(found);
		return text !== null && wildcardMatches(text, value.replaceAll('%', '*'));
	}
	const order = compare(found, value, find(table, member)?.kind ?? 'TEXT');
	switch (comparison) {
		case 'eq':
			return order === 0;
		case 'gt':
			return order > 0;
		case 'gte':
			return order >= 0;
		case 'lt':
			return order < 0;
		case 'lte':
			return order <= 0;
	}
}

/** NaN, which no comparison holds for, where one of the two cannot be read. */
function compare(found: JsonValue | undefined, value: string, kind: ParameterKind): number {
	if (kind === 'DATE_TIME') return millisOf(found) - millisOf(value);
	if (kind === 'DECIMAL') {
		const [left, right] = [toDecimal(found), toDecimal(value)];
		return left === null || right === null ? Number.NaN : compareDecimals(left, right);
	}
	const text = textOf(found);
	return text === null ? Number.NaN : compareText(text, value);
}

/** A bare date is its midnight in UTC, as where it is sent. */
function millisOf(value: unknown): number {
	const instant = toInstant(value);
	return instant === null ? Date.parse(`${toCalendarDate(value)}T00:00:00Z`) : instantMillis(instant);
}

function memberOf(row: JsonObject, member: string): JsonValue | undefined {
	return member.split('.').reduce<JsonValue | undefined>((value, name) => objectOf(value)[name], row);
}

function refuseUnknown({ member, comparison, value }: Condition, table: ParameterTable, dialect: Tmf678Dialect): void {
	const name = parameterName(member, comparison);
	// Where conditions are checked here, a member can be compared in ways that the server does not know.
	const isKnown = find(table, name) ?? (dialect.filtersAreDocumented ? undefined : find(table, member));
	if (isKnown === undefined || NO_MEMBERS.has(member)) {
		throw invalidParameter(name, 'is no filter of this server', `Filters are: ${filterNames(table).join(', ')}.`);
	}
	if (comparison === 'like') toQuery({ [name]: value }, [{ ...isKnown, name, kind: 'TEXT' }]);
	else toQuery({ [name]: value }, [{ ...isKnown, name }]);
}

function filterNames(table: ParameterTable): readonly string[] {
	return table.flatMap(({ name }) => (NO_MEMBERS.has(name) ? [] : [name]));
}

/** The words that the model's query has for these members: what a dialect says of one holds for the other. */
const FILTER_OF_MEMBER: Readonly<Record<string, BillFilterName>> = {
	'amountDue.value': 'amountDue',
	billDate: 'billDate',
	billNo: 'numbers',
	'billingAccount.id': 'accounts',
	'billingPeriod.endDateTime': 'periodEnd',
	'billingPeriod.startDateTime': 'periodStart',
	category: 'categories',
	id: 'ids',
	lastUpdate: 'lastUpdate',
	paymentDueDate: 'dueDate',
	'remainingAmount.value': 'remaining',
	state: 'states',
	'taxIncludedAmount.value': 'total',
};

function isCarriedOut({ member }: Condition, dialect: Tmf678Dialect): boolean {
	const filter = FILTER_OF_MEMBER[member];
	return dialect.filtersAreDocumented || (filter !== undefined && isPushable(filter, dialect));
}

function parameterName(member: string, comparison: Comparison): string {
	return comparison === 'eq' ? member : `${member}.${comparison}`;
}

function isSuffixed(name: string): boolean {
	return COMPARISONS.some((comparison) => comparison !== 'eq' && name.endsWith(`.${comparison}`));
}

function find(table: ParameterTable, name: string): Parameter | undefined {
	return table.find((parameter) => parameter.name === name);
}
