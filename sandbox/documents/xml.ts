/** A bill as a plain XML invoice, one element a value. */
import type { LedgerBill, LedgerLine } from '../data/ledger';

import { writtenAmount, writtenUnitPrice } from './amounts';

type Elements = ReadonlyArray<readonly [name: string, value: string | number]>;

/** The XML of a bill with all the lines given, UTF-8. */
export function xmlOfBill(bill: LedgerBill, lines: readonly LedgerLine[]): string {
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<Invoice>',
		...elements(billElements(bill), '\t'),
		'\t<Lines>',
		...lines.flatMap((line) => ['\t\t<Line>', ...elements(lineElements(line), '\t\t\t'), '\t\t</Line>']),
		'\t</Lines>',
		'</Invoice>',
		'',
	].join('\n');
}

function billElements(bill: LedgerBill): Elements {
	return [
		['Id', bill.id],
		['InvoiceNumber', bill.number],
		['Type', bill.type],
		['CustomerId', bill.account.id],
		['CustomerName', bill.account.name],
		['IssueDate', bill.billDate],
		['PeriodStart', bill.periodStart],
		['PeriodEnd', bill.periodEnd],
		['DueDate', bill.dueDate],
		['Currency', bill.account.currency.code],
		['NetAmount', writtenAmount(bill, bill.net)],
		['TaxAmount', writtenAmount(bill, bill.tax)],
		['TotalAmount', writtenAmount(bill, bill.total)],
	];
}

function lineElements(line: LedgerLine): Elements {
	return [
		['Id', line.id],
		['Product', line.productName],
		['Description', line.description],
		['Quantity', line.quantity],
		['UnitPrice', writtenUnitPrice(line)],
		['NetAmount', writtenAmount(line.bill, line.net)],
		['TaxRate', line.taxRate],
		['TaxAmount', writtenAmount(line.bill, line.tax)],
	];
}

function elements(pairs: Elements, indent: string): string[] {
	return pairs.map(([name, value]) => `${indent}<${name}>${escaped(String(value))}</${name}>`);
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
