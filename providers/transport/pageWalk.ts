/** Walking a list by offset and limit: every row once, and the truth about whether it was every row. */
import { BillingError } from './errors';

export interface WirePage<T> {
	readonly rows: readonly T[];
	/** What the provider announces for the whole query; null where it announces nothing. */
	readonly total: number | null;
	/** How many rows the provider counts this page as, where it counts other things than `rows` holds. */
	readonly counted?: number;
}

export interface WalkedPage<T> extends WirePage<T> {
	/** Set on the last page only. */
	readonly end: WalkEnd | null;
	/** Requests sent for this page. */
	readonly requests: number;
}

export interface WalkEnd {
	/** True: every row that the provider announced was seen, and none moved on the way. */
	readonly complete: boolean;
	/** Why not, in words; empty when complete. */
	readonly reasons: readonly string[];
}

export interface OffsetWalk<T> {
	/** Rows asked for at a time; sent as `limit`. */
	readonly pageSize: number;
	readonly fetch: (offset: number, limit: number) => Promise<WirePage<T>>;
	/** Identity of a row. Rows seen before are left out; a page of nothing else ends the walk. */
	readonly idOf: (row: T) => string;
	/** True: a page shorter than `pageSize` is the last (the limit is documented). False: only an empty one is, or the total. */
	readonly shortPageEnds: boolean;
	/** Stop after this many rows; what is left out was not wanted, so the walk is complete. */
	readonly maxRows?: number;
	/** Pages fetched at once where the total is announced; 1 where absent. Pages come out in order all the same. */
	readonly concurrency?: number;
	readonly startOffset?: number;
}

/** Statuses with which servers answer an offset past the end (TMF630: 416). */
const PAST_THE_END = new Set([404, 416]);

/** @throws BillingError from `fetch`: a failed page is never taken for the end. */
export async function* walkByOffset<T>(walk: OffsetWalk<T>): AsyncGenerator<WalkedPage<T>, void, undefined> {
	const wanted = walk.maxRows ?? Number.POSITIVE_INFINITY;
	const start = walk.startOffset ?? 0;
	const seen = new Set<string>();
	const reasons: string[] = [];
	const ahead = new PagesAhead(walk);
	let offset = start;
	let total: number | null = null;
	let taken = 0;

	for (let first = true; ; first = false) {
		const limit = Math.min(walk.pageSize, wanted - taken);
		const page = await ahead.take(offset, limit, first, total);
		if (page.total !== null) {
			if (total !== null && page.total !== total)
				reasons.push(`the announced total changed from ${total} to ${page.total}`);
			total = page.total;
		}
		const fresh = page.rows.filter((row) => {
			const id = walk.idOf(row);
			return seen.has(id) ? false : (seen.add(id), true);
		});
		const repeated = page.rows.length - fresh.length;
		if (repeated > 0 && fresh.length > 0)
			reasons.push(`${repeated} rows came twice, so rows moved while they were read`);
		const rows = fresh.slice(0, wanted - taken);
		taken += rows.length;
		const counted = page.counted ?? page.rows.length;
		offset += counted;

		const end = endOf();
		yield { rows, total, end, requests: 1 };
		if (end !== null) return;

		function endOf(): WalkEnd | null {
			if (taken >= wanted) return { complete: true, reasons: [] };
			if (page.rows.length > 0 && fresh.length === 0) {
				reasons.push('the provider repeated a page that it had already given');
			} else if (page.rows.length > 0) {
				if (total !== null && offset < start + total) return null;
				if (total === null && !(walk.shortPageEnds && counted < limit)) return null;
			}
			if (total !== null && seen.size < total - start)
				reasons.push(`${seen.size} rows arrived of ${total - start} announced`);
			const moved =
				total === null || seen.size !== total - start
					? reasons
					: reasons.filter((reason) => !reason.startsWith('the provider repeated'));
			return { complete: moved.length === 0, reasons: [...moved] };
		}
	}
}

/** A 404 that refuses the account (Lumen's "User not authorized") is no end: rows would be missing in silence. */
function isPastTheEnd(error: unknown): boolean {
	if (!(error instanceof BillingError) || error.status === null) return false;
	return PAST_THE_END.has(error.status) && error.kind !== 'FORBIDDEN';
}

/** Fetches pages before they are asked for, once the first one has announced how many there are. */
class PagesAhead<T> {
	private readonly pending = new Map<string, Promise<WirePage<T>>>();

	constructor(private readonly walk: OffsetWalk<T>) {}

	async take(offset: number, limit: number, first: boolean, total: number | null): Promise<WirePage<T>> {
		const page = this.fetch(offset, limit);
		if (!first && total !== null) this.prefetch(offset + limit, total);
		try {
			return await page;
		} catch (error) {
			if (!first && isPastTheEnd(error)) return { rows: [], total: null };
			throw error;
		} finally {
			this.pending.delete(`${offset}:${limit}`);
		}
	}

	private prefetch(from: number, total: number): void {
		const { pageSize, concurrency = 1, startOffset = 0, maxRows = Number.POSITIVE_INFINITY } = this.walk;
		const last = Math.min(total, startOffset + maxRows);
		for (let offset = from; offset < last && this.pending.size < concurrency; offset += pageSize) {
			void this.fetch(offset, Math.min(pageSize, last - offset));
		}
	}

	private fetch(offset: number, limit: number): Promise<WirePage<T>> {
		const key = `${offset}:${limit}`;
		const known = this.pending.get(key);
		if (known !== undefined) return known;
		const page = this.walk.fetch(offset, limit);
		page.catch(() => undefined); // Reported when the page is taken; a page never taken is nobody's failure.
		this.pending.set(key, page);
		return page;
	}
}
