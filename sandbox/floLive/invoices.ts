/** floLIVE invoices: the rolling list, and their files. */
import { addMonths } from '../data/calendar';
import type { Ledger, LedgerAccount, LedgerBill } from '../data/ledger';
import { monthNumber } from '../data/monthNumber';
import { writtenAmount } from '../documents/amounts';
import { MAX_PDF_LINES, pdfOfBill } from '../documents/pdf';
import { xmlOfBill } from '../documents/xml';
import { zipOf } from '../documents/zip';
import { ExactNumber, type ExactJson } from '../json/exactJson';

import type { InvoiceFormat } from './customers';

/** "A customer may retrieve only invoices which were generated in the last 12 months." */
const MONTHS_KEPT = 12;

/** Invoices of a customer that are still given on the day `today`. */
export function recentInvoices(ledger: Ledger, customer: LedgerAccount, today: string): readonly LedgerBill[] {
	const oldest = addMonths(today, -MONTHS_KEPT);
	return ledger.bills('floLive', customer.id).filter(({ billDate }) => billDate >= oldest && billDate <= today);
}

/** An invoice in the list. The table and the example of the document name the cycle differently: invoices take turns. */
export function wireInvoice(bill: LedgerBill): ExactJson {
	const month = monthNumber(bill.billDate);
	const cycle = month % 2 === 0 ? 'Time' : 'Date';
	return {
		id: bill.id,
		invoiceNumber: bill.number,
		creationTime: startOf(bill.billDate),
		[`billingCycleStart${cycle}`]: startOf(bill.periodStart),
		[`billingCycleEnd${cycle}`]: `${bill.periodEnd}T23:59:59.977Z`,
		currency: bill.account.currency.code,
		taxAmount: new ExactNumber(writtenAmount(bill, bill.tax)),
		netAmount: new ExactNumber(writtenAmount(bill, bill.net)),
		totalAmount: new ExactNumber(writtenAmount(bill, bill.total)),
		...dueDate(bill, month),
	};
}

/** Optional; typed as a date-time, shown as a date: by turns a date, a date-time, and absent. */
function dueDate(bill: LedgerBill, month: number): { dueDate?: string } {
	switch (month % 3) {
		case 0:
			return { dueDate: bill.dueDate };
		case 1:
			return { dueDate: startOf(bill.dueDate) };
		default:
			return {};
	}
}

/** The document's examples all bear these milliseconds. */
function startOf(day: string): string {
	return `${day}T00:00:00.977Z`;
}

/** One file as it is; several, whether of one invoice or of many, in a zip. */
export async function invoiceFiles(
	ledger: Ledger,
	bills: readonly LedgerBill[],
	format: InvoiceFormat,
): Promise<Uint8Array> {
	const files: Record<string, Uint8Array> = {};
	for (const bill of bills) {
		if (format !== 'XML')
			files[`invoice-${bill.number}.pdf`] = await pdfOfBill(bill, ledger.lines(bill, 0, MAX_PDF_LINES));
		if (format !== 'PDF') files[`invoice-${bill.number}.xml`] = Buffer.from(xmlOfBill(bill, ledger.lines(bill)));
	}
	const [first, ...others] = Object.values(files);
	return first !== undefined && others.length === 0 ? first : zipOf(files);
}
