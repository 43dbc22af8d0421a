/** No provider holds an answer for ever: what takes too long becomes a TIMEOUT, and its requests are aborted. */
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
	async meet<T>(work: Promise<T>, leftMs = this.timeoutMs): Promise<T> {
		const { late, end } = this.start(leftMs);
		try {
			return await Promise.race([work, late]);
		} finally {
			end();
		}
	}

	/** The outcome of each: a timer for all of them. */
	meetAll<Key, T>(works: ReadonlyMap<Key, Promise<T>>): ReadonlyMap<Key, Promise<T>> {
		const { late, end } = this.start(this.timeoutMs);
		const met = new Map([...works].map(([key, work]) => [key, Promise.race([work, late])]));
		void Promise.allSettled(met.values()).then(end);
		return met;
	}

	private start(leftMs: number): { readonly late: Promise<never>; readonly end: () => void } {
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<never>((_resolve, reject) => {
			timer = setTimeout(
				() => {
					const error = this.timeout();
					reject(error);
					this.controller.abort(error);
				},
				Math.max(0, leftMs),
			);
		});
		return { late, end: () => clearTimeout(timer) };
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
