/** Walks that several readers follow at once: whoever asks for a list that is being read joins the reading. */
import { unwatched } from '../../providers/query/byKey';
import { onBehalfOf } from '../errand';

/** Opens a walk; the signal aborts when its last reader has left. */
export type OpenWalk<Page> = (signal: AbortSignal) => AsyncIterator<Page, void>;

export interface SharedReading<Page> {
	readonly open: OpenWalk<Page>;
	/** Goes on behind these pages, for this reader alone. */
	readonly goOn: (given: readonly Page[]) => AsyncIterable<Page>;
	readonly signal?: AbortSignal | undefined;
}

/** `end` is null on all pages but the last. */
export class SharedWalks<Page extends { readonly end: unknown }> {
	private readonly underWay = new Map<string, Walk<Page>>();

	/**
	 * All pages of the walk of this name, which is opened where nobody reads it. Pages read for others cost this reader
	 * nothing; but what failed for another, who may have been allowed less, is tried again.
	 */
	async *read(name: string, { open, goOn, signal }: SharedReading<Page>): AsyncGenerator<Page, void> {
		const joined = this.underWay.get(name);
		if (joined === undefined) {
			yield* this.follow(name, this.start(name, open, signal), signal);
			return;
		}
		const given: Page[] = [];
		try {
			for await (const page of this.follow(name, joined, signal)) {
				given.push(page);
				yield { ...page, requests: 0, cached: true };
			}
			return;
		} catch (error) {
			if (signal?.aborted === true) throw error;
		}
		yield* goOn(given);
	}

	private async *follow(name: string, walk: Walk<Page>, signal: AbortSignal | undefined): AsyncGenerator<Page, void> {
		walk.readers += 1;
		try {
			for (let at = 0; ; at += 1) {
				const page = await orAborted(walk.pageAt(at), signal);
				if (page === null) return;
				// Read to its end, it is for nobody to join: a reader who asks for no more would keep it here for ever.
				if (page.end !== null) this.closeToOthers(name, walk);
				yield page;
			}
		} finally {
			walk.readers -= 1;
			if (walk.readers === 0) this.end(name, walk, signal?.reason);
		}
	}

	private start(name: string, open: OpenWalk<Page>, signal: AbortSignal | undefined): Walk<Page> {
		const walk = new Walk((own) => open(onBehalfOf(signal, own)));
		this.underWay.set(name, walk);
		return walk;
	}

	private end(name: string, walk: Walk<Page>, reason: unknown): void {
		this.closeToOthers(name, walk);
		walk.close(reason);
	}

	private closeToOthers(name: string, walk: Walk<Page>): void {
		if (this.underWay.get(name) === walk) this.underWay.delete(name);
	}
}

class Walk<Page> {
	readers = 0;
	private readonly controller = new AbortController();
	private readonly source: AsyncIterator<Page, void>;
	private readonly pages: Promise<Page | null>[] = [];

	constructor(open: OpenWalk<Page>) {
		this.source = open(this.controller.signal);
	}

	/** Null behind the last. */
	pageAt(at: number): Promise<Page | null> {
		return (this.pages[at] ??= unwatched(this.source.next().then(({ done, value }) => (done === true ? null : value))));
	}

	close(reason: unknown): void {
		this.controller.abort(reason ?? new Error('Nobody reads this list any longer'));
		// A generator that is still waiting answers only when its request has ended: nobody waits for that.
		this.source.return?.().catch(() => undefined);
	}
}

/** The promise, or the signal's reason as soon as that aborts. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (signal === undefined) return promise;
	signal.throwIfAborted();
	let onAbort: (() => void) | undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		onAbort = () => reject(signal.reason as Error);
		signal.addEventListener('abort', onAbort);
	});
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
	}
}
