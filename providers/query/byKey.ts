/** Maps in which every key settles on its own. */
import type { ByKey } from '../connector';
import { type LocalId, type LocalKey, keyOf } from '../model/identity';

/** One piece of work a key; keys asked for twice are done once. */
export function forEachKey<Id extends LocalId, T>(ids: readonly Id[], work: (id: Id) => Promise<T>): ByKey<T> {
	const results = new Map<LocalKey, Promise<T>>();
	for (const id of ids) {
		const key = keyOf(id);
		// Inside a promise, so that work which fails before its first await fails its own key only.
		if (!results.has(key)) results.set(key, unwatched(new Promise((settle) => settle(work(id)))));
	}
	return results;
}

/** Several keys answered by shared work, for instance one list request; `missing` says what a key not found in it rejects with. */
export function fromSharedWork<Id extends LocalId, T>(
	ids: readonly Id[],
	work: Promise<ReadonlyMap<LocalKey, T>>,
	missing: (id: Id) => Error,
): ByKey<T> {
	return forEachKey(ids, async (id) => {
		const found = (await work).get(keyOf(id));
		if (found === undefined) throw missing(id);
		return found;
	});
}

/** A promise that may be rejected before anyone looks at it, without being reported as unhandled. */
export function unwatched<T>(promise: Promise<T>): Promise<T> {
	promise.catch(() => undefined);
	return promise;
}
