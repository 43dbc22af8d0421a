/** The same bill in the lists of two accounts is one bill: shown with the first, and said. */
import type { Bill } from '../model/bill';
import { contentHash } from '../model/contentHash';

export interface Owned {
	readonly bills: readonly Bill[];
	/** Why the lists may not be all; empty where each bill came for one account. */
	readonly reasons: readonly string[];
}

/**
 * For lists that are read account by account: a provider that gives one account's list for another's shows by nothing else.
 * To be called with each list in turn. Bills of the same id and other content stay two.
 */
export function ownedOnce(): (bills: readonly Bill[]) => Owned {
	const first = new Map<string, Bill>();
	return (bills) => {
		const reasons: string[] = [];
		const own = bills.filter((bill) => {
			const { scope, remoteId } = bill.identity;
			const known = first.get(remoteId) ?? bill;
			first.set(remoteId, known);
			const owner = known.identity.scope;
			if (owner === scope || contentHash(known.raw) !== contentHash(bill.raw)) return true;
			reasons.push(`bill ${remoteId} came for account ${owner} and for ${scope}; it is shown for ${owner}`);
			return false;
		});
		return { bills: own, reasons };
	};
}
