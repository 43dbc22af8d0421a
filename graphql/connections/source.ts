/** One connection's share of a merged list: read page by page, only when wanted, and reported on whatever happens. */
import type { Page } from '../../providers/connector';
import { BillingError, protocolError } from '../../providers/transport/errors';
import { Deadline } from '../deadline';
import type { ProviderConnection } from '../providerConnections';
import type { MergedPlace } from './cursor';

/** What one connection gave to a page. */
export interface SourceReport {
	readonly connection: ProviderConnection;
	readonly state: 'OK' | 'INTERRUPTED' | 'FAILED' | 'SKIPPED';
	readonly error: BillingError | null;
	readonly complete: boolean;
	readonly notices: readonly string[];
	readonly pushedDown: readonly string[];
	readonly appliedHere: readonly string[];
	/** Requests of the pages that arrived, and of what was read for them. */
	readonly requests: number;
	readonly latencyMs: number;
	readonly cached: boolean;
}

/** The report where what was found took more requests besides. */
export function withMore(report: SourceReport, requests: number): SourceReport {
	return { ...report, requests: report.requests + requests, cached: report.cached && requests === 0 };
}

/** What may be there already: a promise for every item of a page takes longer than the merging itself. */
export type MaybeLater<T> = T | Promise<T>;

export interface Placed<T> {
	readonly item: T;
	readonly place: MergedPlace;
}

/** What a merged list takes its items from. */
export interface ItemSource<T> {
	/** How many items the whole query has; null where the provider does not announce it or failed. */
	readonly total: number | null;
	/** The next item, at once where it was read already. Never fails: trouble ends the source and is told in `report`. */
	next(): MaybeLater<Placed<T> | null>;
	/** Ends what is still under way; what was read stays reported. */
	close(): void;
	report(): SourceReport;
}

export interface SourcePlan<T> {
	readonly connection: ProviderConnection;
	/** Pages in the order of `compare`. */
	readonly pages: (signal: AbortSignal) => AsyncIterable<Page<T>>;
	readonly placeOf: (item: T) => MergedPlace;
	readonly compare: (left: MergedPlace, right: MergedPlace) => number;
	/** Time spent waiting for the provider, over all pages. */
	readonly timeoutMs: number;
	/** Told of what a connector throws against its contract. */
	readonly reportFault: (error: unknown) => void;
}

export class Source<T> implements ItemSource<T> {
	private readonly deadline: Deadline;
	private pages: AsyncIterator<Page<T>> | null = null;
	private buffer: readonly T[] = [];
	private position = 0;
	private last: MergedPlace | null = null;
	private lastPage: Page<T> | null = null;
	private firstTotal: number | null = null;
	private error: BillingError | null = null;
	private requests = 0;
	private areCached = true;
	private waitedMs = 0;
	private readonly notices: string[] = [];

	constructor(private readonly plan: SourcePlan<T>) {
		this.deadline = new Deadline(plan.connection, plan.timeoutMs);
	}

	get total(): number | null {
		return this.error === null ? this.firstTotal : null;
	}

	next(): MaybeLater<Placed<T> | null> {
		if (this.position >= this.buffer.length) return this.nextOfPages();
		try {
			return this.take();
		} catch (error) {
			return this.fail(error);
		}
	}

	close(): void {
		if (!this.isOver()) this.deadline.abandon();
		// A generator that is still waiting answers only when its request has ended: nobody waits for that.
		this.pages?.return?.().catch(() => undefined);
	}

	report(): SourceReport {
		const end = this.lastPage?.end ?? null;
		const doubts = end?.reasons ?? this.lastPage?.doubts ?? [];
		return {
			connection: this.plan.connection,
			state: this.error === null ? 'OK' : this.last === null ? 'FAILED' : 'INTERRUPTED',
			error: this.error,
			complete: this.error === null && (end?.complete ?? doubts.length === 0),
			// Accounts that are asked one by one may all have the same to say.
			notices: [...new Set([...this.notices, ...doubts])],
			pushedDown: this.lastPage?.pushedDown ?? [],
			appliedHere: this.lastPage?.appliedHere ?? [],
			requests: this.requests,
			latencyMs: Math.round(this.waitedMs),
			cached: this.lastPage !== null && this.areCached,
		};
	}

	private async nextOfPages(): Promise<Placed<T> | null> {
		try {
			while (this.position >= this.buffer.length) {
				if (this.isOver()) return null;
				await this.pull();
			}
			return this.take();
		} catch (error) {
			return this.fail(error);
		}
	}

	private fail(error: unknown): null {
		this.error = this.explain(error);
		this.buffer = [];
		return null;
	}

	private isOver(): boolean {
		return this.error !== null || (this.lastPage !== null && this.lastPage.end !== null);
	}

	private async pull(): Promise<void> {
		const started = performance.now();
		try {
			this.pages ??= this.plan.pages(this.deadline.signal)[Symbol.asyncIterator]();
			const next = await this.deadline.meet(this.pages.next(), this.plan.timeoutMs - this.waitedMs);
			if (next.done === true) throw protocolError('The list ended without saying whether it was whole');
			this.accept(next.value);
		} finally {
			this.waitedMs += performance.now() - started;
		}
	}

	private accept(page: Page<T>): void {
		if (this.lastPage === null) this.firstTotal = page.total;
		this.lastPage = page;
		this.buffer = page.items;
		this.position = 0;
		this.requests += page.requests;
		this.areCached &&= page.cached === true;
		this.notices.push(...page.notices);
	}

	private take(): Placed<T> | null {
		const item = this.buffer[this.position];
		if (item === undefined) return null;
		this.position += 1;
		const place = this.plan.placeOf(item);
		// Out of order, a page's cursor would skip what comes too late: better to stop and say so.
		if (this.last !== null && this.plan.compare(this.last, place) >= 0) {
			throw protocolError('The provider gave its list out of order', {
				hint: 'Ask without this order, or again later.',
			});
		}
		this.last = place;
		return { item, place };
	}

	private explain(error: unknown): BillingError {
		const { id, provider } = this.plan.connection;
		if (error instanceof BillingError) return error.with({ connection: id, provider });
		this.plan.reportFault(error);
		return new BillingError({
			kind: 'PROTOCOL',
			connection: id,
			provider,
			message: 'The server could not read what this provider answered',
		});
	}
}
