/** Ids in as few batches as fit what a provider takes at a time. */
import type { LocalId } from '../model/identity';

export interface BatchSize {
	/** Ids at most. */
	readonly ids: number;
	/** Bytes at most that the ids take together, as JSON; an id that takes more by itself is a batch of its own. */
	readonly bytes: number;
}

export function inBatches<Id extends LocalId>(ids: readonly Id[], most: BatchSize): readonly (readonly Id[])[] {
	const batches: Id[][] = [];
	let batch: Id[] = [];
	let bytes = 0;
	for (const id of ids) {
		const own = Buffer.byteLength(JSON.stringify(id.remoteId)) + 1;
		if (batch.length > 0 && (batch.length === most.ids || bytes + own > most.bytes)) {
			batches.push(batch);
			batch = [];
			bytes = 0;
		}
		batch.push(id);
		bytes += own;
	}
	return batch.length === 0 ? batches : [...batches, batch];
}
