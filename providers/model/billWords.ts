/** The words that a bill is described by: its type, its state, and whether it is paid. */

export const BILL_TYPES = ['INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE', 'OTHER', 'UNKNOWN'] as const;
export type BillType = (typeof BILL_TYPES)[number];

export const BILL_STATES = [
	'NEW',
	'IN_PROGRESS',
	'ON_HOLD',
	'VALIDATED',
	'SENT',
	'PARTIALLY_PAID',
	'SETTLED',
	'VOIDED',
	'UNKNOWN',
	'NOT_REPORTED',
] as const;
/** `UNKNOWN`: the provider gave a word that is not known here (see `stateRaw`). `NOT_REPORTED`: it gave none. */
export type BillState = (typeof BILL_STATES)[number];

export const PAYMENT_STATUSES = ['UNPAID', 'PARTIAL', 'PAID', 'OVERPAID', 'NOT_REPORTED'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];
