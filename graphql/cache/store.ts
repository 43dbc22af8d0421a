/** Where what was read from providers is kept for a while: in this process, bounded. Redis is in `redisStore.ts`. */
import Keyv from 'keyv';

import { BoundedMap } from './boundedMap';

export interface Keeping {
	/** Milliseconds, more than 0. */
	readonly forMs: number;
	/** How many bills, rates or accounts the content holds: what it weighs. */
	readonly records: number;
}

/** Neither method rejects: what a store cannot give or take is read from the provider again. */
export interface CacheStore {
	/** Undefined where nothing is kept, or no longer. */
	read(key: string): Promise<unknown>;
	/** @param content plain JSON data; not changed by anybody afterwards */
	write(key: string, content: unknown, keeping: Keeping): Promise<void>;
}

interface Entry {
	readonly content: unknown;
	readonly records: number;
}

/** Holds at most `maxRecords` records; those that were not asked for longest make room. */
export class MemoryStore implements CacheStore {
	private readonly entries: Keyv<Entry>;

	constructor(maxRecords: number) {
		const store = new BoundedMap<{ readonly value: Entry }>(maxRecords, ({ value }) => 1 + value.records);
		this.entries = new Keyv<Entry>({ store, useKeyPrefix: false });
		// Within one process values are handed over as they are.
		this.entries.serialize = undefined;
		this.entries.deserialize = undefined;
	}

	async read(key: string): Promise<unknown> {
		return (await this.entries.get(key))?.content;
	}

	async write(key: string, content: unknown, { forMs, records }: Keeping): Promise<void> {
		await this.entries.set(key, { content, records }, forMs);
	}
}
