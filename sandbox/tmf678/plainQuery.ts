/** TMF630 filtering and sorting of a resource's bodies: `attr=a,b`, `attr.gt=`, `.regex`, and `sort=a,-b`. */
import { ExactNumber } from '../json/exactJson';
import type { TmfBody } from './bodies';
import { type Comparison, compareDecimals, holds, instantOf, isDecimal } from './comparisons';
import { badRequest } from './errors';

const RESERVED = ['fields', 'offset', 'limit', 'sort'];
const COMPARISONS: readonly Comparison[] = ['eq', 'gt', 'gte', 'lt', 'lte'];

/** Whether a body passes one filter. */
export type BodyTest = (body: TmfBody) => boolean;

/** Several values of an attribute, by comma or by repetition, mean any of them; several attributes mean all. */
export function bodyTests(query: Readonly<Record<string, unknown>>, attributes: ReadonlySet<string>): BodyTest[] {
	return Object.entries(query)
		.filter(([name]) => !RESERVED.includes(name))
		.map(([name, value]) => testOf(name, [value].flat().map(String), attributes));
}

function testOf(name: string, values: readonly string[], attributes: ReadonlySet<string>): BodyTest {
	const { path, operator } = splitOperator(name);
	const root = path.split('.', 1)[0] ?? '';
	if (!attributes.has(root)) throw badRequest(`Unknown attribute: ${root}`);
	if (operator === 'regex') {
		const patterns = values.map(regexOf);
		return (body) => valuesAt(body, path).some((value) => patterns.some((pattern) => pattern.test(value)));
	}
	const wanted = values.flatMap((value) => value.split(','));
	return (body) =>
		valuesAt(body, path).some((value) => wanted.some((asked) => holds(operator, compareText(value, asked))));
}

function splitOperator(name: string): { path: string; operator: Comparison | 'regex' } {
	const point = name.lastIndexOf('.');
	const last = name.slice(point + 1);
	const operator = last === 'regex' ? last : COMPARISONS.find((comparison) => comparison === last);
	return operator === undefined || point === -1
		? { path: name, operator: 'eq' }
		: { path: name.slice(0, point), operator };
}

function regexOf(text: string): RegExp {
	try {
		return new RegExp(text);
	} catch {
		throw badRequest(`Not a regular expression: ${text}`);
	}
}

/** @throws TmfError 400 for an attribute that the resource lacks */
export function sorted<T extends TmfBody>(bodies: readonly T[], sort: string, attributes: ReadonlySet<string>): T[] {
	const keys = sort.split(',').map((key) => ({ path: key.replace(/^[-+ ]/, ''), sign: key.startsWith('-') ? -1 : 1 }));
	for (const { path } of keys) {
		if (!attributes.has(path.split('.', 1)[0] ?? '')) throw badRequest(`Unknown attribute: ${path}`);
	}
	return [...bodies].sort((one, other) => {
		for (const { path, sign } of keys) {
			const order = compareText(valuesAt(one, path)[0] ?? '', valuesAt(other, path)[0] ?? '');
			if (order !== 0) return sign * order;
		}
		return 0;
	});
}

/** Numbers as numbers, date-times as instants, the rest as text. */
function compareText(one: string, other: string): number {
	if (isDecimal(one) && isDecimal(other)) return compareDecimals(one, other);
	const [oneTime, otherTime] = [instantOf(one), instantOf(other)];
	if (oneTime !== undefined && otherTime !== undefined) return oneTime - otherTime;
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

/** The values at a dotted path, through lists: one for each item. */
function valuesAt(value: unknown, path: string): string[] {
	if (Array.isArray(value)) return value.flatMap((item: unknown) => valuesAt(item, path));
	if (path === '') return value === null || value === undefined ? [] : [textOf(value)];
	if (typeof value !== 'object' || value === null) return [];
	const point = path.indexOf('.');
	const [name, rest] = point === -1 ? [path, ''] : [path.slice(0, point), path.slice(point + 1)];
	return valuesAt((value as Readonly<Record<string, unknown>>)[name], rest);
}

function textOf(value: unknown): string {
	return value instanceof ExactNumber ? value.text : String(value);
}
