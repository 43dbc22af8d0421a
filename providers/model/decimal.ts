/** Exact decimals as canonical text, the only form in which an amount travels through this project. */
import Big from 'big.js';

/**
 * A finite decimal in canonical text: no exponent, no leading `+`, no needless zeros, never `-0`.
 * `25.90` in a provider's JSON is `25.9` here; equality of text is therefore equality of value.
 */
export type Decimal = string & { readonly __brand: 'Decimal' };

export const ZERO = '0' as Decimal;

/** Characters. A double ends at 309 digits; the product of two numbers without a limit would take a carrier's answer minutes. */
export const LONGEST_NUMBER = 400;

const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const NUMERIC = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/**
 * Reads a JSON number or a numeric string as an exact decimal.
 *
 * A JavaScript number is accepted because JSON text with at most 15 significant digits survives the trip through a
 * double unchanged; longer ones reach this function as text (see `transport/json.ts`).
 *
 * @returns null when the value is not a finite decimal of at most `LONGEST_NUMBER` characters; never rounds.
 */
export function toDecimal(value: unknown): Decimal | null {
	if (typeof value === 'number') {
		return Number.isFinite(value) ? canonical(String(value)) : null;
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	if (text.length > LONGEST_NUMBER || !NUMERIC.test(text)) return null;
	const decimal = canonical(text);
	// An exponent writes more digits than it has.
	return decimal.length > LONGEST_NUMBER ? null : decimal;
}

function canonical(text: string): Decimal {
	// What providers write is canonical but for a trailing zero: a Big is made only where it is not (a fifth of mapping's time).
	if (CANONICAL.test(text)) return text === '-0' ? ZERO : (text as Decimal);
	return new Big(text.replace(/^\+/, '')).toFixed() as Decimal;
}

/**
 * An exact sum in the making, in whole units of the smallest decimal place so far. Added up one by one as texts through
 * big.js, the three amounts of 100,000 rates took a second and 600 MB of garbage.
 */
export class DecimalSum {
	private units = 0n;
	private places = 0;

	add(value: Decimal): this {
		const point = value.indexOf('.');
		const places = point < 0 ? 0 : value.length - point - 1;
		const units = BigInt(point < 0 ? value : value.slice(0, point) + value.slice(point + 1));
		if (places > this.places) {
			this.units = shifted(this.units, places - this.places);
			this.places = places;
		}
		this.units += shifted(units, this.places - places);
		return this;
	}

	/** `0` where nothing was added. */
	total(): Decimal {
		const { units, places } = this;
		const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
		const point = digits.length - places;
		let end = digits.length;
		while (end > point && digits[end - 1] === '0') end -= 1;
		const fraction = digits.slice(point, end);
		return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}` as Decimal;
	}
}

function shifted(units: bigint, places: number): bigint {
	return places === 0 ? units : units * 10n ** BigInt(places);
}

/** Exact sum; an empty list is `0`. */
export function sumDecimals(values: readonly Decimal[]): Decimal {
	const sum = new DecimalSum();
	for (const value of values) sum.add(value);
	return sum.total();
}

/** Exact difference `left - right`. */
export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
	return new DecimalSum().add(left).add(negateDecimal(right)).total();
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
