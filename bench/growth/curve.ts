/** How a figure grows with size: the exponent of the power law between two sizes, and over all of them. */

export interface Point {
	readonly size: number;
	readonly figure: number;
}

/** 0: not at all; 1: as fast as the size; 2: with its square. Null where one of the figures is nothing. */
function exponentBetween(one: Point, other: Point): number | null {
	if (one.figure <= 0 || other.figure <= 0 || one.size === other.size) return null;
	return Math.log(other.figure / one.figure) / Math.log(other.size / one.size);
}

/** Between each size and the next, ascending. */
export function exponents(points: readonly Point[]): readonly (number | null)[] {
	const ascending = points.toSorted((left, right) => left.size - right.size);
	return ascending.slice(1).map((point, index) => exponentBetween(ascending[index] ?? point, point));
}
