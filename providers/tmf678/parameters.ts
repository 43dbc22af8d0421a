/** Query parameters of a TMF678 operation as data: what checks them, builds the query, types the API and fills the docs. */
import { toCalendarDate, toInstant } from '../model/dates';
import { toDecimal } from '../model/decimal';
import { checkLimit } from '../query/check';
import { invalidParameter } from '../transport/errors';
import { type QueryPair, refuseControlCharacters } from '../transport/url';

/** What a parameter holds. */
export type ParameterKind =
	/** Any text. */
	| 'TEXT'
	/** An id: the only kind whose plus signs may be sent bare. */
	| 'ID'
	/** A decimal in major units; sent as plain decimal text. */
	| 'DECIMAL'
	/** An RFC 3339 date-time, sent in UTC; a bare date is its midnight in UTC. */
	| 'DATE_TIME'
	/** One of `choices`. */
	| 'CHOICE'
	| 'BOOLEAN'
	/** Names of members, separated by commas; `id` and `href` always come along. */
	| 'FIELDS'
	/** A whole number, 1 or more. */
	| 'LIMIT'
	/** A whole number, 0 or more. */
	| 'OFFSET';

export interface Parameter {
	readonly name: string;
	readonly kind: ParameterKind;
	/** What the document says about it. */
	readonly source: string;
	readonly choices?: readonly string[];
	/** The `@type` without which the provider does not know the parameter; sent along. */
	readonly needsType?: string;
}

export type ParameterTable = readonly Parameter[];
export type ParameterValue = string | number | boolean;
export type ParameterValues = Readonly<Record<string, ParameterValue | undefined>>;

type ValueOf<P extends Parameter> = P['kind'] extends 'LIMIT' | 'OFFSET'
	? number
	: P['kind'] extends 'BOOLEAN'
		? boolean
		: P['kind'] extends 'DECIMAL'
			? string | number
			: P['kind'] extends 'CHOICE'
				? P extends { readonly choices: readonly (infer Choice)[] }
					? Choice
					: string
				: string;

/** The typed parameters of an operation, by the document's own names. */
export type ParametersOf<Table extends ParameterTable> = {
	readonly [P in Table[number] as P['name']]?: ValueOf<P> | undefined;
};

/**
 * Checks parameters against the table and gives them as the document writes them, in the table's order.
 * @throws BillingError INVALID_REQUEST, naming the parameter and what is allowed
 */
export function toQuery(given: ParameterValues, table: ParameterTable): readonly QueryPair[] {
	const names = table.map(({ name }) => name);
	const unknown = Object.keys(given).find((name) => given[name] !== undefined && !names.includes(name));
	if (unknown !== undefined)
		throw invalidParameter(unknown, 'is not a parameter of this operation', `Parameters are: ${names.join(', ')}.`);
	const values = withNeededType(given, table);
	return table.flatMap((parameter) => {
		const value = values[parameter.name];
		return value === undefined ? [] : [[parameter.name, toText(value, parameter)] as const];
	});
}

function withNeededType(given: ParameterValues, table: ParameterTable): ParameterValues {
	const needing = table.find(({ name, needsType }) => needsType !== undefined && given[name] !== undefined);
	if (needing?.needsType === undefined) return given;
	const type = given['@type'] ?? needing.needsType;
	if (type !== needing.needsType)
		throw invalidParameter('@type', `is "${type}"`, `With ${needing.name} it must be ${needing.needsType}.`);
	return { ...given, '@type': type };
}

function toText(value: ParameterValue, { name, kind, choices = [] }: Parameter): string {
	switch (kind) {
		case 'TEXT':
		case 'ID':
			return checkedText(value, name);
		case 'DECIMAL': {
			const decimal = toDecimal(value);
			if (decimal === null)
				throw invalidParameter(name, `is "${value}"`, 'It must be a decimal, for instance 1234.56.');
			return decimal;
		}
		case 'DATE_TIME':
			return toUtc(value, name);
		case 'CHOICE':
			if (typeof value !== 'string' || !choices.includes(value))
				throw invalidParameter(name, `is "${value}"`, `Allowed are: ${choices.join(', ')}.`);
			return value;
		case 'BOOLEAN':
			if (typeof value !== 'boolean') throw invalidParameter(name, `is "${value}"`, 'Allowed are: true, false.');
			return String(value);
		case 'FIELDS':
			return fieldList(checkedText(value, name));
		case 'LIMIT':
			checkLimit(name, typeof value === 'number' ? value : Number.NaN, null);
			return String(value);
		case 'OFFSET':
			if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
				throw invalidParameter(name, `is ${value}`, 'It must be a whole number, 0 or more.');
			return String(value);
	}
}

function checkedText(value: ParameterValue, name: string): string {
	if (typeof value !== 'string') throw invalidParameter(name, `is ${value}`, 'It must be text.');
	if (value.trim() === '') throw invalidParameter(name, 'is empty');
	return refuseControlCharacters(value, name);
}

function toUtc(value: ParameterValue, name: string): string {
	const instant = toInstant(value);
	if (instant !== null) return instant.endsWith('Z') ? instant : new Date(instant).toISOString();
	const date = toCalendarDate(value);
	if (date === null || date !== value) {
		const form = 'It must be a date-time with its offset, for instance 2026-01-31T00:00:00Z, or a date.';
		throw invalidParameter(name, `is "${value}"`, form);
	}
	return `${date}T00:00:00Z`;
}

/** TMF630 servers add id and href by themselves; Oracle does not say, and without an id a record is worth nothing. */
function fieldList(text: string): string {
	const asked = text.split(',').flatMap((field) => (field.trim() === '' ? [] : [field.trim()]));
	const others = asked.filter((field) => field !== 'id' && field !== 'href' && field !== 'none');
	return ['id', 'href', ...new Set(others)].join(',');
}
