/** Two customers on one server: whatever one asks by, nothing of the other's comes back. */
import { createHash } from 'node:crypto';

import { encodeGlobalId } from '../../../../graphql/globalId';
import { ProviderConnections } from '../../../../graphql/providerConnections';
import { access } from '../../../../graphql/server/access/accessConfig';
import { authenticatorOf } from '../../../../graphql/server/access/authenticator';
import { type GraphServer, buildServer } from '../../../../graphql/server/app';
import { OPEN_ON_THIS_MACHINE } from '../../support/appOptions';
import { MemoryConnector } from '../../support/memoryConnector';
import { account, bill, day, identity, rate } from '../../support/records';
import { type Asking, type WireAnswer, askAt, bearer } from '../../support/wire';

const sha256 = (key: string): string => createHash('sha256').update(key).digest('hex');
const KEYS = {
	all: { connections: ['*'], accounts: ['*'] },
	ours: { connections: ['brm', 'fleet'], accounts: { brm: ['A1'], fleet: ['C1'] } },
	oneConnection: { connections: ['brm'], accounts: ['*'] },
	masked: { connections: ['*'], accounts: ['*'], mask: ['contact', 'raw', 'documents'] },
	noContacts: { connections: ['*'], accounts: ['*'], mask: ['contact'] },
	metrics: { metrics: true },
};

let server: GraphServer;
let url: string;
let brm: MemoryConnector;
let fleet: MemoryConnector;

/** `brm` tells accounts by its records, `fleet` by the scope of its ids. */
beforeEach(async () => {
	const brmBill = (remoteId: string, accountId: string | null) =>
		bill({
			identity: identity({ remoteId }),
			billDate: day(`2026-01-0${remoteId}`),
			billingAccount: accountId === null ? null : { id: accountId, number: 'A1', name: `Account ${accountId}` },
			relatedParties: [{ id: 'p1', name: 'Ada Lovelace', role: 'customer' }],
			documents: [
				{
					bill: identity({ remoteId }),
					id: 'd',
					name: null,
					mediaType: null,
					size: null,
					source: { kind: 'OPERATION' },
				},
			],
			raw: { id: remoteId, secret: 'raw record' },
		});
	const ofBill = (remoteId: string, billId: string, billingAccountId: string | null) =>
		rate({
			identity: { remoteId },
			bill: { scope: '', remoteId: billId },
			billingAccountId,
			raw: { secret: 'raw record' },
		});
	brm = new MemoryConnector({
		connection: 'brm',
		announcesTotal: true,
		bills: [brmBill('1', 'A1'), brmBill('2', 'A2'), brmBill('3', 'A1'), brmBill('4', null)],
		rates: [ofBill('r1', '1', 'A1'), ofBill('r2', '2', 'A2'), ofBill('r3', '2', null)],
		accounts: [account({ identity: { remoteId: 'A1' } }), account({ identity: { remoteId: 'A2' } })],
	});
	const fleetIdentity = (scope: string) => identity({ provider: 'FLOLIVE', connection: 'fleet', scope, remoteId: '7' });
	fleet = new MemoryConnector({
		connection: 'fleet',
		bills: ['C1', 'C2'].map((scope) =>
			bill({ identity: fleetIdentity(scope), billingAccount: { id: scope, number: null, name: null } }),
		),
		capabilities: { accountRequired: true, accounts: 'FROM_CONFIGURATION' },
	});
	const config = access.parse({
		apiKeys: Object.entries(KEYS).map(([id, rest]) => ({ id, sha256: sha256(id), ...rest })),
	});
	server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections: new ProviderConnections([brm.configured(), fleet.configured(['C1', 'C2'])]),
		timeoutMs: 1_000,
		cursorKey: 'a key for tests only',
		serves: '',
		door: { authenticate: authenticatorOf(config), open: false, onlyThisMachine: false },
		reportFault: (error) => {
			throw error;
		},
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(() => server.close());

type Key = keyof typeof KEYS;
const ask = <Data>(key: Key, query: string, asking: Asking = {}): Promise<WireAnswer<Data>> =>
	askAt<Data>(url, query, { ...asking, headers: { ...asking.headers, ...bearer(key) } });

interface BillsPage {
	readonly bills: {
		readonly nodes: readonly { readonly id: string; readonly remoteId: string }[];
		readonly totalCount: number | null;
		readonly edges: readonly { readonly cursor: string }[];
		readonly sources: readonly { readonly connection: { readonly id: string } }[];
	};
}
const LIST = `query ($filter: BillFilter, $first: Int, $after: String) {
	bills(filter: $filter, first: $first, after: $after) {
		nodes { id remoteId } totalCount edges { cursor } sources { connection { id } }
	}
}`;
const idOf = (remoteId: string): string =>
	encodeGlobalId({ type: 'Bill', connection: 'brm', id: { scope: '', remoteId } });
const fleetId = (scope: string): string =>
	encodeGlobalId({ type: 'Bill', connection: 'fleet', id: { scope, remoteId: '7' } });

describe('a key', () => {
	it.each<[string, Record<string, string>]>([
		['no key', {}],
		['an unknown key', bearer('nobody')],
		['the hash of a key', bearer(sha256('all'))],
		['another scheme', { authorization: 'Basic YWxs' }],
		['an empty key', { authorization: 'Bearer ' }],
		['a JWT where none is configured', bearer('e30.e30.c2ln')],
	])('is asked for: %s is refused before anything is read', async (_what, headers) => {
		const { status, errors, headers: answered } = await askAt(url, '{ connections { id } }', { headers });
		expect(status).toBe(401);
		expect(answered.get('www-authenticate')).toBe('Bearer');
		expect(errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
	});

	it.each(['/documents/x', '/graphql?query={__typename}'])('is asked for at %s', async (path) => {
		expect((await fetch(`${url}${path}`)).status).toBe(401);
	});

	it.each(['/', '/livez', '/readyz', '/explorer'])(
		'is not asked for at %s, which names no connection',
		async (path) => {
			const response = await fetch(`${url}${path}`);
			expect(response.status).toBe(200);
			expect(await response.text()).not.toMatch(/brm|fleet/);
		},
	);

	it('that reads everything reads everything', async () => {
		const { data } = await ask<BillsPage>('all', LIST);
		expect(data.bills.nodes).toHaveLength(6);
	});

	it('for metrics reads no bills', async () => {
		const { data } = await ask<BillsPage>('metrics', LIST);
		expect(data.bills.nodes).toEqual([]);
	});
});

it.each<[Key | null, number]>([
	[null, 401],
	['all', 403],
	['metrics', 200],
])('/metrics is for keys that say so: with %s, status %s', async (key, status) => {
	const headers = key === null ? {} : bearer(key);
	expect((await fetch(`${url}/metrics`, { headers })).status).toBe(status);
});

describe('limits by connection', () => {
	it('leave out the connections of others, in lists and by name', async () => {
		const { data } = await ask<{ connections: unknown }>('oneConnection', '{ connections { id } }');
		expect(data.connections).toEqual([{ id: 'brm' }]);
		const filter = { connections: ['fleet'] };
		const { errors } = await ask('oneConnection', LIST, { variables: { filter } });
		expect(errors[0]?.message).toContain('which is no connection of this server');
	});

	it('hold for ids', async () => {
		const { data, errors } = await ask('oneConnection', 'query ($id: ID!) { node(id: $id) { id } }', {
			variables: { id: fleetId('C1') },
		});
		expect(data).toEqual({ node: null });
		expect(errors[0]?.message).toContain('names no connection of this server');
		expect(fleet.calls).toEqual([]);
	});
});

describe('limits by account', () => {
	it('hold for lists, and no total tells of more', async () => {
		const { data } = await ask<BillsPage>('ours', LIST);
		expect(data.bills.nodes.map(({ remoteId }) => remoteId)).toEqual(['7', '3', '1']);
		expect(data.bills.totalCount).toBeNull();
		// Asked for no more than may be read.
		expect(brm.callsOf('bills')).toMatchObject([{ accounts: ['A1'] }]);
		expect(fleet.callsOf('bills')).toMatchObject([{ accounts: ['C1'] }]);
	});

	it('hold for why a list is not whole: how many rows there are is of all accounts', async () => {
		const [first, ...others] = brm.records;
		brm.bills = async function* () {
			const end = { complete: false, reasons: ['4 rows arrived of 4711 announced'] };
			const page = { total: null, pushedDown: [], appliedHere: [], requests: 1, notices: [] };
			yield { ...page, items: [first!], end: null };
			yield { ...page, items: others, end };
		};
		const QUERY = '{ spend(groupBy: []) { sources { complete notices } } }';
		interface Told {
			readonly spend: {
				readonly sources: readonly { readonly complete: boolean; readonly notices: readonly string[] }[];
			};
		}
		const { data: ours } = await ask<Told>('ours', QUERY);
		expect(ours.spend.sources[0]).toEqual({ complete: false, notices: ['the list could not be read whole'] });
		const { data: all } = await ask<Told>('all', QUERY);
		expect(all.spend.sources[0]?.notices).toEqual(['4 rows arrived of 4711 announced']);
	});

	it('are by id, since a number may be borrowed: a bill of A2 that calls itself A1 is A2’s', async () => {
		const { data } = await ask<BillsPage>('ours', LIST, { variables: { filter: { connections: ['brm'] } } });
		expect(data.bills.nodes.map(({ remoteId }) => remoteId)).toEqual(['3', '1']);
	});

	it.each([
		['the provider’s id', 'A2'],
		['the id of this graph', encodeGlobalId({ type: 'BillingAccount', connection: 'brm', remoteId: 'A2' })],
		['one that is nobody’s', 'A9'],
	])('leave nothing of another account asked for by %s, and nobody is asked', async (_what, accountId) => {
		const { data, errors } = await ask<BillsPage>('ours', LIST, { variables: { filter: { accounts: [accountId] } } });
		expect(errors).toEqual([]);
		expect(data.bills.nodes).toEqual([]);
		expect([...brm.calls, ...fleet.calls]).toEqual([]);
	});

	it('hold for ids, in the same words as for what is not there', async () => {
		const ids = [idOf('1'), idOf('2'), idOf('4'), idOf('99'), fleetId('C1'), fleetId('C2')];
		const { data, errors } = await ask<{ nodes: unknown }>('ours', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
			variables: { ids },
		});
		expect(data.nodes).toEqual([{ id: ids[0] }, null, null, null, { id: ids[4] }, null]);
		expect(new Set(errors.map(({ message }) => message))).toEqual(new Set(['There is no such bill for you']));
		expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(new Set(['NOT_FOUND']));
	});

	it('hold for ids with a forged scope, which says nothing of a bill’s account', async () => {
		const forged = encodeGlobalId({ type: 'Bill', connection: 'brm', id: { scope: 'A1', remoteId: '2' } });
		brm.records.push(
			bill({ identity: { scope: 'A1', remoteId: '2' }, billingAccount: { id: 'A2', number: null, name: null } }),
		);
		const { data } = await ask('ours', 'query ($id: ID!) { bill(id: $id) { id } }', { variables: { id: forged } });
		expect(data).toEqual({ bill: null });
	});

	it.each([
		['by its id alone', null],
		['by its bill', { scope: '', remoteId: '2' }],
		['by a bill that is ours', { scope: '', remoteId: '1' }],
	])('hold for rates %s', async (_what, ofBill) => {
		for (const remoteId of ['r2', 'r3']) {
			const id = encodeGlobalId({ type: 'Rate', connection: 'brm', id: { scope: '', remoteId }, bill: ofBill });
			const { data, errors } = await ask('ours', 'query ($id: ID!) { node(id: $id) { id } }', { variables: { id } });
			expect(data).toEqual({ node: null });
			expect(errors[0]?.extensions['code']).toBe('NOT_FOUND');
		}
	});

	it('let our own rates through, by id and under their bill', async () => {
		const id = encodeGlobalId({
			type: 'Rate',
			connection: 'brm',
			id: { scope: '', remoteId: 'r1' },
			bill: { scope: '', remoteId: '1' },
		});
		const { data } = await ask(
			'ours',
			'query ($id: ID!, $bill: ID!) { node(id: $id) { id } bill(id: $bill) { rates { nodes { remoteId } } } }',
			{
				variables: { id, bill: idOf('1') },
			},
		);
		expect(data).toEqual({ node: { id }, bill: { rates: { nodes: [{ remoteId: 'r1' }] } } });
	});

	it('hold for accounts, in lists and by id', async () => {
		const other = encodeGlobalId({ type: 'BillingAccount', connection: 'brm', remoteId: 'A2' });
		const { data } = await ask<{ billingAccounts: { nodes: unknown } }>(
			'ours',
			'query ($id: ID!) { billingAccounts(filter: { connections: ["brm"] }) { nodes { remoteId } } billingAccount(id: $id) { name } }',
			{ variables: { id: other } },
		);
		expect(data).toEqual({ billingAccounts: { nodes: [{ remoteId: 'A1' }] }, billingAccount: null });
	});

	it('hold for counts: what the provider counts by itself is of all accounts, so the bills are counted', async () => {
		const end = { complete: true, reasons: [] };
		const counts = { counts: new Map([['INVOICE', 4]]), method: 'NATIVE', requests: 1, end, notices: [] };
		Object.assign(brm, { countBills: async () => counts });
		const query = '{ billCounts(groupBy: TYPE, filter: { connections: ["brm"] }) { key bills method } }';
		expect((await ask('all', query)).data).toEqual({ billCounts: [{ key: 'INVOICE', bills: 4, method: 'NATIVE' }] });
		expect((await ask('ours', query)).data).toEqual({ billCounts: [{ key: 'INVOICE', bills: 2, method: 'COUNTED' }] });
	});

	it.each(['ACCOUNT', 'MONTH', 'PRODUCT'])('hold for sums by %s', async (dimension) => {
		const query = `{ spend(groupBy: [${dimension}], filter: { connections: ["brm"] }) {
			rows { billingAccount { remoteId } documents total { amount { amount } } }
		} }`;
		interface Sums {
			readonly spend: { readonly rows: readonly { readonly documents: number; readonly billingAccount: unknown }[] };
		}
		const { rows } = (await ask<Sums>('ours', query)).data.spend;
		// Two bills of ours, or the one line that they have.
		expect(rows.map(({ documents }) => documents)).toEqual([dimension === 'PRODUCT' ? 1 : 2]);
		expect(JSON.stringify(rows)).not.toContain('A2');
	});

	it.each(['{ isBilled: true }', '{ isBilled: false }', '{ types: [RECURRING] }', '{ accounts: ["A2"] }'])(
		'hold for rates of %s',
		async (filter) => {
			const { data } = await ask<{ rates: { nodes: readonly { remoteId: string }[] } }>(
				'ours',
				`{ rates(filter: ${filter}) { nodes { remoteId } } }`,
			);
			for (const { remoteId } of data.rates.nodes) expect(remoteId).toBe('r1');
		},
	);

	it('hold for files, whose path nobody has to be told', async () => {
		const path = (billId: string): string =>
			`/documents/${encodeGlobalId({ type: 'Document', connection: 'brm', document: { scope: '', billId, documentId: 'd' } })}`;
		const status = async (key: Key, billId: string): Promise<number> =>
			(await fetch(`${url}${path(billId)}`, { headers: bearer(key) })).status;
		expect(await status('ours', '1')).toBe(200);
		expect(await status('ours', '2')).toBe(404);
		// A report, which is about all accounts.
		expect(await status('ours', '')).toBe(404);
		expect(await status('all', '2')).toBe(200);
		expect(brm.callsOf('document')).toHaveLength(2);
	});

	it('bind cursors: one that another reader was given opens nothing', async () => {
		const { data } = await ask<BillsPage>('all', LIST, { variables: { first: 2 } });
		const after = data.bills.edges[1]!.cursor;
		const { errors } = await ask('ours', LIST, { variables: { first: 2, after } });
		expect(errors[0]?.extensions['code']).toBe('BAD_CURSOR');
		const { errors: own } = await ask('all', LIST, { variables: { first: 2, after } });
		expect(own).toEqual([]);
	});
});

describe('masks', () => {
	const FIELDS = `{ bills(filter: { numbers: ["N1"] }) { nodes {
		raw relatedParties { id name role } documents { path } availability { field availability }
		rates { nodes { raw } } total { amount }
	} } }`;
	interface Masked {
		readonly bills: {
			readonly nodes: readonly {
				readonly raw: unknown;
				readonly relatedParties: unknown;
				readonly documents: unknown;
				readonly availability: readonly { readonly field: string; readonly availability: string }[];
			}[];
		};
	}

	it('keep contacts, records and files, and say that a file is kept', async () => {
		const { data, errors } = await ask<Masked>('masked', FIELDS);
		expect(errors).toEqual([]);
		const [shown] = data.bills.nodes;
		expect(shown).toMatchObject({
			raw: null,
			documents: null,
			relatedParties: [{ id: null, name: null, role: 'customer' }],
			total: { amount: '10' },
		});
		expect(shown?.availability).toContainEqual({ field: 'documents', availability: 'WITHHELD' });
		expect(JSON.stringify(data)).not.toMatch(/Lovelace|raw record/);
	});

	it('of contacts keep the record too, since they stand in it', async () => {
		const { data } = await ask<Masked>('noContacts', FIELDS);
		expect(data.bills.nodes[0]?.documents).not.toBeNull();
		expect(JSON.stringify(data)).not.toMatch(/Lovelace|raw record/);
	});

	it('of files hold for their paths', async () => {
		const { data } = await ask<{ bills: { nodes: readonly { documents: readonly { path: string }[] }[] } }>(
			'all',
			FIELDS,
		);
		const { path } = data.bills.nodes[0]!.documents[0]!;
		expect((await fetch(`${url}${path}`, { headers: bearer('all') })).status).toBe(200);
		expect((await fetch(`${url}${path}`, { headers: bearer('masked') })).status).toBe(404);
	});

	it('are lifted for whoever may read all', async () => {
		const { data } = await ask<Masked>('all', FIELDS);
		expect(JSON.stringify(data)).toMatch(/raw record.*Lovelace.*raw record/);
	});
});
