/** `billingAccounts`: one page of all connections' billing accounts, by connection, then by the provider's id. */
import type { GraphQLResolveInfo } from 'graphql';

import type { AccountQuery, Page, Place } from '../../providers/connector';
import { compareText } from '../../providers/query/order';
import { checkAccountQuery } from '../../providers/query/check';
import { readOut } from '../../providers/query/pages';
import { BillingError } from '../../providers/transport/errors';
import type { GraphContext } from '../context';
import { refused } from '../errors';
import type { QueryBillingAccountsArgs } from '../generated/resolverTypes';
import { type KnownAccount, wholeAccount } from '../knownAccount';
import type { ProviderConnection } from '../providerConnections';
import { type MergedPlace, listFingerprint, resumeAt } from './cursor';
import { type MergedConnection, mergedConnection } from './mergedConnection';
import { checkedFirst } from './pageSize';
import { accountIdsByConnection, connectionsInScope } from './scope';
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
	const sources = connectionsInScope(context.connections, filter).flatMap((connection) => {
		const own = ids?.get(connection.id);
		if (ids !== null && own === undefined) return [];
		const query: AccountQuery = { ids: own, nameLike: filter.nameLike ?? undefined };
		check(query, connection);
		const resumed = after === null ? null : resumeAt(after.place, connection.id);
		return [
			new Source({
				connection,
				pages: (signal) => sortedById(connection, query, resumed, signal),
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

/** Providers promise no order of accounts, so each list is read whole and sorted: accounts are few beside bills. */
async function* sortedById(
	connection: ProviderConnection,
	query: AccountQuery,
	after: Place | null,
	signal: AbortSignal,
): AsyncGenerator<Page<KnownAccount>, void, undefined> {
	const { items, last, requests, notices } = await readOut(connection.connector.accounts(query, { signal }));
	const wanted = items
		.filter(({ identity }) => after === null || isBehind(identity.remoteId, after))
		.sort((left, right) => compareText(left.identity.remoteId, right.identity.remoteId))
		.map((account) => wholeAccount(account, connection));
	yield { ...last, items: wanted, total: last.end?.complete === true ? items.length : null, requests, notices };
}

/** Accounts have no scope: a place that has one lies behind all of its connection's accounts. */
function isBehind(remoteId: string, { scope, remoteId: place }: Place): boolean {
	return scope === '' && compareText(remoteId, place) > 0;
}

function placeOf({ connection, remoteId }: KnownAccount): MergedPlace {
	return { sortKey: null, connection: connection.id, scope: '', remoteId };
}

function compareByConnection(left: MergedPlace, right: MergedPlace): number {
	return compareText(left.connection, right.connection) || compareText(left.remoteId, right.remoteId);
}
