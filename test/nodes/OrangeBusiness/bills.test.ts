/** Bill: Get, Get Many by filters, Download: the exact requests, and what comes out. */
import { zipSync } from 'fflate/browser';

import { bill, expectRequest, guardNetwork, run } from './orange';

guardNetwork();

const GET = { resource: 'bill', operation: 'get', bill: { __rl: true, mode: 'id', value: '1013390' } };
const LIST = { resource: 'bill', operation: 'getAll' };
const DOWNLOAD = { resource: 'bill', operation: 'download', bill: { __rl: true, mode: 'id', value: '1013390' } };
const PDF = Buffer.from('%PDF-1.7\nthe bill');

const filtered = (filters: object) => ({ ...LIST, returnAll: true, filters }) as typeof LIST;

describe('Bill: Get', () => {
	it('simplifies to at most ten columns, the amount as a number and as its exact text', async () => {
		expectRequest({ get: 'bills/1013390', answer: bill('1013390') });
		const { json } = await run(GET);
		expect(json).toEqual([
			{
				id: '1013390',
				number: 'N1013390',
				type: 'INVOICE',
				account: '0045120',
				billDate: '2026-01-05',
				dueDate: '2026-02-04',
				paymentStatus: expect.any(String),
				total: 120.12,
				totalExact: '120.12',
				currency: 'EUR',
			},
		]);
	});

	it('hands over what Orange sent when not simplified, long amounts as text', async () => {
		expectRequest({ get: 'bills/1013390', answer: '{"id":"1013390","x":{"y":1},"amount":1234567890123456.78}' });
		const { json } = await run({ ...GET, simplify: false });
		expect(json).toEqual([{ id: '1013390', x: { y: 1 }, amount: '1234567890123456.78' }]);
	});

	it('percent-encodes the ID', async () => {
		expectRequest({ get: 'bills/A%2B1%2F2', answer: bill('A+1/2') });
		expect((await run({ ...GET, bill: { __rl: true, mode: 'id', value: 'A+1/2' } })).json).toHaveLength(1);
	});

	it('says so when Orange answers with a bill of another ID', async () => {
		expectRequest({ get: 'bills/1013390', answer: bill('17006') });
		const { json, hints } = await run(GET);
		expect(json).toMatchObject([{ id: '17006' }]);
		expect(hints).toEqual(['Asked for bill 1013390, Orange answered with bill 17006']);
	});

	it('reads amounts and dates under the names given in Field Names', async () => {
		expectRequest({
			get: 'bills/1013390',
			answer: { id: '1013390', type: 'invoice', t: { owed: '7.50' }, cur: 'CHF' },
		});
		const { json } = await run({
			...GET,
			options: {
				fieldNames: {
					fields: [
						{ field: 'total', names: 'none, t.owed' },
						{ field: 'currency', names: 'cur' },
					],
				},
			},
		});
		expect(json).toMatchObject([{ total: 7.5, totalExact: '7.5', currency: 'CHF' }]);
	});

	it('tells which amounts have no known name', async () => {
		expectRequest({ get: 'bills/1013390', answer: { id: '1013390', type: 'invoice' } });
		const { json, hints } = await run(GET);
		expect(json).toMatchObject([{ total: null, totalExact: null, currency: null }]);
		expect(hints.join()).toMatch(/^1 bills \(1013390\): no member .* net, tax, total: name it among the field names$/);
	});

	it('turns the amounts of a credit note once', async () => {
		expectRequest({ get: 'bills/1013390', answer: bill('1013390', { type: 'creditNote' }) });
		expect((await run(GET)).json).toMatchObject([{ type: 'CREDIT_NOTE', total: -120.12, totalExact: '-120.12' }]);
	});
});

describe('Bill: Get Many by filters', () => {
	it('asks for as many as the limit', async () => {
		expectRequest({ get: 'bills?offset=0&limit=2', answer: [bill('1'), bill('2')], total: 9 });
		const { json } = await run({ ...LIST, limit: 2 });
		expect(json.map(({ id }) => id)).toEqual(['1', '2']);
	});

	it('reads all pages, in order, also when a later one answers first', async () => {
		const page = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => bill(`${from + index}`));
		expectRequest({ get: 'bills?offset=0&limit=100', answer: page(0, 100), total: 250 });
		expectRequest({ get: 'bills?offset=100&limit=100', answer: page(100, 200), total: 250, delayMs: 80 });
		expectRequest({ get: 'bills?offset=200&limit=100', answer: page(200, 250), total: 250 });
		const { json } = await run({ ...LIST, returnAll: true });
		expect(json.map(({ id }) => id)).toEqual(page(0, 250).map(({ id }) => id));
	});

	it('takes page size, offset, sort and the format in the URL', async () => {
		expectRequest({
			get: 'bills?offset=5&limit=20&sort=-updatedAt,id&overrideAccept=application/json',
			answer: [bill('6')],
			total: 6,
		});
		await run({
			...LIST,
			returnAll: true,
			options: { offset: 5, pageSize: 20, acceptInUrl: true },
			sort: {
				rules: [
					{ attribute: 'updatedAt', direction: 'desc' },
					{ attribute: 'id', direction: 'asc' },
				],
			},
		});
	});

	it('sends every filter as the attribute that it stands for', async () => {
		const query =
			'currency.id=EUR&customer.id=9999&customer.name=ACME%20Corp&customer.segment=int&sendingFormat=eInvoicing&type=creditNote&site.city=Paris';
		expectRequest({ get: `bills?${query}&offset=0&limit=100`, answer: [], total: 0 });
		const { json } = await run(
			filtered({
				currency: 'EUR',
				customerId: '9999',
				customerName: 'ACME Corp',
				customerSegment: 'int',
				sendingFormat: 'eInvoicing',
				type: 'creditNote',
				attributes: { attributes: [{ attribute: 'site.city', value: 'Paris' }] },
			}),
		);
		expect(json).toEqual([]);
	});

	it.each([
		[{ when: 'between', from: '2026-01-01', to: '2026-01-31' }, '2026-01-01/2026-01-31'],
		[{ when: 'lastDays', days: 30 }, 'last30days'],
		[{ when: 'after', day: '2026-01-01' }, 'after2026-01-01'],
		[{ when: 'atOrAfter', day: '2026-01-01' }, 'atOrAfter2026-01-01'],
		[{ when: 'before', day: '2026-01-01' }, 'before2026-01-01'],
		[{ when: 'atOrBefore', day: '2026-01-01' }, 'atOrBefore2026-01-01'],
		[{ when: 'on', day: '2026-01-01' }, '2026-01-01/2026-01-01'],
	])('writes the span %j as %s', async (span, word) => {
		expectRequest({ get: `bills?issuedAt=${encodeURIComponent(word)}&offset=0&limit=100`, answer: [], total: 0 });
		await run(filtered({ issuedAt: { span } }));
		expectRequest({ get: `bills?period=${encodeURIComponent(word)}&offset=0&limit=100`, answer: [], total: 0 });
		await run(filtered({ period: { span } }));
	});

	it("takes a picked day in the workflow's time zone", async () => {
		expectRequest({ get: 'bills?issuedAt=after2026-01-02&offset=0&limit=100', answer: [], total: 0 });
		const span = { when: 'after', day: '2026-01-01T23:30:00.000Z' };
		await run(filtered({ issuedAt: { span } }), { timezone: 'Europe/Paris' });
	});

	it.each([
		['an empty filter, which would mean any', { customerId: '' }, /customer\.id.*empty/],
		['a span without its day', { issuedAt: { span: { when: 'after', day: '' } } }, /'Issued'.*no day for 'day'/],
		[
			'an attribute named twice',
			{ type: 'invoice', attributes: { attributes: [{ attribute: 'type', value: 'creditNote' }] } },
			/twice/,
		],
		[
			'a paging parameter as an attribute',
			{ attributes: { attributes: [{ attribute: 'limit', value: '9' }] } },
			/limit/,
		],
	])('refuses %s before any request', async (_what, filters, message) => {
		await expect(run(filtered(filters))).rejects.toThrow(message);
	});

	it('fails rather than hand over a short list as whole', async () => {
		expectRequest({ get: 'bills?offset=0&limit=100', answer: [bill('1')], total: 3 });
		expectRequest({ get: 'bills?offset=1&limit=100', answer: [], total: 3 });
		const parameters = { ...LIST, returnAll: true, options: { pagesAtOnce: 1 } };
		await expect(run(parameters)).rejects.toThrow('The list is not whole');
	});

	it('hands over a short list where that is accepted, and says so', async () => {
		expectRequest({ get: 'bills?offset=0&limit=100', answer: [bill('1')], total: 3 });
		expectRequest({ get: 'bills?offset=1&limit=100', answer: [], total: 3 });
		const { json, hints } = await run({
			...LIST,
			returnAll: true,
			options: { acceptIncomplete: true, pagesAtOnce: 1 },
		});
		expect(json).toHaveLength(1);
		expect(hints).toEqual([expect.stringContaining('1 rows arrived of 3 announced')]);
	});

	it('waits for the asynchronous job and reads its result', async () => {
		expectRequest({
			get: 'bills?offset=0&limit=1',
			headers: { 'x-response-mode': 'ASYNCHRONOUS' },
			status: 202,
			answer: { id: '7001', status: 'pending' },
			answerHeaders: { location: 'https://api.orange.com/billing/b2b/v1/asyncJobs/7001' },
		});
		const result = { href: '/billing/b2b/v1/asyncJobs/7001/result' };
		expectRequest({ get: 'asyncJobs/7001', answer: { id: '7001', status: 'done', result } });
		expectRequest({ get: 'asyncJobs/7001/result', answer: [bill('1')], total: 1 });
		const { json } = await run({ ...LIST, limit: 1, options: { asynchronous: true } });
		expect(json).toMatchObject([{ id: '1' }]);
	});
});

describe('Bill: Download', () => {
	it('gives the PDF with what it is', async () => {
		expectRequest({ get: 'bills/1013390', headers: { accept: 'application/pdf' }, answer: PDF });
		const { items } = await run(DOWNLOAD);
		expect(items).toEqual([
			{
				json: {
					billId: '1013390',
					fileName: 'ORANGE-BUSINESS_1013390.pdf',
					mimeType: 'application/pdf',
					size: PDF.length,
					sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
					binaryField: 'data',
				},
				binary: { data: expect.objectContaining({ mimeType: 'application/pdf', data: PDF.toString('base64') }) },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('asks for another file type, in the URL too, and puts it where it is wanted', async () => {
		expectRequest({
			get: 'bills/1013390?overrideAccept=text/csv',
			headers: { accept: 'text/csv' },
			answer: 'a;b\r\n1;2\r\n',
			answerHeaders: { 'content-type': 'text/csv' },
		});
		const { items } = await run({
			...DOWNLOAD,
			binaryPropertyName: 'charges',
			options: { mediaType: 'text/csv', acceptInUrl: true },
		});
		expect(items[0]?.json).toMatchObject({ mimeType: 'text/csv', binaryField: 'charges' });
		expect(Object.keys(items[0]?.binary ?? {})).toEqual(['charges']);
	});

	it('unpacks a zip where that is wanted', async () => {
		expectRequest({
			get: 'bills/1013390',
			headers: { accept: 'application/zip' },
			answer: Buffer.from(zipSync({ 'bill.pdf': PDF, 'charges.pdf': PDF })),
			answerHeaders: { 'content-type': 'application/zip' },
		});
		const { items } = await run({ ...DOWNLOAD, options: { mediaType: 'application/zip', unpack: true } });
		expect(items.map(({ json }) => [json.fileName, json.mimeType])).toEqual([
			['bill.pdf', 'application/pdf'],
			['charges.pdf', 'application/pdf'],
		]);
	});

	it('does not take a web page for a PDF', async () => {
		expectRequest({ get: 'bills/1013390', headers: { accept: 'application/pdf' }, answer: '<html>Sign in</html>' });
		await expect(run(DOWNLOAD)).rejects.toThrow('The provider sent a web page, not application/pdf');
	});

	it('says what to do about a file over 5 MB', async () => {
		expectRequest({
			get: 'bills/1013390',
			headers: { accept: 'application/pdf' },
			status: 413,
			answer: { code: 66, message: 'Too large' },
		});
		await expect(run(DOWNLOAD)).rejects.toMatchObject({
			description: expect.stringContaining('asynchronous mode'),
			httpCode: '413',
		});
	});
});
