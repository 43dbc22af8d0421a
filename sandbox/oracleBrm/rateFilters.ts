/** The parameters of Oracle's applied billing rates: which lines of which bills. */
import type { Ledger, LedgerBill, LedgerLine } from '../data/ledger';
import { lineRange, lineTotal } from '../data/lineRange';
import { badRequest } from '../tmf678/errors';
import { billsOfAccount, isOfAccount } from './billFilters';
import { type Parameters, poid } from './parameters';

export const RATE_PARAMETERS: ReadonlySet<string> = new Set([
	'@type',
	'bill.id',
	'billingAccount.id',
	'fields',
	'id',
	'isBilled',
	'limit',
	'offset',
	'serviceId',
]);

export interface RatePage {
	readonly lines: readonly LedgerLine[];
	readonly total: number;
}

/** @throws TmfError 400 */
export function filteredRates(ledger: Ledger, parameters: Parameters, offset: number, limit: number): RatePage {
	const bills = billsOfRates(ledger, parameters);
	const id = parameters.get('id');
	const serviceId = parameters.get('serviceId');
	if (id === undefined && serviceId === undefined) {
		return { lines: lineRange(ledger, bills, offset, limit), total: lineTotal(bills) };
	}
	const wanted = (line: LedgerLine): boolean => serviceId === undefined || line.serviceId === serviceId;
	// Bill by bill, so that only the wanted lines are held.
	const lines =
		id === undefined
			? bills.flatMap((bill) => ledger.lines(bill).filter(wanted))
			: lineById(ledger, poid(id), bills).filter(wanted);
	return { lines: lines.slice(offset, offset + limit), total: lines.length };
}

function lineById(ledger: Ledger, id: string, bills: readonly LedgerBill[]): readonly LedgerLine[] {
	const line = findRate(ledger, id);
	return line !== undefined && bills.includes(line.bill) ? [line] : [];
}

/** By item POID, or by item number: the bill's number, a comma, and the line's place from 1. */
export function findRate(ledger: Ledger, id: string): LedgerLine | undefined {
	const [, billNo, place] = /^(.+),(\d{1,6})$/.exec(id) ?? [];
	if (billNo === undefined) return ledger.line('oracleBrm', id);
	const bill = findBill(ledger, billNo);
	const index = Number(place) - 1;
	return bill === undefined || index < 0 ? undefined : ledger.lines(bill, index, index + 1)[0];
}

/** By POID or by bill number. */
export function findBill(ledger: Ledger, id: string): LedgerBill | undefined {
	return (
		ledger.bill('oracleBrm', id) ??
		(id === '' ? undefined : ledger.bills('oracleBrm').find(({ number }) => number === id))
	);
}

function billsOfRates(ledger: Ledger, parameters: Parameters): readonly LedgerBill[] {
	const billId = parameters.get('bill.id');
	const isBilled = billedFlag(parameters.get('isBilled'));
	const account = parameters.get('billingAccount.id');
	const ofBill = billId === undefined ? billsOfAccount(ledger, account) : oneBill(ledger, poid(billId), account);
	return isBilled === undefined ? ofBill : ofBill.filter(({ standing }) => (standing !== 'inProgress') === isBilled);
}

/** None where the bill is another account's. */
function oneBill(ledger: Ledger, id: string, account: string | undefined): readonly LedgerBill[] {
	const bill = findBill(ledger, id);
	return bill === undefined || (account !== undefined && !isOfAccount(bill, account)) ? [] : [bill];
}

/** `true` selects open and closed items, `false` pending ones. */
function billedFlag(text: string | undefined): boolean | undefined {
	if (text === undefined) return undefined;
	if (text !== 'true' && text !== 'false') throw badRequest('isBilled must be true or false');
	return text === 'true';
}
