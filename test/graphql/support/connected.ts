/** Connections as the server makes them, without a log and with a cache of their own. */
import type { ProviderConnections } from '../../../graphql/providerConnections';
import { openCache } from '../../../graphql/server/cache';
import { configSchema } from '../../../graphql/server/configSchema';
import { connectAll } from '../../../graphql/server/connectors';
import { createLog } from '../../../graphql/server/operations/log';
import { Observer } from '../../../graphql/server/operations/observer';
import type { Clock } from '../../../providers/transport/clock';
import type { Transport } from '../../../providers/transport/port';
import type { RunningSandbox } from '../../../sandbox/server';

interface Surroundings {
	readonly transport: Transport;
	readonly clock: Clock;
}

/** @param connections as in a configuration file */
export async function connected(
	connections: readonly object[],
	{ transport, clock }: Surroundings,
): Promise<ProviderConnections> {
	const config = configSchema.parse({ connections });
	const observer = new Observer(createLog('silent', () => []));
	const cache = await openCache(config.cache, observer);
	return connectAll(config.connections, { openTransport: () => transport, clock, cache, observer }).connections;
}

/** With nothing kept: what is counted is what is asked. */
export async function connectedTo(
	sandbox: RunningSandbox,
	surroundings: Surroundings,
	lumenApiVersion: 'v1' | 'v2' = 'v1',
): Promise<ProviderConnections> {
	return connected(
		sandbox.connections.map((connection) => ({
			...connection,
			...(connection.provider === 'LUMEN' ? { apiVersion: lumenApiVersion } : {}),
			freshFor: 0,
		})),
		surroundings,
	);
}
