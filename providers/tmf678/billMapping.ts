/** TMF678 `CustomerBill` to the model's bill. */
import type { Bill } from '../model/bill';
import type { BillState, BillType } from '../model/billWords';
import { toInstant } from '../model/dates';
import type { AccountRef, RelatedParty } from '../model/party';
import { paymentStatusOf } from '../model/paymentStatus';
import { type SignPolicy, signed, signPolicyFor } from '../model/sign';
import type { AppliedPayment } from '../model/tax';
import { compact } from '../model/words';
import { readDocuments } from './documentMapping';
import { type MappingContext, remoteIdOf } from './mappingContext';
import { RecordReader } from '../model/recordReader';
import { deriveTax, readTaxItems, signedTaxItems } from './taxMapping';
import type { WireBill } from './wire';

/** The states of TMF678 v2 to v5 and of Oracle BRM (`inProgress`). */
const STATES: ReadonlyMap<string, BillState> = new Map([
	['new', 'NEW'],
	['inprogress', 'IN_PROGRESS'],
	['onhold', 'ON_HOLD'],
	['validated', 'VALIDATED'],
	['sent', 'SENT'],
	['partiallypaid', 'PARTIALLY_PAID'],
	['settled', 'SETTLED'],
]);

/** Never throws for anything that `checkedRecord` let pass: what cannot be read is null, and noticed. */
export function toBill(record: WireBill, context: MappingContext): Bill {
	const reader = RecordReader.of(record, context);
	const identity = { ...context.owner, remoteId: remoteIdOf(record) };
	const category = reader.text('category');
	const type = billTypeOf(category);
	const amounts = readAmounts(reader, type, context);
	// The specification's own example of a state change event says `status`.
	const stateRaw = reader.text('state', 'status');
	const state = stateRaw === null ? 'NOT_REPORTED' : (STATES.get(compact(stateRaw)) ?? 'UNKNOWN');
	const account = readAccount(reader) ?? context.account ?? null;

	return {
		identity,
		number: reader.text('billNo'),
		type,
		category,
		runType: reader.text('runType'),
		state,
		stateRaw,
		paymentStatus: paymentStatusOf(state, amounts.remaining, amounts.amountDue ?? amounts.total),
		billDate: reader.date('billDate'),
		billDateTime: toInstant(record.billDate),
		period: reader.period(context.periodEndCounts, 'billingPeriod'),
		dueDate: reader.date('paymentDueDate'),
		nextBillDate: reader.date('nextBillDate'),
		lastUpdate: reader.instant('lastUpdate'),
		net: amounts.net,
		tax: amounts.tax,
		total: amounts.total,
		amountDue: amounts.amountDue,
		remaining: amounts.remaining,
		taxItems: amounts.taxItems,
		payments: readPayments(reader, amounts.signPolicy),
		billingAccount: account,
		documents: readDocuments(reader, identity),
		relatedParties: readRelatedParties(reader),
		references: null,
		signPolicy: amounts.signPolicy,
		notes: {
			derived: [
				'type',
				'paymentStatus',
				...(amounts.taxDerived ? (['tax'] as const) : []),
				...(account !== null && account === context.account ? (['billingAccount'] as const) : []),
			],
			notFetched: ['rates'],
		},
		notices: reader.notices,
		raw: record,
	};
}

/** How a bill's amounts were signed, from as little of the record as decides it (`SIGN_MEMBERS`). */
export function signPolicyOf(record: WireBill, context: MappingContext): SignPolicy {
	const reader = RecordReader.of(record, context);
	return readAmounts(reader, billTypeOf(reader.text('category')), context).signPolicy;
}

/** The members that `signPolicyOf` reads. */
export const SIGN_MEMBERS = [
	'category',
	'amountDue',
	'remainingAmount',
	'taxExcludedAmount',
	'taxIncludedAmount',
	'taxItem',
] as const;

/**
 * TMF678 has no document type; a credit note is told by its category ("credit note", "creditNote", "final credit note").
 * Every other category (normal, duplicate, interim, last...) is an invoice: that is what a customer bill is.
 */
export function billTypeOf(category: string | null): BillType {
	if (category === null) return 'INVOICE';
	const word = compact(category);
	if (word.startsWith('creditnote') || word.endsWith('creditnote')) return 'CREDIT_NOTE';
	return word.startsWith('debitnote') || word.endsWith('debitnote') ? 'DEBIT_NOTE' : 'INVOICE';
}

function readAmounts(reader: RecordReader, type: BillType, { taxMembers = [] }: MappingContext) {
	const net = reader.money('taxExcludedAmount');
	const total = reader.money('taxIncludedAmount');
	const amountDue = reader.money('amountDue');
	const remaining = reader.money('remainingAmount');
	const taxItems = readTaxItems(reader, 'taxItem');
	const givenTax = reader.money(...taxMembers);
	const tax = givenTax ?? deriveTax(reader, taxItems, { net, gross: total });
	const signPolicy = signPolicyFor(type, [net, total, amountDue, remaining, tax]);
	if (signPolicy === 'SIGN_AMBIGUOUS') reader.say('this credit note has amounts of both signs, kept as reported');
	return {
		signPolicy,
		net: signed(net, signPolicy),
		total: signed(total, signPolicy),
		amountDue: signed(amountDue, signPolicy),
		remaining: signed(remaining, signPolicy),
		tax: signed(tax, signPolicy),
		taxDerived: tax !== null && givenTax === null,
		taxItems: signedTaxItems(taxItems, signPolicy),
	};
}

/** A refund of a credit note is signed like it, so that what remains is the amount due less the payments either way. */
function readPayments(reader: RecordReader, policy: SignPolicy): readonly AppliedPayment[] | null {
	return (
		reader.list('appliedPayment')?.map((item) => {
			const payment = item.child('payment');
			return {
				id: payment.text('id'),
				name: payment.text('name'),
				applied: signed(item.money('appliedAmount'), policy),
				amount: signed(payment.money('amount'), policy),
			};
		}) ?? null
	);
}

/** The account that a bill or a rate names; its number stands in for a missing id. */
export function readAccount(reader: RecordReader): AccountRef | null {
	const account = reader.child('billingAccount');
	const number = account.text('accountNumber', 'number');
	const id = account.text('id') ?? number;
	return id === null ? null : { id, number, name: account.text('name') };
}

function readRelatedParties(reader: RecordReader): readonly RelatedParty[] | null {
	return (
		reader.list('relatedParty')?.map((item) => {
			const party = item.child('partyOrPartyRole');
			return {
				id: item.text('id') ?? party.text('id'),
				name: item.text('name') ?? party.text('name'),
				role: item.text('role'),
			};
		}) ?? null
	);
}
