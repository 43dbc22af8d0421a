/** Another begins each round: what comes after a pause, or after all others, is not always the same one. */
export function rotated<T>(list: readonly T[], by: number): readonly T[] {
	const start = list.length === 0 ? 0 : by % list.length;
	return [...list.slice(start), ...list.slice(0, start)];
}
