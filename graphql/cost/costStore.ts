/** What each principal has spent in the current minute. */
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';

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

export const MINUTE_MS = 60_000;

/** What a limiter of rate-limiter-flexible is made with; it only counts, the limit is this server's business. */
export const COUNTER_OPTIONS = { points: Number.MAX_SAFE_INTEGER, duration: MINUTE_MS / 1_000, keyPrefix: 'upstream' };

export function costStore(counter: RateLimiterAbstract = new RateLimiterMemory(COUNTER_OPTIONS)): CostStore {
	return {
		add: async (principal, requests) => {
			const { consumedPoints, msBeforeNext } = await (requests < 0
				? counter.reward(principal, -requests)
				: counter.penalty(principal, requests));
			return { spent: consumedPoints, endsInMs: msBeforeNext };
		},
	};
}
