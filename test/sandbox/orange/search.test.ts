/** The search language of Billing for Business over HTTP. */
import fc from 'fast-check';

import type { LedgerBill } from '../../../sandbox/data/ledger';
import { read, startOrange, type OrangeApi } from './orangeApi';

let orange: OrangeApi;
let bills: readonly LedgerBill[];

beforeAll(async () => {
	orange = await startOrange();
	bills = orange.sandbox.ledger.bills('orange');
});
afterAll(() => orange.sandbox.close());

const found = async (condition: unknown): Promise<string[]> => orange.ids(await orange.search(condition));
const idsWhere = (test: (bill: LedgerBill) => boolean): string[] => bills.filter(test).map(({ id }) => id);
const isInvoice = ({ type }: LedgerBill): boolean => type === 'invoice';
const isUsd = ({ account }: LedgerBill): boolean => account.currency.code === 'USD';

describe('conditions', () => {
	it('compares by $eq, which may be left out, and by $neq and $not', async () => {
		const invoices = idsWhere(isInvoice);
		expect(await found({ type: 'invoice' })).toEqual(invoices);
		expect(await found({ type: { $eq: 'invoice' } })).toEqual(invoices);
		const others = idsWhere((bill) => !isInvoice(bill));
		expect(await found({ type: { $neq: 'invoice' } })).toEqual(others);
		expect(await found({ type: { $not: 'invoice' } })).toEqual(others);
	});

	it('joins by $and and $or, nested, and takes members beside each other together', async () => {
		const usdInvoices = idsWhere((bill) => isInvoice(bill) && isUsd(bill));
		expect(await found({ $and: [{ type: 'invoice' }, { 'currency.id': 'USD' }] })).toEqual(usdInvoices);
		expect(await found({ type: 'invoice', 'currency.id': 'USD' })).toEqual(usdInvoices);
		const either = idsWhere((bill) => !isInvoice(bill) || isUsd(bill));
		expect(await found({ $or: [{ type: 'creditNote' }, { $and: [{ 'currency.id': 'USD' }] }] })).toEqual(either);
	});

	it('chooses by $in and $nin', async () => {
		expect(await found({ 'currency.id': { $in: ['USD', 'JPY'] } })).toEqual(idsWhere(isUsd));
		expect(await found({ type: { $nin: ['creditNote'] } })).toEqual(idsWhere(isInvoice));
	});

	it('orders amounts as decimals and not as text', async () => {
		const cents = 500_000n;
		const larger = idsWhere(({ type, total }) => (type === 'creditNote' ? -total : total) > cents);
		expect(larger.length).toBeGreaterThan(0);
		expect(await found({ taxIncludedAmount: { $gt: 5000 } })).toEqual(larger);
		expect(await found({ taxIncludedAmount: { $gt: '5000.00' } })).toEqual(larger);
	});

	it('quirk: a search up to a day by its date alone ends before the bills issued on it', async () => {
		const day = bills[10]!.billDate;
		expect(await found({ issuedAt: { $lte: day } })).toEqual(idsWhere(({ billDate }) => billDate < day));
		expect(await found({ issuedAt: { $lte: `${day}T23:59:59.999Z` } })).toEqual(
			idsWhere(({ billDate }) => billDate <= day),
		);
	});

	it('pages and sorts by query parameters', async () => {
		const answer = await orange.search({ type: 'invoice' }, '?offset=1&limit=2&sort=-issuedAt,id');
		const newest = bills.filter(isInvoice).sort((left, right) => (left.billDate < right.billDate ? 1 : -1));
		expect(orange.ids(answer)).toEqual(newest.slice(1, 3).map(({ id }) => id));
		expect(answer.headers.get('x-total-count')).toBe(String(newest.length));
	});

	it('splits the bills in two at any amount, whatever the operators', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 3_000_000 }), async (cents) => {
				const amount = (cents / 100).toFixed(2);
				const below = await found({ taxIncludedAmount: { $lt: amount } });
				const rest = await found({ taxIncludedAmount: { $gte: amount } });
				expect([...below, ...rest].sort()).toEqual(bills.map(({ id }) => id).sort());
				expect(await found({ taxIncludedAmount: { $lte: amount, $gt: amount } })).toEqual([]);
			}),
			{ numRuns: 20 },
		);
	});
});

describe('bodies that make no sense', () => {
	it.each([
		['an array', [], 22],
		['a number', 5, 22],
		['an array as a condition', { $and: [[]] }, 22],
		['an unknown field', { colour: 'red' }, 24],
		['a field that every object has', { constructor: 'x' }, 24],
		['the operator $ne', { type: { $ne: 'invoice' } }, 24],
		['an operator that every object has', { type: { toString: 'invoice' } }, 24],
		['an operator where a field belongs', { $eq: 'invoice' }, 24],
		['$not outside a field', { $not: { type: 'invoice' } }, 24],
		['$in without an array', { type: { $in: 'invoice' } }, 24],
		['$in of nothing', { type: { $in: [] } }, 24],
		['$or of nothing', { $or: [] }, 24],
		['a field without operator', { type: {} }, 24],
		['a null', { type: null }, 24],
		['no number', { taxAmount: { $gt: 'much' } }, 24],
		['no date', { issuedAt: { $gt: 'yesterday' } }, 24],
		['a day that does not exist', { dueDate: '2026-02-30' }, 24],
		['a period as a whole', { period: '2026-01-01' }, 24],
	])('refuses %s with 400', async (_name, body, code) => {
		const answer = await orange.search(body);
		expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code })]);
	});

	it.each([
		['no body', '', 21],
		['text that is not JSON', '{"type":', 22],
	])('refuses %s with 400, whatever the content type', async (_name, body, code) => {
		for (const contentType of ['application/json', 'application/x-www-form-urlencoded']) {
			const answer = await post('/bills/search', body, { 'content-type': contentType });
			expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code })]);
		}
	});
});

async function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}, api = orange) {
	const credentials = { authorization: `Bearer ${api.token}`, 'x-api-key': 'orange-demo-api-key' };
	return read(await fetch(`${api.base}${path}`, { method: 'POST', headers: { ...credentials, ...headers }, body }));
}

it('quirk: the sample posts JSON without saying so, and is understood', async () => {
	const body = '{"type":"creditNote"}';
	const credits = idsWhere((bill) => !isInvoice(bill)).slice(0, 10);
	// Bytes go out without a content type; curl -d says that they are a form.
	expect(orange.ids(await post('/bills/search', Buffer.from(body)))).toEqual(credits);
	const asForm = await post('/bills/search', body, { 'content-type': 'application/x-www-form-urlencoded' });
	expect(orange.ids(asForm)).toEqual(credits);
});

it('quirk: guide and reference place the search differently; the other path is not found', async () => {
	const refused = await post('/search', '{}');
	expect([refused.status, refused.json]).toEqual([404, expect.objectContaining({ code: 60 })]);
	const old = await startOrange({ orangeSearchPath: 'search' });
	expect((await post('/search', '{}', {}, old)).status).toBe(200);
	const moved = await post('/bills/search', '{}', {}, old);
	expect([moved.status, moved.json]).toEqual([404, expect.objectContaining({ code: 60 })]);
	await old.sandbox.close();
	const both = await startOrange({ orangeSearchPath: 'both' });
	expect((await post('/search', '{}', {}, both)).status).toBe(200);
	expect((await post('/bills/search', '{}', {}, both)).status).toBe(200);
	await both.sandbox.close();
});
