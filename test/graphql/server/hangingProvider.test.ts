/** A provider that hangs for ever costs only who asks it: the others' readers do not wait, nor do other accounts of its host. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type RunningServer, startServer } from '../../../graphql/server/start';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';

const TIMEOUT_MS = 5_000;
/** More than one connection pool holds. */
const HANGING_READERS = 40;
const TRIES = 3;

const QUERY = `query ($connections: [ID!]) { bills(first: 10, filter: { connections: $connections }) {
	nodes { id billDate total { amount currency } billingAccount { id name } connection { id } }
	sources { connection { id } state complete error { kind } }
} }`;

interface Answer {
	readonly bills: {
		readonly nodes: readonly { readonly connection: { readonly id: string } }[];
		readonly sources: readonly {
			readonly connection: { readonly id: string };
			readonly state: string;
			readonly complete: boolean;
			readonly error: { readonly kind: string } | null;
		}[];
	};
}

const THREE = ['lumen-us', 'brm', 'fleet'];

const folder = mkdtempSync(join(tmpdir(), 'hanging-'));
let sandbox: RunningSandbox;
let server: RunningServer;

beforeAll(async () => {
	sandbox = await startSandbox({ billsPerAccount: 6, ratesPerBill: 1 });
});

/** Nothing kept, and no breaker that ends the hanging: the worst case. */
beforeEach(async () => {
	const configFile = join(folder, 'config.json');
	const config = {
		server: { port: 0, logLevel: 'silent', timeoutMs: TIMEOUT_MS },
		access: { open: true },
		connections: sandbox.connections.map((connection) => ({
			...connection,
			freshFor: 0,
			breaker: { failures: 1_000, rest: 1 },
		})),
	};
	writeFileSync(configFile, JSON.stringify(config));
	server = await startServer({ configFile, env: {} });
	await ask(THREE);
});

afterEach(async () => {
	await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'DELETE' });
	await server.close();
});

afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

async function ask(connections?: readonly string[]): Promise<Answer['bills'] & { readonly ms: number }> {
	const began = performance.now();
	const response = await fetch(`${server.url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ query: QUERY, variables: { connections } }),
	});
	const { data } = (await response.json()) as { data: Answer };
	return { ...data.bills, ms: performance.now() - began };
}

async function hang(rule: object): Promise<void> {
	const response = await fetch(`${sandbox.url}/__sandbox/faults`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ effect: 'hang', ...rule }),
	});
	expect(response.status).toBe(201);
}

it('costs readers of the other three nothing, however many wait for the fourth', async () => {
	const { nodes: truth } = await ask(THREE);
	expect(new Set(truth.map(({ connection }) => connection.id))).toEqual(new Set(THREE));
	const usual = await medianTime(truth);
	await hang({ provider: 'orange', path: '/bills' });
	const waiting = Array.from({ length: HANGING_READERS }, () => ask(['orange']));
	expect(await quickestOf(TRIES, () => medianTime(truth))).toBeLessThan(usual * 1.5 + 50);
	for (const { sources } of await Promise.all(waiting)) expect(sources[0]?.error?.kind).toBe('TIMEOUT');
}, 60_000);

/** A busy machine makes one try slow, a provider that holds up the others all of them. */
async function quickestOf(tries: number, measured: () => Promise<number>): Promise<number> {
	let quickest = Number.POSITIVE_INFINITY;
	for (let tried = 0; tried < tries; tried++) quickest = Math.min(quickest, await measured());
	return quickest;
}

/** Of some questions to the three, one after the other, each answered in full. */
async function medianTime(truth: Answer['bills']['nodes']): Promise<number> {
	const times: number[] = [];
	while (times.length < 9) {
		const { nodes, sources, ms } = await ask(THREE);
		expect(nodes).toEqual(truth);
		expect(sources.map(({ state, complete }) => [state, complete])).toEqual(THREE.map(() => ['OK', true]));
		times.push(ms);
	}
	return times.sort((left, right) => left - right)[4]!;
}
