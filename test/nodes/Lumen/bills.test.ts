/** The Lumen node's bills: exact requests, what comes out, and what is said where something is missing. */
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import nock from 'nock';

import { execute, executeContext } from '../support/fakeContext';
import { expectAllAsked, expectSchema } from '../support/nodeChecks';
import { ACCOUNT, HOST, OTHER, V1, V2, bill, byId, node, settingsWith, signedFor } from './records';

const PDF = Buffer.from('%PDF-1.7\nA bill\n%%EOF\n');

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expectAllAsked();
	jest.restoreAllMocks();
});
afterAll(() => nock.enableNetConnect());

const list = (account: string, startBillDate: string, endBillDate: string) =>
	nock(HOST, signedFor(account))
		.get(`${V1}/customerBill`)
		.query({ billingAccountNumber: account, startBillDate, endBillDate });

const getMany = (more: object = {}) => ({ resource: 'bill', operation: 'getAll', ...more });
const january = { filters: { billDateFrom: '2026-01-01T00:00:00', billDateTo: '2026-01-31T00:00:00' } };

describe('Bill: Get Many', () => {
	it('asks for each account of the credential, and gives ten columns a bill', async () => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, [bill('512', '2026-01-05')]);
		list(OTHER, '2026-01-01', '2026-01-31').reply(200, [bill('519', '2026-01-06')]);
		const items = await execute(settingsWith(getMany(january)));
		expect(items).toEqual([
			{
				json: {
					id: '512',
					number: '512',
					type: 'INVOICE',
					account: ACCOUNT,
					billDate: '2026-01-05',
					dueDate: '2026-01-28',
					paymentStatus: 'NOT_REPORTED',
					total: 119,
					totalExact: '119',
					currency: 'USD',
				},
				pairedItem: { item: 0 },
			},
			expect.objectContaining({ json: expect.objectContaining({ id: '519' }) }),
		]);
		expectSchema('Lumen', 'bill', 'getAll', items);
	});

	it('asks from the start of the history to tomorrow where no date is given', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-02-01T12:00:00Z'));
		list(ACCOUNT, '2020-01-30', '2026-02-02').reply(200, [bill('512', '2026-01-05')]);
		const items = await execute(settingsWith(getMany({ account: byId(ACCOUNT) })));
		expect(items).toHaveLength(1);
	});

	it("takes the day that a picked instant has in the workflow's time zone", async () => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, []);
		const filters = { billDateFrom: '2025-12-31T23:30:00Z', billDateTo: '2026-01-30T23:30:00Z' };
		await execute({ ...settingsWith(getMany({ account: byId(ACCOUNT), filters })), timezone: 'Europe/Berlin' });
	});

	it('reads an account that is typed in, and none of the credential', async () => {
		list('999', '2026-01-01', '2026-01-31').reply(200, [bill('600', '2026-01-05')]);
		const items = await execute(settingsWith(getMany({ ...january, account: byId('999') })));
		expect(items.map(({ json }) => json.account)).toEqual([ACCOUNT]);
	});

	it('reads several typed accounts, separated by commas', async () => {
		list('998', '2026-01-01', '2026-01-31').reply(200, [bill('600', '2026-01-05')]);
		list('999', '2026-01-01', '2026-01-31').reply(200, [bill('601', '2026-01-05')]);
		const items = await execute(settingsWith(getMany({ ...january, account: byId('998, 999') })));
		expect(items).toHaveLength(2);
	});

	it('takes an account that an expression gives as a number for that account, not for all', async () => {
		list('999', '2026-01-01', '2026-01-31').reply(200, [bill('600', '2026-01-05')]);
		const account = { __rl: true, mode: 'id', value: 999 };
		expect(await execute(settingsWith(getMany({ ...january, account })))).toHaveLength(1);
	});

	it('stops at the limit, and asks no account in vain', async () => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, [bill('512', '2026-01-05'), bill('513', '2026-01-06')]);
		const items = await execute(settingsWith(getMany({ ...january, limit: 1 })));
		expect(items.map(({ json }) => json.id)).toEqual(['512']);
	});

	it('gives the rows as Lumen wrote them where they are not simplified, long amounts as text', async () => {
		const text = JSON.stringify([bill('512', '2026-01-05', { extra: [{ a: null }] })]).replace(
			'119',
			'119.00000000000000001',
		);
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, text, { 'content-type': 'application/json' });
		const items = await execute(settingsWith(getMany({ ...january, account: byId(ACCOUNT), simplify: false })));
		expect(items[0]?.json).toEqual({
			...bill('512', '2026-01-05', { extra: [{ a: null }] }),
			amountDue: { unit: 'USD', value: '119.00000000000000001' },
		});
	});

	it('walks the pages of API v2 to their end', async () => {
		const statement = (invoiceNumber: string) => ({
			invoiceNumber,
			documentSummaryDetails: [
				{ statementDate: '2026-01-05', billCharges: { currentCharges: 10 }, currencyCode: 'USD' },
			],
		});
		const first = Array.from({ length: 1000 }, (_, index) => statement(String(index)));
		for (const [offset, rows] of [
			['0', first],
			['1000', [statement('1000')]],
			['1001', []],
		] as const) {
			nock(HOST, signedFor(ACCOUNT))
				.get(`${V2}/customerBill`)
				.query({
					billingAccountNumber: ACCOUNT,
					startBillDate: '2026-01-01',
					endBillDate: '2026-01-31',
					offset,
					limit: '1000',
				})
				.reply(200, { CustomerBillDetails: rows });
		}
		const parameters = getMany({ ...january, account: byId(ACCOUNT), returnAll: true });
		expect(await execute(settingsWith(parameters, { apiVersion: 'v2' }))).toHaveLength(1001);
	});

	const contradicting = [
		bill('512', '2026-01-05'),
		bill('512', '2026-01-05', { amountDue: { unit: 'USD', value: 1 } }),
	];

	it('refuses to hand over a list that is not whole', async () => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, contradicting);
		await expect(execute(settingsWith(getMany({ ...january, account: byId(ACCOUNT) })))).rejects.toMatchObject({
			message: expect.stringContaining('not whole'),
			description: expect.stringContaining('Accept Incomplete Lists'),
		});
	});

	it('hands it over with a hint where that is accepted', async () => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, contradicting);
		const options = { acceptIncomplete: true };
		const context = executeContext(settingsWith(getMany({ ...january, account: byId(ACCOUNT), options })));
		const [items] = (await node.execute.call(context)) as unknown[][];
		expect(items).toHaveLength(1);
		expect(context.recorded.hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('not whole'), location: 'outputPane' }),
		]);
	});

	it("hints that the dates reach past Lumen's history", async () => {
		list(ACCOUNT, '2019-01-01', '2019-01-31').reply(404, { message: `No data found for billingAccountID: ${ACCOUNT}` });
		const filters = { billDateFrom: '2019-01-01', billDateTo: '2019-01-31' };
		const context = executeContext(settingsWith(getMany({ account: byId(ACCOUNT), filters })));
		expect(await node.execute.call(context)).toEqual([[]]);
		expect(context.recorded.hints.map(({ message }) => message).join()).toContain('2020-01-30');
	});
});

const ask = (id: string, account = ACCOUNT) => nock(HOST, signedFor(account)).get(`${V1}/customerBill/${id}`);
const get = (billId: string, more: object = {}) => ({
	resource: 'bill',
	operation: 'get',
	account: byId(ACCOUNT),
	bill: byId(billId),
	...more,
});

describe('Bill: Get', () => {
	it('asks for the one bill by its id, with the account in the header', async () => {
		ask('512').reply(200, bill('512', '2026-01-05'));
		const items = await execute(settingsWith(get('512')));
		expect(items).toEqual([
			{ json: expect.objectContaining({ id: '512', total: 119, totalExact: '119' }), pairedItem: { item: 0 } },
		]);
		expectSchema('Lumen', 'bill', 'get', items);
	});

	it('gives each input item its own bill', async () => {
		ask('512').reply(200, bill('512', '2026-01-05'));
		ask('513', OTHER).reply(200, bill('513', '2026-01-05'));
		const items = await execute(settingsWith([get('512'), get('513', { account: byId(OTHER) })]));
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['512', { item: 0 }],
			['513', { item: 1 }],
		]);
	});

	it('carries on past an item that fails, and says why in its place', async () => {
		ask('512').reply(404, { code: '404', message: `User not authorized for billingAccountID: ${ACCOUNT}` });
		ask('513').reply(200, bill('513', '2026-01-05'));
		const items = await execute({ ...settingsWith([get('512'), get('513')]), continueOnFail: true });
		expect(items).toEqual([
			{
				json: { error: expect.objectContaining({ kind: 'FORBIDDEN', httpStatus: 404, provider: 'LUMEN' }) },
				pairedItem: { item: 0 },
			},
			{ json: expect.objectContaining({ id: '513' }), pairedItem: { item: 1 } },
		]);
	});

	it.each(['account', 'bill'])('sends nothing where the %s is left empty', async (name) => {
		await expect(execute(settingsWith(get('512', { [name]: byId('') })))).rejects.toMatchObject({
			message: expect.stringContaining('is empty'),
		});
	});

	it('says no secret where Lumen refuses the token', async () => {
		nock(HOST).persist().get(`${V1}/customerBill/512`).reply(401, { message: 'Invalid access token' });
		const error: unknown = await execute(settingsWith(get('512'))).catch((reason: unknown) => reason);
		expect(error).toMatchObject({ httpCode: '401' });
		expect(inspect(error, { depth: 10 })).not.toContain('Bearer');
		nock.cleanAll();
	});
});

const download = (more: object = {}) => ({ ...get('512'), operation: 'download', ...more });
const withImage = (...urls: readonly string[]) =>
	bill('512', '2026-01-05', { billDocument: urls.map((url, index) => ({ id: `d${index}`, url })) });

describe('Bill: Download', () => {
	it('gives the image as a file, with what is known of it', async () => {
		ask('512').reply(200, withImage(`${HOST}/documents/512.pdf`));
		nock(HOST, { reqheaders: { authorization: 'Bearer token-1' } })
			.get('/documents/512.pdf')
			.reply(200, PDF, { 'content-type': 'application/pdf' });
		const items = await execute(settingsWith(download({ binaryPropertyName: 'invoice' })));
		expect(items).toEqual([
			{
				json: {
					billId: '512',
					number: '512',
					account: ACCOUNT,
					billDate: '2026-01-05',
					fileName: 'LUMEN_5-AAAA0001_512_2026-01-05.pdf',
					mimeType: 'application/pdf',
					size: PDF.length,
					sha256: createHash('sha256').update(PDF).digest('hex'),
					binaryField: 'invoice',
				},
				binary: {
					invoice: expect.objectContaining({
						data: PDF.toString('base64'),
						fileName: 'LUMEN_5-AAAA0001_512_2026-01-05.pdf',
						mimeType: 'application/pdf',
					}),
				},
				pairedItem: { item: 0 },
			},
		]);
		expectSchema('Lumen', 'bill', 'download', items);
	});

	it('gives one item a file where the bill has several', async () => {
		ask('512').reply(200, withImage(`${HOST}/documents/a.pdf`, `${HOST}/documents/b.pdf`));
		nock(HOST).get('/documents/a.pdf').reply(200, PDF).get('/documents/b.pdf').reply(200, PDF);
		expect(await execute(settingsWith(download()))).toHaveLength(2);
	});

	it("sends the token to no host but Lumen's", async () => {
		ask('512').reply(200, withImage('https://files.example.com/512.pdf'));
		nock('https://files.example.com', { badheaders: ['authorization', 'x-billing-account-number'] })
			.get('/512.pdf')
			.reply(200, PDF);
		expect(await execute(settingsWith(download(), { documentHosts: 'files.example.com' }))).toHaveLength(1);
	});

	it('follows no link to a host that nobody named', async () => {
		ask('512').reply(200, withImage('https://files.example.com/512.pdf'));
		await expect(execute(settingsWith(download()))).rejects.toMatchObject({
			message: expect.stringContaining('not a host of this provider'),
		});
	});

	it('keeps a web page that came in place of the image from being saved as one', async () => {
		ask('512').reply(200, withImage(`${HOST}/documents/512.pdf`));
		nock(HOST).get('/documents/512.pdf').reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' });
		await expect(execute(settingsWith(download()))).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it('says so where Lumen gives no image', async () => {
		ask('512').reply(200, bill('512', '2026-01-05'));
		await expect(execute(settingsWith(download()))).rejects.toMatchObject({
			message: 'Lumen gives no image of bill 512',
		});
	});
});
