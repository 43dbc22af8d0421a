/** Telecom Bill: what it sends to the providers, and what it makes of their answers. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { zipSync } from 'fflate/browser';
import nock from 'nock';

import { TelecomBill } from '../../../nodes/TelecomBill/TelecomBill.node';
import { type FakeSettings, execute, executeContext, loadOptionsContext } from '../support/fakeContext';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';

const node = new TelecomBill();
const BRM = 'https://brm.example.com';
const BRM_PATH = '/brm/customerBillManagement/v4';
const LUMEN = 'https://api.lumen.com';
const LUMEN_BILLS = '/Billing/v1/CustomerBillManagement/customerBill';

const credentials = {
	lumenOAuth2Api: CREDENTIAL_FIELDS.lumenOAuth2Api(),
	oracleBrmOAuth2Api: CREDENTIAL_FIELDS.oracleBrmOAuth2Api(),
	oracleBrmApi: CREDENTIAL_FIELDS.oracleBrmApi(),
	floLiveApi: CREDENTIAL_FIELDS.floLiveApi(),
	orangeBusinessOAuth2Api: CREDENTIAL_FIELDS.orangeBusinessOAuth2Api(),
};

async function run(parameters: INodeParameters, more: Partial<FakeSettings> = {}): Promise<INodeExecutionData[]> {
	return execute({ node, credentials, parameters, ...more });
}

const json = (items: readonly INodeExecutionData[]) => items.map((item) => item.json);
const byKey = (value: string): INodeParameters => ({ bill: { __rl: true, mode: 'key', value } });

const brmBill = (id: string, billDate: string, more: object = {}) => ({
	id,
	billNo: `NO-${id}`,
	category: 'normal',
	state: 'new',
	billDate,
	paymentDueDate: billDate,
	taxExcludedAmount: { unit: 'EUR', value: 100 },
	taxIncludedAmount: { unit: 'EUR', value: 119 },
	...more,
});

const lumenBill = (id: string, billDate: string) => ({
	id,
	billNo: id,
	billDate,
	taxIncludedAmount: { unit: 'USD', value: 50.25 },
});

const noLumenData = { code: '404', message: 'No data found for billingAccountID' };

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	const unasked = nock.pendingMocks();
	nock.cleanAll();
	expect(unasked).toEqual([]);
});
afterAll(() => nock.enableNetConnect());

describe('Bill: Get Many', () => {
	const getAll = { resource: 'bill', operation: 'getAll' };

	it('merges the newest bills of several providers by date, each asked with its own credential and nothing else', async () => {
		for (const [account, bill] of [
			['5-AAAA0001', 'L1'],
			['5-AAAA0002', 'L2'],
		] as const) {
			nock(LUMEN)
				.get(LUMEN_BILLS)
				.query(({ billingAccountNumber }) => billingAccountNumber === account)
				.matchHeader('authorization', 'Bearer token-1')
				.reply(200, [lumenBill(bill, '2026-02-10')]);
		}
		nock(BRM)
			.get(`${BRM_PATH}/customerBill`)
			.query(true)
			.matchHeader('authorization', 'Bearer static-token')
			.reply(200, [brmBill('b1', '2026-02-20T00:00:00Z'), brmBill('b2', '2026-02-01T00:00:00Z')], {
				'x-total-count': '2',
			});
		const items = await run({
			...getAll,
			providers: ['lumen', 'oracleBrmOther'],
			returnAll: true,
			filters: { billDateFrom: '2026-02-01T00:00:00', billDateTo: '2026-02-28T00:00:00' },
		});
		expect(json(items).map(({ key, total, totalExact, currency }) => [key, total, totalExact, currency])).toEqual([
			['ORACLE_BRM::b1', 119, '119', 'EUR'],
			['LUMEN:5-AAAA0001:L1', 50.25, '50.25', 'USD'],
			['LUMEN:5-AAAA0002:L2', 50.25, '50.25', 'USD'],
			['ORACLE_BRM::b2', 119, '119', 'EUR'],
		]);
	});

	it('takes a limit that an expression gives as text, and no other', async () => {
		const limited = async (limit: unknown) => run({ ...getAll, providers: ['sample'], limit } as INodeParameters);
		expect(await limited('2')).toHaveLength(2);
		for (const wrong of [0, 1.5, 'ten', '']) {
			await expect(limited(wrong)).rejects.toMatchObject({ message: `'Limit' is ${JSON.stringify(wrong)}` });
		}
	});

	it('counts both days of an update filter, from their first moment to their last', async () => {
		const updatedOn = (day: string, timezone: string) =>
			run({ ...getAll, providers: ['sample'], filters: { lastUpdateFrom: day, lastUpdateTo: day } }, { timezone });
		const numbers = async (day: string, timezone: string) =>
			json(await updatedOn(`${day}T00:00:00`, timezone)).map(({ number }) => number);
		expect(await numbers('2026-02-25', 'Europe/Berlin')).toEqual(['SAMPLE-B1-102']);
		// 12:00 in UTC is the next day in Auckland.
		expect(await numbers('2026-02-25', 'Pacific/Auckland')).toEqual([]);
		expect(await numbers('2026-02-26', 'Pacific/Auckland')).toEqual(['SAMPLE-B1-102']);
	});

	it('turns the filters into the query of the provider', async () => {
		const context = executeContext({
			node,
			credentials,
			timezone: 'Pacific/Auckland',
			parameters: {
				...getAll,
				providers: ['oracleBrmOther'],
				returnAll: true,
				filters: {
					accounts: 'acc-1',
					billDateFrom: '2026-02-01T00:00:00',
					dueDateTo: '2026-03-31',
					numbers: 'B1-28',
					states: ['SETTLED'],
				},
			},
		});
		const asked: Record<string, unknown>[] = [];
		nock(BRM)
			.get(`${BRM_PATH}/customerBill`)
			.query((query) => asked.push(query) > 0)
			.reply(200, [], { 'x-total-count': '0' });
		expect(await node.execute.call(context)).toEqual([[]]);
		expect(asked).toMatchInlineSnapshot(`
		[
		  {
		    "billDate.gte": "2026-01-31T10:00:00Z",
		    "billNo": "B1-28",
		    "billingAccount.id": "acc-1",
		    "limit": "100",
		    "offset": "0",
		    "paymentDueDate.lte": "2026-04-01T14:00:00Z",
		    "state": "settled",
		  },
		]
	`);
	});

	it('stops when a provider fails, and says which', async () => {
		nock(BRM).get(`${BRM_PATH}/customerBill`).query(true).reply(403, { code: '60', message: 'Forbidden' });
		await expect(run({ ...getAll, providers: ['sample', 'oracleBrmOther'] })).rejects.toMatchObject({
			message: expect.stringContaining('Oracle BRM: '),
			context: { itemIndex: 0 },
		});
	});

	it('goes on and reports the provider that failed, where that is wanted', async () => {
		nock(BRM).get(`${BRM_PATH}/customerBill`).query(true).reply(403, { code: '60', message: 'Forbidden' });
		const items = await run({
			...getAll,
			providers: ['oracleBrmOther', 'sample'],
			options: { ifProviderFails: 'report' },
		});
		expect(items).toHaveLength(8);
		expect(items.at(-1)).toMatchObject({
			json: { provider: 'ORACLE_BRM', providerName: 'Oracle BRM', error: { kind: 'FORBIDDEN', httpStatus: 403 } },
			pairedItem: { item: 0 },
		});
	});

	it('leaves out a provider that does not give the field of a filter, and says so', async () => {
		const context = executeContext({
			node,
			parameters: { ...getAll, providers: ['sample'], filters: { states: ['SETTLED'] } },
		});
		const [items] = await node.execute.call(context);
		expect(json(items ?? []).map(({ number }) => number)).toEqual(['SAMPLE-B1-102']);
		expect(context.recorded.hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('floLIVE customer invoices does not give the field "states"'),
		);
	});

	it('asks Lumen for its own accounts only, of those of all providers', async () => {
		nock(LUMEN)
			.get(LUMEN_BILLS)
			.query(({ billingAccountNumber }) => billingAccountNumber === '5-AAAA0002')
			.reply(404, noLumenData);
		const filters = { accounts: '5-AAAA0002, SAMPLE-7' };
		const items = await run({ ...getAll, providers: ['lumen', 'sample'], filters });
		expect(json(items).map(({ number }) => number)).toEqual(['SAMPLE-B1-102', 'SAMPLE-B1-101']);
	});

	it('refuses a list that is not whole, and hands it over where that is accepted', async () => {
		const short = () =>
			nock(BRM)
				.get(`${BRM_PATH}/customerBill`)
				.query(true)
				.times(3)
				.reply(
					200,
					(uri) => (uri.includes('offset=0') || !uri.includes('offset') ? [brmBill('b1', '2026-02-20')] : []),
					{
						'x-total-count': '3',
					},
				);
		const parameters = { ...getAll, providers: ['oracleBrmOther'], returnAll: true };
		short();
		await expect(run(parameters)).rejects.toThrow('The list is not whole');
		nock.cleanAll();
		short();
		expect(await run({ ...parameters, options: { acceptIncomplete: true } })).toHaveLength(1);
		nock.cleanAll();
	});

	it('gives amounts beyond 15 digits exactly', async () => {
		nock(BRM)
			.get(`${BRM_PATH}/customerBill`)
			.query(true)
			.reply(
				200,
				'[{"id":"b1","billDate":"2026-02-20","taxIncludedAmount":{"unit":"EUR","value":12345678901234567.10}}]',
				{ 'x-total-count': '1' },
			);
		const [item] = json(await run({ ...getAll, providers: ['oracleBrmOther'], returnAll: true }));
		expect(item).toMatchObject({ totalExact: '12345678901234567.1' });
	});

	it('pairs items with the input they came from, and turns failures into items where asked to', async () => {
		const items = await execute({
			node,
			continueOnFail: true,
			parameters: [
				{ ...getAll, providers: ['sample'], limit: 1 },
				{ ...getAll, providers: ['sample'], filters: { billDateFrom: 'yesterday' } },
				{ ...getAll, providers: ['sample'], limit: 2 },
			],
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 2 }]);
		expect(items[1]?.json).toMatchObject({ error: { kind: 'INVALID_REQUEST', parameter: 'Bill Date From' } });
	});
});

describe('Bill: Get', () => {
	it('finds a bill by its key, among the providers of that kind', async () => {
		nock(BRM)
			.get(`${BRM_PATH}/customerBill/0.0.0.1%2B-bill%2B1`)
			.twice()
			.reply(404, { code: '60', message: 'Not found' });
		nock(BRM).get(`${BRM_PATH}/customerBill`).query(true).optionally().reply(200, []);
		const parameters = { resource: 'bill', operation: 'get', providers: ['oracleBrm', 'oracleBrmOther', 'sample'] };
		await expect(run({ ...parameters, ...byKey('ORACLE_BRM::0.0.0.1%2B-bill%2B1') })).rejects.toThrow();
		const [item] = json(
			await run({
				resource: 'bill',
				operation: 'get',
				providers: ['sample'],
				...byKey('LUMEN:SAMPLE-5-AAAA0001:SAMPLE-L-1001'),
			}),
		);
		expect(item).toMatchObject({ number: 'SAMPLE-L-1001', totalExact: '1348.75', currency: 'USD' });
	});

	it('does not guess between two systems that gave the same ID to different bills', async () => {
		const two = {
			resource: 'bill',
			operation: 'get',
			providers: ['oracleBrm', 'oracleBrmOther'],
			...byKey('ORACLE_BRM::b1'),
		};
		const answer = (...bills: object[]) => {
			for (const bill of bills) nock(BRM).get(`${BRM_PATH}/customerBill/b1`).query(true).reply(200, bill);
		};
		answer(brmBill('b1', '2026-02-20T00:00:00Z'), brmBill('b1', '2026-03-20T00:00:00Z'));
		await expect(run(two)).rejects.toMatchObject({
			message: 'Two of the chosen providers have different bills with the key ORACLE_BRM::b1',
		});
		answer(brmBill('b1', '2026-02-20T00:00:00Z'), brmBill('b1', '2026-02-20T00:00:00Z'));
		expect(await run(two)).toHaveLength(1);
	});

	it.each([
		['what is no key', 'SAMPLE-L-1001', 'which is no key'],
		['a bill of a provider that is not chosen', 'TMF678::1', 'is of TMF678, which is not chosen'],
	])('refuses %s before it asks anybody', async (_, key, message) => {
		await expect(run({ resource: 'bill', operation: 'get', providers: ['sample'], ...byKey(key) })).rejects.toThrow(
			message,
		);
	});
});

describe('Bill: Download', () => {
	it('gives the file with its name, type and size, and JSON that says what it is', async () => {
		const [item] = await run({
			resource: 'bill',
			operation: 'download',
			providers: ['sample'],
			...byKey('ORANGE_BUSINESS::SAMPLE-OB-2001'),
			binaryPropertyName: 'invoice',
		});
		const file = Buffer.from(item?.binary?.invoice?.data ?? '', 'base64');
		expect(file.toString('latin1')).toMatch(/^%PDF-1\.4[^]*%%EOF\n$/);
		expect(item?.binary?.invoice).toMatchObject({ fileName: 'SAMPLE-OB-2001.pdf', mimeType: 'application/pdf' });
		expect(item?.json).toMatchObject({ size: file.length, mimeType: 'application/pdf', billId: 'SAMPLE-OB-2001' });
		expect(item?.json.sha256).toMatch(/^[0-9a-f]{64}$/);
	});

	it('unpacks a zip where that is wanted', async () => {
		const pdf = Buffer.from('%PDF-1.7\nA bill\n%%EOF\n');
		const zip = Buffer.from(zipSync({ 'invoice.pdf': pdf, 'invoice.xml': Buffer.from('<invoice/>') }));
		const document = { id: 'all', mimeType: 'application/zip', content: zip.toString('base64') };
		nock(BRM)
			.get(`${BRM_PATH}/customerBill/b1`)
			.query(true)
			.times(2)
			.reply(200, brmBill('b1', '2026-02-20T00:00:00Z', { billDocument: [document] }));
		const items = await run({
			resource: 'bill',
			operation: 'download',
			providers: ['oracleBrmOther'],
			...byKey('ORACLE_BRM::b1'),
			options: { unpack: true },
		});
		expect(json(items).map(({ fileName, mimeType, key }) => [fileName, mimeType, key])).toEqual([
			['invoice.pdf', 'application/pdf', 'ORACLE_BRM::b1'],
			['invoice.xml', 'application/xml', 'ORACLE_BRM::b1'],
		]);
	});

	it('says so when a bill has no document', async () => {
		const download = { resource: 'bill', operation: 'download', providers: ['sample'] };
		await expect(run({ ...download, ...byKey('ORACLE_BRM::SAMPLE-0.0.0.1%2B-bill%2B101') })).rejects.toThrow(
			'has no document',
		);
	});
});

describe('Bill: Reconcile', () => {
	it('checks a bill with its rates', async () => {
		const [item] = json(
			await run({
				resource: 'bill',
				operation: 'reconcile',
				providers: ['sample'],
				...byKey('ORANGE_BUSINESS::SAMPLE-OB-2001'),
			}),
		);
		expect(item).toMatchObject({
			status: 'MATCHES',
			rates: 2,
			difference: 0,
			differenceExact: '0',
			toleranceExact: '1',
		});
	});

	it('checks what it can where the provider has no rates', async () => {
		const key = 'FLOLIVE:SAMPLE-20100:sample-62e8ba66-3a2d-4919-ae16-f87f35845a4b';
		const [item] = json(await run({ resource: 'bill', operation: 'reconcile', providers: ['sample'], ...byKey(key) }));
		expect(item).toMatchObject({ status: 'PARTLY_CHECKED', rates: 0 });
	});
});

describe('Billing Rate', () => {
	const days = { ratesOf: 'days', billDateFrom: '2026-02-01', billDateTo: '2026-03-31', providers: ['sample'] };

	it('lists the rates of one bill', async () => {
		const rates = { resource: 'billingRate', operation: 'getAll', ratesOf: 'bill', providers: ['sample'] };
		const items = json(await run({ ...rates, ...byKey('LUMEN:SAMPLE-5-AAAA0001:SAMPLE-L-1002') }));
		expect(items.map(({ netExact, currency }) => [netExact, currency])).toEqual([
			['1250', 'USD'],
			['62.4', 'USD'],
		]);
	});

	it('lists the rates of the bills of some days, up to a limit', async () => {
		const all = { resource: 'billingRate', operation: 'getAll', ...days };
		expect(await run({ ...all, returnAll: true })).toHaveLength(6);
		expect(await run({ ...all, limit: 3 })).toHaveLength(3);
		expect(await run({ ...all, returnAll: true, filters: { types: ['USAGE'] } })).toHaveLength(2);
	});

	it('adds them up by type, for each provider and currency', async () => {
		const rows = json(await run({ resource: 'billingRate', operation: 'summarize', groupBy: 'type', ...days }));
		expect(rows.map(({ provider, key, netExact, currency }) => [provider, key, netExact, currency])).toEqual([
			['LUMEN', 'RECURRING', '1250', 'USD'],
			['LUMEN', 'USAGE', '62.4', 'USD'],
			['ORACLE_BRM', 'RECURRING', '350', 'EUR'],
			['ORACLE_BRM', 'USAGE', '70', 'EUR'],
			['ORANGE_BUSINESS', 'RECURRING', '2400', 'EUR'],
		]);
	});

	it('says what rates can be grouped by to an AI agent that makes something up', async () => {
		const wrong = run({ resource: 'billingRate', operation: 'summarize', groupBy: 'month', ...days });
		await expect(wrong).rejects.toMatchObject({
			message: `'Group By' is "month"`,
			description: 'Choose one of: account, period, product, type.',
		});
	});
});

describe('Billing Account: Get Many', () => {
	it('lists the accounts of all chosen providers', async () => {
		const items = json(await run({ resource: 'billingAccount', operation: 'getAll', providers: ['sample'] }));
		expect(items.map(({ provider, id }) => [provider, id])).toEqual([
			['LUMEN', 'SAMPLE-5-AAAA0001'],
			['ORACLE_BRM', 'SAMPLE-0.0.0.1+-account+7'],
			['FLOLIVE', 'SAMPLE-20100'],
			['ORANGE_BUSINESS', 'SAMPLE-BA-1'],
		]);
	});
});

describe('the list of bills to choose from', () => {
	it('shows the newest of all, or those whose number contains what was typed', async () => {
		const context = loadOptionsContext({ node, parameters: { providers: ['sample'] } });
		const all = await node.methods.listSearch.searchBills.call(context);
		expect(all.results[0]).toEqual({
			name: 'SAMPLE-OB-2002 · 2026-03-03 · -120 EUR · Sample of Orange Business Billing for Business',
			value: 'ORANGE_BUSINESS::SAMPLE-OB-2002',
		});
		const found = await node.methods.listSearch.searchBills.call(context, '1134');
		expect(found.results.map(({ value }) => value)).toEqual([expect.stringContaining('FLOLIVE:')]);
	});
});
