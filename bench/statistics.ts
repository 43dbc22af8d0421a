/** Medians and spreads: a shared machine's noise is shown, not averaged away. */

export interface Spread {
	readonly median: number;
	readonly least: number;
	readonly most: number;
}

/** @throws RangeError for an empty list */
export function spreadOf(values: readonly number[]): Spread {
	return { median: percentile(values, 50), least: percentile(values, 0), most: percentile(values, 100) };
}

/** Nearest rank; `share` from 0 to 100. @throws RangeError for an empty list */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((left, right) => left - right);
	const middle = sorted.length / 2;
	const found =
		share === 50 && Number.isInteger(middle)
			? ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
			: sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)];
	if (found === undefined || Number.isNaN(found)) throw new RangeError('Nothing was measured');
	return found;
}
