/** One page of a collection: filtered, sorted, cut by offset and limit, with the two count headers. */
import { compareKeys, keyOf, textAt, type Attributes, kindOf } from './attributes';
import { jsonAnswer, type Answer } from './answer';
import { GatewayError } from './gatewayError';
import type { Condition } from './searchLanguage';
import type { WireRecord } from './wire';

export interface PageLimits {
	readonly default: number;
	readonly max: number;
}

/** Rows by place, so that a long collection need not be made to give its first page. */
export interface Collection {
	readonly attributes: Attributes;
	readonly size: number;
	rows(from: number, to: number): readonly WireRecord[];
}

/** Query parameters that filter nothing; `overrideAccept` is understood by every operation. */
export const PAGING_PARAMETERS: readonly string[] = ['offset', 'limit', 'sort', 'overrideAccept'];

export function collectionOf(attributes: Attributes, rows: readonly WireRecord[]): Collection {
	return { attributes, size: rows.length, rows: (from, to) => rows.slice(from, to) };
}

/** The page that `query` asks for of the rows that meet `condition`; without a condition all do. */
export function pageAnswer(
	collection: Collection,
	condition: Condition | undefined,
	query: URLSearchParams,
	limits: PageLimits,
): Answer {
	const { offset, limit } = pageOf(query, limits);
	const sort = query.get('sort');
	if (condition === undefined && sort === null) {
		return countedAnswer(collection.rows(offset, offset + limit), collection.size);
	}
	const all = sort === null ? collection.rows(0, collection.size) : sortedRows(collection, sort);
	const chosen = condition === undefined ? all : all.filter(condition);
	return countedAnswer(chosen.slice(offset, offset + limit), chosen.length);
}

/** Place and size of the page; a limit above the greatest is cut to it. Throws 400, code 28, for what is no whole number. */
export function pageOf(query: URLSearchParams, limits: PageLimits): { offset: number; limit: number } {
	const offset = wholeNumber(query, 'offset', 0, 0);
	const limit = wholeNumber(query, 'limit', limits.default, 1);
	return { offset, limit: Math.min(limit, limits.max) };
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number, least: number): number {
	const text = query.get(name);
	if (text === null) return otherwise;
	if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
		throw new GatewayError(28, `${name} is a whole number from ${least}.`);
	}
	return Number(text);
}

function countedAnswer(rows: readonly WireRecord[], total: number): Answer {
	return jsonAnswer(rows, { 'X-Total-Count': String(total), 'X-Result-Count': String(rows.length) });
}

/** The last order asked of a collection: a walk asks for the same one page after page. */
const lastOrders = new WeakMap<Collection, { readonly sort: string; readonly rows: readonly WireRecord[] }>();

function sortedRows(collection: Collection, sort: string): readonly WireRecord[] {
	const last = lastOrders.get(collection);
	if (last?.sort === sort) return last.rows;
	const rows = sortedBy(collection.rows(0, collection.size), sort, collection.attributes);
	lastOrders.set(collection, { sort, rows });
	return rows;
}

/** `-updatedAt,id`: by each field in turn, from the highest where a minus stands before it. */
function sortedBy(rows: readonly WireRecord[], sort: string, attributes: Attributes): readonly WireRecord[] {
	const fields = sort.split(',').map((text) => {
		const descending = text.startsWith('-');
		const name = descending ? text.slice(1) : text;
		const kind = kindOf(attributes, name);
		if (kind === undefined || kind === 'period') throw new GatewayError(28, `Cannot sort by ${name}.`);
		return { name, kind, sign: descending ? -1 : 1 };
	});
	const keyed = rows.map((row) => ({
		row,
		keys: fields.map(({ name, kind }) => {
			const text = textAt(row, name);
			return text === undefined ? undefined : keyOf(kind, text);
		}),
	}));
	keyed.sort((left, right) => {
		for (const [place, { sign }] of fields.entries()) {
			const order = compareKeys(left.keys[place], right.keys[place]);
			if (order !== 0) return sign * order;
		}
		return 0;
	});
	return keyed.map(({ row }) => row);
}
