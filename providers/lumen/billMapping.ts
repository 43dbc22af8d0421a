/** Lumen's bills to the model: API v1 as TMF678 records, API v2 from its statements. */
import type { Bill } from '../model/bill';
import { toInstant } from '../model/dates';
import { textOf } from '../model/json';
import type { AccountRef } from '../model/party';
import { paymentStatusOf } from '../model/paymentStatus';
import { toBill } from '../tmf678/billMapping';
import type { MappingContext } from '../tmf678/mappingContext';
import { RecordReader } from '../model/recordReader';
import type { WireBill } from '../tmf678/wire';
import type { BillRecord } from './statements';

/** Amounts are in the invoice's currency; the account's own is asked only where the invoice names none. */
export const CURRENCY_MEMBERS = ['invoiceCurrencyCode', 'CurrencyCode', 'currencyCode'] as const;

/** How records of one billing account are read: a period's end is not documented to count, nor not to. */
export function lumenContext(connection: string, account: string): MappingContext & { readonly account: AccountRef } {
	return {
		owner: { provider: 'LUMEN', connection, scope: account },
		periodEndCounts: null,
		account: { id: account, number: account, name: null },
		currencyMembers: CURRENCY_MEMBERS,
		taxMembers: ['tax', 'taxAmount'],
	};
}

/** Never throws: what cannot be read is null, and noticed. */
export function toLumenBill(bill: BillRecord, connection: string, account: string): Bill {
	const context = lumenContext(connection, account);
	return bill.kind === 'STATEMENT' ? fromStatement(bill, context) : fromCustomerBill(bill, context);
}

function fromCustomerBill({ record, remoteId, number }: BillRecord, context: MappingContext): Bill {
	const wire: WireBill = { ...record, id: remoteId, billNo: number };
	const bill = toBill(wire, context);
	const isNumberDerived = textOf(record['billNo']) === null && textOf(record['invoiceNumber']) === null;
	return {
		...bill,
		notes: isNumberDerived ? { ...bill.notes, derived: [...bill.notes.derived, 'number'] } : bill.notes,
		raw: record,
	};
}

/**
 * `totalAmountDue` is what is to be paid, with what was carried over; `currentCharges` is what this statement adds, which
 * is the bill's total. They are two meanings: neither stands in for the other, and they are never added.
 */
function fromStatement(
	{ record, remoteId, number, documents }: BillRecord,
	context: ReturnType<typeof lumenContext>,
): Bill {
	const currencyMembers = ['documentSummaryDetails.currencyCode', ...CURRENCY_MEMBERS];
	const reader = RecordReader.of(record, { currencyMembers });
	const document = reader.child('documentSummaryDetails');
	const charges = document.child('billCharges');
	const total = charges.money('currentCharges');
	const amountDue = charges.money('totalAmountDue');
	if (documents > 1) {
		reader.say(
			`invoice ${number} has ${documents} documents that differ; Lumen does not say whether one replaces another, so look before paying or adding them`,
		);
	}
	return {
		identity: { ...context.owner, remoteId },
		number,
		type: 'INVOICE',
		category: null,
		runType: null,
		state: 'NOT_REPORTED',
		stateRaw: null,
		paymentStatus: paymentStatusOf('NOT_REPORTED', null, amountDue),
		billDate: document.date('statementDate'),
		billDateTime: toInstant(document.record['statementDate']),
		period: document.span(['fromDate'], ['toDate'], context.periodEndCounts),
		dueDate: null,
		nextBillDate: null,
		lastUpdate: null,
		net: null,
		tax: null,
		total,
		amountDue,
		remaining: null,
		taxItems: null,
		payments: null,
		billingAccount: context.account,
		documents: null,
		relatedParties: null,
		references: null,
		signPolicy: 'AS_REPORTED',
		notes: { derived: ['type', 'total', 'billingAccount'], notFetched: ['rates'] },
		notices: reader.notices,
		raw: record,
	};
}
