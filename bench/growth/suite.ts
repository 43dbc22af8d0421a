/** How time, memory and requests grow with what there is to read: as the server's processor time, memory and requests tell. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Sandbox } from '../graph/sandbox';
import type { GrowthQuestion, GrowthRow } from './rows';
import { GrowthServer } from './server';
import { type Connection, type GrowthSeries, GROWTH, SPEND } from './series';

export interface GrowthOptions {
	readonly rounds: number;
	readonly isQuick: boolean;
	readonly say: (line: string) => void;
}

/** Where in the list the deep page lies. */
const DEPTH = 0.9;
/** Asked before anything is measured, so that the compiler's own work is not measured with it; then each page so often, for one on average. */
const FULL = { warmUps: 15, repeats: 10 };
const QUICK = { warmUps: 3, repeats: 2 };

interface Page {
	readonly nodes: readonly unknown[];
	readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export async function growthSuite(options: GrowthOptions): Promise<readonly GrowthRow[]> {
	const rows: GrowthRow[] = [];
	for (const series of GROWTH) {
		for (const size of options.isQuick ? series.sizes.quick : series.sizes.full) {
			rows.push(...(await measureSize(series, size, options)));
		}
	}
	return rows;
}

async function measureSize(series: GrowthSeries, size: number, options: GrowthOptions): Promise<readonly GrowthRow[]> {
	const folder = mkdtempSync(join(tmpdir(), 'telecom-billing-growth-'));
	const sandbox = await Sandbox.start(series.fixture(size), 0);
	try {
		const connections = series.connections((await sandbox.connections()) as readonly Connection[], size);
		const rows: GrowthRow[] = [];
		for (let round = 1; round <= options.rounds; round += 1) {
			const start = (): Promise<GrowthServer> => GrowthServer.start(connections, folder);
			for (const measured of await measureRound(series, { sandbox, start, pace: options.isQuick ? QUICK : FULL })) {
				rows.push({ series: series.name, size, round, ...measured });
				const { question, cpuMs, upstream } = measured;
				options.say(`${series.name} ${size} round ${round} ${question}: ${cpuMs} CPU ms, ${upstream} requests`);
			}
		}
		return rows;
	} finally {
		await sandbox.stop();
		rmSync(folder, { recursive: true });
	}
}

type Measured = Omit<GrowthRow, 'series' | 'size' | 'round'>;

interface Stage {
	readonly sandbox: Sandbox;
	readonly start: () => Promise<GrowthServer>;
	readonly pace: typeof FULL;
}

/** The export finds the cursor that deep pages begin at: on the server that walked there, and on one that never did. */
async function measureRound({ questions }: GrowthSeries, stage: Stage): Promise<readonly Measured[]> {
	const { firstPage, deepPage, exportPage } = questions;
	const { repeats } = stage.pace;
	const page = async (server: GrowthServer, query: string, after?: string | null): Promise<number> =>
		(await server.ask<Page>(query, { after })).nodes.length;
	const spend = async (server: GrowthServer): Promise<number> =>
		(await server.ask<{ readonly rows: readonly unknown[] }>(SPEND)).rows.length;

	const measured: Measured[] = [];
	let deep: string | null = null;
	await onServer(stage, [firstPage, SPEND], async (measure) => {
		measured.push(await measure('first', repeats, (server) => page(server, firstPage)));
		measured.push(await measure('spend', repeats, spend));
		measured.push(
			await measure('export', 1, async (server) => {
				const walk = await walkAll(server, exportPage);
				deep = walk.deep;
				return walk.rows;
			}),
		);
		measured.push(await measure('walked', repeats, (server) => page(server, deepPage, deep)));
	});
	await onServer(stage, [firstPage], async (measure) => {
		measured.push(await measure('deep', repeats, (server) => page(server, deepPage, deep)));
	});
	return measured;
}

type Measure = (
	question: GrowthQuestion,
	repeats: number,
	ask: (server: GrowthServer) => Promise<number>,
) => Promise<Measured>;

/** On a server that has just started. What is asked last on it has the peak of all before it. */
async function onServer(
	{ sandbox, start, pace }: Stage,
	warmUps: readonly string[],
	work: (measure: Measure) => Promise<void>,
): Promise<void> {
	const server = await start();
	try {
		for (let time = 0; time < pace.warmUps; time += 1) for (const query of warmUps) await server.ask(query);
		await work(async (question, repeats, ask) => {
			let rows = 0;
			const before = await server.usage();
			const started = performance.now();
			const requests = await sandbox.requestsOf(async () => {
				for (let time = 0; time < repeats; time += 1) rows = await ask(server);
			});
			const wallMs = (performance.now() - started) / repeats;
			const after = await server.usage();
			return {
				question,
				cpuMs: rounded((after.cpuMs - before.cpuMs) / repeats),
				wallMs: rounded(wallMs),
				idleMiB: rounded(before.peakMiB),
				peakMiB: rounded(after.peakMiB),
				upstream: rounded(requests / repeats),
				rows,
			};
		});
	} finally {
		await server.stop();
	}
}

/** Every page to the end; what was in them, and the cursor behind which the last tenth lies, or as near as pages allow. */
async function walkAll(server: GrowthServer, query: string): Promise<{ rows: number; deep: string | null }> {
	const ends: { readonly rows: number; readonly cursor: string | null }[] = [{ rows: 0, cursor: null }];
	let rows = 0;
	for (let after: string | null = null, isMore = true; isMore;) {
		const { nodes, pageInfo }: Page = await server.ask<Page>(query, { after });
		rows += nodes.length;
		after = pageInfo.endCursor;
		isMore = pageInfo.hasNextPage;
		if (isMore) ends.push({ rows, cursor: after });
	}
	const deep = ends.findLast((end) => end.rows <= rows * DEPTH);
	return { rows, deep: deep?.cursor ?? null };
}

/** What is beyond the third digit is noise. */
function rounded(figure: number): number {
	return Number(figure.toFixed(3));
}
