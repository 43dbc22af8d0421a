/** What is kept in Redis, sealed; while Redis is away, this process keeps things for itself. */
import KeyvRedis from '@keyv/redis';
import Keyv, { type DeserializedData } from 'keyv';

import type { RedisLink } from './redisLink';
import type { CacheSecret } from './secret';
import type { CacheStore, Keeping } from './store';

/** With its own name inside, so that a value moved to another name in Redis is not taken for that one's. */
interface Entry {
	readonly key: string;
	readonly content: unknown;
}

export class RedisStore implements CacheStore {
	private readonly entries: Keyv<Entry>;

	/** @param whileAway keeps things for this process alone while Redis cannot be reached */
	constructor(
		private readonly link: RedisLink,
		secret: CacheSecret,
		private readonly whileAway: CacheStore,
	) {
		const store = new KeyvRedis(link.client, { throwOnErrors: true });
		this.entries = new Keyv<Entry>({
			store,
			useKeyPrefix: false,
			throwOnErrors: true,
			serialize: (data) => secret.seal(JSON.stringify(data)),
			deserialize: <Value>(text: string) => JSON.parse(secret.open(text)) as DeserializedData<Value>,
		});
		// The link tells of trouble; without a listener, an error event would end the process.
		this.entries.on('error', () => undefined);
	}

	async read(key: string): Promise<unknown> {
		if (!this.link.isReachable) return this.whileAway.read(key);
		const entry = await this.link.attempt(() => this.entries.get<Entry>(key));
		return entry?.key === key ? entry.content : undefined;
	}

	async write(key: string, content: unknown, keeping: Keeping): Promise<void> {
		if (!this.link.isReachable) return this.whileAway.write(key, content, keeping);
		await this.link.attempt(() => this.entries.set(key, { key, content }, keeping.forMs));
	}
}
