/** The plain TMF678 v4 server: TMF630's paging, filters and sorting, over the same books as Oracle's. */
import { type Client, items, startClient, textOf } from './support';

const API = '/tmf-api/customerBillManagement/v4';
let client: Client;

beforeAll(async () => {
	client = await startClient();
});
afterAll(() => client.close());

describe('pages', () => {
	it('answer 206 with links while there is more, 200 when everything is there', async () => {
		const part = await client.get(`${API}/customerBill?offset=20&limit=10`);
		expect(part.status).toBe(206);
		expect(part.headers.get('content-range')).toBe('items 21-30/48');
		const rels = [...(part.headers.get('link') ?? '').matchAll(/offset=(\d+)[^>]*>; rel="(\w+)"/g)];
		expect(Object.fromEntries(rels.map(([, offset, rel]) => [rel, offset]))).toEqual({
			self: '20',
			first: '0',
			next: '30',
			prev: '10',
			last: '40',
		});
		expect((await client.get(`${API}/customerBill`)).status).toBe(200);
	});

	it('lead from link to link through every bill once', async () => {
		const seen: unknown[] = [];
		let path: string | undefined = `${API}/customerBill?limit=7`;
		for (let page = 0; page < 10 && path !== undefined; page++) {
			const reply = await client.get(path);
			seen.push(...items(reply).map((bill) => bill['id']));
			const next = /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1];
			path = next?.slice(client.sandbox.url.length);
		}
		expect(new Set(seen).size).toBe(48);
		expect(seen).toHaveLength(48);
	});

	it('beyond the end are refused with 416 and the range there is', async () => {
		const { status, headers } = await client.get(`${API}/customerBill?offset=48`);
		expect([status, headers.get('content-range')]).toEqual([416, 'items */48']);
	});
});

describe('filters', () => {
	it('take several values as any of them, several attributes as all of them', async () => {
		const path = `${API}/customerBill?state=settled,partiallyPaid&amountDue.unit=EUR`;
		const bills = items(await client.get(path));
		const states = new Set(bills.map((bill) => textOf(bill['state'])));
		expect([...states].sort()).toEqual(['partiallyPaid', 'settled']);
		expect(bills.every((bill) => textOf(bill['amountDue']?.['unit']) === 'EUR')).toBe(true);
	});

	it('compare numbers exactly, instants by time, and text by pattern', async () => {
		const amount = items(await client.get(`${API}/customerBill?amountDue.value.gt=123456789012345.677`));
		const date = items(await client.get(`${API}/customerBill?billDate.gte=2026-10-01T00:00:00Z`));
		const number = items(await client.get(`${API}/customerBill?billNo.regex=%5EB1-3%5Cd%24`));
		expect([amount.length, date.length, number.length]).toEqual([1, 2, 10]);
	});

	it('refuse an attribute that bills lack', async () => {
		expect((await client.get(`${API}/customerBill?colour=red`)).status).toBe(400);
	});

	it('give the rates of one bill', async () => {
		const id = encodeURIComponent('0.0.0.1+-bill+106861');
		const reply = await client.get(`${API}/appliedCustomerBillingRate?bill.id=${id}`);
		expect([items(reply).length, reply.headers.get('x-total-count')]).toEqual([20, '20']);
	});
});

it('sorts by several attributes, either way', async () => {
	const bills = items(await client.get(`${API}/customerBill?sort=-state,billDate`));
	const keys = bills.map((bill) => [textOf(bill['state']), Date.parse(textOf(bill['billDate']))] as const);
	const expected = [...keys].sort((one, other) =>
		one[0] === other[0] ? one[1] - other[1] : one[0] < other[0] ? 1 : -1,
	);
	expect(keys).toEqual(expected);
});

it('knows validated and sent, and not Oracle’s inProgress', async () => {
	const bills = items(await client.get(`${API}/customerBill`));
	const states = new Set(bills.map((bill) => textOf(bill['state'])));
	expect(states.has('inProgress')).toBe(false);
	expect(states.has('validated') || states.has('sent')).toBe(true);
});

it('leaves members without a value out', async () => {
	const [bill] = items(await client.get(`${API}/customerBill?limit=1`));
	expect(Object.values(bill ?? {})).not.toContain(null);
	expect(bill).not.toHaveProperty('financialAccount');
});

it('gives id and href alone for fields=none', async () => {
	const [bill] = items(await client.get(`${API}/customerBill?limit=1&fields=none`));
	expect(Object.keys(bill ?? {})).toEqual(['id', 'href']);
});

it('wants no token, but refuses a bad one', async () => {
	expect((await client.get(`${API}/customerBill?limit=1`, { authorization: 'Bearer bad' })).status).toBe(401);
});

it('gives a page of ten million rates without making the others, and refuses an attribute that rates lack', async () => {
	const large = await startClient({ accounts: 100, billsPerAccount: 100, ratesPerBill: 1_000 });
	const started = performance.now();
	const page = await large.get(`${API}/appliedCustomerBillingRate?offset=5000000&limit=10`);
	const elapsed = performance.now() - started;
	await large.close();
	expect([page.status, page.headers.get('content-range')]).toEqual([206, 'items 5000001-5000010/10000000']);
	expect(elapsed).toBeLessThan(2_000);
	expect((await client.get(`${API}/appliedCustomerBillingRate?colour=red`)).status).toBe(400);
});

it('filters and sorts rates by their own attributes', async () => {
	const path = `${API}/appliedCustomerBillingRate?billingAccount.id=${encodeURIComponent('0.0.0.1+-account+107117')}`;
	const rates = items(await client.get(`${path}&type=appliedBillingCredit&sort=-taxExcludedAmount.value&limit=50`));
	const amounts = rates.map((rate) => Number(textOf(rate['taxExcludedAmount']?.['value'])));
	expect(new Set(rates.map((rate) => textOf(rate['type'])))).toEqual(new Set(['appliedBillingCredit']));
	expect(amounts).toEqual([...amounts].sort((one, other) => other - one));
	expect(amounts.length).toBeGreaterThan(20);
});

describe('bills on demand', () => {
	it('are paged, filtered and cut to fields as every list', async () => {
		const accounts = client.sandbox.ledger.accounts('oracleBrm');
		for (const { id } of accounts) {
			const made = await client.send('POST', `${API}/customerBillOnDemand`, { billingAccount: { id } });
			expect(made.status).toBe(201);
		}
		const orders = `${API}/customerBillOnDemand`;
		const part = await client.get(`${orders}?limit=1&offset=1&fields=state`);
		expect([part.status, part.headers.get('x-total-count')]).toEqual([206, '2']);
		expect(items(part).map((order) => Object.keys(order).sort())).toEqual([['href', 'id', 'state']]);
		const account = accounts[1]?.id ?? '';
		const ofAccount = items(await client.get(`${orders}?billingAccount.id=${encodeURIComponent(account)}`));
		expect(ofAccount.map((order) => order['billingAccount']?.['id'])).toEqual([account]);
		expect(items(await client.get(`${orders}?state=done`))).toHaveLength(2);
		expect((await client.get(`${orders}?colour=red`)).status).toBe(400);
	});
});
