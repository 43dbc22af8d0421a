/** As in `twoTenants.test.ts`, over connectors that ask a provider: one whose ids hold the account, and one whose ids do not. */
import { createHash } from 'node:crypto';

import { decodeGlobalId, encodeGlobalId } from '../../graphql/globalId';
import { access } from '../../graphql/server/access/accessConfig';
import { authenticatorOf } from '../../graphql/server/access/authenticator';
import { type GraphServer, buildServer } from '../../graphql/server/app';
import { systemClock } from '../../graphql/server/systemClock';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import type { TrueAccount, Truth } from '../../sandbox/control/truth';
import { type RunningSandbox, startSandbox } from '../../sandbox/server';
import { OPEN_ON_THIS_MACHINE } from '../graphql/support/appOptions';
import { connectedTo } from '../graphql/support/connected';
import { type WireAnswer, askAt, bearer } from '../graphql/support/wire';

const TODAY = '2026-11-01';
const SANDBOX_NAME = { 'lumen-us': 'lumen', brm: 'oracleBrm' } as const;
type Connection = keyof typeof SANDBOX_NAME;
const CONNECTIONS = Object.keys(SANDBOX_NAME) as readonly Connection[];
/** Each reads the account of this place of every connection. */
const TENANTS = [0, 1] as const;
type Tenant = (typeof TENANTS)[number];

const other = (tenant: Tenant): Tenant => (tenant === 0 ? 1 : 0);
const keyOf = (tenant: Tenant): string => `tenant-${tenant}`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let sandbox: RunningSandbox;
let truth: Truth;
let transport: UndiciTransport;
let server: GraphServer;
let url: string;
const faults: unknown[] = [];

const accountOf = (connection: Connection, tenant: Tenant): TrueAccount =>
	truth.providers[SANDBOX_NAME[connection]]!.accounts[tenant]!;

beforeAll(async () => {
	sandbox = await startSandbox({ today: TODAY, billsPerAccount: 5, ratesPerBill: 3 });
	truth = (await (await fetch(`${sandbox.url}/__sandbox/truth`)).json()) as Truth;
	transport = new UndiciTransport();
	const clock = { ...systemClock, now: () => Date.parse(`${TODAY}T12:00:00Z`) };
	const config = access.parse({
		apiKeys: TENANTS.map((tenant) => ({
			id: keyOf(tenant),
			sha256: sha256(keyOf(tenant)),
			connections: CONNECTIONS,
			accounts: Object.fromEntries(CONNECTIONS.map((connection) => [connection, [accountOf(connection, tenant).id]])),
		})),
	});
	server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections: await connectedTo(sandbox, { transport, clock }),
		timeoutMs: 5_000,
		cursorKey: 'a key for tests only',
		serves: '',
		door: { authenticate: authenticatorOf(config), open: false, onlyThisMachine: false },
		reportFault: (error) => faults.push(error),
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
	await server.close();
	await transport.close();
	await sandbox.close();
	expect(faults).toEqual([]);
});

interface ListedBill {
	readonly id: string;
	/** Null: in progress. */
	readonly number: string | null;
	/** Null: the provider does not say. */
	readonly documents: readonly { readonly path: string }[] | null;
	readonly rates: { readonly nodes: readonly { readonly id: string }[] };
}
interface Listed {
	readonly bills: {
		readonly nodes: readonly ListedBill[];
		readonly pageInfo: { readonly endCursor: string };
	};
}

const ask = <Data>(tenant: Tenant, query: string, variables: Record<string, unknown>): Promise<WireAnswer<Data>> =>
	askAt<Data>(url, query, { variables, headers: bearer(keyOf(tenant)) });

const LIST = `query ($connections: [ID!], $first: Int!, $after: String) {
	bills(filter: { connections: $connections }, first: $first, after: $after) {
		nodes { id number documents { path } rates { nodes { id } } } pageInfo { endCursor }
	}
}`;

const list = (tenant: Tenant, connection: Connection, first = 20, after: string | null = null) =>
	ask<Listed>(tenant, LIST, { connections: [connection], first, after });

interface WholeBill {
	readonly id: string;
	readonly number: string;
	readonly path: string;
	readonly rate: string;
}

/** An issued bill of the tenant's with a file and rates, as they themselves see it. */
async function billOf(tenant: Tenant, connection: Connection): Promise<WholeBill> {
	const { data, errors } = await list(tenant, connection);
	expect(errors).toEqual([]);
	for (const { id, number, documents, rates } of data.bills.nodes) {
		const [path, rate] = [documents?.[0]?.path, rates.nodes[0]?.id];
		if (number !== null && path !== undefined && rate !== undefined) return { id, number, path, rate };
	}
	throw new Error(`${connection} has no bill to try this with`);
}

const statusOf = async (tenant: Tenant, path: string): Promise<number> => {
	const response = await fetch(`${url}${path}`, { headers: bearer(keyOf(tenant)) });
	await response.arrayBuffer();
	return response.status;
};

const BY_IDS = `query ($bill: ID!, $rate: ID!, $account: ID!) {
	bill(id: $bill) { number rates { nodes { id } } }
	node(id: $rate) { id ... on Rate { name } }
	billingAccount(id: $account) { name bills { nodes { number } } }
}`;

const idsOf = (connection: Connection, tenant: Tenant, { id, rate }: WholeBill) => ({
	bill: id,
	rate,
	account: encodeGlobalId({ type: 'BillingAccount', connection, remoteId: accountOf(connection, tenant).id }),
});

describe.each(CONNECTIONS.flatMap((connection) => TENANTS.map((tenant) => [connection, tenant] as const)))(
	'%s, the reader of account %d',
	(connection, tenant) => {
		it('lists their own bills, every one, and none of the other’s', async () => {
			const { data } = await list(tenant, connection);
			const listed = data.bills.nodes.flatMap(({ number }) => number ?? []);
			const issued = accountOf(connection, tenant).bills.flatMap(({ number }) => number ?? []);
			const foreign = accountOf(connection, other(tenant)).bills.flatMap(({ number }) => number ?? []);
			expect(listed.filter((number) => foreign.includes(number))).toEqual([]);
			expect(listed.filter((number) => issued.includes(number)).length).toBeGreaterThan(2);
		});

		it('reads bill, rates, account and file by the ids of their own, and by none of the other’s', async () => {
			const own = await billOf(tenant, connection);
			const read = await ask(tenant, BY_IDS, idsOf(connection, tenant, own));
			expect(read.errors).toEqual([]);
			expect(read.data).toMatchObject({ bill: { number: own.number }, node: {}, billingAccount: {} });
			expect(await statusOf(tenant, own.path)).toBe(200);

			const foreign = await billOf(other(tenant), connection);
			const { data, errors } = await ask(tenant, BY_IDS, idsOf(connection, other(tenant), foreign));
			expect(data).toEqual({ bill: null, node: null, billingAccount: null });
			expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
			expect(JSON.stringify(errors)).not.toContain(foreign.number);
			expect(await statusOf(tenant, foreign.path)).toBe(404);
		});

		it('gains nothing by writing their own account into an id of the other’s', async () => {
			const foreign = await billOf(other(tenant), connection);
			const { id: account } = accountOf(connection, tenant);
			const decoded = decodeGlobalId(foreign.id);
			if (decoded?.type !== 'Bill') throw new Error('This is no id of a bill');
			const forged = { ...decoded, id: { ...decoded.id, scope: account } };
			const file = decodeGlobalId(foreign.path.replace('/documents/', ''));
			if (file?.type !== 'Document') throw new Error('This is no id of a document');
			const forgedFile = encodeGlobalId({ ...file, document: { ...file.document, scope: account } });
			const { data } = await ask(tenant, 'query ($id: ID!) { bill(id: $id) { number } }', {
				id: encodeGlobalId(forged),
			});
			expect(data).toEqual({ bill: null });
			// Lumen knows the bill and refuses it itself.
			expect([403, 404]).toContain(await statusOf(tenant, `/documents/${forgedFile}`));
		});

		it('goes on from no cursor of the other', async () => {
			const { data } = await list(other(tenant), connection, 1);
			const { endCursor } = data.bills.pageInfo;
			expect((await list(other(tenant), connection, 1, endCursor)).errors).toEqual([]);
			const { errors } = await list(tenant, connection, 1, endCursor);
			expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_CURSOR']);
		});
	},
);
