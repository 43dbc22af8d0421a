/** Walks put together, read out, or taken up again. */
import type { Page } from '../connector';
import type { WalkedPage } from '../transport/pageWalk';

/** Pages of any number of walks in a row. The end is told by a page of its own, once all of them have been read. */
export async function* asOneWalk<T>(
	pages: AsyncIterable<WalkedPage<T>>,
): AsyncGenerator<WalkedPage<T>, void, undefined> {
	const reasons: string[] = [];
	let requests = 0;
	for await (const page of pages) {
		requests += page.requests;
		reasons.push(...(page.end?.reasons ?? []));
		if (page.rows.length === 0) continue;
		yield {
			rows: page.rows,
			total: null,
			requests,
			end: null,
			doubts: [...reasons, ...(page.end === null ? (page.doubts ?? []) : [])],
		};
		requests = 0;
	}
	yield { rows: [], total: null, requests, end: { complete: reasons.length === 0, reasons } };
}

/** What is known only once everything has been read goes with the last page. */
export async function* withClosingNotices<T, Filter extends string>(
	pages: AsyncIterable<Page<T, Filter>>,
	notices: () => readonly string[],
): AsyncGenerator<Page<T, Filter>, void, undefined> {
	for await (const page of pages) {
		yield page.end === null ? page : { ...page, notices: [...page.notices, ...notices()] };
	}
}

/** The walk to its end; for what cannot be said before the last row is known. */
export async function readWhole<T>(
	walk: AsyncIterable<WalkedPage<T>>,
): Promise<{ readonly rows: readonly T[]; readonly reasons: readonly string[]; readonly requests: number }> {
	const rows: T[] = [];
	const reasons: string[] = [];
	let requests = 0;
	for await (const page of walk) {
		for (const row of page.rows) rows.push(row);
		reasons.push(...(page.end?.reasons ?? []));
		requests += page.requests;
	}
	return { rows, reasons, requests };
}

/** A walk whose first page was taken already. */
export async function* resumed<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
	yield first;
	yield* rest;
}
