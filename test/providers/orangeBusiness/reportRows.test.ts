/** The lines of a charge report. */
import iconv from 'iconv-lite';

import { REPORT_COLUMNS } from '../../../providers/orangeBusiness/reportColumns';
import { type ReportOptions, type ReportValue, readReport } from '../../../providers/orangeBusiness/reportRows';
import { stream } from '../support/scriptedTransport';
import { errorWith } from '../support/errors';
import { BASE, orange } from './orange';

/** The header of the document, as it stands there. */
const HEADER =
	'Customer Number;Customer name;Account number;Invoice number;Invoice Date;Document type;Period from;Period to;Charge Month;Division code;Division name;Service description;Service start date;Site ID;Site name;Site address;Site City;Site State;Postal Code;Country;Country Name;Speed;Bandwidth;Charge Description;Tax Description;Frequency;Number of days;Monthly price;Charge Currency;Exchange rate;Pre-discount amount;Discount percentage;Discount amount;Taxable amount;Tax rate;Tax amount;Invoicing Amount;Invoicing Currency;Total including Tax;TC Cross Reference;Serial Number;Order reference;Credit Comments;Invoice Contact;Phone Number;Payment Term;Payment Due Date;Installed Offer ID;PO Reference;External Reference';
const NAMES = HEADER.split(';');

const LINE: Readonly<Record<string, string>> = {
	'Customer Number': '007',
	'Customer name': 'ACME Corp',
	'Account number': '0001234',
	'Invoice number': 'F26-01',
	'Invoice Date': '31/01/2026',
	'Postal Code': '01000',
	'Charge Description': 'Port "10G"; Paris',
	'Monthly price': '1.234,50',
	'Charge Currency': 'USD',
	'Exchange rate': '0,9215',
	'Taxable amount': '1.000,00',
	'Tax rate': '20,00 %',
	'Tax amount': '184,30',
	'Invoicing Amount': '921,50',
	'Invoicing Currency': 'EUR',
	'Total including Tax': '1.105,80',
	'Serial Number': '00E1',
	'Payment Due Date': '02/03/2026',
};

const cell = (text: string) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = (values: Readonly<Record<string, string>> = {}) =>
	NAMES.map((name) => cell({ ...LINE, ...values }[name] ?? '')).join(';');
const file = (...lines: readonly string[]) => Buffer.from([HEADER, ...lines].join('\r\n'));
const read = (bytes: Uint8Array, options?: ReportOptions) => readReport(bytes, 'R189', options);
const values = (bytes: Uint8Array, options?: ReportOptions) =>
	read(bytes, options).rows[0]?.values as Readonly<Record<string, ReportValue>>;

it('the columns are the 50 of the document, in its order', () => {
	expect(Object.keys(REPORT_COLUMNS)).toEqual(NAMES);
	expect(NAMES).toHaveLength(50);
	expect(read(file()).columns).toEqual(NAMES);
});

it('a line is read by column name: text, dates, numbers, and amounts with their currency', () => {
	expect(values(file(line()))).toMatchObject({
		'Customer Number': { kind: 'TEXT', text: '007' },
		'Postal Code': { kind: 'TEXT', text: '01000' },
		'Serial Number': { kind: 'TEXT', text: '00E1' },
		'Charge Description': { kind: 'TEXT', text: 'Port "10G"; Paris' },
		'Invoice Date': { kind: 'DATE', date: '2026-01-31', text: '31/01/2026' },
		'Payment Due Date': { kind: 'DATE', date: '2026-03-02' },
		'Period from': { kind: 'DATE', date: null, text: '' },
		'Exchange rate': { kind: 'NUMBER', number: '0.9215' },
		'Tax rate': { kind: 'NUMBER', number: '20', text: '20,00 %' },
		'Monthly price': { kind: 'AMOUNT', money: { amount: '1234.5', currency: 'USD' }, text: '1.234,50' },
		'Invoicing Amount': { kind: 'AMOUNT', money: { amount: '921.5', currency: 'EUR' } },
		'Total including Tax': { kind: 'AMOUNT', money: { amount: '1105.8', currency: 'EUR' } },
		'Discount amount': { kind: 'AMOUNT', money: null },
	});
	expect(read(file(line())).notices).toEqual([]);
});

it('columns in another order, in other letters, missing, unknown or named twice are told apart by name', () => {
	const bytes = Buffer.from('My Column;INVOICE DATE;Monthly price;Charge Currency;My Column\nx;31/12/2025;5;GBP;y');
	const report = read(bytes);
	expect(report.columns).toEqual(['My Column', 'Invoice Date', 'Monthly price', 'Charge Currency', 'My Column (2)']);
	expect(report.rows[0]?.values).toMatchObject({
		'My Column': { kind: 'TEXT', text: 'x' },
		'My Column (2)': { kind: 'TEXT', text: 'y' },
		'Invoice Date': { date: '2025-12-31' },
	});
});

describe('numbers', () => {
	it('that only one line makes plain are read alike in the whole column', () => {
		const report = read(file(line({ 'Monthly price': '1.234' }), line({ 'Monthly price': '12,5' })));
		expect(report.rows.map((row) => row.values['Monthly price'])).toMatchObject([
			{ money: { amount: '1234' } },
			{ money: { amount: '12.5' } },
		]);
	});

	it('that could be read in two ways are refused, until an option says how', () => {
		const bytes = file(line({ 'Monthly price': '1,234' }));
		expect(() => read(bytes)).toThrow(
			errorWith({
				kind: 'INVALID_REQUEST',
				parameter: 'decimalSign',
				message: expect.stringContaining('"1,234" in the column Monthly price'),
			}),
		);
		expect(values(bytes, { decimalSign: ',' })['Monthly price']).toMatchObject({ money: { amount: '1.234' } });
	});

	it('written in two ways in one column are refused', () => {
		const bytes = file(line({ 'Monthly price': '1,5' }), line({ 'Monthly price': '2.5' }));
		expect(() => read(bytes)).toThrow(errorWith({ parameter: 'decimalSign' }));
	});

	it('that are none are null, noticed, and kept as text', () => {
		const report = read(file(line({ 'Monthly price': 'n/a', 'Number of days': 'all', 'Period to': 'soon' })));
		expect(report.rows[0]?.values['Monthly price']).toEqual({ kind: 'AMOUNT', text: 'n/a', money: null });
		expect(report.notices).toEqual([
			'line 1, Period to: "soon" is not a date',
			'line 1, Number of days: "all" is not a number',
			'line 1, Monthly price: "n/a" is not a number',
		]);
	});

	it('that are none in a whole column do not flood the notices', () => {
		const { notices } = read(file(...Array.from({ length: 30 }, () => line({ 'Number of days': 'x' }))));
		expect(notices).toHaveLength(21);
		expect(notices.at(-1)).toBe('10 more cells could not be read');
	});
});

describe('dates', () => {
	const undecided = { 'Invoice Date': '01/02/2026', 'Payment Due Date': '02/03/2026' };

	it('that no date of the file decides are refused, until an option says how', () => {
		const bytes = file(line(undecided));
		expect(() => read(bytes)).toThrow(errorWith({ kind: 'INVALID_REQUEST', parameter: 'dateOrder' }));
		expect(values(bytes, { dateOrder: 'MONTH_FIRST' })['Invoice Date']).toMatchObject({ date: '2026-01-02' });
		expect(values(bytes, { dateOrder: 'DAY_FIRST' })['Invoice Date']).toMatchObject({ date: '2026-02-01' });
	});

	it('that contradict each other are refused', () => {
		const bytes = file(line({ 'Invoice Date': '31/01/2026', 'Payment Due Date': '01/31/2026' }));
		expect(() => read(bytes)).toThrow(errorWith({ parameter: 'dateOrder' }));
	});

	it('written with the year first need no decision', () => {
		const bytes = file(line({ 'Invoice Date': '2026-02-01', 'Payment Due Date': '2026-03-01' }));
		expect(values(bytes)['Invoice Date']).toMatchObject({ date: '2026-02-01' });
	});
});

describe('the currency of taxable amount and tax amount', () => {
	it('is the one in which the numbers of the line add up', () => {
		// 1000 USD x 0.9215 = 921.50 EUR; 921.50 + 184.30 = 1105.80 EUR.
		const report = read(file(line()));
		expect(report.currencies).toEqual({ 'Taxable amount': 'Charge Currency', 'Tax amount': 'Invoicing Currency' });
		expect(report.rows[0]?.values).toMatchObject({
			'Taxable amount': { money: { amount: '1000', currency: 'USD' } },
			'Tax amount': { money: { amount: '184.3', currency: 'EUR' } },
		});
	});

	it('is the other one where they add up so', () => {
		const report = read(file(line({ 'Taxable amount': '921,50', 'Tax amount': '200,00' })));
		expect(report.currencies).toEqual({ 'Taxable amount': 'Invoicing Currency', 'Tax amount': 'Charge Currency' });
	});

	it('is not guessed where the lines do not tell, or tell different things', () => {
		const silent = read(file(line({ 'Taxable amount': '5,00', 'Tax amount': '' })));
		expect(silent.currencies).toEqual({ 'Taxable amount': null, 'Tax amount': null });
		expect(silent.rows[0]?.values['Taxable amount']).toMatchObject({ money: { amount: '5', currency: null } });
		const torn = read(file(line(), line({ 'Taxable amount': '921,50' })));
		expect(torn.currencies['Taxable amount']).toBeNull();
		const credits = read(file(line({ 'Taxable amount': '-1.000,00', 'Invoicing Amount': '-921,50' })));
		expect(credits.currencies['Taxable amount']).toBe('Charge Currency');
	});

	it('needs no decision on lines with one currency', () => {
		const one = line({ 'Invoicing Currency': 'USD' });
		expect(values(file(one))['Taxable amount']).toMatchObject({ money: { currency: 'USD' } });
	});
});

describe('what is no line', () => {
	it('is left out: repeated headers, totals (counted), empty lines, the empty column after a last semicolon', () => {
		const total = NAMES.map((name) => ({ 'Customer Number': 'Total', 'Monthly price': '9,99' })[name] ?? '').join(';');
		const bytes = Buffer.from(
			[HEADER, line(), HEADER, '', total].map((row) => (row === '' ? '' : `${row};`)).join('\n'),
		);
		const report = read(bytes);
		expect(report.rows).toHaveLength(1);
		expect(report.columns).toHaveLength(50);
		expect(report.notices).toEqual(['1 total rows were left out']);
	});

	it('but a line about totals that has an invoice is a line', () => {
		expect(read(file(line({ 'Charge Description': 'Total care package' }))).rows).toHaveLength(1);
	});

	it('lines with more or fewer cells are read as far as they go, and noticed', () => {
		const report = read(file(`${line()};surplus`, '1;2'));
		expect(report.rows).toHaveLength(2);
		expect(report.rows[1]?.values['Account number']).toEqual({ kind: 'TEXT', text: '' });
		expect(report.notices).toEqual(['2 rows have more or fewer cells than there are columns']);
	});
});

it('quoted cells hold semicolons and line breaks; a stray quote is text', () => {
	expect(values(file(line({ 'Site address': '1 rue A\n75001 Paris' })))['Site address']?.text).toBe(
		'1 rue A\n75001 Paris',
	);
	expect(values(file(line().replace('ACME Corp', 'ACME 19" racks')))['Customer name']?.text).toBe('ACME 19" racks');
});

it('UTF-8 with and without a byte order mark and Windows-1252 give the same report', () => {
	const text = file(line({ 'Site City': 'Besançon – 5 €' })).toString();
	const [plain, marked, ansi] = [Buffer.from(text), Buffer.from(`\ufeff${text}`), iconv.encode(text, 'windows-1252')];
	expect(read(marked)).toEqual(read(plain));
	expect(read(ansi)).toEqual(read(plain));
	expect(values(ansi)['Site City']?.text).toBe('Besançon – 5 €');
});

it('every line has a key: the same at every reading, another for every line, for equal lines too', () => {
	const bytes = file(line(), line(), line({ 'Account number': '9' }));
	const keys = read(bytes).rows.map(({ key }) => key);
	expect(new Set(keys).size).toBe(3);
	expect(read(bytes).rows.map(({ key }) => key)).toEqual(keys);
	expect(readReport(bytes, 'R190').rows.map(({ key }) => key)).not.toContain(keys[0]);
});

it('what is no report is refused', () => {
	expect(() => read(Buffer.from(''))).toThrow(errorWith({ kind: 'PROTOCOL' }));
	expect(() => read(Buffer.from(`${HEADER}\n"never closed`))).toThrow(errorWith({ kind: 'PROTOCOL' }));
	expect(() => read(file(), { decimalSign: ';' as never })).toThrow(errorWith({ parameter: 'decimalSign' }));
	expect(() => read(file(), { dateOrder: 'YMD' as never })).toThrow(errorWith({ parameter: 'dateOrder' }));
});

describe('through the API', () => {
	it('a report is asked for as CSV, its id encoded, and read', async () => {
		const { api, transport } = orange(() => stream(200, [file(line())], { 'content-type': 'text/csv' }));
		const report = await api.reportRows('R189-Charges+9300856-1.csv');
		expect(report.rows).toHaveLength(1);
		expect((await api.customerSpecificReportRows('C1+2')).rows).toHaveLength(1);
		expect(transport.sent).toEqual([
			`GET ${BASE}/reports/R189-Charges%2B9300856-1.csv`,
			`GET ${BASE}/customerSpecificReports/C1%2B2`,
		]);
		expect(transport.requests[0]?.headers['accept']).toBe('text/csv');
	});
});
