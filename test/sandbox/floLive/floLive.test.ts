/** floLIVE over HTTP: envelope, invoices, files, users, and the ways in. */
import { unzipSync } from 'fflate';

import { majorUnits, type LedgerBill } from '../../../sandbox/data/ledger';
import { startSandbox, type RunningSandbox } from '../../../sandbox/server';
import { addFault } from '../addFault';

interface Envelope {
	readonly errorCode: string;
	readonly errorMessage: string;
	readonly content: readonly Record<string, unknown>[];
	readonly pageable: unknown;
}

interface Answer {
	readonly status: number;
	readonly text: string;
	readonly json: Envelope;
}

const BEARER = { authorization: 'Bearer flolive-demo-token' };

let sandbox: RunningSandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ today: '2026-11-23', accounts: 3 });
});
afterAll(() => sandbox.close());

const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
	const response = await fetch(`${sandbox.url}/flolive${path}`, { headers: BEARER, ...init });
	const text = await response.text();
	return { status: response.status, text, json: JSON.parse(text) as Envelope };
};
const invoicesOf = (customer: string): Promise<Answer> => call(`/api/v2/customer/${customer}/invoices`);
const download = (customer: string, body?: unknown): Promise<Answer> =>
	call(`/api/v2/customer/${customer}/download-invoices`, {
		method: 'POST',
		headers: { ...BEARER, 'content-type': 'application/json' },
		body: body === undefined ? null : JSON.stringify(body),
	});
const fileOf = ({ json }: Answer): Buffer => Buffer.from(json.content[0]!['attachmentData'] as string, 'base64');

/** Bills of the last twelve months, which are all that floLIVE gives. */
const recent = (customer: string): readonly LedgerBill[] =>
	sandbox.ledger.bills('floLive', customer).filter(({ billDate }) => billDate >= '2025-11-23');

describe('list of invoices', () => {
	it('quirk: goes back twelve months from today and no further', async () => {
		const { json, status } = await invoicesOf('20100');
		expect(status).toBe(200);
		expect(json).toMatchObject({ errorCode: '', errorMessage: '', pageable: null });
		expect(json.content.map(({ id }) => id)).toEqual(recent('20100').map(({ id }) => id));
		expect(recent('20100').length).toBeLessThan(sandbox.ledger.bills('floLive', '20100').length);
	});

	it('writes amounts digit for digit in currencies with and without decimals', async () => {
		for (const customer of ['20100', '20101']) {
			const { text } = await invoicesOf(customer);
			for (const { net, tax, total, account } of recent(customer)) {
				const [netText, taxText, totalText] = [net, tax, total].map((minor) => majorUnits(minor, account.currency));
				expect(text).toContain(`"taxAmount":${taxText},"netAmount":${netText},"totalAmount":${totalText}`);
				expect(text).toContain(`"currency":"${account.currency.code}"`);
			}
		}
		const codes = ['20100', '20101'].map((customer) => recent(customer)[0]!.account.currency.code);
		expect(codes).toEqual(['GBP', 'JPY']);
	});

	it('quirk: names the cycle by Time or by Date, in turns', async () => {
		const { content } = (await invoicesOf('20100')).json;
		const spellings = content.map((invoice) => {
			const [spelling, other] = 'billingCycleStartTime' in invoice ? ['Time', 'Date'] : ['Date', 'Time'];
			expect(invoice).toHaveProperty(`billingCycleStart${spelling}`, expect.stringMatching(/T00:00:00\.977Z$/));
			expect(invoice).toHaveProperty(`billingCycleEnd${spelling}`, expect.stringMatching(/T23:59:59\.977Z$/));
			expect(invoice).not.toHaveProperty(`billingCycleEnd${other}`);
			return spelling;
		});
		expect(spellings.slice(0, 4)).toEqual(['Date', 'Time', 'Date', 'Time']);
	});

	it('quirk: the due date is a date, a date-time, or absent', async () => {
		const { content } = (await invoicesOf('20100')).json;
		const lengths = new Set(content.map(({ dueDate }) => (dueDate as string | undefined)?.length));
		expect(lengths).toEqual(new Set([10, 24, undefined]));
	});

	it('quirk: the invoice number is text that looks like a number', async () => {
		const { content } = (await invoicesOf('20100')).json;
		expect(content[0]!['invoiceNumber']).toEqual(expect.stringMatching(/^\d+$/));
	});
});

describe('failures', () => {
	it.each([
		['12345', 'CUSTOMER_1002', 'Customer does not exist', []],
		['7771', 'CUSTOMER_1006', 'Failed to retrieve customer details', {}],
		['8881', 'GLOBAL_1001', 'Service unavailable. Please try again', null],
	])('quirk: customer %s fails with %s and HTTP 200', async (customer, errorCode, errorMessage, content) => {
		const { status, json } = await invoicesOf(customer);
		expect([status, json]).toEqual([200, { errorCode, errorMessage, content, pageable: null }]);
	});

	it('quirk: a customer from 999 on fails in the shape of a bulk answer', async () => {
		const { status, json } = await invoicesOf('9991');
		expect(status).toBe(200);
		expect(json).toEqual({
			bulk: [expect.objectContaining({ errorCode: 'GLOBAL_1001' })],
			pageable: { page: 0, size: 10, totalPages: 1, totalElements: 1 },
		});
	});

	it('come with another HTTP status by a fault', async () => {
		await addFault(sandbox, {
			provider: 'floLive',
			times: 1,
			effect: 'answer',
			with: { status: 503, body: { errorCode: 'GLOBAL_1001', errorMessage: '', content: null, pageable: null } },
		});
		expect((await invoicesOf('20100')).status).toBe(503);
		expect((await invoicesOf('20100')).status).toBe(200);
	});
});

describe('invoice files', () => {
	it('quirk: one file is the file itself, in the format of the customer', async () => {
		const pdf = fileOf(await download('20100', { id: [recent('20100')[0]!.id] }));
		expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
		const xml = fileOf(await download('20101', [recent('20101')[0]!.id]));
		expect(xml.toString()).toContain(`<InvoiceNumber>${recent('20101')[0]!.number}</InvoiceNumber>`);
	});

	it('quirk: several files are a zip, named in {"id": [...]} or in a bare array', async () => {
		const chosen = recent('20100').slice(0, 2);
		const ids = chosen.map(({ id }) => id);
		const byObject = fileOf(await download('20100', { id: ids }));
		const byArray = fileOf(await download('20100', ids));
		expect(byObject.equals(byArray)).toBe(true);
		expect(Object.keys(unzipSync(byObject))).toEqual(chosen.map(({ number }) => `invoice-${number}.pdf`));
	});

	it('are of all invoices where none is named', async () => {
		for (const body of [undefined, {}]) {
			expect(Object.keys(unzipSync(fileOf(await download('20101', body))))).toHaveLength(recent('20101').length);
		}
	});

	it.each([{ id: ['nonsense'] }, { id: [] }, { id: [5] }, { id: 'one' }, ['nonsense'], 'nonsense', 5])(
		'are refused for the body %j with CUSTOMER_1040',
		async (body) => {
			const { status, json } = await download('20100', body);
			const expected = { errorCode: 'CUSTOMER_1040', errorMessage: 'Requested invoice ID\\s invalid' };
			expect([status, json]).toEqual([200, expect.objectContaining(expected)]);
		},
	);

	it('are not given of invoices older than twelve months', async () => {
		const [oldest] = sandbox.ledger.bills('floLive', '20100');
		expect((await download('20100', { id: [oldest!.id] })).json.errorCode).toBe('CUSTOMER_1040');
	});

	it('quirk: are not given of a sub-customer of a sub-customer, whose list is', async () => {
		expect((await invoicesOf('20102')).json.content).toHaveLength(recent('20102').length);
		expect((await download('20102')).json.errorCode).toBe('CUSTOMER_1002');
	});
});

describe('users and billing cycles', () => {
	it('pages users, with paging information', async () => {
		const all = (await call('/api/v2/customer/20100/user')).json;
		expect(all.content.map(({ usertype }) => usertype)).toEqual(['PORTAL', 'PORTAL', 'PORTAL', 'PUBLIC_API']);
		expect(all.pageable).toEqual({ page: 0, size: 10, totalPages: 1, totalElements: 4 });
		const second = (await call('/api/v2/customer/20100/user?page=1&size=3')).json;
		expect(second.content).toEqual(all.content.slice(3));
		expect(second.pageable).toEqual({ page: 1, size: 3, totalPages: 2, totalElements: 4 });
	});

	it('gives one user by the second id of the path', async () => {
		const { content } = (await call('/api/v2/customer/20100/user/201004')).json;
		expect(content).toEqual([expect.objectContaining({ id: '201004', customerId: '20100' })]);
		expect((await call('/api/v2/customer/20100/user/1')).json.errorCode).toBe('CUSTOMER_1006');
	});

	it('tells the invoice format of the billing cycle', async () => {
		const formats = await Promise.all(
			['20100', '20101', '20102'].map(
				async (id) => (await call(`/api/v2/customer/${id}/eligible-bcd`)).json.content[0],
			),
		);
		expect(formats.map((definition) => definition!['invoiceFormat'])).toEqual(['PDF', 'XML', 'ALL']);
	});
});

describe('ways in', () => {
	const statusWith = async (headers: Record<string, string>): Promise<number> =>
		(await call('/api/v2/customer/20100/invoices', { headers })).status;
	const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

	it('are a bearer token, a header, a user with password, or a token got by login', async () => {
		expect(await statusWith(BEARER)).toBe(200);
		expect(await statusWith({ 'x-auth-token': 'flolive-demo-token' })).toBe(200);
		expect(await statusWith(basic('demo@example.com:flolive-demo-password'))).toBe(200);
		const answer = await call('/login', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ username: 'demo@example.com', password: 'flolive-demo-password' }),
		});
		const { data } = answer.json as unknown as { data: { token: string } };
		expect(await statusWith({ authorization: `Bearer ${data.token}` })).toBe(200);
	});

	it('are closed to all else, with an envelope', async () => {
		const nobody = await call('/api/v2/customer/20100/invoices', { headers: {} });
		expect([nobody.status, nobody.json.errorMessage]).toEqual([401, 'Unauthorized']);
		expect(await statusWith({ authorization: 'Bearer wrong' })).toBe(401);
		expect(await statusWith({ 'x-auth-token': 'wrong' })).toBe(401);
		expect(await statusWith(basic('demo@example.com:wrong'))).toBe(401);
		const body = JSON.stringify({ username: 'demo@example.com', password: 'wrong' });
		expect((await call('/login', { method: 'POST', body })).status).toBe(401);
		expect((await call('/login', { method: 'POST' })).status).toBe(401);
	});
});
