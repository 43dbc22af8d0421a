/** Accounts of a provider that names them on bills only, where the query wants their bills too: one list gives both. */
import type { AccountQuery, Page } from '../../providers/connector';
import type { BillingAccount } from '../../providers/model/account';
import type { Bill } from '../../providers/model/bill';
import { wildcardMatches } from '../../providers/query/billFilter';
import type { KnownBills } from '../loaders/knownBills';
import type { ProviderConnection } from '../providerConnections';

/** One page of all accounts that bills name; the bills are kept in `known`. */
export async function* accountsOfBills(
	{ id, connector }: ProviderConnection,
	{ nameLike }: AccountQuery,
	known: KnownBills,
	signal: AbortSignal,
): AsyncGenerator<Page<BillingAccount>, void, undefined> {
	const { items, last, requests, notices } = await known.read(id, connector.bills({}, { signal }));
	const accounts = new Map<string, BillingAccount>();
	for (const bill of items) {
		const account = accountOn(bill);
		if (account === null || accounts.has(account.identity.remoteId)) continue;
		if (nameLike !== undefined && (account.name === null || !wildcardMatches(account.name, nameLike))) continue;
		accounts.set(account.identity.remoteId, account);
	}
	const appliedHere = nameLike === undefined ? [] : ['nameLike'];
	yield { items: [...accounts.values()], total: null, pushedDown: [], appliedHere, requests, end: last.end, notices };
}

function accountOn({ identity, billingAccount }: Bill): BillingAccount | null {
	if (billingAccount === null) return null;
	const { id: remoteId, name, number } = billingAccount;
	return {
		identity: { ...identity, scope: '', remoteId },
		name,
		number,
		notes: { derived: [], notFetched: [] },
		raw: null,
	};
}
