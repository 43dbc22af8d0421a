/** `bills`: what is asked of whom, what is refused, and what a bill shows. */
import { encodeGlobalId } from '../../../graphql/globalId';
import type { BillQuery } from '../../../providers/connector';
import { BillingError } from '../../../providers/transport/errors';
import { Graph } from '../support/graph';
import { MemoryConnector, type MemoryOptions } from '../support/memoryConnector';
import { account, bill, euros, rate } from '../support/records';

const memory = (connection: string, options: Partial<MemoryOptions> = {}): MemoryConnector =>
	new MemoryConnector({ connection, bills: [bill({ identity: { connection } })], ...options });

const LIST = `query ($filter: BillFilter, $first: Int, $orderBy: BillOrder) {
	bills(filter: $filter, first: $first, orderBy: $orderBy) { nodes { id } sources { connection { id } } }
}`;

interface List {
	readonly bills: { readonly sources: readonly { readonly connection: { readonly id: string } }[] } | null;
}

async function askedOf(
	connectors: readonly MemoryConnector[],
	filter: Record<string, unknown>,
	configured: Readonly<Record<string, readonly string[]>> = {},
): Promise<Record<string, BillQuery>> {
	const graph = new Graph(
		connectors.map((connector) => connector.configured(configured[connector.connection] ?? null)),
	);
	const { errors } = await graph.ask<List>(LIST, { filter });
	expect(errors).toEqual([]);
	return Object.fromEntries(
		connectors.flatMap((connector) =>
			connector.callsOf('bills').map((query) => [connector.connection, query as BillQuery]),
		),
	);
}

describe('a filter', () => {
	it('reaches every connection as it was written', async () => {
		const filter = {
			numbers: ['N1'],
			numberLike: 'N*',
			types: ['INVOICE'],
			states: ['NEW', 'SETTLED'],
			categories: ['normal'],
			billDate: { from: '2026-01-01', to: '2026-01-31' },
			dueDate: { to: '2026-03-01' },
			periodStart: { from: '2026-01-01' },
			periodEnd: { to: '2026-01-31' },
			lastUpdate: { from: '2026-01-01T00:00:00+01:00' },
			amountDue: { from: '-1.50' },
			remaining: { to: '123456789012345.678' },
			total: { from: '1', to: '2' },
		};
		const { brm, orange } = await askedOf([memory('brm'), memory('orange')], filter);
		expect(brm).toMatchObject({
			...filter,
			amountDue: { from: '-1.5' },
			order: { field: 'BILL_DATE', direction: 'DESC' },
		});
		expect(orange).toEqual(brm);
	});

	it('by provider or connection asks those alone', async () => {
		expect(Object.keys(await askedOf([memory('brm'), memory('orange')], { providers: ['ORACLE_BRM'] }))).toEqual([
			'brm',
		]);
		expect(Object.keys(await askedOf([memory('brm'), memory('orange')], { connections: ['orange'] }))).toEqual([
			'orange',
		]);
	});

	it('by account asks the connections that may have it, each for its own', async () => {
		const accounts = [encodeGlobalId({ type: 'BillingAccount', connection: 'brm', remoteId: 'A7' }), '20100'];
		const connectors = ['lumen-us', 'brm', 'fleet', 'orange'].map((name) => memory(name));
		const asked = await askedOf(connectors, { accounts }, { 'lumen-us': ['5-ABCD5678'], fleet: ['20100'] });
		expect(Object.fromEntries(Object.entries(asked).map(([name, query]) => [name, query.accounts]))).toEqual({
			brm: ['A7', '20100'],
			fleet: ['20100'],
			orange: ['20100'],
		});
	});

	it('by bill ids asks each connection for its own, in the accounts they belong to', async () => {
		const ids = [
			encodeGlobalId({ type: 'Bill', connection: 'fleet', id: { scope: '20100', remoteId: 'u1' } }),
			encodeGlobalId({ type: 'Bill', connection: 'fleet', id: { scope: '20100', remoteId: 'u2' } }),
			encodeGlobalId({ type: 'Bill', connection: 'orange', id: { scope: '', remoteId: '9' } }),
		];
		const asked = await askedOf([memory('brm'), memory('fleet'), memory('orange')], { ids });
		expect(Object.keys(asked)).toEqual(['fleet', 'orange']);
		expect(asked['fleet']).toMatchObject({ ids: ['u1', 'u2'], accounts: ['20100'] });
		expect(asked['orange']).toMatchObject({ ids: ['9'], accounts: undefined });
	});

	it.each<[string, Record<string, unknown>, string]>([
		['a page of none', { first: 0 }, 'first'],
		['a page too large', { first: 501 }, 'first'],
		['an empty list of types', { filter: { types: [] } }, 'types'],
		['an empty list of accounts', { filter: { accounts: [] } }, 'filter.accounts'],
		['an empty list of connections', { filter: { connections: [] } }, 'filter.connections'],
		['an unknown connection', { filter: { connections: ['nowhere'] } }, 'filter.connections'],
		['an id that is none', { filter: { ids: ['xyz'] } }, 'filter.ids'],
		['a range that runs backwards', { filter: { billDate: { from: '2026-02-01', to: '2026-01-01' } } }, 'billDate'],
		['a range without ends', { filter: { total: {} } }, 'total'],
	])('refuses %s before any provider is asked', async (_what, variables, parameter) => {
		const connector = memory('brm');
		const { data, errors } = await new Graph([connector]).ask<List>(LIST, variables);
		expect(data).toBeNull();
		expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', parameter });
		expect(connector.calls).toEqual([]);
	});

	it.each([
		['an amount as a number', { total: { from: 1.1 } }],
		['a day that is none', { billDate: { from: '2026-02-30' } }],
		['an instant without offset', { lastUpdate: { from: '2026-01-01T00:00:00' } }],
		['an unknown condition', { colour: 'red' }],
	])('refuses %s', async (_what, filter) => {
		const { errors } = await new Graph([memory('brm')]).ask(LIST, { filter });
		expect(errors).toHaveLength(1);
	});
});

describe('the page that a provider is asked for', () => {
	const pageSizeOf = async (options: Partial<MemoryOptions>, variables: Record<string, unknown>): Promise<unknown> => {
		const connector = memory('orange', options);
		await new Graph([connector]).ask(LIST, variables);
		return (connector.callsOf('bills')[0] as BillQuery).pageSize;
	};

	it('is one larger than wanted where the provider sorts, within its limit', async () => {
		expect(await pageSizeOf({}, { first: 50 })).toBe(51);
		expect(await pageSizeOf({}, { first: 300 })).toBe(100);
		expect(await pageSizeOf({ capabilities: { maxPageSize: null } }, { first: 300 })).toBe(301);
	});

	it("is the connector's choice where rows are sorted or sifted here", async () => {
		expect(await pageSizeOf({ capabilities: { ordering: 'WHOLE' } }, { first: 50 })).toBeUndefined();
		const { billFilters } = memory('orange').capabilities;
		const capabilities = { billFilters: { ...billFilters, types: 'APPLIED_HERE' as const } };
		expect(await pageSizeOf({ capabilities }, { first: 50, filter: { types: ['INVOICE'] } })).toBeUndefined();
	});
});

describe('a bill', () => {
	it('shows what the model says, amounts and instants to the letter', async () => {
		const whole = bill({
			identity: { connection: 'brm', remoteId: '0.0.0.1+-bill+1' },
			total: euros('123456789012345.678'),
			net: { amount: euros('1').amount, currency: null },
			billDateTime: '2026-01-31T00:00:00.1234567+01:00' as never,
			state: 'NOT_REPORTED',
			stateRaw: null,
			notes: { derived: ['net'], notFetched: [] },
			documents: [
				{
					bill: { provider: 'ORACLE_BRM', connection: 'brm', scope: '', remoteId: '0.0.0.1+-bill+1' },
					id: 'd/1',
					name: 'bill.pdf',
					mediaType: 'application/pdf',
					size: 10,
					source: { kind: 'OPERATION' },
				},
			],
			raw: { id: '1', long: '12345678901234567.8' },
		});
		const { data, errors } = await new Graph([memory('brm', { bills: [whole] })]).ask<{
			bills: { nodes: readonly Record<string, never>[] };
		}>(`{ bills { nodes {
			id remoteId provider connection { id capabilities { title billFilters { filter support } } }
			total { amount currency } net { amount currency } billDate billDateTime state
			documents { path } contentHash raw availability { field availability } billingAccount { id name }
		} } }`);
		expect(errors).toEqual([]);
		const [shown] = data.bills.nodes;
		expect(shown).toMatchObject({
			remoteId: '0.0.0.1+-bill+1',
			provider: 'ORACLE_BRM',
			connection: { id: 'brm' },
			total: { amount: '123456789012345.678', currency: 'EUR' },
			net: { amount: '1', currency: null },
			billDate: '2026-01-31',
			billDateTime: '2026-01-31T00:00:00.1234567+01:00',
			documents: [{ path: expect.stringMatching(/^\/documents\/[\w-]+$/) }],
			contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
			raw: { id: '1', long: '12345678901234567.8' },
			billingAccount: { name: 'Account one' },
		});
		expect(shown?.['availability']).toEqual(
			expect.arrayContaining([
				{ field: 'total', availability: 'PROVIDED' },
				{ field: 'net', availability: 'DERIVED' },
				{ field: 'state', availability: 'ABSENT_ON_RECORD' },
				{ field: 'rates', availability: 'NOT_FETCHED' },
				{ field: 'dueDate', availability: 'ABSENT_ON_RECORD' },
			]),
		);
	});

	it('is found again by its id', async () => {
		const graph = new Graph([memory('brm')]);
		const { data: list } = await graph.ask<{ bills: { nodes: readonly { id: string }[] } }>(
			'{ bills { nodes { id } } }',
		);
		const { data } = await graph.ask('query ($id: ID!) { bill(id: $id) { id } node(id: $id) { __typename id } }', {
			id: list.bills.nodes[0]?.id,
		});
		const { id } = list.bills.nodes[0]!;
		expect(data).toEqual({ bill: { id }, node: { __typename: 'Bill', id } });
	});
});

describe("a bill's rates", () => {
	const QUERY = `query ($first: Int, $after: String) { bills { nodes { rates(first: $first, after: $after) {
		nodes { remoteId } totalCount complete pageInfo { hasNextPage hasPreviousPage endCursor }
	} } } }`;

	interface Rates {
		readonly nodes: readonly { readonly remoteId: string }[];
		readonly totalCount: number;
		readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
	}
	interface Data {
		readonly bills: { readonly nodes: readonly { readonly rates: Rates | null }[] };
	}

	const rates = Array.from({ length: 5 }, (_, at) => rate({ identity: { remoteId: `r${at}` } }));

	it('come page by page, each once', async () => {
		const graph = new Graph([memory('brm', { rates })]);
		const seen: string[] = [];
		let after: string | null = null;
		for (let page = 0; page < 3; page += 1) {
			const answer: { data: Data } = await graph.ask<Data>(QUERY, { first: 2, after });
			const shown: Rates | null | undefined = answer.data.bills.nodes[0]?.rates;
			seen.push(...(shown?.nodes.map(({ remoteId }) => remoteId) ?? []));
			expect(shown).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: page < 2, hasPreviousPage: page > 0 } });
			after = shown?.pageInfo.endCursor ?? null;
		}
		expect(seen).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
	});

	it('refuse a cursor when they changed since', async () => {
		const connector = memory('brm', { rates: [...rates] });
		const graph = new Graph([connector]);
		const { data } = await graph.ask<Data>(QUERY, { first: 2 });
		const after = data.bills.nodes[0]?.rates?.pageInfo.endCursor;
		const changed = new Graph([memory('brm', { rates: rates.slice(1) })]);
		const { data: second, errors } = await changed.ask<Data>(QUERY, { first: 2, after });
		expect(second.bills.nodes[0]?.rates).toBeNull();
		expect(errors[0]?.extensions['code']).toBe('BAD_CURSOR');
	});
});

describe('billing accounts', () => {
	const QUERY = `query ($first: Int, $after: String, $filter: BillingAccountFilter) {
		billingAccounts(first: $first, after: $after, filter: $filter) {
			nodes { id remoteId name connection { id } bills(first: 1) { nodes { remoteId } } }
			totalCount pageInfo { hasNextPage endCursor } sources { state }
		}
	}`;

	interface Data {
		readonly billingAccounts: {
			readonly nodes: readonly { readonly id: string; readonly remoteId: string; readonly bills: unknown }[];
			readonly totalCount: number | null;
			readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
		};
	}

	const connectors = (): MemoryConnector[] =>
		['brm', 'orange'].map((connection) =>
			memory(connection, {
				accounts: ['A3', 'A1', 'A2'].map((remoteId) => account({ identity: { connection, remoteId }, name: remoteId })),
			}),
		);

	it('come by connection and id, each once over all pages, with their bills', async () => {
		const graph = new Graph(connectors());
		const seen: string[] = [];
		let after: string | null = null;
		for (let page = 0; page < 3; page += 1) {
			const answer: { data: Data } = await graph.ask<Data>(QUERY, { first: 2, after });
			const shown = answer.data.billingAccounts;
			seen.push(...shown.nodes.map(({ remoteId }) => remoteId));
			expect(shown.totalCount).toBe(6);
			expect(shown.pageInfo.hasNextPage).toBe(page < 2);
			after = shown.pageInfo.endCursor;
		}
		expect(seen).toEqual(['A1', 'A2', 'A3', 'A1', 'A2', 'A3']);
	});

	it('of bills stay with their id where the provider cannot be asked for the rest, and say so', async () => {
		const billingAccount = { id: 'A1', number: null, name: null };
		const connector = memory('orange', { bills: [bill({ identity: { connection: 'orange' }, billingAccount })] }).fail(
			'accountsByIds',
			new BillingError({ kind: 'UNAVAILABLE', message: 'Down' }),
		);
		const { data, errors, partial } = await new Graph([connector]).ask(
			'{ bills { nodes { billingAccount { remoteId name availability { field availability } } } } }',
		);
		const availability = ['name', 'number'].map((field) => ({ field, availability: 'NOT_FETCHED' }));
		expect(data).toEqual({ bills: { nodes: [{ billingAccount: { remoteId: 'A1', name: null, availability } }] } });
		expect(errors.map(({ path }) => path?.at(-1))).toEqual(['name']);
		expect(partial).toMatchObject([
			{ path: ['bills', 'nodes', 0, 'billingAccount', 'availability'], extensions: { code: 'UNAVAILABLE' } },
		]);
	});

	it('are found by name and by id', async () => {
		const graph = new Graph(connectors());
		const byName = await graph.ask<Data>(QUERY, { filter: { nameLike: '*1', providers: ['ORACLE_BRM'] } });
		expect(byName.data.billingAccounts.nodes).toMatchObject([
			{ remoteId: 'A1', bills: { nodes: [{ remoteId: '1' }] } },
		]);
		const ids = byName.data.billingAccounts.nodes.map(({ id }) => id);
		const byId = await graph.ask<Data>(QUERY, { filter: { ids } });
		expect(byId.data.billingAccounts.nodes.map(({ id }) => id)).toEqual(ids);
		const { data } = await graph.ask('query ($id: ID!) { billingAccount(id: $id) { id name } }', { id: ids[0] });
		expect(data).toEqual({ billingAccount: { id: ids[0], name: 'A1' } });
	});
});
