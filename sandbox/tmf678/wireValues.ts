/** How amounts, dates and states of Oracle BRM's books look on the wire, in any TMF678 dress. */
import { type LedgerBill, majorUnits } from '../data/ledger';
import { type ExactJson, ExactNumber } from '../json/exactJson';

/** "A positive floating point number": amounts of a credit note are positive too, its category tells which way they count. */
export function wireAmount(bill: LedgerBill, amount: bigint): string {
	return majorUnits(bill.type === 'creditNote' ? -amount : amount, bill.account.currency);
}

export function money(bill: LedgerBill, amount: bigint): ExactJson {
	return { unit: bill.account.currency.code, value: new ExactNumber(wireAmount(bill, amount)) };
}

/** Midnight of a day where the account is: accounts in dinars live in Kuwait, the others write UTC. */
export function midnight(bill: LedgerBill, date: string): string {
	return bill.account.currency.code === 'KWD' ? `${date}T00:00:00+03:00` : `${date}T00:00:00.000Z`;
}

export type OracleState = 'new' | 'partiallyPaid' | 'settled' | 'onHold' | 'inProgress';

export function oracleState(bill: LedgerBill): OracleState {
	if (bill.standing !== 'issued') return bill.standing;
	if (bill.paid === bill.total) return 'settled';
	return bill.paid === 0n ? 'new' : 'partiallyPaid';
}

/** The standard has no `inProgress`; what is new in Oracle's books is validated or sent here. */
export function standardState(bill: LedgerBill): string {
	const state = oracleState(bill);
	if (state === 'inProgress') return 'new';
	if (state !== 'new') return state;
	return bill.net % 2n === 0n ? 'sent' : 'validated';
}

/** Credit notes have a category of their own; bills made on demand are interim ones. */
export function categoryOf(bill: LedgerBill): string {
	if (bill.type === 'creditNote') return 'credit note';
	return bill.runType === 'offCycle' ? 'interim' : 'normal';
}
