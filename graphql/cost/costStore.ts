/** What each principal has spent in the current minute. */
import type { RedisLink } from '../cache/redisLink';
import { sharedCounter } from '../server/sharedCounter';

export interface Spending {
	/** Requests to providers in this minute. */
	readonly spent: number;
	/** Milliseconds until the minute ends. */
	readonly endsInMs: number;
}

/** Shared by instances where it lies in Redis. */
export interface CostStore {
	/** Adds to what the principal spent, and tells what that comes to; takes away where `requests` is negative. */
	add(principal: string, requests: number): Promise<Spending>;
}

const MINUTE_SECONDS = 60;

/** @param link null: this instance counts for itself */
export function costStore(link: RedisLink | null = null): CostStore {
	// It only counts: what is too much is decided where the limits are known.
	const points = Number.MAX_SAFE_INTEGER;
	const counter = sharedCounter(link, { keyPrefix: 'upstream', points, duration: MINUTE_SECONDS });
	return {
		add: async (principal, requests) => {
			const { consumedPoints, msBeforeNext } = await (requests < 0
				? counter.reward(principal, -requests)
				: counter.penalty(principal, requests));
			return { spent: consumedPoints, endsInMs: msBeforeNext };
		},
	};
}
