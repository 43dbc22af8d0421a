/** What TMF678 servers offer: the fields that all of them share, and the capabilities of a plain one. */
import type { BillFilterName, Capabilities, FilterSupport, OperationCapability, RateFilterName } from '../capabilities';
import type { DialectParameters } from './dialect';
import type { ParameterTable } from './parameters';

/** TMF678 has no document type and no sum of taxes; both are worked out. */
export const TMF_BILL_FIELDS: Capabilities['billFields'] = {
	number: 'OFFERED',
	type: 'DERIVED',
	category: 'OFFERED',
	runType: 'OFFERED',
	state: 'OFFERED',
	paymentStatus: 'DERIVED',
	billDate: 'OFFERED',
	billDateTime: 'OFFERED',
	period: 'OFFERED',
	dueDate: 'OFFERED',
	nextBillDate: 'OFFERED',
	lastUpdate: 'OFFERED',
	net: 'OFFERED',
	tax: 'DERIVED',
	total: 'OFFERED',
	amountDue: 'OFFERED',
	remaining: 'OFFERED',
	taxItems: 'OFFERED',
	payments: 'OFFERED',
	billingAccount: 'OFFERED',
	documents: 'OFFERED',
	relatedParties: 'OFFERED',
	rates: 'OFFERED',
};

export const TMF_RATE_FIELDS: NonNullable<Capabilities['rateFields']> = {
	name: 'OFFERED',
	description: 'OFFERED',
	type: 'OFFERED',
	date: 'OFFERED',
	period: 'OFFERED',
	product: 'OFFERED',
	net: 'OFFERED',
	tax: 'DERIVED',
	gross: 'OFFERED',
	taxItems: 'OFFERED',
	quantity: 'NOT_OFFERED',
	unitPrice: 'NOT_OFFERED',
	isBilled: 'OFFERED',
	bill: 'OFFERED',
	billingAccount: 'OFFERED',
};

/** Facts about every TMF678 server. */
export const TMF_NOTES: readonly string[] = [
	'A credit note is told by its category ("credit note"). Its amounts are negated where all of them are positive, and its rates with them.',
	'The tax is the sum of the tax items where all can be read and have one currency, else gross less net.',
	'Whether the last day of a billing period counts is not documented: it is left open unless the connection says.',
	'Billing accounts are those that bills name; an account without bills is not known.',
	'Of several values of one filter, none is sent: no server documents an OR.',
	'Rates do not tell how their bill was signed: where the caller does not say, their bills are read too.',
];

/** Every operation with its parameters, from the dialect's own tables. */
export function tmfOperations(
	{ bills, billById, rates, rateById, billsOnDemand, billOnDemandById }: DialectParameters,
	sources: { readonly bills: string; readonly rates: string; readonly billsOnDemand: string },
): readonly OperationCapability[] {
	return [
		operation('List bills', 'GET /customerBill', bills, sources.bills),
		operation('Get a bill', 'GET /customerBill/{id}', billById, sources.bills),
		operation('List rates', 'GET /appliedCustomerBillingRate', rates, sources.rates),
		operation('Get a rate', 'GET /appliedCustomerBillingRate/{id}', rateById, sources.rates),
		operation('List bills on demand', 'GET /customerBillOnDemand', billsOnDemand, sources.billsOnDemand),
		operation('Get a bill on demand', 'GET /customerBillOnDemand/{id}', billOnDemandById, sources.billsOnDemand),
		{
			...operation('Create a bill on demand', 'POST /customerBillOnDemand', [], sources.billsOnDemand),
			note: 'Creates a bill; sent once and never repeated. The body names the billing account.',
		},
	];
}

function operation(name: string, request: string, table: ParameterTable, source: string): OperationCapability {
	return { name, request, parameters: table.map((parameter) => parameter.name), source };
}

/** Filters that TMF630 lets servers carry out, and for which values. */
const STANDARD_BILL_SUPPORT = {
	accounts: 'PARTLY_PUSHED_DOWN',
	ids: 'PARTLY_PUSHED_DOWN',
	numbers: 'PARTLY_PUSHED_DOWN',
	states: 'PARTLY_PUSHED_DOWN',
	categories: 'PARTLY_PUSHED_DOWN',
	billDate: 'PUSHED_DOWN',
	dueDate: 'PUSHED_DOWN',
	periodStart: 'PUSHED_DOWN',
	periodEnd: 'PUSHED_DOWN',
	lastUpdate: 'PUSHED_DOWN',
	amountDue: 'PARTLY_PUSHED_DOWN',
	remaining: 'PARTLY_PUSHED_DOWN',
	total: 'PARTLY_PUSHED_DOWN',
} as const satisfies Partial<Record<BillFilterName, FilterSupport>>;

const STANDARD_RATE_SUPPORT = {
	bill: 'PUSHED_DOWN',
	accounts: 'PARTLY_PUSHED_DOWN',
	ids: 'PUSHED_DOWN',
	isBilled: 'PUSHED_DOWN',
} as const satisfies Partial<Record<RateFilterName, FilterSupport>>;

export type StandardBillFilter = keyof typeof STANDARD_BILL_SUPPORT;
export type StandardRateFilter = keyof typeof STANDARD_RATE_SUPPORT;
export const STANDARD_BILL_FILTERS = Object.keys(STANDARD_BILL_SUPPORT) as readonly StandardBillFilter[];
export const STANDARD_RATE_FILTERS = Object.keys(STANDARD_RATE_SUPPORT) as readonly StandardRateFilter[];

/** Of a plain TMF678 server that is known to carry out these filters. */
export function standardCapabilities(
	parameters: DialectParameters,
	billFilters: readonly StandardBillFilter[],
	rateFilters: readonly StandardRateFilter[],
): Capabilities {
	const specification = 'TMF678 Customer Bill Management v4.0.0';
	const bill = (name: StandardBillFilter) =>
		billFilters.includes(name) ? STANDARD_BILL_SUPPORT[name] : 'APPLIED_HERE';
	const rate = (name: StandardRateFilter) =>
		rateFilters.includes(name) ? STANDARD_RATE_SUPPORT[name] : 'APPLIED_HERE';
	return {
		provider: 'TMF678',
		title: 'TMF678 Customer Bill Management',
		operations: tmfOperations(parameters, {
			bills: specification,
			rates: specification,
			billsOnDemand: specification,
		}),
		billFields: TMF_BILL_FIELDS,
		rateFields: TMF_RATE_FIELDS,
		accountFields: { name: 'OFFERED', number: 'NOT_OFFERED' },
		billFilters: {
			accounts: bill('accounts'),
			ids: bill('ids'),
			numbers: bill('numbers'),
			numberLike: 'APPLIED_HERE',
			types: 'APPLIED_HERE',
			states: bill('states'),
			categories: bill('categories'),
			billDate: bill('billDate'),
			dueDate: bill('dueDate'),
			periodStart: bill('periodStart'),
			periodEnd: bill('periodEnd'),
			lastUpdate: bill('lastUpdate'),
			amountDue: bill('amountDue'),
			remaining: bill('remaining'),
			total: bill('total'),
		},
		rateFilters: {
			bill: rate('bill'),
			accounts: rate('accounts'),
			ids: rate('ids'),
			billDate: 'APPLIED_HERE',
			isBilled: rate('isBilled'),
			types: 'APPLIED_HERE',
		},
		ordering: billFilters.includes('billDate') ? 'WINDOWED' : 'WHOLE',
		announcesTotal: true,
		maxPageSize: null,
		accountRequired: false,
		accounts: 'FROM_BILLS',
		documents: 'LINK_OR_INLINE',
		billHistory: null,
		rateHistory: null,
		notes: [
			...TMF_NOTES,
			'A v4 server must only know fields, offset and limit. Filters that yours carries out can be named in the connection; they are checked here all the same.',
			'v2.1 and v5 records are read too: integer error codes, appliedBillingRateType, partyOrPartyRole.',
		],
	};
}
