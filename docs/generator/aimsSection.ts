/** The part of `docs/performance.md` that holds what was measured against what was aimed at. */
import type { GraphRow } from '../../bench/graph/rows';
import type { N8nRow } from '../../bench/n8n/rows';
import { spreadOf } from '../../bench/statistics';
import { type Row, bullets, table } from './markdown';

/** Times the processor time of the endpoint that a careful hand would write. */
const MOST_CPU = 1.4;
const SPEED_UP = 3;
const SUMMARY_MB = 60;

const OURS = 'ours';
const HANDWRITTEN = 'handwritten';
/** Neither are they peers, nor is what answers from a cache. */
const NO_PEERS = [OURS, HANDWRITTEN, 'ours-cached'];

const HTTP_REQUEST = 'HTTP Request';
const GET_MANY = 'Oracle BRM: Get Many';
const SUMMARIZE = 'Oracle BRM: Summarize';

export interface AimedAt {
	readonly graph: readonly GraphRow[];
	readonly n8n: readonly N8nRow[];
	/** What a question, and a server, is called on the page. */
	readonly titles: ReadonlyMap<string, string>;
	readonly servers: Readonly<Record<string, string>>;
}

export function aimsSection({ graph, n8n, titles, servers }: AimedAt): readonly string[] {
	const near = graph.filter(({ latencyMs }) => latencyMs === 5);
	const shapes = [...titles].filter(([name]) => near.some(({ shape }) => shape === name));
	const lines = [
		...shapes.map(([shape, title]) => cpuAim(title, asked(near, shape, 5))),
		...shapes.map(([shape, title]) => belowPeers(`CPU of ${title}`, asked(near, shape, 5), cpu, servers)),
		...shapes
			.map(([shape, title]) => [title, asked(near, shape, 20)] as const)
			.filter(([, rows]) => rows.length > 0)
			.map(([title, rows]) => belowPeers(`p99 of ${title}, 20 clients`, rows, ({ p99Ms }) => p99Ms, servers)),
		...n8nAims(n8n),
	];
	return [
		'## What was aimed at',
		'Medians of the tables below: providers answer after 5 ms, and 5 clients ask at once where nothing else is said.',
		table(['Aim', 'Measured', 'Reached'], lines),
		'Why some are missed, and what was tried:',
		bullets([
			'One bill takes so little that HTTP and GraphQL are most of it: Apollo Server with nothing of ours but the connectors is nearly as far from the hand-written endpoint.',
			'Mercurius and Yoga compile queries with graphql-jit. Within our server it saved 3 % of the first question and 6 to 10 % of the others: too little for a second executor that every answer would have to be trusted to.',
			'Hive Gateway maps, merges and sorts nothing, and rounds amounts to floating point. Apollo without loaders asks for each bill by itself: more requests, none of which waits for a list.',
			"The node holds the page that is being read beside the rows that were; n8n's own node holds one page at a time because it asks for one at a time. Bodies are read as streams and let go of as soon as their rows are mapped; what is left is mostly the young generation of V8, which grows with whoever reads fast.",
		]),
	];
}

const cpu = ({ cpuMsPerQuery }: GraphRow): number => cpuMsPerQuery;

function asked(rows: readonly GraphRow[], shape: string, clients: number): readonly GraphRow[] {
	return rows.filter((row) => row.shape === shape && row.clients === clients);
}

function cpuAim(title: string, rows: readonly GraphRow[]): Row {
	const ratio = toReference(rows, OURS, cpu);
	return [`CPU of ${title} at most ${MOST_CPU} x hand-written`, `${ratio.toFixed(2)} x`, told(ratio <= MOST_CPU)];
}

/** Compared as the tables tell it: by the median of the ratios to the hand-written endpoint in the same round. */
function belowPeers(
	what: string,
	rows: readonly GraphRow[],
	of: (row: GraphRow) => number,
	servers: AimedAt['servers'],
): Row {
	const own = toReference(rows, OURS, of);
	const peers = [...new Set(rows.map(({ variant }) => variant))].filter((name) => !NO_PEERS.includes(name));
	const lower = peers
		.map((name) => ({ name, ratio: toReference(rows, name, of) }))
		.filter(({ ratio }) => ratio <= own)
		.map(({ name, ratio }) => `${servers[name] ?? name} ${ratio.toFixed(2)}`);
	const measured = lower.length === 0 ? own.toFixed(2) : `${own.toFixed(2)}; lower: ${lower.join(', ')}`;
	return [`${what} below every other server`, measured, told(lower.length === 0)];
}

function toReference(rows: readonly GraphRow[], name: string, of: (row: GraphRow) => number): number {
	const ratios = rows.flatMap((row) => {
		const reference = rows.find(({ variant, round }) => variant === HANDWRITTEN && round === row.round);
		return row.variant !== name || reference === undefined ? [] : [of(row) / of(reference)];
	});
	return spreadOf(ratios).median;
}

function n8nAims(rows: readonly N8nRow[]): readonly Row[] {
	const theirRuns = rows.filter(({ subject }) => subject === HTTP_REQUEST);
	const latencies = [...new Set(theirRuns.map(({ latencyMs }) => latencyMs))].sort((left, right) => left - right);
	const grown = (subject: string): number =>
		spreadOf(rows.filter((row) => row.subject === subject).map(({ idleMb, peakMb }) => peakMb - idleMb)).median;
	const [ours, theirs, sums] = [grown(GET_MANY), grown(HTTP_REQUEST), grown(SUMMARIZE)];
	return [
		...latencies.map((latencyMs): Row => {
			const times = faster(rows.filter((row) => row.latencyMs === latencyMs));
			const aim = latencyMs === 0 ? 1 : SPEED_UP;
			const where = latencyMs === 0 ? 'that answers at once' : `that answers after ${latencyMs} ms`;
			const what = aim === 1 ? 'faster than' : `${aim} times as fast as`;
			return [`n8n: ${what} ${HTTP_REQUEST}, from a provider ${where}`, `${times.toFixed(2)} x`, told(times >= aim)];
		}),
		[
			`n8n: no more memory than ${HTTP_REQUEST}`,
			`${ours.toFixed(0)} MB over idle, beside ${theirs.toFixed(0)}`,
			told(ours <= theirs),
		],
		[`n8n: Summarize in ${SUMMARY_MB} MB over idle`, `${sums.toFixed(0)} MB`, told(sums <= SUMMARY_MB)],
	];
}

/** How many times as fast as the HTTP Request node, the median over the rounds. */
function faster(rows: readonly N8nRow[]): number {
	const times = rows.flatMap((row) => {
		const reference = rows.find(({ subject, round }) => subject === HTTP_REQUEST && round === row.round);
		return row.subject !== GET_MANY || reference === undefined ? [] : [reference.ms / row.ms];
	});
	return spreadOf(times).median;
}

function told(reached: boolean): string {
	return reached ? 'yes' : 'no';
}
