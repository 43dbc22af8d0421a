/** Bill items, billing accounts, counters, installed offers, the API's state and asynchronous jobs: the exact requests. */
import { bill, expectRequest, guardNetwork, run } from './orange';

guardNetwork();

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const someAttribute = { attributes: { attributes: [{ attribute: 'site.city', value: 'Paris' }] } };

describe('Bill Item: Get Many', () => {
	const ITEMS = { resource: 'billItem', operation: 'getAll', bill: byId('10') };
	const item = {
		id: 'L1',
		description: 'Access line',
		product: { id: 'P1', name: 'Business VPN' },
		frequency: 'Monthly',
		periodFrom: '2026-01-01',
		periodTo: '2026-01-31',
		taxExcludedAmount: 50.1,
		currency: { id: 'EUR' },
	};
	const simple = {
		id: 'L1',
		billId: '10',
		type: 'RECURRING',
		product: 'Business VPN',
		description: 'Access line',
		periodStart: '2026-01-01',
		periodEnd: '2026-01-31',
		currency: 'EUR',
	};

	it('asks for the bill too, and signs its items alike', async () => {
		expectRequest({ get: 'bills/10/items?offset=0&limit=50', answer: [item], total: 1 });
		expectRequest({ get: 'bills/10', answer: bill('10') });
		expect((await run(ITEMS)).json).toEqual([{ ...simple, net: 50.1, netExact: '50.1' }]);

		expectRequest({ get: 'bills/10/items?offset=0&limit=50', answer: [item], total: 1 });
		expectRequest({ get: 'bills/10', answer: bill('10', { type: 'creditNote' }) });
		expect((await run(ITEMS)).json).toEqual([{ ...simple, net: -50.1, netExact: '-50.1' }]);
	});

	it('warns where a credit note does not tell how its items are signed', async () => {
		expectRequest({ get: 'bills/10/items?offset=0&limit=50', answer: [item], total: 1 });
		expectRequest({ get: 'bills/10', answer: { id: '10', type: 'creditNote' } });
		const { json, hints } = await run(ITEMS);
		expect(json).toMatchObject([{ net: 50.1 }]);
		expect(hints).toEqual([expect.stringContaining('do not tell how its items are signed')]);
	});

	it('gives what Orange sent when not simplified, by filters, sort and job', async () => {
		expectRequest({
			get: 'bills/10/items?site.city=Paris&offset=0&limit=3&sort=description',
			headers: { 'x-response-mode': 'asynchronous'.toUpperCase() },
			answer: [item],
			total: 1,
		});
		const { json } = await run({
			...ITEMS,
			limit: 3,
			simplify: false,
			filters: someAttribute,
			options: { asynchronous: true },
			sort: { rules: [{ attribute: 'description', direction: 'asc' }] },
		});
		expect(json).toEqual([item]);
	});
});

describe('Billing Account', () => {
	const row = { id: '5004722', number: '0045120', name: 'ACME Paris', currency: { id: 'EUR' } };
	const simple = { provider: 'ORANGE_BUSINESS', id: '5004722', number: '0045120', name: 'ACME Paris' };
	const GET = { resource: 'billingAccount', operation: 'get', billingAccount: byId('5004722') };
	const LIST = { resource: 'billingAccount', operation: 'getAll' };

	it('is got by its ID', async () => {
		expectRequest({ get: 'billingAccounts/5004722', answer: row });
		expect((await run(GET)).json).toEqual([simple]);
		expectRequest({ get: 'billingAccounts/5004722', answer: row });
		expect((await run({ ...GET, simplify: false })).json).toEqual([row]);
	});

	it('is listed by attributes', async () => {
		expectRequest({ get: 'billingAccounts?site.city=Paris&offset=0&limit=50', answer: [row], total: 1 });
		expect((await run({ ...LIST, filters: someAttribute })).json).toEqual([simple]);
	});

	it('has the name that Field Names point to', async () => {
		expectRequest({ get: 'billingAccounts?offset=0&limit=50', answer: [{ id: '1', title: 'Lyon' }], total: 1 });
		const fieldNames = { fields: [{ field: 'accountResourceName', names: 'title' }] };
		expect((await run({ ...LIST, options: { fieldNames } })).json).toMatchObject([{ id: '1', name: 'Lyon' }]);
	});
});

describe('Counter: Get Many', () => {
	const COUNTERS = { resource: 'counter', operation: 'getAll' };

	it('counts bills by an attribute, filtered and sorted', async () => {
		expectRequest({
			get: 'snapshots?groupBy=sendingFormat&customer.id=17896&offset=0&limit=2&sort=-value',
			answer: { eInvoicing: 41, paper: 134 },
		});
		const { json } = await run({
			...COUNTERS,
			groupBy: 'sendingFormat',
			limit: 2,
			filters: { customerId: '17896' },
			sort: { rule: { by: 'value', direction: 'desc' } },
		});
		expect(json).toEqual([
			{ groupBy: 'sendingFormat', value: 'paper', bills: 134 },
			{ groupBy: 'sendingFormat', value: 'eInvoicing', bills: 41 },
		]);
	});

	it('reads on until a page is empty', async () => {
		expectRequest({ get: 'snapshots?groupBy=type&offset=0&limit=100', answer: { invoice: 135, creditNote: 4 } });
		expectRequest({ get: 'snapshots?groupBy=type&offset=2&limit=100', answer: {} });
		expect((await run({ ...COUNTERS, returnAll: true })).json).toHaveLength(2);
	});

	it('says that the version has no counters', async () => {
		expectRequest({
			get: 'snapshots?groupBy=type&offset=0&limit=50',
			status: 404,
			answer: { code: 60, message: 'No' },
		});
		await expect(run(COUNTERS)).rejects.toThrow('does not have this resource');
	});
});

it('Installed Offer: Get Many takes resources and bare IDs', async () => {
	expectRequest({
		get: 'installedOfferIds?site.city=Paris&offset=0&limit=50',
		answer: ['O-1', { id: 'O-2', account: 'A' }],
		total: 2,
	});
	const { json } = await run({ resource: 'installedOffer', operation: 'getAll', filters: someAttribute });
	expect(json).toEqual([{ id: 'O-1' }, { id: 'O-2', account: 'A' }]);
});

it('Status: Get gives one item a component', async () => {
	const components = [
		{ id: 'bills', status: 'up' },
		{ id: 'reports', status: 'down' },
	];
	expectRequest({ get: 'status', answer: components });
	expect((await run({ resource: 'status', operation: 'get' })).json).toEqual(components);
});

it('Status: Get takes one record for all', async () => {
	expectRequest({ get: 'status', answer: { api: 'up' } });
	expect((await run({ resource: 'status', operation: 'get' })).json).toEqual([{ api: 'up' }]);
});

it('Async Job: Get gives the job as Orange writes it', async () => {
	const job = { id: '7001', status: 'running', operation: '/bills' };
	expectRequest({ get: 'asyncJobs/7001', answer: job });
	expect((await run({ resource: 'asyncJob', operation: 'get', job: byId('7001') })).json).toEqual([job]);
});
