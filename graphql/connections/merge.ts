/** One order out of many sources, each in order: a k-way merge that reads no page before it is needed. */
import type { MergedPlace } from './cursor';
import { Heap } from './heap';
import type { ItemSource, Placed } from './source';

type Ordered<T> = Pick<ItemSource<T>, 'next'>;

interface Head<T> {
	readonly placed: Placed<T>;
	readonly source: Ordered<T>;
}

/** All sources as one. Sources that fail are left out; see their reports. */
export class MergedOrder<T> {
	private readonly heads: Heap<Head<T>>;
	/** A source whose head was taken is asked for its next item only when that is needed to go on. */
	private waiting: readonly Ordered<T>[];

	constructor(sources: readonly Ordered<T>[], compare: (left: MergedPlace, right: MergedPlace) => number) {
		this.heads = new Heap((left, right) => compare(left.placed.place, right.placed.place));
		this.waiting = sources;
	}

	/** Null at the end. */
	async next(): Promise<Placed<T> | null> {
		await this.fill();
		const head = this.heads.pop();
		if (head === undefined) return null;
		this.waiting = [head.source];
		return head.placed;
	}

	async hasNext(): Promise<boolean> {
		if (this.heads.size === 0) await this.fill();
		return this.heads.size > 0;
	}

	/** The next items, at most `count`. */
	async take(count: number): Promise<readonly Placed<T>[]> {
		const items: Placed<T>[] = [];
		while (items.length < count) {
			const next = await this.next();
			if (next === null) break;
			items.push(next);
		}
		return items;
	}

	private async fill(): Promise<void> {
		const { waiting } = this;
		this.waiting = [];
		for (const head of await Promise.all(waiting.map(headOf))) if (head !== null) this.heads.push(head);
	}
}

async function headOf<T>(source: Ordered<T>): Promise<Head<T> | null> {
	const placed = await source.next();
	return placed === null ? null : { placed, source };
}
