/** `node --import tsx bench/n8n/run.ts`: the n8n suite alone. One n8n at a time; it takes a minute a run. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { RESULTS_FOLDER, measured, writeResult } from '../results';
import { n8nSuite } from './suite';

const FULL = { rounds: 3, records: 100_000 };
const QUICK = { rounds: 1, records: 20_000 };

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			rounds: { type: 'string' },
			records: { type: 'string' },
			latencies: { type: 'string', default: '0,50' },
			only: { type: 'string', multiple: true, default: [] },
			json: { type: 'string' },
		},
	});
	const pace = values.quick ? QUICK : FULL;
	const rounds = Number(values.rounds ?? pace.rounds);
	const result = await measured('n8n', rounds, () =>
		n8nSuite({
			rounds,
			records: Number(values.records ?? pace.records),
			latencies: values.latencies.split(',').map(Number),
			only: values.only,
			say: (line) => console.log(line),
		}),
	);
	const file = values.json ?? (values.quick ? null : join(RESULTS_FOLDER, 'n8n.json'));
	if (file !== null) writeResult(file, result);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
