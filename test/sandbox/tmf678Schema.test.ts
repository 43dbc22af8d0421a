/** The answers of the TMF678 servers against the types of the specification, and of Oracle's reference. */
import Ajv from 'ajv';

import { type Client, basic, bearer, items, startClient, textOf } from './support';
import { type Flavour, type TmfSchemas, ORACLE, STANDARD, tmfSchemas } from './tmf678Schemas';

interface Server {
	readonly title: string;
	readonly api: string;
	readonly flavour: Flavour;
	readonly wantsToken: boolean;
	/** What follows a resource's name to ask for its extended type. */
	readonly typeSuffix: string | null;
}

const SERVERS: readonly Server[] = [
	{
		title: 'plain TMF678 v4',
		api: '/tmf-api/customerBillManagement/v4',
		flavour: STANDARD,
		wantsToken: false,
		typeSuffix: null,
	},
	{
		title: 'Oracle BRM',
		api: '/brm/customerBillManagement/v4',
		flavour: ORACLE,
		wantsToken: true,
		typeSuffix: '',
	},
	{
		title: 'Oracle BRM, extended types, test system',
		api: '/brm-open/customerBillManagement/v4',
		flavour: { ...ORACLE, extended: true },
		wantsToken: false,
		typeSuffix: 'Oracle',
	},
];

let client: Client;
beforeAll(async () => {
	client = await startClient({ accounts: 3 });
});
afterAll(() => client.close());

const ajv = new Ajv({ allErrors: true });

function expectValid(schema: object, body: unknown): void {
	const validate = ajv.compile(schema);
	validate(body);
	expect(validate.errors ?? []).toEqual([]);
}

describe.each(SERVERS)('$title', ({ api, flavour, wantsToken, typeSuffix }) => {
	const schemas: TmfSchemas = tmfSchemas(flavour);
	let headers: Record<string, string>;
	beforeAll(async () => {
		headers = wantsToken ? await bearer(client, 'oracleBrm') : {};
	});
	const get = (path: string) => client.get(api + path, headers);
	const typed = (resource: string): string => (typeSuffix === null ? '' : `@type=${resource}${typeSuffix}`);

	it.each([
		['customerBill', 'CustomerBill'],
		['appliedCustomerBillingRate', 'AppliedCustomerBillingRate'],
	] as const)('%s, all of them and one by one', async (resource, type) => {
		let rows = 0;
		for (let offset = 0, total = 1; offset < total; offset += 100) {
			const page = await get(`/${resource}?limit=100&offset=${offset}&${typed(type)}`);
			expectValid({ type: 'array', items: schemas[resource] }, items(page));
			expect(page.headers.get('x-result-count')).toBe(String(items(page).length));
			total = Number(page.headers.get('x-total-count'));
			rows += items(page).length;
		}
		const bills = client.sandbox.ledger.bills('oracleBrm');
		expect(bills.length).toBeGreaterThanOrEqual(72);
		const lines = bills.reduce((sum, { lineCount }) => sum + lineCount, 0);
		expect(rows).toBe(resource === 'customerBill' ? bills.length : lines);
		const [first] = items(await get(`/${resource}?limit=1&${typed(type)}`));
		const one = await get(`/${resource}/${encodeURIComponent(textOf(first?.['id']))}?${typed(type)}`);
		expect(one.body).toEqual(first);
	});

	it('customerBillOnDemand, made, listed and one by one', async () => {
		const [account] = client.sandbox.ledger.accounts('oracleBrm');
		const asked = { billingAccount: { id: account?.id }, relatedParty: { id: 'P-1', name: 'Ada' } };
		const made = await client.send('POST', `${api}/customerBillOnDemand`, asked, headers);
		expect(made.status).toBe(201);
		expect(made.headers.get('location')).toBe(textOf(made.body['href']));
		expectValid(schemas.customerBillOnDemand, made.body);
		const listed = items(await get('/customerBillOnDemand'));
		expectValid({ type: 'array', items: schemas.customerBillOnDemand }, listed);
		const id = textOf(made.body['id']);
		const one = await get(`/customerBillOnDemand/${encodeURIComponent(id)}`);
		expect(one.body).toEqual(listed.find((order) => textOf(order['id']) === id));
	});

	it.each(['/customerBill?limit=0', '/customerBill/none', '/customerBill?colour=red', '/nothing'])(
		'the Error of %s',
		async (path) => {
			const { status, body } = await get(path);
			expect(status).toBeGreaterThanOrEqual(400);
			expectValid(schemas.error, body);
			expect(body['status']).toBe(String(status));
		},
	);

	it('the Error of a method that a resource lacks, and of a bad token', async () => {
		const patched = await client.send('PATCH', `${api}/customerBill/1`, { state: 'settled' }, headers);
		expect(patched.status).toBe(405);
		expectValid(schemas.error, patched.body);
		if (!wantsToken && typeSuffix !== null) return;
		const refused = await client.get(`${api}/customerBill`, basic('nobody', 'wrong'));
		expect(refused.status).toBe(401);
		expectValid(schemas.error, refused.body);
	});
});

describe('the schemas', () => {
	const bill = {
		id: '1',
		href: 'h',
		state: 'new',
		billDate: '2026-01-01T00:00:00Z',
		paymentDueDate: '2026-01-31T00:00:00Z',
	};
	const valid = { ...bill, amountDue: { unit: 'EUR', value: 1 } };
	const isValid = (flavour: Flavour, body: object): boolean => ajv.validate(tmfSchemas(flavour).customerBill, body);

	it('take a bill, and nulls at Oracle only', () => {
		expect(isValid(STANDARD, valid)).toBe(true);
		expect(isValid(STANDARD, { ...valid, billNo: null })).toBe(false);
		expect(isValid(ORACLE, { ...valid, billNo: null })).toBe(true);
	});

	it.each([
		['without an amount due', bill],
		['in a state that there is not', { ...valid, state: 'paid' }],
		['of a day without a time', { ...valid, billDate: '2026-01-01' }],
		['with an amount of text', { ...valid, amountDue: { unit: 'EUR', value: '1' } }],
		['with a period that only starts', { ...valid, billingPeriod: { startDateTime: '2026-01-01T00:00:00Z' } }],
		['with a member of its own', { ...valid, colour: 'red' }],
	])('refuse a bill %s', (_what, body) => {
		expect(isValid(STANDARD, body)).toBe(false);
		expect(isValid(ORACLE, body)).toBe(false);
	});
});
