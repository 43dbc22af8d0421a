/** When a request is sent again: the one place where that is decided, for both faces. */
import type { BillingError } from './errors';

export interface RetryPolicy {
	/** Sendings in all, the first included. */
	readonly attempts: number;
	/** First pause, in milliseconds; doubles each time, with jitter between half and whole. */
	readonly firstPauseMs: number;
	readonly longestPauseMs: number;
	/** A provider that asks for a longer wait than this is not waited for; the error says how long it asked. */
	readonly longestRetryAfterMs: number;
	/** Asked before each sending again; absent: always allowed. A face may so keep retries within a budget. */
	readonly mayRepeat?: (() => boolean) | undefined;
}

export const DEFAULT_RETRY: RetryPolicy = {
	attempts: 4,
	firstPauseMs: 500,
	longestPauseMs: 8_000,
	longestRetryAfterMs: 30_000,
};

export const NO_RETRY: RetryPolicy = { ...DEFAULT_RETRY, attempts: 1 };

/**
 * Milliseconds to wait before sending again, or null to give up.
 * Only what may be repeated harmlessly gets here: GET, and POST that only searches. A create never does.
 */
export function pauseBefore(attempt: number, error: BillingError, policy: RetryPolicy, random: number): number | null {
	if (!error.retryable || attempt >= policy.attempts) return null;
	const backoff = Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** (attempt - 1)) * (0.5 + random / 2);
	const asked = error.retryAfterMs ?? 0;
	if (asked > policy.longestRetryAfterMs || policy.mayRepeat?.() === false) return null;
	return Math.max(asked, Math.round(backoff));
}

/** `Retry-After` as milliseconds: delta seconds or an HTTP date. Null where absent or unreadable. */
export function retryAfterMillis(header: string | undefined, now: number): number | null {
	if (header === undefined) return null;
	const text = header.trim();
	if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
	// Only what an HTTP date looks like: Date.parse would read a date into nearly anything.
	return /^[A-Z][a-z]+, .* GMT$/.test(text) ? millisUntil(Date.parse(text), now) : null;
}

function millisUntil(at: number, now: number): number | null {
	return Number.isNaN(at) ? null : Math.max(0, at - now);
}
