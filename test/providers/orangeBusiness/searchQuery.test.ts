/** Orange's search language. */
import fc from 'fast-check';

import { errorWith } from '../support/errors';
import {
	COMPARISON_OPERATORS,
	LIST_OPERATORS,
	type SearchQuery,
	and,
	checkedSearchQuery,
	compare,
	equal,
	oneOf,
	or,
} from '../../../providers/orangeBusiness/searchQuery';

describe('the examples of the document', () => {
	it('are built', () => {
		expect(or(equal('currency.id', 'GBP'), equal('currency.id', 'JPY'))).toEqual({
			$or: [{ 'currency.id': 'GBP' }, { 'currency.id': 'JPY' }],
		});
		expect(and(equal('type', 'invoice'), equal('sendingFormat', 'paper'))).toEqual({
			$and: [{ type: 'invoice' }, { sendingFormat: 'paper' }],
		});
		expect(compare('type', '$eq', 'invoice')).toEqual({ type: { $eq: 'invoice' } });
		expect(oneOf('type', '$nin', ['creditNote'])).toEqual({ type: { $nin: ['creditNote'] } });
		expect(compare('type', '$not', 'invoice')).toEqual({ type: { $not: 'invoice' } });
	});

	it.each([
		{ $or: [{ 'currency.id': 'GBP' }, { 'currency.id': 'JPY' }] },
		{ $and: [{ type: 'invoice' }, { sendingFormat: 'paper' }] },
		{ type: { $eq: 'invoice' } },
		{ type: { $nin: ['creditNote'] } },
		{ priority: 5 },
		{ paid: { $neq: true } },
	])('%j passes the check', (query) => expect(checkedSearchQuery(query)).toBe(query));
});

it('one condition alone stands for itself in $and and $or', () => {
	expect(and(equal('a', 1))).toEqual({ a: 1 });
	expect(or(equal('a', 1))).toEqual({ a: 1 });
});

describe('anything built', () => {
	const field = fc.stringMatching(/^[a-z]{1,6}(\.[a-z]{1,6}){0,2}$/);
	const scalar = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
	const condition = fc.oneof(
		fc.tuple(field, scalar).map(([name, value]) => equal(name, value)),
		fc
			.tuple(field, fc.constantFrom(...COMPARISON_OPERATORS), scalar)
			.map(([name, operator, value]) => compare(name, operator, value)),
		fc
			.tuple(field, fc.constantFrom(...LIST_OPERATORS), fc.array(scalar, { minLength: 1, maxLength: 4 }))
			.map(([name, operator, values]) => oneOf(name, operator, values)),
	);
	const { query } = fc.letrec<{ query: SearchQuery }>((tie) => ({
		query: fc.oneof(
			{ maxDepth: 4 },
			condition,
			fc
				.tuple(fc.boolean(), fc.array(tie('query'), { minLength: 1, maxLength: 3 }))
				.map(([isAnd, parts]) => (isAnd ? and(...parts) : or(...parts))),
		),
	}));

	/** The grammar of the document, written once more. */
	function isGrammatical(value: unknown): boolean {
		if (typeof value !== 'object' || value === null) return false;
		const [[name, inner] = ['', null], ...others] = Object.entries(value) as [string, unknown][];
		if (others.length > 0) return false;
		if (name === '$and' || name === '$or') {
			return Array.isArray(inner) && inner.length > 0 && inner.every(isGrammatical);
		}
		if (name === '' || name.startsWith('$')) return false;
		if (typeof inner !== 'object' || inner === null) return inner !== null;
		const [[operator, operand] = ['', null]] = Object.entries(inner) as [string, unknown][];
		return /^\$n?in$/.test(operator)
			? Array.isArray(operand) && operand.length > 0
			: /^\$(eq|neq|gte?|lte?|not)$/.test(operator) && typeof operand !== 'object';
	}

	it('is valid by the grammar, and by the check, before and after a trip through JSON', () => {
		fc.assert(
			fc.property(query, (built) => {
				expect(isGrammatical(built)).toBe(true);
				expect(checkedSearchQuery(built)).toBe(built);
				expect(() => checkedSearchQuery(JSON.parse(JSON.stringify(built)))).not.toThrow();
			}),
		);
	});

	it('and any JSON that passes the check is valid by the grammar', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				let passes = true;
				try {
					checkedSearchQuery(value);
				} catch {
					passes = false;
				}
				if (passes) expect(isGrammatical(value)).toBe(true);
			}),
		);
	});
});

describe('raw JSON that is wrong is refused, naming the place', () => {
	it.each<[string, unknown, string]>([
		['no object', 'invoice', 'query is not an object'],
		['a list', [], 'query is not an object'],
		['nothing', {}, 'query is empty'],
		['members side by side', { type: 'invoice', a: 1 }, 'query has several members (type, a)'],
		['$and without a list', { $and: { type: 'invoice' } }, 'query.$and is not a list'],
		['$or of nothing', { $or: [] }, 'query.$or is an empty list'],
		['a part that is none', { $or: [{ a: 1 }, 3] }, 'query.$or[1] is not an object'],
		['Mongo’s $ne', { $and: [{ type: { $ne: 'invoice' } }] }, 'query.$and[0].type.$ne is not an operator'],
		['two operators', { a: { $gt: 1, $lt: 2 } }, 'query.a has several operators'],
		['no operator', { a: {} }, 'query.a has no operators'],
		['$not before the field', { $not: { a: 1 } }, 'query.$not stands before a field'],
		['a comparison outside a field', { $gt: 1 }, 'query.$gt is not an operator that stands here'],
		['$in without a list', { a: { $in: 'b' } }, 'query.a.$in is not a list'],
		['$nin of nothing', { a: { $nin: [] } }, 'query.a.$nin is an empty list'],
		['a list in $eq', { a: { $eq: ['b'] } }, 'query.a.$eq is neither text'],
		['an object in $in', { a: { $in: ['b', {}] } }, 'query.a.$in[1] is neither text'],
		['null', { a: null }, 'query.a is neither text'],
		['a field without a name', { '': 1 }, 'query names the field ""'],
		['a field with a hole', { 'a..b': 1 }, 'query names the field "a..b"'],
	])('%s', (_what, query, message) => {
		expect(() => checkedSearchQuery(query)).toThrow(
			errorWith({
				kind: 'INVALID_REQUEST',
				parameter: 'query',
				message: expect.stringContaining(message),
			}),
		);
	});

	it('and so is building it', () => {
		expect(() => and()).toThrow('has no condition in $and');
		expect(() => or()).toThrow('has no condition in $or');
		expect(() => equal('$and', 1)).toThrow('query');
		expect(() => compare('a', '$gt', Number.NaN)).toThrow('neither text');
		expect(() => oneOf('a', '$in', [])).toThrow('empty list');
	});
});
