/** Walking a list by offset and limit: every row once, and the truth about whether it was every row. */
import { BillingError } from './errors';
import { MOST_PAGES_AT_ONCE, type Pace } from './pace';

export interface WirePage<T> {
	readonly rows: readonly T[];
	/** What the provider announces for the whole query; null where it announces nothing. */
	readonly total: number | null;
	/** How many rows the provider counts this page as, where it counts other things than `rows` holds. */
	readonly counted?: number;
	/** What whoever read the page found that speaks against the walk being complete; absent: nothing. */
	readonly doubts?: readonly string[];
	/** Requests that reading it took; one where absent. */
	readonly requests?: number;
}

export interface WalkedPage<T> extends WirePage<T> {
	/** Set on the last page only. */
	readonly end: WalkEnd | null;
	/** Those of the pages before as well, and what the walk itself found. */
	readonly doubts?: readonly string[];
	/** Requests sent since the page before, those for pages still to come among them. */
	readonly requests: number;
}

export interface WalkEnd {
	/**
	 * True: every row that the provider announced was seen, and none was seen to move on the way. An announced total is
	 * believed as long as no row contradicts it; where none is announced, rows taken away while reading go unnoticed. So do,
	 * anywhere, as many rows taken away before the next page as are added behind it.
	 */
	readonly complete: boolean;
	/** Why not, in words; empty when complete. */
	readonly reasons: readonly string[];
}

export interface OffsetWalk<T> {
	/** Rows asked for at a time; sent as `limit`. */
	readonly pageSize: number;
	/** The page, or how to read it: those fetched ahead then wait as text, which takes a fraction of their rows' memory. */
	readonly fetch: (offset: number, limit: number) => Promise<WirePage<T> | (() => WirePage<T>)>;
	/** Identity of a row. Rows seen before are left out; a page of nothing else ends the walk. */
	readonly idOf: (row: T) => string;
	/**
	 * Whether a page shorter than `pageSize` is the last where no total is announced. True: the limit is documented. False:
	 * it is not, and a short page may be as much as the provider gives at a time; only an empty one is the last.
	 */
	readonly shortPageEnds: boolean;
	/** Stop after this many rows; what is left out was not wanted, so the walk is complete. */
	readonly maxRows?: number;
	/**
	 * Pages fetched at once where the total is announced, MOST_PAGES_AT_ONCE at most; 1 where absent. Pages come out in
	 * order all the same.
	 */
	readonly concurrency?: number;
	/** Where the provider asks for fewer requests, the walk goes by it. */
	readonly pace?: Pace;
	readonly startOffset?: number;
}

/** @throws BillingError from `fetch`: a failed page is never taken for the end. */
export async function* walkByOffset<T>(walk: OffsetWalk<T>): AsyncGenerator<WalkedPage<T>, void, undefined> {
	const { startOffset = 0, maxRows = Number.POSITIVE_INFINITY } = walk;
	const pages = new PagesAhead(walk);
	const tally = new Tally(walk);
	let taken = 0;
	let next: Place = { offset: startOffset, until: startOffset + maxRows, total: null, step: null };

	for (;;) {
		const page = await pages.take(next);
		const rows = tally.count(page).slice(0, maxRows - taken);
		taken += rows.length;
		const end = taken >= maxRows ? endWith(tally.doubts) : tally.endAfter(page);
		yield { rows, total: tally.total, end, doubts: [...tally.doubts], requests: pages.sentSinceLast() };
		if (end !== null) return;
		const offset = next.offset + page.counted;
		next = { offset, until: offset + maxRows - taken, total: tally.total, step: page.counted };
	}
}

/** Where the next page starts, and what is known of those after it. */
interface Place {
	readonly offset: number;
	/** Rows from here on are not wanted. */
	readonly until: number;
	readonly total: number | null;
	/** Rows that the page before had: what the provider really gives at a time. Null before the first page. */
	readonly step: number | null;
}

interface AskedPage<T> extends WirePage<T> {
	readonly counted: number;
	/** As many rows were asked for. */
	readonly limit: number;
	/** Nobody announced that there is such a page, and the answer was 404: past the end, or a page that is lost. */
	readonly isUnknown?: boolean;
}

/** What was announced, what arrived, and what does not fit together. */
class Tally<T> {
	total: number | null = null;
	readonly doubts: string[] = [];
	private readonly seen = new Set<string>();
	/** Rows of all pages as the provider counts them, and without those that came twice. */
	private arrived = 0;
	private distinct = 0;
	private isRepeat = false;

	constructor(private readonly walk: OffsetWalk<T>) {}

	/** Takes a page in; its rows that had not come before. */
	count({ rows, total, counted, doubts = [], isUnknown = false }: AskedPage<T>): readonly T[] {
		this.doubts.push(...doubts);
		if (isUnknown) this.doubts.push('the next page was not found, and no total says that there is none');
		if (total !== null && this.total !== null && total !== this.total) {
			this.doubts.push(`the announced total changed from ${this.total} to ${total}`);
		}
		this.total = total ?? this.total;
		const fresh = rows.filter((row) => this.isNew(row));
		const twice = rows.length - fresh.length;
		this.arrived += counted;
		this.distinct += counted - twice;
		this.isRepeat = twice > 0 && fresh.length === 0;
		if (this.isRepeat) this.doubts.push('the provider repeated a page that it had already given');
		else if (twice > 0) this.doubts.push(`${twice} rows came twice, so rows moved while they were read`);
		return fresh;
	}

	/** Null: there is more to ask for. */
	endAfter({ total, counted, limit }: AskedPage<T>): WalkEnd | null {
		const announced = this.total === null ? null : Math.max(0, this.total - (this.walk.startOffset ?? 0));
		if (counted > 0 && !this.isRepeat) {
			// A total counts as long as every page repeats it and no more rows arrive; else the walk goes on without one.
			const trusted = total !== null && announced !== null && this.distinct <= announced ? announced : null;
			const isLast = trusted === null ? this.walk.shortPageEnds && counted < limit : this.arrived >= trusted;
			if (!isLast) return null;
		}
		const isMissing = announced !== null && this.distinct !== announced;
		return endWith([...this.doubts, ...(isMissing ? [`${this.distinct} rows arrived of ${announced} announced`] : [])]);
	}

	private isNew(row: T): boolean {
		const before = this.seen.size;
		return this.seen.add(this.walk.idOf(row)).size > before;
	}
}

/** Complete where nothing speaks against it. */
export function endWith(reasons: readonly string[]): WalkEnd {
	return { complete: reasons.length === 0, reasons: [...reasons] };
}

interface Fetched<T> {
	readonly answer: WirePage<T> | (() => WirePage<T>);
	readonly limit: number;
}

interface Fetching<T> {
	readonly offset: number;
	readonly page: Promise<Fetched<T>>;
}

function read<T>({ answer, limit }: Fetched<T>): AskedPage<T> {
	const page = typeof answer === 'function' ? answer() : answer;
	return { counted: page.rows.length, ...page, limit };
}

/** Fetches pages before they are asked for, once an announced total tells which there are. */
class PagesAhead<T> {
	/**
	 * Not a Map: what V8 leaves behind when one is filled and emptied over and over holds on to the pages that were in it,
	 * until the next full collection of garbage.
	 */
	private readonly fetching: Fetching<T>[] = [];
	private sent = 0;

	constructor(private readonly walk: OffsetWalk<T>) {}

	async take(place: Place): Promise<AskedPage<T>> {
		const { offset, until, step } = place;
		const page = this.fetch(offset, until);
		this.fetchAfter(place);
		try {
			const asked = read(await page);
			this.sent += (asked.requests ?? 1) - 1;
			return asked;
		} catch (error) {
			if (step === null || !isPastTheEnd(error)) throw error;
			return { rows: [], total: null, counted: 0, limit: 0, isUnknown: error.status === 404 && place.total === null };
		} finally {
			this.fetching.splice(
				this.fetching.findIndex((one) => one.offset === offset),
				1,
			);
		}
	}

	/** Requests since this was last asked. */
	sentSinceLast(): number {
		const { sent } = this;
		this.sent = 0;
		return sent;
	}

	private fetchAfter({ offset, until, total, step }: Place): void {
		if (step === null || total === null) return;
		for (let at = offset + step; at < Math.min(total, until) && this.fetching.length < this.atOnce(); at += step) {
			void this.fetch(at, until);
		}
	}

	private atOnce(): number {
		const { concurrency = 1, pace } = this.walk;
		return Math.min(concurrency, pace?.atOnce ?? MOST_PAGES_AT_ONCE);
	}

	private fetch(offset: number, until: number): Promise<Fetched<T>> {
		const known = this.fetching.find((one) => one.offset === offset);
		if (known !== undefined) return known.page;
		const limit = Math.min(this.walk.pageSize, until - offset);
		const page = this.walk.fetch(offset, limit).then((answer) => ({ answer, limit }));
		page.catch(() => undefined); // Reported when the page is taken; a page never taken is nobody's failure.
		this.sent += 1;
		this.fetching.push({ offset, page });
		return page;
	}
}

/** Servers answer an offset past the end with 416 (TMF630), or as they answer an id that they do not know. */
function isPastTheEnd(error: unknown): error is BillingError {
	return (
		error instanceof BillingError && (error.status === 416 || (error.status === 404 && error.kind === 'NOT_FOUND'))
	);
}
