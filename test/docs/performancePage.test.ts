/** The committed page of figures is the one that the committed rows give. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { GraphRow } from '../../bench/graph/rows';
import { type GraphResult, readResult } from '../../bench/results';
import { performancePage } from '../../docs/generator/performancePage';

it('docs/performance.md is fresh (else run: npx gulp docs)', () => {
	const page = readFileSync(join(__dirname, '../../docs/performance.md'), 'utf8');
	expect(page).toBe(performancePage(readResult('graph')));
});

function row(variant: string, round: number, cpuMsPerQuery: number): GraphRow {
	const times = { p50Ms: 10, p99Ms: 20, queriesPerSecond: 5, queries: 9, peakMiB: 99.6, upstream: 31 };
	return { shape: 'flagship', latencyMs: 5, clients: 5, variant, round, cpuMsPerQuery, sameBytes: true, ...times };
}

const RESULT: GraphResult = {
	suite: 'graph',
	commit: 'abc',
	startedAt: '2026-11-23T18:00:00.000Z',
	machine: { cpu: 'A processor', cores: 2, memoryGiB: 24, system: 'linux 6', node: 'v20.20.2' },
	load: { before: 0.5, after: 1.5 },
	rounds: 3,
	rows: [
		...[8, 4, 2].map((cpu, index) => row('handwritten', index + 1, cpu)),
		...[12, 5, 2].map((cpu, index) => row('ours', index + 1, cpu)),
	],
};

it('figures are ratios within a round, their median and their spread, and never bare times', () => {
	const page = performancePage(RESULT);
	expect(page).toMatch(/\| \*\*ours\*\* +\| 1\.25 \(1\.00-1\.50\) \| 1\.00 \(1\.00-1\.00\) /);
	expect(page).toMatch(/\| hand-written, no GraphQL +\| 1\.00 \(1\.00-1\.00\) /);
	expect(page).toContain('| 31       | 100 MiB | yes');
	expect(page).toContain('A processor, 2 cores, 24 GiB, linux 6, Node v20.20.2; 3 rounds');
	expect(page).toContain('0.5 before, 1.5 after');
	expect(page).not.toMatch(/NaN|undefined/);
});
