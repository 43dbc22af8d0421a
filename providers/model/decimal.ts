/** Exact decimals as canonical text, the only form in which an amount travels through this project. */
import Big from 'big.js';

/**
 * A finite decimal in canonical text: no exponent, no leading `+`, no needless zeros, never `-0`.
 * `25.90` in a provider's JSON is `25.9` here; equality of text is therefore equality of value.
 */
export type Decimal = string & { readonly __brand: 'Decimal' };

export const ZERO = '0' as Decimal;

const CANONICAL = /^-?(?:0|[1-9]\d{0,14})$/;
const NUMERIC = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/**
 * Reads a JSON number or a numeric string as an exact decimal.
 *
 * A JavaScript number is accepted because JSON text with at most 15 significant digits survives the trip through a
 * double unchanged; longer ones reach this function as text (see `transport/json.ts`).
 *
 * @returns null when the value is not a finite decimal; never rounds.
 */
export function toDecimal(value: unknown): Decimal | null {
	if (typeof value === 'number') {
		if (Object.is(value, -0)) return ZERO;
		return Number.isFinite(value) ? canonical(String(value)) : null;
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	return NUMERIC.test(text) ? canonical(text) : null;
}

function canonical(text: string): Decimal {
	// Whole amounts are the common case and already canonical: no Big is allocated for them.
	if (CANONICAL.test(text) && text !== '-0') return text as Decimal;
	return new Big(text.replace(/^\+/, '')).toFixed() as Decimal;
}

/** Exact sum; an empty list is `0`. */
export function sumDecimals(values: readonly Decimal[]): Decimal {
	return canonical(values.reduce((sum, value) => sum.plus(value), new Big(0)).toFixed());
}

/** Exact difference `left - right`. */
export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
	return canonical(new Big(left).minus(right).toFixed());
}

/** Exact product, for instance a quantity by a unit price; not rounded. */
export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
	return canonical(new Big(left).times(right).toFixed());
}

/** Sign change; `0` stays `0`. */
export function negateDecimal(value: Decimal): Decimal {
	if (value === '0') return value;
	return (value.startsWith('-') ? value.slice(1) : `-${value}`) as Decimal;
}

/** The amount without its sign. */
export function absoluteDecimal(value: Decimal): Decimal {
	return isNegative(value) ? negateDecimal(value) : value;
}

/** -1, 0 or 1, by numeric value. */
export function compareDecimals(left: Decimal, right: Decimal): -1 | 0 | 1 {
	return new Big(left).cmp(right);
}

export function isNegative(value: Decimal): boolean {
	return value.startsWith('-');
}
