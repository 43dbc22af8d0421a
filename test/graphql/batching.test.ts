/**
 * The fewest upstream requests, shape by shape: docs/batching.md says the same figures.
 *
 * Fixture: two accounts a provider, 24 monthly bills each, 20 rates a bill; pages of 100 rows (Lumen 1000); Lumen API v1.
 * Tokens are warm, nothing else is known, nothing is retried. A test that finds fewer is good news, and a correction.
 */
import type { TrueBill } from '../../sandbox/control/truth';
import { type ConnectionId, type Counted, CONNECTION_IDS, SANDBOX_NAME, SandboxGraph } from './support/sandboxGraph';

const FIXTURE = { accounts: 2, billsPerAccount: 24, ratesPerBill: 20 };

let shown: SandboxGraph;

beforeEach(async () => {
	shown = await SandboxGraph.start(FIXTURE);
});

afterEach(() => shown.close());

async function ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Counted<Data>> {
	const answer = await shown.counted<Data>(query, variables);
	expect(answer.errors).toEqual([]);
	expect(answer.partial).toEqual([]);
	expect(answer.faults).toEqual([]);
	return answer;
}

function sum(requests: Readonly<Record<string, number>>): number {
	return Object.values(requests).reduce((total, count) => total + count, 0);
}

type Told = readonly { readonly connection: { readonly id: ConnectionId }; readonly requests: number }[];

/** Requests as the sources tell them, by the sandbox's names. */
function toldBy(sources: Told): Record<string, number> {
	return Object.fromEntries(sources.map(({ connection, requests }) => [SANDBOX_NAME[connection.id], requests]));
}

const FLAGSHIP = `{ bills(first: 50) { nodes {
	provider remoteId billingAccount { name } documents { path } rates(first: 100) { totalCount nodes { net { amount } } }
} } }`;

interface Flagship {
	readonly bills: {
		readonly nodes: readonly {
			readonly provider: string;
			readonly billingAccount: { readonly name: string | null };
			readonly rates: { readonly totalCount: number; readonly nodes: readonly unknown[] } | null;
		}[];
	};
}

function expectWhole({ bills }: Flagship): void {
	const perProvider: Record<string, number> = {};
	for (const { provider, rates } of bills.nodes) {
		perProvider[provider] = (perProvider[provider] ?? 0) + 1;
		if (provider === 'FLOLIVE') expect(rates).toBeNull();
		else expect(rates).toMatchObject({ totalCount: 20, nodes: { length: 20 } });
	}
	expect(Object.values(perProvider).sort()).toEqual([12, 12, 13, 13]);
}

describe('bills', () => {
	it('flat, 50: one list an account, or one in all: 6', async () => {
		const { requests } = await ask('{ bills(first: 50) { nodes { id number total { amount } } } }');
		expect(requests).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 });
	});

	it('flat, one provider: pages as large as the page asked for, and one row more', async () => {
		const { log } = await ask('{ bills(first: 50, filter: { providers: [ORANGE_BUSINESS] }) { nodes { id } } }');
		expect(log.map(({ query }) => query)).toEqual([{ limit: '51', offset: '0', sort: '-issuedAt,id' }]);
	});

	it('flat, in an order that no provider sorts by: pages as large as there are, whatever the page asked for', async () => {
		const { requests } = await ask('{ bills(first: 5, orderBy: { field: TOTAL }) { nodes { id } } }');
		expect(requests).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 });
	});

	it('flagship, 50 with account, rates and documents: 31', async () => {
		const { data, requests } = await ask<Flagship>(FLAGSHIP);
		expectWhole(data);
		expect(requests).toEqual({ lumen: 2 + 2, oracleBrm: 1 + 5 + 5, floLive: 2, orange: 1 + 13 });
		expect(sum(requests)).toBe(31);
	});

	it('flagship where Orange does not embed the account name: one list of accounts more, 32', async () => {
		await shown.close();
		shown = await SandboxGraph.start({ ...FIXTURE, orangeEmbedsAccountName: false });
		const { data, requests } = await ask<Flagship>(FLAGSHIP);
		expectWhole(data);
		expect(
			data.bills.nodes
				.filter(({ provider }) => provider === 'ORANGE_BUSINESS')
				.every(({ billingAccount }) => billingAccount.name),
		).toBe(true);
		expect(requests).toEqual({ lumen: 2 + 2, oracleBrm: 1 + 5 + 5, floLive: 2, orange: 1 + 13 + 1 });
		expect(sum(requests)).toBe(32);
	});

	it('of Lumen API v2, flat and flagship: an empty page more for every list, since nothing else says that it is whole', async () => {
		await shown.close();
		shown = await SandboxGraph.start(FIXTURE, 'v2');
		const flat = await ask('{ bills(first: 50, filter: { providers: [LUMEN] }) { nodes { id } } }');
		expect(flat.requests).toEqual({ lumen: 2 * 2 });
		const bills = FLAGSHIP.replace('first: 50', 'first: 5, filter: { providers: [LUMEN] }');
		// One more, once: whether services or the charges in them are counted.
		expect((await ask(bills)).requests).toEqual({ lumen: 2 * 2 + 2 * 5 + 1 });
		expect((await ask(bills)).requests).toEqual({ lumen: 2 * 2 + 2 * 5 });
		expect((await ask(bills.replace('rates(first: 100)', 'rates(first: 3)'))).requests).toEqual({ lumen: 2 * 2 + 5 });
	});

	it('flagship of Oracle BRM asked again: what the first page of an account told is remembered', async () => {
		const query = FLAGSHIP.replace('first: 50', 'first: 4, filter: { providers: [ORACLE_BRM] }');
		const first = await ask(query);
		expect(first.requests).toEqual({ oracleBrm: 1 + 2 + 4 });
		const second = await ask(query);
		expect(second.requests).toEqual({ oracleBrm: 1 + 4 });
	});

	it.each([
		['lumen-us', 2],
		['brm', 2],
		['fleet', 1],
		['orange', 2],
	] as const)('one by id with its rates: %s %i', async (connection, expected) => {
		const id = shown.billId(connection, shown.accounts(connection)[1]!, 20);
		const { data, requests } = await ask<{ bill: { rates: { nodes: unknown[] } | null } }>(
			'query ($id: ID!) { bill(id: $id) { number rates { nodes { id } } } }',
			{ id },
		);
		expect(data.bill.rates?.nodes.length ?? 0).toBe(connection === 'fleet' ? 0 : 20);
		expect(sum(requests)).toBe(expected);
	});

	it('100 by id of all providers, 25 of Oracle: a history an account, one each, or one search: 30', async () => {
		const counts = { 'lumen-us': 25, brm: 25, fleet: 24, orange: 26 };
		const ids = CONNECTION_IDS.flatMap((connection) => nodeIds(connection, counts[connection]));
		const { data, requests } = await ask<{ nodes: unknown[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
			ids,
		});
		expect(data.nodes.filter((node) => node !== null)).toHaveLength(100);
		expect(requests).toEqual({ lumen: 2, oracleBrm: 25, floLive: 2, orange: 1 });
		expect(sum(requests)).toBe(30);
	});

	it('100 by id, where a list of all Oracle bills is known to be shorter: that list', async () => {
		await ask('{ bills(first: 1, filter: { providers: [ORACLE_BRM] }) { nodes { id } } }');
		const { requests } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: nodeIds('brm', 25) });
		expect(requests).toEqual({ oracleBrm: 1 });
	});

	it('a deep page, nothing cached: the place narrows what is asked for, as far as providers can: 6', async () => {
		const page = '{ nodes { billDate } pageInfo { endCursor } }';
		const { data } = await ask<{ bills: { nodes: { billDate: string }[]; pageInfo: { endCursor: string } } }>(
			`{ bills(first: 60) ${page} }`,
		);
		const { endCursor } = data.bills.pageInfo;
		const day = data.bills.nodes.at(-1)!.billDate;
		const deep = await ask('query ($after: String) { bills(first: 50, after: $after) { nodes { id } } }', {
			after: endCursor,
		});
		expect(deep.requests).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 });
		const lumen = deep.log.filter(({ provider }) => provider === 'lumen');
		expect(lumen.map(({ query }) => query['endBillDate'])).toEqual([day, day]);
		const oracle = deep.log.find(({ provider }) => provider === 'oracleBrm');
		expect(Object.keys(oracle?.query ?? {})).toContain('billDate.lte');
		expect(JSON.stringify(deep.log.find(({ provider }) => provider === 'orange')?.body)).toContain('$lte');
	});
});

/** Ids of bills of both accounts in turn, from the newest: floLIVE keeps twelve months. */
function nodeIds(connection: ConnectionId, count: number): string[] {
	const accounts = shown.accounts(connection);
	const ids = Array.from({ length: Math.ceil(count / 2) }, (_, age) =>
		accounts.map((account) => shown.billId(connection, account, account.bills.length - 1 - age)),
	);
	return ids.flat().slice(0, count);
}

describe('accounts', () => {
	it('each with its last three bills: 7', async () => {
		const { data, requests } = await ask<{
			billingAccounts: { nodes: { bills: { nodes: { billDate: string }[] } }[] };
		}>('{ billingAccounts { nodes { name bills(first: 3) { nodes { billDate } pageInfo { hasNextPage } } } } }');
		expect(data.billingAccounts.nodes).toHaveLength(8);
		for (const { bills } of data.billingAccounts.nodes) expect(bills.nodes).toHaveLength(3);
		expect(requests).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 + 1 });
		expect(sum(requests)).toBe(7);
	});

	it('alone, with what their bills or the configuration say of them: 2', async () => {
		const { requests } = await ask('{ billingAccounts { nodes { name } } }');
		expect(requests).toEqual({ oracleBrm: 1, orange: 1 });
	});
});

describe('sums and counts', () => {
	const year = () => {
		const until = shown.truth.today;
		return { from: `${Number(until.slice(0, 4)) - 1}${until.slice(4)}`, to: until };
	};

	it('spend by month, a year: 6', async () => {
		const { requests } = await ask(
			'query ($year: DateRange) { spend(groupBy: [MONTH], filter: { billDate: $year }) { rows { month total { amount { amount } } } } }',
			{ year: year() },
		);
		expect(requests).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 });
	});

	it('spend by product: what the lines of every bill take, as the sources say', async () => {
		const { data, requests } = await ask<{ spend: { sources: Told } }>(
			'{ spend(groupBy: [PRODUCT], filter: { providers: [LUMEN, ORACLE_BRM] }) { sources { connection { id } requests cached } } }',
		);
		expect(requests).toEqual({ lumen: 2 + 2, oracleBrm: 1 + 5 + 5 });
		expect(toldBy(data.spend.sources)).toEqual(requests);
	});

	it("bills by type: 6, Orange's by its own counters", async () => {
		const { data, requests, log } = await ask<{
			billCounts: { connection: { id: string }; key: string; bills: number; method: string }[];
		}>('{ billCounts(groupBy: TYPE) { connection { id } key bills method } }');
		expect(requests).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 });
		expect(log.find(({ provider }) => provider === 'orange')?.path).toMatch(/snapshots$/);
		const methods = new Map(data.billCounts.map(({ connection, method }) => [connection.id, method]));
		expect(Object.fromEntries(methods)).toEqual({
			'lumen-us': 'COUNTED',
			brm: 'COUNTED',
			fleet: 'COUNTED',
			orange: 'NATIVE',
		});
	});
});

describe('bills by state', () => {
	const COUNTS = '{ billCounts(groupBy: STATE, filter: { providers: [ORACLE_BRM] }) { key bills method } }';
	interface Counts {
		readonly billCounts: readonly { readonly key: string; readonly bills: number; readonly method: string }[];
	}
	const stateOf = ({ standing, paid, total }: TrueBill): string => {
		if (standing !== 'issued') return { inProgress: 'IN_PROGRESS', onHold: 'ON_HOLD' }[standing];
		if (paid === total) return 'SETTLED';
		return Number(paid) === 0 ? 'NEW' : 'PARTIALLY_PAID';
	};
	const trueCounts = () => {
		const counts: Record<string, number> = {};
		for (const bill of shown.accounts('brm').flatMap(({ bills }) => bills)) {
			counts[stateOf(bill)] = (counts[stateOf(bill)] ?? 0) + 1;
		}
		return counts;
	};
	const countsIn = ({ billCounts }: Counts) => Object.fromEntries(billCounts.map(({ key, bills }) => [key, bills]));

	it('where a page holds them all: 1', async () => {
		const { data, requests } = await ask<Counts>(COUNTS);
		expect(countsIn(data)).toEqual(trueCounts());
		expect(data.billCounts.every(({ method }) => method === 'COUNTED')).toBe(true);
		expect(requests).toEqual({ oracleBrm: 1 });
	});

	it('where they are more than 5 pages: 5, by the totals that Oracle announces', async () => {
		await shown.close();
		const pageLimits = { lumen: { default: 100, max: 1_000 }, orange: { default: 10, max: 100 } };
		shown = await SandboxGraph.start({ ...FIXTURE, pageLimits: { ...pageLimits, oracleBrm: { default: 5, max: 5 } } });
		const { data, requests, log } = await ask<Counts>(COUNTS);
		expect(countsIn(data)).toEqual(trueCounts());
		expect(data.billCounts.every(({ method }) => method === 'NATIVE')).toBe(true);
		expect(requests).toEqual({ oracleBrm: 5 });
		expect(log.slice(1).map(({ query }) => query['limit'])).toEqual(['1', '1', '1', '1']);
	});
});

describe('rates of one account, a year', () => {
	it.each([
		// The bills first: their dates are the order, and their signs are the rates'.
		['lumen-us', 1 + 1],
		['brm', 1 + 5],
		['orange', 1 + 12],
	] as const)('%s: %i', async (connection, expected) => {
		const account = shown.accounts(connection)[1]!;
		const newest = account.bills
			.map(({ billDate }) => billDate)
			.sort()
			.slice(-12);
		const { data, requests } = await ask<{ rates: { nodes: unknown[] } }>(
			`query ($accounts: [ID!], $billDate: DateRange) {
				rates(first: 1000, filter: { accounts: $accounts, billDate: $billDate }) { nodes { net { amount } } }
			}`,
			{ accounts: [shown.accountId(connection, account)], billDate: { from: newest[0], to: newest.at(-1) } },
		);
		expect(data.rates.nodes).toHaveLength(240);
		expect(sum(requests)).toBe(expected);
	});

	it('of all connections, the first 100: the bills, and the rates of as many as are likely to have them', async () => {
		const { data, requests } = await ask<{ rates: { nodes: unknown[]; sources: Told } }>(
			'{ rates(filter: { providers: [LUMEN, ORACLE_BRM, ORANGE_BUSINESS] }) { nodes { id } sources { connection { id } requests } } }',
		);
		expect(data.rates.nodes).toHaveLength(100);
		expect(toldBy(data.rates.sources)).toEqual(requests);
		expect(sum(requests)).toBeLessThanOrEqual(6 + 5);
	});

	it('that are not billed yet: one walk, no bill', async () => {
		const { log } = await ask('{ rates(filter: { isBilled: false, providers: [ORACLE_BRM] }) { nodes { id } } }');
		expect(log.map(({ path, query }) => [path.split('/').at(-1), query['isBilled']])).toEqual([
			['appliedCustomerBillingRate', 'false'],
		]);
	});
});

describe('several fields that want the rates of a bill', () => {
	it('read them once, as far as the longest wish', async () => {
		const id = shown.billId('orange', shown.accounts('orange')[0]!, 3);
		const { data, requests } = await ask(
			`query ($id: ID!) { bill(id: $id) {
				few: rates(first: 2) { nodes { id } } more: rates(first: 5) { nodes { id } } reconciliation { status rates }
			} }`,
			{ id },
		);
		expect(data).toMatchObject({
			bill: {
				few: { nodes: { length: 2 } },
				more: { nodes: { length: 5 } },
				reconciliation: { status: 'MATCHES', rates: 20 },
			},
		});
		expect(requests).toEqual({ orange: 2 });
	});
});
