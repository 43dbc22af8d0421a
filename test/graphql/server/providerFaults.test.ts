/** Any providers failing in any of the sandbox's ways: the others' bills are exactly theirs, and the failing ones are told of. */
import fc from 'fast-check';

import { systemClock } from '../../../graphql/server/systemClock';
import { UndiciTransport } from '../../../graphql/server/undiciTransport';
import type { Clock } from '../../../providers/transport/clock';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { connected } from '../support/connected';
import { Graph } from '../support/graph';

const QUERY = `{ bills(first: 500) {
	nodes { remoteId number billDate total { amount currency } connection { id } }
	sources { connection { id } state complete notices error { kind message } }
} }`;

interface Shown {
	readonly connection: { readonly id: string };
}

interface Data {
	readonly bills: {
		readonly nodes: readonly Shown[];
		readonly sources: readonly {
			readonly connection: { readonly id: string };
			readonly state: string;
			readonly complete: boolean;
			readonly notices: readonly string[];
			readonly error: { readonly kind: string; readonly message: string } | null;
		}[];
	};
}

const CONNECTIONS = { 'lumen-us': 'lumen', brm: 'oracleBrm', fleet: 'floLive', orange: 'orange' } as const;
type ConnectionId = keyof typeof CONNECTIONS;
const IDS = Object.keys(CONNECTIONS) as readonly ConnectionId[];

/** Every way in which the sandbox can fail, with settings that tell. */
const EFFECTS = [
	...[400, 401, 403, 404, 429, 500, 503].map((status) => ({ effect: 'answer', with: { status } })),
	{ effect: 'answer', with: { status: 200, body: '{"rows":"none"}' } },
	{ effect: 'latency', with: { ms: 3_000 } },
	{ effect: 'hang' },
	{ effect: 'reset' },
	{ effect: 'reset', with: { afterBytes: 40 } },
	{ effect: 'drip', with: { bytes: 512, everyMs: 1 } },
	{ effect: 'truncate' },
	{ effect: 'truncate', with: { bytes: 0 } },
	{ effect: 'contentType', with: { value: 'text/html' } },
	{ effect: 'html' },
	{ effect: 'brokenGzip' },
	{ effect: 'expireTokens' },
	{ effect: 'offsetIgnored' },
	{ effect: 'limitNotHonoured', with: { rows: 3 } },
	{ effect: 'samePage' },
	...['missing', 'wrong', 'short', 'changing'].map((is) => ({ effect: 'total', with: { is } })),
	{ effect: 'duplicateIds' },
] as const;

/** Hardly a pause between retries: what is tested is what becomes of them. */
const hasty: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 2), signal) };

let sandbox: RunningSandbox;
const transport = new UndiciTransport();
let truth: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
	sandbox = await startSandbox({ billsPerAccount: 6, ratesPerBill: 1 });
	const { nodes, sources } = await read(20_000);
	expect(sources.map(({ state, complete }) => [state, complete])).toEqual(IDS.map(() => ['OK', true]));
	truth = byConnection(nodes);
	for (const id of IDS) expect(truth.get(id)?.length).toBeGreaterThanOrEqual(10);
});

afterAll(async () => {
	await transport.close();
	await sandbox.close();
});

const fault = fc.record({
	effect: fc.constantFrom(...EFFECTS),
	nth: fc.integer({ min: 1, max: 3 }),
	times: fc.constantFrom(1, 2, undefined),
});
const trouble = fc.dictionary(fc.constantFrom(...IDS), fc.array(fault, { minLength: 1, maxLength: 2 }), { maxKeys: 4 });

it('gives exactly the healthy providers’ bills, and a status for the others', async () => {
	await fc.assert(
		fc.asyncProperty(trouble, async (troubles) => {
			const rules = Object.entries(troubles).flatMap(([id, faults]) =>
				faults.map(({ effect, nth, times }) => ({
					provider: CONNECTIONS[id as ConnectionId],
					...effect,
					nth,
					times,
				})),
			);
			await setFaults(rules);
			const { nodes, sources, partial, faults } = await read();
			const shown = byConnection(nodes);
			for (const { connection, state, complete, notices, error } of sources) {
				const { id } = connection;
				const bills = shown.get(id) ?? [];
				const known = truth.get(id) ?? [];
				if (!(id in troubles)) expect({ id, state, complete }).toEqual({ id, state: 'OK', complete: true });
				// A fault may be survived, but never by bills that are made up, wrong or missing without a word.
				if (state === 'OK' && complete) expect(bills).toEqual(known);
				else expect(known).toEqual(expect.arrayContaining([...bills]));
				expect(new Set(bills).size).toBe(bills.length);
				expect(error === null).toBe(state === 'OK');
				if (state === 'OK' && !complete) expect(notices).not.toEqual([]);
			}
			const told = partial.map(({ extensions }) => extensions['connection']);
			expect(told).toEqual(sources.filter(({ error }) => error !== null).map(({ connection }) => connection.id));
			expect(faults).toEqual([]);
		}),
		{ numRuns: 40, interruptAfterTimeLimit: 60_000 },
	);
}, 120_000);

async function setFaults(rules: readonly object[]): Promise<void> {
	const url = `${sandbox.url}/__sandbox/faults`;
	await fetch(url, { method: 'DELETE' });
	if (rules.length === 0) return;
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(rules),
	});
	expect(response.status).toBe(201);
}

/** With breakers, tokens and a cache that know nothing yet. */
async function read(timeoutMs = 1_200) {
	const graph = new Graph((await connected(sandbox.connections, { transport, clock: hasty })).all, { timeoutMs });
	const { data, errors, partial, faults } = await graph.ask<Data>(QUERY);
	expect(errors).toEqual([]);
	return { ...data.bills, partial, faults };
}

/** Bills as text, so that they compare whole. */
function byConnection(nodes: readonly Shown[]): ReadonlyMap<string, readonly string[]> {
	return new Map(
		IDS.map((id) => [
			id,
			nodes
				.filter(({ connection }) => connection.id === id)
				.map((node) => JSON.stringify(node))
				.sort(),
		]),
	);
}
