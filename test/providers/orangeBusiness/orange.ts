/** Orange on paper: a small server that filters, searches, sorts and pages as the document says, behind a scripted transport. */
import { OrangeBusinessApi, type OrangeBusinessSettings } from '../../../providers/orangeBusiness/api';
import { OrangeBusinessConnector } from '../../../providers/orangeBusiness/connector';
import type { Page } from '../../../providers/connector';
import type { TransportRequest, TransportResponse } from '../../../providers/transport/port';
import { type ScriptedAnswer, ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';

export const BASE = 'https://api.orange.com/billing/b2b/v1';

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

export interface PaperOrange {
	readonly bills?: readonly Row[];
	readonly items?: Readonly<Record<string, readonly Row[]>>;
	readonly accounts?: readonly Row[];
	/** Rows given at most, whatever the limit asked for. */
	readonly longestPage?: number;
	readonly ignoresSort?: boolean;
	readonly announcesTotal?: boolean;
}

export function orange(
	script: readonly ScriptedAnswer[] | ScriptedAnswer,
	settings: Partial<OrangeBusinessSettings> = {},
) {
	const transport = new ScriptedTransport(script).renewable();
	const clock = fakeClock('2026-02-01T00:00:00Z');
	const all = { connection: 'orange', baseUrl: BASE, ...settings };
	return {
		transport,
		clock,
		api: new OrangeBusinessApi(all, { transport, clock }),
		connector: new OrangeBusinessConnector(all, { transport, clock }),
	};
}

export const onPaper = (paper: PaperOrange, settings: Partial<OrangeBusinessSettings> = {}) =>
	orange((request) => answer(paper, request), settings);

export async function pagesOf<T, Filter extends string>(
	pages: AsyncIterable<Page<T, Filter>>,
): Promise<Page<T, Filter>[]> {
	const all: Page<T, Filter>[] = [];
	for await (const page of pages) all.push(page);
	return all;
}

function answer(paper: PaperOrange, { url, method, body }: TransportRequest): TransportResponse {
	const { pathname, searchParams } = new URL(url);
	const [, resource = '', id, rest] = /v1\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(pathname) ?? [];
	if (method === 'POST') {
		const query = JSON.parse(body ?? '') as object;
		return page(
			paper,
			(paper.bills ?? []).filter((bill) => meets(bill, query)),
			searchParams,
		);
	}
	const rows = (resource === 'bills' ? paper.bills : paper.accounts) ?? [];
	if (rest === 'items') return page(paper, paper.items?.[decodeURIComponent(id ?? '')] ?? [], searchParams);
	if (id !== undefined) {
		const row = rows.find((candidate) => candidate.id === decodeURIComponent(id));
		return row === undefined ? json(404, { code: 60, message: 'Resource not found' }) : json(200, row);
	}
	const filters = [...searchParams].filter(([name]) => !['offset', 'limit', 'sort'].includes(name));
	return page(
		paper,
		rows.filter((row) => filters.every(([name, value]) => at(row, name) === value)),
		searchParams,
	);
}

function page(paper: PaperOrange, rows: readonly Row[], parameters: URLSearchParams): TransportResponse {
	const offset = Number(parameters.get('offset') ?? 0);
	const limit = Math.min(Number(parameters.get('limit') ?? 10), paper.longestPage ?? Number.POSITIVE_INFINITY);
	const sort = paper.ignoresSort === true ? null : parameters.get('sort');
	const sorted = sort === null ? rows : [...rows].sort((left, right) => bySort(left, right, sort.split(',')));
	const shown = sorted.slice(offset, offset + limit);
	const total = paper.announcesTotal === false ? {} : { 'x-total-count': String(rows.length) };
	return json(200, shown, { ...total, 'x-result-count': String(shown.length) });
}

function bySort(left: Row, right: Row, fields: readonly string[]): number {
	for (const field of fields) {
		const name = field.replace(/^-/, '');
		const [a, b] = [text(at(left, name)), text(at(right, name))];
		if (a !== b) return (a < b ? -1 : 1) * (field === name ? 1 : -1);
	}
	return 0;
}

function meets(row: Row, query: object): boolean {
	return Object.entries(query).every(([name, condition]: [string, unknown]) => {
		if (name === '$and') return (condition as object[]).every((part) => meets(row, part));
		if (name === '$or') return (condition as object[]).some((part) => meets(row, part));
		const value = at(row, name);
		if (typeof condition !== 'object' || condition === null) return value === condition;
		const [[operator, operand] = ['', null]] = Object.entries(condition) as [string, unknown][];
		switch (operator) {
			case '$in':
				return (operand as unknown[]).includes(value);
			case '$gte':
				return value !== undefined && text(value) >= text(operand);
			case '$lte':
				return value !== undefined && text(value) <= text(operand);
			default:
				throw new Error(`The paper Orange does not know ${operator}`);
		}
	});
}

function at(row: Row, path: string): unknown {
	return path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], row);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
