/** The Oracle BRM node's bills: exact requests, what comes out, and what is said where something is missing. */
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { zipSync } from 'fflate/browser';
import nock from 'nock';

import { BILL_PARAMETERS } from '../../../providers/oracleBrm/parameters';
import { comparableMembers } from '../../../providers/tmf678/conditions';
import { execute, executeContext } from '../support/fakeContext';
import { expectAllAsked, expectSchema } from '../support/nodeChecks';
import {
	ACCOUNT_ID,
	BASE,
	BILL_ID,
	HOST,
	PLAIN,
	api,
	bill,
	byId,
	byNumber,
	listOf,
	node,
	path,
	settingsWith,
} from './records';

const PDF = Buffer.from('%PDF-1.7\nA bill\n%%EOF\n');

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expectAllAsked();
});
afterAll(() => nock.enableNetConnect());

const getMany = (more: object = {}) => ({ resource: 'bill', operation: 'getAll', ...more });
const bills = (query: Record<string, string>) => api().get(`${BASE}/customerBill`).query(query);
const idsOf = (items: Awaited<ReturnType<typeof execute>>) => items.map(({ json }) => json['id']);
const where = (...condition: object[]) => ({ conditions: { condition } });

describe('Bill: Get Many', () => {
	it('asks for no more than the limit, and gives ten columns a bill', async () => {
		bills({ limit: '50', offset: '0' }).reply(...listOf([bill(1)]));
		const items = await execute(settingsWith(getMany()));
		expect(items).toEqual([
			{
				json: {
					id: BILL_ID,
					number: 'B1-1',
					type: 'INVOICE',
					account: 'A-7',
					billDate: '2026-01-05',
					dueDate: '2026-02-04',
					paymentStatus: 'UNPAID',
					total: 119,
					totalExact: '119',
					currency: 'EUR',
				},
				pairedItem: { item: 0 },
			},
		]);
		expectSchema('OracleBrm', 'bill', 'getAll', items);
	});

	it('sends the token of the other credential where that is chosen', async () => {
		nock(HOST, { reqheaders: { authorization: 'Bearer static-token' } })
			.get(`${BASE}/customerBill`)
			.query({ limit: '50', offset: '0' })
			.reply(...listOf([]));
		expect(await execute(settingsWith(getMany({ authentication: 'token' })))).toEqual([]);
	});

	it('sends no token to a test system that wants none', async () => {
		nock(HOST, { badheaders: ['authorization'] })
			.get(`${BASE}/customerBill`)
			.query({ limit: '50', offset: '0' })
			.reply(...listOf([]));
		await execute(settingsWith(getMany({ authentication: 'token' }), {}, { authentication: 'none' }));
	});

	const OWN_FIELDS = ['state', 'billingAccount.id'];
	const filters = comparableMembers(BILL_PARAMETERS)
		.filter(({ member }) => !OWN_FIELDS.includes(member))
		.flatMap(({ member, kind, comparisons }) => comparisons.map((comparison) => ({ member, kind, comparison })));

	it.each(filters)('sends the filter $member $comparison as the document writes it', async (filter) => {
		const { member, kind, comparison } = filter;
		const value = kind === 'DATE_TIME' ? '2026-01-31T00:00:00' : kind === 'DECIMAL' ? '20.50' : 'x+1';
		const sent =
			kind === 'DATE_TIME' ? '2026-01-31T00:00:00Z' : kind === 'DECIMAL' && comparison !== 'like' ? '20.5' : value;
		const name = comparison === 'eq' ? member : `${member}.${comparison}`;
		const type = member.startsWith('billingCycle') ? { '@type': 'CustomerBillOracle' } : {};
		bills({ [name]: sent, ...type, limit: '50', offset: '0' }).reply(...listOf([]));
		await execute(settingsWith(getMany(where({ field: member, comparison, value }))));
	});

	it('has no filter of the document without a field or a condition', () => {
		expect(filters.length + OWN_FIELDS.length).toBe(42);
	});

	it("reads a condition's date in the workflow's time zone", async () => {
		bills({ 'billDate.gt': '2026-01-30T23:00:00.000Z', limit: '50', offset: '0' }).reply(...listOf([]));
		const condition = { field: 'billDate', comparison: 'gt', value: '2026-01-31T00:00:00' };
		await execute(settingsWith(getMany(where(condition)), { timezone: 'Europe/Berlin' }));
	});

	it('sends account and state, and days as bounds wide enough for every time zone', async () => {
		const january = { billDateFrom: '2026-01-01T00:00:00', billDateTo: '2026-01-31T00:00:00' };
		bills({
			'billingAccount.id': ACCOUNT_ID,
			'billDate.gte': '2025-12-31T10:00:00Z',
			'billDate.lte': '2026-02-01T14:00:00Z',
			state: 'new',
			limit: '100',
			offset: '0',
		}).reply(...listOf([bill(1), bill(2, { billDate: '2026-02-01T00:00:00Z' })]));
		const filter = { ...january, accountId: byId(ACCOUNT_ID), states: ['new'] };
		const items = await execute(settingsWith(getMany({ filters: filter }), { timezone: 'America/Lima' }));
		expect(idsOf(items)).toEqual([BILL_ID]);
	});

	it('filters by states that cannot be asked for', async () => {
		bills({ limit: '100', offset: '0' }).reply(...listOf([bill(1), bill(2, { state: 'onHold' })]));
		const items = await execute(settingsWith(getMany({ filters: { states: ['onHold', 'sent'] } })));
		expect(idsOf(items)).toEqual(['0.0.0.1+-bill+2']);
	});

	it('takes a state that an expression gives as text, and refuses one that there is not', async () => {
		bills({ state: 'settled', limit: '50', offset: '0' }).reply(...listOf([bill(1, { state: 'settled' })]));
		expect(idsOf(await execute(settingsWith(getMany({ filters: { states: 'settled' } }))))).toEqual([BILL_ID]);
		await expect(execute(settingsWith(getMany({ filters: { states: ['Settled'] } })))).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: `'States' has "Settled"`,
		});
	});

	it('fetches pages side by side and puts them out in order', async () => {
		const pageOf = (offset: number) => Array.from({ length: 2 }, (_, index) => bill(offset + index));
		let inFlight = 0;
		let most = 0;
		for (const offset of [0, 2, 4, 6]) {
			bills({ limit: '2', offset: String(offset) }).reply((_uri, _body, done) => {
				most = Math.max(most, (inFlight += 1));
				setTimeout(
					() => {
						inFlight -= 1;
						done(null, [...listOf(pageOf(offset), 8)]);
					},
					60 - offset * 8,
				);
			});
		}
		const options = { rowsPerRequest: 2, pagesAtOnce: 3 };
		const items = await execute(settingsWith(getMany({ returnAll: true, options })));
		expect(items.map(({ json }) => json['number'])).toEqual([
			'B1-0',
			'B1-1',
			'B1-2',
			'B1-3',
			'B1-4',
			'B1-5',
			'B1-6',
			'B1-7',
		]);
		expect(most).toBe(3);
	});

	it('sorts by what the server cannot sort by', async () => {
		const rows = [
			bill(1),
			bill(2, { billDate: '2026-03-05T00:00:00Z' }),
			bill(3, { billDate: '2026-02-05T00:00:00Z' }),
		];
		bills({ limit: '100', offset: '0' }).reply(...listOf(rows));
		const sort = { rule: { field: 'BILL_DATE', direction: 'DESC' } };
		const items = await execute(settingsWith(getMany({ limit: 2, sort })));
		expect(items.map(({ json }) => json['number'])).toEqual(['B1-2', 'B1-3']);
	});

	it('puts out the record as it came, amounts too long for a number as text', async () => {
		const { taxIncludedAmount: _, ...row } = bill(1) as { taxIncludedAmount: object };
		const text = `[${JSON.stringify(row).slice(0, -1)},"taxIncludedAmount":{"unit":"EUR","value":12345678901234567.89}}]`;
		bills({ '@type': 'CustomerBillOracle', limit: '50', offset: '0' }).reply(200, text, { 'X-Total-Count': '1' });
		const options = { recordType: 'CustomerBillOracle' };
		const [item] = await execute(settingsWith(getMany({ simplify: false, options })));
		expect(item?.json).toEqual({ ...row, taxIncludedAmount: { unit: 'EUR', value: '12345678901234567.89' } });
	});

	it('asks for the fields wanted, and puts out no others that the server adds', async () => {
		bills({ fields: 'id,href,billNo,amountDue', limit: '50', offset: '0' }).reply(...listOf([bill(1)]));
		const options = { fields: 'billNo, amountDue' };
		const [item] = await execute(settingsWith(getMany({ simplify: false, options })));
		expect(Object.keys(item?.json ?? {})).toEqual(['id', 'href', 'billNo', 'amountDue']);
	});

	it('leaves record options out where the output is simplified', async () => {
		bills({ limit: '50', offset: '0' }).reply(...listOf([bill(1)]));
		await execute(settingsWith(getMany({ options: { fields: 'billNo', recordType: 'CustomerBillOracle' } })));
	});

	it('sends plus signs of IDs as they are where that is chosen', async () => {
		api()
			.get(`${BASE}/customerBill?billingAccount.id=${ACCOUNT_ID}&limit=50&offset=0`)
			.reply(...listOf([]));
		const context = executeContext(
			settingsWith(getMany({ filters: { accountId: byId(ACCOUNT_ID) }, options: { rawPlusInIds: true } })),
		);
		await node.execute.call(context);
		expect(context.recorded.http.sent[0]?.url).toContain(`billingAccount.id=${ACCOUNT_ID}&`);
	});

	it('does not take a short list for the whole, unless that is accepted', async () => {
		const short = () => {
			bills({ limit: '100', offset: '0' }).reply(...listOf([bill(1)], 2));
			bills({ limit: '100', offset: '1' }).reply(...listOf([], 2));
		};
		short();
		await expect(execute(settingsWith(getMany({ returnAll: true })))).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'The list is not whole: 1 rows arrived of 2 announced',
		});
		short();
		const context = executeContext(settingsWith(getMany({ returnAll: true, options: { acceptIncomplete: true } })));
		const [items] = await node.execute.call(context);
		expect(items).toHaveLength(1);
		expect(context.recorded.hints).toMatchObject([{ message: 'The list is not whole: 1 rows arrived of 2 announced' }]);
	});

	it("tells the provider's code and words, and no token", async () => {
		bills({ limit: '50', offset: '0' }).reply(403, { code: '40301', reason: 'No policy', message: 'Not allowed' });
		const error: unknown = await execute(settingsWith(getMany())).catch((caught: unknown) => caught);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '403',
			description: expect.stringContaining('code is 40301'),
			context: { itemIndex: 0 },
		});
		expect(inspect(error, { depth: 10 })).not.toContain('token-1');
	});

	it('goes on after an item that fails, and pairs each item with its own', async () => {
		bills({ 'billingAccount.id': 'gone', limit: '50', offset: '0' }).reply(404, { code: '1', reason: 'No account' });
		bills({ 'billingAccount.id': 'there', limit: '50', offset: '0' }).reply(...listOf([bill(1), bill(2)]));
		const parameters = ['gone', 'there'].map((id) => getMany({ filters: { accountId: byId(id) } }));
		const items = await execute(settingsWith(parameters, { continueOnFail: true }));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 1 }]);
		expect(items[0]?.json['error']).toMatchObject({ kind: 'NOT_FOUND', httpStatus: 404, code: '1' });
	});

	it.each([
		[{ field: 'billDate', comparison: 'gt', value: '' }, "'Bill Date' is compared with nothing"],
		[{ field: 'billDate', comparison: 'gt', value: 'soon' }, `'Bill Date' is "soon", which is no date`],
		[{ field: 'amountDue.value', comparison: 'gt', value: 'much' }, `'Amount Due' is "much", which is no amount`],
	])('sends nothing for the condition %j', async (condition, message) => {
		await expect(execute(settingsWith(getMany(where(condition))))).rejects.toMatchObject({
			name: 'NodeOperationError',
			message,
		});
	});
});

describe('Bill: Get Many, from another TMF678 server', () => {
	const condition = { field: 'amountDue.value', comparison: 'gte', value: '100' };
	const rows = [
		bill(1),
		bill(2, { amountDue: { unit: 'EUR', value: 99.99 } }),
		bill(3, { billingAccount: { id: 'x' } }),
	];
	const parameters = getMany({ filters: { accountId: byId(ACCOUNT_ID) }, ...where(condition) });

	it('filters here what the standard does not promise', async () => {
		bills({ limit: '100', offset: '0' }).reply(...listOf(rows));
		expect(idsOf(await execute(settingsWith(parameters, {}, PLAIN)))).toEqual([BILL_ID]);
	});

	it('sends filters to a server that is said to have them, and checks what it gives', async () => {
		const query = { 'billingAccount.id': ACCOUNT_ID, 'amountDue.value.gte': '100', limit: '100', offset: '0' };
		bills(query).reply(...listOf(rows));
		const settings = settingsWith({ ...parameters, options: { serverFilters: true } }, {}, PLAIN);
		expect(idsOf(await execute(settings))).toEqual([BILL_ID]);
	});

	it("refuses Oracle's own options in words", async () => {
		const options = { recordType: 'CustomerBillOracle' };
		await expect(execute(settingsWith(getMany({ simplify: false, options }), {}, PLAIN))).rejects.toMatchObject({
			message: "'@type' is not a parameter of this operation",
		});
	});
});

describe('Bill: Get', () => {
	const get = (billId: unknown, more: object = {}) => ({ resource: 'bill', operation: 'get', billId, ...more });
	const one = () => api().get(path('customerBill', BILL_ID));

	it('asks for the bill by its ID', async () => {
		one().reply(200, bill(1, { category: 'credit note' }));
		const items = await execute(settingsWith(get(byId(BILL_ID))));
		expect(items[0]?.json).toMatchObject({ id: BILL_ID, type: 'CREDIT_NOTE', total: -119, totalExact: '-119' });
		expectSchema('OracleBrm', 'bill', 'get', items);
	});

	it('looks a bill number up first', async () => {
		bills({ billNo: 'B1-1', limit: '2', offset: '0' }).reply(...listOf([bill(1)]));
		one().reply(200, bill(1));
		expect(idsOf(await execute(settingsWith(get(byNumber(' B1-1 ')))))).toEqual([BILL_ID]);
	});

	it('gives the record with the fields and of the type wanted', async () => {
		one().query({ '@type': 'CustomerBillOracle', fields: 'id,href,billNo' }).reply(200, bill(1));
		const options = { fields: 'billNo', recordType: 'CustomerBillOracle' };
		const [item] = await execute(settingsWith(get(byId(BILL_ID), { simplify: false, options })));
		expect(item?.json).toEqual({ id: BILL_ID, href: expect.any(String), billNo: 'B1-1' });
	});

	it.each([
		[[], 'NodeApiError', 'There is no bill with the number B1-1'],
		[[bill(1), bill(2)], 'NodeApiError', 'Several bills have the number B1-1'],
	])('does not guess where %# bills have the number', async (found, name, message) => {
		bills({ billNo: 'B1-1', limit: '2', offset: '0' }).reply(...listOf(found));
		await expect(execute(settingsWith(get(byNumber('B1-1'))))).rejects.toMatchObject({ name, message });
	});

	it('sends nothing where no bill is chosen', async () => {
		await expect(execute(settingsWith(get(byId(''))))).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: "'Bill' is empty",
		});
	});
});

describe('Bill: Download', () => {
	const download = (more: object = {}) => ({ resource: 'bill', operation: 'download', billId: byId(BILL_ID), ...more });
	const record = (...billDocument: object[]) => bill(1, { billDocument });
	const inline = (id: string, content: Buffer, mimeType = 'application/pdf') => ({
		id,
		mimeType,
		content: content.toString('base64'),
	});
	/** The bill, to see which documents it has, and again for each. */
	const asked = (row: object, documents: number) => {
		api().get(path('customerBill', BILL_ID)).reply(200, row);
		if (documents === 0) return;
		api()
			.get(path('customerBill', BILL_ID))
			.query({ fields: 'id,href,billNo,billDate,billingAccount,billDocument' })
			.times(documents)
			.reply(200, row);
	};

	it('gives the file with its name, type, size and checksum', async () => {
		asked(record(inline('pdf', PDF)), 1);
		const items = await execute(settingsWith(download({ binaryPropertyName: 'invoice' })));
		expect(items).toEqual([
			{
				json: {
					billId: BILL_ID,
					documentId: 'pdf',
					fileName: 'ORACLE-BRM_A-7_B1-1_2026-01-05.pdf',
					mimeType: 'application/pdf',
					size: PDF.length,
					sha256: createHash('sha256').update(PDF).digest('hex'),
					binaryField: 'invoice',
				},
				binary: { invoice: expect.objectContaining({ data: PDF.toString('base64'), mimeType: 'application/pdf' }) },
				pairedItem: { item: 0 },
			},
		]);
		expectSchema('OracleBrm', 'bill', 'download', items);
	});

	it('follows a link to its own host with the token', async () => {
		asked(record({ id: 'pdf', url: `${HOST}${BASE}/documents/1.pdf` }), 1);
		nock(HOST, { reqheaders: { authorization: 'Bearer token-1' } })
			.get(`${BASE}/documents/1.pdf`)
			.reply(200, PDF, { 'content-type': 'application/pdf' });
		expect(await execute(settingsWith(download()))).toHaveLength(1);
	});

	it('follows a link to another host without it, where the credential names that host', async () => {
		asked(record({ id: 'pdf', url: 'https://files.example.com/1.pdf' }), 1);
		nock('https://files.example.com', { badheaders: ['authorization'] })
			.get('/1.pdf')
			.reply(200, PDF, { 'content-type': 'application/pdf' });
		const settings = settingsWith(download(), {}, { documentHosts: 'docs.example.com, files.example.com' });
		expect(await execute(settings)).toHaveLength(1);
	});

	it('follows no link to a host that nobody named: it might be in the network of n8n', async () => {
		asked(record({ id: 'pdf', url: 'https://files.example.com/1.pdf' }), 1);
		await expect(execute(settingsWith(download()))).rejects.toMatchObject({
			message: expect.stringContaining('files.example.com, which is not a host of this provider'),
			description: expect.stringContaining('document hosts'),
		});
	});

	it('gives an item for each document, or the one that is wanted', async () => {
		const xml = inline('xml', Buffer.from('<bill/>'), 'application/xml');
		asked(record(inline('pdf', PDF), xml), 2);
		const both = await execute(settingsWith(download()));
		expect(both.map(({ json }) => [json['documentId'], json['fileName']])).toEqual([
			['pdf', 'ORACLE-BRM_A-7_B1-1_2026-01-05_pdf.pdf'],
			['xml', 'ORACLE-BRM_A-7_B1-1_2026-01-05_xml.xml'],
		]);
		asked(record(inline('pdf', PDF), xml), 1);
		const [one] = await execute(settingsWith(download({ options: { documentId: 'xml' } })));
		expect(one?.json).toMatchObject({ documentId: 'xml', mimeType: 'application/xml' });
	});

	it('unpacks a zip where that is wanted', async () => {
		const zip = Buffer.from(zipSync({ 'bills/1.pdf': PDF, 'bills/1.xml': Buffer.from('<bill/>') }));
		asked(record(inline('zip', zip, 'application/zip')), 1);
		expect((await execute(settingsWith(download()))).map(({ json }) => json['mimeType'])).toEqual(['application/zip']);
		asked(record(inline('zip', zip, 'application/zip')), 1);
		const items = await execute(settingsWith(download({ options: { unpack: true } })));
		expect(items.map(({ json }) => [json['fileName'], json['mimeType']])).toEqual([
			['1.pdf', 'application/pdf'],
			['1.xml', 'application/xml'],
		]);
	});

	it.each([
		[bill(1), {}, 'The bill has no document'],
		[record(inline('pdf', PDF)), { documentId: 'xml' }, 'The bill has no document "xml"'],
	])('says where there is no such document', async (row, options, message) => {
		asked(row, 0);
		await expect(execute(settingsWith(download({ options })))).rejects.toMatchObject({ name: 'NodeApiError', message });
	});

	it('gives no error page for a bill', async () => {
		asked(record({ id: 'pdf', url: `${HOST}${BASE}/documents/1.pdf` }), 1);
		nock(HOST).get(`${BASE}/documents/1.pdf`).reply(200, '<html><body>Sign in</body></html>');
		await expect(execute(settingsWith(download()))).rejects.toMatchObject({ name: 'NodeApiError' });
	});
});
