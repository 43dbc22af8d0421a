/** Configured connections without a log, and with a cache of their own. */
import type { ProviderConnection } from '../../../graphql/providerConnections';
import { openCache } from '../../../graphql/server/cache';
import { configSchema } from '../../../graphql/server/configSchema';
import { connectAll } from '../../../graphql/server/connectors';
import { createLog } from '../../../graphql/server/operations/log';
import { Observer } from '../../../graphql/server/operations/observer';
import type { Clock } from '../../../providers/transport/clock';
import type { Transport } from '../../../providers/transport/port';

/** @param connections as in a configuration file */
export async function connected(
	connections: readonly object[],
	{ transport, clock }: { readonly transport: Transport; readonly clock: Clock },
): Promise<readonly ProviderConnection[]> {
	const config = configSchema.parse({ connections });
	const observer = new Observer(createLog('silent', () => []));
	const cache = await openCache(config.cache, observer);
	return connectAll(config.connections, { transport, clock, cache, observer }).connections.all;
}
