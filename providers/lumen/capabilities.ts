/** What Lumen offers, by API version. Sources: Customer Bill page and API guides of Lumen's API Marketplace. */
import type { Capabilities, FilterSupport, OperationCapability } from '../capabilities';
import type { Offer } from '../model/availability';
import { BILL_FIELDS, type BillField } from '../model/bill';
import { RATE_FIELDS, type RateField } from '../model/rate';
import { BILLS_FROM, RATES_FROM, historyLimit } from './history';
import { MAX_LIMIT } from './parameters';
import type { LumenApiVersion } from './settings';

const V1 = 'Billing/v1/CustomerBillManagement';
const V2 = 'Billing/v2/CustomerBillManagement';

const OPERATIONS: Readonly<Record<LumenApiVersion, readonly OperationCapability[]>> = {
	v1: [
		{
			name: 'customerBills',
			request: `GET ${V1}/customerBill`,
			parameters: ['billingAccountNumber', 'startBillDate', 'endBillDate'],
			source: 'Customer Bill, Lumen API Marketplace',
			note: 'Gives the whole range at once. 404 "No data found" is an empty list.',
		},
		{
			name: 'customerBill',
			request: `GET ${V1}/customerBill/{id}`,
			parameters: [],
			source: 'Customer Bill, Lumen API Marketplace',
		},
		{
			name: 'appliedCustomerBillingRates',
			request: `GET ${V1}/appliedCustomerBillingRate`,
			parameters: ['billingAccountNumber', 'startBillDate', 'endBillDate', 'offset', 'limit'],
			source: 'Customer Bill, Lumen API Marketplace',
			note: `limit is ${MAX_LIMIT} at most; offset is not documented.`,
		},
		{
			name: 'billImage',
			request: 'GET the URL that the bill gives',
			parameters: [],
			source: 'Customer Bill, Lumen API Marketplace',
			note: 'Where available. The token is sent to Lumen and CenturyLink hosts only.',
		},
	],
	v2: [
		{
			name: 'customerBills',
			request: `GET ${V2}/customerBill`,
			parameters: ['billingAccountNumber', 'startBillDate', 'endBillDate', 'offset', 'limit'],
			source: 'not documented in public; provider facts 1.4',
		},
		{
			name: 'serviceLevelChargeDetails',
			request: `GET ${V2}/serviceLevelChargeDetails`,
			parameters: ['billingAccountNumber', 'invoiceNumber', 'offset', 'limit'],
			source: 'not documented in public; provider facts 1.4',
		},
	],
};

function offers<Field extends string>(
	fields: readonly Field[],
	derived: readonly Field[],
	offered: readonly Field[],
): Readonly<Record<Field, Offer>> {
	const offerOf = (field: Field): Offer =>
		derived.includes(field) ? 'DERIVED' : offered.includes(field) ? 'OFFERED' : 'NOT_OFFERED';
	return Object.fromEntries(fields.map((field) => [field, offerOf(field)])) as Record<Field, Offer>;
}

const BILL_OFFERS: Readonly<Record<LumenApiVersion, Readonly<Record<BillField, Offer>>>> = {
	v1: offers(BILL_FIELDS, ['type', 'paymentStatus', 'tax'], BILL_FIELDS),
	v2: offers(
		BILL_FIELDS,
		['type', 'total', 'billingAccount'],
		['number', 'billDate', 'billDateTime', 'period', 'amountDue', 'rates'],
	),
};

const RATE_OFFERS: Readonly<Record<LumenApiVersion, Readonly<Record<RateField, Offer>>>> = {
	v1: offers(
		RATE_FIELDS,
		['tax', 'isBilled'],
		RATE_FIELDS.filter((field) => field !== 'quantity' && field !== 'unitPrice'),
	),
	v2: offers(RATE_FIELDS, ['bill', 'billingAccount', 'isBilled'], ['name', 'description', 'period', 'product', 'net']),
};

const NOTES = [
	'Bills are listed by billing account only; the accounts are configured.',
	'Response bodies are not documented in public: v1 is read as TMF678, v2 by its known field names, each told by its shape.',
	'A 404 means no data, or an account that is not yours, or a wrong address; only its words tell which.',
	'A 500 "Invalid CurrencyCode" is an error in Lumen\'s data and is not tried again.',
	'Tokens last 30 minutes. Hosts of lumen.com and of centurylink.com serve the same API.',
] as const;

const V2_NOTES = [
	'The total of a bill is currentCharges; amountDue (totalAmountDue) also holds what was carried over.',
	'Documents of one invoice that differ are bills of their own, named by invoice number and statement date.',
	'There is no bill by id: the account is listed.',
] as const;

export function capabilitiesOf(version: LumenApiVersion): Capabilities {
	const v1Only: FilterSupport = version === 'v1' ? 'APPLIED_HERE' : 'REFUSED';
	return {
		provider: 'LUMEN',
		title: version === 'v1' ? 'Lumen Customer Bill' : 'Lumen Customer Bill (API v2)',
		operations: OPERATIONS[version],
		billFields: BILL_OFFERS[version],
		rateFields: RATE_OFFERS[version],
		accountFields: { name: 'NOT_OFFERED', number: 'OFFERED' },
		billFilters: {
			accounts: 'PUSHED_DOWN',
			ids: 'APPLIED_HERE',
			numbers: 'APPLIED_HERE',
			numberLike: 'APPLIED_HERE',
			types: 'APPLIED_HERE',
			states: v1Only,
			categories: v1Only,
			billDate: 'PUSHED_DOWN',
			dueDate: v1Only,
			periodStart: 'APPLIED_HERE',
			periodEnd: 'APPLIED_HERE',
			lastUpdate: v1Only,
			amountDue: 'APPLIED_HERE',
			remaining: v1Only,
			total: 'APPLIED_HERE',
		},
		rateFilters: {
			bill: version === 'v1' ? 'PARTLY_PUSHED_DOWN' : 'PUSHED_DOWN',
			accounts: 'PUSHED_DOWN',
			ids: 'APPLIED_HERE',
			billDate: 'PUSHED_DOWN',
			isBilled: 'APPLIED_HERE',
			types: 'APPLIED_HERE',
		},
		ordering: 'WHOLE',
		announcesTotal: false,
		maxPageSize: MAX_LIMIT,
		accountRequired: true,
		accounts: 'FROM_CONFIGURATION',
		documents: 'LINK',
		billHistory: historyLimit(BILLS_FROM),
		rateHistory: historyLimit(RATES_FROM),
		notes: version === 'v1' ? NOTES : [...NOTES, ...V2_NOTES],
	};
}
