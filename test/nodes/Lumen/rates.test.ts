/** The Lumen node's billing rates and service charges: exact requests, rows and sums. */
import nock from 'nock';

import { execute } from '../support/fakeContext';
import { expectAllAsked, expectSchema } from '../support/nodeChecks';
import { ACCOUNT, HOST, OTHER, V1, V2, bill, byId, rate, serviceCharges, settingsWith, signedFor } from './records';

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expectAllAsked();
});
afterAll(() => nock.enableNetConnect());

const list = (account: string, startBillDate: string, endBillDate: string, offset = 0) =>
	nock(HOST, signedFor(account))
		.get(`${V1}/appliedCustomerBillingRate`)
		.query({
			billingAccountNumber: account,
			startBillDate,
			endBillDate,
			offset: String(offset),
			limit: '1000',
		});

const january = { billDateFrom: '2026-01-01T00:00:00', billDateTo: '2026-01-31T00:00:00' };
const getMany = (more: object = {}) => ({
	resource: 'billingRate',
	operation: 'getAll',
	account: byId(ACCOUNT),
	filters: january,
	...more,
});

describe('Billing Rate: Get Many', () => {
	it('asks by account and bill date, and gives ten columns a line', async () => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, [rate('R1', '512', 10.5)]);
		const items = await execute(settingsWith(getMany()));
		expect(items).toEqual([
			{
				json: {
					id: 'R1',
					billId: '512',
					type: 'RECURRING',
					product: 'Dedicated Internet Access',
					description: 'Monthly charge',
					periodStart: '2026-01-01',
					periodEnd: '2026-02-01',
					net: 10.5,
					netExact: '10.5',
					currency: 'USD',
				},
				pairedItem: { item: 0 },
			},
		]);
		expectSchema('Lumen', 'billingRate', 'getAll', items);
	});

	it('walks to the last page', async () => {
		const full = Array.from({ length: 1000 }, (_, index) => rate(`R${index}`, '512', 1));
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, full);
		list(ACCOUNT, '2026-01-01', '2026-01-31', 1000).reply(200, [rate('R1000', '512', 1)]);
		expect(await execute(settingsWith(getMany({ returnAll: true })))).toHaveLength(1001);
	});

	it('finds the lines of one bill by the date of that bill', async () => {
		nock(HOST, signedFor(ACCOUNT)).get(`${V1}/customerBill/512`).reply(200, bill('512', '2026-01-05'));
		list(ACCOUNT, '2026-01-05', '2026-01-05').reply(200, [rate('R1', '512', 10), rate('R2', '999', 20)]);
		const items = await execute(settingsWith(getMany({ filters: { bill: '512' } })));
		expect(items.map(({ json }) => json.id)).toEqual(['R1']);
	});

	it('asks which account a bill belongs to', async () => {
		await expect(execute(settingsWith(getMany({ account: byId(''), filters: { bill: '512' } })))).rejects.toMatchObject(
			{ message: "'Billing Account' is empty" },
		);
	});

	it('gives the rows as Lumen wrote them where they are not simplified', async () => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, [rate('R1', '512', 10.5)]);
		const items = await execute(settingsWith(getMany({ simplify: false })));
		expect(items[0]?.json).toEqual(rate('R1', '512', 10.5));
	});
});

describe('Billing Rate: Summarize', () => {
	const summarize = (groupBy: string, more: object = {}) => getMany({ operation: 'summarize', groupBy, ...more });

	it('adds up exactly, over all accounts, and never two currencies', async () => {
		const eur = { taxExcludedAmount: { unit: 'EUR', value: 5 }, taxIncludedAmount: null, appliedTax: null };
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, [rate('R1', '512', 0.1), rate('R2', '512', 0.2)]);
		list(OTHER, '2026-01-01', '2026-01-31').reply(200, [rate('R3', '519', 5, eur)]);
		const items = await execute(settingsWith(summarize('product', { account: byId('') })));
		const product = { key: 'p-1', name: 'Dedicated Internet Access' };
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				...product,
				currency: 'EUR',
				rates: 1,
				net: 5,
				netExact: '5',
				gross: null,
				grossMissing: 1,
			}),
			expect.objectContaining({ ...product, currency: 'USD', rates: 2, net: 0.3, netExact: '0.3', netMissing: 0 }),
		]);
		expectSchema('Lumen', 'billingRate', 'summarize', items);
	});

	it.each([
		['account', ACCOUNT],
		['period', '2026-01'],
		['type', 'RECURRING'],
	])('adds up by %s', async (groupBy, key) => {
		list(ACCOUNT, '2026-01-01', '2026-01-31').reply(200, [rate('R1', '512', 1), rate('R2', '512', 2)]);
		const items = await execute(settingsWith(summarize(groupBy)));
		expect(items.map(({ json }) => [json.key, json.netExact])).toEqual([[key, '3']]);
	});
});

describe('Service Charge: Get Many', () => {
	const charges = (more: object = {}) => ({
		resource: 'serviceCharge',
		operation: 'getAll',
		account: byId(ACCOUNT),
		bill: byId('512'),
		...more,
	});
	const answer = (body: object, offset = 0) =>
		nock(HOST, signedFor(ACCOUNT))
			.get(`${V2}/serviceLevelChargeDetails`)
			.query({ billingAccountNumber: ACCOUNT, invoiceNumber: '512', offset: String(offset), limit: '1000' })
			.reply(200, body);

	it('asks API v2 by account and invoice, whichever version the credential has', async () => {
		answer(serviceCharges(['BBXX1', 100.25]));
		answer([], 1);
		const items = await execute(settingsWith(charges()));
		expect(items[0]?.json).toMatchObject({
			billId: '512',
			service: 'BBXX1',
			description1: 'Ethernet access',
			description2: '100 Mbit/s',
			periodStart: '2026-01-01',
			periodEnd: '2026-01-31',
			net: 100.25,
			netExact: '100.25',
		});
		expectSchema('Lumen', 'serviceCharge', 'getAll', items);
	});

	it('stops at the limit', async () => {
		answer(serviceCharges(['BBXX1', 1], ['BBXX2', 2], ['BBXX3', 3]));
		const items = await execute(settingsWith(charges({ limit: 2 })));
		expect(items.map(({ json }) => json.service)).toEqual(['BBXX1', 'BBXX2']);
	});

	it('gives the charges as Lumen wrote them where they are not simplified', async () => {
		const body = serviceCharges(['BBXX1', 1]);
		answer(body);
		answer([], 1);
		const items = await execute(settingsWith(charges({ simplify: false })));
		expect(items[0]?.json).toEqual({ serviceLevelCharge: body.serviceLevelChargeDetail[0]?.serviceLevelCharge[0] });
	});
});
