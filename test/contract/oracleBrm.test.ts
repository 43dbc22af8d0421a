/** Oracle BRM's customerBillManagement/v4, operation by operation and parameter by parameter, as its REST reference writes them. */
import { OracleBrmApi, OracleBrmConnector } from '../../providers/oracleBrm/connector';
import { DEMO_CREDENTIALS } from '../../sandbox/demoCredentials';
import {
	type Contract,
	type Documented,
	type Sample,
	type Samples,
	expectSent,
	namedBy,
	namedIn,
	rowsOf,
} from './support/operations';
import { Stand } from './support/stand';

const BASE = '/brm/customerBillManagement/v4';

/** Ids are POIDs: plus signs, which a query must not let pass for spaces. */
const BILL: Sample = ['0.0.0.1+-bill+106861', '0.0.0.1%2B-bill%2B106861'];
const ACCOUNT: Sample = ['0.0.0.1+-account+107117', '0.0.0.1%2B-account%2B107117'];
const CYCLE: Sample = ['0.0.0.1+-billinfo+107117', '0.0.0.1%2B-billinfo%2B107117'];
const ITEM: Sample = ['0.0.0.1+-item-cycle_forward+1', '0.0.0.1%2B-item-cycle_forward%2B1'];

/** The examples of releases 12.0 and 15.0; an offset is sent as the same moment in UTC. */
const DATE_TIMES: readonly Sample[] = [
	['2020-01-01T12:00:27.000Z', '2020-01-01T12%3A00%3A27.000Z'],
	['2020-01-01T04:00:27-08:00', '2020-01-01T12%3A00%3A27.000Z'],
	['2020-01-01T04:00:27+03:00', '2020-01-01T01%3A00%3A27.000Z'],
];
const AMOUNTS: readonly Sample[] = [
	[20, '20'],
	['123456789012345.678', '123456789012345.678'],
	['-0.10', '-0.1'],
];

const COUNTS = {
	limit: [[10, '10']],
	offset: [
		[0, '0'],
		[10, '10'],
	],
} as const satisfies Samples;

function typed(resource: string): Samples {
	return {
		'@type': [
			[resource, resource],
			[`${resource}Oracle`, `${resource}Oracle`],
		],
	};
}

/** Records without an id are worth nothing, so id and href are asked for with every list of fields. */
function fields(names: string): Samples {
	return { fields: [[names, encodeURIComponent(`id,href,${names}`)]] };
}

function compared(name: string, samples: readonly Sample[]): Samples {
	return {
		[name]: samples,
		[`${name}.gt`]: samples,
		[`${name}.gte`]: samples,
		[`${name}.lt`]: samples,
		[`${name}.lte`]: samples,
	};
}

/** "Get Customer Bills": 41 filters, and @type, fields, limit and offset. */
const BILL_PARAMETERS: Samples = {
	...typed('CustomerBill'),
	...compared('amountDue.value', AMOUNTS),
	...compared('billDate', DATE_TIMES),
	billNo: [
		['B1-28', 'B1-28'],
		['bill in progress', 'bill%20in%20progress'],
	],
	'billNo.like': [['B1-%', 'B1-%25']],
	'billingAccount.id': [ACCOUNT, ['0.0.0.1-107117', '0.0.0.1-107117']],
	...compared('billingPeriod.endDateTime', DATE_TIMES),
	...compared('billingPeriod.startDateTime', DATE_TIMES),
	...fields('billDate,paymentDueDate'),
	id: [BILL],
	...compared('lastUpdate', DATE_TIMES),
	...COUNTS,
	...compared('paymentDueDate', DATE_TIMES),
	...compared('remainingAmount.value', AMOUNTS),
	'remainingAmount.value.like': [['1%', '1%25']],
	state: [
		['new', 'new'],
		['partiallyPaid', 'partiallyPaid'],
		['settled', 'settled'],
		['inProgress', 'inProgress'],
	],
};

const OPERATIONS: readonly Documented<OracleBrmApi>[] = [
	{
		request: 'GET /customerBill',
		path: '/customerBill',
		parameters: BILL_PARAMETERS,
		call: (api, parameters) => api.customerBills(parameters),
	},
	{
		request: 'GET /customerBill/{id}',
		path: `/customerBill/${BILL[1]}`,
		parameters: { ...typed('CustomerBill'), ...fields('billDate,state') },
		call: (api, parameters) => api.customerBill(String(BILL[0]), parameters),
	},
	{
		request: 'GET /appliedCustomerBillingRate',
		path: '/appliedCustomerBillingRate',
		parameters: {
			...typed('AppliedCustomerBillingRate'),
			'bill.id': [BILL, ['B1-28', 'B1-28']],
			'billingAccount.id': [ACCOUNT],
			...fields('isBilled,name'),
			id: [ITEM],
			isBilled: [
				[true, 'true'],
				[false, 'false'],
			],
			...COUNTS,
		},
		call: (api, parameters) => api.appliedCustomerBillingRates(parameters),
	},
	{
		request: 'GET /appliedCustomerBillingRate/{id}',
		path: `/appliedCustomerBillingRate/${ITEM[1]}`,
		parameters: { ...typed('AppliedCustomerBillingRate'), ...fields('name') },
		call: (api, parameters) => api.appliedCustomerBillingRate(String(ITEM[0]), parameters),
	},
	{
		request: 'GET /customerBillOnDemand',
		path: '/customerBillOnDemand',
		parameters: { ...typed('CustomerBillOnDemand'), 'billingAccount.id': [ACCOUNT], id: [BILL], ...COUNTS },
		call: (api, parameters) => api.customerBillsOnDemand(parameters),
	},
	{
		request: 'GET /customerBillOnDemand/{id}',
		path: '/customerBillOnDemand/0.0.0.1%2B-bill-on_demand%2B1',
		parameters: typed('CustomerBillOnDemand'),
		call: (api, parameters) => api.customerBillOnDemand('0.0.0.1+-bill-on_demand+1', parameters),
	},
	{
		request: 'POST /customerBillOnDemand',
		path: '/customerBillOnDemand',
		parameters: {},
		headers: { 'content-type': 'application/json' },
		body: { billingAccount: { id: ACCOUNT[0] } },
		call: (api) => api.createCustomerBillOnDemand({ billingAccount: { id: String(ACCOUNT[0]) } }),
	},
];

/** Filters that only the extended types know; the type goes with them. */
const EXTENDED: readonly Documented<OracleBrmApi>[] = [
	{
		request: 'GET /customerBill',
		path: '/customerBill',
		required: { '@type': [['CustomerBillOracle', 'CustomerBillOracle']] },
		parameters: { 'billingCycleSpecification.id': [CYCLE] },
		call: (api, parameters) => api.customerBills(parameters),
	},
	{
		request: 'GET /appliedCustomerBillingRate',
		path: '/appliedCustomerBillingRate',
		required: { '@type': [['AppliedCustomerBillingRateOracle', 'AppliedCustomerBillingRateOracle']] },
		parameters: { serviceId: [['SVC-0.0.0.1-107117-19', 'SVC-0.0.0.1-107117-19']] },
		call: (api, parameters) => api.appliedCustomerBillingRates(parameters),
	},
];

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start();
	// There must be one to get.
	await brm().createCustomerBillOnDemand({ billingAccount: { id: String(ACCOUNT[0]) } });
});
afterAll(() => stand.close());

function deps() {
	const { clientId, clientSecret, scope } = DEMO_CREDENTIALS.oracleBrm;
	const tokenUrls: [string] = [stand.url('/idcs/oauth2/v1/token')];
	return stand.deps({ kind: 'CLIENT_CREDENTIALS', tokenUrls, clientId, clientSecret, scope });
}

function brm(): OracleBrmApi {
	return new OracleBrmApi({ connection: 'brm', baseUrl: stand.url(BASE) }, deps());
}

const CONTRACT: Contract = { base: BASE, headers: { accept: 'application/json' }, auth: ['Bearer'] };

it.each(rowsOf([...OPERATIONS, ...EXTENDED]))('$title', async (row) => {
	await expectSent(stand, brm(), CONTRACT, row);
});

it('"Get Customer Bills" has 41 filters, and 45 parameters with @type, fields, limit and offset', () => {
	expect(Object.keys(BILL_PARAMETERS)).toHaveLength(45);
});

it('the capabilities list these operations and parameters, and no others', () => {
	const { capabilities } = new OracleBrmConnector({ connection: 'brm', baseUrl: stand.url(BASE) }, deps());
	const more: Readonly<Record<string, string>> = {
		'GET /customerBill': 'billingCycleSpecification.id',
		'GET /appliedCustomerBillingRate': 'serviceId',
	};
	const documented = namedBy(OPERATIONS).map(({ request, parameters }) => ({
		request,
		parameters: [...parameters, ...(more[request] === undefined ? [] : [more[request]])].sort(),
	}));
	expect(namedIn(capabilities.operations)).toEqual(documented);
});

it('a bill on demand takes every member of the document, and @type with a billing cycle', async () => {
	await stand.forget();
	const request = {
		billingAccount: { id: String(ACCOUNT[0]) },
		customerBill: { id: String(BILL[0]) },
		description: 'Final bill',
		lastUpdate: '2026-11-23T00:00:00Z',
		name: 'Final',
		relatedParty: { id: 'P-1', name: 'Ada' },
		state: 'inProgress',
		billingCycleSpecification: { id: String(CYCLE[0]) },
	};
	await brm().createCustomerBillOnDemand(request);
	expect(await stand.seen()).toMatchObject([
		{ method: 'POST', body: { ...request, '@type': 'CustomerBillOnDemand_CreateOracle' }, status: 201 },
	]);
});

it('the token is asked for with Basic, grant_type and scope', async () => {
	const api = brm();
	await stand.forget();
	await api.customerBills({ limit: 1 });
	const [token] = await stand.allSeen();
	expect(token).toMatchObject({
		method: 'POST',
		path: '/idcs/oauth2/v1/token',
		auth: ['Basic'],
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: `grant_type=client_credentials&scope=${DEMO_CREDENTIALS.oracleBrm.scope}`,
		status: 200,
	});
});

it('Access Management gets its identity domain as a header', async () => {
	const { clientId, clientSecret, identityDomain } = DEMO_CREDENTIALS.oracleBrm;
	const signIn = stand.deps({
		kind: 'CLIENT_CREDENTIALS',
		tokenUrls: [stand.url('/oam/oauth2/rest/token')],
		clientId,
		clientSecret,
		headers: { 'X-OAUTH-IDENTITY-DOMAIN-NAME': identityDomain },
	});
	await stand.forget();
	await new OracleBrmApi({ connection: 'brm', baseUrl: stand.url(BASE) }, signIn).customerBills({ limit: 1 });
	expect(await stand.allSeen()).toMatchObject([
		{ path: '/oam/oauth2/rest/token', headers: { 'x-oauth-identity-domain-name': identityDomain }, status: 200 },
		{ path: `${BASE}/customerBill`, auth: ['Bearer'], status: 200 },
	]);
});

it('a test system is asked without a token', async () => {
	await stand.forget();
	const baseUrl = stand.url('/brm-open/customerBillManagement/v4');
	await new OracleBrmApi({ connection: 'test', baseUrl }, stand.deps({ kind: 'NONE' })).customerBills({ limit: 1 });
	expect(await stand.allSeen()).toMatchObject([{ method: 'GET', auth: [], status: 200 }]);
});
