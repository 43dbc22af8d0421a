/** A plain TMF678 v4 server: what the specification declares, and the filters by attribute that TMF630 describes. */
import { StandardTmf678Api, Tmf678Connector } from '../../providers/tmf678/standard';
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

const BASE = '/tmf-api/customerBillManagement/v4';
const BILL: Sample = ['0.0.0.1+-bill+106861', '0.0.0.1%2B-bill%2B106861'];
const ACCOUNT: Sample = ['0.0.0.1+-account+107117', '0.0.0.1%2B-account%2B107117'];
const ITEM: Sample = ['0.0.0.1+-item-cycle_forward+1', '0.0.0.1%2B-item-cycle_forward%2B1'];
const ORDER: Sample = ['0.0.0.1+-bill-on_demand+1', '0.0.0.1%2B-bill-on_demand%2B1'];

const DATE_TIME: readonly Sample[] = [['2020-01-01T12:00:27Z', '2020-01-01T12%3A00%3A27Z']];
const AMOUNT: readonly Sample[] = [['20.5', '20.5']];

/** TMF678 v4.0.0 declares these three for every list. */
const DECLARED = {
	fields: [['name', 'id%2Chref%2Cname']],
	offset: [[1, '1']],
	limit: [[1, '1']],
} as const satisfies Samples;

/** TMF630: `attribute=value`, and `.gt`, `.gte`, `.lt`, `.lte` behind it. */
function compared(name: string, samples: readonly Sample[]): Samples {
	return {
		[name]: samples,
		[`${name}.gt`]: samples,
		[`${name}.gte`]: samples,
		[`${name}.lt`]: samples,
		[`${name}.lte`]: samples,
	};
}

const OPERATIONS: readonly Documented<StandardTmf678Api>[] = [
	{
		request: 'GET /customerBill',
		path: '/customerBill',
		parameters: {
			...DECLARED,
			id: [BILL],
			billNo: [['B1-28', 'B1-28']],
			category: [['credit note', 'credit%20note']],
			runType: [['onCycle', 'onCycle']],
			state: ['new', 'onHold', 'validated', 'sent', 'partiallyPaid', 'settled'].map((state) => [state, state] as const),
			'billingAccount.id': [ACCOUNT],
			...compared('billDate', DATE_TIME),
			...compared('paymentDueDate', DATE_TIME),
			...compared('lastUpdate', DATE_TIME),
			...compared('billingPeriod.startDateTime', DATE_TIME),
			...compared('billingPeriod.endDateTime', DATE_TIME),
			...compared('amountDue.value', AMOUNT),
			...compared('remainingAmount.value', AMOUNT),
			...compared('taxIncludedAmount.value', AMOUNT),
			sort: [['-billDate,id', '-billDate%2Cid']],
		},
		call: (api, parameters) => api.customerBills(parameters),
	},
	{
		request: 'GET /customerBill/{id}',
		path: `/customerBill/${BILL[1]}`,
		parameters: { fields: DECLARED.fields },
		call: (api, parameters) => api.customerBill(String(BILL[0]), parameters),
	},
	{
		request: 'GET /appliedCustomerBillingRate',
		path: '/appliedCustomerBillingRate',
		parameters: {
			...DECLARED,
			id: [ITEM],
			'bill.id': [BILL],
			'billingAccount.id': [ACCOUNT],
			isBilled: [
				[true, 'true'],
				[false, 'false'],
			],
		},
		call: (api, parameters) => api.appliedCustomerBillingRates(parameters),
	},
	{
		request: 'GET /appliedCustomerBillingRate/{id}',
		path: `/appliedCustomerBillingRate/${ITEM[1]}`,
		parameters: { fields: DECLARED.fields },
		call: (api, parameters) => api.appliedCustomerBillingRate(String(ITEM[0]), parameters),
	},
	{
		request: 'GET /customerBillOnDemand',
		path: '/customerBillOnDemand',
		parameters: { ...DECLARED, id: [ORDER], 'billingAccount.id': [ACCOUNT], state: [['done', 'done']] },
		call: (api, parameters) => api.customerBillsOnDemand(parameters),
	},
	{
		request: 'GET /customerBillOnDemand/{id}',
		path: `/customerBillOnDemand/${ORDER[1]}`,
		parameters: { fields: DECLARED.fields },
		call: (api, parameters) => api.customerBillOnDemand(String(ORDER[0]), parameters),
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

const CONTRACT: Contract = { base: BASE, headers: { accept: 'application/json' }, auth: [] };

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start();
	// There must be one to get, and one to leave out.
	for (let made = 0; made < 2; made += 1) {
		await api().createCustomerBillOnDemand({ billingAccount: { id: String(ACCOUNT[0]) } });
	}
});
afterAll(() => stand.close());

const settings = () => ({ connection: 'tmf', baseUrl: stand.url(BASE) });

function api(): StandardTmf678Api {
	return new StandardTmf678Api(settings(), stand.deps({ kind: 'NONE' }));
}

it.each(rowsOf(OPERATIONS))('$title', async (row) => {
	await expectSent(stand, api(), CONTRACT, row);
});

it('the capabilities list these operations and parameters, and no others', () => {
	const { capabilities } = new Tmf678Connector(settings(), stand.deps({ kind: 'NONE' }));
	expect(namedIn(capabilities.operations)).toEqual(namedBy(OPERATIONS));
});
