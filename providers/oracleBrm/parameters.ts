/**
 * Query parameters of Oracle BRM REST Services Manager, customerBillManagement/v4, operation by operation.
 *
 * `source` is the document's own sentence: "Get Customer Bills" for the bills, the pages of the other operations in
 * releases 12.0 to 16.26 for theirs.
 */
import type { Parameter, ParametersOf } from '../tmf678/parameters';

const TYPE = { name: '@type', kind: 'TEXT', source: 'The type of object to return.' } as const;
const FIELDS = {
	name: 'fields',
	kind: 'FIELDS',
	source: 'The list of comma-separated fields to return in the response.',
} as const;
const LIMIT = { name: 'limit', kind: 'LIMIT', source: 'The maximum number of results to return.' } as const;
const OFFSET = { name: 'offset', kind: 'OFFSET', source: 'The number of results to offset the response by.' } as const;

/** The 45 parameters of "Get Customer Bills": 41 filters, and @type, fields, limit, offset. */
export const CUSTOMER_BILL_PARAMETERS = [
	TYPE,
	{
		name: 'amountDue.value',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with an amount due that matches the specified value.',
	},
	{
		name: 'amountDue.value.gt',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with an amount due that is greater than the specified value.',
	},
	{
		name: 'amountDue.value.gte',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with an amount due that is greater than or equal to the specified value.',
	},
	{
		name: 'amountDue.value.lt',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with an amount due value that is less than the specified value.',
	},
	{
		name: 'amountDue.value.lte',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with an amount due that is less than or equal to the specified value.',
	},
	{
		name: 'billDate',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a billDate that matches the specified dateTime.',
	},
	{
		name: 'billDate.gt',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a billDate that is greater than the specified dateTime.',
	},
	{
		name: 'billDate.gte',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a billDate that is greater than or equal to the specified dateTime.',
	},
	{
		name: 'billDate.lt',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a billDate that is less than the specified dateTime.',
	},
	{
		name: 'billDate.lte',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a billDate that is less than or equal to the specified dateTime.',
	},
	{ name: 'billNo', kind: 'TEXT', source: 'Retrieves customer bills by bill number.' },
	// `%` stands for any run of characters.
	{ name: 'billNo.like', kind: 'TEXT', source: 'Retrieves customer bills that match the specified bill number.' },
	{ name: 'billingAccount.id', kind: 'ID', source: 'Retrieves customer bills for the specified account ID.' },
	{
		name: 'billingPeriod.endDateTime',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a billing period end date time that matches the specified dateTime.',
	},
	{
		name: 'billingPeriod.endDateTime.gt',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period end date time that is greater than the specified dateTime.',
	},
	{
		name: 'billingPeriod.endDateTime.gte',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period end date time that is greater than or equal to the specified dateTime.',
	},
	{
		name: 'billingPeriod.endDateTime.lt',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period end date time that is less than the specified dateTime.',
	},
	{
		name: 'billingPeriod.endDateTime.lte',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period end date time that is less than or equal to the specified dateTime.',
	},
	{
		name: 'billingPeriod.startDateTime',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a billing period start date time that matches the specified dateTime.',
	},
	{
		name: 'billingPeriod.startDateTime.gt',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period start date time that is greater than the specified dateTime.',
	},
	{
		name: 'billingPeriod.startDateTime.gte',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period start date that is greater than or equal to the specified dateTime.',
	},
	{
		name: 'billingPeriod.startDateTime.lt',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period start date time that is less than the specified dateTime.',
	},
	{
		name: 'billingPeriod.startDateTime.lte',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a billing period start date time that is less than or equal to the specified dateTime.',
	},
	FIELDS,
	{ name: 'id', kind: 'ID', source: 'Retrieves customer bills for the specified bill ID.' },
	{
		name: 'lastUpdate',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills whose lastUpdate matches the specified dateTime.',
	},
	{
		name: 'lastUpdate.gt',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills whose lastUpdate is greater than the specified dateTime.',
	},
	// The document says "less than" here, between siblings that all say what their name says: a slip. It is sent as >=.
	{
		name: 'lastUpdate.gte',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills whose lastUpdate is less than the specified dateTime.',
	},
	{
		name: 'lastUpdate.lt',
		kind: 'DATE_TIME',
		source: 'Retrieves customer bills whose lastUpdate is less than the specified dateTime.',
	},
	{
		name: 'lastUpdate.lte',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills whose lastUpdate is less than or equal to the specified dateTime.',
	},
	LIMIT,
	OFFSET,
	{
		name: 'paymentDueDate',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a paymentDueDate that matches the specified dateTime.',
	},
	{
		name: 'paymentDueDate.gt',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a paymentDueDate that is greater than the specified dateTime.',
	},
	{
		name: 'paymentDueDate.gte',
		kind: 'DATE_TIME',
		source:
			'Retrieves the customer bills with a paymentDueDate that is greater than or equal to the specified dateTime.',
	},
	{
		name: 'paymentDueDate.lt',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a paymentDueDate that is less than the specified dateTime.',
	},
	{
		name: 'paymentDueDate.lte',
		kind: 'DATE_TIME',
		source: 'Retrieves the customer bills with a paymentDueDate that is less than or equal to the specified dateTime.',
	},
	{
		name: 'remainingAmount.value',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with a remaining amount that matches the specified value.',
	},
	// Typed as text in the document, unlike its siblings; plain decimal text is both.
	{
		name: 'remainingAmount.value.gt',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with a remaining amount that is greater than the specified value.',
	},
	{
		name: 'remainingAmount.value.gte',
		kind: 'DECIMAL',
		source:
			'Retrieves the customer bills with a remaining amount that is greater than or equal to the specified value.',
	},
	{
		name: 'remainingAmount.value.like',
		kind: 'TEXT',
		source: 'Retrieves the customer bills with a wild card in the remaining amount value.',
	},
	{
		name: 'remainingAmount.value.lt',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with a remaining amount that is less than the specified value.',
	},
	{
		name: 'remainingAmount.value.lte',
		kind: 'DECIMAL',
		source: 'Retrieves the customer bills with a remaining amount that is less than or equal to the specified value.',
	},
	{
		name: 'state',
		kind: 'CHOICE',
		choices: ['new', 'partiallyPaid', 'settled', 'inProgress'],
		source: 'The state of the bill.',
	},
] as const satisfies readonly Parameter[];

/** With the one that the extended type adds. */
export const BILL_PARAMETERS = [
	...CUSTOMER_BILL_PARAMETERS,
	{
		name: 'billingCycleSpecification.id',
		kind: 'ID',
		needsType: 'CustomerBillOracle',
		source: 'Retrieves the customer bills of the specified billing cycle; only with @type=CustomerBillOracle.',
	},
] as const satisfies readonly Parameter[];

/** "Get Customer Bill by ID" and the same for rates. */
export const BY_ID_PARAMETERS = [TYPE, FIELDS] as const satisfies readonly Parameter[];

/** "Get Applied Customer Billing Rates". There is no date filter. */
export const RATE_PARAMETERS = [
	TYPE,
	{ name: 'bill.id', kind: 'ID', source: 'Retrieves the rates of the bill with this ID; from 15.1 also its number.' },
	{ name: 'billingAccount.id', kind: 'ID', source: 'Retrieves the rates of this billing account; from 15.1.' },
	FIELDS,
	{ name: 'id', kind: 'ID', source: 'Retrieves the rate with this ID.' },
	{ name: 'isBilled', kind: 'BOOLEAN', source: 'True for open and closed items, false for pending items.' },
	LIMIT,
	OFFSET,
	{
		name: 'serviceId',
		kind: 'ID',
		needsType: 'AppliedCustomerBillingRateOracle',
		source: 'Retrieves the rates of this service; only with @type=AppliedCustomerBillingRateOracle.',
	},
] as const satisfies readonly Parameter[];

/** "Get Customer Bills On Demand": no fields. */
export const ON_DEMAND_PARAMETERS = [
	TYPE,
	{ name: 'billingAccount.id', kind: 'ID', source: 'Retrieves the on-demand bills of this billing account.' },
	{ name: 'id', kind: 'ID', source: 'Retrieves the on-demand bill with this ID.' },
	LIMIT,
	OFFSET,
] as const satisfies readonly Parameter[];

/** "Get Customer Bill On Demand by ID". */
export const ON_DEMAND_BY_ID_PARAMETERS = [TYPE] as const satisfies readonly Parameter[];

export type OracleBillParameters = ParametersOf<typeof BILL_PARAMETERS>;
export type OracleRateParameters = ParametersOf<typeof RATE_PARAMETERS>;
export type OracleOnDemandParameters = ParametersOf<typeof ON_DEMAND_PARAMETERS>;
export type OracleByIdParameters = ParametersOf<typeof BY_ID_PARAMETERS>;
