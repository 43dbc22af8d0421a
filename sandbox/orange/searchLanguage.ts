/** The search language of Billing for Business: a JSON condition becomes a test of records, or a refusal that says where. */
import { compareKeys, keyOf, textAt, type AttributeKind, type Attributes, type Key, kindOf } from './attributes';
import { GatewayError } from './gatewayError';
import type { WireRecord } from './wire';

export type Condition = (record: WireRecord) => boolean;

/** Tests of one attribute's key against the key asked for. A record without the attribute equals nothing and has no order. */
const COMPARISONS: Readonly<Record<string, (found: Key | undefined, wanted: Key) => boolean>> = {
	$eq: (found, wanted) => found === wanted,
	$neq: (found, wanted) => found !== wanted,
	$not: (found, wanted) => found !== wanted,
	$gt: (found, wanted) => found !== undefined && compareKeys(found, wanted) > 0,
	$gte: (found, wanted) => found !== undefined && compareKeys(found, wanted) >= 0,
	$lt: (found, wanted) => found !== undefined && compareKeys(found, wanted) < 0,
	$lte: (found, wanted) => found !== undefined && compareKeys(found, wanted) <= 0,
};

const MEMBERSHIPS: Readonly<Record<string, (found: Key | undefined, wanted: readonly Key[]) => boolean>> = {
	$in: (found, wanted) => found !== undefined && wanted.includes(found),
	$nin: (found, wanted) => found === undefined || !wanted.includes(found),
};

/**
 * The condition that a search body states. Members beside each other all have to hold, which the guide does not say.
 * Throws 400: code 21 without a body, 22 where it is no object, 24 for a member that makes no sense.
 */
export function searchCondition(body: unknown, attributes: Attributes): Condition {
	if (body === undefined) throw new GatewayError(21, 'A search needs a condition in its body.');
	if (!isObject(body)) throw new GatewayError(22, 'A search is a JSON object.');
	return allOf(Object.entries(body).map(([name, value]) => memberCondition(name, value, attributes)));
}

function memberCondition(name: string, value: unknown, attributes: Attributes): Condition {
	if (name === '$and' || name === '$or') {
		const parts = nonEmptyArray(value, name).map((part) => searchCondition(part, attributes));
		return name === '$and' ? allOf(parts) : (record) => parts.some((part) => part(record));
	}
	if (name.startsWith('$')) throw new GatewayError(24, `${name} cannot stand where a field is expected.`);
	const kind = kindOf(attributes, name);
	if (kind === undefined || kind === 'period') throw new GatewayError(24, `Unknown field ${name}.`);
	return fieldCondition({ name, kind }, isObject(value) ? value : { $eq: value });
}

interface Field {
	readonly name: string;
	readonly kind: AttributeKind;
}

function fieldCondition(field: Field, operators: Readonly<Record<string, unknown>>): Condition {
	const entries = Object.entries(operators);
	if (entries.length === 0) throw new GatewayError(24, `${field.name} has no operator.`);
	return allOf(entries.map(([operator, value]) => operatorCondition(field, operator, value)));
}

function operatorCondition(field: Field, operator: string, value: unknown): Condition {
	const found = (record: WireRecord): Key | undefined => {
		const text = textAt(record, field.name);
		return text === undefined ? undefined : keyOf(field.kind, text);
	};
	const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
	if (compare !== undefined) {
		const wanted = operandKey(field, value);
		return (record) => compare(found(record), wanted);
	}
	const member = Object.hasOwn(MEMBERSHIPS, operator) ? MEMBERSHIPS[operator] : undefined;
	if (member !== undefined) {
		const wanted = nonEmptyArray(value, operator).map((one) => operandKey(field, one));
		return (record) => member(found(record), wanted);
	}
	throw new GatewayError(24, `Unknown operator ${operator}.`);
}

function operandKey({ name, kind }: Field, value: unknown): Key {
	const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	const key = scalar ? keyOf(kind, String(value)) : undefined;
	if (key === undefined) throw new GatewayError(24, `${JSON.stringify(value)} is no value of ${name}.`);
	return key;
}

function allOf(parts: readonly Condition[]): Condition {
	return (record) => parts.every((part) => part(record));
}

function nonEmptyArray(value: unknown, operator: string): readonly unknown[] {
	if (Array.isArray(value) && value.length > 0) return value as unknown[];
	throw new GatewayError(24, `${operator} takes an array with at least one element.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
