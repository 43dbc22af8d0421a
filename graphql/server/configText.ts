/** YAML text to values: secrets brought in from the environment and from files, every value traced to its line. */
import { LineCounter, type Document, type Node, isNode, isScalar, parseDocument, visit } from 'yaml';

export interface ConfigProblem {
	/** From 1. */
	readonly line: number;
	/** For instance `connections[0].auth.clientSecret`; empty for the text as a whole. */
	readonly where: string;
	readonly message: string;
}

export type ConfigPath = readonly PropertyKey[];

export interface ConfigText {
	readonly value: unknown;
	readonly problems: readonly ConfigProblem[];
	/** Whether anything is written there. */
	has(path: ConfigPath): boolean;
	problemAt(path: ConfigPath, message: string): ConfigProblem;
}

export interface SecretSources {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** @throws Error where there is no such file */
	readonly readFile: (path: string) => string;
}

export function readConfigText(text: string, sources: SecretSources): ConfigText {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
	const problems: ConfigProblem[] = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
		line: lines.linePos(pos[0]).line,
		where: '',
		// What stands behind a colon may quote the text, and the text may be a secret.
		message: message.split(/[:\n]/, 1)[0] ?? '',
	}));
	const lineAt = (offset: number): number => lines.linePos(offset).line;
	const refuse = (node: Node, ancestors: readonly unknown[], message: string): void => {
		problems.push({ line: lineAt(node.range?.[0] ?? 0), where: nameOf(ancestors), message });
	};
	visit(document, {
		Scalar(key, node, ancestors) {
			// Names of settings are told in messages, and so hold no secrets.
			if (key === 'key' || typeof node.value !== 'string') return;
			const filled = fillIn(node.value, sources);
			node.value = filled.text;
			for (const message of filled.problems) refuse(node, ancestors, message);
		},
		Alias(_key, node, ancestors) {
			if (node.resolve(document) !== undefined) return;
			refuse(node, ancestors, 'starts with *, so it is read as an alias, of nothing: put it into quotes');
		},
	});
	return {
		value: valueOf(document, problems),
		problems,
		has: (path) => document.hasIn(path),
		problemAt: (path, message) => ({ line: lineAt(offsetOf(document, path)), where: written(path), message }),
	};
}

function valueOf(document: Document, problems: ConfigProblem[]): unknown {
	if (document.errors.length > 0) return null;
	try {
		return document.toJS();
	} catch {
		// An alias of nothing is told already; else these are aliases of aliases, which make a small text a huge value.
		if (problems.length === 0) problems.push({ line: 1, where: '', message: 'repeats itself too often by aliases' });
		return null;
	}
}

const REFERENCE = /\$\{(file:)?([^}]*)\}/g;

/** `${NAME}` is an environment variable, `${file:PATH}` a file's text without the line break at its end. */
function fillIn(text: string, { env, readFile }: SecretSources): { text: string; problems: readonly string[] } {
	const problems: string[] = [];
	// Behind the last brace every beginning would look for its end up to the end of the text.
	const end = text.lastIndexOf('}') + 1;
	const filled = text.slice(0, end).replace(REFERENCE, (_whole, file: string | undefined, name: string) => {
		if (file === undefined) {
			const value = env[name];
			if (value === undefined || value === '') problems.push(`the environment variable ${name} is not set`);
			return value ?? '';
		}
		try {
			return readFile(name).replace(/\r?\n$/, '');
		} catch {
			problems.push(`the file ${name} cannot be read`);
			return '';
		}
	});
	return { text: filled + text.slice(end), problems };
}

/** The name of the nearest mapping member. */
function nameOf(ancestors: readonly unknown[]): string {
	for (const ancestor of [...ancestors].reverse()) {
		const key = typeof ancestor === 'object' && ancestor !== null && 'key' in ancestor ? ancestor.key : null;
		if (isScalar(key)) return String(key.value);
	}
	return '';
}

/** Where the value stands, or the nearest one around it that does. */
function offsetOf(document: Document, path: ConfigPath): number {
	for (let length = path.length; length > 0; length -= 1) {
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return node.range[0];
	}
	return 0;
}

function written(path: ConfigPath): string {
	return path.reduce<string>(
		(text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`),
		'',
	);
}
