/** Two readers of one connection, each with an account of their own, behind one cache: each asks by everything the other knows. */
import { createHash } from 'node:crypto';

import { CachedConnector } from '../../graphql/cache/cachedConnector';
import { Once } from '../../graphql/cache/once';
import { MemoryStore } from '../../graphql/cache/store';
import { encodeGlobalId } from '../../graphql/globalId';
import { ProviderConnections } from '../../graphql/providerConnections';
import { access } from '../../graphql/server/access/accessConfig';
import { authenticatorOf } from '../../graphql/server/access/authenticator';
import { type GraphServer, buildServer } from '../../graphql/server/app';
import { systemClock } from '../../graphql/server/systemClock';
import { OPEN_ON_THIS_MACHINE } from '../graphql/support/appOptions';
import { MemoryConnector } from '../graphql/support/memoryConnector';
import { account, bill, day, euros, identity, rate } from '../graphql/support/records';
import { type WireAnswer, askAt, bearer } from '../graphql/support/wire';

const TENANTS = ['A1', 'A2'] as const;
type Tenant = (typeof TENANTS)[number];
const BILLS_EACH = 3;

/** Stands in everything that belongs to the tenant: where it shows, it was read. */
const mark = (tenant: Tenant): string => `belongs-to-${tenant}`;
const billId = (tenant: Tenant, nth: number): string => `${tenant}-bill-${nth}`;
const numbers = Array.from({ length: BILLS_EACH }, (_, index) => index + 1);

let source: MemoryConnector;
let server: GraphServer;
let url: string;
const faults: unknown[] = [];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
	const bills = TENANTS.flatMap((tenant) =>
		numbers.map((nth) =>
			bill({
				identity: identity({ remoteId: billId(tenant, nth) }),
				number: `${mark(tenant)}-${nth}`,
				billDate: day(`2026-01-0${nth}`),
				total: euros(tenant === 'A1' ? '1111' : '2222'),
				billingAccount: { id: tenant, number: null, name: mark(tenant) },
				documents: [
					{
						bill: identity({ remoteId: billId(tenant, nth) }),
						id: 'd',
						name: mark(tenant),
						mediaType: null,
						size: null,
						source: { kind: 'OPERATION' },
					},
				],
				raw: { of: mark(tenant) },
			}),
		),
	);
	const rates = TENANTS.flatMap((tenant) =>
		numbers.map((nth) =>
			rate({
				identity: { remoteId: `${tenant}-rate-${nth}` },
				name: mark(tenant),
				bill: { scope: '', remoteId: billId(tenant, nth) },
				billingAccountId: tenant,
				raw: { of: mark(tenant) },
			}),
		),
	);
	const accounts = TENANTS.map((tenant) => account({ identity: { remoteId: tenant }, name: mark(tenant) }));
	source = new MemoryConnector({ connection: 'brm', bills, rates, accounts, announcesTotal: true, pageSize: 2 });
	const connector = new CachedConnector(source, {
		store: new MemoryStore(1_000),
		once: new Once(null, systemClock),
		clock: systemClock,
		freshForMs: 600_000,
		name: (operation, subject) => JSON.stringify([operation, subject]),
	});
	const keys = [
		...TENANTS.map((id) => ({ id, connections: ['brm'], accounts: [id as string] })),
		{ id: 'all', connections: ['*'], accounts: ['*'] },
	];
	const config = access.parse({ apiKeys: keys.map((key) => ({ ...key, sha256: sha256(key.id) })) });
	const persisted = new Map([[sha256(LIST), LIST]]);
	server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		federation: true,
		persisted: { manifest: persisted, only: false },
		connections: new ProviderConnections([{ ...source.configured(), connector }]),
		timeoutMs: 2_000,
		cursorKey: 'a key for tests only',
		serves: '',
		door: { authenticate: authenticatorOf(config), open: false, onlyThisMachine: false },
		reportFault: (error) => faults.push(error),
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
	// Whoever may read everything has read everything: it is all in the cache.
	for (const query of [LIST, RATES, ACCOUNTS, SUMS]) await ask('all', query);
	for (const tenant of TENANTS) await ask('all', BY_ID, byIdOf(tenant));
});

afterAll(() => server.close());

const ask = <Data = unknown>(
	key: string,
	query: string,
	variables: Record<string, unknown> = {},
): Promise<WireAnswer<Data>> => askAt<Data>(url, query, { variables, headers: bearer(key) });

const BILL = `id number total { amount } raw billingAccount { id name } documents { path name }
	rates { nodes { id name raw } } reconciliation { status }`;
const LIST = `query List($after: String) { bills(first: 2, after: $after) { nodes { ${BILL} } totalCount pageInfo { endCursor hasNextPage } } }`;
const RATES = '{ rates { nodes { id name raw bill { number } } } }';
const ACCOUNTS = '{ billingAccounts { nodes { id name bills { nodes { number } } } } }';
const SUMS = `{ spend(groupBy: [ACCOUNT]) { rows { documents billingAccount { name } total { amount { amount } } } }
	billCounts(groupBy: TYPE) { key bills } }`;
const BY_ID = `query ($bill: ID!, $rate: ID!, $account: ID!, $all: [ID!]!, $entities: [_Any!]!) {
	bill(id: $bill) { ${BILL} } node(id: $rate) { ... on Rate { name raw } } billingAccount(id: $account) { name bills { nodes { number } } }
	nodes(ids: $all) { id ... on Bill { number } ... on Rate { name } ... on BillingAccount { name } }
	_entities(representations: $entities) { ... on Bill { number raw } ... on BillingAccount { name bills { nodes { number } } } }
}`;

function byIdOf(tenant: Tenant): Record<string, unknown> {
	const bills = numbers.map((nth) =>
		encodeGlobalId({ type: 'Bill', connection: 'brm', id: { scope: '', remoteId: billId(tenant, nth) } }),
	);
	const ofBill = { scope: '', remoteId: billId(tenant, 1) };
	const rates = encodeGlobalId({
		type: 'Rate',
		connection: 'brm',
		id: { scope: '', remoteId: `${tenant}-rate-1` },
		bill: ofBill,
	});
	const own = encodeGlobalId({ type: 'BillingAccount', connection: 'brm', remoteId: tenant });
	return {
		bill: bills[0],
		rate: rates,
		account: own,
		all: [...bills, rates, own],
		entities: [
			{ __typename: 'Bill', id: bills[0] },
			{ __typename: 'BillingAccount', id: own },
		],
	};
}

const other = (tenant: Tenant): Tenant => (tenant === 'A1' ? 'A2' : 'A1');

describe.each(TENANTS)('the reader of %s', (tenant) => {
	const foreign = mark(other(tenant));

	it('has all of their own by list, page by page, and nothing of the other’s', async () => {
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const {
				data,
				errors,
			}: WireAnswer<{
				bills: {
					nodes: { number: string }[];
					totalCount: number | null;
					pageInfo: { endCursor: string; hasNextPage: boolean };
				};
			}> = await ask(tenant, LIST, { after });
			expect(errors).toEqual([]);
			expect(JSON.stringify(data)).not.toContain(foreign);
			expect([null, BILLS_EACH]).toContain(data.bills.totalCount);
			seen.push(...data.bills.nodes.map(({ number }) => number));
			after = data.bills.pageInfo.hasNextPage ? data.bills.pageInfo.endCursor : null;
		} while (after !== null);
		expect(seen.sort()).toEqual(numbers.map((nth) => `${mark(tenant)}-${nth}`));
	});

	it.each([
		['rates', RATES],
		['accounts', ACCOUNTS],
	])('has their own %s, and nothing of the other’s', async (_what, query) => {
		const { data } = await ask(tenant, query);
		expect(JSON.stringify(data)).toContain(mark(tenant));
		expect(JSON.stringify(data)).not.toContain(foreign);
	});

	it('has sums and counts of their own bills alone', async () => {
		const { data } = await ask<{ spend: { rows: { documents: number }[] }; billCounts: { bills: number }[] }>(
			tenant,
			SUMS,
		);
		expect(data.spend.rows.map(({ documents }) => documents)).toEqual([BILLS_EACH]);
		expect(data.billCounts.map(({ bills }) => bills)).toEqual([BILLS_EACH]);
		expect(JSON.stringify(data)).not.toContain(foreign);
	});

	it('reads by id, entity and file what is theirs, and none of the other’s, though all of it is in the cache', async () => {
		const own = await ask(tenant, BY_ID, byIdOf(tenant));
		expect(own.errors).toEqual([]);
		const { data, errors } = await ask(tenant, BY_ID, byIdOf(other(tenant)));
		expect(data).toMatchObject({ bill: null, node: null, billingAccount: null });
		expect(JSON.stringify({ data, errors })).not.toContain(foreign);
		expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(new Set(['NOT_FOUND']));
		for (const [of, status] of [
			[tenant, 200],
			[other(tenant), 404],
		] as const) {
			const ref = { scope: '', billId: billId(of, 1), documentId: 'd' };
			const path = `/documents/${encodeGlobalId({ type: 'Document', connection: 'brm', document: ref })}`;
			expect((await fetch(`${url}${path}`, { headers: bearer(tenant) })).status).toBe(status);
		}
	});

	it('goes on from no cursor of the other', async () => {
		const { data } = await ask<{ bills: { pageInfo: { endCursor: string } } }>(other(tenant), LIST);
		const { errors } = await ask(tenant, LIST, { after: data.bills.pageInfo.endCursor });
		expect(errors[0]?.extensions['code']).toBe('BAD_CURSOR');
	});

	it('gets their own answer to an operation that both name by its hash', async () => {
		const body = JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(LIST) } } });
		const headers = { 'content-type': 'application/json', ...bearer(tenant) };
		const text = await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
		expect(text).toContain(mark(tenant));
		expect(text).not.toContain(foreign);
	});

	it('who asks at the same moment as the other shares no answer', async () => {
		const reads = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? tenant : other(tenant)));
		const answers = await Promise.all(
			reads.map(async (reader) => [reader, JSON.stringify((await ask(reader, LIST)).data)] as const),
		);
		for (const [reader, text] of answers) {
			expect(text).toContain(mark(reader));
			expect(text).not.toContain(mark(other(reader)));
		}
	});
});

it('no fault of the server’s own came of any of it', () => {
	expect(faults).toEqual([]);
});
