/** One page out of many sources, each in order: a k-way merge that reads no page before it is needed. */
import type { MergedPlace } from './cursor';
import { Heap } from './heap';
import type { Placed, Source } from './source';

export interface MergedPage<T> {
	readonly items: readonly Placed<T>[];
	readonly hasNextPage: boolean;
}

interface Head<T> {
	readonly placed: Placed<T>;
	readonly source: Source<T>;
}

/** The first `first` items of all sources together. Sources that fail are left out; see their reports. */
export async function mergePage<T>(
	sources: readonly Source<T>[],
	compare: (left: MergedPlace, right: MergedPlace) => number,
	first: number,
): Promise<MergedPage<T>> {
	const heads = new Heap<Head<T>>((left, right) => compare(left.placed.place, right.placed.place));
	const items: Placed<T>[] = [];
	// A source whose head was taken is asked for its next item only when that is needed to go on.
	let waiting: readonly Source<T>[] = sources;
	for (;;) {
		if (items.length >= first && heads.size > 0) return { items, hasNextPage: true };
		for (const head of await Promise.all(waiting.map(headOf))) if (head !== null) heads.push(head);
		if (items.length >= first) return { items, hasNextPage: heads.size > 0 };
		const head = heads.pop();
		if (head === undefined) return { items, hasNextPage: false };
		items.push(head.placed);
		waiting = [head.source];
	}
}

async function headOf<T>(source: Source<T>): Promise<Head<T> | null> {
	const placed = await source.next();
	return placed === null ? null : { placed, source };
}
