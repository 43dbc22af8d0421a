/** floLIVE's customer API, operation by operation, as its pages write them. */
import { FLOLIVE_CAPABILITIES } from '../../providers/floLive/capabilities';
import { FloLiveApi, type FloLiveSettings } from '../../providers/floLive/api';
import type { Authentication } from '../../providers/transport/authentication';
import { DEMO_CREDENTIALS } from '../../sandbox/demoCredentials';
import { type Contract, type Documented, expectSent, namedBy, namedIn, rowsOf } from './support/operations';
import { Stand } from './support/stand';

const CUSTOMER = '20100';
/** The customer's newest invoice in the sandbox. */
const INVOICE = 'cef3851c-d84f-478c-aea4-4bc28428882e';
const { token, tokenHeader, username, password } = DEMO_CREDENTIALS.floLive;

/** "Get Customer Invoice List" has no parameters, "Get Customer Invoice Files" one, which travels in the body. */
const OPERATIONS: readonly Documented<FloLiveApi>[] = [
	{
		request: 'GET api/v2/customer/{id}/invoices',
		path: `/customer/${CUSTOMER}/invoices`,
		parameters: {},
		call: (api) => api.invoices(CUSTOMER),
	},
	{
		request: 'POST api/v2/customer/{id}/download-invoices',
		path: `/customer/${CUSTOMER}/download-invoices`,
		parameters: {},
		headers: { 'content-type': 'application/json' },
		body: { id: [INVOICE] },
		call: (api) => api.downloadInvoices(CUSTOMER, [INVOICE]),
	},
	{
		request: 'GET api/v2/customer/{id}/eligible-bcd',
		path: `/customer/${CUSTOMER}/eligible-bcd`,
		parameters: {},
		call: (api) => api.billingCycleDefinitions(CUSTOMER),
	},
	{
		request: 'GET api/v2/customer/{id}/user/{id}',
		path: `/customer/${CUSTOMER}/user/${CUSTOMER}1`,
		parameters: {},
		call: (api) => api.users(CUSTOMER, `${CUSTOMER}1`),
	},
];

const BEARER: Authentication = { kind: 'BEARER', token };
const CONTRACT: Contract = { base: '/flolive/api/v2', headers: { accept: 'application/json' }, auth: ['Bearer'] };

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start();
});
afterAll(() => stand.close());

function floLive(authentication = BEARER, settings: Partial<FloLiveSettings> = {}): FloLiveApi {
	const own = { connection: 'fleet', baseUrl: stand.url('/flolive'), accounts: [CUSTOMER] };
	return new FloLiveApi({ ...own, ...settings }, stand.deps(authentication));
}

it.each(rowsOf(OPERATIONS))('$title', async (row) => {
	await expectSent(stand, floLive(), CONTRACT, row);
});

it('the capabilities list these operations and parameters, and no others', () => {
	const inBody = 'POST api/v2/customer/{id}/download-invoices';
	const documented = namedBy(OPERATIONS).map(({ request }) => ({
		request,
		parameters: request === inBody ? ['id'] : [],
	}));
	expect(namedIn(FLOLIVE_CAPABILITIES.operations)).toEqual(documented);
});

it('a page of users is asked for by page and size', async () => {
	await stand.forget();
	await floLive().users(CUSTOMER, undefined, { page: 0, size: 1 });
	expect(await stand.seen()).toMatchObject([
		{ method: 'GET', path: '/flolive/api/v2/customer/20100/user', rawQuery: 'page=0&size=1', status: 200 },
	]);
});

it('the ids of invoice files go as a bare array where the connection says so, and not at all for every file', async () => {
	await stand.forget();
	await floLive(BEARER, { downloadBody: 'ARRAY' }).downloadInvoices(CUSTOMER, [INVOICE]);
	await floLive().downloadInvoices(CUSTOMER);
	expect(await stand.seen()).toMatchObject([
		{ body: [INVOICE], status: 200 },
		{ body: {}, status: 200 },
	]);
});

it.each(['/flolive', '/flolive/', '/flolive/api/v2', '/flolive//api/v2/', '/flolive/api'])(
	'the base URL %s leads to the one address',
	async (path) => {
		await stand.forget();
		await floLive(BEARER, { baseUrl: stand.url(path) }).invoices(CUSTOMER);
		expect(await stand.seen()).toMatchObject([
			{ rawPath: '/flolive/api/v2/customer/20100/invoices', rawQuery: '', status: 200 },
		]);
	},
);

const WAYS_IN: readonly (readonly [Authentication['kind'], () => Authentication, readonly string[]])[] = [
	['BEARER', () => BEARER, ['Bearer']],
	['HEADER', () => ({ kind: 'HEADER', name: tokenHeader, value: token }), [tokenHeader]],
	['BASIC', () => ({ kind: 'BASIC', username, password }), ['Basic']],
	[
		'LOGIN',
		() => ({ kind: 'LOGIN', url: stand.url('/flolive/login'), username, password, tokenPath: 'data.token' }),
		['Bearer'],
	],
];

it.each(WAYS_IN)('%s signs in, and reads the invoices of every customer', async (_kind, authentication, auth) => {
	await stand.forget();
	expect((await floLive(authentication()).invoices('20101')).rows).toHaveLength(12);
	expect(await stand.seen()).toMatchObject([{ auth, status: 200 }]);
});
