/** Amounts as invoices write them: exact text in major units, credit notes without a minus. */
import { majorUnits, type LedgerBill, type LedgerLine } from '../data/ledger';

/** Digits of a unit price after the currency's own: prices of a megabyte are far below a cent. */
const UNIT_PRICE_EXTRA_DIGITS = 4;
const QUANTITY_SCALE = 1000;

/** Minor units as a document prints them: the books sign by effect, while a credit note states what it gives as a positive amount. */
export function writtenAmount(bill: LedgerBill, minor: bigint): string {
	return majorUnits(bill.type === 'creditNote' ? -minor : minor, bill.account.currency);
}

/** Price of one unit of a line, in major units, rounded to four digits beyond the currency's own. */
export function writtenUnitPrice(line: LedgerLine): string {
	const quantity = BigInt(Math.round(line.quantity * QUANTITY_SCALE)) || BigInt(QUANTITY_SCALE);
	const scaled = line.net * BigInt(QUANTITY_SCALE) * 10n ** BigInt(UNIT_PRICE_EXTRA_DIGITS);
	const half = quantity / 2n;
	const price = (scaled < 0n ? scaled - half : scaled + half) / quantity;
	const { code, exponent } = line.bill.account.currency;
	const signed = line.bill.type === 'creditNote' ? -price : price;
	return majorUnits(signed, { code, exponent: exponent + UNIT_PRICE_EXTRA_DIGITS });
}
