/** A configured server over a sandbox: warm pages cost nothing, failing providers rest, new secrets are taken, it stops in order. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type RunningServer, startServer } from '../../../../graphql/server/start';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/server';

const PAGE = `query ($after: String) { bills(first: 20, after: $after) {
	nodes { id } pageInfo { endCursor hasNextPage }
	sources { connection { id health { state failuresInARow } } state cached requests error { kind message retryAfter } }
} }`;

interface Answer {
	readonly data: {
		readonly bills: {
			readonly nodes: readonly { readonly id: string }[];
			readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
			readonly sources: readonly {
				readonly connection: { readonly id: string; readonly health: { readonly state: string } };
				readonly state: string;
				readonly cached: boolean;
				readonly requests: number;
				readonly error: { readonly kind: string; readonly message: string; readonly retryAfter: number | null } | null;
			}[];
		};
	};
}

const folder = mkdtempSync(join(tmpdir(), 'configured-'));
let sandbox: RunningSandbox;
let server: RunningServer;

beforeAll(async () => {
	sandbox = await startSandbox();
});

beforeEach(async () => {
	server = await start({});
});

afterEach(async () => {
	await server.close();
	await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'DELETE' });
});

afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

async function start(more: { readonly server?: object; readonly connection?: object }): Promise<RunningServer> {
	const configFile = join(folder, 'config.yaml');
	const config = {
		server: { port: 0, logLevel: 'silent', ...more.server },
		access: { open: true },
		connections: sandbox.connections.map((connection) => ({
			...connection,
			breaker: { failures: 5, rest: 2 },
			...more.connection,
			auth: connection.auth.kind === 'BEARER' ? { kind: 'BEARER', token: '${file:token.txt}' } : connection.auth,
		})),
	};
	const { auth } = sandbox.connections.find(({ id }) => id === 'fleet')!;
	writeFileSync(join(folder, 'token.txt'), auth.kind === 'BEARER' ? auth.token : '');
	writeFileSync(configFile, JSON.stringify(config));
	return startServer({ configFile, env: {}, rereadEveryMs: 20 });
}

async function ask(
	after: string | null = null,
	headers: Record<string, string> = {},
): Promise<Answer['data']['bills']> {
	const response = await fetch(`${server.url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify({ query: PAGE, variables: { after } }),
	});
	return ((await response.json()) as Answer).data.bills;
}

async function sent(
	work: () => Promise<unknown>,
): Promise<readonly { readonly provider: string; readonly path: string }[]> {
	const log = `${sandbox.url}/__sandbox/requests`;
	await fetch(log, { method: 'DELETE' });
	await work();
	const { requests } = (await (await fetch(log)).json()) as { requests: { provider: string; path: string }[] };
	return requests;
}

async function fail(provider: string, status: number): Promise<void> {
	await fetch(`${sandbox.url}/__sandbox/faults`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ provider, effect: 'answer', with: { status } }),
	});
}

it('deep pages after the first cost at most one request in all, and the sources say where they came from', async () => {
	let page = await ask();
	const seen = page.nodes.map(({ id }) => id);
	const requests = await sent(async () => {
		for (let turn = 0; turn < 20 && page.pageInfo.hasNextPage; turn += 1) {
			page = await ask(page.pageInfo.endCursor);
			seen.push(...page.nodes.map(({ id }) => id));
			expect(page.sources.reduce((sum, source) => sum + source.requests, 0)).toBeLessThanOrEqual(1);
		}
	});
	expect(page.pageInfo.hasNextPage).toBe(false);
	expect(new Set(seen).size).toBe(seen.length);
	expect(seen.length).toBeGreaterThan(150);
	// Orange alone gives its list a page at a time.
	expect(requests.filter(({ provider }) => provider !== 'orange')).toEqual([]);
	const deep = await ask();
	expect(deep.sources.map(({ cached, requests: own }) => [cached, own])).toEqual(Array(4).fill([true, 0]));
});

it('a request with Cache-Control: no-cache is answered by the providers', async () => {
	await ask();
	const requests = await sent(async () => {
		const { sources } = await ask(null, { 'cache-control': 'no-cache' });
		expect(sources.map(({ cached }) => cached)).toEqual([false, false, false, false]);
	});
	expect(requests).toHaveLength(6);
});

it('sums and counts are kept for their time, and no longer', async () => {
	await server.close();
	server = await start({ connection: { freshFor: 1 } });
	const figures = async (): Promise<readonly number[]> => {
		const response = await fetch(`${server.url}/graphql`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				query: `{ spend(groupBy: [], filter: { connections: ["brm"] }) { rows { documents } }
					billCounts(groupBy: CURRENCY, filter: { connections: ["brm"] }) { bills } }`,
			}),
		});
		const { data } = (await response.json()) as {
			data: { spend: { rows: { documents: number }[] }; billCounts: { bills: number }[] };
		};
		const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
		return [sum(data.spend.rows.map(({ documents }) => documents)), sum(data.billCounts.map(({ bills }) => bills))];
	};
	const before = await figures();
	const accountId = sandbox.ledger.accounts('oracleBrm')[0]!.id;
	await fetch(`${sandbox.url}/__sandbox/changes`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify([{ kind: 'new', provider: 'oracleBrm', accountId, net: '100', tax: '19' }]),
	});
	await new Promise((resolve) => setTimeout(resolve, 1_100));
	expect(await figures()).toEqual(before.map((count) => count + 1));
	const requests = await sent(async () => {
		await figures();
	});
	expect(requests).toEqual([]);
});

it('a provider that keeps failing is left alone, says so, and is asked again after its rest', async () => {
	await fail('oracleBrm', 503);
	const of = (page: Answer['data']['bills']) => page.sources.find(({ connection }) => connection.id === 'brm');
	for (let turn = 0; turn < 3 && of(await ask())?.connection.health.state !== 'OPEN'; turn += 1);
	const requests = await sent(async () => {
		expect(of(await ask())).toMatchObject({
			state: 'FAILED',
			requests: 0,
			error: { kind: 'UNAVAILABLE', message: expect.stringContaining('left alone'), retryAfter: expect.any(Number) },
			connection: { health: { state: 'OPEN', failuresInARow: 5 } },
		});
	});
	expect(requests.filter(({ provider }) => provider === 'oracleBrm')).toEqual([]);
	await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'DELETE' });
	await new Promise((resolve) => setTimeout(resolve, 2_050));
	expect(of(await ask())).toMatchObject({
		state: 'OK',
		connection: { health: { state: 'CLOSED', failuresInARow: 0 } },
	});
}, 30_000);

it('a secret that was replaced is taken without a restart, and nothing read with the old one is handed out', async () => {
	const of = (page: Answer['data']['bills']) => page.sources.find(({ connection }) => connection.id === 'fleet');
	expect(of(await ask())?.state).toBe('OK');
	expect(of(await ask())?.cached).toBe(true);
	writeFileSync(join(folder, 'token.txt'), 'a token that floLIVE does not know');
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(of(await ask())).toMatchObject({ state: 'FAILED', error: { kind: 'AUTH' } });
});

it('told to stop says so, answers what is asked, and then is gone', async () => {
	await server.close();
	server = await start({ server: { drainDelay: 0.3 } });
	const { url } = server;
	const closed = server.close();
	expect((await fetch(`${url}/readyz`)).status).toBe(503);
	expect((await ask()).nodes).toHaveLength(20);
	await closed;
	await expect(fetch(`${url}/livez`)).rejects.toThrow();
	server = await start({});
});
