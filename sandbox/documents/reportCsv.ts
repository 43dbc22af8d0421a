/** The charge report of Orange Business: one row a line, in the 50 columns of its document, in the locale asked for. */
import { majorUnits, type LedgerBill, type LedgerLine } from '../data/ledger';

import { writtenAmount, writtenUnitPrice } from './amounts';
import { windows1252 } from './windows1252';

/** What the document leaves open about a report, so that readers have to find out. */
export interface ReportFormat {
	readonly decimal: ',' | '.';
	readonly dateOrder: 'dayFirst' | 'monthFirst' | 'yearFirst';
	readonly encoding: 'utf8' | 'utf8WithBom' | 'windows1252';
	/** A last row with the sums; only for lines of one currency. */
	readonly totalRow: boolean;
}

/** Header of a report, as the getting-started guide of Billing for Business prints it. */
export const REPORT_COLUMNS = [
	'Customer Number',
	'Customer name',
	'Account number',
	'Invoice number',
	'Invoice Date',
	'Document type',
	'Period from',
	'Period to',
	'Charge Month',
	'Division code',
	'Division name',
	'Service description',
	'Service start date',
	'Site ID',
	'Site name',
	'Site address',
	'Site City',
	'Site State',
	'Postal Code',
	'Country',
	'Country Name',
	'Speed',
	'Bandwidth',
	'Charge Description',
	'Tax Description',
	'Frequency',
	'Number of days',
	'Monthly price',
	'Charge Currency',
	'Exchange rate',
	'Pre-discount amount',
	'Discount percentage',
	'Discount amount',
	'Taxable amount',
	'Tax rate',
	'Tax amount',
	'Invoicing Amount',
	'Invoicing Currency',
	'Total including Tax',
	'TC Cross Reference',
	'Serial Number',
	'Order reference',
	'Credit Comments',
	'Invoice Contact',
	'Phone Number',
	'Payment Term',
	'Payment Due Date',
	'Installed Offer ID',
	'PO Reference',
	'External Reference',
] as const;

export interface ReportCustomer {
	readonly id: string;
	readonly name: string;
}

/** A row by column name; the columns it leaves out are empty. */
export type ReportRow = Readonly<Partial<Record<(typeof REPORT_COLUMNS)[number], string>>>;

const MILLISECONDS_PER_DAY = 86_400_000;
/** How often a line is charged, in words. */
export const FREQUENCIES: Readonly<Record<LedgerLine['kind'], string>> = {
	recurring: 'Monthly',
	oneTime: 'One time',
	usage: 'Usage',
	credit: 'One time',
};

/** The report on `lines`, all of one customer. */
export function reportCsv(lines: readonly LedgerLine[], customer: ReportCustomer, format: ReportFormat): Uint8Array {
	const rows = lines.map((line) => ({ ...billCells(line.bill, customer, format), ...lineCells(line, format) }));
	return encoded(csvOf(format.totalRow ? [...rows, totalRow(lines, format)] : rows), format.encoding);
}

function totalRow(lines: readonly LedgerLine[], format: ReportFormat): ReportRow {
	const [first] = lines;
	if (first === undefined) return {};
	const sumOf = (value: (line: LedgerLine) => bigint): string => {
		const sum = lines.reduce(
			(total, line) => total + (line.bill.type === 'creditNote' ? -value(line) : value(line)),
			0n,
		);
		return localNumber(majorUnits(sum, first.bill.account.currency), format);
	};
	return {
		'Customer Number': 'Total',
		'Tax amount': sumOf((line) => line.tax),
		'Invoicing Amount': sumOf((line) => line.net),
		'Total including Tax': sumOf((line) => line.net + line.tax),
	};
}

function billCells(bill: LedgerBill, customer: ReportCustomer, format: ReportFormat): ReportRow {
	const { code } = bill.account.currency;
	return {
		// Numbers that are names keep their leading zeros.
		'Customer Number': customer.id.padStart(8, '0'),
		'Customer name': customer.name,
		'Account number': bill.account.number,
		'Invoice number': bill.number,
		'Invoice Date': localDate(bill.billDate, format),
		'Document type': bill.type === 'creditNote' ? 'Credit note' : 'Invoice',
		'Charge Month': bill.periodStart.slice(0, 7),
		'Charge Currency': code,
		'Exchange rate': '1',
		'Invoicing Currency': code,
		'Credit Comments': bill.type === 'creditNote' ? 'Agreed with "Accounts";\nsee the dispute' : '',
		'Invoice Contact': 'Zoë Müller',
		'Phone Number': '+33 1 00 00 00 00',
		'Payment Term': '30 days',
		'Payment Due Date': localDate(bill.dueDate, format),
	};
}

function lineCells(line: LedgerLine, format: ReportFormat): ReportRow {
	const { bill, site } = line;
	const amount = (minor: bigint): string => localNumber(writtenAmount(bill, minor), format);
	return {
		'Period from': localDate(line.periodStart, format),
		'Period to': localDate(line.periodEnd, format),
		'Service description': line.productName,
		'Site ID': site.id,
		'Site name': site.name,
		'Site address': '7, rue de l’Église; bâtiment B',
		'Site City': site.city,
		'Postal Code': '01000',
		Country: site.country,
		'Charge Description': line.description,
		'Tax Description': `VAT ${localNumber(String(line.taxRate), format)}%`,
		Frequency: FREQUENCIES[line.kind],
		'Number of days': String(daysOf(line.periodStart, line.periodEnd)),
		'Monthly price': line.kind === 'recurring' ? localNumber(writtenUnitPrice(line), format) : '',
		'Pre-discount amount': amount(line.net),
		'Discount percentage': '0',
		'Discount amount': amount(0n),
		'Taxable amount': amount(line.net),
		'Tax rate': localNumber(String(line.taxRate), format),
		'Tax amount': amount(line.tax),
		'Invoicing Amount': amount(line.net),
		'Total including Tax': amount(line.net + line.tax),
		'Serial Number': serialNumber(line),
		'Installed Offer ID': line.serviceId,
	};
}

/** Serial number of the equipment that a line charges. */
export function serialNumber(line: LedgerLine): string {
	return String(line.index + 1).padStart(10, '0');
}

/** Days of a period whose last day counts. */
function daysOf(start: string, end: string): number {
	return (Date.parse(end) - Date.parse(start)) / MILLISECONDS_PER_DAY + 1;
}

function localNumber(text: string, format: ReportFormat): string {
	return text.replace('.', format.decimal);
}

function localDate(day: string, format: ReportFormat): string {
	const [year, month, date] = day.split('-');
	switch (format.dateOrder) {
		case 'dayFirst':
			return `${date}/${month}/${year}`;
		case 'monthFirst':
			return `${month}/${date}/${year}`;
		case 'yearFirst':
			return day;
	}
}

function csvOf(rows: readonly ReportRow[]): string {
	const records = rows.map((row) => REPORT_COLUMNS.map((column) => quoted(row[column] ?? '')).join(';'));
	return [REPORT_COLUMNS.join(';'), ...records, ''].join('\r\n');
}

/** A cell, in quotes where its text would break the row. */
export function quoted(cell: string): string {
	return /[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function encoded(text: string, encoding: ReportFormat['encoding']): Uint8Array {
	switch (encoding) {
		case 'utf8':
			return Buffer.from(text);
		case 'utf8WithBom':
			return Buffer.from(`\uFEFF${text}`);
		case 'windows1252':
			return windows1252(text);
	}
}
