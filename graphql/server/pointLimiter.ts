/** Points that somebody may spend a minute, counted for all instances where they share Redis. */
import { RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

import type { RedisLink } from '../cache/redisLink';

export interface PointLimit {
	/** What is counted, so that limits of different kinds do not share points. */
	readonly name: string;
	readonly points: number;
	readonly seconds: number;
}

/** @param link null: this instance counts for itself; so it does while Redis is away */
export function pointLimiter(link: RedisLink | null, { name, points, seconds }: PointLimit): RateLimiterAbstract {
	const options = { keyPrefix: `telecom-billing:limit:${name}`, points, duration: seconds };
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
