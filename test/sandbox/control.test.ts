/** The control endpoints: request log, truth and changes. */
import Fastify from 'fastify';

import { addRequestLog } from '../../sandbox/control/requestLog';
import type { Truth } from '../../sandbox/control/truth';
import { type Client, type Json, TODAY, basic, bearer, items, startClient, textOf, rowsOf } from './support';

const BRM = '/brm-open/customerBillManagement/v4';
let client: Client;

beforeEach(async () => {
	client = await startClient();
});
afterEach(() => client.close());

async function logged(query = ''): Promise<readonly Json[]> {
	return rowsOf((await client.get(`/__sandbox/requests${query}`)).body['requests']);
}

describe('the request log', () => {
	it('shows path and query decoded and as sent, the status and the time', async () => {
		await client.get(`${BRM}/customerBill?billNo.like=B1-3%25&id=a+b`);
		const [entry] = await logged();
		expect(entry).toMatchObject({
			provider: 'oracleBrm',
			method: 'GET',
			path: `${BRM}/customerBill`,
			query: { 'billNo.like': 'B1-3%', id: 'a b' },
			rawQuery: 'billNo.like=B1-3%25&id=a+b',
			auth: [],
			status: 200,
		});
		expect(textOf(entry?.['time']).slice(0, 10)).toBe(TODAY);
		expect(Number(entry?.['durationMs'])).toBeGreaterThan(0);
	});

	it('shows which authentication was there, and no secret', async () => {
		const headers: Record<string, string> = { ...(await bearer(client, 'lumen')), 'x-api-key': 'key-secret' };
		await client.get('/lumen/Billing/v1/CustomerBillManagement/customerBill', headers);
		const form = 'grant_type=client_credentials&client_id=brm-demo&client_secret=brm-demo-secret';
		await client.send('POST', '/idcs/oauth2/v1/token', form);
		const entries = await logged();
		expect(entries.map((entry) => entry['auth'])).toEqual([['Basic'], ['Bearer', 'x-api-key'], []]);
		const text = JSON.stringify(entries);
		expect(text).not.toContain(headers['authorization']?.slice(7));
		expect(text).not.toContain('secret=brm-demo-secret');
		expect(text).not.toContain('key-secret');
		expect(text).not.toContain(basic('lumen-demo', 'lumen-demo-secret')['authorization']?.slice(6));
	});

	it('shows JSON bodies, refused requests and unknown paths', async () => {
		await client.send('POST', `${BRM}/customerBillOnDemand`, { billingAccount: { id: 'nobody' } });
		await client.get('/lumen/nowhere');
		const entries = await logged();
		expect(entries.map((entry) => entry['status'])).toEqual([404, 404]);
		expect(entries[0]?.['body']).toEqual({ billingAccount: { id: 'nobody' } });
	});

	it('counts, narrows by provider and path, leaves the control endpoints out, and can be emptied', async () => {
		await client.get(`${BRM}/customerBill`);
		await client.get('/lumen/nowhere');
		expect((await client.get('/__sandbox/requests')).body['count']).toBe(2);
		expect(await logged('?provider=lumen')).toHaveLength(1);
		expect(await logged('?path=/customerBill')).toHaveLength(1);
		expect((await client.send('DELETE', '/__sandbox/requests')).status).toBe(204);
		expect(await logged()).toEqual([]);
	});

	it('keeps the newest requests and tells how many it dropped', async () => {
		const app = Fastify();
		addRequestLog(app, Date.now, 20);
		for (let count = 0; count < 25; count++) await app.inject(`/lumen/${count}`);
		const log = (await app.inject('/__sandbox/requests')).json<{ dropped: number; requests: { path: string }[] }>();
		expect(log.dropped).toBe(6);
		expect(log.requests.map(({ path }) => path).slice(-1)).toEqual(['/lumen/24']);
		expect(log.requests).toHaveLength(19);
	});
});

describe('the truth', () => {
	const truth = async (query = ''): Promise<Truth> =>
		(await client.get(`/__sandbox/truth${query}`)).body as unknown as Truth;

	it('has every bill of every provider, exact and signed by effect', async () => {
		const { providers } = await truth();
		expect(Object.keys(providers)).toEqual(['lumen', 'oracleBrm', 'floLive', 'orange']);
		const bills = providers.oracleBrm?.accounts.flatMap((account) => account.bills) ?? [];
		expect(bills).toHaveLength(48);
		expect(bills.find(({ total }) => total === '123456789012345.678')?.currency).toBe('KWD');
		expect(bills.filter(({ type }) => type === 'creditNote').every(({ total }) => total.startsWith('-'))).toBe(true);
		expect(bills.filter(({ number }) => number === null).map(({ standing }) => standing)).toEqual(['inProgress']);
	});

	it('sums accounts in their currency, and a provider currency by currency', async () => {
		const { providers } = await truth('?provider=orange');
		expect(Object.keys(providers)).toEqual(['orange']);
		const [account] = providers.orange?.accounts ?? [];
		const cents = account?.bills.reduce((sum, { total }) => sum + BigInt(total.replace('.', '')), 0n);
		expect(account?.sums.total.replace('.', '')).toBe(textOf(cents));
		expect(providers.orange?.sums.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
	});

	it('is the same for the same options', async () => {
		const other = await startClient();
		const texts = await Promise.all([client, other].map((each) => each.get('/__sandbox/truth')));
		await other.close();
		expect(texts[0]?.text).toBe(texts[1]?.text);
	});
});

describe('changes', () => {
	const change = (body: unknown) => client.send('POST', '/__sandbox/changes', body);
	const account = '0.0.0.1+-account+107117';

	it('add a bill that every reading then has', async () => {
		const net = '1234567890123456.78';
		const { status, body } = await change({ kind: 'new', provider: 'oracleBrm', accountId: account, net, tax: '0.01' });
		const id = textOf(body['bills']?.[0]?.['id']);
		expect([status, body['bills']?.[0]?.['total']]).toEqual([200, '1234567890123456.79']);
		const { text, headers } = await client.get(`${BRM}/customerBill?billingAccount.id=${encodeURIComponent(account)}`);
		expect(headers.get('x-total-count')).toBe('25');
		expect(text).toContain('"value":1234567890123456.79');
		const rates = await client.get(`${BRM}/appliedCustomerBillingRate?bill.id=${encodeURIComponent(id)}`);
		expect(items(rates)).toHaveLength(20);
	});

	it('revise a bill: amounts, payments, due date, and when it was last updated', async () => {
		const before = (await client.get(`${BRM}/customerBill/B1-40`)).body;
		const id = textOf(before['id']);
		const { body } = await change({
			kind: 'revised',
			provider: 'oracleBrm',
			billId: id,
			net: '100.00',
			tax: '19.00',
			paid: '19.00',
		});
		const after = (await client.get(`${BRM}/customerBill/B1-40`)).body;
		expect(body['bills']?.[0]).toMatchObject({ revision: 1, total: '119.00', remaining: '100.00' });
		expect(after).toMatchObject({ state: 'partiallyPaid', amountDue: { value: 119 }, remainingAmount: { value: 100 } });
		expect(textOf(after['lastUpdate']).slice(0, 10)).toBe(TODAY);
		const rates = items(await client.get(`${BRM}/appliedCustomerBillingRate?bill.id=B1-40`));
		const cents = rates.reduce((sum, rate) => sum + Math.round(Number(rate['taxExcludedAmount']?.['value']) * 100), 0);
		expect(cents).toBe(10_000);
	});

	it('revise a bill’s date, which moves it in its list', async () => {
		const ids = async () => items(await client.get(`${BRM}/customerBill?limit=50`)).map(({ id }) => id);
		const [first, ...others] = await ids();
		await change({ kind: 'revised', provider: 'oracleBrm', billId: textOf(first), billDate: '2100-01-01' });
		expect(await ids()).toEqual([...others, first]);
	});

	it('withdraw a bill, which is gone from then on', async () => {
		const id = textOf((await client.get(`${BRM}/customerBill/B1-40`)).body['id']);
		await change([{ kind: 'withdrawn', provider: 'oracleBrm', billId: id }]);
		expect((await client.get(`${BRM}/customerBill/B1-40`)).status).toBe(404);
		expect((await client.get(`${BRM}/customerBill`)).headers.get('x-total-count')).toBe('47');
	});

	it.each([
		['an unknown kind', { kind: 'moved', provider: 'lumen' }],
		['an unknown provider', { kind: 'new', provider: 'acme' }],
		['an unknown account', { kind: 'new', provider: 'lumen', accountId: 'nobody' }],
		['an unknown bill', { kind: 'withdrawn', provider: 'lumen', billId: 'none' }],
		['an amount with too many decimals', { kind: 'new', provider: 'lumen', accountId: '5-ABCD5678', net: '1.234' }],
		['a day that is none', { kind: 'new', provider: 'lumen', accountId: '5-ABCD5678', billDate: '2026-02-30' }],
		['no object', 7],
	])('with %s are refused in words', async (_what, body) => {
		const reply = await change(body);
		expect(reply.status).toBe(400);
		expect(textOf(reply.body['message']).length).toBeGreaterThan(10);
	});
});

it('greets at its root with the connections', async () => {
	const { body } = await client.get('/');
	const connections = rowsOf(body['connections']);
	expect(connections.map((connection) => connection['id'])).toEqual(['lumen-us', 'brm', 'fleet', 'orange']);
});

it.each([
	['accounts', { accounts: 0 }],
	['billsPerAccount', { billsPerAccount: 20_000 }],
	['today', { today: '2026-02-30' }],
])('does not start with an impossible %s', async (name, options) => {
	await expect(startClient(options)).rejects.toThrow(name);
});

it('gives the same bytes for the same options, but for its address', async () => {
	const other = await startClient();
	const paths = [
		'/brm-open/customerBillManagement/v4/customerBill',
		'/brm-open/customerBillManagement/v4/appliedCustomerBillingRate',
		'/tmf-api/customerBillManagement/v4/customerBill?sort=-amountDue.value',
		'/lumen/Billing/v1/CustomerBillManagement/customerBill?billingAccountNumber=5-ABCD5678',
	];
	for (const path of paths) {
		const texts = [client, other].map(async (each) => {
			const { status, text } = await each.get(path, path.startsWith('/lumen') ? await bearer(each, 'lumen') : {});
			return [status, text.replaceAll(each.sandbox.url, '')];
		});
		const [one, two] = await Promise.all(texts);
		expect(one).toEqual(two);
		expect([200, 206]).toContain(one?.[0]);
	}
	await other.close();
});

it('waits the latency before a provider answers, and not before a control endpoint does', async () => {
	const slow = await startClient({ latencyMs: 120 });
	const elapsed = async (path: string): Promise<number> => {
		const started = performance.now();
		await slow.get(path);
		return performance.now() - started;
	};
	const [provider, control] = [await elapsed('/lumen/x'), await elapsed('/__sandbox/requests')];
	await slow.close();
	expect(provider).toBeGreaterThanOrEqual(115);
	expect(control).toBeLessThan(100);
});
