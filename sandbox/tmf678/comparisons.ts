/** Comparing what a filter asks for with what a bill has: exact decimals, instants, and text with `%`. */

export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

const HOLDS: Readonly<Record<Comparison, (order: number) => boolean>> = {
	eq: (order) => order === 0,
	gt: (order) => order > 0,
	gte: (order) => order >= 0,
	lt: (order) => order < 0,
	lte: (order) => order <= 0,
};

/** @param order below, at or above zero as the value is below, at or above what was asked for */
export function holds(comparison: Comparison, order: number): boolean {
	return HOLDS[comparison](order);
}

export function isDecimal(text: string): boolean {
	return /^-?\d+(\.\d+)?$/.test(text);
}

/** Compares decimal texts of any length exactly. */
export function compareDecimals(one: string, other: string): number {
	const decimals = Math.max(decimalsOf(one), decimalsOf(other));
	const difference = scaled(one, decimals) - scaled(other, decimals);
	if (difference === 0n) return 0;
	return difference < 0n ? -1 : 1;
}

function decimalsOf(text: string): number {
	const point = text.indexOf('.');
	return point === -1 ? 0 : text.length - point - 1;
}

function scaled(text: string, decimals: number): bigint {
	return BigInt(text.replace('.', '') + '0'.repeat(decimals - decimalsOf(text)));
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds of an RFC 3339 date-time; undefined for any other text. */
export function instantOf(text: string): number | undefined {
	const time = DATE_TIME.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(time) ? undefined : time;
}

/** A test for SQL's wildcard: `%` stands for any run of characters, none included; case counts. */
export function likePattern(pattern: string): RegExp {
	const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's');
}
