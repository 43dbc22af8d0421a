/** Whom the requestor may ask about: its own customer, sub-customers, and customers that bring trouble on purpose. */
import type { Ledger, LedgerAccount } from '../data/ledger';

import { FloLiveFailure, type Failure } from './envelope';

/** Customer ids that fail, by how they start; `bulk` puts the failure in the shape of the documented failure example. */
const TROUBLES: ReadonlyArray<{ readonly prefix: string; readonly failure: Failure; readonly bulk: boolean }> = [
	{ prefix: '999', failure: 'unavailable', bulk: true },
	{ prefix: '888', failure: 'unavailable', bulk: false },
	{ prefix: '777', failure: 'noDetails', bulk: false },
];

/** The trouble that an id stands for, if any. */
export function troubleOf(customerId: string): { readonly failure: Failure; readonly bulk: boolean } | undefined {
	return TROUBLES.find(({ prefix }) => customerId.startsWith(prefix));
}

/** The requestor's own customer or one of its sub-customers, however deep. */
export function visibleCustomer(ledger: Ledger, customerId: string): LedgerAccount {
	const customer = ledger.accounts('floLive').find(({ id }) => id === customerId);
	if (customer === undefined) throw new FloLiveFailure('noCustomer');
	return customer;
}

/**
 * The requestor's own customer or a direct sub-customer: files are not given for deeper ones, though lists are. With three
 * customers or more, the last is a sub-customer of the second.
 */
export function directCustomer(ledger: Ledger, customerId: string): LedgerAccount {
	const customers = ledger.accounts('floLive');
	const customer = visibleCustomer(ledger, customerId);
	if (customers.length >= 3 && customer === customers.at(-1)) throw new FloLiveFailure('noCustomer');
	return customer;
}

/** What a customer's invoices can be downloaded as, in turn over the customers. */
export type InvoiceFormat = 'PDF' | 'XML' | 'ALL';

export function invoiceFormat(ledger: Ledger, customer: LedgerAccount): InvoiceFormat {
	const formats = ['PDF', 'XML', 'ALL'] as const;
	return formats[ledger.accounts('floLive').indexOf(customer) % formats.length] ?? 'PDF';
}
