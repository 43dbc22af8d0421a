/** No provider holds an answer for ever: what takes too long becomes a TIMEOUT, and its requests are aborted. */
import { unwatched } from '../providers/query/byKey';
import { BillingError } from '../providers/transport/errors';
import type { ProviderConnection } from './providerConnections';

export class Deadline {
	private readonly controller = new AbortController();

	constructor(
		private readonly connection: ProviderConnection,
		private readonly timeoutMs: number,
	) {}

	/** For the requests that belong to the work. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/**
	 * The work's outcome, or TIMEOUT after `leftMs` whether or not the work heeds the signal.
	 * @param leftMs milliseconds; the whole time where absent
	 */
	meet<T>(work: Promise<T>, leftMs = this.timeoutMs): Promise<T> {
		return this.start(leftMs).wait(work);
	}

	/** The outcome of each: a timer for all of them. */
	meetAll<Key, T>(works: ReadonlyMap<Key, Promise<T>>): ReadonlyMap<Key, Promise<T>> {
		const timed = this.start(this.timeoutMs);
		// A key may fail before anybody waits for it.
		return new Map(Array.from(works, ([key, work]) => [key, unwatched(timed.wait(work))]));
	}

	private start(leftMs: number): TimedWait {
		return new TimedWait(leftMs, () => {
			const error = this.timeout();
			this.controller.abort(error);
			return error;
		});
	}

	/** Ends requests whose answer is no longer wanted. */
	abandon(): void {
		this.controller.abort(new Error('The answer is no longer wanted'));
	}

	private timeout(): BillingError {
		return new BillingError({
			kind: 'TIMEOUT',
			provider: this.connection.provider,
			connection: this.connection.id,
			message: `No whole answer within ${this.timeoutMs / 1_000} s`,
			hint: 'Ask for less at a time, or raise timeoutMs in the configuration.',
		});
	}
}

/** A timer for several promises, which ends with the last of them. Cheaper for many than a race for each. */
class TimedWait {
	private readonly waiting = new Set<(error: BillingError) => void>();
	private timer: NodeJS.Timeout | undefined;

	/** @param onLate gives the error of all that are late */
	constructor(
		private readonly leftMs: number,
		private readonly onLate: () => BillingError,
	) {}

	wait<T>(work: Promise<T>): Promise<T> {
		this.timer ??= setTimeout(() => this.end(), Math.max(0, this.leftMs));
		return new Promise<T>((resolve, reject) => {
			this.waiting.add(reject);
			const arrived = (): void => this.arrived(reject);
			work.then(resolve, reject);
			work.then(arrived, arrived);
		});
	}

	private end(): void {
		const late = [...this.waiting];
		const error = this.onLate();
		for (const reject of late) reject(error);
	}

	private arrived(reject: (error: BillingError) => void): void {
		this.waiting.delete(reject);
		if (this.waiting.size === 0) clearTimeout(this.timer);
	}
}
