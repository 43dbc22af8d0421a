/** Lumen's Customer Bill API: each documented behaviour and refusal, over HTTP. */
import { type Client, bearer, items, startClient, textOf, rowsOf } from './support';

const V1 = '/lumen/Billing/v1/CustomerBillManagement';
const V2 = '/lumen/Billing/v2/CustomerBillManagement';
const ACCOUNT = '5-ABCD5678';
const RANGE = `billingAccountNumber=${ACCOUNT}&startBillDate=2026-01-01&endBillDate=2026-12-31`;

let client: Client;
let auth: Record<string, string>;
let other: string;

beforeAll(async () => {
	client = await startClient({ accounts: 3 });
	auth = { ...(await bearer(client, 'lumen')), 'x-billing-account-number': ACCOUNT };
	other = client.sandbox.ledger.accounts('lumen')[1]?.id ?? '';
});
afterAll(() => client.close());

async function message(path: string, headers = auth): Promise<[number, unknown]> {
	const { status, body } = await client.get(path, headers);
	return [status, body['message']];
}

describe('customerBill of v1', () => {
	it('lists the bills of an account from one day to another, both counted', async () => {
		const [first, , last] = client.sandbox.ledger.bills('lumen', ACCOUNT).slice(-3);
		const range = `startBillDate=${first?.billDate ?? ''}&endBillDate=${last?.billDate ?? ''}`;
		const bills = items(await client.get(`${V1}/customerBill?billingAccountNumber=${ACCOUNT}&${range}`, auth));
		expect(bills).toHaveLength(3);
		expect(bills.map((bill) => bill['id'])).toContain(first?.id);
	});

	it('gives bills in the shape of TMF678, with the currency codes beside', async () => {
		const [bill] = items(await client.get(`${V1}/customerBill?${RANGE}`, auth));
		expect(bill).toMatchObject({
			billingAccount: { id: ACCOUNT },
			amountDue: { unit: 'USD' },
			CurrencyCode: 'USD',
			invoiceCurrencyCode: 'USD',
		});
	});

	it('gives a link to the bill image when there is one, and none for some bills', async () => {
		const bills = items(await client.get(`${V1}/customerBill?billingAccountNumber=${ACCOUNT}`, auth));
		const linked = bills.filter((bill) => bill['billDocument'] !== undefined);
		expect(linked.length).toBeGreaterThan(0);
		expect(linked.length).toBeLessThan(bills.length);
	});

	it('gives the image as a PDF to whom bears the token, and to nobody else', async () => {
		const bills = items(await client.get(`${V1}/customerBill?${RANGE}`, auth));
		const path = new URL(textOf(bills.find((bill) => bill['billDocument'])?.['billDocument']?.[0]?.['url'])).pathname;
		const pdf = await client.get(path, auth);
		expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
		expect(pdf.text.startsWith('%PDF-')).toBe(true);
		expect((await client.get(path)).status).toBe(401);
	});

	it('gives one bill by its invoice number', async () => {
		const [bill] = items(await client.get(`${V1}/customerBill?${RANGE}`, auth));
		expect((await client.get(`${V1}/customerBill/${textOf(bill?.['id'])}`, auth)).body).toEqual(bill);
	});

	it('holds nothing from before 30 January 2020, where its history begins', async () => {
		const old = await startClient({ billsPerAccount: 120 });
		const headers = await bearer(old, 'lumen');
		const bills = items(await old.get(`${V1}/customerBill?billingAccountNumber=${ACCOUNT}`, headers));
		const first = textOf(bills[0]?.['billDate']);
		await old.close();
		expect(first.slice(0, 7)).toBe('2020-02');
	});
});

describe('the three meanings of 404', () => {
	it('no data in the range', async () => {
		const path = `${V1}/customerBill?billingAccountNumber=${ACCOUNT}&startBillDate=2010-01-01&endBillDate=2010-12-31`;
		expect(await message(path)).toEqual([404, `No data found for billingAccountID: ${ACCOUNT}`]);
	});

	it('an account that the application is not bound to', async () => {
		const path = `${V1}/customerBill?billingAccountNumber=999`;
		const headers = { ...auth, 'x-billing-account-number': '999' };
		expect(await message(path, headers)).toEqual([404, 'User not authorized for billingAccountID: 999']);
	});

	it('an account other than that of the header', async () => {
		const path = `${V1}/customerBill?billingAccountNumber=${other}`;
		expect(await message(path)).toEqual([404, `User not authorized for billingAccountID: ${other}`]);
	});

	it('a path that does not exist', async () => {
		const { status, body } = await client.get('/lumen/Billing/v1/customerBills', auth);
		expect([status, body['info']]).toEqual([404, 'Requested resource not found']);
	});
});

describe('401', () => {
	const wrong = { authorization: 'Bearer wrong', 'x-billing-account-number': ACCOUNT };

	it('names an invalid token alike for bills and rates', async () => {
		const expected = [401, 'Unauthorized. Invalid access token'];
		expect(await message(`${V1}/customerBill?${RANGE}`, wrong)).toEqual(expected);
		expect(await message(`${V1}/appliedCustomerBillingRate?${RANGE}`, wrong)).toEqual(expected);
	});

	it('names an expired token differently for bills and for rates', async () => {
		const shortLived = await startClient({ tokenLifetime: 0 });
		const headers = await bearer(shortLived, 'lumen');
		const bills = await shortLived.get(`${V1}/customerBill?${RANGE}`, headers);
		const rates = await shortLived.get(`${V1}/appliedCustomerBillingRate?${RANGE}`, headers);
		await shortLived.close();
		expect(bills.body['message']).toBe('Unauthorized. Access token expired');
		expect(rates.body['message']).toBe('Access token expired');
	});

	it('is the gateway’s own shape at v2 when nothing is sent', async () => {
		const { status, body } = await client.get(`${V2}/customerBill?${RANGE}`);
		expect([status, body['code'], body['reason']]).toEqual([401, '401', 'missingCredentials']);
	});
});

describe('appliedCustomerBillingRate of v1', () => {
	it('gives up to a thousand rates, page by page, that add up to their bills', async () => {
		const bills = client.sandbox.ledger.bills('lumen', ACCOUNT).slice(-2);
		const range = `startBillDate=${bills[0]?.billDate ?? ''}&endBillDate=2026-12-31`;
		const path = `${V1}/appliedCustomerBillingRate?billingAccountNumber=${ACCOUNT}&${range}`;
		const first = items(await client.get(`${path}&limit=30&offset=0`, auth));
		const rest = items(await client.get(`${path}&limit=30&offset=30`, auth));
		expect([first.length, rest.length]).toEqual([30, 10]);
		const cents = [...first, ...rest].reduce(
			(sum, rate) => sum + Math.round(Number(rate['taxExcludedAmount']?.['value']) * 100),
			0,
		);
		expect(BigInt(cents)).toBe(bills.reduce((sum, bill) => sum + bill.net, 0n));
	});

	it('refuses a limit above 1000 in its own words', async () => {
		const path = `${V1}/appliedCustomerBillingRate?${RANGE}&limit=1001`;
		const text = 'Max allowed value for limit is 1000. Retry request by adjusting the limit param.';
		expect(await message(path)).toEqual([400, text]);
		expect((await client.get(`${V1}/appliedCustomerBillingRate?${RANGE}&limit=1000`, auth)).status).toBe(200);
	});

	it.each(['01/02/2026', '2026-02-30', '2026-2-1', ''])(
		'refuses the date %p in words that lost the format',
		async (date) => {
			const path = `${V1}/appliedCustomerBillingRate?billingAccountNumber=${ACCOUNT}&startBillDate=${date}`;
			const text = 'Date must be in format. Please retry request adjusting the date param';
			expect(await message(path)).toEqual([400, text]);
		},
	);

	it('is no resource of v2', async () => {
		expect((await client.get(`${V2}/appliedCustomerBillingRate?${RANGE}`, auth)).status).toBe(404);
	});
});

describe('v2', () => {
	it('wants the account header', async () => {
		const { authorization = '' } = auth;
		expect((await client.get(`${V2}/customerBill?${RANGE}`, { authorization })).status).toBe(400);
	});

	it('wraps bills in an object for one account, in a list with a lower-case member for the next', async () => {
		const one = await client.get(`${V2}/customerBill?${RANGE}`, auth);
		const headers = { ...auth, 'x-billing-account-number': other };
		const two = await client.get(`${V2}/customerBill?billingAccountNumber=${other}`, headers);
		expect(Object.keys(one.body)).toEqual(['CustomerBillDetails']);
		expect(Object.keys(items(two)[0] ?? {})).toEqual(['customerBillDetails']);
	});

	it('gives amounts as numbers and as text, some null, and dates with a time and without', async () => {
		const { body } = await client.get(`${V2}/customerBill?billingAccountNumber=${ACCOUNT}`, auth);
		const documents = rowsOf(body['CustomerBillDetails']).map((bill) => bill['documentSummaryDetails']?.[0]);
		const kinds = new Set(documents.map((document) => typeof document?.['billCharges']?.['currentCharges']));
		const due = documents.map((document) => document?.['billCharges']?.['totalAmountDue']);
		const lengths = new Set(documents.map((document) => textOf(document?.['statementDate']).length));
		expect([...kinds].sort()).toEqual(['number', 'string']);
		expect(due).toContain(null);
		expect([...lengths].sort()).toEqual([10, 19, 20]);
	});

	it('pages bills by offset and limit', async () => {
		const { body } = await client.get(`${V2}/customerBill?${RANGE}&offset=8&limit=25`, auth);
		expect(body['CustomerBillDetails']).toHaveLength(2);
	});

	it('details the charges of one invoice by service', async () => {
		const bill = client.sandbox.ledger.bills('lumen', ACCOUNT).at(-1);
		const path = `${V2}/serviceLevelChargeDetails?billingAccountNumber=${ACCOUNT}&invoiceNumber=${bill?.number ?? ''}`;
		const { body } = await client.get(path, auth);
		const services = rowsOf(body['serviceLevelChargeDetail']);
		const charges = services.flatMap((service) => rowsOf(service['serviceLevelCharge']));
		const cents = charges.reduce((sum, charge) => sum + Math.round(Number(charge['charge']?.['netAmount']) * 100), 0);
		expect(charges).toHaveLength(20);
		expect(BigInt(cents)).toBe(bill?.net);
	});

	it('wants the invoice number for charges', async () => {
		expect((await client.get(`${V2}/serviceLevelChargeDetails?billingAccountNumber=${ACCOUNT}`, auth)).status).toBe(
			400,
		);
	});
});

it('marks the answers of the legacy gateway, v1, with a TrackingId', async () => {
	const v1 = await client.get(`${V1}/customerBill?${RANGE}`, auth);
	const v2 = await client.get(`${V2}/customerBill?${RANGE}`, auth);
	expect([v1.headers.has('trackingid'), v2.headers.has('trackingid')]).toEqual([true, false]);
});

it.each(['CurrencyCode', 'invoiceCurrencyCode'])('breaks down over an invalid %s when told to', async (name) => {
	const text = `Invalid ${name} found: XXX`;
	const answer = { status: 500, body: { code: '500', message: text } };
	await client.send('POST', '/__sandbox/faults', {
		provider: 'lumen',
		path: '/customerBill',
		effect: 'answer',
		with: answer,
	});
	expect(await message(`${V1}/customerBill?${RANGE}`)).toEqual([500, text]);
	await client.send('DELETE', '/__sandbox/faults');
});
