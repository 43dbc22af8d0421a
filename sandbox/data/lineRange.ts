/** A page of lines over many bills, without making the lines before it. */
import type { Ledger, LedgerBill, LedgerLine } from './ledger';

/** Lines `offset` to `offset + limit` of the bills' lines one after the other. */
export function lineRange(
	ledger: Ledger,
	bills: readonly LedgerBill[],
	offset: number,
	limit: number,
): readonly LedgerLine[] {
	const lines: LedgerLine[] = [];
	let before = 0;
	for (const bill of bills) {
		const from = Math.max(0, offset - before);
		const wanted = limit - lines.length;
		if (wanted <= 0) break;
		if (from < bill.lineCount) lines.push(...ledger.lines(bill, from, Math.min(bill.lineCount, from + wanted)));
		before += bill.lineCount;
	}
	return lines;
}

export function lineTotal(bills: readonly LedgerBill[]): number {
	return bills.reduce((total, bill) => total + bill.lineCount, 0);
}
