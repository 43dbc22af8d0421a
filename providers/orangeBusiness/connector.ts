/** Orange Business as a BillConnector: filters and order carried out by Orange where it can, exact here where it cannot. */
import type { BillFilterName, RateFilterName } from '../capabilities';
import type {
	AccountQuery,
	BillConnector,
	BillCounts,
	BillHandle,
	BillOrder,
	BillQuery,
	ByKey,
	ConnectorDeps,
	CountableField,
	Page,
	Place,
	RateList,
	RateListOptions,
	RateQuery,
	WalkOptions,
} from '../connector';
import type { BillingAccount } from '../model/account';
import type { Bill } from '../model/bill';
import type { DocumentRef, DocumentStream } from '../model/document';
import { type LocalId, type LocalKey, keyOf } from '../model/identity';
import type { Rate } from '../model/rate';
import { atMost } from '../query/atMost';
import { billMatches } from '../query/billFilter';
import { forEachKey, fromSharedWork } from '../query/byKey';
import { checkAccountQuery, checkBillQuery, checkLimit, checkRateQuery } from '../query/check';
import { inBatches } from '../query/inBatches';
import { inOrder, toPages } from '../query/pages';
import { rateFiltersSet, rateMatches } from '../query/rateFilter';
import { asOneWalk, readWhole, resumed } from '../query/walks';
import { RecordReader } from '../model/recordReader';
import type { WalkedPage } from '../transport/pageWalk';
import { AccountReader } from './accountReader';
import { DEFAULT_PAGE_SIZE, OrangeBusinessApi, type OrangeBusinessSettings } from './api';
import { type Owner, PDF_DOCUMENT, toBill } from './billMapping';
import { type KnownAttributes, type PushedDown, knownAttributes, pushDown, sortAttribute } from './billSearch';
import { ORANGE_CAPABILITIES } from './capabilities';
import { countBills } from './counts';
import { type FieldNames, fieldNames } from './fieldAliases';
import { BILLS_AT_ONCE, ItemReader } from './itemReader';
import { inNativeOrder, isInOrder } from './nativeOrder';
import { oneOf } from './searchQuery';
import type { WireBill } from './wire';

type BillPage = Page<Bill, BillFilterName>;

interface BillReading {
	readonly sort?: string | undefined;
	readonly maxRows?: number | undefined;
	/** Only what comes after it is wanted. */
	readonly place?: { readonly after: Place; readonly order: BillOrder } | undefined;
}

/** Ids that one search asks for at most. */
export const IDS_A_SEARCH = 100;
const A_SEARCH = { ids: IDS_A_SEARCH, bytes: 8_000 };

export class OrangeBusinessConnector implements BillConnector {
	readonly provider = 'ORANGE_BUSINESS';
	readonly connection: string;
	readonly capabilities = ORANGE_CAPABILITIES;
	/** The provider's own operations, one to one. */
	readonly api: OrangeBusinessApi;
	private readonly owner: Owner;
	private readonly names: FieldNames;
	private readonly configured: KnownAttributes;
	private readonly items: ItemReader;
	private readonly accountReader: AccountReader;
	/** Given up for good once Orange was seen not to keep to it. */
	private sortsNatively: boolean;
	/** Whether bills bear the date that they would be asked for by; null until one was seen, false once one did not. */
	private billsBearDate: boolean | null = null;

	/** @throws BillingError INVALID_REQUEST for a base URL that is none, or for `fields` that are not known. */
	constructor(settings: OrangeBusinessSettings, deps: ConnectorDeps) {
		this.connection = settings.connection;
		this.api = new OrangeBusinessApi(settings, deps);
		this.owner = { provider: this.provider, connection: settings.connection };
		this.names = fieldNames(settings.fields);
		this.configured = knownAttributes(settings.fields);
		this.items = new ItemReader(this.api, this.owner, this.names);
		this.accountReader = new AccountReader(this.api, this.owner, this.names);
		this.sortsNatively = settings.nativeSort ?? true;
	}

	async *bills(query: BillQuery, options?: WalkOptions): AsyncGenerator<BillPage, void, undefined> {
		checkBillQuery(query, this.capabilities);
		const { order, after, maxRows, pageSize = DEFAULT_PAGE_SIZE } = query;
		if (order === undefined) {
			yield* this.found(query, options, { maxRows });
			return;
		}
		const sort = this.sortFor(order);
		const place = after === undefined ? undefined : { after, order };
		// What is sorted here is read whole: by id, so that no row moves between pages, as many rows at a time as there may be.
		const asked = sort === undefined ? { ...query, pageSize: Math.max(pageSize, DEFAULT_PAGE_SIZE) } : query;
		const pages = this.found(asked, options, { sort: sort ?? 'id', place });
		const first = await pages.next();
		if (first.done === true) return;
		if (sort !== undefined && !isInOrder(first.value.items, order)) this.sortsNatively = false;
		const all = resumed(first.value, pages);
		// Asked again: the first bills may have shown that Orange's order is not to be had.
		if (this.sortFor(order) === undefined) yield* inOrder(all, { order, after, maxRows, pageSize });
		else yield* inNativeOrder(all, { order, after, maxRows });
	}

	/** Without a bill: those of every bill that the accounts and the bill date leave, one request a bill at least. */
	async *rates(query: RateQuery, options?: WalkOptions): AsyncGenerator<Page<Rate, RateFilterName>, void, undefined> {
		checkRateQuery(query, this.capabilities);
		const set = rateFiltersSet(query);
		const isPushed = (name: RateFilterName): boolean => name === 'bill' || name === 'billDate';
		yield* toPages(asOneWalk(this.rateWalk(query, options)), (rate) => rate, {
			pushedDown: set.filter(isPushed),
			appliedHere: set.filter((name) => name !== 'bill'),
			keep: (rate) => rateMatches(rate, query),
			maxRows: query.maxRows,
		});
	}

	async *accounts(
		query: AccountQuery,
		options?: WalkOptions,
	): AsyncGenerator<Page<BillingAccount, 'ids' | 'nameLike'>, void, undefined> {
		checkAccountQuery(query, this.capabilities);
		yield* this.accountReader.pages(query, options);
	}

	/** By Orange's counters (`snapshots`), where Orange can carry out the whole filter by attributes. */
	async countBills(by: CountableField, query: BillQuery, options?: WalkOptions): Promise<BillCounts | null> {
		checkBillQuery(query, this.capabilities);
		const { request, appliedHere } = pushDown(query, this.attributes);
		if (request.kind !== 'LIST' || appliedHere.length > 0) return null;
		return countBills(this.api, by, request.filters, options);
	}

	/** One alone is asked for by id, and may answer with another id; several are searched for together. */
	billsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<Bill> {
		const distinct = [...new Map(ids.map((id) => [keyOf(id), id])).values()];
		if (distinct.length === 1) {
			return forEachKey(ids, async ({ remoteId }) =>
				this.toBill(await this.api.bill(remoteId, { signal: options?.signal })),
			);
		}
		const results = new Map<LocalKey, Promise<Bill>>();
		for (const batch of inBatches(distinct, A_SEARCH)) {
			const found = fromSharedWork(batch, this.search(batch, options), ({ remoteId }) => this.noSuchBill(remoteId));
			for (const [key, bill] of found) results.set(key, bill);
		}
		return results;
	}

	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: RateListOptions): ByKey<RateList> {
		checkLimit('first', first, null);
		const slot = atMost(BILLS_AT_ONCE);
		return forEachKey(bills, (bill) => slot(() => this.items.listOf(bill, first, options)));
	}

	accountsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount> {
		return this.accountReader.byIds(ids, options);
	}

	/** The PDF of a bill; or a report, named by its id with no bill. */
	async document({ billId, documentId }: DocumentRef, options?: WalkOptions): Promise<DocumentStream> {
		const mode = { signal: options?.signal };
		if (billId === '') return this.api.report(documentId, {}, mode);
		if (documentId === PDF_DOCUMENT) return this.api.billPdf(billId, {}, mode);
		throw this.api.client.error({ kind: 'NOT_FOUND', message: 'A bill of Orange has one document only, its PDF' });
	}

	async check(options?: WalkOptions): Promise<void> {
		await this.api.bills({ limit: 1 }, { signal: options?.signal });
	}

	/**
	 * Bills that Orange finds and that match. Nothing found by a date is only believed where bills are known to bear that
	 * date; otherwise one bill is looked at, and where it does not, all are read and picked here.
	 */
	private async *found(
		query: BillQuery,
		options: WalkOptions | undefined,
		reading: BillReading,
	): AsyncGenerator<BillPage, void, undefined> {
		const plan = pushDown(query, this.attributes, reading.place);
		for await (const page of this.pagesOf(query, plan, options, reading)) {
			const isDoubtful = plan.needsBillDate && page.items.length === 0 && this.billsBearDate === null;
			if (isDoubtful && (await this.billsLackDate(options))) {
				yield* this.pagesOf(query, pushDown(query, this.attributes, reading.place), options, reading);
				return;
			}
			yield page;
		}
	}

	private async billsLackDate(options?: WalkOptions): Promise<boolean> {
		const { rows } = await this.api.bills({ limit: 1 }, { signal: options?.signal });
		for (const row of rows) this.toBill(row);
		return this.billsBearDate === false;
	}

	private pagesOf(
		query: BillQuery,
		{ request, pushedDown, appliedHere }: PushedDown,
		options: WalkOptions | undefined,
		{ sort, maxRows }: BillReading,
	): AsyncGenerator<BillPage, void, undefined> {
		return toPages(this.walkOf(query, request, options, sort), (row) => this.toBill(row), {
			pushedDown,
			appliedHere,
			keep: (bill) => billMatches(bill, query, appliedHere),
			maxRows,
		});
	}

	private walkOf(
		{ pageSize }: BillQuery,
		request: PushedDown['request'],
		options?: WalkOptions,
		sort?: string,
	): AsyncGenerator<WalkedPage<WireBill>, void, undefined> {
		const paging = { limit: pageSize, sort, concurrency: options?.concurrency };
		const mode = { signal: options?.signal };
		return request.kind === 'LIST'
			? this.api.walkBills({ ...paging, filters: request.filters }, mode)
			: this.api.walkSearch(request.query, paging, mode);
	}

	/** Those whose names Orange is known by, or was not seen to be unknown by. */
	private get attributes(): KnownAttributes {
		return this.billsBearDate === false ? { ...this.configured, billDate: null } : this.configured;
	}

	/** `-issuedAt,id`; undefined where Orange's name of the field is not known, or where it does not keep to sort. */
	private sortFor({ field, direction }: BillOrder): string | undefined {
		const attribute = sortAttribute(field, this.attributes);
		if (attribute === null || !this.sortsNatively) return undefined;
		return `${direction === 'DESC' ? '-' : ''}${attribute},id`;
	}

	private rateWalk(query: RateQuery, options?: WalkOptions): AsyncIterable<WalkedPage<Rate>> {
		const { bill, accounts, billDate, pageSize } = query;
		if (query.isBilled === false) return nothing();
		const ofBills: BillQuery = { accounts, billDate };
		const reading = { limit: pageSize, walk: options };
		if (bill !== undefined) {
			return this.items.walkOne(bill, (found) => billMatches(found, ofBills, ['accounts', 'billDate']), reading);
		}
		return this.items.walkAll(asWalk(this.found(ofBills, options, {})), reading);
	}

	/** @throws BillingError PROTOCOL where the answer broke off: what it lacks may exist */
	private async search(ids: readonly LocalId[], options?: WalkOptions): Promise<ReadonlyMap<LocalKey, Bill>> {
		const query = oneOf(
			'id',
			'$in',
			ids.map(({ remoteId }) => remoteId),
		);
		const walk = this.api.walkSearch(query, { limit: IDS_A_SEARCH }, { signal: options?.signal });
		const { rows, reasons } = await readWhole(walk);
		if (reasons.length > 0) {
			throw this.api.client.error({ kind: 'PROTOCOL', message: `The bills found are not all: ${reasons.join('; ')}` });
		}
		return new Map(
			rows.map((row) => {
				const bill = this.toBill(row);
				return [keyOf(bill.identity), bill];
			}),
		);
	}

	private toBill(row: WireBill): Bill {
		const { billDate } = this.configured;
		if (billDate !== null) {
			if (RecordReader.of(row).date(billDate) === null) this.billsBearDate = false;
			else this.billsBearDate ??= true;
		}
		return toBill(row, this.owner, this.names);
	}

	private noSuchBill(remoteId: string) {
		return this.api.client.error({
			kind: 'NOT_FOUND',
			message: `Orange has no bill ${remoteId} among those in scope`,
			hint: 'Check the id, and that the API key is the one of this customer.',
		});
	}
}

async function* asWalk(pages: AsyncIterable<BillPage>): AsyncGenerator<WalkedPage<Bill>, void, undefined> {
	for await (const { items, requests, end } of pages) yield { rows: items, total: null, requests, end };
}

async function* nothing(): AsyncGenerator<never, void, undefined> {
	// Items are lines of bills that were made: none is unbilled.
}
