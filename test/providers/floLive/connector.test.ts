/** floLIVE as a BillConnector. */
import type { BillQuery } from '../../../providers/connector';
import { keyOf } from '../../../providers/model/identity';
import type { TransportRequest } from '../../../providers/transport/port';
import { json } from '../support/scriptedTransport';
import { errorWith } from '../support/errors';
import { FIRST, SECOND, envelope, floLive, listOf, pagesOf } from './invoices';

const customerOf = ({ url }: TransportRequest) => /customer\/([^/]+)/.exec(url)?.[1] ?? '';

/** Two customers: 20100 has the two invoices of the document, 20200 one between them. */
const THIRD = { ...FIRST, id: 'third', invoiceNumber: '77', creationTime: '2021-05-01T10:00:00Z', totalAmount: 5 };
const twoCustomers = (settings = {}) =>
	floLive((request) => (customerOf(request) === '20100' ? listOf(SECOND, FIRST) : listOf(THIRD)), {
		accounts: ['20100', '20200'],
		...settings,
	});

async function read(query: BillQuery, { connector, transport } = twoCustomers()) {
	const pages = await pagesOf(connector.bills(query));
	return {
		numbers: pages.flatMap(({ items }) => items.map(({ number }) => number)),
		pages,
		last: pages.at(-1)!,
		requests: pages.reduce((sum, page) => sum + page.requests, 0),
		sent: transport.sent,
	};
}

describe('settings', () => {
	it.each([{ accounts: [] }, { accounts: undefined }, { accounts: ['20100', ' '] }])(
		'%j are refused: customers must be named',
		(settings) => {
			expect(() => floLive([], settings as never)).toThrow(errorWith({ parameter: 'accounts' }));
		},
	);
});

describe('bills', () => {
	it('cost one request a customer, in one page', async () => {
		const { numbers, last, requests, sent } = await read({});
		expect(numbers).toEqual(['1204', '1134', '77']);
		expect(last).toMatchObject({ total: 3, end: { complete: true, reasons: [] }, notices: [], pushedDown: [] });
		expect(requests).toBe(2);
		expect(sent).toHaveLength(2);
	});

	it('of named customers ask only those', async () => {
		const { numbers, last, sent } = await read({ accounts: ['20200'] });
		expect(numbers).toEqual(['77']);
		expect(last).toMatchObject({ pushedDown: ['accounts'], appliedHere: [] });
		expect(sent).toEqual(['GET https://flolive.example/api/v2/customer/20200/invoices']);
	});

	it('come in the order asked for, over all customers, page by page', async () => {
		const { numbers, pages } = await read({ order: { field: 'BILL_DATE', direction: 'DESC' }, pageSize: 2 });
		expect(numbers).toEqual(['1134', '77', '1204']);
		expect(pages.map(({ items, end }) => [items.length, end !== null])).toEqual([
			[2, false],
			[1, true],
		]);
	});

	it('after a place are those strictly after it', async () => {
		const order = { field: 'BILL_DATE', direction: 'DESC' } as const;
		const after = { sortKey: '2021-05-01', scope: '20200', remoteId: 'third' };
		expect((await read({ order, after })).numbers).toEqual(['1204']);
		expect((await read({ order, after: { ...after, remoteId: 'a' } })).numbers).toEqual(['77', '1204']);
	});

	it('are filtered here', async () => {
		const { numbers, last } = await read({
			billDate: { from: '2021-03-01', to: '2021-07-01' } as BillQuery['billDate'],
			total: { from: '5', to: '210.99' } as BillQuery['total'],
		});
		expect(numbers).toEqual(['77']);
		expect(last.appliedHere).toEqual(['billDate', 'total']);
	});

	it('stop at maxRows, with or without an order', async () => {
		expect((await read({ maxRows: 1 })).numbers).toEqual(['1204']);
		expect((await read({ maxRows: 1 })).last.end).toEqual({ complete: true, reasons: [] });
		expect((await read({ maxRows: 1, order: { field: 'NUMBER', direction: 'ASC' } })).numbers).toEqual(['1134']);
		expect((await read({ maxRows: 9 })).last.total).toBe(3);
	});

	it('that broke off on the way are incomplete, and have no total', async () => {
		const scripted = floLive(json(200, envelope([FIRST], { page: 0, size: 1, totalPages: 3, totalElements: 3 })));
		const { last } = await read({}, scripted);
		expect(last).toMatchObject({ total: null, end: { complete: false } });
	});

	it('name the customer that failed', async () => {
		const { connector } = floLive([json(200, { errorCode: 'CUSTOMER_1002' })]);
		await expect(pagesOf(connector.bills({}))).rejects.toMatchObject({
			kind: 'NOT_FOUND',
			message: expect.stringContaining('Customer 20100: '),
			connection: 'fleet',
		});
	});

	it('rethrow an abort as it is', async () => {
		const { connector } = floLive([listOf(FIRST)]);
		const gone = new Error('gone');
		await expect(pagesOf(connector.bills({}, { signal: AbortSignal.abort(gone) }))).rejects.toBe(gone);
	});

	it.each<[string, object, string]>([
		['an unknown customer', { accounts: ['999'] }, 'accounts'],
		['an empty list of customers', { accounts: [] }, 'accounts'],
		['an unknown filter', { colour: 'red' }, 'colour'],
		['a filter on what floLIVE does not give', { states: ['NEW'] }, 'states'],
		['an amount due', { amountDue: { from: '1' } }, 'amountDue'],
		['a wrong date', { billDate: { from: '2021-02-30' } }, 'billDate.from'],
		['no rows', { maxRows: 0 }, 'maxRows'],
		['no page', { pageSize: 0 }, 'pageSize'],
	])('%s is refused before any request', async (_what, query, parameter) => {
		const { connector, transport } = twoCustomers();
		await expect(pagesOf(connector.bills(query))).rejects.toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(transport.requests).toEqual([]);
	});
});

describe('the rolling history of 12 months (today is 2022-01-15)', () => {
	it.each([
		[{ from: '2021-01-14' }, false],
		[{ to: '2020-12-31' }, false],
		[{ from: '2021-01-15' }, true],
		[{ to: '2021-06-30' }, true],
		[undefined, true],
	])('a query for %j is complete: %s', async (billDate, complete) => {
		const { last } = await read({ billDate: billDate as BillQuery['billDate'] });
		expect(last.end?.complete).toBe(complete);
		expect(last.notices).toHaveLength(complete ? 0 : 1);
		expect(last.end?.reasons.join()).toContain(complete ? '' : 'before 2021-01-15');
	});

	it('is told in ordered pages too', async () => {
		const { last, pages } = await read({
			billDate: { from: '2020-01-01' } as BillQuery['billDate'],
			order: { field: 'TOTAL', direction: 'ASC' },
		});
		expect(last.end?.complete).toBe(false);
		expect(pages[0]?.notices).toHaveLength(1);
	});
});

describe('bills by id', () => {
	it('cost one list a customer, and every key settles on its own', async () => {
		const { connector, transport } = twoCustomers();
		const ids = [
			{ scope: '20100', remoteId: FIRST.id },
			{ scope: '20100', remoteId: 'gone' },
			{ scope: '20200', remoteId: 'third' },
			{ scope: 'stranger', remoteId: 'x' },
		] as const;
		const found = connector.billsByIds(ids);
		const [first, gone, third, stranger] = ids.map((id) => found.get(keyOf(id))!);
		await expect(first).resolves.toMatchObject({ number: '1134' });
		await expect(third).resolves.toMatchObject({ number: '77' });
		await expect(gone).rejects.toMatchObject({ kind: 'NOT_FOUND', hint: expect.stringContaining('12 months') });
		await expect(stranger).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toHaveLength(2);
	});

	it('one customer’s failure is not another’s', async () => {
		const { connector } = floLive(
			(request) => (customerOf(request) === '20100' ? json(200, { errorCode: 'CUSTOMER_1002' }) : listOf(THIRD)),
			{ accounts: ['20100', '20200'] },
		);
		const ids = [
			{ scope: '20100', remoteId: FIRST.id },
			{ scope: '20200', remoteId: 'third' },
		] as const;
		const found = connector.billsByIds(ids);
		await expect(found.get(keyOf(ids[0]))).rejects.toMatchObject({ code: 'CUSTOMER_1002' });
		await expect(found.get(keyOf(ids[1]))).resolves.toMatchObject({ number: '77' });
	});

	it('a list that broke off finds nothing out', async () => {
		const { connector } = floLive(json(200, envelope([FIRST], { page: 0, size: 1, totalPages: 3, totalElements: 3 })));
		const id = { scope: '20100', remoteId: 'other' };
		await expect(connector.billsByIds([id]).get(keyOf(id))).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});
});

describe('rates', () => {
	it('are not offered: neither by query nor by bill, and cost nothing', async () => {
		const { connector, transport } = floLive([]);
		expect(() => connector.rates()).toThrow(errorWith({ kind: 'NOT_OFFERED' }));
		const bill = { scope: '20100', remoteId: 'a', billDate: null, accountId: null, number: null };
		await expect(connector.ratesByBills([bill]).get(keyOf(bill))).rejects.toMatchObject({ kind: 'NOT_OFFERED' });
		expect(transport.requests).toEqual([]);
	});
});

describe('accounts', () => {
	it('are the configured customers, without a request and without names', async () => {
		const { connector, transport } = twoCustomers();
		const [page] = await pagesOf(connector.accounts({}));
		expect(page).toMatchObject({ total: 2, requests: 0, appliedHere: [], end: { complete: true } });
		expect(page?.items.map(({ identity, name }) => [identity.scope, identity.remoteId, name])).toEqual([
			['20100', '20100', null],
			['20200', '20200', null],
		]);
		expect(transport.requests).toEqual([]);
	});

	it('are filtered by id; names are not given, so they are no filter', async () => {
		const { connector } = twoCustomers();
		expect((await pagesOf(connector.accounts({ ids: ['20200'] })))[0]?.items).toHaveLength(1);
		await expect(pagesOf(connector.accounts({ nameLike: '*' }))).rejects.toMatchObject({ parameter: 'nameLike' });
		expect((await pagesOf(connector.accounts({ maxRows: 1 })))[0]?.items).toHaveLength(1);
	});

	it('by id are those of the configuration', async () => {
		const { connector } = twoCustomers();
		const [known, unknown] = [
			{ scope: '20100', remoteId: '20100' },
			{ scope: '9', remoteId: '9' },
		] as const;
		const found = connector.accountsByIds([known, unknown]);
		await expect(found.get(keyOf(known))).resolves.toMatchObject({ identity: { remoteId: '20100' } });
		await expect(found.get(keyOf(unknown))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
	});
});

describe('the document of an invoice', () => {
	const ref = { scope: '20100', billId: FIRST.id, documentId: 'invoice' };
	const file = (words: string) => json(200, envelope({ attachmentData: Buffer.from(words).toString('base64') }));

	it('is the file that floLIVE keeps', async () => {
		const { connector, transport } = floLive([file('%PDF-1.4 x')]);
		const { mediaType, size, body, fileName } = await connector.document(ref);
		const chunks: Uint8Array[] = [];
		for await (const chunk of body) chunks.push(chunk);
		expect({ mediaType, size, text: Buffer.concat(chunks).toString() }).toEqual({
			mediaType: 'application/pdf',
			size: 10,
			text: '%PDF-1.4 x',
		});
		expect(fileName).toMatch(/^FLOLIVE_20100_62e8ba66.*\.pdf$/);
		expect(transport.only.body).toBe(`{"id":["${FIRST.id}"]}`);
	});

	it('is not what is neither PDF, XML nor zip', async () => {
		const { connector } = floLive([file('{"a":1}')]);
		await expect(connector.document(ref)).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});

	it('of another name, or of a customer that is not configured, is not there', async () => {
		const { connector, transport } = floLive([]);
		await expect(connector.document({ ...ref, documentId: 'copy' })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		await expect(connector.document({ ...ref, scope: '7' })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toEqual([]);
	});
});

it('the check is one list request', async () => {
	const { connector, transport } = floLive([listOf()]);
	await connector.check();
	expect(transport.sent).toEqual(['GET https://flolive.example/api/v2/customer/20100/invoices']);
});
