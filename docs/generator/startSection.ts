/** The part of `docs/performance.md` that says what it takes to begin. */
import type { StartResult } from '../../bench/results';
import { BARE_NODE, COLD_START, IMPORT_LIMIT_MS, type StartSize, type StartTime } from '../../bench/start/rows';
import { type Spread, spreadOf } from '../../bench/statistics';
import { bullets, table } from './markdown';

/** @param conditions where and under what load it was measured */
export function startSection({ rows }: StartResult, conditions: string): readonly string[] {
	const times = rows.filter((row) => row.kind === 'time');
	const sizes = rows.filter((row) => row.kind === 'size');
	return [
		'## Start and size',
		bullets([
			`Ratios are to \`${BARE_NODE}\` in the same round: a Node that only writes down what processor time it has taken.`,
			'The server over its sandbox: from `node` until `/readyz` says that it takes requests. It runs with `--max-semi-space-size=32`, as `npm start` runs it, and with `--require bench/graph/control.cjs`, which tells what its process has used.',
			'Node files: as n8n loads them, which has loaded its own modules already. They are timed inside a process that has started, so they can take less than Node itself.',
			`At most ${IMPORT_LIMIT_MS} ms: in how many rounds the import of the file took no more than that of processor time.`,
			`\`${COLD_START}\`: in a fresh clone, once, as a ratio to the median of all rounds. It is not cold altogether: npm takes from its own cache what it downloaded before.`,
		]),
		conditions,
		table(
			['What', 'Time', 'CPU', `At most ${IMPORT_LIMIT_MS} ms`],
			[...new Set(times.map(({ name }) => name))].map((name) => [
				`\`${name}\``,
				told(ratios(name, times, ({ wallMs }) => wallMs)),
				told(ratios(name, times, ({ cpuMs }) => cpuMs)),
				withinLimit(times.filter((row) => row.name === name)),
			]),
		),
		table(['Package', 'Packed', 'Unpacked', 'Files'], sizes.map(sizeRow)),
	];
}

function sizeRow({ name, packedBytes, unpackedBytes, files }: StartSize): readonly string[] {
	return [`\`${name}\``, kilobytes(packedBytes), kilobytes(unpackedBytes), String(files)];
}

type Figure = (row: StartTime) => number | null;

function ratios(name: string, rows: readonly StartTime[], of: Figure): readonly number[] {
	const bare = rows.filter((row) => row.name === BARE_NODE);
	return rows
		.filter((row) => row.name === name)
		.flatMap((row) => {
			const references = name === COLD_START ? bare : bare.filter(({ round }) => round === row.round);
			const figures = references.flatMap((reference) => of(reference) ?? []);
			const figure = of(row);
			return figure === null || figures.length === 0 ? [] : [figure / spreadOf(figures).median];
		});
}

/** @param rows of one program */
function withinLimit(rows: readonly StartTime[]): string {
	const times = rows.flatMap(({ name, cpuMs }) => (name.endsWith('.node.js') ? (cpuMs ?? []) : []));
	if (times.length === 0) return '-';
	return `${times.filter((time) => time <= IMPORT_LIMIT_MS).length} of ${times.length} rounds`;
}

function told(figures: readonly number[]): string {
	if (figures.length === 0) return '-';
	const { median, least, most }: Spread = spreadOf(figures);
	return `${median.toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`;
}

function kilobytes(bytes: number): string {
	return `${Math.round(bytes / 1_000).toLocaleString('en')} kB`;
}
