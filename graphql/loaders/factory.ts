/** The two kinds of loader: `bulk` for what a provider gives many at a time, `single` for what it gives one by one. */
import DataLoader from 'dataloader';

import type { ByKey } from '../../providers/connector';
import { type LocalId, type LocalKey, keyOf } from '../../providers/model/identity';

/** Each thing is asked for once a request, however often it is loaded. */
export interface Loader<Id extends LocalId, T> {
	load(id: Id): Promise<T>;
	/** What is known already need not be asked for. */
	remember(id: Id, value: T): void;
}

/**
 * DataLoader hands out a batch's results all at once, so the slowest key would hold the others. Its values are therefore
 * boxes, there as soon as the requests are under way; the promise inside settles when its own key does.
 */
interface Box<T> {
	readonly settled: Promise<T>;
}

/** All keys of a tick in one call of `work`. */
export function bulk<Id extends LocalId, T>(work: (ids: readonly Id[]) => ByKey<T>): Loader<Id, T> {
	const boxes = new DataLoader<Id, Box<T>, LocalKey>(
		async (ids) => {
			const results = work(ids);
			return ids.map((id) => ({ settled: results.get(keyOf(id)) ?? forgotten(id) }));
		},
		{ cacheKeyFn: keyOf },
	);
	return loaderOf(boxes);
}

/** One call of `work` a key, at once: there is nothing to wait for. */
export function single<Id extends LocalId, T>(work: (id: Id) => Promise<T>): Loader<Id, T> {
	const boxes = new DataLoader<Id, Box<T>, LocalKey>(async (ids) => ids.map((id) => ({ settled: work(id) })), {
		cacheKeyFn: keyOf,
		batch: false,
	});
	return loaderOf(boxes);
}

function loaderOf<Id extends LocalId, T>(boxes: DataLoader<Id, Box<T>, LocalKey>): Loader<Id, T> {
	return {
		load: async (id) => (await boxes.load(id)).settled,
		remember: (id, value) => void boxes.prime(id, { settled: Promise.resolve(value) }),
	};
}

function forgotten({ remoteId }: LocalId): Promise<never> {
	return Promise.reject(new Error(`A connector gave no result for "${remoteId}", which it was asked for`));
}
