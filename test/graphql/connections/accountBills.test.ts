/** Bills of accounts: the same whether the accounts of a query share a list or are asked for one by one. */
import fc from 'fast-check';

import { BILL_FILTERS, type Capabilities, type FilterSupport } from '../../../providers/capabilities';
import type { BillQuery } from '../../../providers/connector';
import { BillingError } from '../../../providers/transport/errors';
import { Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';
import { account, bill, day } from '../support/records';

const ACCOUNTS = ['A0', 'A1', 'A2', 'A3'];

function filtersWith(accounts: FilterSupport): Capabilities['billFilters'] {
	return Object.fromEntries(
		BILL_FILTERS.map((name) => [name, name === 'accounts' ? accounts : 'PUSHED_DOWN']),
	) as Capabilities['billFilters'];
}

/** Bills by account and month; `accounts`: how its filter by account is carried out. */
function connectorOf(
	bills: readonly (readonly [account: number, month: number])[],
	accounts: FilterSupport,
	more: Partial<Capabilities> = {},
): MemoryConnector {
	return new MemoryConnector({
		connection: 'orange',
		pageSize: 2,
		announcesTotal: true,
		capabilities: { billFilters: filtersWith(accounts), ...more },
		accounts: ACCOUNTS.map((remoteId) =>
			account({ identity: { connection: 'orange', remoteId }, name: `Name ${remoteId}` }),
		),
		bills: bills.map(([of, month], at) =>
			bill({
				identity: { connection: 'orange', remoteId: `${at}` },
				billDate: day(`2026-0${month}-01`),
				billingAccount: { id: ACCOUNTS[of] ?? '', number: null, name: `Name ${ACCOUNTS[of]}` },
			}),
		),
	});
}

const QUERY = `query ($first: Int, $filter: BillFilter) { billingAccounts { nodes { remoteId name
	bills(first: $first, filter: $filter) { nodes { remoteId } pageInfo { hasNextPage endCursor } totalCount sources { state error { kind } } }
} } }`;

interface Shown {
	readonly billingAccounts: {
		readonly nodes: readonly {
			readonly remoteId: string;
			readonly name: string | null;
			readonly bills: {
				readonly nodes: readonly { readonly remoteId: string }[];
				readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
				readonly totalCount: number | null;
				readonly sources: readonly { readonly state: string }[];
			};
		}[];
	};
}

const anyBills = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 9 })), {
	minLength: 4,
	maxLength: 24,
});

describe('bills of several accounts', () => {
	it('are the same whether they are read as one list, one by one, or with the accounts themselves', async () => {
		const property = fc.asyncProperty(anyBills, fc.integer({ min: 1, max: 5 }), async (bills, first) => {
			const shown = await Promise.all(
				[
					connectorOf(bills, 'PUSHED_DOWN'),
					connectorOf(bills, 'PARTLY_PUSHED_DOWN'),
					connectorOf(bills, 'PARTLY_PUSHED_DOWN', { accounts: 'FROM_BILLS' }),
				].map(async (connector) => {
					const { data, errors } = await new Graph([connector]).ask<Shown>(QUERY, {
						first,
						filter: { types: ['INVOICE'] },
					});
					expect(errors).toEqual([]);
					// Accounts without bills are known only where accounts are listed.
					const nodes = data.billingAccounts.nodes.filter((node) => node.bills.nodes.length > 0);
					return nodes.map(({ remoteId, name, bills: { nodes: own, pageInfo } }) => ({
						remoteId,
						name,
						own,
						hasNextPage: pageInfo.hasNextPage,
					}));
				}),
			);
			expect(shown[1]).toEqual(shown[0]);
			expect(shown[2]).toEqual(shown[0]);
		});
		await fc.assert(property, { numRuns: 60 });
	});

	const spread = ACCOUNTS.flatMap((_, of) => [1, 2, 3, 4].map((month) => [of, month] as const));

	it('are one list, read no further than they need', async () => {
		const connector = connectorOf(spread, 'APPLIED_HERE');
		const pages: unknown[] = [];
		connector.hinder('bills', (page) => void pages.push(page));
		await new Graph([connector]).ask(QUERY, { first: 1 });
		expect(connector.callsOf('bills')).toHaveLength(1);
		expect((connector.callsOf('bills')[0] as BillQuery).accounts).toEqual(ACCOUNTS);
		// Two months of four accounts, two bills a page: each account's one bill, and one more to see that there are more.
		expect(pages).toHaveLength(4);
	});

	it('go on from their own cursor, each account for itself', async () => {
		const connector = connectorOf(spread, 'PUSHED_DOWN');
		const graph = new Graph([connector]);
		const { data } = await graph.ask<Shown>(QUERY, { first: 3 });
		const [one] = data.billingAccounts.nodes;
		const { data: rest, errors } = await graph.ask<{ billingAccounts: Shown['billingAccounts'] }>(
			`query ($after: String) { billingAccounts { nodes { remoteId bills(first: 3, after: $after) { nodes { remoteId } } } } }`,
			{ after: one!.bills.pageInfo.endCursor },
		);
		// The cursor belongs to the first account's list alone.
		expect(errors.map(({ path, extensions }) => [path?.[2], extensions['code']])).toEqual(
			[1, 2, 3].map((at) => [at, 'BAD_CURSOR']),
		);
		expect(rest.billingAccounts.nodes[0]?.bills.nodes).toHaveLength(1);
	});

	it('are the same for an account that stands there several times: under two names, or on each of its bills', async () => {
		const bills = 'bills(first: 2) { nodes { remoteId } pageInfo { hasNextPage } totalCount }';
		interface Own {
			readonly nodes: readonly { readonly remoteId: string }[];
			readonly totalCount: number | null;
		}
		const connector = connectorOf(spread, 'PUSHED_DOWN');
		const graph = new Graph([connector]);
		const { data } = await graph.ask<{
			billingAccounts: { nodes: { remoteId: string; a: Own; b: Own }[] };
			bills: { nodes: { billingAccount: { remoteId: string; bills: Own } }[] };
		}>(
			`{ billingAccounts { nodes { remoteId a: ${bills} b: ${bills} } }
			bills(first: 16) { nodes { billingAccount { remoteId ${bills} } } } }`,
		);
		const newest = new Map(ACCOUNTS.map((id, of) => [id, [`${4 * of + 3}`, `${4 * of + 2}`]]));
		const shown = [
			...data.billingAccounts.nodes.flatMap(({ remoteId, a, b }) => [
				{ remoteId, bills: a },
				{ remoteId, bills: b },
			]),
			...data.bills.nodes.map(({ billingAccount }) => billingAccount),
		];
		expect(shown).toHaveLength(8 + 16);
		for (const { remoteId, bills: own } of shown) {
			expect(own.nodes.map((node) => node.remoteId)).toEqual(newest.get(remoteId));
		}
		// As for an account that is asked for once.
		const { data: alone } = await graph.ask<{ bills: { nodes: { billingAccount: { bills: Own } }[] } }>(
			`{ bills(first: 2, filter: { accounts: ["A0"] }) { nodes { billingAccount { ${bills} } } } }`,
		);
		expect(alone.bills.nodes.map(({ billingAccount }) => billingAccount.bills.totalCount)).toEqual([4, 4]);
	});

	it('are one list an account where that is asked for each, however often it stands there', async () => {
		const connector = connectorOf(spread, 'PARTLY_PUSHED_DOWN');
		const { data } = await new Graph([connector]).ask<{
			bills: { nodes: { billingAccount: { bills: { nodes: unknown[] } } }[] };
		}>('{ bills(first: 16) { nodes { billingAccount { bills(first: 2) { nodes { id } } } } } }');
		for (const { billingAccount } of data.bills.nodes) expect(billingAccount.bills.nodes).toHaveLength(2);
		expect(connector.callsOf('bills')).toHaveLength(1 + ACCOUNTS.length);
	});

	it('all say so where their list fails', async () => {
		const connector = connectorOf(spread, 'PUSHED_DOWN').fail(
			'bills',
			new BillingError({ kind: 'UNAVAILABLE', message: 'Down' }),
		);
		const { data, partial } = await new Graph([connector]).ask<Shown>(QUERY, { first: 1 });
		expect(data.billingAccounts.nodes.map(({ bills }) => bills.sources)).toEqual(
			ACCOUNTS.map(() => [{ state: 'FAILED', error: { kind: 'UNAVAILABLE' } }]),
		);
		expect(partial).toHaveLength(ACCOUNTS.length);
	});

	it('of one account alone have their total', async () => {
		const graph = new Graph([connectorOf(spread, 'PUSHED_DOWN')]);
		const { data: found } = await graph.ask<{ billingAccounts: { nodes: { id: string }[] } }>(
			'{ billingAccounts { nodes { id } } }',
		);
		const { data } = await graph.ask(
			'query ($id: ID!) { billingAccount(id: $id) { bills(first: 2) { totalCount } } }',
			{
				id: found.billingAccounts.nodes[0]?.id,
			},
		);
		expect(data).toEqual({ billingAccount: { bills: { totalCount: 4 } } });
	});
});

describe('accounts that only bills name', () => {
	const connector = () =>
		connectorOf(
			[
				[0, 1],
				[2, 2],
				[0, 3],
			],
			'PARTLY_PUSHED_DOWN',
			{ accounts: 'FROM_BILLS' },
		);

	it('come from the list that gives their bills, however these are selected', async () => {
		for (const selection of ['nodes { bills { nodes { id } } }', 'edges { node { ... on Node { id } ...more } }']) {
			const asked = connector();
			const { errors } = await new Graph([asked]).ask(
				`{ billingAccounts { ${selection} } } fragment more on BillingAccount { name bills { totalCount } }`.replace(
					selection.includes('more') ? '' : /fragment.*$/,
					'',
				),
			);
			expect(errors).toEqual([]);
			expect(asked.calls.map(({ method }) => method)).toEqual(['bills']);
		}
	});

	it('are listed as such where their bills are not wanted, or some are asked for by id', async () => {
		const asked = connector();
		await new Graph([asked]).ask('{ billingAccounts { nodes { name } } }');
		expect(asked.calls.map(({ method }) => method)).toEqual(['accounts']);
	});

	it('are filtered by name all the same', async () => {
		const { data } = await new Graph([connector()]).ask<Shown>(
			'{ billingAccounts(filter: { nameLike: "*A2" }) { nodes { remoteId name bills { nodes { remoteId } pageInfo { hasNextPage endCursor } } } } }',
		);
		expect(data.billingAccounts.nodes).toMatchObject([
			{ remoteId: 'A2', name: 'Name A2', bills: { nodes: [{ remoteId: '1' }] } },
		]);
	});
});
