/** What a run of the benchmarks leaves behind: every row as measured, with the machine and the load that it was measured under. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

import type { GraphRow } from './graph/rows';
import type { GrowthRow } from './growth/rows';
import type { N8nRow } from './n8n/rows';
import type { StartRow } from './start/rows';

export const RESULTS_FOLDER = join(__dirname, 'results');

export interface Machine {
	readonly cpu: string;
	readonly cores: number;
	readonly memoryGiB: number;
	readonly system: string;
	readonly node: string;
}

/** One suite, run once. */
export interface SuiteResult<Suite extends string, Row> {
	readonly suite: Suite;
	/** The commit that was measured. */
	readonly commit: string;
	/** Both RFC 3339. */
	readonly startedAt: string;
	readonly endedAt: string;
	readonly machine: Machine;
	/** Processes that wanted to run, averaged over a minute, before and after: more than the benchmark's own tell of others. */
	readonly load: { readonly before: number; readonly after: number };
	readonly rounds: number;
	readonly rows: readonly Row[];
}

export type GraphResult = SuiteResult<'graph', GraphRow>;
export type N8nResult = SuiteResult<'n8n', N8nRow>;
export type GrowthResult = SuiteResult<'growth', GrowthRow>;
export type StartResult = SuiteResult<'start', StartRow>;

interface Results {
	readonly graph: GraphResult;
	readonly n8n: N8nResult;
	readonly growth: GrowthResult;
	readonly start: StartResult;
}

/** Runs a suite and tells where and under what load. */
export async function measured<Suite extends string, Row>(
	{ suite, commit, rounds }: Pick<SuiteResult<Suite, Row>, 'suite' | 'commit' | 'rounds'>,
	run: () => Promise<readonly Row[]>,
): Promise<SuiteResult<Suite, Row>> {
	const before = load();
	const startedAt = new Date().toISOString();
	const rows = await run();
	const times = { startedAt, endedAt: new Date().toISOString() };
	return { suite, commit, ...times, machine: machine(), load: { before, after: load() }, rounds, rows };
}

/** As JSON with a row a line: a difference between two runs can be read. */
export function writeResult(file: string, result: SuiteResult<string, unknown>): void {
	writeFileSync(file, `${textOf(result)}\n`);
}

/** A list of them, whatever their number. */
export function writeResults(file: string, results: readonly SuiteResult<string, unknown>[]): void {
	writeFileSync(file, `[\n${results.map(textOf).join(',\n')}\n]\n`);
}

function textOf({ rows, ...about }: SuiteResult<string, unknown>): string {
	const head = JSON.stringify(about, null, '\t').slice(0, -2);
	const lines = rows.map((row) => `\t\t${JSON.stringify(row)}`).join(',\n');
	return `${head},\n\t"rows": [\n${lines}\n\t]\n}`;
}

/** The committed result of a suite. */
export function readResult<Suite extends keyof Results>(suite: Suite): Results[Suite] {
	return JSON.parse(readFileSync(join(RESULTS_FOLDER, `${suite}.json`), 'utf8')) as Results[Suite];
}

function machine(): Machine {
	const processors = cpus();
	return {
		cpu: processors[0]?.model.trim() ?? 'unknown',
		cores: processors.length,
		memoryGiB: Math.round(totalmem() / 2 ** 30),
		system: `${platform()} ${release()}`,
		node: process.version,
	};
}

function load(): number {
	return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

/** To be taken before anything is written: results of a run that are in place make the next commit `-dirty`. */
export function currentCommit(): string {
	return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12'], {
		cwd: __dirname,
		encoding: 'utf8',
	}).trim();
}
