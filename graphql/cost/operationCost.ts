/**
 * What one operation costs upstream: predicted before it runs and set aside, counted while it runs, settled after it.
 * Past its limits the rest is an error beside the data already had.
 */
import { BillingError } from '../../providers/transport/errors';
import type { CostStore, Spending } from './costStore';
import { COST_LIMIT, type UpstreamMeter } from './meter';

export interface CostLimits {
	/** Requests to providers that one operation may cost. */
	readonly upstreamPerOperation: number;
	/** Requests to providers that one principal may cost within a minute. */
	readonly upstreamPerMinute: number;
}

/** As told in `rateLimit` and in `extensions.cost`. */
export interface CostReport {
	/** Requests to providers that this operation was predicted to cost. */
	readonly predicted: number;
	/** Those it has cost so far. */
	readonly requests: number;
	readonly perOperation: number;
	readonly perMinute: number;
	/** What is left of the minute, this operation's share taken off. */
	readonly remaining: number;
	/** When the minute ends. */
	readonly resetAt: Date;
}

export class OperationCost {
	private predicted = 0;
	private setAside = 0;
	private spentBefore = 0;
	private resetAt = 0;

	constructor(
		private readonly principal: string,
		private readonly meter: UpstreamMeter,
		private readonly limits: CostLimits,
		private readonly store: CostStore,
		private readonly now: () => number,
	) {}

	/**
	 * Sets the predicted cost aside and limits the meter to what is left.
	 * @throws BillingError RATE_LIMITED where nothing is left of the minute
	 */
	async begin(predicted: number): Promise<void> {
		const { upstreamPerOperation, upstreamPerMinute } = this.limits;
		this.predicted = predicted;
		this.setAside = Math.min(predicted, upstreamPerOperation);
		const spending = await this.store.add(this.principal, this.setAside);
		this.spentBefore = Math.max(0, spending.spent - this.setAside);
		this.resetAt = this.endOf(spending);
		const left = upstreamPerMinute - this.spentBefore;
		if (left <= 0 && predicted > 0) {
			const refusal = this.minuteSpent();
			await this.settle();
			throw refusal;
		}
		this.meter.limitTo(
			left < upstreamPerOperation
				? { requests: Math.max(0, left), exhausted: () => this.minuteSpent() }
				: { requests: upstreamPerOperation, exhausted: () => this.operationSpent() },
		);
	}

	/** Gives back what was set aside and not spent, or takes what was spent beyond it. */
	async settle(): Promise<void> {
		const difference = this.meter.spent - this.setAside;
		this.setAside = this.meter.spent;
		// What was set aside in a minute that is over is forgotten with it.
		if (difference !== 0 && this.now() < this.resetAt) await this.store.add(this.principal, difference);
	}

	report(): CostReport {
		const { upstreamPerOperation, upstreamPerMinute } = this.limits;
		const used = this.spentBefore + Math.max(this.setAside, this.meter.spent);
		return {
			predicted: this.predicted,
			requests: this.meter.spent,
			perOperation: upstreamPerOperation,
			perMinute: upstreamPerMinute,
			remaining: Math.max(0, upstreamPerMinute - used),
			resetAt: new Date(this.resetAt),
		};
	}

	private endOf({ endsInMs }: Spending): number {
		return this.now() + Math.max(0, endsInMs);
	}

	private operationSpent(): BillingError {
		return new BillingError({
			kind: 'RATE_LIMITED',
			code: COST_LIMIT,
			message: `One question may cost ${this.limits.upstreamPerOperation} requests to providers, and they are spent`,
			hint: 'Ask for fewer bills at a time, or leave out what is read bill by bill, for instance rates.',
			retryable: false,
		});
	}

	private minuteSpent(): BillingError {
		const waitMs = Math.max(0, this.resetAt - this.now());
		return new BillingError({
			kind: 'RATE_LIMITED',
			code: COST_LIMIT,
			message: `You may cost ${this.limits.upstreamPerMinute} requests to providers a minute, and they are spent`,
			hint: `Ask again in ${Math.ceil(waitMs / 1_000)} s.`,
			// Not by the transport, which would keep the answer waiting.
			retryable: false,
			retryAfterMs: waitMs,
		});
	}
}
