/** Oracle BRM's Customer Bill Management: every filter against a reading of the books, and each quirk. */
import { majorUnits } from '../../sandbox/data/ledger';
import { type Client, type Json, bearer, items, startClient, textOf, rowsOf } from './support';

const API = '/brm/customerBillManagement/v4';
const ACCOUNT = '0.0.0.1+-account+107117';

let client: Client;
let auth: Record<string, string>;
let bills: readonly Json[];

beforeAll(async () => {
	client = await startClient();
	auth = await bearer(client, 'oracleBrm');
	bills = items(await client.get(`${API}/customerBill?limit=100`, auth));
});
afterAll(() => client.close());

const encoded = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();

async function ids(parameters: Record<string, string>): Promise<unknown[]> {
	const reply = await client.get(`${API}/customerBill?${encoded(parameters)}`, auth);
	return items(reply).map((bill) => bill['id']);
}

const value = (bill: Json, path: string): unknown =>
	path.split('.').reduce<Json | undefined>((at, name) => at?.[name], bill);

const COMPARED: Record<string, (order: number) => boolean> = {
	'': (order) => order === 0,
	'.gt': (order) => order > 0,
	'.gte': (order) => order >= 0,
	'.lt': (order) => order < 0,
	'.lte': (order) => order <= 0,
};

describe('filters', () => {
	const dates = [
		'billDate',
		'billingPeriod.startDateTime',
		'billingPeriod.endDateTime',
		'lastUpdate',
		'paymentDueDate',
	];

	it.each(dates.flatMap((name) => Object.keys(COMPARED).map((suffix) => [name, suffix] as const)))(
		'%s%s compares instants, whatever the offset',
		async (name, suffix) => {
			const pivotBill = bills.find((bill, index) => index > 20 && value(bill, name) !== undefined);
			const pivot = Date.parse(textOf(value(pivotBill ?? {}, name)));
			const ledger = client.sandbox.ledger.bills('oracleBrm');
			const startOf = (bill: Json): unknown =>
				// Some bills do not show where their period starts; the books know.
				value(bill, name) ??
				`${ledger.find(({ id }) => id === textOf(bill['id']))?.periodStart ?? ''}T00:00:00${kuwait(bill)}`;
			const expected = bills.filter((bill) => COMPARED[suffix]?.(Date.parse(textOf(startOf(bill))) - pivot));
			const asked = new Date(pivot + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
			expect(await ids({ [`${name}${suffix}`]: asked })).toEqual(expected.map((bill) => bill['id']));
			expect(expected.length).toBeGreaterThan(0);
		},
	);

	const kuwait = (bill: Json): string => (textOf(bill['amountDue']?.['unit']) === 'KWD' ? '+03:00' : 'Z');

	it.each(
		['amountDue.value', 'remainingAmount.value'].flatMap((name) =>
			Object.keys(COMPARED).map((suffix) => [name, suffix] as const),
		),
	)('%s%s compares exact decimals', async (name, suffix) => {
		const owed = bills.find((bill) => textOf(bill['state']) === 'partiallyPaid');
		const pivot = Number(value(owed ?? {}, name));
		const expected = bills.filter((bill) => COMPARED[suffix]?.(Number(value(bill, name)) - pivot));
		expect(await ids({ [`${name}${suffix}`]: textOf(pivot) })).toEqual(expected.map((bill) => bill['id']));
		expect(expected.length).toBeGreaterThan(0);
	});

	it('compare an 18-digit amount to its last digit', async () => {
		expect(await ids({ 'amountDue.value': '123456789012345.678' })).toHaveLength(1);
		expect(await ids({ 'amountDue.value': '123456789012345.677' })).toHaveLength(0);
	});

	it('billNo, alone and with %', async () => {
		expect(await ids({ billNo: 'B1-30' })).toHaveLength(1);
		expect(await ids({ 'billNo.like': 'B1-3%' })).toHaveLength(10);
		expect(await ids({ 'billNo.like': 'B1-3' })).toHaveLength(0);
	});

	it('remainingAmount.value.like, with % too', async () => {
		expect((await ids({ 'remainingAmount.value.like': '0.00%' })).length).toBeGreaterThan(5);
	});

	it('billNo "bill in progress" selects what is not billed yet', async () => {
		const found = items(await client.get(`${API}/customerBill?billNo=bill%20in%20progress`, auth));
		expect(found.map((bill) => [bill['state'], bill['billNo']])).toEqual([['inProgress', null]]);
	});

	it('billingAccount.id by POID or by account number', async () => {
		const byPoid = await ids({ 'billingAccount.id': ACCOUNT });
		expect(byPoid).toHaveLength(24);
		expect(await ids({ 'billingAccount.id': '0.0.0.1-107117' })).toEqual(byPoid);
	});

	it('a + in a POID, raw or as %2B, in the query and in the path', async () => {
		const id = '0.0.0.1+-bill+106861';
		for (const written of [id, encodeURIComponent(id)]) {
			const list = items(await client.get(`${API}/customerBill?id=${written}`, auth));
			const one = await client.get(`${API}/customerBill/${written}`, auth);
			expect([list[0]?.['id'], one.body['id']]).toEqual([id, id]);
		}
	});

	it.each(['new', 'partiallyPaid', 'settled', 'inProgress'])('state %s', async (state) => {
		const expected = bills.filter((bill) => textOf(bill['state']) === state);
		expect(expected.length).toBeGreaterThan(0);
		expect(await ids({ state })).toEqual(expected.map((bill) => bill['id']));
	});

	it('state onHold is refused though bills have it', async () => {
		expect(bills.some((bill) => textOf(bill['state']) === 'onHold')).toBe(true);
		expect((await client.get(`${API}/customerBill?state=onHold`, auth)).status).toBe(400);
	});

	it('hold together', async () => {
		const found = await ids({ 'billingAccount.id': ACCOUNT, state: 'settled', 'billDate.gte': '2026-01-01T00:00:00Z' });
		const expected = bills.filter(
			(bill) =>
				textOf(bill['state']) === 'settled' &&
				textOf(bill['billingAccount']?.['id']) === ACCOUNT &&
				textOf(bill['billDate']) >= '2026',
		);
		expect(found).toEqual(expected.map((bill) => bill['id']));
	});

	it.each([
		['an unknown parameter', 'sort=billDate'],
		['a date without a time', 'billDate.gt=2026-01-01'],
		['a date whose + was not encoded', 'billDate=2026-01-01T00:00:00+03:00'],
		['an amount that is no number', 'amountDue.value=ten'],
		['limit 0', 'limit=0'],
		['a negative offset', 'offset=-1'],
		['an empty value', 'billNo='],
		['a repeated parameter', 'billNo=B1-28&billNo=B1-29'],
		['another @type', '@type=Invoice'],
		['an Oracle filter without the Oracle type', 'billingCycleSpecification.id=0.0.0.1'],
	])('%s is refused with an Error', async (_what, query) => {
		const { status, body } = await client.get(`${API}/customerBill?${query}`, auth);
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: '400', reason: 'Bad Request', status: '400', '@type': 'Error' });
	});
});

describe('pages', () => {
	it('are told by X-Total-Count and X-Result-Count', async () => {
		const { headers, ...reply } = await client.get(`${API}/customerBill?offset=40&limit=10`, auth);
		expect([headers.get('x-total-count'), headers.get('x-result-count')]).toEqual(['48', '8']);
		expect(items({ headers, ...reply }).map((bill) => bill['id'])).toEqual(bills.slice(40).map((bill) => bill['id']));
	});

	it('beyond the end are empty', async () => {
		expect(items(await client.get(`${API}/customerBill?offset=48`, auth))).toEqual([]);
	});
});

describe('bodies', () => {
	it('hold only the fields asked for, besides id and href', async () => {
		const [bill] = items(await client.get(`${API}/customerBill?fields=billDate,paymentDueDate&limit=1`, auth));
		expect(Object.keys(bill ?? {}).sort()).toEqual(['billDate', 'href', 'id', 'paymentDueDate']);
	});

	it('have null members', () => {
		expect(bills[0]).toMatchObject({ '@type': null, financialAccount: null, billingAccount: { href: null } });
	});

	it('of the Oracle type have the billing cycle, which can be filtered by', async () => {
		const path = `${API}/customerBill?%40type=CustomerBillOracle`;
		const all = items(await client.get(path, auth));
		const cycle = textOf(all[0]?.['billingCycleSpecification']?.['id']);
		const some = items(await client.get(`${path}&billingCycleSpecification.id=${encodeURIComponent(cycle)}`, auth));
		expect([all[0]?.['@type'], some.length]).toEqual(['CustomerBillOracle', 24]);
	});

	it('write amounts exactly, an 18-digit one to its last digit', async () => {
		const { text } = await client.get(`${API}/customerBill?amountDue.value.gt=100000000000000`, auth);
		expect(text).toContain('"amountDue":{"unit":"KWD","value":123456789012345.678}');
	});

	it('write credit notes with positive amounts and a category', () => {
		const notes = bills.filter((bill) => textOf(bill['category']) === 'credit note');
		expect(notes.length).toBeGreaterThan(2);
		expect(notes.every((bill) => Number(bill['amountDue']?.['value']) > 0)).toBe(true);
	});

	it('give some periods by their end only', () => {
		const endOnly = bills.filter((bill) => bill['billingPeriod']?.['startDateTime'] === undefined);
		expect(endOnly.length).toBeGreaterThan(0);
		expect(endOnly.length).toBeLessThan(bills.length / 4);
	});

	it('carry some documents as base64 with their size, and link the others', async () => {
		const documents = bills.map((bill) => bill['billDocument']?.[0]);
		const inline = documents.find((document) => document?.['content'] !== undefined);
		const linked = documents.find((document) => document?.['url'] !== undefined);
		const content = Buffer.from(textOf(inline?.['content']), 'base64');
		expect(content.toString()).toContain('<Invoice>');
		expect(inline?.['size']).toEqual({ amount: content.length, units: 'bytes' });
		const pdf = await client.get(new URL(textOf(linked?.['url'])).pathname, auth);
		expect(pdf.text.startsWith('%PDF-')).toBe(true);
	});

	it('have payments that add up to what is paid', () => {
		for (const bill of bills.filter((each) => textOf(each['state']) === 'partiallyPaid')) {
			const payments = rowsOf(bill['appliedPayment']);
			const thousandths = (money: Json | undefined): number => Math.round(Number(money?.['value']) * 1_000);
			const paid = payments.reduce((sum, payment) => sum + thousandths(payment['appliedAmount']), 0);
			expect(payments).toHaveLength(2);
			expect(paid).toBe(thousandths(bill['taxIncludedAmount']) - thousandths(bill['remainingAmount']));
		}
	});

	it('are found by bill number too', async () => {
		expect((await client.get(`${API}/customerBill/B1-28`, auth)).body['id']).toBe('0.0.0.1+-bill+106861');
	});
});

describe('applied customer billing rates', () => {
	const list = async (parameters: Record<string, string>): Promise<readonly Json[]> =>
		items(await client.get(`${API}/appliedCustomerBillingRate?${encoded({ limit: '100', ...parameters })}`, auth));

	it('of a bill, by POID or bill number, add up to it', async () => {
		const rates = await list({ 'bill.id': 'B1-64' });
		expect(rates).toEqual(await list({ 'bill.id': textOf(rates[0]?.['bill']?.['id']) }));
		const bill = client.sandbox.ledger.bills('oracleBrm').find(({ number }) => number === 'B1-30');
		const smaller = await list({ 'bill.id': 'B1-30' });
		const cents = smaller.reduce(
			(sum, rate) => sum + Math.round(Number(rate['taxExcludedAmount']?.['value']) * 100),
			0,
		);
		expect(BigInt(cents)).toBe(bill?.net);
	});

	it('of an account, counted', async () => {
		const path = `${API}/appliedCustomerBillingRate?${encoded({ 'billingAccount.id': ACCOUNT, limit: '7' })}`;
		const { headers } = await client.get(path, auth);
		expect([headers.get('x-total-count'), headers.get('x-result-count')]).toEqual(['480', '7']);
	});

	it('are pending where isBilled is false, and no others', async () => {
		const pending = await list({ isBilled: 'false' });
		const path = `${API}/appliedCustomerBillingRate?isBilled=true`;
		expect(pending).toHaveLength(20);
		for (const rate of pending) expect(rate['isBilled']).toBe(false);
		expect((await client.get(path, auth)).headers.get('x-total-count')).toBe('940');
	});

	it('are found by item POID and by item number', async () => {
		const [rate] = await list({ 'bill.id': 'B1-28' });
		const id = textOf(rate?.['id']);
		expect((await client.get(`${API}/appliedCustomerBillingRate/${encodeURIComponent(id)}`, auth)).body).toEqual(rate);
		expect((await client.get(`${API}/appliedCustomerBillingRate/B1-28,1`, auth)).body).toEqual(rate);
		expect(await list({ id })).toEqual([rate]);
	});

	it('of a service, with the Oracle type only', async () => {
		const serviceId = 'SVC-0.0.0.1-107117-7';
		const some = await list({ '@type': 'AppliedCustomerBillingRateOracle', serviceId });
		expect(some.length).toBeGreaterThan(0);
		expect(some.every((rate) => textOf(rate['serviceId']) === serviceId)).toBe(true);
		expect((await client.get(`${API}/appliedCustomerBillingRate?serviceId=${serviceId}`, auth)).status).toBe(400);
	});

	it('know no isBilled but true and false', async () => {
		expect((await client.get(`${API}/appliedCustomerBillingRate?isBilled=maybe`, auth)).status).toBe(400);
	});
});

describe('customer bills on demand', () => {
	it('are created with 201 and a Location, make a bill, and are done when looked at', async () => {
		const asked = { billingAccount: { id: ACCOUNT }, name: 'Closing bill' };
		const made = await client.send('POST', `${API}/customerBillOnDemand`, asked, auth);
		expect(made.status).toBe(201);
		expect(made.body).toMatchObject({ state: 'inProgress', name: 'Closing bill', billingAccount: { id: ACCOUNT } });
		const location = new URL(made.headers.get('location') ?? '').pathname;
		expect((await client.get(location, auth)).body['state']).toBe('done');
		const bill = await client.get(`${API}/customerBill/${textOf(made.body['customerBill']?.['id'])}`, auth);
		expect(bill.body).toMatchObject({ runType: 'offCycle', billingAccount: { id: ACCOUNT } });
		expect(typeof made.body['lastUpdate']).toBe('string');
	});

	it('are listed without totals, by account and by id', async () => {
		const reply = await client.get(`${API}/customerBillOnDemand?${encoded({ 'billingAccount.id': ACCOUNT })}`, auth);
		const none = await client.get(`${API}/customerBillOnDemand?id=other`, auth);
		expect([items(reply).length, items(none).length]).toEqual([1, 0]);
		expect(reply.headers.has('x-total-count')).toBe(false);
		expect((await client.get(`${API}/customerBillOnDemand?fields=id`, auth)).status).toBe(400);
	});

	it.each([
		['no billing account', { name: 'x' }, 400],
		['an unknown billing account', { billingAccount: { id: 'nobody' } }, 404],
		[
			'a cycle without the Oracle type',
			{ billingAccount: { id: ACCOUNT }, billingCycleSpecification: { id: 'c' } },
			400,
		],
		[
			'the Oracle type without a cycle',
			{ '@type': 'CustomerBillOnDemand_CreateOracle', billingAccount: { id: ACCOUNT } },
			400,
		],
	])('with %s are refused', async (_what, body, status) => {
		const reply = await client.send('POST', `${API}/customerBillOnDemand`, body, auth);
		expect([reply.status, reply.body['code']]).toEqual([status, textOf(status)]);
	});
});

describe('refusals', () => {
	it('401 without a token or with a wrong one, none of that at the test system', async () => {
		const without = await client.get(`${API}/customerBill`);
		const wrong = await client.get(`${API}/customerBill`, { authorization: 'Bearer wrong' });
		const open = await client.get('/brm-open/customerBillManagement/v4/customerBill?limit=1');
		expect([without.status, wrong.status, open.status]).toEqual([401, 401, 200]);
		expect(without.body).toMatchObject({ code: '401', reason: 'Unauthorized' });
	});

	it('404 for what is not there, 405 for what is not allowed', async () => {
		expect((await client.get(`${API}/customerBill/nothing`, auth)).status).toBe(404);
		expect((await client.get(`${API}/billCycle`, auth)).status).toBe(404);
		const patch = await client.send('PATCH', `${API}/customerBill/B1-28`, { state: 'settled' }, auth);
		expect([patch.status, patch.headers.get('allow')]).toEqual([405, 'GET']);
	});

	it('400 for a body that is no JSON', async () => {
		const headers = { ...auth, 'content-type': 'application/json' };
		expect((await client.send('POST', `${API}/customerBillOnDemand`, '{"billing', headers)).status).toBe(400);
	});
});

it('agrees with the truth for every bill', async () => {
	for (const bill of client.sandbox.ledger.bills('oracleBrm')) {
		const shown = (await client.get(`${API}/customerBill?id=${encodeURIComponent(bill.id)}`, auth)).text;
		const amount = majorUnits(bill.type === 'creditNote' ? -bill.total : bill.total, bill.account.currency);
		expect(shown).toContain(`"taxIncludedAmount":{"unit":"${bill.account.currency.code}","value":${amount}}`);
	}
});
