/** `npm run bench`: measures ours beside what people would pick instead, and keeps every row. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildNodes, buildProduct, buildPrograms, installPeers } from './builds';
import { type GraphOptions, graphSuite } from './graph/suite';
import { type GrowthOptions, growthSuite } from './growth/suite';
import { type N8nSuiteOptions, n8nSuite, whyNoN8n } from './n8n/suite';
import { RESULTS_FOLDER, type SuiteResult, currentCommit, measured, writeResult, writeResults } from './results';
import { type StartOptions, startSuite } from './start/suite';

const HELP = `npm run bench -- [options]

  --suite NAME     what to measure: graph, n8n, growth or start; all of them where left out
  --quick          fewer and shorter rounds: for a look, not for the page
  --rounds N       how often everything is measured
  --json FILE      where the results go: a list of one object a suite, with its rows and what they were measured on.
                   Where left out, each goes to bench/results/SUITE.json; nowhere with --quick, nor with an option below,
                   since the page is made of all that there is to measure

graph, the GraphQL server beside others:
  --clients 1,5    how many ask the flagship at once
  --servers a,b    only these servers, and ours
  --shapes a,b     only these questions

n8n, the nodes beside n8n's own HTTP Request node (left out where n8n is not installed: see docs/contributing.md):
  --records N      how many there are to read: a multiple of 1,000
  --latencies 0,50 milliseconds until the provider answers
  --only NAME      only what has this name in bench/n8n/workflows.ts; may be given several times`;

interface Pace {
	readonly graph: Pick<GraphOptions, 'rounds' | 'roundMs' | 'warmUp' | 'clients'>;
	readonly n8n: Omit<N8nSuiteOptions, 'say'>;
	readonly growth: Pick<GrowthOptions, 'rounds'>;
	readonly start: Pick<StartOptions, 'rounds'>;
}

const FULL: Pace = {
	graph: { rounds: 10, roundMs: 1_500, warmUp: { queries: 200, ms: 4_000 }, clients: [1, 5, 20] },
	n8n: { rounds: 3, records: 100_000, latencies: [0, 50], only: [] },
	growth: { rounds: 1 },
	start: { rounds: 10 },
};
/** Each run of n8n starts one: these three take a minute and a half. */
const FEW_SUBJECTS = ['HTTP Request', 'Oracle BRM: Get Many', 'Oracle BRM: Summarize'];
const QUICK: Pace = {
	graph: { rounds: 3, roundMs: 500, warmUp: { queries: 40, ms: 0 }, clients: [5] },
	n8n: { rounds: 1, records: 20_000, latencies: [50], only: FEW_SUBJECTS },
	growth: { rounds: 1 },
	start: { rounds: 2 },
};
const SUITES = ['graph', 'n8n', 'growth', 'start'] as const;
type Suite = (typeof SUITES)[number];

const OPTIONS = {
	suite: { type: 'string' },
	quick: { type: 'boolean', default: false },
	rounds: { type: 'string' },
	json: { type: 'string' },
	clients: { type: 'string' },
	servers: { type: 'string' },
	shapes: { type: 'string' },
	records: { type: 'string' },
	latencies: { type: 'string' },
	only: { type: 'string', multiple: true },
	help: { type: 'boolean', default: false },
} as const;
/** Any of them leaves something out, or measures what the page does not tell. */
const FILTERS = ['clients', 'servers', 'shapes', 'records', 'latencies', 'only'] as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** Null: it cannot be measured here. */
const RUNS: Readonly<Record<Suite, (values: Values, commit: string) => Promise<SuiteResult<Suite, unknown> | null>>> = {
	graph: runGraph,
	n8n: runN8n,
	growth: runGrowth,
	start: runStart,
};

async function main(): Promise<void> {
	const { values } = parseArgs({ options: OPTIONS });
	if (values.help) {
		console.log(HELP);
		return;
	}
	const suites = SUITES.filter((suite) => values.suite === undefined || values.suite === suite);
	if (suites.length === 0) throw new Error(`--suite must be one of ${SUITES.join(', ')}, not "${values.suite}"`);
	const started = Date.now();
	const commit = currentCommit();
	// The n8n suite packs the nodes by itself, and runs the sandbox from its source.
	if (suites.some((suite) => suite !== 'n8n')) buildProduct();
	const results: SuiteResult<Suite, unknown>[] = [];
	for (const suite of suites) {
		const result = await RUNS[suite](values, commit);
		if (result === null) continue;
		results.push(result);
		// After every suite: what one has measured outlives the failure of the next.
		say(`${suite}: ${keep(values, results, result)}`);
	}
	say(`This took ${((Date.now() - started) / 60_000).toFixed(1)} minutes.`);
}

/** Tells where the results are now. */
function keep(
	values: Values,
	results: readonly SuiteResult<Suite, unknown>[],
	last: SuiteResult<Suite, unknown>,
): string {
	if (values.json !== undefined) {
		writeResults(values.json, results);
		return `written to ${values.json}`;
	}
	const partial = values.quick ? 'quick' : FILTERS.find((name) => values[name] !== undefined);
	if (partial !== undefined) return `not kept, because of --${partial}: --json FILE keeps any results`;
	const file = join(RESULTS_FOLDER, `${last.suite}.json`);
	writeResult(file, last);
	return `written to ${file}`;
}

async function runGraph(values: Values, commit: string): Promise<SuiteResult<'graph', unknown>> {
	installPeers();
	await buildPrograms();
	const { roundMs, warmUp, ...pace } = paceOf(values).graph;
	const rounds = roundsOf(values, pace);
	const clients = wholes('--clients', values.clients) ?? pace.clients;
	const only = { variants: values.servers?.split(',') ?? null, shapes: values.shapes?.split(',') ?? null };
	return measured({ suite: 'graph', commit, rounds }, () =>
		graphSuite({ rounds, roundMs, warmUp, clients, only, say }),
	);
}

async function runN8n(values: Values, commit: string): Promise<SuiteResult<'n8n', unknown> | null> {
	const reason = whyNoN8n();
	if (reason !== null) {
		say(`n8n: left out, since ${reason}`);
		return null;
	}
	const pace = paceOf(values).n8n;
	const rounds = roundsOf(values, pace);
	const records = wholes('--records', values.records)?.[0] ?? pace.records;
	const latencies = wholes('--latencies', values.latencies, 0) ?? pace.latencies;
	const only = values.only ?? pace.only;
	return measured({ suite: 'n8n', commit, rounds }, () => n8nSuite({ rounds, records, latencies, only, say }));
}

async function runGrowth(values: Values, commit: string): Promise<SuiteResult<'growth', unknown>> {
	const rounds = roundsOf(values, paceOf(values).growth);
	return measured({ suite: 'growth', commit, rounds }, () => growthSuite({ rounds, isQuick: values.quick, say }));
}

async function runStart(values: Values, commit: string): Promise<SuiteResult<'start', unknown>> {
	buildNodes();
	const rounds = roundsOf(values, paceOf(values).start);
	return measured({ suite: 'start', commit, rounds }, () => startSuite({ rounds, isCold: !values.quick, say }));
}

function say(line: string): void {
	console.log(line);
}

function paceOf({ quick }: Values): Pace {
	return quick ? QUICK : FULL;
}

function roundsOf({ rounds }: Values, pace: { readonly rounds: number }): number {
	return wholes('--rounds', rounds)?.[0] ?? pace.rounds;
}

/** The numbers of an option, separated by commas; undefined where it is left out. */
function wholes(option: string, text: string | undefined, least = 1): readonly number[] | undefined {
	return text?.split(',').map((word) => {
		const number = word.trim() === '' ? NaN : Number(word);
		if (Number.isInteger(number) && number >= least) return number;
		throw new Error(`${option} must be a whole number of at least ${least}, not "${word}"`);
	});
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
