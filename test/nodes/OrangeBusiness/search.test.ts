/** Bill: Get Many by Orange's search language: the exact bodies, and what is refused before anything is sent. */
import { bill, expectRequest, guardNetwork, run } from './orange';

guardNetwork();

const LIST = { resource: 'bill', operation: 'getAll', returnAll: true };
const JSON_BODY = { 'content-type': 'application/json' };

const condition = (attribute: string, comparison: string, value: string, valueType = 'text') => ({
	attribute,
	comparison,
	value,
	valueType,
});
const form = (combine: 'all' | 'any', ...conditions: ReturnType<typeof condition>[]) => ({
	...LIST,
	findBy: 'conditions',
	combine,
	conditions: { conditions },
});
const inJson = (searchJson: string | object) => ({ ...LIST, findBy: 'json', searchJson }) as typeof LIST;

function expectSearch(body: object, path = 'bills/search'): void {
	expectRequest({
		post: `${path}?offset=0&limit=100`,
		body: (sent) => JSON.stringify(sent) === JSON.stringify(body),
		headers: JSON_BODY,
		answer: [bill('1')],
		total: 1,
	});
}

describe('the form', () => {
	it.each(['$eq', '$neq', '$gt', '$gte', '$lt', '$lte', '$not'])('writes %s', async (operator) => {
		expectSearch({ issuedAt: { [operator]: '2026-01-01' } });
		expect((await run(form('all', condition('issuedAt', operator, '2026-01-01')))).json).toHaveLength(1);
	});

	it.each(['$in', '$nin'])('writes %s with a list', async (operator) => {
		expectSearch({ 'currency.id': { [operator]: ['GBP', 'JPY'] } });
		await run(form('any', condition('currency.id', operator, 'GBP, JPY')));
	});

	it('joins conditions with $and or $or', async () => {
		const conditions = [condition('type', '$eq', 'invoice'), condition('sendingFormat', '$eq', 'paper')] as const;
		const written = [{ type: { $eq: 'invoice' } }, { sendingFormat: { $eq: 'paper' } }];
		expectSearch({ $and: written });
		await run(form('all', ...conditions));
		expectSearch({ $or: written });
		await run(form('any', ...conditions));
	});

	it('sends numbers as numbers and true as true', async () => {
		expectSearch({ $and: [{ taxIncludedAmount: { $gte: 100.5 } }, { paid: { $eq: true } }, { n: { $in: [1, 2] } }] });
		await run(
			form(
				'all',
				condition('taxIncludedAmount', '$gte', '100.5', 'number'),
				condition('paid', '$eq', 'true', 'boolean'),
				condition('n', '$in', '1,2', 'number'),
			),
		);
	});

	it.each([
		['no condition', form('all'), /empty/],
		['no attribute', form('all', condition('', '$eq', 'a')), /field/],
		['no value', form('all', condition('type', '$eq', '')), /type with nothing/],
		['no values', form('all', condition('type', '$in', ' , ')), /empty list/],
		['a number that is none', form('all', condition('amount', '$gt', 'ten', 'number')), /"ten".*not a number/],
		['neither true nor false', form('all', condition('paid', '$eq', 'yes', 'boolean')), /"yes"/],
		['an operator as an attribute', form('all', condition('$and', '$eq', 'a')), /\$and/],
	])('refuses %s', async (_what, parameters, message) => {
		await expect(run(parameters)).rejects.toThrow(message);
	});
});

describe('JSON', () => {
	it.each([
		['text', '{"$or":[{"currency.id":"GBP"},{"type":{"$nin":["creditNote"]}}]}'],
		['an object from an expression', { $or: [{ 'currency.id': 'GBP' }, { type: { $nin: ['creditNote'] } }] }],
	])('goes out as it was written: %s', async (_form, query) => {
		expectSearch({ $or: [{ 'currency.id': 'GBP' }, { type: { $nin: ['creditNote'] } }] });
		await run(inJson(query));
	});

	it.each([
		['what is no JSON', '{type: invoice}', /not valid JSON/],
		['several members in one object', '{"type":"invoice","currency.id":"GBP"}', /several members/],
		['an unknown operator', '{"type":{"$ne":"invoice"}}', /\$ne/],
	])('refuses %s', async (_what, query, message) => {
		await expect(run(inJson(query))).rejects.toThrow(message);
	});
});

it('pages and sorts in the URL', async () => {
	const query = { type: 'invoice' };
	const post = (offset: number) => `bills/search?offset=${offset}&limit=1&sort=-issuedAt`;
	for (const [offset, id] of ['1', '2'].entries()) {
		expectRequest({ post: post(offset), body: query, headers: JSON_BODY, answer: [bill(id)], total: 2 });
	}
	const { json } = await run({
		...inJson(query),
		options: { pageSize: 1 },
		sort: { rules: [{ attribute: 'issuedAt', direction: 'desc' }] },
	});
	expect(json.map(({ id }) => id)).toEqual(['1', '2']);
});

it('asks the other address where this version has no bills/search', async () => {
	expectRequest({
		post: 'bills/search?offset=0&limit=100',
		body: { type: 'invoice' },
		status: 404,
		answer: { code: 60, message: 'Resource not found' },
	});
	expectSearch({ type: 'invoice' }, 'search');
	expect((await run(inJson({ type: 'invoice' }))).json).toHaveLength(1);
});
