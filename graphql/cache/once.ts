/** Doing a thing once among all instances that want it at the same time. */
import type { Clock } from '../../providers/transport/clock';

/** Locks that all instances see. */
export interface Locks {
	/** A way to give it back; TAKEN by another; NO_LOCKS to be had just now. Ends by itself after `forMs`. */
	take(name: string, forMs: number): Promise<(() => Promise<void>) | 'TAKEN' | 'NO_LOCKS'>;
}

export interface OnceOptions<T> {
	readonly name: string;
	/** What another instance has done meanwhile; undefined where there is nothing. */
	readonly look: () => Promise<T | undefined>;
	readonly work: () => Promise<T>;
	readonly signal?: AbortSignal | undefined;
}

/** Longer than any answer is waited for, so that nobody works twice; short enough when a holder has died. */
const LOCK_MS = 15_000;
const PAUSE_MS = 40;

export class Once {
	/** @param locks null: there is one instance alone */
	constructor(
		private readonly locks: Locks | null,
		private readonly clock: Clock,
	) {}

	/** Another's result where there is one; otherwise works, with the lock where there are locks. */
	async run<T>({ name, look, work, signal }: OnceOptions<T>): Promise<T> {
		if (this.locks === null) return work();
		const giveUp = this.clock.now() + LOCK_MS;
		for (;;) {
			const lock = await this.locks.take(`lock:${name}`, LOCK_MS);
			if (lock === 'NO_LOCKS' || (lock === 'TAKEN' && this.clock.now() > giveUp)) return work();
			if (lock !== 'TAKEN') return underLock(lock, look, work);
			await this.clock.sleep(PAUSE_MS, signal);
			const found = await look();
			if (found !== undefined) return found;
		}
	}
}

/** Looks once more: it may have been done between the last look and the lock. */
async function underLock<T>(
	release: () => Promise<void>,
	look: () => Promise<T | undefined>,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return (await look()) ?? (await work());
	} finally {
		await release();
	}
}
