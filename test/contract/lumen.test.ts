/** Lumen's Customer Bill API, operation by operation and parameter by parameter, as its documents write them. */
import {
	type AppliedRateParameters,
	type CustomerBillParameters,
	type ServiceChargeParameters,
	LumenApi,
} from '../../providers/lumen/api';
import { capabilitiesOf } from '../../providers/lumen/capabilities';
import type { LumenApiVersion } from '../../providers/lumen/settings';
import { DEMO_CREDENTIALS } from '../../sandbox/demoCredentials';
import {
	type Contract,
	type Documented,
	type Samples,
	expectSent,
	namedBy,
	namedIn,
	rowsOf,
} from './support/operations';
import { Stand } from './support/stand';

const ACCOUNT = '5-ABCD5678';
const BILL = '512000000';

/** "You may search by billing account number (formatted 5-ABCD5678)"; in the samples, dates are YYYY-MM-DD. */
const ACCOUNT_AND_DATES = {
	billingAccountNumber: [[ACCOUNT, ACCOUNT]],
	startBillDate: [['2024-11-01', '2024-11-01']],
	endBillDate: [['2024-12-31', '2024-12-31']],
} as const satisfies Samples;

/** "Max allowed value for limit is 1000." */
const PAGING = {
	offset: [
		[0, '0'],
		[1, '1'],
	],
	limit: [
		[1, '1'],
		[1000, '1000'],
	],
} as const satisfies Samples;

const OPERATIONS: Readonly<Record<LumenApiVersion, readonly Documented<LumenApi>[]>> = {
	v1: [
		{
			request: 'GET Billing/v1/CustomerBillManagement/customerBill',
			path: '/Billing/v1/CustomerBillManagement/customerBill',
			required: ACCOUNT_AND_DATES,
			parameters: {},
			call: (api, parameters) => api.customerBills(parameters as unknown as CustomerBillParameters),
		},
		{
			request: 'GET Billing/v1/CustomerBillManagement/customerBill/{id}',
			path: `/Billing/v1/CustomerBillManagement/customerBill/${BILL}`,
			parameters: {},
			call: (api) => api.customerBill(BILL, ACCOUNT),
		},
		{
			// `offset` is no part of the documents; without it no list of more than 1000 lines could be read.
			request: 'GET Billing/v1/CustomerBillManagement/appliedCustomerBillingRate',
			path: '/Billing/v1/CustomerBillManagement/appliedCustomerBillingRate',
			required: ACCOUNT_AND_DATES,
			parameters: PAGING,
			call: (api, parameters) => api.appliedCustomerBillingRates(parameters as unknown as AppliedRateParameters),
		},
	],
	v2: [
		{
			request: 'GET Billing/v2/CustomerBillManagement/customerBill',
			path: '/Billing/v2/CustomerBillManagement/customerBill',
			required: ACCOUNT_AND_DATES,
			parameters: PAGING,
			call: (api, parameters) => api.customerBills(parameters as unknown as CustomerBillParameters),
		},
		{
			request: 'GET Billing/v2/CustomerBillManagement/serviceLevelChargeDetails',
			path: '/Billing/v2/CustomerBillManagement/serviceLevelChargeDetails',
			required: { billingAccountNumber: [[ACCOUNT, ACCOUNT]], invoiceNumber: [[BILL, BILL]] },
			parameters: PAGING,
			call: (api, parameters) => api.serviceLevelChargeDetails(parameters as unknown as ServiceChargeParameters),
		},
	],
};

/** "When available, a URL to the bill image is provided": its address is the bill's affair. */
const BILL_IMAGE = { request: 'GET the URL that the bill gives', parameters: [] };

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start();
});
afterAll(() => stand.close());

function lumen(apiVersion: LumenApiVersion): LumenApi {
	const tokenUrls = [stand.url('/lumen/oauth/v2/token')] as const;
	const deps = stand.deps({ kind: 'CLIENT_CREDENTIALS', tokenUrls: [...tokenUrls], ...DEMO_CREDENTIALS.lumen });
	return new LumenApi({ connection: 'lumen', baseUrl: stand.url('/lumen'), accounts: [ACCOUNT], apiVersion }, deps);
}

describe.each(['v1', 'v2'] as const)('Lumen %s', (version) => {
	const operations = OPERATIONS[version];
	const contract: Contract = {
		base: '/lumen',
		headers: { accept: 'application/json;charset=utf-8', 'x-billing-account-number': ACCOUNT },
		auth: ['Bearer'],
	};

	it.each(rowsOf(operations))('$title', async (row) => {
		await expectSent(stand, lumen(version), contract, row);
	});

	it('the capabilities list these operations and parameters, and no others', () => {
		const images = version === 'v1' ? [BILL_IMAGE] : [];
		expect(namedIn(capabilitiesOf(version).operations)).toEqual([...namedBy(operations), ...images]);
	});
});

it('the token is asked for as the guide shows: Basic, a form, grant_type=client_credentials', async () => {
	await stand.forget();
	await lumen('v1').customerBill(BILL, ACCOUNT);
	const [token] = await stand.allSeen();
	expect(token).toMatchObject({
		method: 'POST',
		path: '/lumen/oauth/v2/token',
		rawQuery: '',
		auth: ['Basic'],
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: 'grant_type=client_credentials',
		status: 200,
	});
});

it('the bill image is asked for at the address that the bill gives, with the token', async () => {
	const api = lumen('v1');
	await stand.forget();
	const { body } = await api.billImage(stand.url(`/lumen/documents/${BILL}.pdf`), 'bill.pdf');
	for await (const chunk of body) expect(chunk.length).toBeGreaterThan(0);
	expect(await stand.seen()).toMatchObject([
		{ method: 'GET', path: `/lumen/documents/${BILL}.pdf`, auth: ['Bearer'], status: 200 },
	]);
});
