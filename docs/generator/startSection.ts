/** The part of `docs/performance.md` that says what it takes to begin. */
import type { StartResult } from '../../bench/results';
import { BARE_NODE, type StartSize, type StartTime } from '../../bench/start/rows';
import { type Spread, spreadOf } from '../../bench/statistics';
import { bullets, table } from './markdown';

/** @param conditions where and under what load it was measured */
export function startSection({ rows }: StartResult, conditions: string): readonly string[] {
	const times = rows.filter((row) => row.kind === 'time');
	const sizes = rows.filter((row) => row.kind === 'size');
	return [
		'## Start and size',
		bullets([
			'The server over its sandbox: from `node` until `/readyz` says that it takes requests.',
			'Node files: as n8n loads them, which has loaded its own modules already.',
			`Ratios are to \`${BARE_NODE}\` in the same round: what Node itself takes, and no program can be faster than.`,
		]),
		conditions,
		table(
			['What', 'Time', 'CPU'],
			[...new Set(times.map(({ name }) => name))].map((name) => [
				`\`${name}\``,
				told(ratios(name, times, ({ wallMs }) => wallMs)),
				told(ratios(name, times, ({ cpuMs }) => cpuMs)),
			]),
		),
		table(['Package', 'Packed', 'Unpacked', 'Files'], sizes.map(sizeRow)),
	];
}

function sizeRow({ name, packedBytes, unpackedBytes, files }: StartSize): readonly string[] {
	return [`\`${name}\``, kilobytes(packedBytes), kilobytes(unpackedBytes), String(files)];
}

function ratios(name: string, rows: readonly StartTime[], of: (row: StartTime) => number | null): readonly number[] {
	return rows
		.filter((row) => row.name === name)
		.flatMap((row) => {
			const bare = rows.find((other) => other.name === BARE_NODE && other.round === row.round);
			const figure = of(row);
			const reference = bare === undefined ? null : of(bare);
			return figure === null || reference === null ? [] : [figure / reference];
		});
}

function told(figures: readonly number[]): string {
	if (figures.length === 0) return '-';
	const { median, least, most }: Spread = spreadOf(figures);
	return `${median.toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)})`;
}

function kilobytes(bytes: number): string {
	return `${Math.round(bytes / 1_000).toLocaleString('en')} kB`;
}
