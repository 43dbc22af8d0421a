/** Numbers and dates as reports write them: found out, or not guessed. */
import fc from 'fast-check';

import { findDateOrder, readDate } from '../../../providers/orangeBusiness/dateFormat';
import { findDecimalSign, readNumber } from '../../../providers/orangeBusiness/numberFormat';

describe('the decimal sign of a column', () => {
	it.each<[string[], object]>([
		[['1.234,56'], { kind: 'FOUND', sign: ',' }],
		[['1,234.56'], { kind: 'FOUND', sign: '.' }],
		[['12,5'], { kind: 'FOUND', sign: ',' }],
		[['12.50'], { kind: 'FOUND', sign: '.' }],
		[['1,234', '12,5'], { kind: 'FOUND', sign: ',' }],
		[['1.234', '7,25'], { kind: 'FOUND', sign: ',' }],
		[['1,234', '7.25'], { kind: 'FOUND', sign: '.' }],
		[['1,234,567'], { kind: 'FOUND', sign: '.' }],
		[['0,123'], { kind: 'FOUND', sign: ',' }],
		[['1234,567'], { kind: 'FOUND', sign: ',' }],
		[['1.0845'], { kind: 'FOUND', sign: '.' }],
		[["1'234,50"], { kind: 'FOUND', sign: ',' }],
		[['12', '7', '', 'n/a'], { kind: 'NOT_NEEDED' }],
		[['1,234'], { kind: 'AMBIGUOUS', sample: '1,234' }],
		[['12', '-1.234 '], { kind: 'AMBIGUOUS', sample: '-1.234' }],
		[['1,5', '2.5'], { kind: 'CONTRADICTORY', samples: ['1,5', '2.5'] }],
	])('%j: %j', (values, found) => expect(findDecimalSign(values)).toEqual(found));
});

describe('a number', () => {
	it.each<[string, ',' | '.', string | null]>([
		['1.234,56', ',', '1234.56'],
		['1 234,56', ',', '1234.56'],
		['1\u00a0234\u202f567,5', ',', '1234567.5'],
		['1’234.50', '.', '1234.5'],
		['-12,50', ',', '-12.5'],
		['12,50-', ',', '-12.5'],
		['(12,50)', ',', '-12.5'],
		['\u221212.50', '.', '-12.5'],
		['+3', '.', '3'],
		['20 %', '.', '20'],
		['0', ',', '0'],
		[',5', ',', '0.5'],
		['1,234', '.', '1234'],
		['1,234', ',', '1.234'],
		['1,25', '.', null],
		['12,34,567', '.', null],
		['1234,567.1', '.', null],
		[',567.1', '.', null],
		['1.2.3', '.', null],
		['n/a', '.', null],
		['', '.', null],
		['-', '.', null],
	])('%j with the sign %s is %j', (text, sign, value) => expect(readNumber(text, sign)).toBe(value));

	it('written with either sign, with or without thousands, is read back to the last digit', () => {
		fc.assert(
			fc.property(
				fc.bigInt({ min: 0n, max: 10n ** 15n }),
				fc.stringMatching(/^\d{0,4}$/),
				fc.constantFrom(',' as const, '.' as const),
				fc.constantFrom('', ' ', '\u00a0', "'", 'other'),
				(whole, fraction, sign, parting) => {
					const thousands = parting === 'other' ? (sign === ',' ? '.' : ',') : parting;
					const grouped = whole.toString().replace(/\B(?=(\d{3})+$)/g, thousands);
					const text = fraction === '' ? grouped : `${grouped}${sign}${fraction}`;
					const significant = fraction.replace(/0+$/, '');
					expect(readNumber(text, sign)).toBe(`${whole}${significant === '' ? '' : `.${significant}`}`);
				},
			),
		);
	});
});

describe('the order of dates in a file', () => {
	it.each<[string[], object]>([
		[['31/01/2026', '01/02/2026'], { kind: 'FOUND', order: 'DAY_FIRST' }],
		[['01/31/2026', '01/02/2026'], { kind: 'FOUND', order: 'MONTH_FIRST' }],
		[['31.01.2026'], { kind: 'FOUND', order: 'DAY_FIRST' }],
		[['03/03/2026', '2026-01-02', '', '5 Jan 2026'], { kind: 'NOT_NEEDED' }],
		[['01/02/2026'], { kind: 'AMBIGUOUS', sample: '01/02/2026' }],
		[['31/01/2026', '01/31/2026'], { kind: 'CONTRADICTORY', samples: ['31/01/2026', '01/31/2026'] }],
		[['13/13/2026', '32/01/2026'], { kind: 'NOT_NEEDED' }],
	])('%j: %j', (values, found) => expect(findDateOrder(values)).toEqual(found));
});

describe('a date', () => {
	it.each<[string, 'DAY_FIRST' | 'MONTH_FIRST', string | null]>([
		['2026-01-31', 'DAY_FIRST', '2026-01-31'],
		['20260131', 'DAY_FIRST', '2026-01-31'],
		['2026/1/31', 'MONTH_FIRST', '2026-01-31'],
		['1/2/2026', 'DAY_FIRST', '2026-02-01'],
		['1/2/2026', 'MONTH_FIRST', '2026-01-02'],
		['31-01-2026 10:30', 'DAY_FIRST', '2026-01-31'],
		['31-Jan-2026', 'MONTH_FIRST', '2026-01-31'],
		['5 September 2026', 'DAY_FIRST', '2026-09-05'],
		['5 Foo 2026', 'DAY_FIRST', null],
		['31/02/2026', 'DAY_FIRST', null],
		['31/01.2026', 'DAY_FIRST', null],
		['01/02/26', 'DAY_FIRST', null],
		['', 'DAY_FIRST', null],
	])('%j, %s, is %j', (text, order, date) => expect(readDate(text, order)).toBe(date));
});
