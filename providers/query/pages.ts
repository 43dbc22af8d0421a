/** From a provider's rows to pages of the model: mapped, filtered here where the provider could not, counted truly. */
import type { BillOrder, Page, Place } from '../connector';
import type { Bill } from '../model/bill';
import { type WalkedPage, endWith } from '../transport/pageWalk';
import { isAfter, sortBills } from './order';

export interface PagePlan<T, Filter extends string> {
	readonly pushedDown: readonly Filter[];
	readonly appliedHere: readonly Filter[];
	/** The conditions applied here. */
	readonly keep: (item: T) => boolean;
	readonly maxRows?: number | undefined;
	/** Given with the first page. */
	readonly notices?: readonly string[];
}

/**
 * Maps a walk's rows and keeps those that match. The announced total stands only where nothing was filtered here.
 * Stops after `maxRows` kept items, and then counts as complete unless rows moved: the rest was not wanted.
 */
export async function* toPages<Row, T, Filter extends string>(
	walk: AsyncIterable<WalkedPage<Row>>,
	map: (row: Row) => T,
	plan: PagePlan<T, Filter>,
): AsyncGenerator<Page<T, Filter>, void, undefined> {
	const { pushedDown, appliedHere, keep } = plan;
	let left = plan.maxRows ?? Number.POSITIVE_INFINITY;
	let notices = plan.notices ?? [];
	for await (const page of walk) {
		const kept = page.rows.map(map).filter(keep);
		const items = kept.length > left ? kept.slice(0, left) : kept;
		left -= items.length;
		const end = page.end ?? (left <= 0 ? endWith(page.doubts ?? []) : null);
		yield {
			items,
			total: appliedHere.length === 0 ? page.total : null,
			pushedDown,
			appliedHere,
			requests: page.requests,
			...(end === null && { doubts: page.doubts }),
			end,
			notices,
		};
		if (end !== null) return;
		notices = [];
	}
}

/** What reading to the end gave: for providers that must be read whole before they can be sorted. */
export interface ReadOut<T, Filter extends string> {
	readonly items: readonly T[];
	readonly last: Page<T, Filter>;
	readonly requests: number;
	readonly notices: readonly string[];
}

export async function readOut<T, Filter extends string>(
	pages: AsyncIterable<Page<T, Filter>>,
): Promise<ReadOut<T, Filter>> {
	const items: T[] = [];
	const notices: string[] = [];
	let requests = 0;
	let last: Page<T, Filter> | null = null;
	for await (const page of pages) {
		for (const item of page.items) items.push(item);
		notices.push(...page.notices);
		requests += page.requests;
		last = page;
	}
	if (last === null) throw new Error('A walk gave no page; an empty result is one empty page');
	return { items, last, requests, notices };
}

/** Reads everything, sorts it, and hands out what comes after `after` in pages. */
export async function* inOrder<Filter extends string>(
	pages: AsyncIterable<Page<Bill, Filter>>,
	{
		order,
		after,
		maxRows,
		pageSize,
	}: { order: BillOrder; after?: Place | undefined; maxRows?: number | undefined; pageSize: number },
): AsyncGenerator<Page<Bill, Filter>, void, undefined> {
	const { items, last, requests, notices } = await readOut(pages);
	const wanted = sortBills(items, order)
		.filter((bill) => isAfter(bill, after, order))
		.slice(0, maxRows);
	const total = after === undefined && last.end?.complete === true && maxRows === undefined ? items.length : null;
	for (let from = 0; ; from += pageSize) {
		const isLast = from + pageSize >= wanted.length;
		yield {
			...last,
			items: wanted.slice(from, from + pageSize),
			total,
			requests: from === 0 ? requests : 0,
			notices: from === 0 ? notices : [],
			// Who reads no further must know as well.
			...(isLast ? { end: last.end } : { end: null, doubts: last.end?.reasons }),
		};
		if (isLast) return;
	}
}
