/** `BillingAccount`: what a bill says of it where that is enough, the provider's own list where it is not. */
import { BillingError } from '../../providers/transport/errors';
import { accountBills } from '../connections/accountBills';
import { reportBeside } from '../connections/sourceTrouble';
import type { BillingAccountResolvers } from '../generated/resolverTypes';
import { encodeGlobalId } from '../globalId';
import { accountAvailability, unreadAccountAvailability } from './availability';
import { type KnownAccount, completed } from '../knownAccount';

export const BillingAccount: BillingAccountResolvers = {
	id: globalIdOf,
	provider: ({ connection }) => connection.provider,
	name: async (account, _args, context) => account.name ?? (await completed(account, context)).name,
	number: async (account, _args, context) => account.number ?? (await completed(account, context)).number,
	bills: accountBills,
	availability: async (account, _args, context, info) => {
		try {
			return accountAvailability(await completed(account, context));
		} catch (error) {
			if (!(error instanceof BillingError)) throw error;
			// What is known of the account must not go with what is not.
			reportBeside(error, context, info);
			return unreadAccountAvailability(account);
		}
	},
};

function globalIdOf({ connection, remoteId }: KnownAccount): string {
	return encodeGlobalId({ type: 'BillingAccount', connection: connection.id, remoteId });
}
