/** A bill as a PDF that any reader opens: header, the first lines, totals; the same bill gives the same bytes. */
import PDFDocument from 'pdfkit';

import type { LedgerBill, LedgerLine, SandboxProvider } from '../data/ledger';

import { writtenAmount } from './amounts';

/** Lines that are printed; the rest is counted. */
export const MAX_PDF_LINES = 200;
const MARGIN = 50;
const BOTTOM = 780;
const ROW_HEIGHT = 12;
const CONTENT_WIDTH = 495;

const PROVIDER_NAMES: Readonly<Record<SandboxProvider, string>> = {
	lumen: 'Lumen',
	oracleBrm: 'Oracle BRM',
	floLive: 'floLIVE',
	orange: 'Orange Business',
};

interface Column {
	readonly x: number;
	readonly width: number;
	readonly align: 'left' | 'right';
	readonly title: string;
	readonly cell: (line: LedgerLine) => string;
}

const COLUMNS: readonly Column[] = [
	{ x: 50, width: 250, align: 'left', title: 'Description', cell: (line) => line.description },
	{ x: 305, width: 105, align: 'left', title: 'Period', cell: (line) => `${line.periodStart} ${line.periodEnd}` },
	{ x: 415, width: 65, align: 'right', title: 'Net', cell: (line) => writtenAmount(line.bill, line.net) },
	{ x: 485, width: 60, align: 'right', title: 'Tax', cell: (line) => writtenAmount(line.bill, line.tax) },
];

/** The PDF of a bill. `lines` may be all of its lines or only the first `MAX_PDF_LINES`. */
export function pdfOfBill(bill: LedgerBill, lines: readonly LedgerLine[]): Promise<Uint8Array> {
	const created = new Date(bill.createdAt);
	const document = new PDFDocument({
		size: 'A4',
		margin: MARGIN,
		info: {
			Title: `${titleOf(bill)} ${bill.number}`,
			Author: PROVIDER_NAMES[bill.provider],
			CreationDate: created,
			ModDate: created,
		},
	});
	const bytes = collected(document);
	printHeader(document, bill);
	printLines(document, lines.slice(0, MAX_PDF_LINES), bill.lineCount);
	printTotals(document, bill);
	document.end();
	return bytes;
}

function titleOf(bill: LedgerBill): string {
	return bill.type === 'creditNote' ? 'Credit note' : 'Invoice';
}

function collected(document: PDFKit.PDFDocument): Promise<Uint8Array> {
	return new Promise((resolve, reject) => {
		const chunks: Uint8Array[] = [];
		document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
		document.on('end', () => resolve(Buffer.concat(chunks)));
		document.on('error', reject);
	});
}

function printHeader(document: PDFKit.PDFDocument, bill: LedgerBill): void {
	document.font('Helvetica-Bold').fontSize(18).text(PROVIDER_NAMES[bill.provider]);
	document
		.fontSize(14)
		.text(`${titleOf(bill)} ${bill.number}`)
		.moveDown(0.5);
	document.font('Helvetica').fontSize(10);
	document.text(`Account: ${bill.account.number} (${bill.account.name})`);
	document.text(`Bill date: ${bill.billDate}`);
	document.text(`Period: ${bill.periodStart} to ${bill.periodEnd}`);
	document.text(`Due date: ${bill.dueDate}`);
	document.text(`Currency: ${bill.account.currency.code}`).moveDown();
}

function printLines(document: PDFKit.PDFDocument, lines: readonly LedgerLine[], lineCount: number): void {
	document.font('Helvetica-Bold').fontSize(8);
	let y = printRow(document, document.y, (column) => column.title);
	document.font('Helvetica');
	for (const line of lines) {
		if (y > BOTTOM - ROW_HEIGHT) {
			document.addPage();
			y = MARGIN;
		}
		y = printRow(document, y, (column) => column.cell(line));
	}
	document.x = MARGIN;
	document.y = y + ROW_HEIGHT;
	if (lines.length < lineCount) {
		document.text(`${lines.length} of ${lineCount} lines are shown.`).moveDown();
	}
}

/** Prints one row at `y` and gives the next row's. */
function printRow(document: PDFKit.PDFDocument, y: number, cell: (column: Column) => string): number {
	for (const column of COLUMNS) {
		const { width, align } = column;
		document.text(cell(column), column.x, y, { width, align, height: ROW_HEIGHT, ellipsis: true, lineBreak: false });
	}
	return y + ROW_HEIGHT;
}

function printTotals(document: PDFKit.PDFDocument, bill: LedgerBill): void {
	const { code } = bill.account.currency;
	document.font('Helvetica-Bold').fontSize(10);
	for (const [label, minor] of [
		['Net', bill.net],
		['Tax', bill.tax],
		['Total', bill.total],
	] as const) {
		const text = `${label}: ${writtenAmount(bill, minor)} ${code}`;
		document.text(text, MARGIN, document.y, { width: CONTENT_WIDTH, align: 'right' });
	}
}
