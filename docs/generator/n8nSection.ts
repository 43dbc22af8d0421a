/** The part of `docs/performance.md` about the nodes in a real n8n, beside n8n's own HTTP Request node. */
import type { N8nRow } from '../../bench/n8n/rows';
import type { N8nResult } from '../../bench/results';
import { type Spread, spreadOf } from '../../bench/statistics';
import { type Row, bullets, table } from './markdown';

/** What the nodes are held against: n8n's own, which pages by offset until the announced total. */
const REFERENCE = 'HTTP Request';
const WHOLE = new Intl.NumberFormat('en');

/** @param conditions where and under what load it was measured */
export function n8nSection({ rows }: N8nResult, conditions: string): readonly string[] {
	const latencies = [...new Set(rows.map(({ latencyMs }) => latencyMs))].sort((left, right) => left - right);
	return [
		'## The nodes beside the HTTP Request node',
		`Billing rates of one Oracle BRM account, ${each(rows.map(({ records }) => WHOLE.format(records)))} records of 650 bytes in pages of 1,000, read in a real n8n ${each(rows.map(({ n8n }) => n8n))} that is newly started for every run. Executions are not saved. The HTTP Request node asks for one page after the other by offset, until the announced total; ours for four at once, unless the row says otherwise. Another node begins each round.`,
		bullets([
			`Time and CPU are ratios to ${REFERENCE} in the same round: the median, and in brackets the least and the most. Time is from the start of the run until the next node has all; CPU is all that the n8n process took meanwhile.`,
			'Memory: how much the n8n process grew over what it had before the run, at its largest.',
			'Over waits: time, as a multiple of the own time in the same round where the provider answers at once, and the latency for each request that had to wait for another (requests / most at once, rounded up). 1 is what the waits cost and nothing more; the aim is 1.15 at most.',
			'Before anything was measured, the records of every node were counted; in each run, the last item was compared.',
			'Simplified, a rate has ten columns; raw, all that the provider sent. Summarize hands over one row a product.',
		]),
		conditions,
		...latencies.flatMap((latencyMs) => [
			latencyMs === 0 ? 'The provider answers at once.' : `The provider answers after ${latencyMs} ms.`,
			latencyTable(latencyMs, rows),
		]),
	];
}

function latencyTable(latencyMs: number, all: readonly N8nRow[]): string {
	const rows = all.filter((row) => row.latencyMs === latencyMs);
	const atOnce = all.filter((row) => row.latencyMs === 0);
	const subjects = [...new Set(rows.map(({ subject }) => subject))].sort();
	const withWaits = (cells: Row, overWaits: string): Row =>
		latencyMs === 0 ? cells : [...cells.slice(0, 2), overWaits, ...cells.slice(2)];
	return table(
		withWaits(['Node', 'Time', 'CPU', 'Memory', 'Requests', 'Most at once'], 'Over waits'),
		subjects.map((subject) => withWaits(subjectLine(subject, rows), overWaits(subject, rows, atOnce))),
	);
}

/** @param rows at one latency @param atOnce those without */
function overWaits(name: string, rows: readonly N8nRow[], atOnce: readonly N8nRow[]): string {
	const own = rows.filter(({ subject }) => subject === name);
	const figures = own.flatMap(({ round, ms, latencyMs, requests, mostAtOnce }) => {
		const unhindered = atOnce.find((row) => row.subject === name && row.round === round);
		return unhindered === undefined ? [] : [ms / (unhindered.ms + Math.ceil(requests / mostAtOnce) * latencyMs)];
	});
	return figures.length === 0 ? '-' : told(spreadOf(figures), 2);
}

function subjectLine(subject: string, all: readonly N8nRow[]): Row {
	const own = all.filter((row) => row.subject === subject);
	const grown = spreadOf(own.map(({ idleMb, peakMb }) => peakMb - idleMb));
	const most = (of: (row: N8nRow) => number): string => String(Math.max(...own.map(of)));
	return [
		subject === REFERENCE ? subject : `**${subject}**`,
		ratios(own, all, ({ ms }) => ms),
		ratios(own, all, ({ cpuMs }) => cpuMs),
		`${told(grown, 0)} MB`,
		most(({ requests }) => requests),
		most(({ mostAtOnce }) => mostAtOnce),
	];
}

/** To the reference's figure in the same round: what else the machine did then slowed both. */
function ratios(own: readonly N8nRow[], all: readonly N8nRow[], of: (row: N8nRow) => number): string {
	const figures = own.flatMap((row) => {
		const reference = all.find(({ subject, round }) => subject === REFERENCE && round === row.round);
		return reference === undefined ? [] : [of(row) / of(reference)];
	});
	return figures.length === 0 ? '-' : told(spreadOf(figures), 2);
}

function told({ median, least, most }: Spread, digits: number): string {
	return `${median.toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;
}

/** Those that there are, each once. */
function each(words: readonly string[]): string {
	return [...new Set(words)].join(' or ');
}
