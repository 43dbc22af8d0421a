/** The bill (invoice or credit note) in TMF678 v4 names, told truly: rules in docs/model.md. */
import type { FieldNotes } from './availability';
import type { BillState, BillType, PaymentStatus } from './billWords';
import type { CalendarDate, Instant } from './dates';
import type { BillDocument } from './document';
import type { Identity } from './identity';
import type { JsonObject } from './json';
import type { Money } from './money';
import type { AccountRef, RelatedParty } from './party';
import type { Period } from './period';
import type { SignPolicy } from './sign';
import type { AppliedPayment, TaxItem } from './tax';

/** Fields whose availability is told. */
export const BILL_FIELDS = [
	'number',
	'type',
	'category',
	'runType',
	'state',
	'paymentStatus',
	'billDate',
	'billDateTime',
	'period',
	'dueDate',
	'nextBillDate',
	'lastUpdate',
	'net',
	'tax',
	'total',
	'amountDue',
	'remaining',
	'taxItems',
	'payments',
	'billingAccount',
	'documents',
	'relatedParties',
	'rates',
] as const;
export type BillField = (typeof BILL_FIELDS)[number];

/** Amounts are in major units, exact, signed by their effect on what is owed (`signPolicy` says what was done). */
export interface Bill {
	readonly identity: Identity;
	readonly number: string | null;
	readonly type: BillType;
	readonly category: string | null;
	/** TMF678 `runType`: onCycle or offCycle, as written. */
	readonly runType: string | null;
	readonly state: BillState;
	/** The provider's own word. */
	readonly stateRaw: string | null;
	readonly paymentStatus: PaymentStatus;
	/** The day the bill bears, as written. */
	readonly billDate: CalendarDate | null;
	readonly billDateTime: Instant | null;
	readonly period: Period | null;
	readonly dueDate: CalendarDate | null;
	readonly nextBillDate: CalendarDate | null;
	readonly lastUpdate: Instant | null;
	/** Tax excluded. */
	readonly net: Money | null;
	readonly tax: Money | null;
	/** Tax included. */
	readonly total: Money | null;
	readonly amountDue: Money | null;
	/** What is still to be paid. */
	readonly remaining: Money | null;
	/** Null: the provider cannot give the list. Empty: it says there are none. The same for the lists below. */
	readonly taxItems: readonly TaxItem[] | null;
	readonly payments: readonly AppliedPayment[] | null;
	readonly billingAccount: AccountRef | null;
	readonly documents: readonly BillDocument[] | null;
	readonly relatedParties: readonly RelatedParty[] | null;
	/** The bill that a credit note credits or that this one replaces, where the provider says. */
	readonly references: string | null;
	readonly signPolicy: SignPolicy;
	readonly notes: FieldNotes<BillField>;
	/** What could not be read, or looks odd, in words: for instance `billDate "2020-01-00" is not a date`. */
	readonly notices: readonly string[];
	/** The record as it came; numbers of more than 15 significant digits are strings. */
	readonly raw: JsonObject;
}
