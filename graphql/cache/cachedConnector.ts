/** A connector with a cache before it: lists, bills, rates and accounts, for as long as its connection allows. */
import type { Capabilities } from '../../providers/capabilities';
import type {
	AccountQuery,
	BillConnector,
	BillCounts,
	BillHandle,
	BillQuery,
	ByKey,
	Page,
	Place,
	RateList,
	RateListOptions,
	RateQuery,
	WalkOptions,
} from '../../providers/connector';
import type { BillingAccount } from '../../providers/model/account';
import type { Bill } from '../../providers/model/bill';
import type { DocumentRef, DocumentStream } from '../../providers/model/document';
import { type LocalId, type Provider, keyOf } from '../../providers/model/identity';
import type { Clock } from '../../providers/transport/clock';
import {
	type BillPage,
	type KeptList,
	type OrderedQuery,
	isResumable,
	lastPlace,
	nameOfList,
	pageBehind,
	withPage,
} from './billLists';
import { KeyedCache, type KeyedReading } from './keyedCache';
import type { Once } from './once';
import { pullPage } from './pullPage';
import { type SharedReading, SharedWalks } from './sharedWalks';
import type { CacheStore } from './store';

export type CachedOperation =
	'bills' | 'rates' | 'accounts' | 'billsByIds' | 'ratesByBills' | 'accountsByIds' | 'countBills';

export interface CacheOptions {
	readonly store: CacheStore;
	readonly once: Once;
	readonly clock: Clock;
	/** How long what was read may be handed out, in milliseconds. */
	readonly freshForMs: number;
	/**
	 * Names an entry. Must be another text for another connection, credential, operation or subject, and tell none of them.
	 */
	readonly name: (operation: CachedOperation, subject: unknown) => string;
	/** Told of every look into the cache. */
	readonly onLook?: (operation: CachedOperation, outcome: 'hit' | 'miss') => void;
}

/** As JSON has it, which knows no maps. */
type KeptCounts = Omit<BillCounts, 'counts'> & { readonly counts: readonly (readonly [string, number])[] };

type AnyPage = Page<{ readonly identity: LocalId }>;

export class CachedConnector implements BillConnector {
	private readonly lists = new SharedWalks<BillPage>();
	private readonly walks = new SharedWalks<AnyPage>();
	private readonly keyed = new KeyedCache();
	private readonly isAfresh: boolean;
	readonly countBills?: NonNullable<BillConnector['countBills']>;

	/** @param reading AFRESH: answers from the provider whatever is kept, and keeps what it gives */
	constructor(
		private readonly source: BillConnector,
		private readonly options: CacheOptions,
		reading: 'CACHED' | 'AFRESH' = 'CACHED',
	) {
		this.isAfresh = reading === 'AFRESH';
		const countBills = source.countBills?.bind(source);
		if (countBills !== undefined) {
			this.countBills = (by, query, own) => this.counts([by, query], () => countBills(by, query, own));
		}
	}

	/** The same connector for a reader who wants nothing that was kept. */
	afresh(): CachedConnector {
		return new CachedConnector(this.source, this.options, 'AFRESH');
	}

	get provider(): Provider {
		return this.source.provider;
	}

	get connection(): string {
		return this.source.connection;
	}

	get capabilities(): Capabilities {
		return this.source.capabilities;
	}

	bills(query: BillQuery, options: WalkOptions = {}): AsyncIterable<BillPage> {
		return isResumable(query)
			? this.orderedBills(query, options)
			: this.wholeWalk('bills', query, options, (own) => this.source.bills(query, own));
	}

	rates(query: RateQuery, options: WalkOptions = {}): ReturnType<BillConnector['rates']> {
		return this.wholeWalk('rates', query, options, (own) => this.source.rates(query, own));
	}

	accounts(query: AccountQuery, options: WalkOptions = {}): ReturnType<BillConnector['accounts']> {
		return this.wholeWalk('accounts', query, options, (own) => this.source.accounts(query, own));
	}

	billsByIds(ids: readonly LocalId[], options: WalkOptions = {}): ByKey<Bill> {
		return this.byKey(ids, options, {
			...this.keeping<Bill>('billsByIds', () => 1),
			nameOf: ({ scope, remoteId }) => this.options.name('billsByIds', [scope, remoteId]),
			fetch: (missing, own) => this.source.billsByIds(missing, own),
		});
	}

	ratesByBills(
		bills: readonly BillHandle[],
		first: number | undefined,
		options: RateListOptions = {},
	): ByKey<RateList> {
		const { from = 0 } = options;
		return this.byKey(bills, options, {
			// A list known to be short is not worth keeping: the next reading may bring the rest.
			...this.keeping<RateList>('ratesByBills', ({ rates, complete }) => (complete ? rates.length : null)),
			nameOf: (handle) => this.options.name('ratesByBills', [handle, first, from]),
			fetch: (missing, own) => this.source.ratesByBills(missing, first, { ...own, from }),
		});
	}

	accountsByIds(ids: readonly LocalId[], options: WalkOptions = {}): ByKey<BillingAccount> {
		return this.byKey(ids, options, {
			...this.keeping<BillingAccount>('accountsByIds', () => 1),
			nameOf: ({ scope, remoteId }) => this.options.name('accountsByIds', [scope, remoteId]),
			fetch: (missing, own) => this.source.accountsByIds(missing, own),
		});
	}

	document(ref: DocumentRef, options?: WalkOptions): Promise<DocumentStream> {
		return this.source.document(ref, options);
	}

	check(options?: WalkOptions): Promise<void> {
		return this.source.check(options);
	}

	private async counts(subject: unknown, count: () => Promise<BillCounts | null>): Promise<BillCounts | null> {
		const name = this.options.name('countBills', subject);
		// What was found short is not worth keeping: counting again may bring the rest.
		const { look, keep } = this.keeping<KeptCounts>('countBills', ({ counts, end }) =>
			end.complete ? counts.length : null,
		);
		const kept = this.isAfresh ? undefined : await look(name);
		if (kept !== undefined) return { ...kept, counts: new Map(kept.counts), requests: 0, cached: true };
		const counted = await count();
		if (counted !== null) await keep(name, { ...counted, counts: [...counted.counts] });
		return counted;
	}

	/** What is kept behind the place first, then the provider from there on. */
	private async *orderedBills(query: OrderedQuery, options: WalkOptions): AsyncGenerator<BillPage, void> {
		const name = this.options.name('bills', nameOfList(query));
		let { after } = query;
		for (let kept = await this.lookBehind(name, after, query); kept !== undefined;) {
			yield kept;
			if (kept.end !== null) return;
			after = lastPlace(kept.items, query.order) ?? after;
			kept = await this.lookBehind(name, after, query);
		}
		const read = (signal: AbortSignal | undefined, place = after): AsyncGenerator<BillPage, void> =>
			this.billsFromProvider(name, { ...query, after: place }, withSignal(options, signal));
		if (this.isAfresh) {
			yield* read(options.signal);
			return;
		}
		const reading: SharedReading<BillPage> = {
			open: read,
			goOn: (given) =>
				read(
					options.signal,
					lastPlace(
						given.flatMap(({ items }) => items),
						query.order,
					) ?? after,
				),
			signal: options.signal,
		};
		yield* this.lists.read(`${name} ${JSON.stringify(after)}`, reading);
	}

	/** The first page is read by one instance for all; every page is kept. */
	private async *billsFromProvider(
		name: string,
		query: OrderedQuery,
		options: WalkOptions,
	): AsyncGenerator<BillPage, void> {
		const pages = this.source.bills(query, options)[Symbol.asyncIterator]();
		let place = query.after;
		const pull = async (): Promise<BillPage> => {
			const readAt = this.options.clock.now();
			const page = await pullPage(pages, this.capabilities.ordering);
			await this.keepPage(name, page, { place, order: query.order, readAt });
			return page;
		};
		try {
			const look = (): Promise<BillPage | undefined> => this.lookBehind(name, place, query);
			const once = { name: `${name} ${JSON.stringify(place)}`, look, work: pull, signal: options.signal };
			let page = this.isAfresh ? await pull() : await this.options.once.run(once);
			for (;;) {
				yield page;
				if (page.end !== null) return;
				place = lastPlace(page.items, query.order) ?? place;
				if (page.cached === true) {
					yield* this.orderedBills({ ...query, after: place }, options);
					return;
				}
				page = await pull();
			}
		} finally {
			await pages.return?.();
		}
	}

	private async lookBehind(
		name: string,
		place: Place | undefined,
		{ order }: OrderedQuery,
	): Promise<BillPage | undefined> {
		if (this.isAfresh) return undefined;
		const list = (await this.options.store.read(name)) as KeptList | undefined;
		const found = list && pageBehind(list, place, order, this.options.clock.now() - this.options.freshForMs);
		this.options.onLook?.('bills', found === undefined ? 'miss' : 'hit');
		return found;
	}

	private async keepPage(name: string, page: BillPage, at: Parameters<typeof withPage>[2]): Promise<void> {
		// A list known to be short is not worth keeping: the next reading may bring the rest.
		if (page.end?.complete === false || (page.doubts ?? []).length > 0) return;
		const { store, freshForMs, clock } = this.options;
		const readSince = clock.now() - freshForMs;
		const known = ((await store.read(name)) as KeptList | undefined) ?? [];
		const list = withPage(
			known.filter(({ readAt }) => readAt >= readSince),
			page,
			at,
		);
		const records = list.reduce((sum, { bills }) => sum + bills.length, 0);
		await store.write(name, list, { forMs: freshForMs, records });
	}

	/** Walks without places to go on from: kept when they were read to their end. */
	private wholeWalk<P extends AnyPage>(
		operation: CachedOperation,
		query: object,
		options: WalkOptions,
		open: (options: WalkOptions) => AsyncIterable<P>,
	): AsyncGenerator<P, void> {
		const name = this.options.name(operation, query);
		const keeping = this.keeping<readonly P[]>(operation, (pages) =>
			pages.at(-1)?.end?.complete === true ? pages.reduce((sum, { items }) => sum + items.length, 0) : null,
		);
		const read = async function* (signal?: AbortSignal): AsyncGenerator<P, void> {
			const pages: P[] = [];
			for await (const page of open(withSignal(options, signal))) {
				pages.push(page);
				// Before it is handed out: who has the last page may not ask for more.
				if (page.end !== null) await keeping.keep(name, pages);
				yield page;
			}
		};
		const { walks, isAfresh } = this;
		return (async function* () {
			if (isAfresh) {
				yield* read(options.signal);
				return;
			}
			const kept = await keeping.look(name);
			if (kept !== undefined) {
				yield* kept.map((page) => ({ ...page, requests: 0, cached: true }));
				return;
			}
			const goOn = (given: readonly AnyPage[]): AsyncIterable<AnyPage> => withoutGiven(read(options.signal), given);
			yield* walks.read(name, { open: read, goOn, signal: options.signal }) as AsyncGenerator<P, void>;
		})();
	}

	private byKey<Id extends LocalId, T>(
		ids: readonly Id[],
		options: WalkOptions,
		reading: KeyedReading<Id, T>,
	): ByKey<T> {
		return this.isAfresh ? this.keyed.fetch(ids, reading, options) : this.keyed.read(ids, reading, options);
	}

	/** @param recordsIn how many records a value holds; null: it is not to be kept */
	private keeping<T>(
		operation: CachedOperation,
		recordsIn: (value: T) => number | null,
	): Pick<KeyedReading<LocalId, T>, 'look' | 'keep'> {
		const { store, freshForMs, onLook } = this.options;
		return {
			look: async (name) => {
				const value = (await store.read(name)) as T | undefined;
				onLook?.(operation, value === undefined ? 'miss' : 'hit');
				return value;
			},
			keep: async (name, value) => {
				const records = recordsIn(value);
				if (records !== null) await store.write(name, value, { forMs: freshForMs, records });
			},
		};
	}
}

function withSignal(options: WalkOptions, signal: AbortSignal | undefined): WalkOptions {
	return signal === undefined ? options : { ...options, signal };
}

/** A walk read from its beginning for a reader who has been given some of it. */
async function* withoutGiven(pages: AsyncIterable<AnyPage>, given: readonly AnyPage[]): AsyncGenerator<AnyPage, void> {
	const seen = new Set(given.flatMap(({ items }) => items.map(({ identity }) => keyOf(identity))));
	for await (const page of pages) {
		yield { ...page, items: page.items.filter(({ identity }) => !seen.has(keyOf(identity))) };
	}
}
