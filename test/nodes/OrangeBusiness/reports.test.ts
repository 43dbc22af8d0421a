/** Report: Get Many and Download, as a file and as rows. */
import { expectRequest, guardNetwork, run } from './orange';

guardNetwork();

const ID = 'R189-Charges+9300856.csv';
const PATH = 'R189-Charges%2B9300856.csv';
const DOWNLOAD = { resource: 'report', operation: 'download', report: { __rl: true, mode: 'id', value: ID } };
const ROWS = { ...DOWNLOAD, output: 'rows' };
const LIST = { resource: 'report', operation: 'getAll' };

const HEADER =
	'Account number;Invoice number;Invoice Date;Invoicing Amount;Invoicing Currency;Exchange rate;Tax amount;Charge Currency;Site';
const expectCsv = (lines: readonly string[], path = `reports/${PATH}`) =>
	expectRequest({
		get: path,
		headers: { accept: 'text/csv' },
		answer: [HEADER, ...lines].map((line) => `${line}\r\n`).join(''),
		answerHeaders: { 'content-type': 'text/csv' },
	});

describe('Report: Get Many', () => {
	it.each([
		['standard', 'reports'],
		['customerSpecific', 'customerSpecificReports'],
	])('lists %s reports as Orange describes them', async (reportKind, path) => {
		expectRequest({ get: `${path}?type=charges&offset=0&limit=50`, answer: [{ id: ID, format: 'csv' }], total: 1 });
		const filters = { attributes: { attributes: [{ attribute: 'type', value: 'charges' }] } };
		expect((await run({ ...LIST, reportKind, filters })).json).toEqual([{ id: ID, format: 'csv' }]);
	});

	it('says that the version has no list of customer-specific reports', async () => {
		expectRequest({
			get: 'customerSpecificReports?offset=0&limit=50',
			status: 404,
			answer: { code: 60, message: 'Resource not found' },
		});
		await expect(run({ ...LIST, reportKind: 'customerSpecific' })).rejects.toThrow('does not have this resource');
	});
});

describe('Report: Download as a file', () => {
	it('takes an ID with a comma for one ID', async () => {
		expectRequest({ get: 'reports/R1%2C%202.csv', headers: { accept: 'text/csv' }, answer: 'a;b\r\n1;2\r\n' });
		const { json } = await run({ ...DOWNLOAD, report: { __rl: true, mode: 'list', value: 'R1, 2.csv' } });
		expect(json).toMatchObject([{ reportId: 'R1, 2.csv' }]);
	});

	it.each([
		['standard', 'reports'],
		['customerSpecific', 'customerSpecificReports'],
	])('gives a %s report with what it is', async (reportKind, path) => {
		expectCsv(['1;2;3;4;5;6;7;8;9'], `${path}/${PATH}`);
		const { items } = await run({ ...DOWNLOAD, reportKind });
		expect(items[0]?.json).toMatchObject({
			reportId: ID,
			fileName: expect.stringMatching(/R189-Charges\+9300856\.csv$/),
			mimeType: 'text/csv',
		});
		expect(Buffer.from(items[0]?.binary?.data?.data ?? '', 'base64').toString()).toContain(HEADER);
	});
});

describe('Report: Download as rows', () => {
	it('reads amounts with their currency and exact text, dates as days, and keeps leading zeros', async () => {
		expectCsv([
			'0045120;000123;31/01/2026;1.234,50;EUR;1,0000;246,90;EUR;00075',
			'0045120;000123;31/01/2026;;EUR;;;EUR;',
		]);
		const { json } = await run(ROWS);
		expect(json).toEqual([
			{
				reportId: ID,
				rowKey: expect.any(String),
				'Account number': '0045120',
				'Invoice number': '000123',
				'Invoice Date': '2026-01-31',
				'Invoicing Amount': 1234.5,
				'Invoicing Amount Exact': '1234.5',
				'Invoicing Amount Currency': 'EUR',
				'Invoicing Currency': 'EUR',
				'Exchange rate': 1,
				'Exchange rate Exact': '1',
				'Tax amount': 246.9,
				'Tax amount Exact': '246.9',
				'Tax amount Currency': 'EUR',
				'Charge Currency': 'EUR',
				Site: '00075',
			},
			expect.objectContaining({ 'Invoicing Amount': null, 'Invoicing Amount Exact': null, Site: '' }),
		]);
	});

	it('stops where a number or a date can be read in two ways, and reads on when told how', async () => {
		const line = '1;2;01/02/2026;1,234;EUR;;;EUR;';
		expectCsv([line]);
		await expect(run(ROWS)).rejects.toThrow(/'Decimal Sign'|'Date Order'/);
		expectCsv([line]);
		await expect(run({ ...ROWS, options: { decimalSign: '.' } })).rejects.toThrow("'Date Order'");
		expectCsv([line]);
		const { json } = await run({ ...ROWS, options: { decimalSign: ',', dateOrder: 'MONTH_FIRST' } });
		expect(json).toMatchObject([{ 'Invoice Date': '2026-01-02', 'Invoicing Amount': 1.234 }]);
		expectCsv([line]);
		const other = await run({ ...ROWS, options: { decimalSign: '.', dateOrder: 'DAY_FIRST' } });
		expect(other.json).toMatchObject([{ 'Invoice Date': '2026-02-01', 'Invoicing Amount': 1234 }]);
	});

	it('tells which cells could not be read', async () => {
		expectCsv(['1;2;31/01/2026;abc;EUR;;;EUR;']);
		const { json, hints } = await run(ROWS);
		expect(json).toMatchObject([{ 'Invoicing Amount': null }]);
		expect(hints).toEqual(['line 1, Invoicing Amount: "abc" is not a number']);
	});

	it('reads customer-specific reports, and larger ones by an asynchronous job', async () => {
		expectRequest({
			get: `customerSpecificReports/${PATH}`,
			headers: { accept: 'text/csv', 'x-response-mode': 'ASYNCHRONOUS' },
			status: 202,
			answer: { id: '7001', status: 'pending' },
		});
		const result = { href: '/billing/b2b/v1/asyncJobs/7001/result' };
		expectRequest({ get: 'asyncJobs/7001', answer: { id: '7001', status: 'done', result } });
		expectCsv(['1;2;31/01/2026;5.25;EUR;;;EUR;'], 'asyncJobs/7001/result');
		const { json } = await run({ ...ROWS, reportKind: 'customerSpecific', options: { asynchronous: true } });
		expect(json).toMatchObject([{ 'Invoicing Amount': 5.25 }]);
	});
});
