/** `billingAccounts`: one page of all connections' billing accounts, by connection, then by the provider's id. */
import type { GraphQLResolveInfo } from 'graphql';

import type { AccountQuery, Page } from '../../providers/connector';
import type { BillingAccount } from '../../providers/model/account';
import { checkAccountQuery } from '../../providers/query/check';
import { BillingError } from '../../providers/transport/errors';
import type { GraphContext } from '../context';
import { refused } from '../errors';
import type { QueryBillingAccountsArgs } from '../generated/resolverTypes';
import { type KnownAccount, wholeAccount } from '../knownAccount';
import type { ProviderConnection } from '../providerConnections';
import { selects } from '../selection';
import { accountsOfBills } from './accountsOfBills';
import { type MergedPlace, listFingerprint } from './cursor';
import { type MergedConnection, mergedConnection } from './mergedConnection';
import { checkedFirst } from './pageSize';
import { accountIdsByConnection, connectionsInScope } from './scope';
import { compareByConnection, sortedHere } from './sortedHere';
import { Source } from './source';

const PAGE_SIZE = { default: 20, max: 500 };

/** @throws GraphQLError BAD_USER_INPUT or BAD_CURSOR */
export async function accountConnection(
	args: Partial<QueryBillingAccountsArgs>,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<MergedConnection<KnownAccount>> {
	const first = checkedFirst(args.first, PAGE_SIZE);
	const filter = args.filter ?? {};
	const ids = accountIdsByConnection(filter.ids);
	const fingerprint = listFingerprint('billingAccounts', filter);
	const after = args.after === null || args.after === undefined ? null : context.cursors.open(fingerprint, args.after);
	const wantsBills = selects(info, ['nodes', 'bills']) || selects(info, ['edges', 'node', 'bills']);
	const sources = connectionsInScope(context.connections, filter).flatMap((connection) => {
		const own = ids?.get(connection.id);
		if (ids !== null && own === undefined) return [];
		const query: AccountQuery = { ids: own, nameLike: filter.nameLike ?? undefined };
		check(query, connection);
		const read = (signal: AbortSignal): AsyncIterable<Page<BillingAccount>> =>
			wantsBills && own === undefined && connection.connector.capabilities.accounts === 'FROM_BILLS'
				? accountsOfBills(connection, query, context.loaders.knownBills, signal)
				: connection.connector.accounts(query, { signal });
		return [
			new Source({
				connection,
				pages: (signal) => sortedHere(knownAccounts(connection, read(signal)), placeOf, after?.place ?? null),
				placeOf,
				compare: compareByConnection,
				timeoutMs: context.timeoutMs,
				reportFault: context.reportFault,
			}),
		];
	});
	const list = { fingerprint, first, after, sources, compare: compareByConnection };
	return mergedConnection(list, context, info);
}

function check(query: AccountQuery, { connector }: ProviderConnection): void {
	try {
		checkAccountQuery(query, connector.capabilities);
	} catch (error) {
		throw error instanceof BillingError ? refused(error) : error;
	}
}

async function* knownAccounts(
	connection: ProviderConnection,
	pages: AsyncIterable<Page<BillingAccount>>,
): AsyncGenerator<Page<KnownAccount>, void, undefined> {
	for await (const page of pages) {
		yield { ...page, items: page.items.map((account) => wholeAccount(account, connection)) };
	}
}

function placeOf({ connection, remoteId }: KnownAccount): MergedPlace {
	return { sortKey: null, connection: connection.id, scope: '', remoteId };
}
