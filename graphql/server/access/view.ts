/** The connections as far as they may be read. */
import { type ProviderConnection, ProviderConnections } from '../../providerConnections';
import { LimitedConnector } from './limitedConnector';
import { type Reach, accountsOf } from './principal';

/** What may not be read is not there. */
export function connectionsFor(reach: Reach, { all }: ProviderConnections): ProviderConnections {
	return new ProviderConnections(
		all.flatMap((connection) => {
			const allowed = accountsOf(reach, connection.id);
			if (allowed === 'ALL') return [connection];
			const accounts = connection.accounts?.filter((account) => allowed.has(account)) ?? null;
			const named = new Set(accounts ?? allowed);
			return named.size === 0 ? [] : [limitedTo(named, connection, accounts)];
		}),
	);
}

function limitedTo(
	named: ReadonlySet<string>,
	connection: ProviderConnection,
	accounts: readonly string[] | null,
): ProviderConnection {
	return { ...connection, accounts, connector: new LimitedConnector(connection.connector, named) };
}
