import Big from 'big.js';
import * as fc from 'fast-check';

import {
	LONGEST_NUMBER,
	type Decimal,
	ZERO,
	compareDecimals,
	isNegative,
	multiplyDecimals,
	negateDecimal,
	absoluteDecimal,
	subtractDecimals,
	sumDecimals,
	toDecimal,
} from '../../../providers/model/decimal';

const CANONICAL = /^(?:0|-?(?:[1-9]\d*|0)(?:\.\d*[1-9])?)$/;

/** A decimal as providers write them: up to 18 digits, a point anywhere, needless zeros, perhaps a sign. */
const written = fc
	.record({
		sign: fc.constantFrom('', '-', '+'),
		whole: fc.stringMatching(/^\d{1,18}$/),
		fraction: fc.option(fc.stringMatching(/^\d{0,18}$/), { nil: null }),
		exponent: fc.option(fc.integer({ min: -20, max: 20 }), { nil: null }),
	})
	.map(
		({ sign, whole, fraction, exponent }) =>
			`${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`,
	);
const decimals = written.map((text) => toDecimal(text)!);

/** The value as a whole number of 10^-60, by digits alone: a reference that shares nothing with big.js. */
function scaled(text: string): bigint {
	const [, sign = '', whole = '', fraction = '', exponent = '0'] =
		/^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
	const digits = BigInt(`${whole}${fraction}`) * 10n ** BigInt(60 + Number(exponent) - fraction.length);
	return sign === '-' ? -digits : digits;
}

describe('toDecimal', () => {
	it.each([
		[25.9, '25.9'],
		['25.90', '25.9'],
		['0025', '25'],
		['+5', '5'],
		['+0.50', '0.5'],
		['5.', '5'],
		['.5', '0.5'],
		['-.5', '-0.5'],
		[' 12.00\n', '12'],
		[0, '0'],
		[-0, '0'],
		['-0', '0'],
		['-0.000', '0'],
		['-0e5', '0'],
		['+0', '0'],
		[1e21, '1000000000000000000000'],
		[1e-7, '0.0000001'],
		['1.5E3', '1500'],
		['12e-1', '1.2'],
		['123456789012345.678', '123456789012345.678'],
		['-123456789012345678', '-123456789012345678'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
	])('reads %p as %s', (value, expected) => {
		expect(toDecimal(value)).toBe(expected);
	});

	it.each([
		...[Number.NaN, Infinity, -Infinity, null, undefined, true, {}, [], [1], 10n],
		...[
			'',
			' ',
			'.',
			'-',
			'+',
			'e5',
			'1e',
			'1e1000',
			'1,5',
			'1 000',
			'1.2.3',
			'0x10',
			'--1',
			'+-1',
			'NaN',
			'Infinity',
			'€5',
			'５',
		],
	])('does not read %p', (value) => {
		expect(toDecimal(value)).toBeNull();
	});

	it.each([
		['digits', '7'.repeat(LONGEST_NUMBER), '7'.repeat(LONGEST_NUMBER + 1)],
		['places', `0.${'7'.repeat(LONGEST_NUMBER - 2)}`, `0.${'7'.repeat(LONGEST_NUMBER - 1)}`],
		['an exponent', `1e${LONGEST_NUMBER - 1}`, `1e${LONGEST_NUMBER}`],
	])('reads %s up to the longest number, and nothing longer', (_what, longest, tooLong) => {
		expect(toDecimal(longest)).toHaveLength(LONGEST_NUMBER);
		expect(toDecimal(toDecimal(longest))).toBe(toDecimal(longest));
		expect(toDecimal(tooLong)).toBeNull();
	});

	it('keeps every digit, and writes equal values alike', () => {
		fc.assert(
			fc.property(written, (text) => {
				const decimal = toDecimal(text)!;
				expect(decimal).toMatch(CANONICAL);
				expect(scaled(decimal)).toBe(scaled(text));
				expect(toDecimal(decimal)).toBe(decimal);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('a JSON number of at most 15 significant digits survives being a float', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }),
				fc.integer({ min: 0, max: 12 }),
				(digits, scale) => {
					const exact = new Big(digits).div(new Big(10).pow(scale)).toFixed(scale);
					expect(toDecimal(JSON.parse(exact.replace(/^-0*\.?0*$/, '0')))).toBe(toDecimal(exact));
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.stringMatching(/^[0-9+\-.eE ]*$/)), (value) => {
				const decimal = toDecimal(value);
				if (decimal !== null) expect(decimal).toMatch(CANONICAL);
			}),
		);
	});
});

describe('arithmetic agrees with whole numbers', () => {
	const check = (expected: (a: bigint, b: bigint) => bigint, actual: (a: Decimal, b: Decimal) => Decimal, scale = 0n) =>
		fc.assert(
			fc.property(decimals, decimals, (left, right) => {
				const result = actual(left, right);
				expect(result).toMatch(CANONICAL);
				expect(scaled(result) * 10n ** scale).toBe(expected(scaled(left), scaled(right)));
			}),
		);

	it('sum', () =>
		check(
			(a, b) => a + b,
			(a, b) => sumDecimals([a, b]),
		));
	it('difference', () => check((a, b) => a - b, subtractDecimals));
	it('size', () => check((a) => (a < 0n ? -a : a), absoluteDecimal));
	it('sign change', () => check((a) => -a, negateDecimal));

	it('product, not rounded', () => {
		fc.assert(
			fc.property(decimals, decimals, (left, right) => {
				const product = multiplyDecimals(left, right);
				expect(product).toMatch(CANONICAL);
				expect(new Big(product).eq(new Big(left).times(right))).toBe(true);
			}),
		);
		expect(multiplyDecimals('0.333333333333333333' as Decimal, '0.000000000000000003' as Decimal)).toBe(
			'0.000000000000000000999999999999999999',
		);
	});

	it('order', () => {
		fc.assert(
			fc.property(decimals, decimals, (left, right) => {
				const [a, b] = [scaled(left), scaled(right)];
				expect(compareDecimals(left, right)).toBe(a < b ? -1 : a > b ? 1 : 0);
				expect(isNegative(left)).toBe(a < 0n);
				expect(left === right).toBe(a === b);
			}),
		);
	});

	it('the sum of nothing is zero, and ten cents ten times are one', () => {
		expect(sumDecimals([])).toBe(ZERO);
		expect(sumDecimals(Array<Decimal>(10).fill('0.1' as Decimal))).toBe('1');
		expect(sumDecimals(['0.1', '0.2', '-0.3'] as Decimal[])).toBe('0');
		expect(negateDecimal(ZERO)).toBe('0');
	});
});
