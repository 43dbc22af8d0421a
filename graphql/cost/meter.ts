/** Counts the requests to providers that one request to this server costs, and ends them at its limit. */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { BillingError } from '../../providers/transport/errors';
import type { Transport } from '../../providers/transport/port';

/** What may still be spent, and how it is told that no more may. */
export interface Allowance {
	readonly requests: number;
	readonly exhausted: () => BillingError;
}

/** `BillingError.code` of what this server itself does not allow: no provider is to blame for it. */
export const COST_LIMIT = 'COST_LIMIT';

export class UpstreamMeter {
	private spentRequests = 0;
	private allowance: Allowance | null = null;

	/** @param whole counts, and limits, what is counted here too */
	constructor(private readonly whole: UpstreamMeter | null = null) {}

	get spent(): number {
		return this.spentRequests;
	}

	/** From now on no more than this in all. */
	limitTo(allowance: Allowance): void {
		this.allowance = allowance;
	}

	/** @throws BillingError RATE_LIMITED past the limit */
	spend(): void {
		this.whole?.spend();
		if (this.allowance !== null && this.spentRequests >= this.allowance.requests) throw this.allowance.exhausted();
		this.spentRequests += 1;
	}
}

const running = new AsyncLocalStorage<UpstreamMeter>();

/** Everything that `work` starts is counted by the meter. */
export function countedBy<T>(meter: UpstreamMeter, work: () => T): T {
	return running.run(meter, work);
}

/** A meter for a part of what runs. */
export function meterOfPart(): UpstreamMeter {
	return new UpstreamMeter(running.getStore() ?? null);
}

/** A transport whose requests are counted by the meter of the request that they are sent for, where there is one. */
export function metered(transport: Transport): Transport {
	return {
		request: async (request) => {
			running.getStore()?.spend();
			return transport.request(request);
		},
		renewCredential: async (refused) => (await transport.renewCredential?.(refused)) ?? false,
		secrets: async () => (await transport.secrets?.()) ?? [],
	};
}
