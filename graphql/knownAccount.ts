/** A billing account as far as it is known: named on a bill, or read whole. */
import type { BillingAccount } from '../providers/model/account';
import type { Bill } from '../providers/model/bill';
import type { GraphContext } from './context';
import type { ProviderConnection } from './providerConnections';

export interface KnownAccount {
	readonly connection: ProviderConnection;
	readonly remoteId: string;
	readonly name: string | null;
	readonly number: string | null;
	/** Null where only what a bill says of it is known. */
	readonly whole: BillingAccount | null;
}

export function accountOfBill({ billingAccount }: Bill, connection: ProviderConnection): KnownAccount | null {
	if (billingAccount === null) return null;
	const { id, name, number } = billingAccount;
	return { connection, remoteId: id, name, number, whole: null };
}

export function wholeAccount(whole: BillingAccount, connection: ProviderConnection): KnownAccount {
	return { connection, remoteId: whole.identity.remoteId, name: whole.name, number: whole.number, whole };
}

/** The account in full; asked for only where the provider has more to say of it than its bills do. */
export async function completed(account: KnownAccount, { loaders }: GraphContext): Promise<KnownAccount> {
	const { connection, remoteId } = account;
	if (account.whole !== null || connection.connector.capabilities.accounts !== 'RESOURCE') return account;
	return wholeAccount(await loaders.account(connection).load({ scope: '', remoteId }), connection);
}
