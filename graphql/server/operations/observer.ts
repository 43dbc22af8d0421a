/** Where everything that happens is told: to the log, to the metrics and to the traces. */
import type { Logger } from 'pino';

import type { Provider } from '../../../providers/model/identity';
import type { BreakerState } from '../../guard/connectionGuard';
import type { DeprecationNotice } from '../../guard/deprecations';
import { Metrics } from './metrics';

/** What became of one HTTP request to a provider. */
export type RequestOutcome = 'ok' | 'refused' | 'rate_limited' | 'failed' | 'timeout' | 'unreachable' | 'abandoned';

export interface SentRequest {
	readonly provider: Provider;
	readonly operation: string;
	readonly outcome: RequestOutcome;
	readonly seconds: number;
}

export class Observer {
	readonly metrics = new Metrics();

	constructor(readonly log: Logger) {}

	requestEnded({ provider, operation, outcome, seconds }: SentRequest): void {
		this.metrics.providerRequests.inc({ provider, operation, outcome });
		this.metrics.providerRequestSeconds.observe({ provider, operation }, seconds);
		this.log.debug({ provider, operation, outcome, seconds }, 'Provider request');
	}

	lookedIntoCache(provider: Provider, operation: string, outcome: 'hit' | 'miss'): void {
		this.metrics.cacheLooks.inc({ provider, operation, outcome });
	}

	breakerChanged(change: { connection: string; provider: Provider; state: BreakerState }): void {
		this.metrics.breakerChanges.inc({ provider: change.provider, state: change.state });
		if (change.state === 'OPEN') this.log.warn(change, 'A provider keeps failing and is left alone for a while');
		else this.log.info(change, change.state === 'CLOSED' ? 'A provider answers again' : 'A provider is tried again');
	}

	deprecated(notice: { connection: string } & DeprecationNotice): void {
		this.log.warn(notice, 'A provider says that what it is asked for will go away');
	}

	redisChanged(reachable: boolean, reason: string): void {
		this.metrics.redisIsReachable = reachable;
		if (reachable) this.log.info('Redis answers');
		else this.log.warn({ reason }, 'Redis does not answer: this instance keeps things for itself until it does');
	}

	/** A mistake of this server's own. */
	fault(error: unknown): void {
		this.log.error({ err: error }, 'The server made a mistake');
	}
}
