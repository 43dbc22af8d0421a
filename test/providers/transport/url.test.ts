import * as fc from 'fast-check';

import { checkedBaseUrl, joinUrl, pathSegment, withQuery } from '../../../providers/transport/url';
import { billingError } from '../support/errors';

/** Text that can be an id: no control characters, no halves of characters, and not a folder step. */
const ids = fc
	.string({ unit: 'grapheme', minLength: 1 })
	.filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text) && text !== '.' && text !== '..');

describe('pathSegment', () => {
	it.each([
		['0.0.0.1+-bill+106861', '0.0.0.1%2B-bill%2B106861'],
		['R189-Charges+9300856.csv', 'R189-Charges%2B9300856.csv'],
		['a/b', 'a%2Fb'],
		['../../admin', '..%2F..%2Fadmin'],
		['..%2f', '..%252f'],
		['%2e%2e', '%252e%252e'],
		['50%', '50%25'],
		['a?b#c', 'a%3Fb%23c'],
		['Zürich 1', 'Z%C3%BCrich%201'],
		['...', '...'],
	])('%s is %s', (id, expected) => {
		expect(pathSegment(id)).toBe(expected);
	});

	it.each([
		['', 'is empty'],
		['.', 'is no id'],
		['..', 'is no id'],
		['a\nb', 'control character'],
		['a\u0000', 'control character'],
		['\u007f', 'control character'],
		['\u0085', 'control character'],
		['\ud800', 'control character'],
	])('refuses %j', async (id, why) => {
		const error = await billingError(() => pathSegment(id, 'billId'));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'billId' });
		expect(error.message).toContain(why);
	});

	it('an id comes back from the path as it went in, and stays one segment', () => {
		fc.assert(
			fc.property(ids, (id) => {
				const { pathname, search, hash } = new URL(`https://x/bills/${pathSegment(id)}/items`);
				const [, , segment = '', ...rest] = pathname.split('/');
				expect(decodeURIComponent(segment)).toBe(id);
				expect([rest, search, hash]).toEqual([['items'], '', '']);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('joinUrl', () => {
	it.each([
		[['https://x/api/', '/v2/', 'bills'], 'https://x/api/v2/bills'],
		[['https://x//', '//bills//'], 'https://x/bills'],
		[['https://x', 'a%2Fb', 'items'], 'https://x/a%2Fb/items'],
		[['https://x', ''], 'https://x'],
		[['https://x'], 'https://x'],
	])('%j is %s', ([base, ...parts], expected) => {
		expect(joinUrl(base!, ...parts)).toBe(expected);
	});
});

describe('withQuery', () => {
	it('keeps order and names, and encodes values once', () => {
		const url = withQuery('https://x/bills', [
			['@type', 'CustomerBillOracle'],
			['$filter', 'a b'],
			['billDate.gt', '2020-01-01T04:00:27+01:00'],
			['id', '0.0.0.1+-bill+1'],
			['billNo.like', 'B1%'],
			['customer.name', 'ACME & Co = ü'],
			['empty', ''],
			['id', 'again'],
		]);
		expect(url).toBe(
			'https://x/bills?@type=CustomerBillOracle&$filter=a%20b&billDate.gt=2020-01-01T04%3A00%3A27%2B01%3A00' +
				'&id=0.0.0.1%2B-bill%2B1&billNo.like=B1%25&customer.name=ACME%20%26%20Co%20%3D%20%C3%BC&empty=&id=again',
		);
	});

	it('leaves an address without query alone', () => {
		expect(withQuery('https://x/bills', [])).toBe('https://x/bills');
	});

	it('can encode by name, for servers that want a bare plus', () => {
		const encode = (value: string, name: string): string =>
			name === 'id' ? encodeURIComponent(value).replace(/%2B/g, '+') : encodeURIComponent(value);
		expect(
			withQuery(
				'https://x',
				[
					['id', 'a+b'],
					['date', 'a+b'],
				],
				encode,
			),
		).toBe('https://x?id=a+b&date=a%2Bb');
	});

	it('values come back as they went in', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(ids, ids)), (pairs) => {
				expect([...new URL(withQuery('https://x/', pairs)).searchParams]).toEqual(pairs);
			}),
		);
	});

	it('refuses what cannot be encoded, naming the parameter', async () => {
		const error = await billingError(() => withQuery('https://x', [['billNo', '\udc00']]));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'billNo' });
	});
});

describe('checkedBaseUrl', () => {
	it.each([
		['https://api.example.com', 'https://api.example.com'],
		['https://API.example.com:443/billing/v1/', 'https://api.example.com/billing/v1'],
		[' http://127.0.0.1:4010/lumen// ', 'http://127.0.0.1:4010/lumen'],
	])('%s is %s', (value, expected) => {
		expect(checkedBaseUrl(value)).toBe(expected);
	});

	it.each([
		['api.example.com', 'is not a URL'],
		['', 'is not a URL'],
		['ftp://x', 'must start with https://'],
		['file:///etc', 'must start with https://'],
		['https://user@x', 'user name'],
		['https://:secret@x', 'user name'],
		['https://x/?key=secret', 'query'],
		['https://x/?', 'query'],
		['https://x/#a', 'fragment'],
		['https://x/#', 'fragment'],
	])('refuses %j, without quoting it', async (value, why) => {
		const error = await billingError(() => checkedBaseUrl(value));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'baseUrl' });
		expect(error.message).toContain(why);
		expect(error.message).not.toContain('secret');
	});
});
