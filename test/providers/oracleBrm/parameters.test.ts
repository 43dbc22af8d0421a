import {
	BILL_PARAMETERS,
	BY_ID_PARAMETERS,
	CUSTOMER_BILL_PARAMETERS,
	ON_DEMAND_BY_ID_PARAMETERS,
	ON_DEMAND_PARAMETERS,
	RATE_PARAMETERS,
} from '../../../providers/oracleBrm/parameters';
import { OracleBrmApi, oracleBrmDialect } from '../../../providers/oracleBrm/connector';
import type { Parameter, ParameterValue } from '../../../providers/tmf678/parameters';
import { billingError } from '../support/errors';
import { ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';

const BASE = 'https://brm.example.com/brm/customerBillManagement/v4';

/** "Get Customer Bills", in the document's order. */
const DOCUMENTED =
	`@type amountDue.value amountDue.value.gt amountDue.value.gte amountDue.value.lt amountDue.value.lte billDate
billDate.gt billDate.gte billDate.lt billDate.lte billNo billNo.like billingAccount.id billingPeriod.endDateTime
billingPeriod.endDateTime.gt billingPeriod.endDateTime.gte billingPeriod.endDateTime.lt billingPeriod.endDateTime.lte
billingPeriod.startDateTime billingPeriod.startDateTime.gt billingPeriod.startDateTime.gte billingPeriod.startDateTime.lt
billingPeriod.startDateTime.lte fields id lastUpdate lastUpdate.gt lastUpdate.gte lastUpdate.lt lastUpdate.lte limit offset
paymentDueDate paymentDueDate.gt paymentDueDate.gte paymentDueDate.lt paymentDueDate.lte remainingAmount.value
remainingAmount.value.gt remainingAmount.value.gte remainingAmount.value.like remainingAmount.value.lt
remainingAmount.value.lte state`.split(/\s+/);

/** A value of each kind, as a caller gives it and as the document writes it in a query. */
const SAMPLES: Readonly<Record<Parameter['kind'], readonly [ParameterValue, string]>> = {
	TEXT: ['A 1%', 'A%201%25'],
	ID: ['0.0.0.1+-account+1', '0.0.0.1%2B-account%2B1'],
	DECIMAL: [20.5, '20.5'],
	DATE_TIME: ['2020-01-01T12:00:27.000Z', '2020-01-01T12%3A00%3A27.000Z'],
	CHOICE: ['partiallyPaid', 'partiallyPaid'],
	BOOLEAN: [true, 'true'],
	FIELDS: ['billDate,paymentDueDate', 'id%2Chref%2CbillDate%2CpaymentDueDate'],
	LIMIT: [10, '10'],
	OFFSET: [10, '10'],
};

function api() {
	const transport = new ScriptedTransport(() => json(200, []));
	return { transport, api: new OracleBrmApi({ connection: 'c', baseUrl: BASE }, { transport, clock: fakeClock() }) };
}

/** Without the `@type` that an extension brings along. */
const queryOf = (url: string): string => url.replace(/@type=\w+Oracle&/, '').split('?')[1] ?? '';

describe('the parameters of Oracle BRM', () => {
	it('for bills are the 45 of the document: 41 filters, @type, fields, limit and offset', () => {
		expect(CUSTOMER_BILL_PARAMETERS.map(({ name }) => name)).toEqual(DOCUMENTED);
		expect(DOCUMENTED).toHaveLength(45);
	});

	it.each(BILL_PARAMETERS.map((parameter: Parameter) => [parameter.name, parameter] as const))(
		'for bills: %s is sent as the document writes it',
		async (name, { kind }) => {
			const { api: oracle, transport } = api();
			const [given, sent] = SAMPLES[kind];
			await oracle.customerBills({ [name]: given });
			expect(queryOf(transport.only.url)).toBe(`${name}=${sent}`);
			expect(transport.only.url.startsWith(`${BASE}/customerBill?`)).toBe(true);
		},
	);

	it.each(RATE_PARAMETERS.map((parameter: Parameter) => [parameter.name, parameter] as const))(
		'for rates: %s is sent as the document writes it',
		async (name, { kind }) => {
			const { api: oracle, transport } = api();
			const [given, sent] = SAMPLES[kind];
			await oracle.appliedCustomerBillingRates({ [name]: given });
			expect(queryOf(transport.only.url)).toBe(`${name}=${sent}`);
		},
	);

	it.each(ON_DEMAND_PARAMETERS.map((parameter: Parameter) => [parameter.name, parameter] as const))(
		'for bills on demand: %s is sent as the document writes it',
		async (name, { kind }) => {
			const { api: oracle, transport } = api();
			const [given, sent] = SAMPLES[kind];
			await oracle.customerBillsOnDemand({ [name]: given });
			expect(queryOf(transport.only.url)).toBe(`${name}=${sent}`);
		},
	);

	it('that belong to an extended type bring it along', async () => {
		const { api: oracle, transport } = api();
		await oracle.customerBills({ 'billingCycleSpecification.id': 'c' });
		await oracle.appliedCustomerBillingRates({ serviceId: 's' });
		expect(transport.sent).toEqual([
			`GET ${BASE}/customerBill?@type=CustomerBillOracle&billingCycleSpecification.id=c`,
			`GET ${BASE}/appliedCustomerBillingRate?@type=AppliedCustomerBillingRateOracle&serviceId=s`,
		]);
	});

	it('that are not documented are refused, and the message lists those that are', async () => {
		const { api: oracle, transport } = api();
		const wrong = { sort: 'billDate' } as Parameters<OracleBrmApi['customerBills']>[0];
		const error = await billingError(oracle.customerBills(wrong));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'sort' });
		for (const name of DOCUMENTED) expect(error.hint).toContain(name);
		expect(await billingError(oracle.customerBillOnDemand('d', { fields: 'id' }))).toMatchObject({
			parameter: 'fields',
		});
		expect(transport.requests).toEqual([]);
	});

	it('are what the capabilities list, operation by operation', () => {
		const { operations } = oracleBrmDialect({ connection: 'c', baseUrl: BASE }).capabilities;
		const names = (table: readonly Parameter[]) => table.map(({ name }) => name);
		expect(operations.map(({ request, parameters }) => [request, parameters])).toEqual([
			['GET /customerBill', names(BILL_PARAMETERS)],
			['GET /customerBill/{id}', names(BY_ID_PARAMETERS)],
			['GET /appliedCustomerBillingRate', names(RATE_PARAMETERS)],
			['GET /appliedCustomerBillingRate/{id}', names(BY_ID_PARAMETERS)],
			['GET /customerBillOnDemand', names(ON_DEMAND_PARAMETERS)],
			['GET /customerBillOnDemand/{id}', names(ON_DEMAND_BY_ID_PARAMETERS)],
			['POST /customerBillOnDemand', []],
		]);
	});

	it('each say what the document says', () => {
		for (const { source } of [...BILL_PARAMETERS, ...RATE_PARAMETERS, ...ON_DEMAND_PARAMETERS])
			expect(source).toMatch(/\.$/);
	});
});
