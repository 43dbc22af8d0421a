/** How time, memory and requests grow with what there is to read: as the server's processor time, memory and requests tell. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Sandbox } from '../graph/sandbox';
import type { GrowthQuestion, GrowthRow } from './rows';
import { GrowthServer } from './server';
import { type Connection, type GrowthSeries, type ListQuestions, GROWTH, SPEND } from './series';

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
	// Outermost, so that what else the machine does for a while slows one round's sizes alike.
	for (let round = 1; round <= options.rounds; round += 1) {
		for (const series of GROWTH) {
			for (const size of options.isQuick ? series.sizes.quick : series.sizes.full) {
				const measured = await measureSize(series, size, options.isQuick ? QUICK : FULL);
				for (const row of measured.map((figures): GrowthRow => ({ series: series.name, size, round, ...figures }))) {
					rows.push(row);
					const { question, cpuMs, upstream } = row;
					options.say(`${series.name} ${size} round ${round} ${question}: ${cpuMs} CPU ms, ${upstream} requests`);
				}
			}
		}
	}
	return rows;
}

type Measured = Omit<GrowthRow, 'series' | 'size' | 'round'>;

async function measureSize(series: GrowthSeries, size: number, pace: typeof FULL): Promise<readonly Measured[]> {
	const folder = mkdtempSync(join(tmpdir(), 'telecom-billing-growth-'));
	const sandbox = await Sandbox.start(series.fixture(size), 0);
	try {
		const connections = series.connections((await sandbox.connections()) as readonly Connection[], size);
		const start = (): Promise<GrowthServer> => GrowthServer.start(connections, folder);
		return await measureQuestions(series.questions, { sandbox, start, pace });
	} finally {
		await sandbox.stop();
		rmSync(folder, { recursive: true });
	}
}

interface Stage {
	readonly sandbox: Sandbox;
	readonly start: () => Promise<GrowthServer>;
	readonly pace: typeof FULL;
}

/** The export finds where deep pages begin: they are asked of the server that walked there, and of one that never did. */
async function measureQuestions(questions: ListQuestions, stage: Stage): Promise<readonly Measured[]> {
	const { firstPage, deepPage, exportPage } = questions;
	const { repeats } = stage.pace;
	const page = async (server: GrowthServer, query: string, after?: string): Promise<number> =>
		(await server.ask<Page>(query, { after })).nodes.length;
	const spend = async (server: GrowthServer): Promise<number> =>
		(await server.ask<{ readonly rows: readonly unknown[] }>(SPEND)).rows.length;

	const measured: Measured[] = [];
	const deep = await onServer(stage, [firstPage, SPEND], async (measure, walking) => {
		measured.push(await measure('first', repeats, (server) => page(server, firstPage)));
		measured.push(await measure('spend', repeats, spend));
		const ends: PageEnd[] = [];
		measured.push(await measure('export', 1, (server) => walkAll(server, exportPage, ends)));
		const found = await deepCursor(walking, questions, ends);
		if (found !== null) measured.push(await measure('walked', repeats, (server) => page(server, deepPage, found)));
		return found;
	});
	if (deep !== null) {
		await onServer(stage, [firstPage], async (measure) => {
			measured.push(await measure('deep', repeats, (server) => page(server, deepPage, deep)));
		});
	}
	return measured;
}

type Measure = (
	question: GrowthQuestion,
	repeats: number,
	ask: (server: GrowthServer) => Promise<number>,
) => Promise<Measured>;

/** On a server that has just started. What is asked last on it has the peak of all before it. */
async function onServer<T>(
	{ sandbox, start, pace }: Stage,
	warmUps: readonly string[],
	work: (measure: Measure, server: GrowthServer) => Promise<T>,
): Promise<T> {
	const server = await start();
	try {
		for (let time = 0; time < pace.warmUps; time += 1) for (const query of warmUps) await server.ask(query);
		return await work(async (question, repeats, ask) => {
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
		}, server);
	} finally {
		await server.stop();
	}
}

/** Where a page of the export ended, and how many rows had come by then. */
interface PageEnd {
	readonly rows: number;
	readonly cursor: string | null;
}

/** Every page to the end; what was in them. @param ends is given where each ended */
async function walkAll(server: GrowthServer, query: string, ends: PageEnd[]): Promise<number> {
	let rows = 0;
	for (let after: string | null = null, isMore = true; isMore;) {
		const { nodes, pageInfo }: Page = await server.ask<Page>(query, { after });
		rows += nodes.length;
		after = pageInfo.endCursor;
		isMore = pageInfo.hasNextPage;
		ends.push({ rows, cursor: after });
	}
	return rows;
}

/** Behind nine tenths of all rows; null where a page from there on would not be a whole one, and so another question. */
async function deepCursor(
	server: GrowthServer,
	{ exportPage, pageSize }: ListQuestions,
	ends: readonly PageEnd[],
): Promise<string | null> {
	const all = ends.at(-1)?.rows ?? 0;
	const before = Math.floor(all * DEPTH);
	if (all - before < pageSize) return null;
	const near = ends.findLast(({ rows }) => rows <= before) ?? { rows: 0, cursor: null };
	if (near.rows === before) return near.cursor;
	const first = before - near.rows;
	const { nodes, pageInfo } = await server.ask<Page>(exportPage, { after: near.cursor, first });
	if (nodes.length < first) throw new Error(`A page of ${first} rows gave only ${nodes.length} before the end`);
	return pageInfo.endCursor;
}

/** What is beyond the third digit is noise. */
function rounded(figure: number): number {
	return Number(figure.toFixed(3));
}
