/** Time, injected: nothing in `providers/` reads a clock or starts a timer of its own. */

export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms`, or rejects with the signal's reason when aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** 0 <= x < 1, for jitter. */
	random(): number;
}
