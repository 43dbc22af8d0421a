/** Things by key before a connector: what is kept is handed out, what is being fetched is waited for, the rest is asked for together. */
import type { ByKey, WalkOptions } from '../../providers/connector';
import { type LocalId, type LocalKey, keyOf } from '../../providers/model/identity';
import { forEachKey, unwatched } from '../../providers/query/byKey';

export interface KeyedReading<Id extends LocalId, T> {
	/** Names a thing among everything that is cached. */
	readonly nameOf: (id: Id) => string;
	readonly look: (name: string) => Promise<T | undefined>;
	readonly keep: (name: string, value: T) => Promise<void>;
	readonly fetch: (ids: readonly Id[], options: WalkOptions) => ByKey<T>;
}

export class KeyedCache {
	private readonly underWay = new Map<string, Promise<unknown>>();

	/** Missing keys go to the connector in one call, so that it can batch them. */
	read<Id extends LocalId, T>(ids: readonly Id[], reading: KeyedReading<Id, T>, options: WalkOptions): ByKey<T> {
		const kept = new Map<LocalKey, T>();
		const missing: Id[] = [];
		const looked = Promise.all(
			[...new Map(ids.map((id) => [keyOf(id), id])).values()].map(async (id) => {
				const value = await reading.look(reading.nameOf(id));
				if (value === undefined) missing.push(id);
				else kept.set(keyOf(id), value);
			}),
		);
		const fetched = looked.then(() => {
			const wanted = missing.filter((id) => !this.underWay.has(reading.nameOf(id)));
			return this.fetch(wanted, reading, options);
		});
		return forEachKey(ids, async (id) => {
			const own = await fetched;
			return kept.get(keyOf(id)) ?? own.get(keyOf(id)) ?? this.joined(id, reading, options);
		});
	}

	/** What another request is fetching; but what failed for that one, which may have been allowed less, is tried again. */
	private async joined<Id extends LocalId, T>(id: Id, reading: KeyedReading<Id, T>, options: WalkOptions): Promise<T> {
		const name = reading.nameOf(id);
		const flight = this.underWay.get(name);
		try {
			const found = flight === undefined ? await reading.look(name) : ((await flight) as T);
			if (found !== undefined) return found;
		} catch {
			options.signal?.throwIfAborted();
		}
		const again = this.fetch([id], reading, options).get(keyOf(id));
		if (again === undefined) throw new Error('A connector gave no result for a key that it was asked for');
		return again;
	}

	/** Asks the connector whatever is kept, and keeps what it gives. */
	fetch<Id extends LocalId, T>(ids: readonly Id[], reading: KeyedReading<Id, T>, options: WalkOptions): ByKey<T> {
		if (ids.length === 0) return new Map();
		const results = reading.fetch(ids, options);
		for (const id of ids) {
			const result = results.get(keyOf(id));
			if (result !== undefined) this.follow(reading.nameOf(id), result, reading);
		}
		return results;
	}

	private follow<Id extends LocalId, T>(name: string, result: Promise<T>, { keep }: KeyedReading<Id, T>): void {
		this.underWay.set(name, result);
		const landed = (): void => {
			if (this.underWay.get(name) === result) this.underWay.delete(name);
		};
		unwatched(result.then((value) => keep(name, value))).then(landed, landed);
	}
}
