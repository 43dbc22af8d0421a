/** One order out of many sources, each in order: a k-way merge that reads no page before it is needed. */
import type { MergedPlace } from './cursor';
import { Heap } from './heap';
import type { ItemSource, MaybeLater, Placed } from './source';

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
	next(): MaybeLater<Placed<T> | null> {
		const filling = this.fill();
		return filling === null ? this.pop() : filling.then(() => this.pop());
	}

	async hasNext(): Promise<boolean> {
		if (this.heads.size === 0) await this.fill();
		return this.heads.size > 0;
	}

	/** The next items, at most `count`. */
	async take(count: number): Promise<readonly Placed<T>[]> {
		const items: Placed<T>[] = [];
		while (items.length < count) {
			const coming = this.next();
			const next = coming instanceof Promise ? await coming : coming;
			if (next === null) break;
			items.push(next);
		}
		return items;
	}

	private pop(): Placed<T> | null {
		const head = this.heads.pop();
		if (head === undefined) return null;
		this.waiting = [head.source];
		return head.placed;
	}

	/** Null where nothing has to be waited for. */
	private fill(): Promise<unknown> | null {
		const { waiting } = this;
		this.waiting = [];
		const coming = waiting.flatMap((source) => this.ask(source) ?? []);
		return coming.length === 0 ? null : Promise.all(coming);
	}

	/** Null where the source had its next item already. */
	private ask(source: Ordered<T>): Promise<void> | null {
		const next = source.next();
		if (next instanceof Promise) return next.then((placed) => this.push(placed, source));
		this.push(next, source);
		return null;
	}

	private push(placed: Placed<T> | null, source: Ordered<T>): void {
		if (placed !== null) this.heads.push({ placed, source });
	}
}
