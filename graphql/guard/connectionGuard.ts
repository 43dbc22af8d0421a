/** Watches over one connection: lets a provider in trouble rest, keeps retries within a budget, and tells how it is. */
import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';

import type { Provider } from '../../providers/model/identity';
import type { Clock } from '../../providers/transport/clock';
import { BillingError } from '../../providers/transport/errors';
import type { TransportResponse } from '../../providers/transport/port';
import { RetryBudget } from './retryBudget';

/** CLOSED: requests pass. OPEN: none does. TRYING: one has been let through, and the others wait for what becomes of it. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'TRYING';

export interface GuardOptions {
	readonly connection: string;
	readonly provider: Provider;
	readonly clock: Clock;
	/** Failures in a row after which the provider is left alone. */
	readonly failures: number;
	/** How long it is then left alone, in milliseconds. */
	readonly restMs: number;
	/** Milliseconds until the response head, and between bytes after it. */
	readonly timeoutMs: number;
	readonly onStateChange?: (state: BreakerState) => void;
}

export interface ConnectionHealth {
	readonly state: BreakerState;
	/** When the next request is let through, in milliseconds since the epoch; null unless OPEN. */
	readonly restsUntil: number | null;
	/** Since the last answer. */
	readonly failuresInARow: number;
	readonly lastAnswerAt: number | null;
	readonly lastFailureAt: number | null;
	readonly retriesLeft: number;
	readonly timeoutMs: number;
}

const STATES: Readonly<Record<CircuitState, BreakerState>> = {
	[CircuitState.Closed]: 'CLOSED',
	[CircuitState.Open]: 'OPEN',
	[CircuitState.HalfOpen]: 'TRYING',
	[CircuitState.Isolated]: 'OPEN',
};

export class ConnectionGuard {
	private readonly breaker;
	private readonly budget = new RetryBudget();
	private failuresInARow = 0;
	private lastAnswerAt: number | null = null;
	private lastFailureAt: number | null = null;
	private openedAt = 0;

	constructor(private readonly options: GuardOptions) {
		this.breaker = circuitBreaker(handleWhen(isTrouble).orWhenResult(isTroubled), {
			halfOpenAfter: options.restMs,
			breaker: new ConsecutiveBreaker(options.failures),
		});
		this.breaker.onBreak(() => (this.openedAt = options.clock.now()));
		this.breaker.onStateChange((state) => options.onStateChange?.(STATES[state]));
	}

	/** Sends, or refuses at once while the provider rests. @throws BillingError UNAVAILABLE, or what `send` throws */
	async pass(send: () => Promise<TransportResponse>): Promise<TransportResponse> {
		try {
			return await this.breaker.execute(() => this.counted(send));
		} catch (error) {
			throw error instanceof BrokenCircuitError ? this.resting() : error;
		}
	}

	/** Whether a request may be sent once more. */
	mayRepeat(): boolean {
		return this.breaker.state !== CircuitState.Open && this.budget.take();
	}

	get health(): ConnectionHealth {
		const state = STATES[this.breaker.state];
		return {
			state,
			restsUntil: state === 'OPEN' ? this.restsUntil : null,
			failuresInARow: this.failuresInARow,
			lastAnswerAt: this.lastAnswerAt,
			lastFailureAt: this.lastFailureAt,
			retriesLeft: this.budget.left,
			timeoutMs: this.options.timeoutMs,
		};
	}

	private async counted(send: () => Promise<TransportResponse>): Promise<TransportResponse> {
		this.budget.earn();
		try {
			const response = await send();
			this.note(isTroubled(response));
			return response;
		} catch (error) {
			if (isTrouble(error)) this.note(true);
			throw error;
		}
	}

	private note(failed: boolean): void {
		const now = this.options.clock.now();
		this.failuresInARow = failed ? this.failuresInARow + 1 : 0;
		if (failed) this.lastFailureAt = now;
		else this.lastAnswerAt = now;
	}

	private get restsUntil(): number {
		return this.openedAt + this.options.restMs;
	}

	private resting(): BillingError {
		const { connection, provider, clock } = this.options;
		return new BillingError({
			kind: 'UNAVAILABLE',
			connection,
			provider,
			message: `The provider failed ${this.failuresInARow} times in a row, so it is left alone for a while`,
			hint: 'Ask again in a little; the connection recovers by itself as soon as the provider answers.',
			retryAfterMs: Math.max(0, this.restsUntil - clock.now()),
		});
	}
}

/** No answer, or no token for want of one. What a reader no longer wants says nothing about the provider. */
function isTrouble(error: unknown): boolean {
	if (!(error instanceof BillingError)) return false;
	return error.kind === 'TIMEOUT' || error.kind === 'UNAVAILABLE' || (error.kind === 'AUTH' && error.retryable);
}

/** 501 is an answer: the provider does not have the operation. */
function isTroubled(response: unknown): boolean {
	const { status } = response as TransportResponse;
	return status >= 500 && status !== 501;
}
