/** The configured connections: a provider account each, with the connector that reads it. */
import type { BillConnector } from '../providers/connector';
import type { Provider } from '../providers/model/identity';
import type { DeprecationNotice } from './guard/deprecations';
import type { ConnectionHealth } from './guard/connectionGuard';

export interface ProviderConnection {
	/** As configured; unique. */
	readonly id: string;
	readonly provider: Provider;
	readonly connector: BillConnector;
	/** Accounts in scope, where the configuration names them; null where the provider lists all by itself. */
	readonly accounts: readonly string[] | null;
	/** Seconds for which what was read may be handed out again; 0 or absent: never. */
	readonly freshFor?: number;
	/** How the provider answers just now; absent: nobody watches. */
	readonly health?: () => ConnectionHealth;
	/** What the provider said will go away; absent: nobody listens. */
	readonly deprecations?: () => readonly DeprecationNotice[];
}

export class ProviderConnections {
	private readonly byId: ReadonlyMap<string, ProviderConnection>;

	/** In the order of the configuration. */
	constructor(readonly all: readonly ProviderConnection[]) {
		this.byId = new Map(all.map((connection) => [connection.id, connection]));
	}

	find(id: string): ProviderConnection | undefined {
		return this.byId.get(id);
	}

	/** The connection that a record came through. @throws Error when a connector names another connection than its own. */
	of(record: { readonly identity: { readonly connection: string } }): ProviderConnection {
		const { connection } = record.identity;
		const found = this.find(connection);
		if (found === undefined) throw new Error(`A record names the connection "${connection}", which is not configured`);
		return found;
	}
}
