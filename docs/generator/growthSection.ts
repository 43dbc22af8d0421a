/** The part of `docs/performance.md` that says how the server grows with what there is to read, and its charts. */
import { type Point, THRESHOLDS, exponentOf, wordFor } from '../../bench/growth/curve';
import { type GrowthQuestion, type GrowthRow, QUESTIONS, SERIES, type Series } from '../../bench/growth/rows';
import type { GrowthResult } from '../../bench/results';
import { spreadOf } from '../../bench/statistics';
import { DEFAULT_PAGE_SIZE } from '../../providers/tmf678/dialect';
import { type Row, bullets, table } from './markdown';
import { type Plot, svgPlot } from './plot';

const TITLES: Readonly<Record<Series, { readonly title: string; readonly of: string }>> = {
	rates: { title: 'Rates, on ten bills of Oracle BRM', of: 'rates' },
	'bills-windowed': { title: 'Bills of an account of Oracle BRM, which cannot sort', of: 'bills' },
	'bills-sorted': { title: 'Bills of an account of Orange Business, which sorts', of: 'bills' },
	connections: { title: 'Connections of all four providers', of: 'connections' },
};

const ASKED: Readonly<Record<GrowthQuestion, string>> = {
	first: 'first page',
	deep: 'deep page',
	walked: 'deep, walked to',
	spend: 'spend by month',
	export: 'export',
};

/** Their answers have as many rows whatever the size, as soon as there are so many. */
const PAGES: readonly GrowthQuestion[] = ['first', 'deep', 'walked'];
const NOTHING = '-';

/** By file name, in `docs/images/`. Processor time is told as a ratio: the machine is shared. */
export function growthImages({ rows }: GrowthResult): Readonly<Record<string, string>> {
	return {
		'growth-cpu.svg': svgPlot(
			plotOf(rows, {
				title: 'Processor time by size, first page at the smallest size = 1',
				yLabel: 'CPU / first page at smallest size',
				of: ratioToSmallest(rows),
			}),
		),
		'growth-memory.svg': svgPlot(
			plotOf(rows, {
				title: 'Memory by size',
				yLabel: 'largest resident set, MiB',
				of: ({ peakMiB }) => peakMiB,
			}),
		),
	};
}

/** @param conditions where and under what load it was measured */
export function growthSection({ rows, rounds }: GrowthResult, conditions: string): readonly string[] {
	return [
		'## How it grows',
		'One server, one sandbox, one size after the other; nothing that was read is kept (`freshFor: 0`), providers answer at once, in pages of at most 1,000 rows. Four limits of the configuration are out of the way: requests a minute (`limits.upstreamPerMinute`, 6,000 by default, which a large export reaches), requests a query (`limits.upstreamPerOperation`, 600 by default), how late the server may run before it turns queries away (`limits.eventLoopDelayMs`, 500 by default), and the time that a provider may keep a field waiting (`server.timeoutMs`, 10 s by default).',
		bullets([
			'First page: `bills(first: 50)`, or `rates(first: 100)`, newest bill first.',
			'Deep page: the same behind the first nine tenths, on a server that has just started and has only the cursor; and on the one that walked there. A dash where the last tenth does not fill a page.',
			'Spend by month: `spend(groupBy: [MONTH])` over the bills of one year.',
			'Export: every page of 500 bills, or of 1,000 rates, to the end. Lumen and floLIVE are not grown by their bills, since their histories are bounded: five years, and twelve months.',
			`Requests: the server asks Oracle BRM for ${DEFAULT_PAGE_SIZE} rows at a time, however many the provider would give, so a page of 1,000 rates takes several.`,
			'Memory: of one server for all but the deep page, in the order first page, spend, export, deep page walked to; what is asked later has the peak of what came before.',
			'Over many connections every page asks each of them, since any may have the next bill.',
			`Exponents: how processor time grows from each size to the next, and overall, which is the slope of the straight line nearest to all sizes on logarithmic scales. 0 is not at all, 1 as fast as the size, 2 with its square. Pages of a different number of rows are different questions: a dash. ${toldRounds(rounds)}`,
			`In words: flat where the exponent is at most ${THRESHOLDS.flat}, linear or better where it is at most ${THRESHOLDS.linear}, else faster than linear. The exponent meant is the larger of the overall and the last one, which tells what even larger sizes would do.`,
		]),
		conditions,
		'![Processor time of the server by size, as a multiple of the first page at the smallest size, on logarithmic scales](images/growth-cpu.svg)',
		'![Memory of the server by size, on logarithmic scales](images/growth-memory.svg)',
		...SERIES.flatMap((series) => seriesTable(series, rows)),
	];
}

function toldRounds(rounds: number): string {
	if (rounds === 1) return 'Each size was measured in one round, so that no spread can be told.';
	return `Each size was measured in ${rounds} rounds: the median, and in brackets the least and the most.`;
}

function seriesTable(series: Series, rows: readonly GrowthRow[]): readonly string[] {
	const own = rows.filter((row) => row.series === series);
	if (own.length === 0) return [];
	const sizes = sizesOf(own);
	const lines = QUESTIONS.map((question): Row => {
		const asked = own.filter((row) => row.question === question);
		return [ASKED[question], ...sizes.map((size) => sizeCell(asked, size)), ...curveCells(asked, sizes)];
	});
	const { title, of } = TITLES[series];
	const named = sizes.map((size) => `${whole(size)} ${size === 1 ? of.slice(0, -1) : of}`);
	const head = ['Question', ...named, 'Exponents', 'Overall', 'In words'];
	return [`### ${title}`, 'Requests to providers, and largest resident set of the server:', table(head, lines)];
}

/** @param asked rows of one question */
function sizeCell(asked: readonly GrowthRow[], size: number): string {
	const own = asked.filter((row) => row.size === size);
	if (own.length === 0) return NOTHING;
	const [upstream, memory] = (['upstream', 'peakMiB'] as const).map((figure) => medianOf(own, (row) => row[figure]));
	return `${whole(upstream)}, ${whole(memory)} MiB`;
}

/** The exponents of each round, told together. @param asked rows of one question */
function curveCells(asked: readonly GrowthRow[], sizes: readonly number[]): Row {
	const rounds = [...new Set(asked.map(({ round }) => round))].map((round) =>
		comparable(asked.filter((row) => row.round === round)),
	);
	const steps = sizes.slice(1).map((size, index) => {
		const ends = [sizes[index], size];
		return rounds.flatMap((points) => exponentOf(points.filter((point) => ends.includes(point.size))) ?? []);
	});
	const overall = rounds.flatMap((points) => exponentOf(points) ?? []);
	const word = wordFor(larger(overall, steps.at(-1) ?? []));
	return [steps.map(exponentCell).join(', '), exponentCell(overall), word];
}

/** An export and a sum grow by what they are asked of; of pages, only those with as many rows as the largest. */
function comparable(asked: readonly GrowthRow[]): readonly Point[] {
	const most = Math.max(...asked.map(({ rows }) => rows));
	return asked
		.filter(({ question, rows }) => !PAGES.includes(question) || rows === most)
		.map(({ size, cpuMs }) => ({ size, figure: cpuMs }));
}

/** Of the medians; null where there is none. */
function larger(...lists: readonly (readonly number[])[]): number | null {
	const medians = lists.filter((list) => list.length > 0).map((list) => spreadOf(list).median);
	return medians.length === 0 ? null : Math.max(...medians);
}

function exponentCell(values: readonly number[]): string {
	if (values.length === 0) return NOTHING;
	const { median, least, most } = spreadOf(values);
	const told = median.toFixed(2);
	return values.length === 1 ? told : `${told} (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

interface Drawn {
	readonly title: string;
	readonly yLabel: string;
	readonly of: (row: GrowthRow) => number;
}

function plotOf(rows: readonly GrowthRow[], { title, yLabel, of }: Drawn): Plot {
	const panels = SERIES.filter((series) => rows.some((row) => row.series === series)).map((series) => {
		const own = rows.filter((row) => row.series === series);
		const lines = QUESTIONS.map((question) => {
			const asked = own.filter((row) => row.question === question);
			const points = sizesOf(asked).map(
				(size) =>
					[
						size,
						medianOf(
							asked.filter((row) => row.size === size),
							of,
						),
					] as const,
			);
			return { name: ASKED[question], points };
		});
		return { title: TITLES[series].title, xLabel: TITLES[series].of, lines };
	});
	return { title, yLabel, panels };
}

/** Of processor time to that of the same round's and series' first page at its smallest size. */
function ratioToSmallest(rows: readonly GrowthRow[]): (row: GrowthRow) => number {
	return ({ series, round, cpuMs }) => {
		const first = rows.filter((row) => row.series === series && row.round === round && row.question === 'first');
		const smallest = first.toSorted((left, right) => left.size - right.size)[0];
		if (smallest === undefined) throw new Error(`Round ${round} of ${series} has no first page`);
		return cpuMs / smallest.cpuMs;
	};
}

function sizesOf(rows: readonly GrowthRow[]): readonly number[] {
	return [...new Set(rows.map(({ size }) => size))].sort((left, right) => left - right);
}

/** Of the rounds. */
function medianOf(rows: readonly GrowthRow[], of: (row: GrowthRow) => number): number {
	return spreadOf(rows.map(of)).median;
}

function whole(figure = 0): string {
	return Math.round(figure).toLocaleString('en');
}
