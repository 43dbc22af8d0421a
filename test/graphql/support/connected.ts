/** Connections of a sandbox as the server makes them, with nothing kept: what is counted is what is asked. */
import type { ProviderConnections } from '../../../graphql/providerConnections';
import { openCache } from '../../../graphql/server/cache';
import { configSchema } from '../../../graphql/server/configSchema';
import { connectAll } from '../../../graphql/server/connectors';
import { createLog } from '../../../graphql/server/operations/log';
import { Observer } from '../../../graphql/server/operations/observer';
import type { UndiciTransport } from '../../../graphql/server/undiciTransport';
import type { Clock } from '../../../providers/transport/clock';
import type { RunningSandbox } from '../../../sandbox/server';

export async function connectedTo(
	sandbox: RunningSandbox,
	{ transport, clock }: { readonly transport: UndiciTransport; readonly clock: Clock },
): Promise<ProviderConnections> {
	const uncached = sandbox.connections.map((connection) => ({ ...connection, freshFor: 0 }));
	const config = configSchema.parse({ connections: uncached });
	const observer = new Observer(createLog('silent', () => []));
	const cache = await openCache(config.cache, observer);
	return connectAll(config.connections, { transport, clock, cache, observer }).connections;
}
