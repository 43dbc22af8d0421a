/** What one request may read and cost: made once it is known who asks. */
import type { FastifyRequest } from 'fastify';

import type { CostStore } from '../cost/costStore';
import { UpstreamMeter } from '../cost/meter';
import { type CostLimits, OperationCost } from '../cost/operationCost';
import { type CursorSeal } from '../connections/cursor';
import type { Mask } from '../masking';
import { ErrandConnector } from '../errandConnector';
import { ProviderConnections } from '../providerConnections';
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

export function readerOf(request: FastifyRequest, { connections, cursors, limits, costStore }: ReaderOptions): Reader {
	const { id, reach, masks } = principalOf(request);
	const meter = new UpstreamMeter();
	return {
		connections: countedBy(meter, connectionsFor(reach, connections)),
		cursors: cursors.forScope(() => scopeOf(reach)),
		masks,
		cost: new OperationCost(id, meter, limits, costStore, Date.now),
	};
}

/** The connections, with every request to their providers on this meter. */
function countedBy(meter: UpstreamMeter, { all }: ProviderConnections): ProviderConnections {
	const errand = { meters: [meter] };
	return new ProviderConnections(
		all.map((connection) => ({ ...connection, connector: new ErrandConnector(connection.connector, () => errand) })),
	);
}
