/** The servers that are measured. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { hiveQuestion } from './hive';
import type { Question } from './load';
import { type Shape, graphqlQuestion, plainQuestion } from './shapes';
import type { Sandbox } from './sandbox';
import { ServerProcess } from './serverProcess';

export interface Variant {
	readonly name: string;
	readonly start: (sandbox: Sandbox, folder: string) => Promise<ServerProcess>;
	/** Null where it cannot be asked. */
	readonly question: (shape: Shape, variables: Readonly<Record<string, unknown>>) => Question | null;
}

/** Shared by all of our servers, so that a cursor of one is read by the others. */
const CURSOR_KEY = 'the key of the benchmark';
const UNLIMITED = 1_000_000_000;

export const OURS: Variant = { name: 'ours', start: ours('ours', 0), question: graphqlQuestion };
export const HANDWRITTEN: Variant = {
	name: 'handwritten',
	start: program('bench/dist/handwritten.cjs'),
	question: plainQuestion,
};

/** Ours first: the others' answers are held against it. */
export const VARIANTS: readonly Variant[] = [
	OURS,
	HANDWRITTEN,
	peer('mercurius-jit', 'mercurius.mjs'),
	peer('yoga-jit', 'yoga.mjs'),
	peer('apollo-loaders', 'apollo.mjs', 'loaders'),
	peer('apollo-naive', 'apollo.mjs', 'naive'),
	hive('directives'),
	hive('batching'),
	{ name: 'ours-cached', start: ours('ours-cached', 60), question: graphqlQuestion },
];

function peer(name: string, file: string, ...args: readonly string[]): Variant {
	return { name, start: program(join('bench/peers', file), ...args), question: graphqlQuestion };
}

function hive(relations: 'directives' | 'batching'): Variant {
	const start = program('bench/peers/hive.mjs', relations);
	return { name: `hive-${relations}`, start, question: hiveQuestion };
}

function program(...args: readonly string[]): Variant['start'] {
	return ({ url }) => ServerProcess.start({ args, env: { BENCH_SANDBOX: url }, ready: /Ready: (http:\S+)/ });
}

/**
 * As `npm start` runs it, over a configuration: no log, as none of the others writes one; and however late a loaded machine
 * makes it, it turns nobody away, which none of the others would.
 */
function ours(name: string, freshFor: number): Variant['start'] {
	return async (sandbox, folder) => {
		const connections = (await sandbox.connections()).map((connection) => ({ ...connection, freshFor }));
		const config = join(folder, `${name}.yaml`);
		const limits = { upstreamPerMinute: UNLIMITED, eventLoopDelayMs: UNLIMITED };
		const server = { port: 0, logLevel: 'warn', cursorKey: CURSOR_KEY };
		// YAML reads JSON.
		writeFileSync(config, JSON.stringify({ server, limits, access: { open: true }, connections }));
		return ServerProcess.start({
			args: ['graphql/dist/cli.js', '--config', config],
			ready: /GraphQL: +(http:\S+)\/graphql/,
		});
	};
}
