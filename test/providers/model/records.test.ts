import * as fc from 'fast-check';

import { type Offer, availabilityOf } from '../../../providers/model/availability';
import { contentHash } from '../../../providers/model/contentHash';
import { keyOf } from '../../../providers/model/identity';
import { type JsonObject, arrayOf, isJsonObject, objectOf, textOf } from '../../../providers/model/json';

describe('reading members of what may be anything', () => {
	it.each([
		['id', 'id'],
		['', null],
		[0, '0'],
		[106861, '106861'],
		[Number.NaN, null],
		[true, null],
		[null, null],
		[undefined, null],
		[{}, null],
	])('the text of %p is %p', (value, expected) => {
		expect(textOf(value)).toBe(expected);
	});

	it('objects and lists are themselves, anything else is none', () => {
		expect(objectOf({ a: 1 })).toEqual({ a: 1 });
		for (const other of [null, undefined, [], 'text', 1]) {
			expect(objectOf(other)).toEqual({});
			expect(isJsonObject(other)).toBe(false);
		}
		expect(arrayOf([1])).toEqual([1]);
		expect(arrayOf({ length: 1 })).toBeNull();
	});
});

describe('identity', () => {
	it('scope and id make one key, and do not run into each other', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (scope, remoteId, otherScope, otherId) => {
				fc.pre(!`${scope}${remoteId}${otherScope}${otherId}`.includes('\0'));
				const same = scope === otherScope && remoteId === otherId;
				expect(keyOf({ scope, remoteId }) === keyOf({ scope: otherScope, remoteId: otherId })).toBe(same);
			}),
		);
		expect(keyOf({ scope: 'a', remoteId: 'b' })).not.toBe(keyOf({ scope: 'ab', remoteId: '' }));
	});
});

describe('availability', () => {
	const offers: Record<'total' | 'tax' | 'runType', Offer> = {
		total: 'OFFERED',
		tax: 'DERIVED',
		runType: 'NOT_OFFERED',
	};
	const notes = { derived: ['tax'] as const, notFetched: ['runType'] as const };
	const nothing = { derived: [], notFetched: [] };

	it.each([
		['total', '1', notes, 'PROVIDED'],
		['total', null, notes, 'ABSENT_ON_RECORD'],
		['total', undefined, notes, 'ABSENT_ON_RECORD'],
		['total', [], notes, 'PROVIDED'],
		['total', false, notes, 'PROVIDED'],
		['tax', '1', notes, 'DERIVED'],
		['tax', null, notes, 'ABSENT_ON_RECORD'],
		['runType', null, nothing, 'NOT_OFFERED_BY_PROVIDER'],
		['runType', null, notes, 'NOT_FETCHED'],
		['runType', 'onCycle', nothing, 'PROVIDED'],
	] as const)('%s with %p is %s', (field, value, told, expected) => {
		expect(availabilityOf(field, value, told, offers)).toBe(expected);
	});
});

describe('contentHash', () => {
	const bill: JsonObject = {
		id: '1',
		amountDue: { value: 25.9, unit: 'EUR' },
		billDocument: [{ name: 'a.pdf', url: 'https://x/1?sig=1' }],
		lastUpdate: '2026-01-01T00:00:00Z',
	};

	it('is the same whatever the order of members, their nulls, stamps and links', () => {
		const same: JsonObject = {
			lastUpdate: '2026-02-02T00:00:00Z',
			href: 'https://x',
			billDocument: [{ url: 'https://x/1?sig=2', name: 'a.pdf', size: null }],
			amountDue: { unit: 'EUR', value: 25.9, '@type': undefined },
			id: '1',
		};
		expect(contentHash(same)).toBe(contentHash(bill));
		expect(contentHash(bill)).toMatch(/^[0-9a-f]{64}$/);
	});

	it.each<[string, JsonObject]>([
		['an amount', { ...bill, amountDue: { value: 25.91, unit: 'EUR' } }],
		['a currency', { ...bill, amountDue: { value: 25.9, unit: 'USD' } }],
		['a member more', { ...bill, state: 'settled' }],
		['a list in another order', { ...bill, list: ['a', 'b'] }],
		['a document less', { ...bill, billDocument: [] }],
	])('changes with %s', (_, changed) => {
		expect(contentHash(changed)).not.toBe(contentHash(bill));
	});

	it('tells lists in different orders apart, and takes undefined for null', () => {
		expect(contentHash(['a', 'b'])).not.toBe(contentHash(['b', 'a']));
		expect(contentHash([undefined])).toBe(contentHash([null]));
		expect(contentHash({ a: '1' })).not.toBe(contentHash({ a: 1 }));
	});
});
