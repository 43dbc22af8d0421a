/** floLIVE invoice to the model's bill. */
import { type Bill, type BillField } from '../model/bill';
import { toInstant } from '../model/dates';
import { isNegative } from '../model/decimal';
import type { Identity } from '../model/identity';
import { RecordReader } from '../model/recordReader';
import { protocolError } from '../transport/errors';
import type { WireInvoice } from './wire';

/** The one document of an invoice; its bytes come from `download-invoices`. */
export const INVOICE_DOCUMENT = 'invoice';

/** An invoice does not name its customer, nor its kind: both are told from elsewhere. */
const DERIVED: readonly BillField[] = ['type', 'billingAccount'];

/**
 * Never throws but for an invoice without an id. The document has neither states, payments, tax items nor amounts due, and
 * nothing is made up for them. A total below zero makes a credit note, whose amounts are already signed.
 * @throws BillingError PROTOCOL
 */
export function toBill(invoice: WireInvoice, owner: Omit<Identity, 'remoteId'>): Bill {
	const reader = RecordReader.of(invoice, { currencyMembers: ['currency'] });
	const remoteId = reader.text('id')?.trim();
	if (remoteId === undefined || remoteId === '') throw protocolError('floLIVE gave an invoice without an id');
	const identity = { ...owner, remoteId };
	const total = reader.money('totalAmount');
	return {
		identity,
		number: reader.text('invoiceNumber'),
		type: total !== null && isNegative(total.amount) ? 'CREDIT_NOTE' : 'INVOICE',
		category: null,
		runType: null,
		state: 'NOT_REPORTED',
		stateRaw: null,
		paymentStatus: 'NOT_REPORTED',
		billDate: reader.date('creationTime'),
		billDateTime: toInstant(invoice.creationTime),
		// The table of the document names them so, its example so: 23:59:59.977 of the last day, which therefore counts.
		period: reader.span(
			['billingCycleStartTime', 'billingCycleStartDate'],
			['billingCycleEndTime', 'billingCycleEndDate'],
			true,
		),
		dueDate: reader.date('dueDate'),
		nextBillDate: null,
		lastUpdate: null,
		net: reader.money('netAmount'),
		tax: reader.money('taxAmount'),
		total,
		amountDue: null,
		remaining: null,
		taxItems: null,
		payments: null,
		billingAccount: { id: owner.scope, number: null, name: null },
		documents: [
			{ bill: identity, id: INVOICE_DOCUMENT, name: null, mediaType: null, size: null, source: { kind: 'OPERATION' } },
		],
		relatedParties: null,
		references: null,
		signPolicy: 'AS_REPORTED',
		notes: { derived: DERIVED, notFetched: [] },
		notices: reader.notices,
		raw: invoice,
	};
}
