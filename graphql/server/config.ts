/** The configuration file, checked as a whole: every mistake is named with its line, and none with a secret. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type { z } from 'zod';

import { type ConfigProblem, type ConfigText, readConfigText } from './configText';
import { type ServerConfig, DEFAULT_HOST, configSchema } from './configSchema';
import { ManifestError, parseManifest } from './limits/persistedOperations';
import { isLoopback } from './loopback';

/** Says everything that has to be mended before the server can start. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';

	constructor(
		readonly file: string,
		readonly problems: readonly ConfigProblem[],
	) {
		const lines = problems.map(
			({ line, where, message }) => `  line ${line}: ${where === '' ? '' : `${where} `}${message}`,
		);
		super([`${file} needs mending:`, ...lines].join('\n'));
	}
}

/** @throws ConfigError naming all mistakes */
export function loadConfig(file: string, { env, serving = null }: Pick<ConfigSource, 'env' | 'serving'>): ServerConfig {
	const folder = dirname(resolve(file));
	const readFile = (path: string): string => readFileSync(resolve(folder, path), 'utf8');
	return parseConfig(textOf(file), { file, env, readFile, serving });
}

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		throw new ConfigError(file, [{ line: 1, where: '', message: 'cannot be read: is there such a file?' }]);
	}
}

export interface ConfigSource {
	/** For messages. */
	readonly file: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Path as written in `${file:PATH}`. */
	readonly readFile: (path: string) => string;
	/** Where the bills are to be served, so that the door is looked at; null or absent: they are not. */
	readonly serving?: Serving | null | undefined;
}

export interface Serving {
	/** Before the configuration's own. */
	readonly host?: string | undefined;
}

/** @throws ConfigError */
export function parseConfig(yaml: string, { file, env, readFile, serving }: ConfigSource): ServerConfig {
	const text = readConfigText(yaml, { env, readFile });
	if (text.value === null) {
		const empty = { line: 1, where: '', message: 'is empty' };
		throw new ConfigError(file, text.problems.length === 0 ? [empty] : text.problems);
	}
	const result = configSchema.safeParse(withRedisUrl(text.value, env));
	// What a missing secret leaves empty is told once, as the missing secret.
	const known = new Set(text.problems.map(({ line }) => line));
	const found = (result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, text));
	const problems = [
		...text.problems,
		...found.filter(({ line, message }) => !(message === 'is empty' && known.has(line))),
		...manifestProblems(text, readFile),
		...(serving ? doorProblems(text, serving) : []),
	];
	if (!result.success || problems.length > 0)
		throw new ConfigError(
			file,
			problems.sort((a, b) => a.line - b.line),
		);
	return result.data;
}

function problemsOf(issue: z.core.$ZodIssue, text: ConfigText): readonly ConfigProblem[] {
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => text.problemAt([...issue.path, key], 'is no setting'));
	}
	const isMissing = issue.code !== 'custom' && !text.has(issue.path);
	return [text.problemAt(issue.path, isMissing ? 'is missing' : messageOf(issue))];
}

/** The environment's REDIS_URL, where the file names no Redis of its own. */
function withRedisUrl(value: unknown, env: ConfigSource['env']): unknown {
	const redisUrl = env['REDIS_URL'];
	if (redisUrl === undefined || redisUrl === '' || !isMapping(value)) return value;
	const { cache = {} } = value;
	return isMapping(cache) ? { ...value, cache: { redisUrl, ...cache } } : value;
}

function isOfNumber({ origin }: { readonly origin: string }): boolean {
	return origin === 'number' || origin === 'int';
}

function manifestProblems(text: ConfigText, readFile: ConfigSource['readFile']): readonly ConfigProblem[] {
	const manifest = memberOf(memberOf(text.value, 'operations'), 'manifest');
	if (typeof manifest !== 'string' || manifest === '') return [];
	try {
		parseManifest(readFile(manifest));
		return [];
	} catch (error) {
		const why = error instanceof ManifestError ? error.message : 'cannot be read';
		return [text.problemAt(['operations', 'manifest'], `${manifest} ${why}`)];
	}
}

/** Bills are nobody's business but their owner's: real connections are served only where somebody decided who may ask. */
function doorProblems(text: ConfigText, serving: Serving): readonly ConfigProblem[] {
	const access = memberOf(text.value, 'access');
	const host = serving.host ?? textOrNull(memberOf(memberOf(text.value, 'server'), 'host')) ?? DEFAULT_HOST;
	if (access === undefined) {
		const message =
			'is missing: the bills of real connections would be open to whoever reaches this server. ' +
			'Name who may ask in access.apiKeys or access.jwt. ' +
			`To try it on this machine alone, set access: { open: true } and server: { host: ${DEFAULT_HOST} }`;
		return [text.problemAt(['access'], message)];
	}
	if (memberOf(access, 'open') !== true || isLoopback(host)) return [];
	const message =
		`is for this machine alone, and server.host is ${host}: set it to ${DEFAULT_HOST}, ` +
		'or name who may ask in access.apiKeys or access.jwt';
	return [text.problemAt(['access', 'open'], message)];
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

function memberOf(value: unknown, name: string): unknown {
	return isMapping(value) ? value[name] : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function messageOf(issue: z.core.$ZodIssue): string {
	switch (issue.code) {
		case 'invalid_type':
			return `must be a ${issue.expected}`;
		case 'invalid_value':
			return `must be one of ${issue.values.map(String).join(', ')}`;
		case 'invalid_union':
			return issue.message.replace(/^Invalid discriminator value. Expected/, 'must be one of');
		case 'too_big':
			return isOfNumber(issue) ? `must be ${issue.maximum} or less` : issue.message;
		case 'too_small':
			return isOfNumber(issue) ? `must be ${issue.minimum} or more` : issue.message;
		default:
			return issue.message;
	}
}
