/** Bill documents: PDFs that readers open, XML, and charge reports in every locale. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import iconv from 'iconv-lite';

import { majorUnits, type LedgerBill, type LedgerLine } from '../../../sandbox/data/ledger';
import { pdfOfBill } from '../../../sandbox/documents/pdf';
import { REPORT_COLUMNS, reportCsv, type ReportFormat } from '../../../sandbox/documents/reportCsv';
import { windows1252 } from '../../../sandbox/documents/windows1252';
import { xmlOfBill } from '../../../sandbox/documents/xml';
import { zipOf } from '../../../sandbox/documents/zip';

const invoice: LedgerBill = {
	provider: 'orange',
	account: {
		provider: 'orange',
		id: '1',
		number: '0045120',
		name: 'Fish & <Chips>',
		currency: { code: 'EUR', exponent: 2 },
	},
	id: '1013390',
	number: 'OB00026000',
	type: 'invoice',
	standing: 'issued',
	runType: 'onCycle',
	billDate: '2026-02-03',
	periodStart: '2026-01-01',
	periodEnd: '2026-01-31',
	dueDate: '2026-03-05',
	createdAt: '2026-02-03T05:41:26.886Z',
	updatedAt: '2026-02-03T06:22:52.886Z',
	net: 123456n,
	tax: 23457n,
	total: 146913n,
	paid: 0n,
	revision: 0,
	lineCount: 2,
};
const creditNote: LedgerBill = { ...invoice, type: 'creditNote', net: -123456n, tax: -23457n, total: -146913n };

const lineOf = (bill: LedgerBill, index: number, net: bigint, tax: bigint): LedgerLine => ({
	bill,
	index,
	id: String(index),
	kind: 'recurring',
	productId: 'P-1',
	productName: 'IP VPN Port',
	description: 'Port; 100 Mbit/s',
	serviceId: 'SVC-1',
	site: { id: 'S-1', name: 'Büro "Süd" – 5 €', city: 'München', country: 'DE' },
	periodStart: bill.periodStart,
	periodEnd: bill.periodEnd,
	quantity: 1,
	net,
	tax,
	taxRate: 5.5,
});
const linesOf = (bill: LedgerBill): LedgerLine[] => {
	const sign = bill.type === 'creditNote' ? -1n : 1n;
	return [lineOf(bill, 0, sign * 223456n, sign * 42457n), lineOf(bill, 1, sign * -100000n, sign * -19000n)];
};

describe('the PDF of a bill', () => {
	const hasReader = spawnSync('pdftotext', ['-v']).error === undefined;
	const textOf = (pdf: Uint8Array): string => {
		const folder = mkdtempSync(join(tmpdir(), 'sandbox-pdf-'));
		try {
			const file = join(folder, 'bill.pdf');
			writeFileSync(file, pdf);
			return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
		} finally {
			rmSync(folder, { recursive: true });
		}
	};

	it('is a whole PDF, the same bytes every time', async () => {
		const pdf = Buffer.from(await pdfOfBill(invoice, linesOf(invoice)));
		expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
		expect(pdf.subarray(-6).toString()).toContain('%%EOF');
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		expect(pdf.equals(await pdfOfBill(invoice, linesOf(invoice)))).toBe(true);
	});

	(hasReader ? it : it.skip)('opens in a PDF reader with number, dates, lines and totals', async () => {
		const text = textOf(await pdfOfBill(creditNote, linesOf(creditNote)));
		for (const part of ['Orange Business', 'Credit note OB00026000', 'Account: 0045120', 'Bill date: 2026-02-03']) {
			expect(text).toContain(part);
		}
		expect(text).toMatch(/Port; 100 Mbit\/s +2026-01-01 2026-01-31 +2234\.56 +424\.57/);
		expect(text).toContain('Total: 1469.13 EUR');
		expect(text).not.toContain('are shown');
	});

	(hasReader ? it : it.skip)('prints the first 200 lines and says so', async () => {
		const lines = Array.from({ length: 250 }, (_, index) => lineOf(invoice, index, BigInt(index), 0n));
		const text = textOf(await pdfOfBill({ ...invoice, lineCount: 250 }, lines));
		expect(text.match(/Port; 100/g)).toHaveLength(200);
		expect(text).toContain('200 of 250 lines are shown.');
	});
});

it('writes XML with its markup escaped', () => {
	const xml = xmlOfBill(invoice, linesOf(invoice));
	expect(xml).toContain('<CustomerName>Fish &amp; &lt;Chips&gt;</CustomerName>');
	expect(xml).toContain('<TotalAmount>1469.13</TotalAmount>');
	expect(xml.match(/<Line>/g)).toHaveLength(2);
});

it('zips files that unzip to what they were', () => {
	const zip = zipOf({ 'a.txt': Buffer.from('A'), 'ü.txt': Buffer.from('B') });
	expect(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
		['a.txt', 'A'],
		['ü.txt', 'B'],
	]);
});

it('writes Windows-1252 as others read it, and ? for what it lacks', () => {
	const unused = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
	for (let byte = 0; byte < 256; byte++) {
		if (unused.includes(byte)) continue;
		expect([...windows1252(iconv.decode(Buffer.from([byte]), 'windows-1252'))]).toEqual([byte]);
	}
	expect(Buffer.from(windows1252('→')).toString()).toBe('?');
});

describe('charge reports', () => {
	const customer = { id: '9999', name: 'ACME Corp' };
	const formats: ReportFormat[] = (['.', ','] as const).flatMap((decimal) =>
		(['dayFirst', 'monthFirst', 'yearFirst'] as const).flatMap((dateOrder) =>
			(['utf8', 'utf8WithBom', 'windows1252'] as const).flatMap((encoding) =>
				[true, false].map((totalRow) => ({ decimal, dateOrder, encoding, totalRow })),
			),
		),
	);
	const records = (bytes: Uint8Array, { encoding }: ReportFormat): Record<string, string>[] => {
		const text = encoding === 'windows1252' ? iconv.decode(Buffer.from(bytes), 'windows-1252') : Buffer.from(bytes);
		return parse(text, { columns: true, delimiter: ';', bom: true, record_delimiter: '\r\n' });
	};

	it('have the fifty columns of the guide', () => {
		expect(REPORT_COLUMNS).toHaveLength(50);
		expect(new Set(REPORT_COLUMNS).size).toBe(50);
		expect([REPORT_COLUMNS[0], REPORT_COLUMNS[36], REPORT_COLUMNS[49]]).toEqual([
			'Customer Number',
			'Invoicing Amount',
			'External Reference',
		]);
	});

	it.each(formats)('are read back from %j', (format) => {
		const rows = records(reportCsv(linesOf(creditNote), customer, format), format);
		const [first, second, total] = rows;
		const local = (text: string): string => text.replace('.', format.decimal);
		expect(first).toMatchObject({
			'Customer Number': '00009999',
			'Account number': '0045120',
			'Postal Code': '01000',
			'Serial Number': '0000000001',
			'Site name': 'Büro "Süd" – 5 €',
			'Site address': '7, rue de l’Église; bâtiment B',
			'Charge Description': 'Port; 100 Mbit/s',
			'Credit Comments': 'Agreed with "Accounts";\nsee the dispute',
			'Tax rate': local('5.5'),
			'Number of days': '31',
			'Invoicing Amount': local('2234.56'),
			'Total including Tax': local('2659.13'),
		});
		const day = { dayFirst: '03/02/2026', monthFirst: '02/03/2026', yearFirst: '2026-02-03' }[format.dateOrder];
		expect(first!['Invoice Date']).toBe(day);
		expect(second!['Invoicing Amount']).toBe(local('-1000.00'));
		if (format.totalRow)
			expect(total!['Total including Tax']).toBe(local(majorUnits(146913n, invoice.account.currency)));
		else expect(rows).toHaveLength(2);
	});

	it('begin with a byte order mark where the format says so', () => {
		const bytes = reportCsv([], customer, { ...formats[0]!, encoding: 'utf8WithBom' });
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	});
});
