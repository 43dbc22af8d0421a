/** Which connections a filter is about, and which of its ids and accounts are whose. */
import { badUserInput } from '../errors';
import { decodeGlobalId, decodeIdOf } from '../globalId';
import type { ProviderConnection, ProviderConnections } from '../providerConnections';
import type { LocalId, Provider } from '../../providers/model/identity';

export interface ConnectionFilter {
	readonly providers?: readonly Provider[] | null | undefined;
	readonly connections?: readonly string[] | null | undefined;
}

/** In the order of the configuration. @throws GraphQLError BAD_USER_INPUT for a connection that is not there. */
export function connectionsInScope(
	all: ProviderConnections,
	{ providers, connections }: ConnectionFilter,
): readonly ProviderConnection[] {
	refuseEmpty('filter.providers', providers);
	refuseEmpty('filter.connections', connections);
	for (const id of connections ?? []) {
		if (all.find(id) !== undefined) continue;
		throw badUserInput('filter.connections', `names "${id}", which is no connection of this server`);
	}
	return all.all.filter(
		({ id, provider }) => (providers?.includes(provider) ?? true) && (connections?.includes(id) ?? true),
	);
}

/** Bill ids by connection; null where the filter names none. */
export function billIdsByConnection(ids: readonly string[] | null | undefined): ReadonlyMap<string, LocalId[]> | null {
	if (ids === null || ids === undefined) return null;
	refuseEmpty('filter.ids', ids);
	return groupByConnection(
		ids.map((text) => {
			const { connection, id } = decodeIdOf('Bill', text, 'filter.ids');
			return [connection, id] as const;
		}),
	);
}

/** Account ids by connection; null where the filter names none. */
export function accountIdsByConnection(
	ids: readonly string[] | null | undefined,
): ReadonlyMap<string, string[]> | null {
	if (ids === null || ids === undefined) return null;
	refuseEmpty('filter.ids', ids);
	return groupByConnection(
		ids.map((text) => {
			const { connection, remoteId } = decodeIdOf('BillingAccount', text, 'filter.ids');
			return [connection, remoteId] as const;
		}),
	);
}

/**
 * The accounts of one connection that a filter means. Ids of this graph belong to their connection; a provider's own
 * account id may be any connection's, save where the configuration says which accounts a connection has.
 */
export function accountsOf(connection: ProviderConnection, accounts: readonly string[]): readonly string[] {
	return accounts.flatMap((text) => {
		const id = decodeGlobalId(text);
		if (id?.type === 'BillingAccount') return id.connection === connection.id ? [id.remoteId] : [];
		return (connection.accounts?.includes(text) ?? true) ? [text] : [];
	});
}

function groupByConnection<T>(pairs: readonly (readonly [connection: string, value: T])[]): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const [connection, value] of pairs) {
		const group = groups.get(connection);
		if (group === undefined) groups.set(connection, [value]);
		else group.push(value);
	}
	return groups;
}

export function refuseEmpty(parameter: string, values: readonly unknown[] | null | undefined): void {
	if (values?.length !== 0) return;
	throw badUserInput(parameter, 'is an empty list', 'Give at least one value, or leave it out.');
}
