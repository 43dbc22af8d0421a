/** API keys: known by their SHA-256, and compared so that the time taken tells nothing. */
import { createHash, timingSafeEqual } from 'node:crypto';

import type { ApiKeyConfig } from './accessConfig';
import { masksIn, reachOf } from './grant';
import type { Principal } from './principal';

export class ApiKeys {
	private readonly keys: readonly { readonly hash: Buffer; readonly principal: Principal }[];

	constructor(configs: readonly ApiKeyConfig[]) {
		this.keys = configs.map((config) => ({
			hash: Buffer.from(config.sha256, 'hex'),
			principal: {
				id: `key:${config.id}`,
				reach: reachOf(config),
				masks: masksIn(config.mask),
				mayReadMetrics: config.metrics,
			},
		}));
	}

	/** Null for a key that is none of these. Looks at all of them, whichever fits. */
	find(key: string): Principal | null {
		const hash = createHash('sha256').update(key).digest();
		return this.keys.reduce<Principal | null>(
			(found, known) => (timingSafeEqual(hash, known.hash) ? known.principal : found),
			null,
		);
	}
}
