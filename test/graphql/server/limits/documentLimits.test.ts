/** Limits on the text of a question. */
import { buildSchema as schemaOf, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';

import { documentLimits } from '../../../../graphql/server/limits/documentLimits';

const schema = schemaOf('type Query { self: Query list(first: Int): [Query!]! name: String }');
const LIMITS = { depth: 4, aliases: 3, directives: 2, duplicates: 2 };

function complaints(query: string): readonly string[] {
	return validate(schema, parse(query), [documentLimits(LIMITS)]).map(({ message }) => message);
}

const nested = (depth: number): string => (depth === 1 ? '{ name }' : `{ self ${nested(depth - 1)} }`);

it('counts levels of fields', () => {
	expect(complaints(nested(4))).toEqual([]);
	expect(complaints(nested(5))).toEqual(['The query has more than 4 levels of fields']);
});

it('counts levels through fragments, named and not', () => {
	const within = '{ self { ... { self { ...deep } } } } fragment deep on Query { self { name } }';
	expect(complaints(within)).toEqual([]);
	expect(complaints(within.replace('{ name }', '{ self { name } }'))).toEqual([
		'The query has more than 4 levels of fields',
	]);
});

it('ends at a fragment within itself, which another rule refuses', () => {
	const circle = '{ ...a } fragment a on Query { self { ...b } } fragment b on Query { self { ...a } }';
	expect(complaints(circle)).toEqual([]);
	expect(validate(schema, parse(circle), [...specifiedRules, documentLimits(LIMITS)])).not.toEqual([]);
});

it('measures a fragment once, however often it is spread', () => {
	const fragments = Array.from({ length: 60 }, (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`);
	const started = performance.now();
	complaints(`{ ...f0 } ${fragments.join(' ')} fragment f60 on Query { name }`);
	expect(performance.now() - started).toBeLessThan(1_000);
});

it('counts aliases, in fragments too', () => {
	expect(complaints('{ a: name b: name c: name }')).toEqual([]);
	expect(complaints('{ a: name b: name ...f } fragment f on Query { c: name d: name }')).toEqual([
		'The query has more than 3 aliases',
	]);
});

it('counts directives', () => {
	const skip = '@skip(if: false) ';
	expect(complaints(`{ name ${skip.repeat(2)}}`)).toEqual([]);
	expect(complaints(`{ name ${skip.repeat(3)}}`)).toEqual(['The query has more than 2 directives']);
});

it('counts how often a selection names one field', () => {
	expect(complaints('{ name name }')).toEqual([]);
	expect(complaints('{ name name name }')).toEqual(['The query has more than 2 repetitions of a field']);
});

it('tells each limit once', () => {
	expect(complaints(`{ ${Array.from({ length: 50 }, (_, at) => `a${at}: name`).join(' ')} }`)).toHaveLength(1);
});

it('lets a whole introspection through, which asks no provider', () => {
	expect(complaints(getIntrospectionQuery())).toEqual([]);
});
