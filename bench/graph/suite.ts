/** The servers side by side over one sandbox: in each round every server is asked for a while, one after the other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isSame, refuseErrors, refuseLess } from './answers';
import { rotated } from '../rotated';
import { Asker, type Question } from './load';
import type { GraphRow } from './rows';
import { type Fixture, Sandbox, type SandboxBooks } from './sandbox';
import type { ServerProcess } from './serverProcess';
import { DEEP_PAGE, FLAGSHIP, FLAT, NODES, ONE_BILL, type Shape } from './shapes';
import { HANDWRITTEN, OURS, VARIANTS, type Variant } from './variants';

export interface GraphOptions {
	readonly rounds: number;
	/** How long a server is asked in a round, in milliseconds; up to half as long again where answers are slow. */
	readonly roundMs: number;
	/** What every server does before it is measured with a question: compiled code is what runs for hours. */
	readonly warmUp: WarmUp;
	/** Asking the flagship at once. */
	readonly clients: readonly number[];
	/** Names of servers and of questions; null: all. Our server is always among the first. */
	readonly only: { readonly variants: readonly string[] | null; readonly shapes: readonly string[] | null };
	readonly say: (line: string) => void;
}

/** Both are the least. */
export interface WarmUp {
	readonly queries: number;
	readonly ms: number;
}

interface Case {
	readonly shape: Shape;
	readonly clients: readonly number[];
}

/** One sandbox and what is asked of it. */
interface Group {
	readonly fixture: Fixture;
	readonly latencyMs: number;
	readonly cases: readonly Case[];
}

/** The fixture of docs/batching.md. */
const PLAIN: Fixture = { accounts: 2, bills: 24, rates: 20 };
/** Where 500 bills are a part of all. */
const LONG: Fixture = { accounts: 2, bills: 150, rates: 2 };
const SOME_CLIENTS = [5];

function groups(clients: readonly number[]): readonly Group[] {
	const others = [ONE_BILL, DEEP_PAGE, NODES].map((shape) => ({ shape, clients: SOME_CLIENTS }));
	return [
		{ fixture: PLAIN, latencyMs: 5, cases: [{ shape: FLAGSHIP, clients }, ...others] },
		{ fixture: PLAIN, latencyMs: 50, cases: [{ shape: FLAGSHIP, clients }] },
		{ fixture: LONG, latencyMs: 5, cases: [{ shape: FLAT, clients: SOME_CLIENTS }] },
	];
}

export async function graphSuite(options: GraphOptions): Promise<readonly GraphRow[]> {
	const rows: GraphRow[] = [];
	const { shapes } = options.only;
	for (const group of groups(options.clients)) {
		const cases = group.cases.filter(({ shape }) => shapes?.includes(shape.name) ?? true);
		if (cases.length > 0) rows.push(...(await measureGroup({ ...group, cases }, options)));
	}
	return rows;
}

async function measureGroup({ fixture, latencyMs, cases }: Group, options: GraphOptions): Promise<readonly GraphRow[]> {
	const folder = mkdtempSync(join(tmpdir(), 'telecom-billing-bench-'));
	const sandbox = await Sandbox.start(fixture, latencyMs);
	const servers: [Variant, ServerProcess][] = [];
	try {
		const variants = VARIANTS.filter((one) => one === OURS || (options.only.variants?.includes(one.name) ?? true));
		for (const variant of variants) servers.push([variant, await variant.start(sandbox, folder)]);
		const books = await readBooks(servers);
		const rows: GraphRow[] = [];
		for (const { shape, clients } of cases) {
			const variables = shape.variables(books);
			const asked = await prepare(shape, variables, servers, sandbox, options.warmUp);
			for (const count of clients) rows.push(...(await measure(asked, { shape, latencyMs, clients: count }, options)));
		}
		return rows;
	} finally {
		await Promise.all(servers.map(([, server]) => server.stop()));
		await sandbox.stop();
		rmSync(folder, { recursive: true });
	}
}

interface Asked {
	readonly variant: Variant;
	readonly server: ServerProcess;
	readonly question: Question;
	readonly upstream: number;
	readonly sameBytes: boolean;
}

const WARM_UP_CLIENTS = 5;

/** Warms every server up, then counts what one query takes and compares the answers. Ours comes first. */
async function prepare(
	shape: Shape,
	variables: Readonly<Record<string, unknown>>,
	servers: readonly (readonly [Variant, ServerProcess])[],
	sandbox: Sandbox,
	warmUp: WarmUp,
): Promise<readonly Asked[]> {
	const asked: Asked[] = [];
	let ours: Answered | null = null;
	for (const [variant, server] of servers) {
		const question = variant.question(shape, variables);
		if (question === null) continue;
		const asker = new Asker(server.url, question, WARM_UP_CLIENTS);
		await asker.warmUp(warmUp.queries, warmUp.ms);
		let answer = '';
		const upstream = await sandbox.requestsOf(async () => (answer = await asker.ask()));
		await asker.close();
		ours ??= { answer, upstream };
		const sameBytes = isSame(answer, ours.answer);
		try {
			refuseErrors(answer);
			refuseLess(answer, ours.answer);
			if (variant === HANDWRITTEN) refuseOther({ upstream, sameBytes }, ours);
		} catch (error) {
			throw new Error(`${variant.name} cannot be measured with ${shape.name}`, { cause: error });
		}
		asked.push({ variant, server, question, upstream, sameBytes });
	}
	return asked;
}

interface Answered {
	readonly answer: string;
	readonly upstream: number;
}

/** What figures are ratios to must do the same work. */
function refuseOther({ upstream, sameBytes }: Pick<Asked, 'upstream' | 'sameBytes'>, ours: Answered): void {
	if (!sameBytes) throw new Error('The answer is not ours');
	if (upstream !== ours.upstream) throw new Error(`It takes ${upstream} requests where ours takes ${ours.upstream}`);
}

/** Milliseconds that a server is asked for at the beginning of its turn, before it is measured. */
const AGAIN_MS = 500;

async function measure(
	asked: readonly Asked[],
	about: { readonly shape: Shape; readonly latencyMs: number; readonly clients: number },
	{ rounds, roundMs, say }: GraphOptions,
): Promise<readonly GraphRow[]> {
	const rows: GraphRow[] = [];
	const { shape, latencyMs, clients } = about;
	for (let round = 1; round <= rounds; round += 1) {
		// Another server begins each round: what comes after a pause is not always the same one.
		for (const one of rotated(asked, round)) {
			const { variant, server, question, upstream, sameBytes } = one;
			const asker = new Asker(server.url, question, clients);
			// While it waited for its turn, its garbage was collected, and compiled code with it.
			await asker.warmUp(0, AGAIN_MS);
			const before = await server.usage();
			const measured = await asker.askFor(roundMs);
			const after = await server.usage();
			await asker.close();
			const cpuMsPerQuery = (after.cpuMs - before.cpuMs) / measured.queries;
			const at = { shape: shape.name, latencyMs, clients, variant: variant.name, round };
			rows.push(rounded({ ...at, ...measured, cpuMsPerQuery, peakMiB: after.peakMiB, upstream, sameBytes }));
			say(
				`${shape.name} ${latencyMs} ms x${clients} round ${round} ${variant.name}: ${cpuMsPerQuery.toFixed(2)} CPU ms a query, ${upstream} requests`,
			);
		}
	}
	return rows;
}

/** What is beyond the third digit is noise. */
function rounded(row: GraphRow): GraphRow {
	const entries = Object.entries(row).map(([name, value]: [string, unknown]) => [
		name,
		typeof value === 'number' ? Number(value.toFixed(3)) : value,
	]);
	return Object.fromEntries(entries) as GraphRow;
}

/** The ids and the cursor that questions hold, asked of our own server. */
async function readBooks(servers: readonly (readonly [Variant, ServerProcess])[]): Promise<SandboxBooks> {
	const own = servers.find(([variant]) => variant === OURS)?.[1];
	if (own === undefined) throw new Error('Questions are made by our own server, which is not among those measured');
	const query = `{
		deep: bills(first: 60) { pageInfo { endCursor } }
		all: bills(first: 150) { nodes { id provider } }
	}`;
	const asker = new Asker(own.url, { method: 'POST', path: '/graphql', body: JSON.stringify({ query }) }, 1);
	const { data } = JSON.parse(await asker.ask()) as {
		readonly data: {
			readonly deep: { readonly pageInfo: { readonly endCursor: string } };
			readonly all: { readonly nodes: readonly { readonly id: string; readonly provider: string }[] };
		};
	};
	await asker.close();
	const oracle = data.all.nodes.find(({ provider }) => provider === 'ORACLE_BRM');
	return {
		deepCursor: data.deep.pageInfo.endCursor,
		nodeIds: data.all.nodes.slice(0, 100).map(({ id }) => id),
		oneId: oracle?.id ?? '',
	};
}
