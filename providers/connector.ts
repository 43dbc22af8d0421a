/**
 * The one interface that both faces see. A provider is a `BillConnector`; nothing above this file knows which.
 *
 * Every method throws, or rejects with, BillingError and nothing else (an aborted signal's reason apart).
 * A query that the provider cannot mean (unknown account, empty list, impossible date, a limit out of range) is refused
 * with INVALID_REQUEST, naming the parameter and the allowed values, before any request is sent.
 */
import type { BillFilterName, Capabilities, RateFilterName } from './capabilities';
import type { BillingAccount } from './model/account';
import type { Bill } from './model/bill';
import type { BillState, BillType } from './model/billWords';
import type { CalendarDate, Instant } from './model/dates';
import type { Decimal } from './model/decimal';
import type { DocumentRef, DocumentStream } from './model/document';
import type { LocalId, LocalKey, Provider } from './model/identity';
import type { Rate, RateType } from './model/rate';
import type { SignPolicy } from './model/sign';
import type { Clock } from './transport/clock';
import type { WalkEnd } from './transport/pageWalk';
import type { Transport } from './transport/port';
import type { RetryPolicy } from './transport/retry';

/** Both ends count; either may be missing. */
export interface Range<T> {
	readonly from?: T | undefined;
	readonly to?: T | undefined;
}

export const BILL_ORDER_FIELDS = ['BILL_DATE', 'DUE_DATE', 'LAST_UPDATE', 'TOTAL', 'AMOUNT_DUE', 'NUMBER'] as const;
export type BillOrderField = (typeof BILL_ORDER_FIELDS)[number];

export interface BillOrder {
	readonly field: BillOrderField;
	readonly direction: 'ASC' | 'DESC';
}

/** A place in an ordered list that is a value, so that it holds while bills come and go. */
export interface Place {
	/** Calendar date, instant, decimal or number as text; null for bills without one, which come last in either direction. */
	readonly sortKey: string | null;
	readonly scope: string;
	readonly remoteId: string;
}

/** All conditions hold together. An empty list of allowed values is refused: it would mean "nothing" or "anything". */
export interface BillQuery {
	readonly accounts?: readonly string[] | undefined;
	readonly ids?: readonly string[] | undefined;
	readonly numbers?: readonly string[] | undefined;
	/** `*` for any run of characters; case counts. */
	readonly numberLike?: string | undefined;
	readonly types?: readonly BillType[] | undefined;
	readonly states?: readonly BillState[] | undefined;
	readonly categories?: readonly string[] | undefined;
	readonly billDate?: Range<CalendarDate> | undefined;
	readonly dueDate?: Range<CalendarDate> | undefined;
	readonly periodStart?: Range<CalendarDate> | undefined;
	readonly periodEnd?: Range<CalendarDate> | undefined;
	readonly lastUpdate?: Range<Instant> | undefined;
	/** Signed by effect on what is owed, in major units, whatever the currency. */
	readonly amountDue?: Range<Decimal> | undefined;
	readonly remaining?: Range<Decimal> | undefined;
	readonly total?: Range<Decimal> | undefined;
	/**
	 * With an order, pages come in it: by the field, then scope and remote id ascending. Without one, as the provider
	 * gives them, which is the cheapest.
	 */
	readonly order?: BillOrder | undefined;
	/** Only what comes after this place in `order`. */
	readonly after?: Place | undefined;
	/** Stop after this many bills. */
	readonly maxRows?: number | undefined;
	/** Rows to ask for at a time, within the provider's limit. */
	readonly pageSize?: number | undefined;
}

export interface RateQuery {
	/** Rates of one bill. */
	readonly bill?: LocalId | undefined;
	readonly accounts?: readonly string[] | undefined;
	readonly ids?: readonly string[] | undefined;
	/** Rates of the bills of these days. */
	readonly billDate?: Range<CalendarDate> | undefined;
	readonly isBilled?: boolean | undefined;
	readonly types?: readonly RateType[] | undefined;
	readonly maxRows?: number | undefined;
	readonly pageSize?: number | undefined;
}

export interface AccountQuery {
	readonly ids?: readonly string[] | undefined;
	readonly nameLike?: string | undefined;
	readonly maxRows?: number | undefined;
	readonly pageSize?: number | undefined;
}

export interface Page<T, Filter extends string = string> {
	readonly items: readonly T[];
	/** How many rows the whole query has, where the provider says and no filter was applied here. */
	readonly total: number | null;
	/** Filters that the provider carried out, and those applied here to what it gave. */
	readonly pushedDown: readonly Filter[];
	readonly appliedHere: readonly Filter[];
	/** Upstream requests that this page cost. */
	readonly requests: number;
	/** True: it came from a cache before the connector; connectors themselves leave it out. */
	readonly cached?: boolean | undefined;
	/** What was found wrong so far, on pages before the last: who reads no further must know. On the last it is in `end`. */
	readonly doubts?: readonly string[] | undefined;
	/** Set on the last page only; an empty result is one empty page with `end`. */
	readonly end: WalkEnd | null;
	/** What the user should know, in words: a history limit that cuts the query, say. */
	readonly notices: readonly string[];
}

export interface WalkOptions {
	readonly signal?: AbortSignal | undefined;
	/** Pages fetched at once where the provider announces the total; 1 where absent. */
	readonly concurrency?: number | undefined;
}

export interface RateListOptions extends WalkOptions {
	/**
	 * How many of a bill's rates, in the provider's order, are known already and may be left out. A connector that cannot
	 * enter a list in its middle gives them all the same: see `RateList.from`.
	 */
	readonly from?: number | undefined;
}

/** The rates of one bill. */
export interface RateList {
	readonly rates: readonly Rate[];
	/** How many rates before these were left out, as asked for; absent: none. */
	readonly from?: number | undefined;
	readonly total: number | null;
	readonly complete: boolean;
	readonly reasons: readonly string[];
}

/** What a bill's rates are found by: more than its id, since Lumen lists rates by account and date. */
export interface BillHandle extends LocalId {
	readonly billDate: CalendarDate | null;
	readonly accountId: string | null;
	readonly number: string | null;
	/**
	 * What was done to the bill's own amounts: its rates are signed alike. Where it is left out, a connector whose rates do
	 * not tell finds out, which may cost a request.
	 */
	readonly signPolicy?: SignPolicy | undefined;
}

/** What a provider may count bills by. */
export type CountableField = 'TYPE' | 'STATE';

/** How many bills have each value, in the model's words; values that no bill has may be left out. */
export interface BillCounts {
	readonly counts: ReadonlyMap<string, number>;
	/** NATIVE: the provider's own numbers. COUNTED: the bills were read, since that took no more requests. */
	readonly method: 'NATIVE' | 'COUNTED';
	/** Upstream requests that they cost. */
	readonly requests: number;
	/** True: they came from a cache before the connector; connectors themselves leave it out. */
	readonly cached?: boolean | undefined;
	/** Whether all bills were counted. */
	readonly end: WalkEnd;
	/** What the user should know, in words. */
	readonly notices: readonly string[];
}

/** Every key of the map settles on its own. Missing things reject with NOT_FOUND; one failure is one key's. */
export type ByKey<T> = ReadonlyMap<LocalKey, Promise<T>>;

export interface BillConnector {
	readonly provider: Provider;
	/** The configured connection's id. */
	readonly connection: string;
	readonly capabilities: Capabilities;

	bills(query: BillQuery, options?: WalkOptions): AsyncIterable<Page<Bill, BillFilterName>>;
	rates(query: RateQuery, options?: WalkOptions): AsyncIterable<Page<Rate, RateFilterName>>;
	accounts(query: AccountQuery, options?: WalkOptions): AsyncIterable<Page<BillingAccount, 'ids' | 'nameLike'>>;

	/**
	 * Counts bills in fewer requests than reading them all takes. Null where the provider cannot count what this query means
	 * exactly; absent where it counts nothing.
	 */
	countBills?(by: CountableField, query: BillQuery, options?: WalkOptions): Promise<BillCounts | null>;

	billsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<Bill>;
	/**
	 * At most the `first` rates of each (all where absent), those left out counted too, in the fewest requests the provider
	 * allows.
	 */
	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: RateListOptions): ByKey<RateList>;
	accountsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount>;

	/** @throws BillingError TOO_LARGE, NOT_FOUND, or PROTOCOL when the bytes are not the file that was asked for. */
	document(ref: DocumentRef, options?: WalkOptions): Promise<DocumentStream>;

	/** One cheap request that shows whether the credentials work; rejects with what to mend. */
	check(options?: WalkOptions): Promise<void>;
}

/** What every connector reaches the world through. */
export interface ConnectorDeps {
	readonly transport: Transport;
	readonly clock: Clock;
	/** `DEFAULT_RETRY` where absent. */
	readonly retry?: RetryPolicy | undefined;
}

/** What every connector is made with. */
export interface ConnectorSettings {
	readonly connection: string;
	readonly baseUrl: string;
	/** Lumen billing accounts or floLIVE customers in scope; ignored by providers that list all by themselves. */
	readonly accounts?: readonly string[];
	readonly timeoutMs?: number;
	/**
	 * Hosts other than the API's own that documents may be fetched from, without credentials; none where empty. Absent: any
	 * public host, for a transport that keeps to `publicOnly`.
	 */
	readonly documentHosts?: readonly string[] | undefined;
}
