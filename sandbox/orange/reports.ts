/** The report files of Billing for Business: charges of each bill, usage details past 5 MB, and customer-specific summaries. */
import type { Ledger, LedgerAccount, LedgerBill, LedgerLine } from '../data/ledger';
import { monthNumber } from '../data/monthNumber';
import { writtenAmount } from '../documents/amounts';
import { quoted, reportCsv, type ReportFormat } from '../documents/reportCsv';

import type { Attributes } from './attributes';
import { customerOf, type WireRecord } from './wire';

export interface Report {
	readonly id: string;
	readonly type: 'charges' | 'usageDetails' | 'customerSpecific';
	readonly account: LedgerAccount;
	/** The bills that it reports on. */
	readonly bills: readonly LedgerBill[];
}

export const REPORT_ATTRIBUTES: Attributes = {
	id: 'text',
	type: 'text',
	format: 'text',
	'customer.id': 'text',
	'customer.name': 'text',
	'billingAccount.id': 'text',
	createdAt: 'instant',
	updatedAt: 'instant',
};

/** The guide does not say which of these a report is written in, so charge reports take turns. */
const FORMATS: readonly [ReportFormat, ...ReportFormat[]] = [
	{ decimal: ',', dateOrder: 'dayFirst', encoding: 'utf8WithBom', totalRow: false },
	{ decimal: '.', dateOrder: 'yearFirst', encoding: 'utf8', totalRow: false },
	{ decimal: ',', dateOrder: 'dayFirst', encoding: 'windows1252', totalRow: true },
	{ decimal: '.', dateOrder: 'monthFirst', encoding: 'utf8', totalRow: true },
];

/** Rows that make a usage report larger than 5 MB. */
const DETAIL_ROWS = 20_000;

/** All reports: one a bill, and two an account. */
export function reportsOf(ledger: Ledger): readonly Report[] {
	return ledger.accounts('orange').flatMap((account): Report[] => {
		const bills = ledger.bills('orange', account.id);
		const charges = bills.map((bill): Report => {
			return { id: `R189-Charges+${account.number}-${bill.number}.csv`, type: 'charges', account, bills: [bill] };
		});
		return [
			...charges,
			{ id: `R190-Details+${account.number}.csv`, type: 'usageDetails', account, bills },
			{ id: `C001-Summary+${account.number}.csv`, type: 'customerSpecific', account, bills },
		];
	});
}

/** A report's entry in the list of reports. */
export function wireReport(report: Report): WireRecord {
	const newest = report.bills.at(-1);
	const recordedAt = newest === undefined ? undefined : new Date(newest.updatedAt).toISOString();
	return {
		id: report.id,
		type: report.type,
		format: 'csv',
		customer: customerOf(report.account),
		billingAccount: { id: report.account.id },
		createdAt: recordedAt,
		updatedAt: recordedAt,
	};
}

/** A report's file. */
export function reportFile(ledger: Ledger, report: Report): Uint8Array {
	const { account, bills } = report;
	switch (report.type) {
		case 'charges':
			return reportCsv(linesOf(ledger, bills), customerOf(account), formatOf(bills));
		case 'usageDetails':
			return reportCsv(usageDetails(linesOf(ledger, bills)), customerOf(account), FORMATS[0]);
		case 'customerSpecific':
			return Buffer.from(summaryCsv(bills));
	}
}

function formatOf(bills: readonly LedgerBill[]): ReportFormat {
	const [bill] = bills;
	return FORMATS[bill === undefined ? 0 : monthNumber(bill.billDate) % FORMATS.length] ?? FORMATS[0];
}

function linesOf(ledger: Ledger, bills: readonly LedgerBill[]): readonly LedgerLine[] {
	return bills.flatMap((bill) => ledger.lines(bill));
}

/** The lines, and details of them that cost nothing, so that sums stay true. */
function usageDetails(lines: readonly LedgerLine[]): readonly LedgerLine[] {
	const each = Math.ceil(DETAIL_ROWS / Math.max(1, lines.length));
	return lines.flatMap((line) => [
		line,
		...Array.from({ length: each }, (_unused, index): LedgerLine => {
			return { ...line, kind: 'usage', description: `${line.description}, detail ${index + 1}`, net: 0n, tax: 0n };
		}),
	]);
}

function summaryCsv(bills: readonly LedgerBill[]): string {
	const rows = bills.map((bill) => [
		bill.account.number,
		bill.number,
		bill.billDate,
		bill.type,
		bill.account.currency.code,
		writtenAmount(bill, bill.total),
	]);
	const header = [
		'Account number',
		'Invoice number',
		'Invoice Date',
		'Document type',
		'Currency',
		'Total including Tax',
	];
	return [header, ...rows].map((row) => `${row.map(quoted).join(';')}\r\n`).join('');
}
