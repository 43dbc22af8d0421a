import * as fc from 'fast-check';

import { BillingError, type ErrorKind, ERROR_KINDS } from '../../../providers/transport/errors';
import { DEFAULT_RETRY, NO_RETRY, pauseBefore, retryAfterMillis } from '../../../providers/transport/retry';

const error = (kind: ErrorKind, retryAfterMs?: number): BillingError =>
	new BillingError({ kind, message: 'no', retryAfterMs });
const DOWN = error('UNAVAILABLE');

describe('pauseBefore', () => {
	it('doubles, with jitter between half and whole, up to the longest', () => {
		expect([1, 2, 3].map((attempt) => pauseBefore(attempt, DOWN, DEFAULT_RETRY, 0))).toEqual([250, 500, 1_000]);
		expect(pauseBefore(2, DOWN, DEFAULT_RETRY, 0.5)).toBe(750);
		const patient = { ...DEFAULT_RETRY, attempts: 100 };
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 99 }),
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				(attempt, random) => {
					const pause = pauseBefore(attempt, DOWN, patient, random)!;
					const whole = Math.min(8_000, 500 * 2 ** (attempt - 1));
					expect(pause).toBeGreaterThanOrEqual(whole / 2);
					expect(pause).toBeLessThanOrEqual(whole);
				},
			),
		);
	});

	it('gives up after the last attempt', () => {
		expect(pauseBefore(4, DOWN, DEFAULT_RETRY, 0)).toBeNull();
		expect(pauseBefore(1, DOWN, NO_RETRY, 0)).toBeNull();
	});

	it('waits for what may pass, and for nothing else', () => {
		const retried = ERROR_KINDS.filter((kind) => pauseBefore(1, error(kind), DEFAULT_RETRY, 0) !== null);
		expect(retried).toEqual(['RATE_LIMITED', 'TIMEOUT', 'UNAVAILABLE']);
		const said = new BillingError({ kind: 'UNAVAILABLE', message: 'Invalid CurrencyCode', retryable: false });
		expect(pauseBefore(1, said, DEFAULT_RETRY, 0)).toBeNull();
	});

	it('waits as long as the provider asks, unless that is too long', () => {
		expect(pauseBefore(1, error('RATE_LIMITED', 7_000), DEFAULT_RETRY, 0)).toBe(7_000);
		expect(pauseBefore(1, error('RATE_LIMITED', 0), DEFAULT_RETRY, 0)).toBe(250);
		expect(pauseBefore(1, error('RATE_LIMITED', 30_000), DEFAULT_RETRY, 0)).toBe(30_000);
		expect(pauseBefore(1, error('RATE_LIMITED', 30_001), DEFAULT_RETRY, 0)).toBeNull();
	});
});

describe('retryAfterMillis', () => {
	const NOW = Date.parse('2026-02-01T00:00:00Z');
	it.each([
		['120', 120_000],
		[' 0 ', 0],
		['1.5', 1_500],
		['Sun, 01 Feb 2026 00:00:10 GMT', 10_000],
		['Sunday, 01-Feb-26 00:00:10 GMT', 10_000],
		['Sat, 31 Jan 2026 00:00:00 GMT', 0],
		['-5', null],
		['3, 5', null],
		['soon 9999', null],
		['Sometime, perhaps GMT', null],
		['2026-02-01T00:00:10Z', null],
		['', null],
		[undefined, null],
	])('%p is %p', (header, expected) => {
		expect(retryAfterMillis(header, NOW)).toBe(expected);
	});
});
