/** What cannot be meant is refused before any request, by the name of the parameter, with what is allowed. */
import type { BillConnector } from '../../providers/connector';
import { FloLiveApi } from '../../providers/floLive/api';
import { LumenApi } from '../../providers/lumen/api';
import { OracleBrmApi } from '../../providers/oracleBrm/connector';
import { OrangeBusinessApi } from '../../providers/orangeBusiness/api';
import { StandardTmf678Api } from '../../providers/tmf678/standard';
import { billingError } from '../providers/support/errors';
import { WAYS, type Way } from './support/connections';
import { Stand } from './support/stand';

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start();
});
afterAll(() => stand.close());

type Refused = readonly [what: string, parameter: string, allowed: RegExp];

/** One that takes a request at least: the first of each provider, both Lumen versions, TMF678 beside its dialect. */
const CONNECTORS: readonly Way[] = [
	...new Map(WAYS.map((way) => [way.title.replace(/,.*/, ''), way] as const)).values(),
];

/** Callers without a compiler (workflows, configuration) may give anything. */
function loose(query: unknown): never {
	return query as never;
}

async function refusal(outcome: Promise<unknown> | (() => unknown)) {
	await stand.forget();
	const error = await billingError(outcome);
	expect(await stand.allSeen()).toEqual([]);
	return error;
}

async function expectRefused(outcome: Promise<unknown> | (() => unknown), [, parameter, allowed]: Refused) {
	const error = await refusal(outcome);
	expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter, retryable: false, status: null });
	expect(error.message).toContain(`'${parameter}'`);
	expect(`${error.message} ${error.hint ?? ''}`).toMatch(allowed);
}

async function drain(pages: AsyncIterable<unknown>): Promise<void> {
	for await (const page of pages) expect(page).toBeDefined();
}

const A_DATE = /YYYY-MM-DD/;
const FILTERS = /Filters are: .*billDate/;

const BILL_QUERIES: readonly (readonly [...Refused, query: unknown])[] = [
	['an unknown filter', 'colour', FILTERS, { colour: 'red' }],
	['a filter in other letters', 'billdate', FILTERS, { billdate: { from: '2026-01-01' } }],
	['a date that is none', 'billDate.from', A_DATE, { billDate: { from: '2026-02-30' } }],
	['a date the other way round', 'billDate.to', A_DATE, { billDate: { to: '31.01.2026' } }],
	['a date-time for a date', 'billDate.from', A_DATE, { billDate: { from: '2026-01-01T00:00:00Z' } }],
	['a date without from and to', 'billDate', /from.*to/, { billDate: '2026-01-01' }],
	['a range without ends', 'billDate', /from nor to/, { billDate: {} }],
	['an end that is neither', 'billDate.until', /from nor to/, { billDate: { until: '2026-01-01' } }],
	['a range that runs back', 'billDate', /no later than/, { billDate: { from: '2026-02-01', to: '2026-01-01' } }],
	['a total that is no decimal', 'total.from', /decimal/, { total: { from: '1,50' } }],
	['a total that is a number', 'total.from', /decimal as text/, { total: { from: 1.5 } }],
	['page size 0', 'pageSize', /from 1|1 or more/, { pageSize: 0 }],
	['page size -1', 'pageSize', /from 1|1 or more/, { pageSize: -1 }],
	['half a page', 'pageSize', /whole number/, { pageSize: 1.5 }],
	['a page size that is text', 'pageSize', /whole number/, { pageSize: '10' }],
	['no rows', 'maxRows', /1 or more/, { maxRows: 0 }],
	['an empty account', 'accounts', /is empty/, { accounts: [''] }],
	['an account of blanks', 'accounts', /is empty/, { accounts: [' '] }],
	['no accounts at all', 'accounts', /at least one/, { accounts: [] }],
	['an account that is no list', 'accounts', /not a list/, { accounts: '5-ABCD5678' }],
	['an empty id', 'ids', /is empty/, { ids: [''] }],
	['an id with a line break', 'ids', /control character/, { ids: ['1\n2'] }],
	['an unknown type', 'types', /INVOICE, CREDIT_NOTE/, { types: ['RECEIPT'] }],
	['an empty number', 'numbers', /is empty/, { numbers: [''] }],
	['an empty pattern', 'numberLike', /is empty/, { numberLike: '' }],
	['an unknown order', 'order.field', /BILL_DATE, DUE_DATE/, { order: { field: 'COLOUR', direction: 'ASC' } }],
	['an unknown direction', 'order.direction', /ASC, DESC/, { order: { field: 'BILL_DATE', direction: 'UP' } }],
	['a place without an order', 'after', /order/, { after: { sortKey: '2026-01-01', scope: '', remoteId: '1' } }],
	[
		'a place that is no date',
		'after',
		A_DATE,
		{ order: { field: 'BILL_DATE', direction: 'ASC' }, after: { sortKey: 'x', scope: '', remoteId: '1' } },
	],
];

const RATE_QUERIES: readonly (readonly [...Refused, query: unknown])[] = [
	['an unknown filter', 'colour', /Filters are: bill,/, { colour: 'red' }],
	['a date that is none', 'billDate.to', A_DATE, { billDate: { to: '2026-13-01' } }],
	['page size 0', 'pageSize', /from 1|1 or more/, { pageSize: 0 }],
	['an empty account', 'accounts', /is empty/, { accounts: [''] }],
	['an empty bill', 'bill', /is empty/, { bill: { scope: '', remoteId: '' } }],
	['an unknown type', 'types', /RECURRING, ONE_TIME/, { types: ['TIP'] }],
	['isBilled that is text', 'isBilled', /true nor false/, { isBilled: 'yes' }],
];

describe.each(CONNECTORS)('$title', (way) => {
	let connector: BillConnector;
	beforeAll(async () => {
		connector = await way.connect(stand);
	});

	it.each(BILL_QUERIES)('bills with %s', async (...[what, parameter, allowed, query]) => {
		await expectRefused(drain(connector.bills(loose(query))), [what, parameter, allowed]);
	});

	it.each(RATE_QUERIES)('rates with %s', async (...[what, parameter, allowed, query]) => {
		const rates = (): Promise<void> => drain(connector.rates(loose(query)));
		if (connector.capabilities.rateFilters !== null) await expectRefused(rates, [what, parameter, allowed]);
		else expect(await refusal(rates)).toMatchObject({ kind: 'NOT_OFFERED' });
	});

	it('accounts with an unknown filter, an empty id, no rows', async () => {
		const accounts = (query: unknown) => drain(connector.accounts(loose(query)));
		await expectRefused(accounts({ colour: 'red' }), ['', 'colour', /ids, nameLike|ids/]);
		await expectRefused(accounts({ ids: [''] }), ['', 'ids', /is empty/]);
		await expectRefused(accounts({ maxRows: 0 }), ['', 'maxRows', /1 or more/]);
	});

	it('every filter that the capabilities refuse, with those that they do not', async () => {
		const samples: Readonly<Record<string, unknown>> = {
			states: ['NEW'],
			categories: ['normal'],
			dueDate: { from: '2026-01-01' },
			lastUpdate: { from: '2026-01-01T00:00:00Z' },
			amountDue: { from: '1' },
			remaining: { from: '1' },
		};
		const refused = Object.entries(connector.capabilities.billFilters).flatMap(([name, support]) =>
			support === 'REFUSED' ? [name] : [],
		);
		for (const name of refused) {
			expect(Object.keys(samples)).toContain(name);
			await expectRefused(drain(connector.bills(loose({ [name]: samples[name] }))), ['', name, FILTERS]);
		}
	});
});

describe('limits that providers document', () => {
	it.each(['v1', 'v2'] as const)('1001 rows at Lumen %s', async (version) => {
		const way = WAYS.find(({ title }) => title.startsWith(`Lumen ${version}`)) as Way;
		const connector = await way.connect(stand);
		await expectRefused(drain(connector.bills({ pageSize: 1001 })), ['', 'pageSize', /from 1 to 1000/]);
		await expectRefused(drain(connector.rates({ pageSize: 1001 })), ['', 'pageSize', /from 1 to 1000/]);
	});

	it('accounts that a connection does not have, where it must name them', async () => {
		for (const title of ['Lumen v1', 'Lumen v2', 'floLIVE']) {
			const connector = await (WAYS.find((way) => way.title.startsWith(title)) as Way).connect(stand);
			await expectRefused(drain(connector.bills({ accounts: ['0815'] })), ['', 'accounts', /configured with/]);
		}
	});
});

const NONE = { kind: 'NONE' } as const;
const lumen = (apiVersion: 'v1' | 'v2') =>
	new LumenApi({ connection: 'c', baseUrl: stand.url('/lumen'), accounts: ['1'], apiVersion }, stand.deps(NONE));
const brm = () => new OracleBrmApi({ connection: 'c', baseUrl: stand.url('/brm') }, stand.deps(NONE));
const tmf = () => new StandardTmf678Api({ connection: 'c', baseUrl: stand.url('/tmf-api') }, stand.deps(NONE));
const flo = () => new FloLiveApi({ connection: 'c', baseUrl: stand.url('/flolive') }, stand.deps(NONE));
const orange = () => new OrangeBusinessApi({ connection: 'c', baseUrl: stand.url('/orange') }, stand.deps(NONE));

const LIST = { billingAccountNumber: '1', startBillDate: '2026-01-01', endBillDate: '2026-01-31' };

const API_CALLS: readonly (readonly [...Refused, call: () => unknown])[] = [
	[
		'Lumen: limit 1001',
		'limit',
		/from 1 to 1000/,
		() => lumen('v1').appliedCustomerBillingRates({ ...LIST, limit: 1001 }),
	],
	['Lumen: limit 0', 'limit', /from 1 to 1000/, () => lumen('v2').customerBills({ ...LIST, limit: 0 })],
	['Lumen: offset -1', 'offset', /0 or more/, () => lumen('v2').customerBills({ ...LIST, offset: -1 })],
	[
		'Lumen: limit of bills, which v1 does not know',
		'limit',
		/billingAccountNumber, startBillDate, endBillDate/,
		() => lumen('v1').customerBills({ ...LIST, limit: 10 }),
	],
	[
		'Lumen: a date of another form',
		'startBillDate',
		/YYYY-MM-DD/,
		() => lumen('v1').customerBills({ ...LIST, startBillDate: '01/31/2026' }),
	],
	[
		'Lumen: dates that run back',
		'startBillDate',
		/after endBillDate/,
		() => lumen('v1').customerBills({ ...LIST, endBillDate: '2025-01-01' }),
	],
	[
		'Lumen: an empty account',
		'billingAccountNumber',
		/is empty.*Give/,
		() => lumen('v1').customerBills({ ...LIST, billingAccountNumber: '' }),
	],
	['Lumen: an empty id', 'id', /is empty/, () => lumen('v1').customerBill('', '1')],
	[
		'Lumen: an empty invoice number',
		'invoiceNumber',
		/is empty/,
		() => lumen('v2').serviceLevelChargeDetails({ billingAccountNumber: '1', invoiceNumber: ' ' }),
	],
	[
		'Lumen: an unknown parameter',
		'sort',
		/Parameters are: /,
		() => lumen('v1').customerBills(loose({ ...LIST, sort: 'billDate' })),
	],
	[
		'Oracle: an unknown filter',
		'sort',
		/Parameters are: .*billDate\.gte/,
		() => brm().customerBills(loose({ sort: 'id' })),
	],
	[
		'Oracle: a date without a time zone',
		'billDate.gt',
		/offset/,
		() => brm().customerBills({ 'billDate.gt': '2026-01-01T00:00:00' }),
	],
	[
		'Oracle: an amount that is none',
		'amountDue.value',
		/decimal/,
		() => brm().customerBills({ 'amountDue.value': '1,5' }),
	],
	[
		'Oracle: a state that cannot be filtered',
		'state',
		/new, partiallyPaid, settled, inProgress/,
		() => brm().customerBills(loose({ state: 'onHold' })),
	],
	['Oracle: limit 0', 'limit', /1 or more/, () => brm().customerBills({ limit: 0 })],
	['Oracle: offset -1', 'offset', /0 or more/, () => brm().customerBills({ offset: -1 })],
	[
		'Oracle: an empty account',
		'billingAccount.id',
		/is empty/,
		() => brm().appliedCustomerBillingRates({ 'billingAccount.id': '' }),
	],
	[
		'Oracle: isBilled of text',
		'isBilled',
		/true, false/,
		() => brm().appliedCustomerBillingRates(loose({ isBilled: 'yes' })),
	],
	['Oracle: an empty id', 'id', /is empty/, () => brm().customerBill('')],
	[
		'Oracle: fields of on-demand bills',
		'fields',
		/Parameters are: /,
		() => brm().customerBillsOnDemand(loose({ fields: 'id' })),
	],
	[
		'Oracle: a bill on demand without an account',
		'billingAccount.id',
		/Name the billing account/,
		() => brm().createCustomerBillOnDemand({ billingAccount: { id: '' } }),
	],
	[
		'Oracle: the wrong type for a filter',
		'@type',
		/CustomerBillOracle/,
		() => brm().customerBills({ '@type': 'CustomerBill', 'billingCycleSpecification.id': '1' }),
	],
	[
		'TMF678: an unknown filter',
		'colour',
		/Parameters are: fields, offset, limit/,
		() => tmf().customerBills(loose({ colour: 'red' })),
	],
	['TMF678: limit 0', 'limit', /1 or more/, () => tmf().customerBills({ limit: 0 })],
	[
		'TMF678: a date that is none',
		'billDate.lte',
		/offset.*or a date/,
		() => tmf().customerBills({ 'billDate.lte': 'yesterday' }),
	],
	['floLIVE: an empty customer', 'customerId', /is empty/, () => flo().invoices(' ')],
	['floLIVE: no invoices', 'id', /at least one/, () => flo().downloadInvoices('20100', [])],
	['floLIVE: an empty invoice', 'id', /is empty/, () => flo().downloadInvoices('20100', [''])],
	['floLIVE: an empty user', 'userId', /is empty/, () => flo().users('20100', '')],
	['floLIVE: page -1', 'page', /0 or more/, () => flo().users('20100', undefined, { page: -1, size: 10 })],
	['floLIVE: size 0', 'size', /1 or more/, () => flo().users('20100', undefined, { page: 0, size: 0 })],
	['Orange: limit 0', 'limit', /1 or more/, () => orange().bills({ limit: 0 })],
	['Orange: offset -1', 'offset', /0 or more/, () => orange().bills({ offset: -1 })],
	['Orange: an empty id', 'billId', /is empty/, () => orange().bill('')],
	[
		'Orange: an empty account',
		'filters.billingAccount.id',
		/is empty/,
		() => orange().bills({ filters: { 'billingAccount.id': '' } }),
	],
	[
		'Orange: a filter that is no attribute',
		'filters.limit',
		/parameter of its own/,
		() => orange().bills({ filters: { limit: '1' } }),
	],
	['Orange: an unknown parameter', 'colour', /offset, limit, sort/, () => orange().bills(loose({ colour: 'red' }))],
	[
		'Orange: a date word that is none',
		'filters.issuedAt',
		/last30days.*atOrBefore/,
		() => orange().bills({ filters: { issuedAt: 'yesterday' } }),
	],
	[
		'Orange: a day that is none',
		'filters.issuedAt',
		/last30days/,
		() => orange().bills({ filters: { issuedAt: 'after2026-02-30' } }),
	],
	['Orange: an unknown operator', 'query', /\$eq, \$neq/, () => orange().search({ type: { $ne: 'invoice' } })],
	[
		'Orange: an unknown order of counters',
		'sort',
		/key, -key, value, -value/,
		() => orange().snapshots('type', loose({ sort: 'size' })),
	],
	['Orange: counters of nothing', 'groupBy', /Attributes are words/, () => orange().snapshots('')],
	['Orange: a sort of nothing', 'sort', /Attributes are words/, () => orange().bills({ sort: '' })],
	['Orange: a media type that is none', 'overrideAccept', /text\/csv/, () => orange().bills({ overrideAccept: 'pdf' })],
	['Orange: an unknown mode', 'mode', /SYNCHRONOUS, ASYNCHRONOUS/, () => orange().bills({}, loose({ mode: 'LATER' }))],
];

it.each(API_CALLS)('%s', async (...[what, parameter, allowed, call]) => {
	await expectRefused(async () => call(), [what, parameter, allowed]);
});
