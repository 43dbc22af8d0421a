/** Orange's search language: built with types, or checked where it arrives as raw JSON ("Billing for Business", Search). */
import { type JsonObject, type JsonValue, isJsonObject } from '../model/json';
import { invalidParameter } from '../transport/errors';

export type SearchScalar = string | number | boolean;

export const LOGICAL_OPERATORS = ['$and', '$or'] as const;
export const COMPARISON_OPERATORS = ['$eq', '$neq', '$gt', '$gte', '$lt', '$lte', '$not'] as const;
export const LIST_OPERATORS = ['$in', '$nin'] as const;

export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];
export type ListOperator = (typeof LIST_OPERATORS)[number];

/** A condition: a logical one with its parts, or one field with its value or its comparison. Made by the functions below. */
export type SearchQuery = JsonObject;

/** Every condition holds. One alone stands for itself. @throws BillingError INVALID_REQUEST for none */
export function and(...conditions: readonly SearchQuery[]): SearchQuery {
	return combined('$and', conditions);
}

/** At least one condition holds. @throws BillingError INVALID_REQUEST for none */
export function or(...conditions: readonly SearchQuery[]): SearchQuery {
	return combined('$or', conditions);
}

/** The short form `{field: value}`, which means the same as `$eq`. */
export function equal(field: string, value: SearchScalar): SearchQuery {
	return { [checkedField(field, 'query')]: checkedScalar(value, field) };
}

/** `{field: {operator: value}}`, `$not` among the operators. */
export function compare(field: string, operator: ComparisonOperator, value: SearchScalar): SearchQuery {
	return { [checkedField(field, 'query')]: { [operator]: checkedScalar(value, field) } };
}

/** `{field: {$in: [...]}}` or `{field: {$nin: [...]}}`. @throws BillingError INVALID_REQUEST for no values */
export function oneOf(field: string, operator: ListOperator, values: readonly SearchScalar[]): SearchQuery {
	return { [checkedField(field, 'query')]: { [operator]: checkedList(values, `${field}.${operator}`) } };
}

/**
 * Checks raw JSON against the language and names the place of the first fault.
 *
 * Several members in one object are refused: the document does not say whether all of them or any of them must hold, and
 * a guess would change which bills are found.
 * @throws BillingError INVALID_REQUEST, parameter `query`
 */
export function checkedSearchQuery(value: unknown, place = 'query'): SearchQuery {
	if (!isJsonObject(value)) throw fault(place, 'is not an object', FORM);
	const [name, ...others] = Object.keys(value);
	if (name === undefined) throw fault(place, 'is empty', FORM);
	if (others.length > 0) {
		throw fault(
			place,
			`has several members (${[name, ...others].join(', ')})`,
			'Put each into an object of its own, in $and or $or.',
		);
	}
	const inner = value[name];
	if (isOneOf(name, LOGICAL_OPERATORS)) checkParts(inner, `${place}.${name}`);
	else checkField(name, inner, place);
	return value;
}

const FORM = 'Write { "field": value }, { "field": { "$operator": value } } or { "$and": [ ... ] }.';

function combined(operator: '$and' | '$or', conditions: readonly SearchQuery[]): SearchQuery {
	const [only, ...others] = conditions;
	if (only === undefined) throw fault('query', `has no condition in ${operator}`);
	return others.length === 0 ? only : { [operator]: conditions };
}

function checkParts(parts: JsonValue | undefined, place: string): void {
	if (!Array.isArray(parts)) throw fault(place, 'is not a list', 'Logical operators take a list: { "$and": [ ... ] }.');
	if (parts.length === 0) throw fault(place, 'is an empty list');
	parts.forEach((part, index) => checkedSearchQuery(part, `${place}[${index}]`));
}

function checkField(field: string, condition: JsonValue | undefined, place: string): void {
	if (field === '$not') {
		throw fault(`${place}.$not`, 'stands before a field', 'It stands after it: { "field": { "$not": value } }.');
	}
	checkedField(field, place);
	if (!isJsonObject(condition)) {
		checkedScalar(condition, `${place}.${field}`);
		return;
	}
	const [operator, ...others] = Object.keys(condition);
	if (operator === undefined || others.length > 0) {
		throw fault(
			`${place}.${field}`,
			`has ${operator === undefined ? 'no' : 'several'} operators`,
			'Give one operator an object; join several with $and.',
		);
	}
	const operandPlace = `${place}.${field}.${operator}`;
	if (isOneOf(operator, COMPARISON_OPERATORS)) checkedScalar(condition[operator], operandPlace);
	else if (isOneOf(operator, LIST_OPERATORS)) checkedList(condition[operator], operandPlace);
	else throw fault(operandPlace, 'is not an operator', OPERATORS);
}

const OPERATORS = `Operators are: ${[...COMPARISON_OPERATORS, ...LIST_OPERATORS].join(', ')}; $and and $or stand outside the field.`;

function checkedField(field: string, place: string): string {
	if (field.startsWith('$')) throw fault(`${place}.${field}`, 'is not an operator that stands here', OPERATORS);
	if (field.trim() === '' || field.split('.').includes('')) {
		throw fault(place, `names the field "${field}"`, 'Fields are attributes, nested ones with dots: customer.name.');
	}
	return field;
}

function checkedScalar(value: unknown, place: string): SearchScalar {
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	throw fault(place, 'is neither text, a number, nor true or false', 'Lists belong into $in or $nin.');
}

function checkedList(values: unknown, place: string): readonly SearchScalar[] {
	if (!Array.isArray(values)) throw fault(place, 'is not a list', '$in and $nin take a list of values.');
	if (values.length === 0) throw fault(place, 'is an empty list', 'Give at least one value.');
	return values.map((value: unknown, index) => checkedScalar(value, `${place}[${index}]`));
}

function isOneOf<Name extends string>(name: string, names: readonly Name[]): name is Name {
	return (names as readonly string[]).includes(name);
}

function fault(place: string, what: string, hint?: string) {
	return invalidParameter('query', `is wrong: ${place} ${what}`, hint);
}
