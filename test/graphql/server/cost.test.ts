/** What questions cost upstream: predicted, counted, shown, and ended at the limit, over the sandbox's four providers. */
import { startSandbox, type RunningSandbox } from '../../../sandbox/server';
import { type CostStore, costStore } from '../../../graphql/cost/costStore';
import { type GraphServer, buildServer } from '../../../graphql/server/app';
import { limits } from '../../../graphql/server/limits/limitsConfig';
import { systemClock } from '../../../graphql/server/systemClock';
import { UndiciTransport } from '../../../graphql/server/undiciTransport';
import { OPEN_ON_THIS_MACHINE } from '../support/appOptions';
import { connected } from '../support/connected';
import { type WireAnswer, askAt } from '../support/wire';

interface Cost {
	readonly predicted: number;
	readonly requests: number;
	readonly perOperation: number;
	readonly perMinute: number;
	readonly remaining: number;
	readonly resetAt: string;
}

let sandbox: RunningSandbox;
let server: GraphServer | undefined;
let url: string;
const transport = new UndiciTransport();

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await server?.close();
	server = undefined;
});

afterAll(async () => {
	await transport.close();
	await sandbox.close();
});

async function start(
	own: Partial<ReturnType<typeof limits.parse>> = {},
	spending: CostStore = costStore(),
): Promise<void> {
	// Nothing is kept: what is counted here is what is asked.
	const uncached = sandbox.connections.map((connection) => ({ ...connection, freshFor: 0 }));
	const connections = await connected(uncached, { transport, clock: systemClock });
	server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections,
		timeoutMs: 10_000,
		serves: '',
		limits: limits.parse(own),
		costStore: spending,
		reportFault: (error) => {
			throw error;
		},
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
}

interface ThingIds {
	readonly id: string;
	readonly billingAccount: { readonly id: string };
	readonly rates: { readonly nodes: readonly { readonly id: string }[] } | null;
}

const ask = <Data>(query: string): Promise<WireAnswer<Data>> =>
	askAt<Data>(url, query, { headers: { 'graphql-cost': 'include' } });
const costOf = ({ extensions }: WireAnswer<unknown>): Cost => extensions?.['cost'] as Cost;

async function requestsDuring(work: () => Promise<unknown>): Promise<number> {
	const log = `${sandbox.url}/__sandbox/requests`;
	await fetch(log, { method: 'DELETE' });
	await work();
	const { requests } = (await (await fetch(log)).json()) as { requests: { provider: string | null; path: string }[] };
	return requests.filter(({ provider, path }) => provider !== null && !path.endsWith('/token')).length;
}

const FLAT = '{ bills(first: 50) { nodes { id } sources { connection { id } error { kind } } } }';
const WITH_EVERYTHING = `{ bills(first: 20) { nodes {
	billingAccount { name number availability { field } } documents { path } rates { nodes { id } } } } }`;
const WITH_RATES = '{ bills(first: 20) { nodes { provider rates { nodes { id } } } sources { state } } }';

it('is what the providers see, and what was predicted where that can be known', async () => {
	await start();
	let answer: WireAnswer<unknown> | undefined;
	const seen = await requestsDuring(async () => {
		answer = await ask(FLAT);
	});
	expect(costOf(answer!)).toMatchObject({
		predicted: 6,
		requests: 6,
		perOperation: 600,
		perMinute: 6_000,
		remaining: 5_994,
	});
	expect(seen).toBe(6);
});

describe('every request to a provider is counted, whatever it is for', () => {
	it.each([
		['rates, accounts and documents of bills', WITH_EVERYTHING],
		['a reconciliation', '{ bills(first: 9) { nodes { reconciliation { status } } } }'],
		['rates of all', '{ rates(first: 50) { nodes { id bill { number } } } }'],
		['rates not billed', '{ rates(filter: { isBilled: false, providers: [ORACLE_BRM] }) { nodes { id } } }'],
		['accounts with bills', '{ billingAccounts { nodes { name number bills(first: 3) { nodes { id } } } } }'],
		[
			'bills by amount',
			'{ bills(first: 9, filter: { total: { from: "1" } }, orderBy: { field: TOTAL, direction: ASC }) { nodes { id } } }',
		],
		[
			'spend by product',
			'{ spend(groupBy: [PRODUCT], filter: { providers: [LUMEN, ORACLE_BRM] }) { rows { documents } } }',
		],
		['counts by type', '{ billCounts(groupBy: TYPE) { bills } }'],
		['counts by state', '{ billCounts(groupBy: STATE) { bills } }'],
	])('%s', async (_, query) => {
		await start();
		let answer: WireAnswer<unknown> | undefined;
		const seen = await requestsDuring(async () => (answer = await ask(query)));
		expect(answer?.errors).toEqual([]);
		expect(costOf(answer!).requests).toBe(seen);
		expect(seen).toBeGreaterThan(0);
	});

	it('things by their ids', async () => {
		await start();
		const { data } = await ask<{ bills: { nodes: readonly ThingIds[] } }>(
			'{ bills(first: 12) { nodes { id billingAccount { id } rates(first: 1) { nodes { id } } } } }',
		);
		const ids = data.bills.nodes.flatMap(({ id, billingAccount, rates }) => [
			id,
			billingAccount.id,
			...(rates?.nodes.map((rate) => rate.id) ?? []),
		]);
		await server?.close();
		await start();
		let answer: WireAnswer<unknown> | undefined;
		const seen = await requestsDuring(
			async () => (answer = await ask(`{ nodes(ids: ${JSON.stringify(ids)}) { id } }`)),
		);
		expect(answer?.errors).toEqual([]);
		expect(costOf(answer!).requests).toBe(seen);
		expect(seen).toBeGreaterThan(0);
	});
});

it('is told only on request', async () => {
	await start();
	expect((await askAt(url, FLAT)).extensions).toBeUndefined();
});

it('is told in rateLimit too, this operation taken off', async () => {
	await start();
	const { data } = await ask<{ rateLimit: Record<string, unknown> }>(
		'{ bills(first: 5) { nodes { id } } rateLimit { cost limit perOperation remaining resetAt } }',
	);
	const { resetAt, ...rest } = data.rateLimit;
	expect(rest).toEqual({ cost: 6, limit: 6_000, perOperation: 600, remaining: 5_994 });
	const inMs = Date.parse(String(resetAt)) - Date.now();
	expect(inMs).toBeGreaterThan(0);
	expect(inMs).toBeLessThanOrEqual(60_000);
});

it('of rates is predicted as one request a bill, and what was not spent is given back', async () => {
	await start();
	const answer = await ask(WITH_RATES);
	const { predicted, requests, remaining } = costOf(answer);
	expect(predicted).toBe(6 + 20);
	expect(requests).toBeLessThan(predicted);
	expect(remaining).toBe(6_000 - requests);
});

it('past the limit of one operation ends what is left: an error beside the data already had', async () => {
	await start({ upstreamPerOperation: 8 });
	let answer: WireAnswer<{ bills: { nodes: readonly { provider: string; rates: unknown }[] } }> | undefined;
	const seen = await requestsDuring(async () => {
		answer = await ask(WITH_RATES);
	});
	expect(seen).toBe(8);
	const { nodes } = answer!.data.bills;
	expect(nodes).toHaveLength(20);
	expect(nodes.some(({ rates }) => rates !== null)).toBe(true);
	expect(nodes.some(({ rates }) => rates === null)).toBe(true);
	const limited = answer!.errors.filter(({ extensions }) => extensions['providerCode'] === 'COST_LIMIT');
	expect(limited.length).toBeGreaterThan(0);
	expect(limited[0]?.message).toBe('One question may cost 8 requests to providers, and they are spent');
	expect(limited[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: false });
});

it('within a minute is limited for each principal: first beside data, then with 429 and when to come back', async () => {
	await start({ upstreamPerMinute: 9 });
	await ask(FLAT);
	const second = await ask<{ bills: { nodes: readonly unknown[]; sources: readonly { error: unknown }[] } }>(FLAT);
	expect(costOf(second).requests).toBe(3);
	expect(second.status).toBe(200);
	expect(second.data.bills.nodes.length).toBeGreaterThan(0);
	expect(second.errors.every(({ extensions }) => extensions['code'] === 'RATE_LIMITED')).toBe(true);
	const seen = await requestsDuring(async () => {
		const third = await ask(FLAT);
		expect(third.status).toBe(429);
		const seconds = Number(third.headers.get('retry-after'));
		expect(seconds).toBeGreaterThan(0);
		expect(seconds).toBeLessThanOrEqual(60);
		expect(third.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: seconds });
	});
	expect(seen).toBe(0);
	// What asks no provider is answered all the same.
	expect((await ask<{ __typename: string }>('{ __typename }')).data).toEqual({ __typename: 'Query' });
});

it('is shared by servers that share a store', async () => {
	const shared = costStore();
	await start({ upstreamPerMinute: 9 }, shared);
	await ask(FLAT);
	await server?.close();
	await start({ upstreamPerMinute: 9 }, shared);
	expect(costOf(await ask(FLAT)).requests).toBe(3);
});

it('of files counts as well', async () => {
	await start();
	const { data } = await ask<{ bills: { nodes: readonly { documents: readonly { path: string }[] }[] } }>(
		'{ bills(first: 1, filter: { providers: [ORANGE_BUSINESS] }) { nodes { documents { path } } } }',
	);
	const { path } = data.bills.nodes[0]!.documents[0]!;
	await server?.close();
	await start({ upstreamPerMinute: 2 });
	expect((await fetch(`${url}${path}`)).status).toBe(200);
	expect((await fetch(`${url}${path}`)).status).toBe(200);
	const refused = await fetch(`${url}${path}`);
	expect(refused.status).toBe(503);
	expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('of one request is not charged to another that runs beside it', async () => {
	await start();
	const small = '{ bills(first: 50, filter: { providers: [ORANGE_BUSINESS] }) { nodes { id } } }';
	const answers = await Promise.all([ask(FLAT), ask(small), ask(FLAT)]);
	expect(answers.map((answer) => costOf(answer).requests)).toEqual([6, 1, 6]);
});
