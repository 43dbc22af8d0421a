/** Counts the requests to providers that one request to this server costs, and ends them at its limit. */
import type { BillingError } from '../../providers/transport/errors';
import type { Transport } from '../../providers/transport/port';
import { errandOf } from '../errand';

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

	get spent(): number {
		return this.spentRequests;
	}

	/** From now on no more than this in all. */
	limitTo(allowance: Allowance): void {
		this.allowance = allowance;
	}

	/** @throws BillingError RATE_LIMITED past the limit */
	spend(): void {
		if (this.allowance !== null && this.spentRequests >= this.allowance.requests) throw this.allowance.exhausted();
		this.spentRequests += 1;
	}
}

/** A transport whose requests are counted by the meters of the errand that they are sent on. */
export function metered(transport: Transport): Transport {
	return {
		request: async (request) => {
			for (const meter of errandOf(request.signal).meters ?? []) meter.spend();
			return transport.request(request);
		},
		renewCredential: async (refused) => (await transport.renewCredential?.(refused)) ?? false,
		secrets: async () => (await transport.secrets?.()) ?? [],
	};
}
