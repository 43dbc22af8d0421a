/** The connections as one request reads them: with what is kept, or afresh where its reader asks for that. */
import { type ProviderConnection, ProviderConnections } from '../providerConnections';
import { CachedConnector } from './cachedConnector';

/** `Cache-Control` of a request: RFC 9111 section 5.2.1.4, and its older form `Pragma`. */
export function wantsAfresh(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
	return /(?:^|[\s,])no-(?:cache|store)(?:$|[\s,=])/i.test(String(headers['cache-control'] ?? headers['pragma'] ?? ''));
}

export function readAfresh(connections: ProviderConnections): ProviderConnections {
	return new ProviderConnections(
		connections.all.map((connection): ProviderConnection =>
			connection.connector instanceof CachedConnector
				? { ...connection, connector: connection.connector.afresh() }
				: connection,
		),
	);
}
