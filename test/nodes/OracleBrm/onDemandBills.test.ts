/** The Oracle BRM node's on-demand bills: created once, by whom it may be, and read again. */
import nock from 'nock';

import { execute } from '../support/fakeContext';
import { expectAllAsked, expectSchema } from '../support/nodeChecks';
import { ACCOUNT_ID, BASE, PLAIN, api, byId, node, order, path, settingsWith } from './records';

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expectAllAsked();
	jest.restoreAllMocks();
});
afterAll(() => nock.enableNetConnect());

const ORDERS = `${BASE}/customerBillOnDemand`;
const create = (more: object = {}) => ({
	resource: 'onDemandBill',
	operation: 'create',
	accountId: byId(ACCOUNT_ID),
	...more,
});

describe('On-Demand Bill: Create', () => {
	beforeEach(() => {
		api().persist().get(`${BASE}/customerBill`).query({ limit: 1, fields: 'id,href' }).optionally().reply(200, []);
	});

	it('sends the account, and gives the request', async () => {
		api()
			.post(ORDERS, { billingAccount: { id: ACCOUNT_ID } })
			.reply(201, order(1));
		const items = await execute(settingsWith(create()));
		expect(items).toEqual([
			{
				json: {
					id: 'order-1',
					state: 'inProgress',
					billId: null,
					accountId: ACCOUNT_ID,
					accountName: 'Example Ltd',
					name: 'Closing',
					description: null,
					lastUpdate: 'today',
				},
				pairedItem: { item: 0 },
			},
		]);
		expectSchema('OracleBrm', 'onDemandBill', 'create', items);
	});

	it('sends every field of the document, those left empty not at all', async () => {
		api()
			.post(ORDERS, {
				billingAccount: { id: ACCOUNT_ID },
				description: 'Account closing',
				lastUpdate: '2026-01-31',
				name: 'Closing',
				state: 'inProgress',
				customerBill: { id: 'b-1' },
				relatedParty: { id: 'p-1', name: 'Jo', role: 'requester' },
				billingCycleSpecification: { id: 'c-1' },
				'@type': 'CustomerBillOnDemand_CreateOracle',
			})
			.reply(201, order(1));
		const additionalFields = {
			customerBillId: 'b-1',
			billingCycleId: 'c-1',
			description: 'Account closing',
			lastUpdate: '2026-01-31',
			name: ' Closing ',
			relatedPartyId: 'p-1',
			relatedPartyName: 'Jo',
			relatedPartyRole: 'requester',
			state: 'inProgress',
		};
		const [item] = await execute(settingsWith(create({ simplify: false, additionalFields })));
		expect(item?.json).toEqual(order(1));
		api()
			.post(ORDERS, { billingAccount: { id: ACCOUNT_ID } })
			.reply(201, order(2));
		await execute(settingsWith(create({ additionalFields: { name: ' ', relatedPartyRole: 'requester' } })));
	});

	it.each([
		[500, 'UNAVAILABLE'],
		[503, 'UNAVAILABLE'],
		[429, 'RATE_LIMITED'],
	])('is sent once and never again, also after a %d', async (status, kind) => {
		api().post(ORDERS).reply(status, { code: '1', reason: 'Busy' }, { 'retry-after': '0' });
		const [item] = await execute(settingsWith(create(), { continueOnFail: true }));
		expect(item?.json['error']).toMatchObject({ kind, retryable: kind === 'RATE_LIMITED' });
	});

	it('says that the bill may exist where nobody knows', async () => {
		api().post(ORDERS).reply(201, '<html>A proxy says hello</html>');
		await expect(execute(settingsWith(create()))).rejects.toMatchObject({
			description: expect.stringContaining('may have been created all the same'),
		});
	});

	it('sends nothing without an account', async () => {
		await expect(execute(settingsWith(create({ accountId: byId('') })))).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: "'Billing Account' is empty",
		});
	});

	it('sends nothing for an AI agent', async () => {
		await expect(execute(settingsWith(create(), { isToolExecution: true }))).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'AI agents may not create bills with this credential',
			description: expect.stringContaining("'Allow Creating On-Demand Bills for AI Agents'"),
		});
	});

	it('serves an AI agent where the credential allows it', async () => {
		api().post(ORDERS).reply(201, order(1));
		expect(await execute(settingsWith(create(), { isToolExecution: true }, { agentsMayCreate: true }))).toHaveLength(1);
	});

	it('sends nothing while n8n would try again by itself', async () => {
		const settings = settingsWith(create(), { retryOnFail: true });
		await expect(execute(settings)).rejects.toMatchObject({
			message: "No bill is created while 'Retry On Fail' is on",
		});
	});

	it('knows no billing cycle of another TMF678 server', async () => {
		const parameters = create({ additionalFields: { billingCycleId: 'c-1' } });
		await expect(execute(settingsWith(parameters, {}, PLAIN))).rejects.toMatchObject({
			message: "'billingCycleSpecification' is not known to this server",
		});
	});

	it('warns before it is run', () => {
		const notice = node.description.properties.find(({ name }) => name === 'createNotice');
		expect(notice?.displayName).toContain('money is owed by it');
	});
});

describe('On-Demand Bill: Get', () => {
	const get = (more: object = {}) => ({
		resource: 'onDemandBill',
		operation: 'get',
		onDemandBillId: 'order+1',
		...more,
	});

	it('asks for the request by its ID', async () => {
		const done = order(1, { state: 'done', customerBill: { id: 'b-1' } });
		api().get(path('customerBillOnDemand', 'order+1')).reply(200, done);
		const items = await execute(settingsWith(get()));
		expect(items[0]?.json).toMatchObject({ id: 'order-1', state: 'done', billId: 'b-1' });
		expectSchema('OracleBrm', 'onDemandBill', 'get', items);
	});

	it('gives the record as it came, of the type wanted', async () => {
		api()
			.get(path('customerBillOnDemand', 'order+1'))
			.query({ '@type': 'CustomerBillOnDemandOracle' })
			.reply(200, order(1));
		const options = { recordType: 'CustomerBillOnDemandOracle' };
		const [item] = await execute(settingsWith(get({ simplify: false, options })));
		expect(item?.json).toEqual(order(1));
	});
});

describe('On-Demand Bill: Get Many', () => {
	const getMany = (more: object = {}) => ({ resource: 'onDemandBill', operation: 'getAll', ...more });
	const orders = (query: Record<string, string>) => api().get(ORDERS).query(query);

	it('reads until an empty page, since no total is announced', async () => {
		const filters = { accountId: byId(ACCOUNT_ID), onDemandBillId: 'order-1' };
		const query = { 'billingAccount.id': ACCOUNT_ID, id: 'order-1', limit: '100' };
		orders({ ...query, offset: '0' }).reply(200, [order(1)]);
		orders({ ...query, offset: '1' }).reply(200, []);
		const items = await execute(settingsWith(getMany({ returnAll: true, filters })));
		expect(items.map(({ json }) => json['id'])).toEqual(['order-1']);
		expectSchema('OracleBrm', 'onDemandBill', 'getAll', items);
	});

	it('reads no more than the limit', async () => {
		orders({ limit: '2', offset: '0' }).reply(200, [order(1), order(2)]);
		expect(await execute(settingsWith(getMany({ limit: 2 })))).toHaveLength(2);
	});

	it('filters here what another TMF678 server need not, and still keeps to the limit', async () => {
		const foreign = { billingAccount: { id: 'other' } };
		orders({ limit: '100', offset: '0' }).reply(200, [order(1, foreign), order(2), order(3)]);
		orders({ limit: '100', offset: '3' }).reply(200, []);
		const filters = { accountId: byId(ACCOUNT_ID) };
		const items = await execute(settingsWith(getMany({ limit: 1, filters, simplify: false }), {}, PLAIN));
		expect(items.map(({ json }) => json)).toEqual([order(2)]);
	});
});
