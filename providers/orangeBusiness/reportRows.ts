/** The lines of an Orange charge report (CSV), by column name, with dates, numbers and amounts read exactly or not at all. */
import { parse } from 'csv-parse/sync';

import { contentHash } from '../model/contentHash';
import { type CalendarDate } from '../model/dates';
import { type Decimal } from '../model/decimal';
import { type Money, toMoney } from '../model/money';
import { type BillingError, invalidParameter, protocolError } from '../transport/errors';
import { DATE_ORDERS, type DateOrder, findDateOrder, readDate } from './dateFormat';
import { DECIMAL_SIGNS, type DecimalSign, findDecimalSign, readNumber } from './numberFormat';
import { CHARGE_CURRENCY, type Column, type CurrencyColumn, INVOICING_CURRENCY, columnOf } from './reportColumns';
import { type UnstatedCurrencies, decideCurrencies } from './reportCurrencies';
import { decodeText } from './windows1252';

/** What the file itself does not tell. */
export interface ReportOptions {
	/** Of all numbers; found out per column where absent. */
	readonly decimalSign?: DecimalSign | undefined;
	/** Of all dates; found out from all of them where absent. */
	readonly dateOrder?: DateOrder | undefined;
}

/** `text` is what the file says; the value is null where the cell is empty or cannot be read. */
export type ReportValue =
	| { readonly kind: 'TEXT'; readonly text: string }
	| { readonly kind: 'DATE'; readonly text: string; readonly date: CalendarDate | null }
	| { readonly kind: 'NUMBER'; readonly text: string; readonly number: Decimal | null }
	| { readonly kind: 'AMOUNT'; readonly text: string; readonly money: Money | null };

export interface ReportRow {
	/** Lines have no id: a hash of the report, the line and its place among equal lines, the same at every reading. */
	readonly key: string;
	/** By column name, for every column of the file. */
	readonly values: Readonly<Record<string, ReportValue>>;
}

export interface Report {
	/** In the order of the file. */
	readonly columns: readonly string[];
	readonly rows: readonly ReportRow[];
	/** The currency columns that the amounts without a stated one were found to be in. */
	readonly currencies: UnstatedCurrencies;
	readonly notices: readonly string[];
}

/**
 * @throws BillingError PROTOCOL for what is no CSV; INVALID_REQUEST naming `decimalSign` or `dateOrder` where a value could
 * be read in two ways and the file does not decide
 */
export function readReport(bytes: Uint8Array, reportId: string, options: ReportOptions = {}): Report {
	checkOption('decimalSign', options.decimalSign, DECIMAL_SIGNS);
	checkOption('dateOrder', options.dateOrder, DATE_ORDERS);
	const { columns, lines, notices } = readTable(bytes);
	const readers = readersFor(columns, lines, options);
	const parsed = lines.map((line) => readers.map((read, index) => read(line[index] ?? '')));
	const at = (name: string) => columns.findIndex((column) => column.name === name);
	const currencies = decideCurrencies(parsed.map((cells) => amountsOf(cells, at)));
	const keys = rowKeys(lines, reportId);
	const rows = parsed.map((cells, row) => ({
		key: keys[row] ?? '',
		values: Object.fromEntries(
			cells.map((cell, index) => {
				const column = columns[index] as Column;
				return [column.name, finished(cell, column, currencyOf(cells, column, currencies, at))];
			}),
		),
	}));
	return { columns: columns.map(({ name }) => name), rows, currencies, notices: [...notices, ...unread(rows)] };
}

interface Table {
	readonly columns: readonly Column[];
	/** As many cells each as there are columns. */
	readonly lines: readonly (readonly string[])[];
	readonly notices: readonly string[];
}

/** Without what is not a line: headers that come again, totals, and the empty column after a closing semicolon. */
function readTable(bytes: Uint8Array): Table {
	const [header = [], ...records] = parsedCsv(decodeText(bytes));
	const width = header.findLastIndex((name) => name.trim() !== '') + 1;
	if (width === 0) throw protocolError('The report has no header row');
	const columns = distinct(header.slice(0, width).map(columnOf));
	const repeated = header.join(';');
	const invoice = columns.findIndex(({ name }) => name === 'Invoice number');
	const isTotal = (record: readonly string[]): boolean =>
		invoice !== -1 && (record[invoice] ?? '').trim() === '' && record.some((cell) => TOTAL.test(cell.trim()));
	const lines = records.filter((record) => record.join(';') !== repeated);
	const charges = lines.filter((record) => !isTotal(record));
	const totals = lines.length - charges.length;
	const misshapen = charges.filter(
		(record) => record.length < width || record.slice(width).some((cell) => cell.trim() !== ''),
	).length;
	return {
		columns,
		lines: charges.map((record) => columns.map((_, index) => record[index] ?? '')),
		notices: [
			...(totals === 0 ? [] : [`${totals} total rows were left out`]),
			...(misshapen === 0 ? [] : [`${misshapen} rows have more or fewer cells than there are columns`]),
		],
	};
}

const TOTAL = /^(?:grand|sub)?[\s-]*totals?\b/i;

function parsedCsv(text: string): string[][] {
	try {
		return parse(text, { delimiter: ';', relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
	} catch {
		throw protocolError('The report is not valid CSV, or is cut short', { hint: 'Download the report again.' });
	}
}

/** Columns of one name are numbered from the second on. */
function distinct(columns: readonly Column[]): readonly Column[] {
	const seen = new Map<string, number>();
	return columns.map((column) => {
		const nth = (seen.get(column.name) ?? 0) + 1;
		seen.set(column.name, nth);
		return nth === 1 ? column : { ...column, name: `${column.name} (${nth})` };
	});
}

/** A cell before its currency is known. */
type Cell = Exclude<ReportValue, { kind: 'AMOUNT' }>;
type CellReader = (text: string) => Cell;

function readersFor(columns: readonly Column[], lines: Table['lines'], options: ReportOptions): readonly CellReader[] {
	const cellsOf = (index: number): readonly string[] => lines.map((line) => line[index] ?? '');
	const dates = columns.flatMap(({ kind }, index) => (kind.kind === 'DATE' ? cellsOf(index) : []));
	const order = options.dateOrder ?? dateOrderOf(dates);
	return columns.map(({ name, kind }, index): CellReader => {
		switch (kind.kind) {
			case 'TEXT':
				return (text) => ({ kind: 'TEXT', text });
			case 'DATE':
				return (text) => ({ kind: 'DATE', text, date: readDate(text, order) });
			case 'NUMBER':
			case 'AMOUNT': {
				const sign = options.decimalSign ?? decimalSignOf(name, cellsOf(index));
				return (text) => ({ kind: 'NUMBER', text, number: readNumber(text, sign) });
			}
		}
	});
}

function decimalSignOf(column: string, values: readonly string[]): DecimalSign {
	const found = findDecimalSign(values);
	switch (found.kind) {
		case 'FOUND':
			return found.sign;
		case 'NOT_NEEDED':
			return '.';
		case 'AMBIGUOUS':
			throw undecided('decimalSign', `"${found.sample}" in the column ${column}`, DECIMAL_SIGNS);
		case 'CONTRADICTORY':
			throw undecided('decimalSign', `"${found.samples.join('" and "')}" in the column ${column}`, DECIMAL_SIGNS);
	}
}

function dateOrderOf(values: readonly string[]): DateOrder {
	const found = findDateOrder(values);
	switch (found.kind) {
		case 'FOUND':
			return found.order;
		case 'NOT_NEEDED':
			return 'DAY_FIRST';
		case 'AMBIGUOUS':
			throw undecided('dateOrder', `the date "${found.sample}"`, DATE_ORDERS);
		case 'CONTRADICTORY':
			throw undecided('dateOrder', `the dates "${found.samples.join('" and "')}"`, DATE_ORDERS);
	}
}

function undecided(parameter: string, what: string, allowed: readonly string[]): BillingError {
	return invalidParameter(
		parameter,
		`is needed: the report does not tell how to read ${what}`,
		`Give ${parameter} as ${allowed.join(' or ')}, after a look at the report.`,
	);
}

function amountsOf(cells: readonly Cell[], at: (name: string) => number) {
	const number = (name: string): Decimal | null => {
		const cell = cells[at(name)];
		return cell?.kind === 'NUMBER' ? cell.number : null;
	};
	return {
		chargeCurrency: textAt(cells, at(CHARGE_CURRENCY)),
		invoicingCurrency: textAt(cells, at(INVOICING_CURRENCY)),
		rate: number('Exchange rate'),
		taxable: number('Taxable amount'),
		invoicing: number('Invoicing Amount'),
		tax: number('Tax amount'),
		total: number('Total including Tax'),
	};
}

function textAt(cells: readonly Cell[], index: number): string {
	return cells[index]?.text.trim() ?? '';
}

/** The code for an amount of this line; empty where it is not known. */
function currencyOf(
	cells: readonly Cell[],
	{ name, kind }: Column,
	currencies: UnstatedCurrencies,
	at: (name: string) => number,
): string {
	if (kind.kind !== 'AMOUNT') return '';
	const [charge, invoicing] = [textAt(cells, at(CHARGE_CURRENCY)), textAt(cells, at(INVOICING_CURRENCY))];
	if (charge === invoicing) return charge;
	const unstated: CurrencyColumn | null = name in currencies ? currencies[name as keyof UnstatedCurrencies] : null;
	switch (kind.currency ?? unstated) {
		case CHARGE_CURRENCY:
			return charge;
		case INVOICING_CURRENCY:
			return invoicing;
		case null:
			return '';
	}
}

function finished(cell: Cell, { kind }: Column, currency: string): ReportValue {
	if (kind.kind !== 'AMOUNT' || cell.kind !== 'NUMBER') return cell;
	return { kind: 'AMOUNT', text: cell.text, money: toMoney(cell.number, currency) };
}

function rowKeys(lines: Table['lines'], reportId: string): readonly string[] {
	const seen = new Map<string, number>();
	return lines.map((line) => {
		const text = JSON.stringify(line);
		const ordinal = (seen.get(text) ?? 0) + 1;
		seen.set(text, ordinal);
		return contentHash([reportId, ordinal, ...line]);
	});
}

const NOTICES_SHOWN = 20;
const SHOWN_LENGTH = 60;

function unread(rows: readonly ReportRow[]): readonly string[] {
	const all = rows.flatMap(({ values }, row) =>
		Object.entries(values).flatMap(([column, value]) =>
			value.text.trim() !== '' && isUnread(value)
				? [
						`line ${row + 1}, ${column}: "${shortened(value.text)}" is not ${value.kind === 'DATE' ? 'a date' : 'a number'}`,
					]
				: [],
		),
	);
	return all.length <= NOTICES_SHOWN
		? all
		: [...all.slice(0, NOTICES_SHOWN), `${all.length - NOTICES_SHOWN} more cells could not be read`];
}

function shortened(text: string): string {
	return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text;
}

function isUnread(value: ReportValue): boolean {
	switch (value.kind) {
		case 'TEXT':
			return false;
		case 'DATE':
			return value.date === null;
		case 'NUMBER':
			return value.number === null;
		case 'AMOUNT':
			return value.money === null;
	}
}

function checkOption(parameter: string, value: string | undefined, allowed: readonly string[]): void {
	if (value === undefined || allowed.includes(value)) return;
	throw invalidParameter(parameter, `is "${value}"`, `Allowed are: ${allowed.join(', ')}.`);
}
