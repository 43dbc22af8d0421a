/** The part of `docs/performance.md` that says how the server grows with what there is to read, and its charts. */
import { exponents } from '../../bench/growth/curve';
import { type GrowthQuestion, type GrowthRow, QUESTIONS, SERIES, type Series } from '../../bench/growth/rows';
import type { GrowthResult } from '../../bench/results';
import { spreadOf } from '../../bench/statistics';
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

type Figure = 'cpuMs' | 'peakMiB' | 'upstream';

/** By file name, in `docs/images/`. */
export function growthImages({ rows }: GrowthResult): Readonly<Record<string, string>> {
	return {
		'growth-cpu.svg': svgPlot(plotOf(rows, 'cpuMs', 'Processor time by size', 'processor time, ms')),
		'growth-memory.svg': svgPlot(plotOf(rows, 'peakMiB', 'Memory by size', 'largest resident set, MiB')),
	};
}

/** @param conditions where and under what load it was measured */
export function growthSection({ rows }: GrowthResult, conditions: string): readonly string[] {
	return [
		'## How it grows',
		'One server, one sandbox, one size after the other; nothing that was read is kept (`freshFor: 0`), providers answer at once, in pages of at most 1,000 rows. Three limits of the configuration are out of the way: requests a minute (`limits.upstreamPerMinute`, 6,000 by default, which a large export reaches), requests a query (`limits.upstreamPerOperation`, 600 by default), and the time that a provider may keep a field waiting (`server.timeoutMs`, 10 s by default).',
		bullets([
			'First page: `bills(first: 50)`, or `rates(first: 100)`, newest bill first.',
			'Deep page: the same behind the first nine tenths, on a server that has just started and has only the cursor; and on the one that walked there.',
			'Spend by month: `spend(groupBy: [MONTH])` over the bills of one year.',
			'Export: every page of 500 bills, or of 1,000 rates, to the end. Lumen and floLIVE are not grown by their bills, since their histories are bounded: five years, and twelve months.',
			'Memory: of one server for all but the deep page, in the order first page, spend, export, deep page walked to; what is asked later has the peak of what came before.',
			'Over many connections every page asks each of them, since any may have the next bill: the requests of an export are its pages times the connections, which grows faster than the bills.',
			'Exponent: how processor time grows from one size to the next. 0 is not at all, 1 as fast as the size, 2 with its square. Where it is below 1, fixed costs are most of it.',
		]),
		conditions,
		'![Processor time of the server by size, on logarithmic scales](images/growth-cpu.svg)',
		'![Memory of the server by size, on logarithmic scales](images/growth-memory.svg)',
		...SERIES.flatMap((series) => seriesTable(series, rows)),
	];
}

function seriesTable(series: Series, rows: readonly GrowthRow[]): readonly string[] {
	const own = rows.filter((row) => row.series === series);
	if (own.length === 0) return [];
	const sizes = sizesOf(own);
	const lines = QUESTIONS.map((question): Row => {
		const cells = sizes.map((size) => {
			const [upstream, memory] = (['upstream', 'peakMiB'] as const).map((figure) => at(own, question, size, figure));
			return `${whole(upstream)}, ${whole(memory)} MiB`;
		});
		const curve = exponents(sizes.map((size) => ({ size, figure: at(own, question, size, 'cpuMs') })));
		return [ASKED[question], ...cells, curve.map((exponent) => exponent?.toFixed(2) ?? '-').join(', ')];
	});
	const { title, of } = TITLES[series];
	const head = ['Question', ...sizes.map((size) => `${whole(size)} ${size === 1 ? of.slice(0, -1) : of}`), 'Exponents'];
	return [`### ${title}`, 'Requests to providers, and largest resident set of the server:', table(head, lines)];
}

function plotOf(rows: readonly GrowthRow[], figure: Figure, title: string, yLabel: string): Plot {
	const panels = SERIES.filter((series) => rows.some((row) => row.series === series)).map((series) => {
		const own = rows.filter((row) => row.series === series);
		const lines = QUESTIONS.map((question) => ({
			name: ASKED[question],
			points: sizesOf(own).map((size) => [size, at(own, question, size, figure)] as const),
		}));
		return { title: TITLES[series].title, xLabel: TITLES[series].of, lines };
	});
	return { title, yLabel, panels };
}

function sizesOf(rows: readonly GrowthRow[]): readonly number[] {
	return [...new Set(rows.map(({ size }) => size))].sort((left, right) => left - right);
}

/** The median of the rounds. */
function at(rows: readonly GrowthRow[], question: GrowthQuestion, size: number, figure: Figure): number {
	const own = rows.filter((row) => row.question === question && row.size === size);
	return spreadOf(own.map((row) => row[figure])).median;
}

function whole(figure = 0): string {
	return Math.round(figure).toLocaleString('en');
}
