/** How a figure grows with size: the exponent of the power law nearest to two sizes or more, and a word for it. */

export interface Point {
	readonly size: number;
	readonly figure: number;
}

/** At most these: a shared machine's noise alone bends a flat curve by some tenths between two sizes. */
export const THRESHOLDS = { flat: 0.2, linear: 1.1 };

/**
 * The slope of the straight line nearest to all points on logarithmic scales. 0: not at all; 1: as fast as the size; 2:
 * with its square. Null for less than two sizes, and where a figure is nothing.
 */
export function exponentOf(points: readonly Point[]): number | null {
	if (points.some(({ figure }) => figure <= 0)) return null;
	const logs = points.map(({ size, figure }) => ({ x: Math.log(size), y: Math.log(figure) }));
	const [x, y] = [mean(logs.map((log) => log.x)), mean(logs.map((log) => log.y))];
	const spread = mean(logs.map((log) => (log.x - x) ** 2));
	return spread > 0 ? mean(logs.map((log) => (log.x - x) * (log.y - y))) / spread : null;
}

/** @param exponent null: not known */
export function wordFor(exponent: number | null): string {
	if (exponent === null) return '-';
	if (exponent <= THRESHOLDS.flat) return 'flat';
	return exponent <= THRESHOLDS.linear ? 'linear or better' : 'faster than linear';
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
