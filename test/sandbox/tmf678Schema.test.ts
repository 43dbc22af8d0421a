/** The TMF678 answers against a JSON schema written from the v4 specification's types. */
import Ajv, { type ValidateFunction } from 'ajv';

import { type Client, items, startClient, textOf } from './support';

const text = { type: 'string' };
const dateTime = {
	type: 'string',
	pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
};
const listOf = (items: object): object => ({ type: 'array', items });
const objectOf = (properties: object, required: readonly string[] = []): object => ({
	type: 'object',
	properties: { '@type': text, '@baseType': text, '@schemaLocation': text, '@referredType': text, ...properties },
	required,
	additionalProperties: false,
});

const money = objectOf({ unit: { type: 'string', pattern: '^[A-Z]{3}$' }, value: { type: 'number' } });
const timePeriod = objectOf({ startDateTime: dateTime, endDateTime: dateTime }, ['endDateTime']);
const reference = objectOf({ id: text, href: text, name: text, role: text }, ['id']);
const taxItem = objectOf({ taxCategory: text, taxRate: { type: 'number' }, taxAmount: money });
const attachment = objectOf({
	id: text,
	href: text,
	attachmentType: text,
	content: { type: 'string', pattern: '^[A-Za-z0-9+/]+=*$' },
	description: text,
	mimeType: text,
	name: text,
	url: text,
	size: objectOf({ amount: { type: 'number' }, units: text }),
	validFor: timePeriod,
});

const customerBill = objectOf(
	{
		id: text,
		href: text,
		billNo: text,
		billDate: dateTime,
		nextBillDate: dateTime,
		paymentDueDate: dateTime,
		lastUpdate: dateTime,
		category: text,
		runType: { enum: ['onCycle', 'offCycle'] },
		state: { enum: ['new', 'onHold', 'validated', 'sent', 'partiallyPaid', 'settled'] },
		amountDue: money,
		remainingAmount: money,
		taxExcludedAmount: money,
		taxIncludedAmount: money,
		billingPeriod: timePeriod,
		billingAccount: reference,
		financialAccount: reference,
		paymentMethod: reference,
		relatedParty: listOf(reference),
		appliedPayment: listOf(objectOf({ appliedAmount: money, payment: reference })),
		billDocument: listOf(attachment),
		taxItem: listOf(taxItem),
	},
	['id', 'href', 'state', 'billDate', 'paymentDueDate', 'amountDue'],
);

const appliedCustomerBillingRate = objectOf(
	{
		id: text,
		href: text,
		name: text,
		description: text,
		date: dateTime,
		type: { enum: ['appliedBillingCharge', 'appliedBillingCredit', 'appliedPenaltyCharge'] },
		isBilled: { type: 'boolean' },
		appliedTax: listOf(taxItem),
		bill: reference,
		billingAccount: reference,
		characteristic: listOf(objectOf({ name: text, value: {}, valueType: text }, ['name', 'value'])),
		periodCoverage: timePeriod,
		product: reference,
		taxExcludedAmount: money,
		taxIncludedAmount: money,
	},
	['id', 'href'],
);

const customerBillOnDemand = objectOf(
	{
		id: text,
		href: text,
		name: text,
		description: text,
		lastUpdate: text,
		billingAccount: reference,
		customerBill: reference,
		relatedParty: reference,
		state: { enum: ['inProgress', 'rejected', 'done', 'terminatedWithError'] },
	},
	['id', 'href', 'billingAccount', 'state'],
);

const error = objectOf({ code: text, reason: text, message: text, status: text, referenceError: text }, [
	'code',
	'reason',
]);

const API = '/tmf-api/customerBillManagement/v4';
const ajv = new Ajv({ allErrors: true });
let client: Client;

beforeAll(async () => {
	client = await startClient();
});
afterAll(() => client.close());

function expectValid(validate: ValidateFunction, body: unknown): void {
	validate(body);
	expect(validate.errors ?? []).toEqual([]);
}

it('finds a wrong bill wrong', () => {
	const validate = ajv.compile(customerBill);
	expect(validate({ id: '1', href: 'h', state: 'inProgress' })).toBe(false);
});

it.each([
	['customerBill', customerBill],
	['appliedCustomerBillingRate', appliedCustomerBillingRate],
])('%s, listed and one by one', async (resource, schema) => {
	const listed = items(await client.get(`${API}/${resource}?limit=100`));
	expect(listed.length).toBeGreaterThan(40);
	expectValid(ajv.compile({ type: 'array', items: schema }), listed);
	const one = await client.get(`${API}/${resource}/${encodeURIComponent(textOf(listed[0]?.['id']))}`);
	expect(one.body).toEqual(listed[0]);
});

it('customerBillOnDemand, made and listed', async () => {
	const [account] = client.sandbox.ledger.accounts('oracleBrm');
	const body = { billingAccount: { id: account?.id }, relatedParty: { id: 'P-1', name: 'Ada' } };
	const made = await client.send('POST', `${API}/customerBillOnDemand`, body);
	expect(made.status).toBe(201);
	const validate = ajv.compile(customerBillOnDemand);
	expectValid(validate, made.body);
	for (const order of items(await client.get(`${API}/customerBillOnDemand`))) expectValid(validate, order);
});

it.each(['/customerBill?limit=0', '/customerBill/none', '/customerBill?offset=9999', '/nothing'])(
	'the Error of %s',
	async (path) => {
		const { status, body } = await client.get(API + path);
		expect(status).toBeGreaterThanOrEqual(400);
		expectValid(ajv.compile(error), body);
	},
);
