/** Whether an answer is right, or says what is missing and whose fault that is. Anything else is wrong. */
import { isDeepStrictEqual } from 'node:util';

import type { Answer, GraphError } from './client';
import { CONNECTION_IDS, type Row } from './truth';

/** RIGHT: whole and true. NAMED: true as far as it goes, and what is missing is named. REFUSED: nothing was begun. */
export type Verdict = 'RIGHT' | 'NAMED' | 'REFUSED';

export class WrongAnswer extends Error {
	override readonly name = 'WrongAnswer';
}

export interface Source {
	readonly connection: { readonly id: string };
	readonly state: string;
	readonly complete: boolean;
	readonly notices?: readonly string[];
	readonly error: { readonly kind: string } | null;
}

const KINDS =
	/^(?:AUTH|FORBIDDEN|NOT_FOUND|INVALID_REQUEST|CONFLICT|RATE_LIMITED|TOO_LARGE|NOT_OFFERED|TIMEOUT|UNAVAILABLE|PROTOCOL)$/;

export function demand(holds: boolean, what: string, ...shown: readonly unknown[]): asserts holds {
	if (!holds) throw new WrongAnswer(`${what}: ${JSON.stringify(shown).slice(0, 1_500)}`);
}

/** Null: refused for overload. */
export function dataOf({ status, data, errors }: Answer): Answer['data'] {
	if (status === 503) {
		demand(errors[0]?.extensions?.code === 'OVERLOADED', 'A refusal without its reason', errors);
		return null;
	}
	demand(status === 200 && data !== null, 'No data', status, errors);
	for (const { extensions } of errors) demand(KINDS.test(extensions?.code ?? ''), 'An error of no known kind', errors);
	return data;
}

/** The connections that gave everything. Every other one must say why it did not. */
export function healthyIn(sources: readonly Source[], errors: readonly GraphError[]): ReadonlySet<string> {
	demand(
		isDeepStrictEqual(sources.map(({ connection }) => connection.id).sort(), [...CONNECTION_IDS].sort()),
		'A source is missing',
		sources,
	);
	for (const { connection, state, complete, notices = [], error } of sources) {
		demand((state === 'OK') === (error === null), 'A source that fails without an error', sources);
		if (state === 'OK') demand(complete || notices.length > 0, 'Rows are missing without a word', sources);
		else
			demand(
				errors.some(({ extensions }) => extensions?.connection === connection.id),
				'An error is not told',
				sources,
				errors,
			);
	}
	return new Set(
		sources.filter(({ state, complete }) => state === 'OK' && complete).map(({ connection }) => connection.id),
	);
}

/** Rows that belong to connections: those of healthy ones all there, those of others true or not there. */
export function judgeRows(shown: readonly Row[], right: readonly Row[], healthy: ReadonlySet<string>): Verdict {
	const of = (rows: readonly Row[]): readonly Row[] => rows.filter(({ connection }) => healthy.has(connection.id));
	demand(isDeepStrictEqual(of(shown), of(right)), 'Rows of a healthy provider are not right', of(shown), of(right));
	return healthy.size === CONNECTION_IDS.length ? 'RIGHT' : 'NAMED';
}

/** A page of bills from the list's beginning. */
export function judgePage(
	nodes: readonly Row[],
	first: number,
	{ bills, billsById }: { readonly bills: readonly Row[]; readonly billsById: ReadonlyMap<string, Row> },
	healthy: ReadonlySet<string>,
): Verdict {
	demand(new Set(nodes.map(({ id }) => id)).size === nodes.length, 'A bill is there twice', nodes);
	for (const node of nodes) demand(isDeepStrictEqual(node, billsById.get(node.id)), 'A bill is not right', node);
	const right = bills.filter(({ connection }) => healthy.has(connection.id));
	const shown = nodes.filter(({ connection }) => healthy.has(connection.id));
	demand(isDeepStrictEqual(shown, right.slice(0, shown.length)), 'A bill is missing, or out of its order', shown);
	if (nodes.length < first) demand(shown.length === right.length, 'The page is short', shown.length, right.length);
	return healthy.size === CONNECTION_IDS.length ? 'RIGHT' : 'NAMED';
}

/** Equal to what is right, but for nulls that an error stands for. */
export function judgeTree(
	shown: unknown,
	right: unknown,
	path: readonly (string | number)[],
	errors: readonly GraphError[],
): Verdict {
	if (isDeepStrictEqual(shown, right)) return 'RIGHT';
	if (shown === null) {
		demand(
			errors.some((error) => isAlong(error.path ?? [], path)),
			'Null without an error',
			path,
			errors,
		);
		return 'NAMED';
	}
	if (isIncomplete(shown)) {
		demand(shown.reasons.length > 0, 'Incomplete without a reason', shown);
		return 'NAMED';
	}
	const isTree = typeof shown === 'object' && typeof right === 'object' && right !== null;
	demand(isTree && isDeepStrictEqual(Object.keys(shown), Object.keys(right)), 'Not what is right', path, shown, right);
	for (const [name, child] of Object.entries(shown)) {
		const step = Array.isArray(shown) ? Number(name) : name;
		judgeTree(child, (right as Readonly<Record<string, unknown>>)[name], [...path, step], errors);
	}
	return 'NAMED';
}

/** A list of rates that says itself that it is short. */
function isIncomplete(value: unknown): value is { readonly reasons: readonly string[] } {
	return (
		typeof value === 'object' && value !== null && 'complete' in value && value.complete === false && 'reasons' in value
	);
}

/** One leads to the other: a null may stand above the field that failed. */
function isAlong(errorPath: readonly (string | number)[], path: readonly (string | number)[]): boolean {
	return errorPath.length > 0 && path.every((step, at) => at >= errorPath.length || errorPath[at] === step);
}
