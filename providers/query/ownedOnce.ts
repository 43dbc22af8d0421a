/** The same bill in the lists of two accounts is one bill: shown with the first, and said. */
import type { Bill } from '../model/bill';
import { contentHash } from '../model/contentHash';

export interface Owned {
	readonly bills: readonly Bill[];
	/** Why the list may not be that of its account; empty where it may be taken for it. */
	readonly reasons: readonly string[];
	/** Which bills are shown with another account, in words. */
	readonly notices: readonly string[];
}

/**
 * For lists that are read account by account, each list in turn. Accounts may share an invoice, which must not double what
 * is owed; and a provider may give one account's list for another's, which shows by nothing else: a list with bills of its
 * own is its account's, one without is not taken for it. Bills of the same id and other content stay two.
 */
export function ownedOnce(): (bills: readonly Bill[]) => Owned {
	const first = new Map<string, Bill>();
	return (bills) => {
		const shared: { readonly bill: Bill; readonly owner: string }[] = [];
		const own = bills.filter((bill) => {
			const { scope, remoteId } = bill.identity;
			const known = first.get(remoteId) ?? bill;
			first.set(remoteId, known);
			const owner = known.identity.scope;
			if (owner === scope || contentHash(known.raw) !== contentHash(bill.raw)) return true;
			shared.push({ bill, owner });
			return false;
		});
		const [one] = shared;
		if (one !== undefined && own.length === 0) return { bills: own, reasons: [nothingOwn(one)], notices: [] };
		return {
			bills: own,
			reasons: [],
			notices: shared.map(
				({ bill: { identity }, owner }) =>
					`Bill ${identity.remoteId} came for account ${owner} and for ${identity.scope}; it is shown for ${owner}.`,
			),
		};
	};
}

function nothingOwn({ bill, owner }: { readonly bill: Bill; readonly owner: string }): string {
	return `every bill that came for account ${bill.identity.scope} came for ${owner} too, so its own may be missing; if the two share all their bills, name only ${owner}`;
}
