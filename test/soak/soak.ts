/**
 * The server under mixed load for half an hour, with faults switching on and off, every answer judged: `npm run soak`.
 * Writes `docs/generator/soak.json`, prints the figures, and ends with 1 where an answer was wrong or something grew.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Command, InvalidArgumentError } from 'commander';

import type { HangingFigures, Held, Pair, SoakFigures } from '../../docs/generator/soakSection';
import { sandboxConfig } from './config';
import { Client } from './client';
import { Trouble } from './faults';
import { measureHanging } from './hanging';
import { Load } from './load';
import { startSandbox, startServer } from './processes';
import { type Sample, heldAt, sample, slope } from './samples';
import { learn } from './truth';

interface Options {
	readonly minutes: number;
	readonly readers: number;
	readonly rounds: number;
	readonly out: string;
}

const SAMPLE_EVERY_MS = 5_000;

/** Until then caches and pools fill up. */
const WARM_MINUTES = 5;

const command = new Command('soak')
	.option('--minutes <number>', 'how long', positive, 30)
	.option('--readers <number>', 'how many ask at once', positive, 8)
	.option('--rounds <number>', 'with and without a provider that hangs; 0: none', Number, 15)
	.option('--out <file>', 'where the figures go', join(__dirname, '../../docs/generator/soak.json'));

function positive(text: string): number {
	const number = Number(text);
	if (number > 0) return number;
	throw new InvalidArgumentError('A number above 0 is expected.');
}

async function main(): Promise<void> {
	const options = command.parse().opts<Options>();
	const sandbox = await startSandbox();
	try {
		const hanging = options.rounds > 0 ? await hangingPhase(sandbox.url, options.rounds) : null;
		const soaked = await soakPhase(sandbox.url, options);
		const figures: SoakRun = { ...soaked, hanging, failures: [...failuresIn(soaked), ...costOf(hanging)] };
		writeFileSync(options.out, `${JSON.stringify(figures, null, 2)}\n`);
		tell(figures);
		if (figures.failures.length > 0) process.exitCode = 1;
	} finally {
		await sandbox.stop();
	}
}

async function hangingPhase(sandboxUrl: string, rounds: number): Promise<HangingFigures> {
	const server = await startServer(await sandboxConfig(sandboxUrl, { failures: 1_000, rest: 1 }));
	try {
		return await measureHanging(new Client(server.url), sandboxUrl, rounds);
	} finally {
		await server.stop();
	}
}

type Soaked = Omit<SoakRun, 'hanging' | 'failures'>;

async function soakPhase(sandboxUrl: string, { minutes, readers }: Options): Promise<Soaked> {
	const server = await startServer(await sandboxConfig(sandboxUrl, { failures: 10, rest: 2 }));
	const client = new Client(server.url);
	const trouble = new Trouble(sandboxUrl);
	try {
		const load = new Load(client, await learn(client, sandboxUrl), trouble);
		const began = performance.now();
		const elapsed = (): number => (performance.now() - began) / 60_000;
		load.start(readers);
		trouble.start();
		const samples: Sample[] = [];
		while (elapsed() < minutes && !server.hasEnded()) {
			await sleep(SAMPLE_EVERY_MS);
			samples.push(await sample(client, elapsed()));
			if (samples.length % 12 === 0) console.log(progress(samples.at(-1)!, load));
		}
		const ranFor = elapsed();
		await trouble.stop();
		await load.stop();
		// Breakers close, caches empty, sockets of readers who left go.
		await sleep(15_000);
		return figuresOf(load, trouble, [...samples, await sample(client, elapsed())], ranFor, readers);
	} finally {
		await server.stop();
	}
}

function progress({ minutes, rss, heap, handles, files }: Sample, load: Load): string {
	const figures = [
		`${minutes.toFixed(1)} min`,
		`${load.count()} asked`,
		`${load.count('NAMED')} failures named`,
		`${load.count('WRONG')} wrong`,
		`${load.count('UNANSWERED')} unanswered`,
		`rss ${rss.toFixed(0)} MB`,
		`heap ${heap.toFixed(0)} MB`,
		`${handles} handles`,
		`${files} files`,
	];
	return figures.join(', ');
}

/** Everything that is known of a run; the page shows what its reader asks for. */
interface SoakRun extends SoakFigures {
	readonly readers: number;
	readonly node: string;
	readonly cores: number;
	readonly commit: string;
	readonly byQuestion: Load['told'];
	/** Milliseconds. */
	readonly times: { readonly p50: number; readonly p99: number };
	readonly external: Held;
	/** After the load. */
	readonly inFlight: number;
	readonly worstLoopP99: number;
	readonly wrongAnswers: readonly string[];
	readonly failures: readonly string[];
}

function figuresOf(load: Load, trouble: Trouble, samples: readonly Sample[], ranFor: number, readers: number): Soaked {
	const warmMinutes = Math.min(WARM_MINUTES, ranFor / 3);
	const during = samples.filter(({ minutes }) => minutes <= ranFor);
	const within = Math.max(0.5, ranFor / 30);
	const held = (figure: 'heap' | 'rss' | 'external' | 'handles' | 'files'): Held => ({
		warm: rounded(heldAt(during, figure, warmMinutes, within)),
		end: rounded(heldAt(during, figure, ranFor, within)),
		slope: rounded(slope(during, figure, warmMinutes)),
	});
	return {
		minutes: rounded(ranFor),
		readers,
		node: process.version,
		cores: cpus().length,
		commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: __dirname, encoding: 'utf8' }).trim(),
		asked: load.count(),
		right: load.count('RIGHT'),
		named: load.count('NAMED'),
		refused: load.count('REFUSED'),
		wrong: load.count('WRONG'),
		unanswered: load.count('UNANSWERED'),
		byQuestion: load.told,
		faultsSwitchedOn: trouble.switchedOn,
		times: { p50: rounded(load.within(0.5)), p99: rounded(load.within(0.99)) },
		warmMinutes: rounded(warmMinutes),
		heap: held('heap'),
		rss: held('rss'),
		external: held('external'),
		handles: held('handles'),
		files: held('files'),
		inFlight: samples.at(-1)?.inFlight ?? 0,
		worstLoopP99: rounded(Math.max(...during.map(({ loopP99 }) => loopP99))),
		wrongAnswers: load.wrong,
	};
}

function rounded(value: number): number {
	return Math.round(value * 10) / 10;
}

/** What must not be: everything is allowed to breathe, nothing to grow. */
function failuresIn(figures: Soaked): readonly string[] {
	const { wrong, unanswered, heap, rss, external, handles, files, inFlight } = figures;
	return [
		...(wrong > 0 ? [`${wrong} wrong answers`] : []),
		...(unanswered > 0 ? [`${unanswered} questions without an answer`] : []),
		...(isGrown(heap, 10) ? [`the heap grew from ${heap.warm} to ${heap.end} MB`] : []),
		...(isGrown(external, 10) ? [`buffers grew from ${external.warm} to ${external.end} MB`] : []),
		// The process keeps pages that the heap has given back.
		...(isGrown(rss, 30) ? [`the process grew from ${rss.warm} to ${rss.end} MB`] : []),
		...(handles.end > handles.warm + 20 ? [`handles grew from ${handles.warm} to ${handles.end}`] : []),
		...(files.end > files.warm + 20 ? [`open files grew from ${files.warm} to ${files.end}`] : []),
		...(inFlight > 0 ? [`${inFlight} requests are still in flight after the load`] : []),
	];
}

function isGrown({ warm, end }: Held, allowedMb: number): boolean {
	return end > warm * 1.15 + allowedMb;
}

/** Of what the other three take while the fourth hangs, times what they take without. */
const MOST_COST = 1.1;

function costOf(hanging: HangingFigures | null): readonly string[] {
	if (hanging === null || hanging.p99.with <= hanging.p99.without * MOST_COST) return [];
	return [`a provider that hangs costs the others more than a tenth: ${hangingText(hanging)}`];
}

function tell({ hanging, byQuestion, wrongAnswers, failures, ...figures }: SoakRun): void {
	console.table(byQuestion);
	console.log(JSON.stringify(figures, null, 2));
	if (hanging !== null) console.log(hangingText(hanging));
	for (const wrong of wrongAnswers) console.log(wrong);
	console.log(failures.length === 0 ? 'Nothing was wrong, and nothing grew.' : failures.join('\n'));
}

function hangingText({ p50, p99 }: HangingFigures): string {
	const text = ({ without, with: hanging }: Pair): string => `${without.toFixed(1)} -> ${hanging.toFixed(1)} ms`;
	return `With a fourth provider that hangs: p50 ${text(p50)}, p99 ${text(p99)}`;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
