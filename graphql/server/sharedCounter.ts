/** Counters of points in a while, counted for all instances where they share Redis. */
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

import type { RedisLink } from '../cache/redisLink';

export interface CounterOptions {
	/** What is counted, so that counters of different things do not share points. */
	readonly keyPrefix: string;
	readonly points: number;
	/** Seconds. */
	readonly duration: number;
}

/** @param link null: this instance counts for itself; so it does while Redis is away */
export function sharedCounter(link: RedisLink | null, options: CounterOptions): RateLimiterAbstract {
	const own = new RateLimiterMemory(options);
	if (link === null) return own;
	return new RateLimiterRedis({
		...options,
		storeClient: link.client,
		useRedisPackage: true,
		rejectIfRedisNotReady: true,
		insuranceLimiter: own,
	});
}
