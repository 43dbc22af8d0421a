/** The committed page of figures is the one that the committed rows give. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { GraphRow } from '../../bench/graph/rows';
import type { GrowthRow } from '../../bench/growth/rows';
import { exponentOf, wordFor } from '../../bench/growth/curve';
import { type GraphResult, type GrowthResult, type N8nResult, type StartResult, readResult } from '../../bench/results';
import { growthImages, growthSection } from '../../docs/generator/growthSection';
import { n8nSection } from '../../docs/generator/n8nSection';
import { performancePage } from '../../docs/generator/performancePage';
import { startSection } from '../../docs/generator/startSection';

it('docs/performance.md is fresh (else run: npx gulp docs)', () => {
	const page = readFileSync(join(__dirname, '../../docs/performance.md'), 'utf8');
	const [graph, n8n] = [readResult('graph'), readResult('n8n')];
	const [growth, start] = [readResult('growth'), readResult('start')];
	expect(page).toBe(performancePage({ graph, n8n, growth, start }));
});

it('the charts are fresh (else run: npx gulp docs)', () => {
	for (const [name, image] of Object.entries(growthImages(readResult('growth')))) {
		expect(readFileSync(join(__dirname, '../../docs/images', name), 'utf8')).toBe(image);
	}
});

function row(variant: string, round: number, cpuMsPerQuery: number): GraphRow {
	const queries = [90, 7, 8][round - 1] ?? NaN;
	const times = { p50Ms: 10, p99Ms: 20, queriesPerSecond: 5, queries, peakMiB: 99.6, upstream: 31 };
	return { shape: 'flagship', latencyMs: 5, clients: 5, variant, round, cpuMsPerQuery, sameBytes: true, ...times };
}

const RESULT: GraphResult = {
	suite: 'graph',
	commit: 'abc',
	startedAt: '2026-11-23T18:00:00.000Z',
	endedAt: '2026-11-23T18:10:00.000Z',
	machine: { cpu: 'A processor', cores: 2, memoryGiB: 24, system: 'linux 6', node: 'v20.20.2' },
	load: { before: 0.5, after: 1.5 },
	rounds: 3,
	rows: [
		...[8, 4, 2].map((cpu, index) => row('handwritten', index + 1, cpu)),
		...[12, 5, 2].map((cpu, index) => row('ours', index + 1, cpu)),
	],
};

const N8N: N8nResult = {
	...RESULT,
	suite: 'n8n',
	rows: [
		{ subject: 'HTTP Request', round: 1, ms: 8_000, cpuMs: 2_000, peakMb: 800, requests: 100, mostAtOnce: 1 },
		{ subject: 'HTTP Request', round: 2, ms: 9_000, cpuMs: 2_000, peakMb: 800, requests: 100, mostAtOnce: 1 },
		{ subject: 'Ours', round: 1, ms: 2_000, cpuMs: 1_000, peakMb: 760, requests: 101, mostAtOnce: 4 },
		{ subject: 'Ours', round: 2, ms: 3_000, cpuMs: 2_000, peakMb: 770, requests: 101, mostAtOnce: 3 },
		...[1_500, 1_000].map((ms, index) => ({
			...{ subject: 'Ours', latencyMs: 0, round: index + 1, ms },
			...{ cpuMs: 1_000, peakMb: 760, requests: 101, mostAtOnce: 1 },
		})),
	].map((figures) => ({ latencyMs: 50, last: 'x', records: 20_000, n8n: '9.9.9', idleMb: 700, ...figures })),
};

const GROWTH: GrowthResult = {
	...RESULT,
	suite: 'growth',
	rounds: 1,
	rows: [1_000, 10_000].flatMap((size) =>
		(['first', 'deep', 'walked', 'spend', 'export'] as const).map((question): GrowthRow => ({
			series: 'rates',
			size,
			question,
			round: 1,
			cpuMs: question === 'export' ? size / 10 : 5,
			wallMs: 9,
			idleMiB: 100,
			peakMiB: 120,
			upstream: question === 'export' ? size / 100 : 1,
			rows: 50,
		})),
	),
};
const START: StartResult = {
	...RESULT,
	suite: 'start',
	rows: [
		{ kind: 'time', name: 'node -e', round: 1, wallMs: 40, cpuMs: 30 },
		{ kind: 'time', name: 'node -e', round: 2, wallMs: 120, cpuMs: 62 },
		{ kind: 'time', name: 'dist/A.node.js', round: 1, wallMs: 10, cpuMs: 15 },
		{ kind: 'time', name: 'dist/A.node.js', round: 2, wallMs: 30, cpuMs: 31 },
		{ kind: 'time', name: 'npm ci && npm start', round: 1, wallMs: 4_000, cpuMs: null },
		{ kind: 'size', name: 'a-package', packedBytes: 120_400, unpackedBytes: 1_000_000, files: 12 },
	],
};

/** Under the names that the aims are about. */
const NODES: N8nResult = {
	...N8N,
	rows: ['Oracle BRM: Get Many', 'Oracle BRM: Summarize']
		.flatMap((subject) => N8N.rows.map((run) => (run.subject === 'Ours' ? { ...run, subject } : run)))
		.filter(({ subject }, index, { length }) => subject !== 'HTTP Request' || index < length / 2),
};

it('aims are held against what was measured, and say who is ahead', () => {
	const rows = [
		...RESULT.rows,
		...[4, 2, 1].map((cpu, index) => row('yoga-jit', index + 1, cpu)),
		...[16, 8, 4].map((cpu, index) => row('apollo-loaders', index + 1, cpu)),
	];
	const page = performancePage({ graph: { ...RESULT, rows }, n8n: NODES, growth: GROWTH, start: START });
	const [aims = ''] = /## What was aimed at[\s\S]*?(?=\n## )/.exec(page) ?? [];
	expect(aims).toMatch(/\| CPU of 50 bills .+ at most 1\.4 x hand-written +\| 1\.25 x +\| yes /);
	expect(aims).toMatch(/ below every other server +\| 1\.25; lower: Yoga \+ graphql-jit 0\.50 +\| no /);
	expect(aims).toMatch(/\| n8n: 3 times as fast as HTTP Request, .+ 50 ms +\| 3\.50 x +\| yes /);
	expect(aims).toMatch(/\| n8n: no more memory than HTTP Request +\| 60 MB over idle, beside 100 +\| yes /);
	expect(aims).toMatch(/\| n8n: Summarize in 60 MB over idle +\| 60 MB +\| yes /);
	expect(page).not.toMatch(/NaN|undefined/);
});

it('figures are ratios within a round, their median and their spread, and never bare times', () => {
	const page = performancePage({ graph: RESULT, n8n: NODES, growth: GROWTH, start: START });
	expect(page).toMatch(/\| \*\*ours\*\* +\| 1\.25 \(1\.00-1\.50\) \| 1\.00 \(1\.00-1\.00\) /);
	expect(page).toMatch(/\| hand-written, no GraphQL +\| 1\.00 \(1\.00-1\.00\) /);
	expect(page).toContain('| 8       | 31       | 100 MiB | yes');
	expect(page).toContain('A processor, 2 cores, 24 GiB, linux 6, Node v20.20.2; 3 rounds.');
	expect(page).toContain('0.5 before, 1.5 after');
	expect(page).not.toMatch(/NaN|undefined/);
});

it('nodes are held against the HTTP Request node of the same round', () => {
	const page = n8nSection(N8N, 'Measured.').join('\n');
	expect(page).toContain('The provider answers after 50 ms.');
	expect(page).toContain('20,000 records');
	expect(page).toContain('a real n8n 9.9.9 ');
	expect(page).toMatch(
		/\| HTTP Request +\| 1\.00 \(1\.00-1\.00\) \| - +\| 1\.00 \(1\.00-1\.00\) \| 100 \(100-100\) MB +\| 100 /,
	);
	expect(page).toMatch(
		/\| \*\*Ours\*\* +\| 0\.29 \(0\.25-0\.33\) \| .+ \| 0\.75 \(0\.50-1\.00\) \| 65 \(60-70\) MB +\| 101 +\| 4 /,
	);
});

it("a node's time is held against its own without latency and the waits that follow one another", () => {
	// 26 waits at four at once, 34 at three: 2,000 / (1,500 + 1,300) and 3,000 / (1,000 + 1,700).
	const page = n8nSection(N8N, 'Measured.').join('\n');
	expect(page).toMatch(/\| \*\*Ours\*\* +\| 0\.29 \(0\.25-0\.33\) \| 0\.91 \(0\.71-1\.11\) +\|/);
	expect(page.match(/\| Over waits/g)).toHaveLength(1);
});

it('growth is told by its exponents, from size to size and overall, and in words', () => {
	const page = growthSection(GROWTH, 'Measured.').join('\n');
	expect(page).toMatch(/\| export +\| 10, 120 MiB +\| 100, 120 MiB +\| 1\.00 +\| 1\.00 +\| linear or better \|/);
	expect(page).toMatch(/\| first page +\| 1, 120 MiB +\| 1, 120 MiB +\| 0\.00 +\| 0\.00 +\| flat +\|/);
	expect(page).toContain('in one round');
});

it('exponents of several rounds are told with their spread', () => {
	const again = GROWTH.rows.map((measured) => ({
		...measured,
		round: 2,
		cpuMs: measured.cpuMs * (measured.size === 10_000 ? 100 : 1),
	}));
	const page = growthSection({ ...GROWTH, rounds: 2, rows: [...GROWTH.rows, ...again] }, 'Measured.').join('\n');
	expect(page).toMatch(/\| export .+\| 2\.00 \(1\.00 to 3\.00\) \| 2\.00 \(1\.00 to 3\.00\) \| faster than linear \|/);
	expect(page).toContain('in 2 rounds');
});

it('pages of fewer rows are another question, and a page that cannot be is a dash', () => {
	const rows = GROWTH.rows
		.filter(({ question, size }) => question !== 'deep' || size === 10_000)
		.map((measured) => (measured.question === 'first' ? { ...measured, rows: measured.size } : measured));
	const page = growthSection({ ...GROWTH, rows }, 'Measured.').join('\n');
	expect(page).toMatch(/\| deep page +\| - +\| 1, 120 MiB +\| - +\| - +\| - +\|/);
	expect(page).toMatch(/\| first page +\| 1, 120 MiB +\| 1, 120 MiB +\| - +\| - +\| - +\|/);
});

it('a chart of processor time is the same on a machine half as fast', () => {
	const slower = GROWTH.rows.map((measured) => ({ ...measured, cpuMs: 2 * measured.cpuMs }));
	const [chart, slow] = [GROWTH.rows, slower].map((rows) => growthImages({ ...GROWTH, rows })['growth-cpu.svg']);
	expect(slow).toBe(chart);
	expect(chart).toContain('CPU / first page at smallest size');
	expect(chart).not.toMatch(/\bms\b/);
});

it('an exponent is the slope of the line nearest to all sizes', () => {
	const square = [10, 1, 100].map((size) => ({ size, figure: size ** 2 }));
	expect(exponentOf(square)).toBeCloseTo(2);
	expect(exponentOf([1, 10, 100].map((size) => ({ size, figure: size === 100 ? 100 : 1 })))).toBeCloseTo(1);
	expect(exponentOf(square.slice(1, 2))).toBeNull();
	expect(exponentOf([...square, { size: 5, figure: 0 }])).toBeNull();
});

it.each([
	[-0.1, 'flat'],
	[0.2, 'flat'],
	[1.1, 'linear or better'],
	[1.11, 'faster than linear'],
	[null, '-'],
])('an exponent of %p is called %s', (exponent, word) => {
	expect(wordFor(exponent)).toBe(word);
});

it('a start is told as a ratio to a bare Node, a cold one to the median of all rounds', () => {
	const page = startSection(START, 'Measured.').join('\n');
	expect(page).toMatch(
		/\| `dist\/A\.node\.js` +\| 0\.25 \(0\.25-0\.25\) +\| 0\.50 \(0\.50-0\.50\) \| 1 of 2 rounds \|/,
	);
	expect(page).toMatch(/\| `npm ci && npm start` +\| 50\.00 \(50\.00-50\.00\) +\| - +\| - /);
	expect(page).toMatch(/\| `a-package` +\| 120 kB +\| 1,000 kB +\| 12 /);
});
