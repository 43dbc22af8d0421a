/** What a provider offers, as data: field by field, filter by filter, with its limits. `docs/capabilities.md` is generated from it. */
import type { AccountField } from './model/account';
import type { Offer } from './model/availability';
import type { BillField } from './model/bill';
import type { Provider } from './model/identity';
import type { RateField } from './model/rate';

/** How a filter of `BillQuery` or `RateQuery` is carried out. */
export type FilterSupport =
	/** Sent to the provider. */
	| 'PUSHED_DOWN'
	/** Sent to the provider for some values, applied here for the others. */
	| 'PARTLY_PUSHED_DOWN'
	/** Applied here to the rows read. */
	| 'APPLIED_HERE'
	/** The provider lacks the field: the filter is refused. */
	| 'REFUSED';

export const BILL_FILTERS = [
	'accounts',
	'ids',
	'numbers',
	'numberLike',
	'types',
	'states',
	'categories',
	'billDate',
	'dueDate',
	'periodStart',
	'periodEnd',
	'lastUpdate',
	'amountDue',
	'remaining',
	'total',
] as const;
export type BillFilterName = (typeof BILL_FILTERS)[number];

export const RATE_FILTERS = ['bill', 'accounts', 'ids', 'billDate', 'isBilled', 'types'] as const;
export type RateFilterName = (typeof RATE_FILTERS)[number];

export interface HistoryLimit {
	/** Nothing older than this day. Null: no fixed floor is known. */
	readonly earliest: string | null;
	/** Nothing older than this many months, counted back from today. Null: no rolling limit. */
	readonly rollingMonths: number | null;
	readonly note: string;
}

/** One operation of the provider's own API. */
export interface OperationCapability {
	readonly name: string;
	/** Method and path as the document writes them. */
	readonly request: string;
	/** Query parameters as the document writes them. */
	readonly parameters: readonly string[];
	/** Where it is documented: `seed`, or the section of the provider facts. */
	readonly source: string;
	readonly note?: string;
}

export interface Capabilities {
	readonly provider: Provider;
	readonly title: string;
	readonly operations: readonly OperationCapability[];
	readonly billFields: Readonly<Record<BillField, Offer>>;
	/** Null: the provider has no rates. */
	readonly rateFields: Readonly<Record<RateField, Offer>> | null;
	readonly accountFields: Readonly<Record<AccountField, Offer>>;
	readonly billFilters: Readonly<Record<BillFilterName, FilterSupport>>;
	readonly rateFilters: Readonly<Record<RateFilterName, FilterSupport>> | null;
	/** NATIVE: the provider sorts. WINDOWED: sorted here, reading by date windows. WHOLE: sorted here, after reading all. */
	readonly ordering: 'NATIVE' | 'WINDOWED' | 'WHOLE';
	/** Whether the provider announces how many rows a query has. */
	readonly announcesTotal: boolean;
	/** Largest documented page; null where none is documented. */
	readonly maxPageSize: number | null;
	/** Whether bills can only be listed per account, which must then be configured. */
	readonly accountRequired: boolean;
	readonly accounts: 'RESOURCE' | 'FROM_BILLS' | 'FROM_CONFIGURATION';
	readonly documents: 'LINK' | 'LINK_OR_INLINE' | 'OPERATION';
	readonly billHistory: HistoryLimit | null;
	readonly rateHistory: HistoryLimit | null;
	/** Facts a user should know, in words. */
	readonly notes: readonly string[];
}
