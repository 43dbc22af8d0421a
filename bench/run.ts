/** `npm run bench`: measures our server beside what people would pick instead, and keeps every row. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildNodes, buildProduct, buildPrograms, installPeers } from './builds';
import { graphSuite } from './graph/suite';
import { growthSuite } from './growth/suite';
import { RESULTS_FOLDER, type SuiteResult, measured, writeResult } from './results';
import { startSuite } from './start/suite';

const HELP = `npm run bench -- [options]

  --suite NAME     what to measure: graph, growth or start; all of them where left out
  --quick          fewer and shorter rounds: for a look, not for the page
  --rounds N       how often every server is asked
  --clients 1,5    how many ask the flagship at once
  --json FILE      where the rows of one suite go; bench/results/SUITE.json where left out (with --quick: nowhere)
  --servers a,b    only these servers, and ours
  --shapes a,b     only these questions`;

const FULL = {
	graph: { rounds: 10, roundMs: 1_500, warmUps: 200, clients: [1, 5, 20] },
	growth: { rounds: 1 },
	start: { rounds: 10 },
};
const QUICK = {
	graph: { rounds: 3, roundMs: 500, warmUps: 40, clients: [5] },
	growth: { rounds: 1 },
	start: { rounds: 2 },
};
const SUITES = ['graph', 'growth', 'start'] as const;
type Suite = (typeof SUITES)[number];

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			suite: { type: 'string' },
			quick: { type: 'boolean', default: false },
			rounds: { type: 'string' },
			clients: { type: 'string' },
			json: { type: 'string' },
			servers: { type: 'string' },
			shapes: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(HELP);
		return;
	}
	const suites = SUITES.filter((suite) => values.suite === undefined || values.suite === suite);
	if (suites.length === 0) throw new Error(`--suite must be one of ${SUITES.join(', ')}, not "${values.suite}"`);
	if (suites.length > 1 && values.json !== undefined) throw new Error('--json takes the rows of one --suite');
	buildProduct();
	const runs: Readonly<Record<Suite, () => Promise<SuiteResult<Suite, unknown>>>> = {
		graph: () => runGraph(values),
		growth: () => runGrowth(values),
		start: () => runStart(values),
	};
	for (const suite of suites) {
		const result = await runs[suite]();
		const file = values.json ?? (values.quick ? null : join(RESULTS_FOLDER, `${suite}.json`));
		if (file !== null) writeResult(file, result);
	}
}

interface Values {
	readonly quick: boolean;
	readonly rounds?: string;
	readonly clients?: string;
	readonly servers?: string;
	readonly shapes?: string;
}

async function runGraph({ quick, servers, shapes, ...values }: Values): Promise<SuiteResult<'graph', unknown>> {
	installPeers();
	await buildPrograms();
	const { roundMs, warmUps, ...pace } = (quick ? QUICK : FULL).graph;
	const rounds = roundsOf(values, pace);
	const clients = values.clients?.split(',').map((text) => whole('--clients', text)) ?? pace.clients;
	const only = { variants: servers?.split(',') ?? null, shapes: shapes?.split(',') ?? null };
	return measured('graph', rounds, () => graphSuite({ rounds, roundMs, warmUps, clients, only, say }));
}

function runGrowth(values: Values): Promise<SuiteResult<'growth', unknown>> {
	const rounds = roundsOf(values, (values.quick ? QUICK : FULL).growth);
	return measured('growth', rounds, () => growthSuite({ rounds, isQuick: values.quick, say }));
}

function runStart(values: Values): Promise<SuiteResult<'start', unknown>> {
	buildNodes();
	const rounds = roundsOf(values, (values.quick ? QUICK : FULL).start);
	return measured('start', rounds, () => startSuite({ rounds, isCold: !values.quick, say }));
}

function say(line: string): void {
	console.log(line);
}

function roundsOf({ rounds }: Pick<Values, 'rounds'>, pace: { readonly rounds: number }): number {
	return rounds === undefined ? pace.rounds : whole('--rounds', rounds);
}

function whole(option: string, text: string): number {
	const number = Number(text);
	if (Number.isInteger(number) && number > 0) return number;
	throw new Error(`${option} must be a whole number above 0, not "${text}"`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
