/** A list behind offset and limit, with the ways in which real servers misbehave. */
import { BillingError } from '../../../providers/transport/errors';
import type { WalkedPage, WirePage } from '../../../providers/transport/pageWalk';

export interface ServerHabits {
	readonly rows: number;
	/** Rows that it gives at most, whatever limit is asked for. */
	readonly cap?: number | undefined;
	readonly ignoresOffset?: boolean | undefined;
	readonly ignoresLimit?: boolean | undefined;
	/** What it answers past the end; CLAMPED moves every page back so that it is full. */
	readonly pastEnd?: 'EMPTY' | 'STATUS_416' | 'STATUS_404' | 'LAST_PAGE' | 'CLAMPED' | undefined;
	/** The total announced with the nth request (from 1), given the true one. */
	readonly total?: ((nth: number, truth: number) => number | null) | undefined;
	/** A row that appears or goes away just before the nth request. */
	readonly change?: { readonly kind: 'INSERT' | 'REMOVE'; readonly at: number; readonly nth: number } | undefined;
	readonly failure?: { readonly nth: number; readonly error: BillingError } | undefined;
}

export class PagedServer {
	readonly requests: (readonly [offset: number, limit: number])[] = [];
	/** Most requests that were under way at the same time. */
	mostAtOnce = 0;
	/** Rows that were there from the first request to the last. */
	readonly allAlong: Set<string>;
	private readonly rows: string[];
	private underWay = 0;

	constructor(private readonly habits: ServerHabits) {
		this.rows = Array.from({ length: habits.rows }, (_, index) => `row ${index}`);
		this.allAlong = new Set(this.rows);
	}

	readonly fetch = async (offset: number, limit: number): Promise<WirePage<string>> => {
		this.requests.push([offset, limit]);
		const nth = this.requests.length;
		if (nth > 4 * this.habits.rows + 20) throw new Error('The walk does not end');
		this.change(nth);
		const page = this.page(offset, limit, nth);
		this.underWay += 1;
		this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
		// Later requests answer first, so that order is the walk's own doing.
		for (let turn = 0; turn < 20 - (nth % 7); turn += 1) await Promise.resolve();
		this.underWay -= 1;
		if (page instanceof BillingError) throw page;
		return page;
	};

	private change(nth: number): void {
		const { change } = this.habits;
		if (change?.nth !== nth) return;
		if (change.kind === 'INSERT') this.rows.splice(change.at, 0, 'a new row');
		else for (const removed of this.rows.splice(change.at, 1)) this.allAlong.delete(removed);
	}

	private page(offset: number, limit: number, nth: number): WirePage<string> | BillingError {
		const { cap, ignoresOffset, ignoresLimit, pastEnd = 'EMPTY', total = () => null, failure } = this.habits;
		if (failure?.nth === nth) return failure.error;
		const size = Math.min(ignoresLimit === true ? Number.POSITIVE_INFINITY : limit, cap ?? Number.POSITIVE_INFINITY);
		const from = ignoresOffset === true ? 0 : offset;
		const isPast = from >= this.rows.length && from > 0;
		if (isPast && pastEnd === 'STATUS_416') return refusal(416, 'INVALID_REQUEST');
		if (isPast && pastEnd === 'STATUS_404') return refusal(404, 'NOT_FOUND');
		const isMovedBack = pastEnd === 'CLAMPED' || (isPast && pastEnd === 'LAST_PAGE');
		const start = isMovedBack ? Math.min(from, Math.max(0, this.rows.length - size)) : from;
		return { rows: this.rows.slice(start, start + size), total: total(nth, this.rows.length) };
	}
}

function refusal(status: number, kind: 'INVALID_REQUEST' | 'NOT_FOUND'): BillingError {
	return new BillingError({ kind, status, message: 'Past the end' });
}

export async function collect<T>(pages: AsyncIterable<WalkedPage<T>>): Promise<WalkedPage<T>[]> {
	const all: WalkedPage<T>[] = [];
	for await (const page of pages) all.push(page);
	return all;
}
