/** `npm run bench`: measures our server beside what people would pick instead, and keeps every row. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildProduct, buildPrograms, installPeers } from './builds';
import { graphSuite } from './graph/suite';
import { RESULTS_FOLDER, measured, writeResult } from './results';

const HELP = `npm run bench -- [options]

  --suite graph    what to measure; all suites where left out
  --quick          fewer and shorter rounds: for a look, not for the page
  --rounds N       how often every server is asked
  --clients 1,5    how many ask the flagship at once
  --json FILE      where the rows go; bench/results/SUITE.json where left out (with --quick: nowhere)
  --servers a,b    only these servers, and ours
  --shapes a,b     only these questions`;

const FULL = { rounds: 10, roundMs: 1_500, clients: [1, 5, 20] };
const QUICK = { rounds: 3, roundMs: 500, clients: [5] };

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
	installPeers();
	buildProduct();
	await buildPrograms();
	const pace = values.quick ? QUICK : FULL;
	const rounds = values.rounds === undefined ? pace.rounds : whole('--rounds', values.rounds);
	const clients = values.clients?.split(',').map((text) => whole('--clients', text)) ?? pace.clients;
	const result = await measured('graph', rounds, () =>
		graphSuite({
			rounds,
			roundMs: pace.roundMs,
			clients,
			only: { variants: values.servers?.split(',') ?? null, shapes: values.shapes?.split(',') ?? null },
			say: (line) => console.log(line),
		}),
	);
	const file = values.json ?? (values.quick ? null : join(RESULTS_FOLDER, 'graph.json'));
	if (file !== null) writeResult(file, result);
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
