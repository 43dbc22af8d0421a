/** Orange reports, asynchronous jobs and counters. */
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';

import { startOrange, type OrangeAnswer, type OrangeApi } from './orangeApi';

const CSV = { accept: 'text/csv' };
const LATER = { 'x-response-mode': 'asynchronous' };

let orange: OrangeApi;

beforeAll(async () => {
	orange = await startOrange();
});
afterAll(() => orange.sandbox.close());

describe('reports', () => {
	it('are listed, one a bill, and filtered by type', async () => {
		const answer = await orange.get('/reports?type=charges');
		expect(answer.headers.get('x-total-count')).toBe('48');
		expect(orange.ids(answer)[0]).toBe('R189-Charges+0045120-OB00026000.csv');
	});

	it('quirk: their ids hold a plus, sent as %2B or as it is', async () => {
		for (const id of ['R189-Charges%2B0045120-OB00026000.csv', 'R189-Charges+0045120-OB00026000.csv']) {
			const answer = await orange.get(`/reports/${id}`, CSV);
			expect(answer.status).toBe(200);
			expect(answer.headers.get('content-type')).toBe('text/csv');
			expect(answer.text).toContain('Customer Number;Customer name;Account number;Invoice number;Invoice Date');
		}
		expect((await orange.get('/reports/R189-Charges%200045120-OB00026000.csv', CSV)).status).toBe(404);
	});

	it('add up to their bill in each of the formats that take turns', async () => {
		const formats = new Set<string>();
		for (const bill of orange.sandbox.ledger.bills('orange', '5004711')) {
			const response = await fetch(`${orange.base}/reports/R189-Charges%2B0045120-${bill.number}.csv`, {
				headers: { authorization: `Bearer ${orange.token}`, 'x-api-key': 'orange-demo-api-key', ...CSV },
			});
			const bytes = Buffer.from(await response.arrayBuffer());
			const encoding = bytes.toString().includes('\uFFFD') ? 'windows-1252' : 'utf8';
			const rows: Record<string, string>[] = parse(iconv.decode(bytes, encoding), {
				columns: true,
				delimiter: ';',
				bom: true,
				record_delimiter: '\r\n',
			});
			const cents = rows
				.filter((row) => row['Customer Number'] !== 'Total')
				.reduce((sum, row) => sum + BigInt(row['Total including Tax']!.replace(/[.,]/, '')), 0n);
			expect(cents).toBe(bill.type === 'creditNote' ? -bill.total : bill.total);
			const decimal = rows[0]!['Total including Tax']!.includes(',') ? 'comma' : 'point';
			formats.add(`${decimal} ${encoding} ${rows.length > bill.lineCount ? 'total' : 'plain'}`);
		}
		expect(formats).toEqual(
			new Set(['comma utf8 plain', 'point utf8 plain', 'comma windows-1252 total', 'point utf8 total']),
		);
	});

	it('describe themselves as JSON when nothing else is asked for', async () => {
		const answer = await orange.get('/reports/R189-Charges%2B0045120-OB00026000.csv');
		expect(answer.json).toMatchObject({ type: 'charges', billingAccount: { id: '5004711' } });
	});

	it('are refused past 5 MB with 413 and code 66, and given to a job', async () => {
		const path = '/reports/R190-Details%2B0045120.csv';
		const refused = await orange.get(path, CSV);
		expect([refused.status, refused.json]).toEqual([413, expect.objectContaining({ code: 66 })]);
		const job = await orange.get(path, { ...CSV, ...LATER });
		const file = await orange.get(await resultPath(job));
		expect(file.headers.get('content-type')).toBe('text/csv');
		expect(file.text.length).toBeGreaterThan(5 * 1024 * 1024);
	});

	it('are of a customer under their own path', async () => {
		const answer = await orange.get('/customerSpecificReports/C001-Summary%2B0045120.csv', CSV);
		expect(answer.text.split('\r\n')[0]).toBe(
			'Account number;Invoice number;Invoice Date;Document type;Currency;Total including Tax',
		);
		expect((await orange.get('/reports/C001-Summary%2B0045120.csv', CSV)).status).toBe(404);
	});
});

/** Polls a job until it is done and gives the path of its result. */
async function resultPath(accepted: OrangeAnswer): Promise<string> {
	const location = accepted.headers.get('location') ?? '';
	const path = location.slice(orange.base.length);
	const states: unknown[] = [];
	for (let poll = 0; poll < 2; poll++) states.push(((await orange.get(path)).json as { status: string }).status);
	expect(states).toEqual(['running', 'done']);
	return `${path}/result`;
}

describe('asynchronous jobs', () => {
	it.each(['/bills?type=creditNote', '/bills/17006', '/bills/17006/items'])(
		'are accepted for %s, and done after two polls with what it answers directly',
		async (path) => {
			const accepted = await orange.get(path, LATER);
			const { id } = accepted.json as { id: string };
			expect(accepted.status).toBe(202);
			expect(accepted.headers.get('location')).toBe(`${orange.base}/asyncJobs/${id}`);
			expect(accepted.json).toMatchObject({ status: 'pending' });
			expect((await orange.get(`/asyncJobs/${id}/result`)).status).toBe(404);
			const result = await orange.get(await resultPath(accepted));
			const direct = await orange.get(path);
			expect(result.text).toBe(direct.text);
			expect(result.headers.get('x-total-count')).toBe(direct.headers.get('x-total-count'));
		},
	);

	it('are not made for other values of the mode, nor for other operations', async () => {
		expect((await orange.get('/bills', { 'x-response-mode': 'later' })).status).toBe(200);
		expect((await orange.get('/billingAccounts', LATER)).status).toBe(200);
	});

	it('fail with the error that a direct answer would have been', async () => {
		const accepted = await orange.get('/bills/1', LATER);
		const { id } = accepted.json as { id: string };
		await orange.get(`/asyncJobs/${id}`);
		expect((await orange.get(`/asyncJobs/${id}`)).json).toMatchObject({ status: 'failed', error: { code: 60 } });
		expect((await orange.get('/asyncJobs?status=failed')).json).toContainEqual(expect.objectContaining({ id }));
	});

	it('are unknown by another id', async () => {
		expect((await orange.get('/asyncJobs/1')).status).toBe(404);
	});
});

describe('counters', () => {
	const counted = async (query: string): Promise<string> => (await orange.get(`/snapshots?${query}`)).text;

	it('count the bills by an attribute, of nested objects too', async () => {
		const credits = orange.sandbox.ledger.bills('orange').filter(({ type }) => type === 'creditNote').length;
		expect(JSON.parse(await counted('groupBy=type'))).toEqual({ invoice: 48 - credits, creditNote: credits });
		expect(JSON.parse(await counted('groupBy=currency.id&type=invoice&currency.id=EUR'))).toEqual({
			EUR: expect.any(Number),
		});
	});

	it('sort by key or value and page over the counters', async () => {
		expect(await counted('groupBy=sendingFormat&sort=-value')).toBe('{"paper":36,"eInvoicing":12}');
		expect(await counted('groupBy=sendingFormat&sort=value')).toBe('{"eInvoicing":12,"paper":36}');
		expect(await counted('groupBy=customer.id&sort=-key')).toBe('{"9999":24,"17896":24}');
		expect(await counted('groupBy=customer.id&sort=key&offset=1&limit=1')).toBe('{"9999":24}');
	});

	it('quirk: the guide counts by priority, which no bill has', async () => {
		expect(await counted('groupBy=priority&offset=10&limit=30&customer.id=17896')).toBe('{}');
	});

	it.each([
		['', 27],
		['groupBy=', 27],
		['groupBy=colour', 28],
		['groupBy=period', 28],
		['groupBy=type&sort=count', 28],
		['groupBy=type&colour=red', 28],
	])('refuse ?%s with 400', async (query, code) => {
		const answer = await orange.get(`/snapshots?${query}`);
		expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code })]);
	});
});
