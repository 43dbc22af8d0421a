/** `/livez`, `/readyz` and `/metrics`: for whoever runs this server. */
import type { FastifyInstance } from 'fastify';

import type { Provider } from '../../../providers/model/identity';
import type { ProviderConnection, ProviderConnections } from '../../providerConnections';
import type { Metrics } from './metrics';

export interface HealthOptions {
	readonly connections: ProviderConnections;
	readonly metrics: Metrics;
	/** Null: nothing is shared. */
	readonly sharedCache: { readonly isReachable: boolean } | null;
	/** True from the moment the server was told to stop. */
	readonly isStopping: () => boolean;
}

/** The process answers; whether it should be asked is another question. */
export function addHealth(app: FastifyInstance, options: HealthOptions): void {
	const { connections, metrics, sharedCache } = options;
	const forEverybody = { config: { access: 'PUBLIC' } } as const;
	app.get('/livez', forEverybody, async () => ({ status: 'alive' }));
	app.get('/readyz', forEverybody, async (_request, reply) => {
		const resting = connections.all.filter(isResting).map(({ id }) => id);
		const isReady = !options.isStopping() && resting.length < connections.all.length;
		return reply.code(isReady ? 200 : 503).send({
			status: options.isStopping() ? 'stopping' : isReady ? 'ready' : 'no provider answers',
			resting: resting.length,
			connections: connections.all.length,
			// Without Redis the server does its work all the same, only less of it together with the others.
			cache: sharedCache === null ? 'memory' : sharedCache.isReachable ? 'shared' : 'degraded',
		});
	});
	app.get('/metrics', { config: { access: 'METRICS' } }, async (_request, reply) =>
		reply.header('content-type', metrics.contentType).send(await metrics.text(restingByProvider(connections))),
	);
}

function restingByProvider(connections: ProviderConnections): ReadonlyMap<Provider, number> {
	const counts = new Map<Provider, number>();
	for (const connection of connections.all) {
		const { provider } = connection;
		counts.set(provider, (counts.get(provider) ?? 0) + Number(isResting(connection)));
	}
	return counts;
}

/** A rest that is over ends with the next request, which comes only to a server that is ready. */
function isResting({ health }: ProviderConnection): boolean {
	const until = health?.().restsUntil ?? null;
	return until !== null && until > Date.now();
}
