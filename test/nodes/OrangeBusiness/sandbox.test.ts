/** Every operation against the sandbox: a second reading of Orange's documents, whose true amounts are known. */
import type { INodeParameters } from 'n8n-workflow';

import type { LedgerBill } from '../../../sandbox/data/ledger';
import { monthNumber } from '../../../sandbox/data/monthNumber';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { executeContext } from '../support/fakeContext';
import { expectSchema } from '../support/nodeChecks';
import { node } from './orange';

let sandbox: RunningSandbox;
let token: string;

beforeAll(async () => {
	sandbox = await startSandbox({ today: '2026-03-10' });
	const answer = await fetch(`${sandbox.url}/orange/oauth/v3/token`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from('orange-demo:orange-demo-secret').toString('base64')}`,
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'application/json',
		},
		body: 'grant_type=client_credentials',
	});
	token = ((await answer.json()) as { access_token: string }).access_token;
});
afterAll(() => sandbox.close());

async function run(resource: string, operation: string, parameters: INodeParameters = {}) {
	const baseUrl = `${sandbox.url}/orange/billing/b2b/v1`;
	const context = executeContext({
		node,
		parameters: { resource, operation, ...parameters },
		credentials: { orangeBusinessOAuth2Api: { baseUrl, apiKey: 'orange-demo-api-key' } },
	});
	const { helpers } = context;
	helpers.httpRequestWithAuthentication = async (_type, options): Promise<unknown> =>
		helpers.httpRequest({ ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
	const [items = []] = await node.execute.call(context);
	return items;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const bills = () => sandbox.ledger.bills('orange');
const newest = () => bills().at(-1) as LedgerBill;

/** `-12.5`: minor units as the exact text of an amount. */
function exact(minor: bigint, { account }: LedgerBill): string {
	const { exponent } = account.currency;
	const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, '0');
	const fraction = exponent === 0 ? '' : digits.slice(-exponent).replace(/0+$/, '');
	const whole = exponent === 0 ? digits : digits.slice(0, -exponent);
	return `${minor < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const sumOf = (amounts: readonly unknown[]) => amounts.reduce((sum: number, amount) => sum + Number(amount), 0);

describe('Bill', () => {
	it('Get Many gives every bill with its true total, credit notes negative', async () => {
		const items = await run('bill', 'getAll', { returnAll: true, options: { pageSize: 7 } });
		expectSchema('OrangeBusiness', 'bill', 'getAll', items);
		expect(Object.fromEntries(items.map(({ json }) => [json.id, json.totalExact]))).toEqual(
			Object.fromEntries(bills().map((bill) => [bill.id, exact(bill.total, bill)])),
		);
		expect(bills().some(({ type }) => type === 'creditNote')).toBe(true);
	});

	it.each<[string, INodeParameters, (bill: LedgerBill) => boolean]>([
		['type', { filters: { type: 'creditNote' } }, ({ type }) => type === 'creditNote'],
		[
			'days issued',
			{ filters: { issuedAt: { span: { when: 'between', from: '2025-11-01', to: '2026-01-31' } } } },
			({ billDate }) => billDate >= '2025-11-01' && billDate <= '2026-01-31',
		],
		[
			'search conditions',
			{
				findBy: 'conditions',
				combine: 'all',
				conditions: {
					conditions: [
						{ attribute: 'type', comparison: '$in', value: 'invoice', valueType: 'text' },
						{ attribute: 'issuedAt', comparison: '$gte', value: '2025-11-01', valueType: 'text' },
					],
				},
			},
			({ type, billDate }) => type === 'invoice' && billDate >= '2025-11-01',
		],
		[
			'search JSON',
			{ findBy: 'json', searchJson: '{"$or":[{"type":"creditNote"},{"issuedAt":{"$lt":"2025-06-01"}}]}' },
			({ type, billDate }) => type === 'creditNote' || billDate < '2025-06-01',
		],
	])('Get Many finds by %s', async (_what, parameters, wanted) => {
		const items = await run('bill', 'getAll', { returnAll: true, ...parameters });
		const ids = bills().filter(wanted);
		expect(items.map(({ json }) => json.id).sort()).toEqual(ids.map(({ id }) => id).sort());
		expect(ids.length).toBeGreaterThan(0);
	});

	it('Get gives one, also by a job', async () => {
		const { id } = newest();
		expectSchema('OrangeBusiness', 'bill', 'get', await run('bill', 'get', { bill: byId(id) }));
		const [item] = await run('bill', 'get', { bill: byId(id), options: { asynchronous: true } });
		expect(item?.json).toMatchObject({ id, totalExact: exact(newest().total, newest()) });
	});

	it('Download gives its PDF', async () => {
		const items = await run('bill', 'download', { bill: byId(newest().id) });
		expectSchema('OrangeBusiness', 'bill', 'download', items);
		expect(items[0]?.binary?.data?.mimeType).toBe('application/pdf');
	});
});

it('Bill Item: Get Many gives items that add up to their bill, of a credit note as well', async () => {
	for (const type of ['invoice', 'creditNote']) {
		const bill = bills().findLast((candidate) => candidate.type === type) as LedgerBill;
		const items = await run('billItem', 'getAll', { bill: byId(bill.id), returnAll: true });
		expectSchema('OrangeBusiness', 'billItem', 'getAll', items);
		expect(items).toHaveLength(bill.lineCount);
		expect(sumOf(items.map(({ json }) => json.netExact))).toBeCloseTo(Number(exact(bill.net, bill)), 6);
	}
});

it('Billing Account: Get and Get Many', async () => {
	const accounts = sandbox.ledger.accounts('orange');
	const items = await run('billingAccount', 'getAll', { returnAll: true });
	expectSchema('OrangeBusiness', 'billingAccount', 'getAll', items);
	expect(items.map(({ json }) => [json.id, json.number, json.name])).toEqual(
		accounts.map(({ id, number, name }) => [id, number, name]),
	);
	const one = await run('billingAccount', 'get', { billingAccount: byId(accounts[0]?.id ?? '') });
	expectSchema('OrangeBusiness', 'billingAccount', 'get', one);
});

describe('Report', () => {
	it('Get Many lists them', async () => {
		const items = await run('report', 'getAll', { returnAll: true });
		expectSchema('OrangeBusiness', 'report', 'getAll', items);
		expect(items.length).toBeGreaterThan(bills().length);
	});

	it('Download gives the file, and rows that add up to the bill whichever way the file is written', async () => {
		const reports = await run('report', 'getAll', { returnAll: true });
		const ids = reports.map(({ json }) => json.id as string);
		for (const bill of bills().slice(-4)) {
			const id = byId(ids.find((report) => report.endsWith(`-${bill.number}.csv`)) ?? '');
			expectSchema('OrangeBusiness', 'report', 'download', await run('report', 'download', { report: id }));
			const dateOrder = monthNumber(bill.billDate) % 4 === 3 ? 'MONTH_FIRST' : 'DAY_FIRST';
			const rows = await run('report', 'download', { report: id, output: 'rows', options: { dateOrder } });
			expect(rows).toHaveLength(bill.lineCount);
			const totals = rows.map(({ json }) => Number(json['Total including Tax Exact']));
			expect(Math.abs(sumOf(totals))).toBeCloseTo(Math.abs(Number(exact(bill.total, bill))), 6);
			for (const { json } of rows) {
				expect(json).toMatchObject({ 'Account number': bill.account.number, 'Invoice Date': bill.billDate });
			}
		}
	});

	it('Download gives a file over 5 MB by a job only', async () => {
		const [account] = sandbox.ledger.accounts('orange');
		const report = byId(`R190-Details+${account?.number ?? ''}.csv`);
		await expect(run('report', 'download', { report })).rejects.toMatchObject({
			description: expect.stringContaining('asynchronous mode'),
		});
		const [item] = await run('report', 'download', { report, options: { asynchronous: true } });
		expect(item?.json.size).toBeGreaterThan(5 * 1024 * 1024);
	});

	it('Download reads customer-specific ones', async () => {
		const [account] = sandbox.ledger.accounts('orange');
		const report = byId(`C001-Summary+${account?.number ?? ''}.csv`);
		const rows = await run('report', 'download', { reportKind: 'customerSpecific', report, output: 'rows' });
		expect(rows).toHaveLength(sandbox.ledger.bills('orange', account?.id).length);
	});
});

it('Counter: Get Many counts the bills', async () => {
	const items = await run('counter', 'getAll', { returnAll: true, groupBy: 'type' });
	expectSchema('OrangeBusiness', 'counter', 'getAll', items);
	const counted = Object.fromEntries(items.map(({ json }) => [json.value, json.bills]));
	expect(counted).toEqual({
		invoice: bills().filter(({ type }) => type === 'invoice').length,
		creditNote: bills().filter(({ type }) => type === 'creditNote').length,
	});
});

it('Installed Offer: Get Many, Status: Get and Async Job: Get', async () => {
	const offers = await run('installedOffer', 'getAll', { returnAll: true });
	expectSchema('OrangeBusiness', 'installedOffer', 'getAll', offers);
	const status = await run('status', 'get');
	expectSchema('OrangeBusiness', 'status', 'get', status);
	await run('bill', 'get', { bill: byId(newest().id), options: { asynchronous: true } });
	expectSchema('OrangeBusiness', 'asyncJob', 'get', await run('asyncJob', 'get', { job: byId('7001') }));
});
