/** The collections of Billing for Business, made from the books. */
import type { SandboxContext } from '../context';
import type { Ledger, LedgerBill } from '../data/ledger';

import { ACCOUNT_ATTRIBUTES, BILL_ATTRIBUTES, ITEM_ATTRIBUTES, type Attributes } from './attributes';
import { collectionOf, type Collection } from './listing';
import { wireAccount, wireBill, wireItem, type WireRecord } from './wire';

const STATUS_ATTRIBUTES: Attributes = { id: 'text', status: 'text' };
const INSTALLED_OFFER_ATTRIBUTES: Attributes = { id: 'text', 'billingAccount.id': 'text' };
const COMPONENTS = ['bills', 'billingAccounts', 'reports', 'snapshots', 'asyncJobs'] as const;
/** Lines of an account's newest bill in which its installed offers are looked for. */
const OFFER_LINES = 200;

/** Gives the collection of all bills, the same one until the books change, so that its rows and order are made once. */
export function billCollections({ ledger, options }: SandboxContext): () => Collection {
	const made = new WeakMap<readonly LedgerBill[], Collection>();
	return () => {
		const bills = ledger.bills('orange');
		const collection =
			made.get(bills) ??
			collectionOf(
				BILL_ATTRIBUTES,
				bills.map((bill) => wireBill(bill, options.orangeEmbedsAccountName)),
			);
		made.set(bills, collection);
		return collection;
	};
}

/** The items of a bill; a page of a million costs the page. */
export function itemCollection(ledger: Ledger, bill: LedgerBill): Collection {
	return {
		attributes: ITEM_ATTRIBUTES,
		size: bill.lineCount,
		rows: (from, to) => ledger.lines(bill, from, to).map(wireItem),
	};
}

export function accountCollection(ledger: Ledger): Collection {
	return collectionOf(ACCOUNT_ATTRIBUTES, ledger.accounts('orange').map(wireAccount));
}

export function statusCollection(): Collection {
	const rows = COMPONENTS.map((id) => ({ id, status: 'up' }));
	return collectionOf(STATUS_ATTRIBUTES, rows);
}

export function installedOfferCollection(ledger: Ledger): Collection {
	const rows = ledger.accounts('orange').flatMap(({ id: accountId }): WireRecord[] => {
		const newest = ledger.bills('orange', accountId).at(-1);
		const lines = newest === undefined ? [] : ledger.lines(newest, 0, OFFER_LINES);
		const ids = new Set(lines.map(({ serviceId }) => serviceId));
		return [...ids].map((id) => ({ id, billingAccount: { id: accountId } }));
	});
	return collectionOf(INSTALLED_OFFER_ATTRIBUTES, rows);
}
