/** The cache as configured: in memory, or in Redis for all instances. */
import { randomBytes } from 'node:crypto';

import { Once } from '../cache/once';
import { RedisLink } from '../cache/redisLink';
import { RedisStore } from '../cache/redisStore';
import { CacheSecret } from '../cache/secret';
import { type CacheStore, MemoryStore } from '../cache/store';
import type { CacheConfig } from './cacheSettings';
import type { ConnectionConfig } from './configSchema';
import type { Observer } from './operations/observer';
import { systemClock } from './systemClock';

export interface Cache {
	readonly store: CacheStore;
	readonly once: Once;
	/** Null: in memory. */
	readonly link: RedisLink | null;
	/** Whether other instances see what is kept. */
	readonly isShared: boolean;
	/**
	 * Names an entry by the credential it was fetched with, where from, and what it is; tells none of them. Two connections
	 * with other credentials, accounts or addresses never share an entry.
	 */
	nameOf(connection: ConnectionConfig, operation: string, subject: unknown): string;
	close(): void;
}

/** Changes whenever what is kept takes another form, so that instances of two versions do not read each other's. */
const FORM = 'telecom-billing:1';

/** @param config with a key wherever there is a Redis, as the configuration's check demands */
export async function openCache({ redisUrl, key, maxRecords }: CacheConfig, observer: Observer): Promise<Cache> {
	const secret = new CacheSecret(key ?? randomBytes(32));
	const memory = new MemoryStore(maxRecords);
	const link =
		redisUrl === undefined
			? null
			: await RedisLink.open({
					url: redisUrl,
					onChange: (reachable, reason) => observer.redisChanged(reachable, reason),
				});
	return {
		store: link === null ? memory : new RedisStore(link, secret, memory),
		once: new Once(link, systemClock),
		link,
		isShared: link !== null,
		nameOf: ({ id, provider, baseUrl, accounts, apiVersion, auth }, operation, subject) => {
			const source = secret.fingerprint(id, provider, baseUrl, accounts, apiVersion, auth);
			return `${FORM}:${secret.fingerprint(source, operation, subject)}`;
		},
		close: () => link?.close(),
	};
}
