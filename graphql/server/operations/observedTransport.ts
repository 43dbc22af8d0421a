/** Counts, times and traces every HTTP request to a provider. */
import type { Provider } from '../../../providers/model/identity';
import { BillingError } from '../../../providers/transport/errors';
import type { Transport, TransportRequest, TransportResponse } from '../../../providers/transport/port';
import { errandOf } from '../../errand';
import type { Deprecations } from '../../guard/deprecations';
import type { Observer, RequestOutcome } from './observer';
import { inSpan } from './tracing';

/** Stands next to the network, so that requests for tokens are seen too. */
export class ObservedTransport implements Transport {
	constructor(
		private readonly transport: Transport,
		private readonly provider: Provider,
		private readonly observer: Observer,
		private readonly deprecations: Deprecations,
	) {}

	async request(request: TransportRequest): Promise<TransportResponse> {
		const { provider } = this;
		const operation = isTokenRequest(request) ? 'token' : (errandOf(request.signal).operation ?? 'other');
		const started = performance.now();
		let outcome: RequestOutcome = 'abandoned';
		try {
			const attributes = { 'telecom.provider': provider, 'telecom.operation': operation };
			return await inSpan(`${provider} ${operation}`, attributes, async (span) => {
				try {
					const response = await this.transport.request(request);
					outcome = outcomeOf(response);
					await this.deprecations.look(operation, response.headers);
					span.setAttribute('http.response.status_code', response.status);
					return response;
				} catch (error) {
					outcome = outcomeOfError(error);
					throw error;
				}
			});
		} finally {
			this.observer.requestEnded({ provider, operation, outcome, seconds: (performance.now() - started) / 1_000 });
		}
	}
}

/** What is posted without the connection's credential brings credentials of its own: it asks for a token. */
function isTokenRequest({ method, credential }: TransportRequest): boolean {
	return method === 'POST' && credential === 'WITHHOLD';
}

function outcomeOf({ status }: TransportResponse): RequestOutcome {
	if (status === 429) return 'rate_limited';
	if (status >= 500) return 'failed';
	return status >= 400 ? 'refused' : 'ok';
}

function outcomeOfError(error: unknown): RequestOutcome {
	if (!(error instanceof BillingError)) return 'abandoned';
	return error.kind === 'TIMEOUT' ? 'timeout' : 'unreachable';
}
