/** What one request may read and cost: made once it is known who asks. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { CostStore } from '../cost/costStore';
import { UpstreamMeter, countedBy } from '../cost/meter';
import { type CostLimits, OperationCost } from '../cost/operationCost';
import { type CursorSeal } from '../connections/cursor';
import type { Mask } from '../masking';
import type { ProviderConnections } from '../providerConnections';
import { principalOf } from './access/guard';
import { scopeOf } from './access/principal';
import { connectionsFor } from './access/view';

export interface Reader {
	readonly connections: ProviderConnections;
	readonly cursors: CursorSeal;
	readonly masks: ReadonlySet<Mask>;
	readonly cost: OperationCost;
}

export interface ReaderOptions {
	/** All that are configured. */
	readonly connections: ProviderConnections;
	readonly cursors: CursorSeal;
	readonly limits: CostLimits;
	readonly costStore: CostStore;
}

/** What the provider requests of each request are counted by. */
const meters = new WeakMap<FastifyRequest, UpstreamMeter>();

/**
 * Counts what each request costs upstream. In the last hook before the handler: what comes before reads the body, from
 * events that know nothing of the request that they belong to.
 */
export function countUpstream(app: FastifyInstance): void {
	app.addHook('preHandler', (request, _reply, done) => {
		const meter = new UpstreamMeter();
		meters.set(request, meter);
		countedBy(meter, done);
	});
}

export function readerOf(request: FastifyRequest, { connections, cursors, limits, costStore }: ReaderOptions): Reader {
	const { id, reach, masks } = principalOf(request);
	const meter = meters.get(request) ?? new UpstreamMeter();
	return {
		connections: connectionsFor(reach, connections),
		cursors: cursors.forScope(scopeOf(reach)),
		masks,
		cost: new OperationCost(id, meter, limits, costStore, Date.now),
	};
}
