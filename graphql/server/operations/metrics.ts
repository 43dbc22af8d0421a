/** Prometheus metrics: by provider, operation and outcome; never by account, bill or anything else that a reader asked for. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

import type { Provider } from '../../../providers/model/identity';

/** Seconds; providers answer in anything from a few milliseconds to their time limit. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export class Metrics {
	private readonly registry = new Registry();

	readonly providerRequests = new Counter({
		name: 'telecom_billing_provider_requests_total',
		help: 'HTTP requests sent to providers, retries and token requests included',
		labelNames: ['provider', 'operation', 'outcome'],
		registers: [this.registry],
	});
	readonly providerRequestSeconds = new Histogram({
		name: 'telecom_billing_provider_request_seconds',
		help: 'Time until a provider had answered an HTTP request',
		labelNames: ['provider', 'operation'],
		buckets: BUCKETS,
		registers: [this.registry],
	});
	readonly cacheLooks = new Counter({
		name: 'telecom_billing_cache_looks_total',
		help: 'Looks into the cache of what was read from providers',
		labelNames: ['provider', 'operation', 'outcome'],
		registers: [this.registry],
	});
	readonly breakerChanges = new Counter({
		name: 'telecom_billing_breaker_changes_total',
		help: 'Changes of circuit breakers, by the state they changed to',
		labelNames: ['provider', 'state'],
		registers: [this.registry],
	});
	readonly graphqlOperations = new Counter({
		name: 'telecom_billing_graphql_operations_total',
		help: 'GraphQL operations answered',
		labelNames: ['outcome'],
		registers: [this.registry],
	});
	readonly graphqlOperationSeconds = new Histogram({
		name: 'telecom_billing_graphql_operation_seconds',
		help: 'Time until a GraphQL operation was answered',
		buckets: BUCKETS,
		registers: [this.registry],
	});
	readonly requestsInFlight = new Gauge({
		name: 'telecom_billing_requests_in_flight',
		help: 'Requests for bills or files that are being answered',
		registers: [this.registry],
	});
	readonly requestsShed = new Counter({
		name: 'telecom_billing_requests_shed_total',
		help: 'Requests refused because the server had too much to do, by what there was too much of',
		labelNames: ['reason'],
		registers: [this.registry],
	});
	private readonly restingConnections = new Gauge({
		name: 'telecom_billing_resting_connections',
		help: 'Connections whose provider is left alone because it keeps failing',
		labelNames: ['provider'],
		registers: [this.registry],
	});
	private readonly cacheReachable = new Gauge({
		name: 'telecom_billing_shared_cache_reachable',
		help: '1 while Redis answers, 0 while this instance keeps things for itself',
		registers: [this.registry],
	});

	constructor() {
		collectDefaultMetrics({ register: this.registry });
	}

	set redisIsReachable(reachable: boolean) {
		this.cacheReachable.set(Number(reachable));
	}

	get contentType(): string {
		return this.registry.contentType;
	}

	/** @param resting how many connections of each provider rest just now */
	async text(resting: ReadonlyMap<Provider, number>): Promise<string> {
		for (const [provider, count] of resting) this.restingConnections.set({ provider }, count);
		return this.registry.metrics();
	}
}
