/** Orange bill and billing account to the model. */
import type { BillingAccount } from '../model/account';
import type { Bill, BillField, BillState, BillType } from '../model/bill';
import { toInstant } from '../model/dates';
import { type Decimal, subtractDecimals, sumDecimals } from '../model/decimal';
import type { Identity } from '../model/identity';
import { type JsonObject, textOf } from '../model/json';
import type { Money } from '../model/money';
import type { AccountRef, RelatedParty } from '../model/party';
import { paymentStatusOf } from '../model/paymentStatus';
import { signed, signPolicyFor } from '../model/sign';
import { compact } from '../tmf678/billMapping';
import { RecordReader } from '../tmf678/recordReader';
import { protocolError } from '../transport/errors';
import type { FieldNames } from './fieldAliases';

/** The one document of a bill that the API hands over. */
export const PDF_DOCUMENT = 'pdf';

const TYPES: Readonly<Record<string, BillType>> = {
	invoice: 'INVOICE',
	creditnote: 'CREDIT_NOTE',
	debitnote: 'DEBIT_NOTE',
};

export function billTypeOf(word: string | null): BillType {
	return TYPES[compact(word ?? '')] ?? 'UNKNOWN';
}

/** No document shows a state; these are the words of TMF678 and the usual ones for bills. */
const STATES: Readonly<Record<string, BillState>> = {
	new: 'NEW',
	inprogress: 'IN_PROGRESS',
	onhold: 'ON_HOLD',
	validated: 'VALIDATED',
	sent: 'SENT',
	partiallypaid: 'PARTIALLY_PAID',
	settled: 'SETTLED',
	paid: 'SETTLED',
	voided: 'VOIDED',
	cancelled: 'VOIDED',
};

export type Owner = Pick<Identity, 'provider' | 'connection'>;

/**
 * Never throws but for a bill without a usable id. Credit notes with positive amounts are negated, once.
 * `createdAt` is when the record was made, so it is never taken for the bill date.
 * @throws BillingError PROTOCOL
 */
export function toBill(record: JsonObject, owner: Owner, names: FieldNames): Bill {
	const identity = identityOf(record, owner, 'bill');
	const reader = RecordReader.of(record, { currencyMembers: names.currency });
	const type = billTypeOf(reader.text('type'));
	const amounts = readAmounts(reader, names);
	const amountDue = reader.money(...names.amountDue);
	const remaining = reader.money(...names.remaining);
	const policy = signPolicyFor(type, [amounts.net, amounts.tax, amounts.total, amountDue, remaining]);
	if (policy === 'SIGN_AMBIGUOUS') reader.say('this credit note has amounts of both signs, kept as reported');
	const stateRaw = reader.text(...names.state);
	const state = stateRaw === null ? 'NOT_REPORTED' : (STATES[compact(stateRaw)] ?? 'UNKNOWN');
	const due = amountDue ?? amounts.total;
	return {
		identity,
		number: reader.text(...names.number),
		type,
		category: null,
		runType: null,
		state,
		stateRaw,
		paymentStatus: paymentStatusOf(state, signed(remaining, policy), signed(due, policy)),
		billDate: reader.date(...names.billDate),
		billDateTime: toInstant(reader.text(...names.billDate)),
		period: reader.span(names.periodStart, names.periodEnd, null),
		dueDate: reader.date(...names.dueDate),
		nextBillDate: null,
		lastUpdate: reader.instant('updatedAt'),
		net: signed(amounts.net, policy),
		tax: signed(amounts.tax, policy),
		total: signed(amounts.total, policy),
		amountDue: signed(amountDue, policy),
		remaining: signed(remaining, policy),
		taxItems: null,
		payments: null,
		billingAccount: readAccount(reader, names),
		documents: [
			{
				bill: identity,
				id: PDF_DOCUMENT,
				name: null,
				mediaType: 'application/pdf',
				size: null,
				source: { kind: 'OPERATION' },
			},
		],
		relatedParties: readCustomer(reader),
		references: reader.text(...names.references),
		signPolicy: policy,
		notes: { derived: ['paymentStatus', ...amounts.derived], notFetched: ['rates'] },
		notices: [...reader.notices, ...amounts.notices],
		raw: record,
	};
}

/** @throws BillingError PROTOCOL for an account without a usable id */
export function toBillingAccount(record: JsonObject, owner: Owner, names: FieldNames): BillingAccount {
	const reader = RecordReader.of(record);
	return {
		identity: identityOf(record, owner, 'billing account'),
		name: reader.text(...names.accountResourceName),
		number: reader.text(...names.accountResourceNumber),
		notes: { derived: [], notFetched: [] },
		raw: record,
	};
}

/** @throws BillingError PROTOCOL */
export function identityOf(record: JsonObject, owner: Owner, what: string, scope = ''): Identity {
	const remoteId = textOf(record['id']);
	// What cannot stand in a URL can never be asked for again.
	if (remoteId === null || !/[^\s.]/.test(remoteId) || /[\u0000-\u001f\u007f]/.test(remoteId)) {
		throw protocolError(`Orange gave a ${what} without a usable id`, owner);
	}
	return { ...owner, scope, remoteId };
}

interface Amounts {
	readonly net: Money | null;
	readonly tax: Money | null;
	readonly total: Money | null;
	readonly derived: readonly ('net' | 'tax' | 'total')[];
	readonly notices: readonly string[];
}

const AMOUNTS = ['net', 'tax', 'total'] as const satisfies readonly BillField[];

/** Of net, tax and total, the one that is missing is worked out from the other two; what stays missing is noticed. */
function readAmounts(reader: RecordReader, names: FieldNames): Amounts {
	const [net, tax, total] = AMOUNTS.map((field) => reader.money(...names[field])) as [
		Money | null,
		Money | null,
		Money | null,
	];
	const all = {
		net: net ?? combined(total, tax, subtractDecimals),
		tax: tax ?? combined(total, net, subtractDecimals),
		total: total ?? combined(net, tax, (left, right) => sumDecimals([left, right])),
	};
	const given = { net, tax, total };
	const missing = AMOUNTS.filter((field) => all[field] === null);
	return {
		...all,
		derived: AMOUNTS.filter((field) => given[field] === null && all[field] !== null),
		notices:
			missing.length === 0
				? []
				: [`no member of this bill is known as its ${missing.join(', ')}: name it in the connection's "fields"`],
	};
}

/** Null where one is missing or their currencies differ: those are never added together. */
function combined(
	left: Money | null,
	right: Money | null,
	combine: (left: Decimal, right: Decimal) => Decimal,
): Money | null {
	if (left === null || right === null || left.currency !== right.currency) return null;
	return { amount: combine(left.amount, right.amount), currency: left.currency };
}

/** The account's number stands in for a missing id. */
function readAccount(reader: RecordReader, names: FieldNames): AccountRef | null {
	const number = reader.text(...names.accountNumber);
	const id = reader.text(...names.accountId) ?? number;
	return id === null ? null : { id, number, name: reader.text(...names.accountName) };
}

function readCustomer(reader: RecordReader): readonly RelatedParty[] | null {
	const customer = reader.child('customer');
	const [id, name] = [customer.text('id'), customer.text('name')];
	return id === null && name === null ? null : [{ id, name, role: 'customer' }];
}
