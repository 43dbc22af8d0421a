/** Amounts as invoices write them: exact text in major units, credit notes without a minus. */
import { majorUnits } from '../data/ledger';
import type { LedgerBill, LedgerLine } from '../data/ledger';

/** Digits of a unit price after the currency's own: prices of a megabyte are far below a cent. */
const unitPriceExtraDigits = 4;
const quantityScale = 1000;

/** Minor units as a document prints them: the books sign by effect, while a credit note states what it gives as a positive amount. */
export function writtenAmount(bill: LedgerBill, minor: bigint): string {
	return majorUnits(bill.type === 'creditNote' ? -minor : minor, bill.account.currency);
}

/** Price of one unit of a line, in major units, rounded to four digits beyond the currency's own. */
export function writtenUnitPrice(line: LedgerLine): string {
	const quantity = BigInt(Math.round(line.quantity * quantityScale)) || BigInt(quantityScale);
	const scaled = line.net * BigInt(quantityScale) * 10n ** BigInt(unitPriceExtraDigits);
	const half = quantity / 2n;
	const price = (scaled < 0n ? scaled - half : scaled + half) / quantity;
	const { code, exponent } = line.bill.account.currency;
	const signed = line.bill.type === 'creditNote' ? -price : price;
	return majorUnits(signed, { code, exponent: exponent + unitPriceExtraDigits });
}
