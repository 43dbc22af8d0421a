// Lumen's own operations: every request as its document writes it, nothing sent that it would refuse.
import { describe, expect, it } from '@jest/globals';

import { objectOf } from '../../../providers/model/json';
import { json, text } from '../support/scriptedTransport';
import {
	ACCOUNT,
	NO_MORE,
	customerBill,
	invoice,
	lumen,
	noData,
	query,
	rate,
	readAll,
	refusal,
	statement,
} from './support';

const RANGE = { billingAccountNumber: '123456789', startBillDate: '2021-05-01', endBillDate: '2021-11-30' };

async function rowsOf<T>(walk: AsyncIterable<{ readonly rows: readonly T[]; readonly end: unknown }>) {
	const pages = [];
	for await (const page of walk) pages.push(page);
	return { rows: pages.flatMap((page) => page.rows), end: pages.at(-1)?.end };
}

describe('requests as the document writes them', () => {
	it('lists the bills of an account and a range', async () => {
		const { api, transport } = lumen([json(200, [])], { baseUrl: 'https://api-test.lumen.com/' });
		await api.customerBills(RANGE);
		expect(transport.only).toEqual({
			method: 'GET',
			url: 'https://api-test.lumen.com/Billing/v1/CustomerBillManagement/customerBill?billingAccountNumber=123456789&startBillDate=2021-05-01&endBillDate=2021-11-30',
			headers: { accept: 'application/json;charset=utf-8', 'x-billing-account-number': '123456789' },
			expect: 'text',
			credential: 'SEND',
		});
	});

	it('gets one bill by its invoice number, with the account in the header', async () => {
		const { api, transport } = lumen([json(200, customerBill('987', '2024-05-01'))]);
		await api.customerBill('98/7+1', ACCOUNT);
		expect(transport.only.url).toBe('https://api.lumen.com/Billing/v1/CustomerBillManagement/customerBill/98%2F7%2B1');
		expect(transport.only.headers['x-billing-account-number']).toBe(ACCOUNT);
	});

	it('lists applied billing rates with limit and offset', async () => {
		const { api, transport } = lumen([json(200, [rate('1', '9')])]);
		const page = await api.appliedCustomerBillingRates({ ...RANGE, limit: 1000, offset: 2000 });
		expect(transport.only.url).toBe(
			'https://api.lumen.com/Billing/v1/CustomerBillManagement/appliedCustomerBillingRate?billingAccountNumber=123456789&startBillDate=2021-05-01&endBillDate=2021-11-30&offset=2000&limit=1000',
		);
		expect(page.rows).toEqual([rate('1', '9')]);
	});

	it('lists bills of API v2 with offset and limit', async () => {
		const { api, transport } = lumen([json(200, { CustomerBillDetails: [] })], { apiVersion: 'v2' });
		await api.customerBills({ ...RANGE, offset: 0, limit: 25 });
		expect(transport.only.url).toBe(
			'https://api.lumen.com/Billing/v2/CustomerBillManagement/customerBill?billingAccountNumber=123456789&startBillDate=2021-05-01&endBillDate=2021-11-30&offset=0&limit=25',
		);
	});

	it('lists the service level charges of an invoice', async () => {
		const { api, transport } = lumen([json(200, { serviceLevelChargeDetail: [] })]);
		await api.serviceLevelChargeDetails({ billingAccountNumber: ACCOUNT, invoiceNumber: '7 7', offset: 0, limit: 25 });
		expect(transport.only.url).toBe(
			`https://api.lumen.com/Billing/v2/CustomerBillManagement/serviceLevelChargeDetails?billingAccountNumber=${ACCOUNT}&invoiceNumber=7%207&offset=0&limit=25`,
		);
	});

	it('passes on the signal and the timeout', async () => {
		const { api, transport } = lumen([json(200, [])], { timeoutMs: 1234 });
		const { signal } = new AbortController();
		await api.customerBills(RANGE, { signal });
		expect(transport.only).toMatchObject({ signal, timeoutMs: 1234 });
	});
});

describe('bad parameters are refused before any request', () => {
	const cases: [string, object, string, RegExp][] = [
		['limit 0', { limit: 0 }, 'limit', /from 1 to 1000/],
		['limit 1001', { limit: 1001 }, 'limit', /from 1 to 1000/],
		['a broken limit', { limit: 1.5 }, 'limit', /from 1 to 1000/],
		['a negative offset', { offset: -1 }, 'offset', /0 or more/],
		['an empty account', { billingAccountNumber: ' ' }, 'billingAccountNumber', /billing account number/],
		['a date in another form', { startBillDate: '05/01/2021' }, 'startBillDate', /YYYY-MM-DD/],
		['a day that does not exist', { endBillDate: '2021-02-30' }, 'endBillDate', /YYYY-MM-DD/],
		['an unknown parameter', { accountNumber: '1' }, 'accountNumber', /billingAccountNumber, startBillDate/],
		['a missing date', { startBillDate: undefined }, 'startBillDate', /Parameters are/],
	];
	it.each(cases)('%s', async (_, wrong, parameter, hint) => {
		const { api, transport } = lumen([]);
		const error = await refusal(api.appliedCustomerBillingRates({ ...RANGE, ...wrong }));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(error.hint).toMatch(hint);
		expect(transport.requests).toHaveLength(0);
	});

	it('a range that runs backwards', async () => {
		const error = await refusal(lumen([]).api.customerBills({ ...RANGE, startBillDate: '2022-01-01' }));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'startBillDate' });
	});

	it('paging parameters on the bill list of API v1, which has none', async () => {
		const error = await refusal(lumen([]).api.customerBills({ ...RANGE, limit: 10 }));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'limit' });
	});

	it.each(['', ' ', 'a\nb'])('invoice number %j', async (invoiceNumber) => {
		const error = await refusal(
			lumen([]).api.serviceLevelChargeDetails({ billingAccountNumber: ACCOUNT, invoiceNumber }),
		);
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'invoiceNumber' });
	});

	it.each(['', '..', 'a\u0000'])('bill id %j', async (id) => {
		expect(await refusal(lumen([]).api.customerBill(id, ACCOUNT))).toMatchObject({ kind: 'INVALID_REQUEST' });
	});

	it.each(['', 'a\r\nx: y', 'é'])('account %j, which would travel in a header', async (account) => {
		expect(await refusal(lumen([]).api.customerBill('1', account))).toMatchObject({
			parameter: 'billingAccountNumber',
		});
	});
});

describe('answers by their shape', () => {
	const bill = customerBill('1', '2024-05-01');
	it.each([
		['an array', [bill]],
		['a single object', bill],
		['an envelope', { customerBill: [bill] }],
		['an envelope around a single object', { CustomerBills: bill }],
		['a general envelope', { data: [bill], total: 1 }],
		['an envelope with an id of its own', { id: 'answer-7', customerBill: [bill] }],
		['nested arrays', [[bill]]],
	])('%s', async (_, answer) => {
		const entries = await lumen([json(200, answer)]).api.customerBills(RANGE);
		expect(entries.flatMap(({ rows }) => rows)).toEqual([{ kind: 'CUSTOMER_BILL', record: bill }]);
	});

	it.each([
		['an empty list', []],
		['an envelope of null', { CustomerBillDetails: null }],
		['a general envelope of null', { content: null }],
		['an envelope of null that says so', { code: '404', message: 'No data found', data: null }],
		['an envelope with a good code', { code: 200, message: 'Success', data: [], errors: [] }],
	])('nothing: %s', async (_, answer) => {
		expect(await lumen([json(200, answer)]).api.customerBills(RANGE)).toEqual([]);
	});

	it('nothing: no content', async () => {
		expect(await lumen([text(204)]).api.customerBills(RANGE)).toEqual([]);
	});

	it.each([
		['an empty object', {}],
		['an error with status 200', { code: '500', message: 'trouble' }],
		['an error beside an envelope of null', { code: '500', message: 'Backend failure', data: null }],
		['errors beside an empty list', { CustomerBillDetails: [], errors: [{ message: 'trouble' }] }],
		['text', '"none"'],
		['null', 'null'],
		['arrays without end', '[[[[[[[[[]]]]]]]]]'],
		['a web page', '<html></html>'],
	])('what is no list is never taken for an empty one: %s', async (_, answer) => {
		expect(await refusal(lumen([json(200, answer)]).api.customerBills(RANGE))).toMatchObject({ kind: 'PROTOCOL' });
	});

	it.each(['CustomerBillDetails', 'customerBillDetails'])('v2 under v1, wrapped in %s', async (name) => {
		const wrapper = { [name]: [{ ...invoice('77', statement('2024-05-01', 10)), ban: '1' }] };
		const [entry] = await lumen([json(200, [wrapper])]).api.customerBills(RANGE);
		expect(entry?.rows).toEqual([
			{
				kind: 'STATEMENT',
				invoiceNumber: '77',
				record: { invoiceNumber: '77', ban: '1', documentSummaryDetails: statement('2024-05-01', 10) },
				isCopy: false,
			},
		]);
	});

	it('an invoice without documents is a bill of which only the number is known', async () => {
		const [entry] = await lumen([json(200, { CustomerBillDetails: [invoice('77')] })]).api.customerBills(RANGE);
		expect(entry?.rows).toEqual([
			{
				kind: 'STATEMENT',
				invoiceNumber: '77',
				record: { invoiceNumber: '77', documentSummaryDetails: {} },
				isCopy: false,
			},
		]);
	});

	it('a list that holds something else than objects', async () => {
		const answer = { serviceLevelChargeDetail: [{ serviceLevelCharge: [1] }] };
		const { api } = lumen([json(200, answer)]);
		const error = await refusal(api.serviceLevelChargeDetails({ billingAccountNumber: '1', invoiceNumber: '1' }));
		expect(error.kind).toBe('PROTOCOL');
	});
});

describe('walks', () => {
	const manyRates = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => rate(String(from + index), '9'));

	it('reads 1000 rates at a time until a page is short', async () => {
		const { api, transport } = lumen([json(200, manyRates(0, 1000)), json(200, manyRates(1000, 1))]);
		const { rows, end } = await rowsOf(api.walkAppliedCustomerBillingRates(RANGE));
		expect(rows).toHaveLength(1001);
		expect(end).toEqual({ complete: true, reasons: [] });
		expect(transport.requests.map(({ url }) => query(url)['offset'])).toEqual(['0', '1000']);
	});

	it('takes "No data found" past the end for the end, and as the first answer for an empty list', async () => {
		const { api } = lumen([json(200, manyRates(0, 1000)), noData()]);
		expect((await rowsOf(api.walkAppliedCustomerBillingRates(RANGE))).rows).toHaveLength(1000);
		const empty = await rowsOf(lumen([noData()]).api.walkAppliedCustomerBillingRates(RANGE));
		expect(empty).toEqual({ rows: [], end: { complete: true, reasons: [] } });
	});

	it('never takes an account that is refused half way for the end of its list', async () => {
		const refused = json(404, { message: `User not authorized for billingAccountID: ${ACCOUNT}` });
		const { api } = lumen([json(200, manyRates(0, 1000)), refused]);
		expect(await refusal(rowsOf(api.walkAppliedCustomerBillingRates(RANGE)))).toMatchObject({ kind: 'FORBIDDEN' });
	});

	it('keeps two equal charges without an id apart, on one page and on two', async () => {
		const charge = { product: { name: 'Port' }, taxExcludedAmount: 5 };
		const { api } = lumen([json(200, [charge, charge]), json(200, [charge])]);
		const { rows } = await rowsOf(api.walkAppliedCustomerBillingRates(RANGE, undefined, 2));
		expect(rows).toHaveLength(3);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
	});

	/** Pages of three charges without ids, each called by a letter. */
	const nameless = (...pages: string[]) =>
		pages.map((page) =>
			json(
				200,
				(page.match(/\w/g) ?? []).map((name) => ({ product: { name }, taxExcludedAmount: 5 })),
			),
		);

	it.each([
		['one is added in front', nameless('abc', 'cde', '')],
		['two are added in front', nameless('abc', 'bcd', 'e')],
		['two are added before the last page', nameless('abc', 'def', 'ef')],
	])('a list whose lines without ids may have come twice is not called whole: %s', async (_, pages) => {
		const { rows, end } = await rowsOf(lumen(pages).api.walkAppliedCustomerBillingRates(RANGE, undefined, 3));
		expect(rows.length).toBeGreaterThan(5);
		expect(end).toEqual({ complete: false, reasons: [expect.stringContaining('rows that moved')] });
	});

	it('a list of lines without ids is whole where pages have lines in common elsewhere', async () => {
		const { api } = lumen(nameless('abc', 'dbc', 'abc', 'a'));
		const { rows, end } = await rowsOf(api.walkAppliedCustomerBillingRates(RANGE, undefined, 3));
		expect({ rows: rows.length, end }).toEqual({ rows: 10, end: { complete: true, reasons: [] } });
	});

	it('bills of API v2 that moved to the next page are not called whole', async () => {
		const page = (...numbers: string[]) =>
			json(200, {
				CustomerBillDetails: numbers.map((number) => invoice(number, statement('2024-05-01', Number(number)))),
			});
		const { connector } = lumen([page('1', '2'), page('2', '3'), NO_MORE], { apiVersion: 'v2' });
		const { items, end } = await readAll(connector.bills({}));
		expect(items.map(({ number }) => number)).toEqual(['1', '2', '3']);
		expect(end).toEqual({
			complete: false,
			reasons: [expect.stringContaining('rows that moved'), expect.stringContaining('bill 2 came twice')],
		});
	});

	it('keeps different charges apart that came with one id', async () => {
		const { api } = lumen([json(200, [rate('p', '9'), rate('p', '9', { taxExcludedAmount: 7 }), rate('p', '9')])]);
		const { rows, end } = await rowsOf(api.walkAppliedCustomerBillingRates(RANGE));
		expect(rows.map(({ id }) => id)).toEqual(['p', expect.stringMatching(/^p-[0-9a-f]{16}$/)]);
		expect(end).toMatchObject({ complete: false });
	});

	it.each([
		['with ids', [rate('1', '9'), rate('2', '9')]],
		['without ids', [{ taxExcludedAmount: 1 }, { taxExcludedAmount: 2 }]],
	])('ends where a server ignores the offset, and says so (%s)', async (_, page) => {
		const { api, transport } = lumen(json(200, page));
		const { rows, end } = await rowsOf(api.walkAppliedCustomerBillingRates(RANGE, undefined, 2));
		expect(rows).toHaveLength(2);
		expect(end).toMatchObject({ complete: false });
		expect(transport.requests).toHaveLength(2);
	});

	/** Serves `details` of v2 charges, counting what `unit` says. */
	function chargeServer(details: number, chargesEach: number, unit: 'details' | 'charges') {
		const all = Array.from({ length: details }, (_, d) =>
			Array.from({ length: chargesEach }, (_, c) => ({ billingServiceId: `${d}`, chargeDescription1: `${d}.${c}` })),
		);
		return ({ url }: { url: string }) => {
			const [offset, limit] = [Number(query(url)['offset']), Number(query(url)['limit'])];
			const charges = all.flat().slice(offset, offset + limit);
			const given =
				unit === 'details'
					? all.slice(offset, offset + limit)
					: // Charges of one service stay together in its detail, as far as the page holds them.
						[...new Set(charges.map((charge) => charge.billingServiceId))].map((service) =>
							charges.filter((charge) => charge.billingServiceId === service),
						);
			return json(200, { serviceLevelChargeDetail: given.map((serviceLevelCharge) => ({ serviceLevelCharge })) });
		};
	}

	it.each([
		[5, 3, 'details'],
		[5, 3, 'charges'],
		[4, 1, 'charges'],
		[4, 1, 'details'],
		[1, 9, 'details'],
		[1, 8, 'charges'],
	] as const)('reads %i details of %i charges once each, whether the limit counts %s', async (details, each, unit) => {
		const { api } = lumen(chargeServer(details, each, unit));
		const wanted = { billingAccountNumber: ACCOUNT, invoiceNumber: '77' };
		const { rows, end } = await rowsOf(api.walkServiceLevelChargeDetails(wanted, undefined, 4));
		expect(new Set(rows.map(({ record }) => objectOf(record['serviceLevelCharge'])['chargeDescription1'])).size).toBe(
			details * each,
		);
		expect(rows).toHaveLength(details * each);
		expect(end).toEqual({ complete: true, reasons: [] });
	});

	it('reads a long history of API v2 page by page', async () => {
		const invoices = (from: number, count: number) =>
			Array.from({ length: count }, (_, n) => invoice(String(from + n), statement('2024-05-01', 1)));
		const { connector, transport } = lumen(
			[
				json(200, { CustomerBillDetails: invoices(0, 1000) }),
				json(200, { CustomerBillDetails: invoices(1000, 2) }),
				NO_MORE,
			],
			{ apiVersion: 'v2' },
		);
		expect((await readAll(connector.bills({}))).items).toHaveLength(1002);
		expect(transport.requests.map(({ url }) => query(url)['offset'])).toEqual(['0', '1000', '1002']);
	});
});
