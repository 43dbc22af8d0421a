/** The Oracle BRM node's billing rates: exact requests, amounts signed as their bills are, and their sums. */
import nock from 'nock';

import { execute } from '../support/fakeContext';
import { expectAllAsked, expectSchema } from '../support/nodeChecks';
import {
	ACCOUNT_ID,
	BASE,
	BILL_ID,
	PLAIN,
	SIGN_FIELDS,
	api,
	bill,
	byId,
	byNumber,
	listOf,
	path,
	rate,
	settingsWith,
} from './records';

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expectAllAsked();
});
afterAll(() => nock.enableNetConnect());

const getMany = (more: object = {}) => ({ resource: 'billingRate', operation: 'getAll', ...more });
const bills = (query: Record<string, string>) => api().get(`${BASE}/customerBill`).query(query);
const rates = (query: Record<string, string>) => api().get(`${BASE}/appliedCustomerBillingRate`).query(query);
/** With the number, which tells whether it is the bill that was asked for. */
const signOf = (row: object) =>
	api()
		.get(path('customerBill', BILL_ID))
		.query({ fields: SIGN_FIELDS.replace('href,', 'href,billNo,') })
		.reply(200, row);
const creditNote = bill(1, { category: 'credit note' });
const RATE_ID = '0.0.0.1+-item-usage+1';

describe('Billing Rate: Get Many', () => {
	it('asks for the rates of a bill, and gives ten columns a rate', async () => {
		signOf(bill(1));
		rates({ 'bill.id': BILL_ID, limit: '50', offset: '0' }).reply(...listOf([rate(1)]));
		const items = await execute(settingsWith(getMany({ filters: { billId: byId(BILL_ID) } })));
		expect(items).toEqual([
			{
				json: {
					id: RATE_ID,
					billId: BILL_ID,
					type: 'USAGE',
					product: 'Voice',
					description: 'Calls abroad',
					periodStart: '2025-12-05',
					periodEnd: '2026-01-05',
					net: 10.5,
					netExact: '10.5',
					currency: 'EUR',
				},
				pairedItem: { item: 0 },
			},
		]);
		expectSchema('OracleBrm', 'billingRate', 'getAll', items);
	});

	it('signs the rates of a credit note as the note is, and finds it by its number', async () => {
		bills({ billNo: 'B1-1', limit: '2', offset: '0' }).reply(...listOf([creditNote]));
		signOf(creditNote);
		rates({ 'bill.id': BILL_ID, limit: '50', offset: '0' }).reply(...listOf([rate(1)]));
		const [item] = await execute(settingsWith(getMany({ filters: { billId: byNumber('B1-1') } })));
		expect(item?.json).toMatchObject({ net: -10.5, netExact: '-10.5' });
	});

	it('sends account, service and whether billed', async () => {
		rates({
			'@type': 'AppliedCustomerBillingRateOracle',
			'billingAccount.id': ACCOUNT_ID,
			isBilled: 'false',
			serviceId: 's-1',
			limit: '50',
			offset: '0',
		}).reply(...listOf([rate(1, { bill: null, isBilled: false })]));
		const filters = { accountId: byId(ACCOUNT_ID), billed: 'unbilled', serviceId: 's-1' };
		expect(await execute(settingsWith(getMany({ filters })))).toHaveLength(1);
	});

	it.each([
		[{ types: 'creditNote' }, `'Types' has "creditNote"`],
		[{ billed: 'Billed' }, `'Billed' has "Billed"`],
	])('refuses %j, which an expression may give, rather than leaving the filter out', async (filters, message) => {
		await expect(execute(settingsWith(getMany({ filters })))).rejects.toMatchObject({ message });
	});

	it('asks for rates by their IDs one by one', async () => {
		for (const number of [1, 2]) {
			rates({ id: `0.0.0.1+-item-usage+${number}`, limit: '100', offset: '0' }).reply(...listOf([rate(number)]));
		}
		signOf(bill(1));
		const filters = { rateIds: '0.0.0.1+-item-usage+1, 0.0.0.1+-item-usage+2' };
		expect(await execute(settingsWith(getMany({ filters })))).toHaveLength(2);
	});

	it('reads the bills of the days first, and filters by type', async () => {
		bills({
			fields: `${SIGN_FIELDS},billNo,billDate,billingAccount`,
			'billDate.gte': '2025-12-31T10:00:00Z',
			limit: '100',
			offset: '0',
		}).reply(...listOf([bill(1), bill(2, { billDate: '2025-12-31T12:00:00Z' })]));
		rates({ 'bill.id': BILL_ID, limit: '100', offset: '0' }).reply(
			...listOf([rate(1), rate(2, { type: 'recurringCharge' })]),
		);
		const filters = { billDateFrom: '2026-01-01T00:00:00', types: ['recurringCharge', 'oneTimeCharge'] };
		const items = await execute(settingsWith(getMany({ filters })));
		expect(items.map(({ json }) => json['type'])).toEqual(['RECURRING']);
	});

	it('gives the records as they came, with the fields and of the type wanted', async () => {
		signOf(bill(1));
		rates({
			'@type': 'AppliedCustomerBillingRateOracle',
			'bill.id': BILL_ID,
			fields: 'id,href,name,bill,billingAccount,isBilled,type',
			limit: '50',
			offset: '0',
		}).reply(...listOf([rate(1)]));
		const options = { fields: 'name', recordType: 'AppliedCustomerBillingRateOracle' };
		const filters = { billId: byId(BILL_ID) };
		const [item] = await execute(settingsWith(getMany({ simplify: false, filters, options })));
		expect(item?.json).toEqual({ id: RATE_ID, name: 'Calls' });
	});

	it('does not ask a server before 15.1 for the rates of an account', async () => {
		bills({
			fields: `${SIGN_FIELDS},billNo,billDate,billingAccount`,
			'billingAccount.id': ACCOUNT_ID,
			limit: '100',
			offset: '0',
		}).reply(...listOf([bill(1)]));
		rates({ limit: '100', offset: '0' }).reply(
			...listOf([rate(1), rate(2, { bill: { id: 'other' }, billingAccount: { id: 'other' } })]),
		);
		const parameters = getMany({ filters: { accountId: byId(ACCOUNT_ID) }, options: { noRatesByAccount: true } });
		expect((await execute(settingsWith(parameters))).map(({ json }) => json['id'])).toEqual([RATE_ID]);
	});

	it("refuses Oracle's own filter for another TMF678 server, in words", async () => {
		const filters = { serviceId: 's-1', billed: 'unbilled' };
		await expect(execute(settingsWith(getMany({ filters }), {}, PLAIN))).rejects.toMatchObject({
			message: "'serviceId' is not a parameter of this operation",
		});
	});
});

describe('Billing Rate: Get', () => {
	const get = (more: object = {}) => ({ resource: 'billingRate', operation: 'get', rateId: RATE_ID, ...more });
	const one = () => api().get(path('appliedCustomerBillingRate', RATE_ID));

	it('asks for the rate, and its bill to sign it by', async () => {
		one().reply(200, rate(1));
		signOf(creditNote);
		const items = await execute(settingsWith(get()));
		expect(items[0]?.json).toMatchObject({ id: RATE_ID, net: -10.5 });
		expectSchema('OracleBrm', 'billingRate', 'get', items);
	});

	it('gives the record as it came for one request', async () => {
		one().query({ '@type': 'AppliedCustomerBillingRate' }).reply(200, rate(1));
		const options = { recordType: 'AppliedCustomerBillingRate' };
		const [item] = await execute(settingsWith(get({ simplify: false, options })));
		expect(item?.json).toEqual(rate(1));
	});

	it('sends nothing without an ID', async () => {
		await expect(execute(settingsWith(get({ rateId: ' ' })))).rejects.toMatchObject({ message: "'Rate ID' is empty" });
	});
});

describe('Billing Rate: Summarize', () => {
	const summarize = (more: object = {}) => ({ resource: 'billingRate', operation: 'summarize', ...more });
	const ofBill = { filters: { billId: byId(BILL_ID) } };

	it('adds up exactly, page by page, each currency apart', async () => {
		const amount = (value: number, unit = 'EUR') => ({ taxExcludedAmount: { unit, value }, taxIncludedAmount: null });
		signOf(bill(1));
		const query = { 'bill.id': BILL_ID, limit: '2' };
		rates({ ...query, offset: '0' }).reply(...listOf([rate(1, amount(0.1)), rate(2, amount(0.2))], 4));
		rates({ ...query, offset: '2' }).reply(
			...listOf([rate(3, amount(7, 'USD')), rate(4, { product: { id: 'P2' } })], 4),
		);
		const items = await execute(settingsWith(summarize({ ...ofBill, options: { rowsPerRequest: 2 } })));
		expect(items.map(({ json }) => [json['key'], json['currency'], json['rates'], json['netExact']])).toEqual([
			['P1', 'EUR', 2, '0.3'],
			['P1', 'USD', 1, '7'],
			['P2', 'EUR', 1, '10.5'],
		]);
		expect(items[0]?.json).toMatchObject({ net: 0.3, grossExact: null, grossMissing: 2 });
		expectSchema('OracleBrm', 'billingRate', 'summarize', items);
	});

	it.each([
		['account', ACCOUNT_ID],
		['period', '2025-12'],
		['type', 'USAGE'],
	])('groups by %s', async (groupBy, key) => {
		signOf(bill(1));
		rates({ 'bill.id': BILL_ID, limit: '100', offset: '0' }).reply(...listOf([rate(1), rate(2)]));
		const items = await execute(settingsWith(summarize({ ...ofBill, groupBy })));
		expect(items.map(({ json }) => [json['key'], json['rates']])).toEqual([[key, 2]]);
	});

	it('adds up no list that is not whole', async () => {
		signOf(bill(1));
		rates({ 'bill.id': BILL_ID, limit: '100', offset: '0' }).reply(...listOf([rate(1)], 2));
		rates({ 'bill.id': BILL_ID, limit: '100', offset: '1' }).reply(...listOf([], 2));
		await expect(execute(settingsWith(summarize(ofBill)))).rejects.toMatchObject({
			message: 'The list is not whole: 1 rows arrived of 2 announced',
		});
	});
});
