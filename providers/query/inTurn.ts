/** Work on a list, a few at a time, with the results in the list's order. */
import { unwatched } from './byKey';

/**
 * Works on the next `atOnce` items while earlier results are used.
 * Nothing more is started once the consumer stops, or once a result that is due has failed.
 */
export async function* inTurn<T, R>(
	items: readonly T[],
	atOnce: number,
	work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
	const waiting = items.values();
	const running: Promise<R>[] = [];
	const fill = (): void => {
		while (running.length < atOnce) {
			const next = waiting.next();
			if (next.done === true) return;
			running.push(unwatched(work(next.value)));
		}
	};
	fill();
	for (let due = running.shift(); due !== undefined; due = running.shift()) {
		yield await due;
		fill();
	}
}
