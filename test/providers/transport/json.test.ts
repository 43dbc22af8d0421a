import * as fc from 'fast-check';
import { parse as parseLossless } from 'lossless-json';

import { toDecimal } from '../../../providers/model/decimal';
import { parseJson } from '../../../providers/transport/json';
import { billingError } from '../support/errors';

/** Makes the parser take the exact path. */
const withLongNumber = (text: string): string => `[${text},12345678901234567890]`;

const REFUSED = Symbol('refused');

function outcome(read: () => unknown): unknown {
	try {
		return read();
	} catch {
		return REFUSED;
	}
}

/** Every number as its text where a double does not write it the same, or hardly holds it. */
function exactly(text: string): unknown {
	return parseLossless(text, undefined, {
		parseNumber: (written) => {
			const digits = written
				.replace(/e.*$/i, '')
				.replace(/[-.]/g, '')
				.replace(/^0+|0+$/g, '');
			const exponent = Number(/e([+-]?\d+)$/i.exec(written)?.[1] ?? 0);
			return digits.length <= 15 && Math.abs(exponent) < 250 ? Number(written) : written;
		},
		onDuplicateKey: ({ newValue }) => newValue,
	});
}

describe('numbers', () => {
	it.each([
		['25.90', 25.9],
		['-0', -0],
		['123456789012345', 123456789012345],
		['1234567890123456', '1234567890123456'],
		['0.1234567890123456', '0.1234567890123456'],
		['123456789012345.678', '123456789012345.678'],
		['-12345678901234567.10', '-12345678901234567.10'],
		['1234567890123450000', 1234567890123450000],
		['0.00000000000000000012', 1.2e-19],
		['1.5e3', 1500],
		['1E-7', 1e-7],
		['1e400', '1e400'],
		['1e-400', '1e-400'],
		['1.2345678901234567e10', '1.2345678901234567e10'],
	])('%s comes out as %p, wherever it stands', (text, expected) => {
		expect(parseJson(text)).toBe(expected);
		for (const [before, after] of [
			['{"a":', '}'],
			['{"a": \n', ' }'],
			['[', ']'],
			['[1,', ']'],
			['[1, ', ' ]'],
		] as const) {
			expect(Object.values(parseJson(before + text + after) as object).at(-1)).toBe(expected);
		}
	});

	it('every decimal keeps its value', () => {
		const numbers = fc
			.tuple(fc.constantFrom('', '-'), fc.stringMatching(/^(0|[1-9]\d{0,20})$/), fc.stringMatching(/^(\.\d{1,20})?$/))
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(numbers, fc.constantFrom('', 'e5', 'E+3', 'e-12'), (digits, exponent) => {
				const { amount } = parseJson(`{"amount":${digits}${exponent}}`) as { amount: string | number };
				expect(toDecimal(amount)).toBe(toDecimal(`${digits}${exponent}`));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('long digits inside text are text', () => {
		expect(parseJson('{"id":"12345678901234567890, 12345678901234567890"}')).toEqual({
			id: '12345678901234567890, 12345678901234567890',
		});
	});
});

describe('both ways of reading', () => {
	it('agree with JSON.parse on everything but long numbers', () => {
		const numbers = fc.oneof(
			fc.integer(),
			fc.integer({ min: -1e6, max: 1e6 }).map((cents) => cents / 100),
		);
		const { value } = fc.letrec<{ value: unknown }>((tie) => ({
			value: fc.oneof(
				{ depthSize: 'small' },
				fc.string({ unit: 'binary' }),
				numbers,
				fc.boolean(),
				fc.constant(null),
				fc.array(tie('value')),
				fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')), tie('value')),
			),
		}));
		fc.assert(
			fc.property(value, fc.constantFrom(undefined, '\t'), (json, indent) => {
				const text = JSON.stringify(json, null, indent);
				expect(parseJson(text)).toEqual(JSON.parse(text));
				expect(parseJson(withLongNumber(text))).toEqual([JSON.parse(text), '12345678901234567890']);
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		['fast', (text: string) => text],
		['exact', (text: string) => `{"long":12345678901234567890,${text.slice(1)}`],
	])('the %s one is harmless, takes the last of two members, and skips a byte order mark', (_, made) => {
		const evil = parseJson(made('{"__proto__":{"admin":true},"constructor":{"x":1}}')) as Record<string, unknown>;
		expect(evil['admin']).toBeUndefined();
		expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
		expect(Object.keys(evil)).toContain('__proto__');
		expect(Object.getPrototypeOf(evil)).toBe(Object.prototype);
		expect(parseJson(made('{"a":1,"a":2}'))).toMatchObject({ a: 2 });
		expect(parseJson(made('{"a":1,"a":null}'))).toMatchObject({ a: null });
		expect(parseJson(`\ufeff${made('{"a":1}')}`)).toMatchObject({ a: 1 });
		expect(parseJson(made('{"a":"\\u00e4\\n\\ud83d\\ude00"}'))).toMatchObject({ a: 'ä\n😀' });
	});

	it('what is no JSON is refused, and what is one reads as another exact parser reads it', () => {
		const piece = fc.constantFrom(
			...['{', '}', '[', ']', ',', ':', ' ', '"', '"a"', '"b\\"', '\\', '-', '0', '.', 'e9', '1', 'null', '\n'],
			...['12345678901234567890', '-0.12345678901234567', '12345678901234567e-8', '"12345678901234567890"'],
		);
		const soup = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''));
		const list = soup.map((text) => `[${text},12345678901234567890]`);
		const record = soup.map((text) => `{"a":12345678901234567890,${text}}`);
		fc.assert(
			fc.property(fc.oneof(soup, list, record), (text) => {
				const isJson = outcome(() => JSON.parse(text) as unknown) !== REFUSED;
				expect(outcome(() => parseJson(text))).toEqual(isJson ? exactly(text) : REFUSED);
			}),
			{ numRuns: 5_000 },
		);
	});

	it('a long text beside a long number takes no stack', () => {
		const content = 'A\\n'.repeat(3_000_000);
		expect(parseJson(`{"content":"${content}","amount":12345678901234567890}`)).toEqual({
			content: 'A\n'.repeat(3_000_000),
			amount: '12345678901234567890',
		});
	});

	it('a large answer without long numbers is read fast', () => {
		const text = JSON.stringify(Array.from({ length: 100_000 }, (_, id) => ({ id, amount: id / 100, name: 'Line' })));
		const started = performance.now();
		expect(parseJson(text)).toHaveLength(100_000);
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});

describe('what is no JSON', () => {
	it.each([
		['', 'The answer is not complete, valid JSON'],
		['{"a":1', 'The answer is not complete, valid JSON'],
		['{"a":12345678901234567890', 'The answer is not complete, valid JSON'],
		['[12345678901234567890] trailing', 'The answer is not complete, valid JSON'],
		['["b\\"\\12345678901234567890,12345678901234567890]', 'The answer is not complete, valid JSON'],
		["{'a':1}", 'The answer is not complete, valid JSON'],
		['NaN', 'The answer is not complete, valid JSON'],
		[' <!doctype html><p>Sign in</p>', 'The answer is a web page, not JSON'],
		['['.repeat(100_000) + '12345678901234567890', 'The answer is not complete, valid JSON'],
		['['.repeat(101) + ']'.repeat(101), 'The answer is nested more than 100 levels deep'],
		['{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000), 'The answer is nested more than 100 levels deep'],
	])('%.30p is a PROTOCOL error that quotes nothing of it', async (text, message) => {
		const error = await billingError(() => parseJson(text));
		expect(error).toMatchObject({ kind: 'PROTOCOL', message });
		expect(error.hint).toContain('base URL');
		expect(JSON.stringify(error.details)).not.toContain('Sign in');
	});
});
