/** Orange's Billing for Business, operation by operation and parameter by parameter, as its guide and its reference write them. */
import {
	OrangeBusinessApi,
	type OrangeBusinessSettings,
	type SnapshotParameters,
} from '../../providers/orangeBusiness/api';
import type { CollectionParameters } from '../../providers/orangeBusiness/collection';
import { ORANGE_CAPABILITIES } from '../../providers/orangeBusiness/capabilities';
import type { ModeOptions } from '../../providers/orangeBusiness/requests';
import type { SearchQuery } from '../../providers/orangeBusiness/searchQuery';
import type { Authentication } from '../../providers/transport/authentication';
import { DEMO_CREDENTIALS } from '../../sandbox/demoCredentials';
import { billingError } from '../providers/support/errors';
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

const BILL = '1013390';
const REPORT = 'R189-Charges+0045120-OB00026000.csv';
const SUMMARY = 'C001-Summary+0045120.csv';
/** "Bills of type invoice with a paper sending format", the guide's example. */
const SEARCH = { $and: [{ type: 'invoice' }, { sendingFormat: 'paper' }] };

/** "offset: the index of the first item (0 for the first item)"; `limit`; `sort`, "- for descending order". */
const PAGING = {
	offset: [
		[0, '0'],
		[1, '1'],
	],
	limit: [[20, '20']],
} as const satisfies Samples;

/** "Allowed on every request; supersedes the Accept header." */
const OVERRIDE: Samples = { overrideAccept: [['application/json', 'application%2Fjson']] };

const BY_NAME: ReadonlySet<string> = new Set(['groupBy', 'offset', 'limit', 'sort', 'overrideAccept']);

/** As the API takes them: attributes to filter by apart from the parameters that every collection has. */
function asCollection(parameters: Readonly<Record<string, unknown>>): CollectionParameters {
	const entries = Object.entries(parameters);
	const filters = Object.fromEntries(entries.filter(([name]) => !BY_NAME.has(name)));
	const named = Object.fromEntries(entries.filter(([name]) => BY_NAME.has(name)));
	return { ...named, ...(Object.keys(filters).length === 0 ? {} : { filters: filters as Record<string, string> }) };
}

function collection(sort: readonly Sample[], attributes: Samples = { id: [['7001', '7001']] }): Samples {
	return { ...attributes, ...PAGING, sort, ...OVERRIDE };
}

/** "Date filters (typically issuedAt, period)". */
const DATE_WORDS: readonly Sample[] = [
	['2026-01-01/2026-01-31', '2026-01-01%2F2026-01-31'],
	['last30days', 'last30days'],
	['after2026-01-01', 'after2026-01-01'],
	['atOrAfter2026-01-01', 'atOrAfter2026-01-01'],
	['before2026-01-01', 'before2026-01-01'],
	['atOrBefore2026-01-01', 'atOrBefore2026-01-01'],
];

/** Of the guide's examples, and one that careless encoding spoils. */
const BILL_ATTRIBUTES: Samples = {
	type: [
		['invoice', 'invoice'],
		['creditNote', 'creditNote'],
	],
	sendingFormat: [['paper', 'paper']],
	'customer.id': [['17896', '17896']],
	'customer.name': [
		['ACME Corp', 'ACME%20Corp'],
		['Dupont & Fils + Söhne', 'Dupont%20%26%20Fils%20%2B%20S%C3%B6hne'],
	],
	'currency.id': [['EUR', 'EUR']],
	issuedAt: DATE_WORDS,
	period: DATE_WORDS,
};

const BY_UPDATE: readonly Sample[] = [
	['-updatedAt', '-updatedAt'],
	['type,-updatedAt', 'type%2C-updatedAt'],
];
const BY_ID: readonly Sample[] = [['-id', '-id']];

const OPERATIONS: readonly Documented<OrangeBusinessApi>[] = [
	{
		request: 'GET /bills',
		path: '/bills',
		parameters: collection(BY_UPDATE, BILL_ATTRIBUTES),
		call: (api, parameters) => api.bills(asCollection(parameters)),
	},
	{
		request: 'GET /bills/{billId}',
		path: `/bills/${BILL}`,
		parameters: OVERRIDE,
		call: (api, parameters) => api.bill(BILL, parameters),
	},
	{
		request: 'GET /bills/{billId} (Accept: application/pdf)',
		path: `/bills/${BILL}`,
		parameters: { overrideAccept: [['application/pdf', 'application%2Fpdf']] },
		headers: { accept: 'application/pdf' },
		call: async (api, parameters) => drained((await api.billPdf(BILL, parameters)).body),
	},
	{
		request: 'GET /bills/{billId}/items',
		path: `/bills/${BILL}/items`,
		parameters: collection(BY_ID),
		call: (api, parameters) => api.billItems(BILL, asCollection(parameters)),
	},
	{
		request: 'POST /bills/search',
		path: '/bills/search',
		parameters: collection(BY_UPDATE, {}),
		headers: { 'content-type': 'application/json' },
		body: SEARCH,
		call: (api, parameters) => api.search(SEARCH, asCollection(parameters)),
	},
	{
		request: 'GET /billingAccounts',
		path: '/billingAccounts',
		parameters: collection(BY_ID),
		call: (api, parameters) => api.billingAccounts(asCollection(parameters)),
	},
	{
		request: 'GET /billingAccounts/{id}',
		path: '/billingAccounts/5004711',
		parameters: OVERRIDE,
		call: (api, parameters) => api.billingAccount('5004711', parameters),
	},
	{
		request: 'GET /reports',
		path: '/reports',
		parameters: collection(BY_ID),
		call: (api, parameters) => api.reports(asCollection(parameters)),
	},
	{
		request: 'GET /reports/{reportId} (Accept: text/csv)',
		path: '/reports/R189-Charges%2B0045120-OB00026000.csv',
		parameters: { overrideAccept: [['text/csv', 'text%2Fcsv']] },
		headers: { accept: 'text/csv' },
		call: async (api, parameters) => drained((await api.report(REPORT, parameters)).body),
	},
	{
		request: 'GET /customerSpecificReports/{id}',
		path: '/customerSpecificReports/C001-Summary%2B0045120.csv',
		parameters: { overrideAccept: [['text/csv', 'text%2Fcsv']] },
		headers: { accept: 'text/csv' },
		call: async (api, parameters) => drained((await api.customerSpecificReport(SUMMARY, parameters)).body),
	},
	{
		request: 'GET /snapshots',
		path: '/snapshots',
		required: { groupBy: [['sendingFormat', 'sendingFormat']] },
		parameters: {
			'customer.id': [['17896', '17896']],
			...PAGING,
			sort: ['key', '-key', 'value', '-value'].map((sort) => [sort, sort] as const),
			...OVERRIDE,
		},
		call: (api, { groupBy, ...parameters }) =>
			api.snapshots(String(groupBy), asCollection(parameters) as SnapshotParameters),
	},
	{
		request: 'GET /status',
		path: '/status',
		parameters: OVERRIDE,
		call: (api, parameters) => api.status(parameters),
	},
	{
		request: 'GET /asyncJobs',
		path: '/asyncJobs',
		parameters: collection(BY_ID),
		call: (api, parameters) => api.asyncJobs(asCollection(parameters)),
	},
	{
		request: 'GET /asyncJobs/{id}',
		path: '/asyncJobs/7001',
		parameters: OVERRIDE,
		call: (api, parameters) => api.asyncJob('7001', parameters),
	},
	{
		request: 'GET /installedOfferIds',
		path: '/installedOfferIds',
		parameters: collection(BY_ID),
		call: (api, parameters) => api.installedOfferIds(asCollection(parameters)),
	},
];

/** Not in the documents, which know a customer-specific report by its id only; where a server lacks it, that is said. */
const UNDOCUMENTED = 'GET /customerSpecificReports';

const CONTRACT: Contract = {
	base: '/orange/billing/b2b/v1',
	headers: { accept: 'application/json' },
	auth: ['Bearer', 'x-api-key'],
};

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start();
	// There must be a job to get: the sandbox names its first one 7001.
	await orange().bills({}, { mode: 'ASYNCHRONOUS' });
});
afterAll(() => stand.close());

function twoLegged(on: Stand): Authentication {
	const tokenUrls: [string] = [on.url('/orange/oauth/v3/token')];
	return { kind: 'CLIENT_CREDENTIALS', tokenUrls, ...DEMO_CREDENTIALS.orange };
}

function orange(settings: Partial<OrangeBusinessSettings> = {}, on = stand): OrangeBusinessApi {
	const own = { connection: 'orange', baseUrl: on.url('/orange/billing/b2b/v1') };
	return new OrangeBusinessApi({ ...own, ...settings }, on.deps(twoLegged(on)));
}

async function drained(body: AsyncIterable<Uint8Array>): Promise<number> {
	let size = 0;
	for await (const chunk of body) size += chunk.length;
	expect(size).toBeGreaterThan(0);
	return size;
}

it.each(rowsOf(OPERATIONS))('$title', async (row) => {
	await expectSent(stand, orange(), CONTRACT, row);
});

it('the capabilities list these operations and parameters, and no others', () => {
	const documented = namedBy(OPERATIONS).map(({ request, parameters }) => ({
		request,
		parameters: [...new Set(parameters.map((name) => (BY_NAME.has(name) ? name : '<attribute>')))].sort(),
	}));
	const listed = namedIn(ORANGE_CAPABILITIES.operations);
	expect(listed.filter(({ request }) => request !== UNDOCUMENTED)).toEqual(documented);
	const undocumented = ORANGE_CAPABILITIES.operations.find(({ request }) => request === UNDOCUMENTED);
	expect(undocumented?.source).toMatch(/^not documented/);
});

it('parameters go together as in the guide', async () => {
	await stand.forget();
	await orange().bills({ filters: { 'customer.name': 'ACME Corp', type: 'creditNote' } });
	await orange().bills({ offset: 10, limit: 20, sort: '-updatedAt' });
	await orange().snapshots('priority', { offset: 10, limit: 30, filters: { 'customer.id': '17896' } });
	await orange().snapshots('sendingFormat', { sort: '-value' });
	expect((await stand.seen()).map(({ rawQuery }) => rawQuery.split('&').sort().join('&'))).toEqual([
		'customer.name=ACME%20Corp&type=creditNote',
		'limit=20&offset=10&sort=-updatedAt',
		'customer.id=17896&groupBy=priority&limit=30&offset=10',
		'groupBy=sendingFormat&sort=-value',
	]);
});

/** "Logical operators", "Comparison operators", "Comparison operators for arrays": an example of each. */
const SEARCHES: readonly SearchQuery[] = [
	{ type: 'invoice' },
	{ $and: [{ type: 'invoice' }, { sendingFormat: 'paper' }] },
	{ $or: [{ 'currency.id': 'GBP' }, { 'currency.id': 'JPY' }] },
	{ type: { $not: 'invoice' } },
	{ type: { $eq: 'invoice' } },
	{ type: { $neq: 'invoice' } },
	{ issuedAt: { $gt: '2026-01-01' } },
	{ issuedAt: { $gte: '2026-01-01' } },
	{ issuedAt: { $lt: '2026-01-01' } },
	{ issuedAt: { $lte: '2026-01-01' } },
	{ 'customer.id': { $in: ['9999', '17896'] } },
	{ type: { $nin: ['creditNote'] } },
];

it.each(SEARCHES.map((query) => [JSON.stringify(query), query] as const))(
	'POST /bills/search %s',
	async (_text, query) => {
		await stand.forget();
		await orange().search(query);
		expect(await stand.seen()).toMatchObject([{ method: 'POST', body: query, status: 200 }]);
	},
);

it('a search goes to /search where /bills/search is missing, and straight there from then on', async () => {
	const older = await Stand.start({ orangeSearchPath: 'search' });
	try {
		const api = orange({}, older);
		await api.search(SEARCH);
		await api.search(SEARCH);
		expect((await older.seen()).map(({ path, status }) => [path.replace(CONTRACT.base, ''), status])).toEqual([
			['/bills/search', 404],
			['/search', 200],
			['/search', 200],
		]);
	} finally {
		await older.close();
	}
});

const AS_JOB: readonly (readonly [string, (api: OrangeBusinessApi, options: ModeOptions) => Promise<unknown>])[] = [
	['GET /bills', (api, options) => api.bills({}, options)],
	[`GET /bills/${BILL}`, (api, options) => api.bill(BILL, options)],
	[`GET /bills/${BILL}/items`, (api, options) => api.billItems(BILL, {}, options)],
	[`GET /reports/${REPORT}`, async (api, options) => drained((await api.report(REPORT, {}, options)).body)],
	[
		`GET /customerSpecificReports/${SUMMARY}`,
		async (api, options) => drained((await api.customerSpecificReport(SUMMARY, {}, options)).body),
	],
	['POST /bills/search', (api, options) => api.search(SEARCH, {}, options)],
];

it.each(AS_JOB)(
	'%s as a job: X-RESPONSE-MODE, then the job until it is done, then its result',
	async (request, call) => {
		await stand.forget();
		await call(orange(), { mode: 'ASYNCHRONOUS' });
		const [asked, ...polls] = await stand.seen();
		expect(`${asked?.method ?? ''} ${asked?.path.replace(CONTRACT.base, '') ?? ''}`).toBe(request);
		expect(asked).toMatchObject({ headers: { 'x-response-mode': 'ASYNCHRONOUS' }, status: 202 });
		const job = polls[0]?.path ?? '';
		expect(job).toMatch(/\/asyncJobs\/\d+$/);
		expect(polls.map(({ path, status }) => [path, status])).toEqual([
			[job, 200],
			[job, 200],
			[`${job}/result`, 200],
		]);
		expect(polls.every(({ headers }) => headers['x-response-mode'] === undefined)).toBe(true);
	},
);

it('the token is asked for as the guide shows: Basic, a form, grant_type, Accept', async () => {
	await stand.forget();
	await orange().status();
	const [token] = await stand.allSeen();
	expect(token).toMatchObject({
		method: 'POST',
		path: '/orange/oauth/v3/token',
		auth: ['Basic'],
		headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
		body: 'grant_type=client_credentials',
		status: 200,
	});
});

it('customer-specific reports cannot be listed where a server only knows them by id: that is said', async () => {
	expect(await billingError(orange().customerSpecificReports())).toMatchObject({ kind: 'NOT_OFFERED' });
});
