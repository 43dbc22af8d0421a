// Two server processes and one Redis: what one has fetched the other need not, and neither needs Redis to go on.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { RedisLink } from '../../graphql/cache/redisLink';
import { sharedCounter } from '../../graphql/server/sharedCounter';
import { DEMO_CREDENTIALS } from '../../sandbox/demoCredentials';
import { type RunningSandbox, startSandbox } from '../../sandbox/server';
import { RedisServer } from './redisServer';
import { newcomersEnvironment } from './runningServer';

const CLI = join(__dirname, '../../graphql/cli.ts');
const CACHE_KEY = 'a key that all instances of this test have';

const QUERY = '{ bills(first: 50) { nodes { id total { amount } } sources { state complete cached requests } } }';

interface Answer {
	readonly errors?: readonly unknown[];
	readonly data: {
		readonly bills: {
			readonly nodes: readonly unknown[];
			readonly sources: readonly {
				readonly state: string;
				readonly complete: boolean;
				readonly cached: boolean;
				readonly requests: number;
			}[];
		};
	};
}

interface Instance {
	readonly url: string;
	readonly log: () => string;
	stop(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'two-instances-'));
let redis: RedisServer;
let sandbox: RunningSandbox;
let instances: readonly [Instance, Instance];

beforeAll(async () => {
	redis = await RedisServer.start();
	// Slow enough that both instances want the same list at the same time.
	sandbox = await startSandbox({ latencyMs: 150 });
	instances = await startTwo({ freshFor: 600 });
});

afterAll(async () => {
	await stopBoth(instances);
	await sandbox.close();
	await redis.end();
	rmSync(folder, { recursive: true, force: true });
});

test('two instances that are asked at once fetch one token and one list a provider between them', async () => {
	const [left, right] = await countedDuring(() => Promise.all(instances.map(ask)));
	for (const answer of left) {
		expect(answer.errors).toBeUndefined();
		expect(answer.data.bills.nodes).toHaveLength(50);
		expect(answer.data.bills.sources.map(({ state, complete }) => [state, complete])).toEqual(
			Array(4).fill(['OK', true]),
		);
	}
	expect(left[0]?.data.bills.nodes).toEqual(left[1]?.data.bills.nodes);
	expect(right).toEqual({
		tokens: { lumen: 1, oracleBrm: 1, orange: 1 },
		lists: { lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 },
	});
	const requests = left.map(({ data }) => data.bills.sources.reduce((sum, source) => sum + source.requests, 0));
	expect(requests.reduce((sum, count) => sum + count, 0)).toBe(6);
});

test('what is known already is read from Redis, and the sources say so', async () => {
	const [answers, counts] = await countedDuring(() => Promise.all(instances.map(ask)));
	expect(counts).toEqual({ tokens: {}, lists: {} });
	for (const { data } of answers) expect(data.bills.sources.every(({ cached }) => cached)).toBe(true);
});

test('a reader who asks for it afresh has everything read anew', async () => {
	const [, counts] = await countedDuring(() => post(instances[0], { 'cache-control': 'no-cache' }));
	expect(counts.lists).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 });
});

test('Redis holds neither tokens nor bills that anybody else could read', async () => {
	const link = await RedisLink.open({ url: redis.url });
	const keys = await link.client.keys('*');
	expect(keys.length).toBeGreaterThanOrEqual(7);
	const values = await Promise.all(keys.map((key) => link.client.get(key)));
	link.close();
	const bytes = values.map((value) => Buffer.from(value ?? '', 'base64').toString('latin1'));
	const text = [...keys, ...values, ...bytes].join('\n');
	const telling = ['lumen-us', 'orange', 'billDate', 'remoteId', 'issuedAt', '"value"', ...accountIds()];
	expect([...telling, ...secrets()].filter((word) => text.includes(word))).toEqual([]);
	const logs = instances.map(({ log }) => log()).join('');
	expect(secrets().filter((secret) => logs.includes(secret))).toEqual([]);
});

test('points spent on one instance are spent on the other', async () => {
	const options = { keyPrefix: 'test-points', points: 10, duration: 60 };
	const links = await Promise.all([RedisLink.open({ url: redis.url }), RedisLink.open({ url: redis.url })]);
	const [left, right] = links.map((link) => sharedCounter(link, options));
	await left?.consume('somebody', 7);
	await expect(right?.consume('somebody', 4)).rejects.toMatchObject({ consumedPoints: 11, remainingPoints: 0 });
	await expect(right?.consume('somebody else', 4)).resolves.toMatchObject({ remainingPoints: 6 });
	for (const link of links) link.close();
});

test('the limit of a reader holds across both instances', async () => {
	const limited = await startTwo({ freshFor: 0 }, { upstreamPerMinute: 10 });
	await forgetSpending();
	try {
		const [statuses, { lists }] = await countedDuring(async () => {
			const asked: number[] = [];
			for (let turn = 0; turn < 6; turn += 1) asked.push((await post(limited[turn % 2 === 0 ? 0 : 1])).status);
			return asked;
		});
		// The first question takes 6 of the 10, the second, on the other instance, what is left; then there is nothing.
		expect(statuses).toEqual([200, 200, 429, 429, 429, 429]);
		expect(Object.values(lists).reduce((sum, count) => sum + count, 0)).toBe(10);
	} finally {
		await stopBoth(limited);
	}
});

test('without Redis both instances go on, and with it they share again', async () => {
	await redis.kill();
	const [alone, counts] = await countedDuring(() => Promise.all(instances.map(ask)));
	for (const answer of alone) {
		expect(answer.errors).toBeUndefined();
		expect(answer.data.bills.nodes).toHaveLength(50);
	}
	// Each for itself; an instance that had its lists from the other all the time has no token yet.
	expect(counts.lists).toEqual({ lumen: 4, oracleBrm: 2, floLive: 4, orange: 2 });
	expect(Object.values(counts.tokens).filter((tokens) => tokens > 1)).toEqual([]);
	expect(await readiness(instances[0])).toMatchObject({ status: 'ready', cache: 'degraded' });
	const [, again] = await countedDuring(() => Promise.all(instances.map(ask)));
	expect(again.lists).toEqual({});

	await redis.start();
	for (const instance of instances) await until(async () => (await readiness(instance)).cache === 'shared');
	const [together, shared] = await countedDuring(() => Promise.all(instances.map(ask)));
	for (const answer of together) expect(answer.errors).toBeUndefined();
	expect(shared.lists).toEqual({ lumen: 2, oracleBrm: 1, floLive: 2, orange: 1 });
	const log = instances[0].log();
	expect(log).toContain('Redis does not answer');
	expect(log.split('Redis does not answer')).toHaveLength(2);
	expect(log).toContain('Redis answers');
});

/** What the tests before have cost counts too. */
async function forgetSpending(): Promise<void> {
	const link = await RedisLink.open({ url: redis.url });
	await link.client.flushAll();
	link.close();
}

async function startTwo(settings: { readonly freshFor: number }, limits: object = {}): Promise<[Instance, Instance]> {
	const config = {
		server: { port: 0 },
		access: { open: true },
		cache: { key: CACHE_KEY },
		limits,
		connections: sandbox.connections.map((connection) => ({ ...connection, ...settings })),
	};
	const file = join(folder, `fresh-for-${settings.freshFor}.yaml`);
	writeFileSync(file, JSON.stringify(config));
	return Promise.all([startInstance(file), startInstance(file)]);
}

async function stopBoth(both: readonly Instance[]): Promise<void> {
	await Promise.all(both.map((instance) => instance.stop()));
}

async function startInstance(configFile: string): Promise<Instance> {
	const child = spawn(process.execPath, ['--import', 'tsx', CLI, '--config', configFile], {
		env: { ...newcomersEnvironment(), REDIS_URL: redis.url },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let log = '';
	child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
	return { url: await addressOf(child, () => log), log: () => log, stop: () => stopped(child) };
}

function addressOf(child: ReturnType<typeof spawn>, log: () => string): Promise<string> {
	return new Promise((resolve, reject) => {
		let output = '';
		child.once('exit', () => reject(new Error(`The server ended. It printed:\n${output}${log()}`)));
		child.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const url = /GraphQL: +(\S+)\/graphql/.exec(output)?.[1];
			if (url !== undefined) resolve(url);
		});
	});
}

async function stopped(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	await ended;
}

async function ask(instance: Instance): Promise<Answer> {
	return (await (await post(instance)).json()) as Answer;
}

function post({ url }: Instance, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(`${url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify({ query: QUERY }),
	});
}

async function readiness({ url }: Instance): Promise<{ readonly status: string; readonly cache: string }> {
	return (await (await fetch(`${url}/readyz`)).json()) as { status: string; cache: string };
}

interface Counts {
	readonly tokens: Record<string, number>;
	readonly lists: Record<string, number>;
}

/** Requests that reached the providers while the work ran. */
async function countedDuring<T>(work: () => Promise<T>): Promise<[result: T, counts: Counts]> {
	const log = `${sandbox.url}/__sandbox/requests`;
	await fetch(log, { method: 'DELETE' });
	const result = await work();
	const { requests } = (await (await fetch(log)).json()) as {
		requests: readonly { readonly provider: string; readonly path: string }[];
	};
	const counts: Counts = { tokens: {}, lists: {} };
	for (const { provider, path } of requests) {
		const kind = path.endsWith('/token') ? counts.tokens : counts.lists;
		kind[provider] = (kind[provider] ?? 0) + 1;
	}
	return [result, counts];
}

/** Those of the configuration: of the connections, and of the cache itself. */
function secrets(): readonly string[] {
	const { lumen, oracleBrm, floLive, orange } = DEMO_CREDENTIALS;
	const ofClients = [lumen, oracleBrm, orange].map(({ clientSecret }) => clientSecret);
	return [...ofClients, floLive.token, floLive.password, orange.apiKey, CACHE_KEY];
}

function accountIds(): readonly string[] {
	return sandbox.connections.flatMap(({ accounts }) => accounts ?? []);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
	for (let attempt = 0; attempt < 200; attempt += 1) {
		if (await condition()) return;
		await sleep(50);
	}
	throw new Error('What was waited for did not happen within 10 s');
}
