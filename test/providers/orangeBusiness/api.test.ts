/** Orange's operations: requests as the document writes them. */
import type { WalkedPage } from '../../../providers/transport/pageWalk';
import { json, stream, text } from '../support/scriptedTransport';
import { BASE, onPaper, orange } from './orange';

const list = (rows: readonly unknown[] = [], total = rows.length) =>
	json(200, rows, { 'x-total-count': String(total) });
const pdf = () => stream(200, ['%PDF-1.7 bill'], { 'content-type': 'application/pdf' });

async function whole({ body }: { body: AsyncIterable<Uint8Array> }): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

async function rowsOf<Row>(
	walk: AsyncIterable<WalkedPage<Row>>,
): Promise<{ rows: Row[]; complete: boolean | undefined }> {
	const rows: Row[] = [];
	let complete: boolean | undefined;
	for await (const page of walk) {
		rows.push(...page.rows);
		complete = page.end?.complete;
	}
	return { rows, complete };
}

type Api = ReturnType<typeof orange>['api'];

describe('requests are built as the document writes them', () => {
	it.each<[string, (api: Api) => Promise<unknown>, string]>([
		['all bills', (api) => api.bills(), '/bills'],
		[
			'20 bills from the 10th, newest update first',
			(api) => api.bills({ offset: 10, limit: 20, sort: '-updatedAt' }),
			'/bills?offset=10&limit=20&sort=-updatedAt',
		],
		['invoices', (api) => api.bills({ filters: { type: 'invoice' } }), '/bills?type=invoice'],
		[
			'4.9.3 a nested attribute, its value encoded',
			(api) => api.bills({ filters: { 'customer.name': 'ACME Corp', type: 'creditNote' } }),
			'/bills?customer.name=ACME%20Corp&type=creditNote',
		],
		['a date filter', (api) => api.bills({ filters: { issuedAt: 'last30days' } }), '/bills?issuedAt=last30days'],
		[
			'a span of days',
			(api) => api.bills({ filters: { period: '2024-01-01/2024-01-31' } }),
			'/bills?period=2024-01-01%2F2024-01-31',
		],
		['one day', (api) => api.bills({ filters: { issuedAt: '2024-01-01' } }), '/bills?issuedAt=2024-01-01'],
		[
			'overrideAccept',
			(api) => api.bills({ overrideAccept: 'application/json' }),
			'/bills?overrideAccept=application%2Fjson',
		],
		['bill items', (api) => api.billItems('a/1+b', { limit: 5 }), '/bills/a%2F1%2Bb/items?limit=5'],
		['billing accounts', (api) => api.billingAccounts({ sort: 'name,-id' }), '/billingAccounts?sort=name%2C-id'],
		['reports', (api) => api.reports({ limit: 1 }), '/reports?limit=1'],
		['customer-specific reports', (api) => api.customerSpecificReports(), '/customerSpecificReports'],
		['asynchronous jobs', (api) => api.asyncJobs(), '/asyncJobs'],
		['installed offers', (api) => api.installedOfferIds({ offset: 5 }), '/installedOfferIds?offset=5'],
		['all installed offers', (api) => api.installedOfferIds(), '/installedOfferIds'],
		['all items of a bill', (api) => api.billItems('1'), '/bills/1/items'],
		['all billing accounts', (api) => api.billingAccounts(), '/billingAccounts'],
		['all reports', (api) => api.reports(), '/reports'],
	])('%s', async (_what, ask, path) => {
		const { api, transport } = orange([list([])]);
		await ask(api);
		expect(transport.only).toMatchObject({
			method: 'GET',
			url: `${BASE}${path}`,
			headers: { accept: 'application/json' },
			credential: 'SEND',
		});
	});

	it.each<[string, (api: Api) => Promise<unknown>, string]>([
		['one bill', (api) => api.bill('17006'), '/bills/17006'],
		['one billing account', (api) => api.billingAccount('A+1'), '/billingAccounts/A%2B1'],
		['the status', (api) => api.status(), '/status'],
		['one asynchronous job', (api) => api.asyncJob('j 1'), '/asyncJobs/j%201'],
		['counters', (api) => api.snapshots('type'), '/snapshots?groupBy=type'],
		[
			'counters with filter, paging and sort',
			(api) =>
				api.snapshots('priority', { filters: { 'customer.id': '17896' }, offset: 10, limit: 30, sort: '-value' }),
			'/snapshots?groupBy=priority&customer.id=17896&offset=10&limit=30&sort=-value',
		],
	])('%s', async (_what, ask, path) => {
		const { api, transport } = orange([json(200, {})]);
		await ask(api);
		expect(transport.sent).toEqual([`GET ${BASE}${path}`]);
	});

	it('4.9.1 and 4.9.5 the API itself writes no Authorization and no X-Api-Key: credentials are added once, by the transport', async () => {
		const { api, transport } = orange([list([])]);
		await api.bills();
		expect(Object.keys(transport.only.headers)).toEqual(['accept']);
	});
});

describe('answers', () => {
	it('have their rows and X-Total-Count', async () => {
		const { api } = orange([list([{ id: '1' }], 25), json(200, [], { 'x-total-count': 'many' })]);
		await expect(api.bills()).resolves.toEqual({ rows: [{ id: '1' }], total: 25 });
		await expect(api.bills()).resolves.toEqual({ rows: [], total: null });
	});

	it('4.9.2 a bill may answer with another id', async () => {
		const { api } = orange([json(200, { id: '1013390', type: 'creditNote' })]);
		await expect(api.bill('17006')).resolves.toMatchObject({ id: '1013390' });
	});

	it.each([
		['key', ['', '7', 'paper']],
		['-key', ['paper', '7', '']],
		['value', ['7', '', 'paper']],
		['-value', ['paper', '', '7']],
	] as const)(
		'4.9.4 counters keep their dynamic keys, and the order of %s that numeric keys lose in an object',
		async (sort, values) => {
			const { api } = orange([text(200, '{"paper": 134, "7": 41, "": "53"}')]);
			const counts = await api.snapshots('sendingFormat', { sort });
			expect(counts.map(({ value }) => value)).toEqual(values);
			expect(Object.fromEntries(counts.map(({ value, bills }) => [value, bills]))).toEqual({
				paper: 134,
				7: 41,
				'': 53,
			});
		},
	);

	it('that are something else are not taken for lists, bills or counters', async () => {
		const { api } = orange([json(200, {}), json(200, [7]), json(200, []), json(200, { a: 'x' }), json(200, { a: -1 })]);
		for (const ask of [() => api.bills(), () => api.bills(), () => api.bill('1')]) {
			await expect(ask()).rejects.toMatchObject({ kind: 'PROTOCOL' });
		}
		await expect(api.snapshots('type')).rejects.toMatchObject({ kind: 'PROTOCOL' });
		await expect(api.snapshots('type')).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});

	it('of the status are handed on as they are, of the installed offers with bare ids as resources', async () => {
		const { api } = orange([json(200, [{ component: 'bills' }]), json(200, ['O1', { id: 'O2' }]), json(200, {})]);
		await expect(api.status()).resolves.toEqual([{ component: 'bills' }]);
		await expect(api.installedOfferIds()).resolves.toMatchObject({ rows: [{ id: 'O1' }, { id: 'O2' }] });
		await expect(api.installedOfferIds()).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});

	it('a resource that the API version lacks is not offered', async () => {
		const { api } = orange(json(404, { code: 60, message: 'Resource not found' }));
		for (const ask of [
			() => api.snapshots('type'),
			() => api.status(),
			() => api.asyncJobs(),
			() => api.installedOfferIds(),
			() => api.customerSpecificReports(),
		]) {
			await expect(ask()).rejects.toMatchObject({ kind: 'NOT_OFFERED', status: 404 });
		}
		await expect(orange([json(400, {})]).api.status()).rejects.toMatchObject({ kind: 'INVALID_REQUEST' });
	});
});

describe('bad parameters are refused before any request', () => {
	it.each<[string, (api: Api) => Promise<unknown>]>([
		['limit', (api) => api.bills({ limit: 0 })],
		['offset', (api) => api.bills({ offset: -1 })],
		['sort', (api) => api.bills({ sort: 'a,,b' })],
		['sort', (api) => api.bills({ sort: '' })],
		['sort', (api) => api.snapshots('type', { sort: 'size' as never })],
		['groupBy', (api) => api.snapshots('')],
		['overrideAccept', (api) => api.bills({ overrideAccept: 'pdf' })],
		['filters', (api) => api.bills({ filters: { 'a&b': 'x' } })],
		['filters.limit', (api) => api.bills({ filters: { limit: '3' } })],
		['filters.type', (api) => api.bills({ filters: { type: '' } })],
		['filters.type', (api) => api.bills({ filters: { type: 'a\nb' } })],
		['filters.issuedAt', (api) => api.bills({ filters: { issuedAt: 'last month' } })],
		['billId', (api) => api.bill('')],
		['billId', (api) => api.billItems('..')],
		['id', (api) => api.billingAccount('')],
		['id', (api) => api.report('')],
		['accept', (api) => api.report('R1', { accept: 'csv' })],
		['jobId', (api) => api.asyncJob('')],
		['mode', (api) => api.bills({}, { mode: 'LATER' as never })],
		['query', (api) => api.search({ type: { $ne: 'invoice' } })],
	])('%s', async (parameter, ask) => {
		const { api, transport } = orange([]);
		await expect(ask(api)).rejects.toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(transport.requests).toEqual([]);
	});
});

describe('the search', () => {
	const query = { $and: [{ type: 'invoice' }, { sendingFormat: 'paper' }] };

	it('is POST bills/search with JSON, its paging in the URL', async () => {
		const { api, transport } = orange([list([{ id: '1' }])]);
		await api.search(query, { offset: 2, limit: 3, sort: '-issuedAt,id' });
		expect(transport.only).toMatchObject({
			method: 'POST',
			url: `${BASE}/bills/search?offset=2&limit=3&sort=-issuedAt%2Cid`,
			headers: { accept: 'application/json', 'content-type': 'application/json' },
			body: '{"$and":[{"type":"invoice"},{"sendingFormat":"paper"}]}',
		});
	});

	it.each([404, 405])('falls back to POST search on %i, and remembers what worked', async (status) => {
		const { api, transport } = orange([json(status, { code: 60, message: 'no' }), list([]), list([])]);
		await api.search(query);
		await api.search(query);
		expect(transport.sent).toEqual([`POST ${BASE}/bills/search`, `POST ${BASE}/search`, `POST ${BASE}/search`]);
	});

	it('does not fall back on other errors, nor where the path is set, and fails where both are missing', async () => {
		const wrong = orange([json(400, { code: 23, message: 'Invalid body' })]);
		await expect(wrong.api.search(query)).rejects.toMatchObject({ code: '23' });
		const set = orange([json(404, {})], { searchPath: 'search' });
		await expect(set.api.search(query)).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(set.transport.sent).toEqual([`POST ${BASE}/search`]);
		const none = orange([json(404, {}), json(404, {}), json(404, {}), list([])]);
		await expect(none.api.search(query)).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		await none.api.search(query);
		expect(none.transport.sent[2]).toBe(`POST ${BASE}/bills/search`);
	});
});

describe('walks', () => {
	const rows = Array.from({ length: 25 }, (_, n) => ({ id: String(n) }));

	it.each([true, false])(
		'read everything from a server that gives 10 rows whatever is asked for (total announced: %s)',
		async (announcesTotal) => {
			const { api } = onPaper({ bills: rows, accounts: rows, items: { b: rows }, longestPage: 10, announcesTotal });
			for (const walk of [api.walkBills({}), api.walkBillingAccounts({}), api.walkBillItems('b', {})]) {
				expect(await rowsOf(walk)).toEqual({ rows, complete: true });
			}
		},
	);

	it('start at the offset and stop at maxRows', async () => {
		const { api, transport } = onPaper({ bills: rows });
		expect((await rowsOf(api.walkBills({ offset: 5, maxRows: 7, limit: 4 }))).rows).toEqual(rows.slice(5, 12));
		expect(transport.sent).toEqual([`GET ${BASE}/bills?offset=5&limit=4`, `GET ${BASE}/bills?offset=9&limit=3`]);
	});

	it('of reports', async () => {
		const { api, transport } = orange(list([{ id: 'R1' }]));
		expect((await rowsOf(api.walkReports({}))).rows).toEqual([{ id: 'R1' }]);
		expect((await rowsOf(api.walkCustomerSpecificReports({ concurrency: 2 }))).rows).toEqual([{ id: 'R1' }]);
		expect(transport.requests).toHaveLength(2);
	});
});

describe('files', () => {
	it('a bill is a PDF by its Accept header', async () => {
		const { api, transport } = orange([pdf()]);
		const document = await api.billPdf('17006', { overrideAccept: 'application/pdf' });
		expect(document).toMatchObject({ mediaType: 'application/pdf', fileName: 'ORANGE-BUSINESS_17006.pdf' });
		expect(await whole(document)).toBe('%PDF-1.7 bill');
		expect(transport.only).toMatchObject({
			url: `${BASE}/bills/17006?overrideAccept=application%2Fpdf`,
			headers: { accept: 'application/pdf' },
			expect: 'stream',
		});
	});

	it('a report is what it is asked for as', async () => {
		const { api, transport } = orange([pdf()]);
		await expect(api.report('R1', { accept: 'application/pdf' })).resolves.toMatchObject({
			mediaType: 'application/pdf',
		});
		expect(transport.only.headers['accept']).toBe('application/pdf');
	});

	it('over 5 MB say to ask in asynchronous mode', async () => {
		const { api } = orange([json(413, { code: 66, message: 'Payload too large' })]);
		await expect(api.report('R1')).rejects.toMatchObject({
			kind: 'TOO_LARGE',
			hint: expect.stringContaining('X-RESPONSE-MODE: ASYNCHRONOUS'),
		});
	});
});
