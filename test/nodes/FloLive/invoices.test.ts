/** The floLIVE node's invoices: exact requests, filters that floLIVE does not have, and what comes out. */
import nock from 'nock';

import { execute, executeContext } from '../support/fakeContext';
import { expectAllAsked, expectSchema } from '../support/nodeChecks';
import { CUSTOMER, FIRST, HOST, SECOND, SIGNED, TODAY, byId, envelope, invoice, node, settingsWith } from './records';

beforeAll(() => nock.disableNetConnect());
beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(Date.parse(`${TODAY}T12:00:00Z`)));
afterEach(() => {
	jest.restoreAllMocks();
	expectAllAsked();
});
afterAll(() => nock.enableNetConnect());

const list = (customer = CUSTOMER) => nock(HOST, SIGNED).get(`/api/v2/customer/${customer}/invoices`);
const TWO = envelope([
	invoice(FIRST, '00001134', '2026-01-01'),
	invoice(SECOND, '00001204', '2025-12-01', { currency: 'JPY', totalAmount: 300 }),
]);

const getMany = (more: object = {}) => ({ resource: 'invoice', operation: 'getAll', ...more });

describe('Invoice: Get Many', () => {
	it('asks once a customer, without parameters, and gives ten columns an invoice', async () => {
		list().reply(200, TWO);
		const items = await execute(settingsWith(getMany()));
		expect(items).toHaveLength(2);
		expect(items[0]).toEqual({
			json: {
				id: FIRST,
				number: '00001134',
				type: 'INVOICE',
				account: CUSTOMER,
				billDate: '2026-01-01',
				dueDate: '2026-02-28',
				paymentStatus: 'NOT_REPORTED',
				total: 210.1,
				totalExact: '210.1',
				currency: 'GBP',
			},
			pairedItem: { item: 0 },
		});
		expectSchema('FloLive', 'invoice', 'getAll', items);
	});

	it('reads all customers of the credential, or those that are typed in', async () => {
		list('20100').reply(200, envelope([invoice(FIRST, '1', '2026-01-01')]));
		list('20101').reply(200, envelope([invoice(SECOND, '2', '2026-01-01')]));
		const all = await execute(settingsWith(getMany(), { customerIds: '20100, 20101' }));
		expect(all.map(({ json }) => json.account)).toEqual(['20100', '20101']);

		list('30000').reply(200, envelope([invoice(FIRST, '1', '2026-01-01')]));
		const typed = await execute(settingsWith(getMany({ customer: byId('30000') })));
		expect(typed.map(({ json }) => json.account)).toEqual(['30000']);
	});

	it('takes a customer that an expression gives as a number for that customer, not for all', async () => {
		list('30000').reply(200, envelope([]));
		const customer = { __rl: true, mode: 'id', value: 30_000 };
		expect(await execute(settingsWith(getMany({ customer })))).toEqual([]);
	});

	it.each([
		['bill date', { billDateFrom: '2026-01-01T00:00:00', billDateTo: '2026-01-31T00:00:00' }, [FIRST]],
		['currency', { currency: 'jpy' }, [SECOND]],
		['several currencies', { currency: 'JPY, GBP' }, [FIRST, SECOND]],
		['invoice number, with its leading zeros', { invoiceNumber: '00001204' }, [SECOND]],
		['invoice number without its leading zeros: none', { invoiceNumber: '1204' }, []],
	])('filters by %s itself', async (_, filters, ids) => {
		list().reply(200, TWO);
		const items = await execute(settingsWith(getMany({ filters })));
		expect(items.map(({ json }) => json.id)).toEqual(ids);
	});

	it('counts only what passes the filters among the wanted rows', async () => {
		list().reply(200, TWO);
		const items = await execute(settingsWith(getMany({ filters: { currency: 'JPY' }, limit: 1 })));
		expect(items.map(({ json }) => json.id)).toEqual([SECOND]);
	});

	it('gives the rows as floLIVE wrote them where they are not simplified', async () => {
		list().reply(200, TWO);
		const items = await execute(settingsWith(getMany({ simplify: false, limit: 1 })));
		expect(items.map(({ json }) => json)).toEqual([invoice(FIRST, '00001134', '2026-01-01')]);
	});

	it('reads all pages where floLIVE announces several', async () => {
		const pageable = (page: number) => ({ page, size: 1, totalPages: 2, totalElements: 2 });
		const [first, second] = TWO.content as object[];
		list().reply(200, { ...envelope([first]), pageable: pageable(0) });
		list()
			.query({ page: '1', size: '1' })
			.reply(200, { ...envelope([second]), pageable: pageable(1) });
		expect(await execute(settingsWith(getMany({ returnAll: true })))).toHaveLength(2);
	});

	const longAgo = { filters: { billDateFrom: '2020-01-01' }, returnAll: true };

	it('refuses to pass off the last 12 months as more', async () => {
		list().reply(200, TWO);
		await expect(execute(settingsWith(getMany(longAgo)))).rejects.toMatchObject({
			message: expect.stringContaining('12 months'),
		});
	});

	it('gives them with a hint where that is accepted', async () => {
		list().reply(200, TWO);
		const context = executeContext(settingsWith(getMany({ ...longAgo, options: { acceptIncomplete: true } })));
		const [items] = (await node.execute.call(context)) as unknown[][];
		expect(items).toHaveLength(2);
		expect(context.recorded.hints.map(({ message }) => message).join()).toContain('12 months');
	});

	it("carries on past an item that fails, with floLIVE's own code", async () => {
		list('20101').reply(200, { errorCode: 'CUSTOMER_1002', errorMessage: 'Customer does not exist', content: {} });
		list().reply(200, TWO);
		const parameters = [getMany({ customer: byId('20101') }), getMany({ customer: byId(CUSTOMER), limit: 1 })];
		const items = await execute({ ...settingsWith(parameters), continueOnFail: true });
		expect(items).toEqual([
			{
				json: { error: expect.objectContaining({ provider: 'FLOLIVE', code: 'CUSTOMER_1002' }) },
				pairedItem: { item: 0 },
			},
			{ json: expect.objectContaining({ id: FIRST }), pairedItem: { item: 1 } },
		]);
	});
});

describe('Invoice: Get', () => {
	const get = (more: object = {}) => ({
		resource: 'invoice',
		operation: 'get',
		customer: byId(CUSTOMER),
		invoice: byId(SECOND),
		...more,
	});

	it("finds the invoice in its customer's list", async () => {
		list().reply(200, TWO);
		const items = await execute(settingsWith(get()));
		expect(items).toEqual([
			{ json: expect.objectContaining({ id: SECOND, total: 300, currency: 'JPY' }), pairedItem: { item: 0 } },
		]);
		expectSchema('FloLive', 'invoice', 'get', items);
	});

	it('says why it may not be found', async () => {
		list().reply(200, TWO);
		await expect(execute(settingsWith(get({ invoice: byId('none') })))).rejects.toMatchObject({
			message: expect.stringContaining('none'),
			description: expect.stringContaining('12 months'),
		});
	});

	it.each(['customer', 'invoice'])('sends nothing where the %s is left empty', async (name) => {
		await expect(execute(settingsWith(get({ [name]: byId('') })))).rejects.toMatchObject({
			message: expect.stringContaining('is empty'),
		});
	});
});
