/** Orange's own API: one method an operation, parameters in Orange's names ("Billing for Business", "BillingManagement 2.4.0"). */
import type { ConnectorDeps, ConnectorSettings } from '../connector';
import { documentFileName, extensionFor } from '../documents/fileName';
import type { DocumentStream } from '../model/document';
import { type JsonObject, type JsonValue, isJsonObject, textOf } from '../model/json';
import type { ProviderClient } from '../transport/client';
import { BillingError, invalidParameter } from '../transport/errors';
import { type WalkedPage, type WirePage, walkByOffset } from '../transport/pageWalk';
import { readStart } from '../transport/stream';
import { type QueryPair, pathSegment } from '../transport/url';
import type { JobLimits } from './asyncJobs';
import {
	type CollectionParameters,
	checkedAttribute,
	checkedMediaType,
	collectionPairs,
	pagingPairs,
} from './collection';
import type { FieldOverrides } from './fieldAliases';
import { type AcceptOptions, type ModeOptions, OrangeRequests, type RequestOptions } from './requests';
import { type Report, type ReportOptions, readReport } from './reportRows';
import { type SearchQuery, checkedSearchQuery } from './searchQuery';
import type { SnapshotCount, WireBill, WireBillingAccount, WireItem, WireResource } from './wire';

export interface OrangeBusinessSettings extends ConnectorSettings {
	/** Names of the members that Orange does not document, where they are others than the known ones. */
	readonly fields?: FieldOverrides | undefined;
	/** `bills/search` first and `search` where that is missing; or only the one named here. */
	readonly searchPath?: SearchPath | undefined;
	/** False: bills are sorted here, for servers that do not keep to `sort`. */
	readonly nativeSort?: boolean | undefined;
	readonly jobLimits?: JobLimits | undefined;
}

export const SEARCH_PATHS = ['bills/search', 'search'] as const;
export type SearchPath = (typeof SEARCH_PATHS)[number];

export const SNAPSHOT_SORTS = ['key', '-key', 'value', '-value'] as const;
export type SnapshotSort = (typeof SNAPSHOT_SORTS)[number];

export interface SnapshotParameters extends Omit<CollectionParameters, 'sort'> {
	readonly sort?: SnapshotSort | undefined;
}

/** How a collection is walked: `limit` is the page size, 100 where absent. */
export interface WalkParameters extends CollectionParameters {
	readonly maxRows?: number | undefined;
	readonly concurrency?: number | undefined;
}

export interface FileParameters {
	/** Media type to ask for; where absent, `application/pdf` for bills and `text/csv` for reports. */
	readonly accept?: string | undefined;
	readonly overrideAccept?: string | undefined;
}

type Walk<Row> = AsyncGenerator<WalkedPage<Row>, void, undefined>;

export const DEFAULT_PAGE_SIZE = 100;

export class OrangeBusinessApi {
	readonly client: ProviderClient;
	private readonly requests: OrangeRequests;
	private searchPaths: readonly SearchPath[];

	/** @throws BillingError INVALID_REQUEST for a base URL that is none. */
	constructor(settings: OrangeBusinessSettings, deps: ConnectorDeps) {
		this.requests = new OrangeRequests(settings, deps);
		this.client = this.requests.client;
		this.searchPaths = settings.searchPath === undefined ? SEARCH_PATHS : [settings.searchPath];
	}

	/** `GET bills`. */
	async bills(parameters: CollectionParameters = {}, options: ModeOptions = {}): Promise<WirePage<WireBill>> {
		return this.requests.list(['bills'], collectionPairs(parameters), options);
	}

	walkBills(parameters: WalkParameters, options: ModeOptions = {}): Walk<WireBill> {
		return this.walk(parameters, (page) => this.bills(page, options));
	}

	/** `GET bills/{billId}`; the answer may bear another id. */
	async bill(billId: string, options: ModeOptions & AcceptOptions = {}): Promise<WireBill> {
		const path = ['bills', pathSegment(billId, 'billId')];
		return (await this.requests.one(path, acceptPairs(options), options)) as WireBill;
	}

	/** `GET bills/{billId}` with `Accept: application/pdf`. @throws BillingError TOO_LARGE over 5 MB */
	async billPdf(billId: string, parameters: FileParameters = {}, options: ModeOptions = {}): Promise<DocumentStream> {
		return this.file(['bills'], billId, parameters, 'application/pdf', options);
	}

	/** `GET bills/{billId}/items`: the charge lines. */
	async billItems(
		billId: string,
		parameters: CollectionParameters = {},
		options: ModeOptions = {},
	): Promise<WirePage<WireItem>> {
		return this.requests.list(['bills', pathSegment(billId, 'billId'), 'items'], collectionPairs(parameters), options);
	}

	walkBillItems(billId: string, parameters: WalkParameters, options: ModeOptions = {}): Walk<WireItem> {
		return this.walk(parameters, (page) => this.billItems(billId, page, options));
	}

	/**
	 * `POST bills/search`, or `POST search` where the API version lacks it; what worked is remembered. Offset, limit and sort
	 * travel in the URL.
	 * @throws BillingError INVALID_REQUEST naming the fault in the query
	 */
	async search(
		query: SearchQuery,
		parameters: Omit<CollectionParameters, 'filters'> = {},
		options: ModeOptions = {},
	): Promise<WirePage<WireBill>> {
		const checked = checkedSearchQuery(query);
		const pairs = pagingPairs(parameters);
		const [path = 'search', ...others] = this.searchPaths;
		try {
			return await this.requests.search([path], pairs, checked, options);
		} catch (error) {
			const [other] = others;
			if (other === undefined || !isMissing(error)) throw error;
			const page = await this.requests.search<WireBill>([other], pairs, checked, options);
			this.searchPaths = [other];
			return page;
		}
	}

	walkSearch(
		query: SearchQuery,
		parameters: Omit<WalkParameters, 'filters'>,
		options: ModeOptions = {},
	): Walk<WireBill> {
		return this.walk(parameters, (page) => this.search(query, page, options));
	}

	/** `GET billingAccounts`. */
	async billingAccounts(
		parameters: CollectionParameters = {},
		options: RequestOptions = {},
	): Promise<WirePage<WireBillingAccount>> {
		return this.requests.list(['billingAccounts'], collectionPairs(parameters), options);
	}

	walkBillingAccounts(parameters: WalkParameters, options: RequestOptions = {}): Walk<WireBillingAccount> {
		return this.walk(parameters, (page) => this.billingAccounts(page, options));
	}

	/** `GET billingAccounts/{id}`. */
	async billingAccount(id: string, options: RequestOptions & AcceptOptions = {}): Promise<WireBillingAccount> {
		const path = ['billingAccounts', pathSegment(id)];
		return (await this.requests.one(path, acceptPairs(options), options)) as WireBillingAccount;
	}

	/** `GET reports`. */
	async reports(parameters: CollectionParameters = {}, options: RequestOptions = {}): Promise<WirePage<WireResource>> {
		return this.requests.list(['reports'], collectionPairs(parameters), options);
	}

	walkReports(parameters: WalkParameters, options: RequestOptions = {}): Walk<WireResource> {
		return this.walk(parameters, (page) => this.reports(page, options));
	}

	/** `GET reports/{reportId}`. @throws BillingError TOO_LARGE over 5 MB, unless asked asynchronously */
	async report(reportId: string, parameters: FileParameters = {}, options: ModeOptions = {}): Promise<DocumentStream> {
		return this.file(['reports'], reportId, parameters, 'text/csv', options);
	}

	/** The lines of a charge report, read whole. @throws BillingError as `readReport` does */
	async reportRows(reportId: string, reading: ReportOptions = {}, options: ModeOptions = {}): Promise<Report> {
		return readReport(await wholeOf(await this.report(reportId, {}, options)), reportId, reading);
	}

	/** `GET customerSpecificReports`. */
	async customerSpecificReports(
		parameters: CollectionParameters = {},
		options: RequestOptions = {},
	): Promise<WirePage<WireResource>> {
		const reports = this.requests.list<WireResource>(['customerSpecificReports'], collectionPairs(parameters), options);
		return this.sometimesOffered(reports);
	}

	walkCustomerSpecificReports(parameters: WalkParameters, options: RequestOptions = {}): Walk<WireResource> {
		return this.walk(parameters, (page) => this.customerSpecificReports(page, options));
	}

	/** `GET customerSpecificReports/{id}`. */
	async customerSpecificReport(
		id: string,
		parameters: FileParameters = {},
		options: ModeOptions = {},
	): Promise<DocumentStream> {
		return this.file(['customerSpecificReports'], id, parameters, 'text/csv', options);
	}

	/** The lines of a customer-specific report, read whole. Columns that the charge reports do not have are text. */
	async customerSpecificReportRows(
		id: string,
		reading: ReportOptions = {},
		options: ModeOptions = {},
	): Promise<Report> {
		return readReport(await wholeOf(await this.customerSpecificReport(id, {}, options)), id, reading);
	}

	/** `GET snapshots?groupBy=...`: how many bills have each value of an attribute; in no particular order where none is asked for. */
	async snapshots(
		groupBy: string,
		{ sort, ...parameters }: SnapshotParameters = {},
		options: RequestOptions = {},
	): Promise<readonly SnapshotCount[]> {
		checkedAttribute(groupBy, 'groupBy');
		if (sort !== undefined && !SNAPSHOT_SORTS.includes(sort)) {
			throw invalidParameter('sort', `is "${sort}"`, `Allowed are: ${SNAPSHOT_SORTS.join(', ')}.`);
		}
		const pairs = [['groupBy', groupBy] as const, ...collectionPairs({ ...parameters, sort })];
		const counts = await this.sometimesOffered(this.requests.one(['snapshots'], pairs, options));
		const counters = Object.entries(counts).map(([value, bills]) => ({ value, bills: this.countOf(value, bills) }));
		return inSnapshotOrder(counters, sort);
	}

	/** Counters announce no total, so that pages come one after another, whatever `concurrency` says. */
	walkSnapshots(
		groupBy: string,
		{
			limit = DEFAULT_PAGE_SIZE,
			offset = 0,
			maxRows,
			concurrency: _,
			...parameters
		}: SnapshotParameters & Pick<WalkParameters, 'maxRows' | 'concurrency'>,
		options: RequestOptions = {},
	): Walk<SnapshotCount> {
		return walkByOffset({
			pageSize: limit,
			startOffset: offset,
			shortPageEnds: false,
			idOf: ({ value }) => value,
			fetch: async (from, rows) => {
				const page = { ...parameters, offset: from, limit: rows };
				return { rows: await this.snapshots(groupBy, page, options), total: null };
			},
			...(maxRows === undefined ? {} : { maxRows }),
		});
	}

	/** `GET status`: the state of the API's components, one or a list, as Orange gives it. */
	async status(options: RequestOptions & AcceptOptions = {}): Promise<JsonValue> {
		return this.sometimesOffered(this.requests.value(['status'], acceptPairs(options), options));
	}

	/** `GET asyncJobs`. */
	async asyncJobs(parameters: CollectionParameters = {}, options: RequestOptions = {}): Promise<WirePage<JsonObject>> {
		return this.sometimesOffered(this.requests.list(['asyncJobs'], collectionPairs(parameters), options));
	}

	/** `GET asyncJobs/{id}`: the state of a job, as Orange gives it. */
	async asyncJob(id: string, options: RequestOptions & AcceptOptions = {}): Promise<JsonValue> {
		return this.requests.jobs.job(id, options.signal, acceptPairs(options));
	}

	/** `GET installedOfferIds`: resources as Orange gives them; a bare id becomes a resource with that id. */
	async installedOfferIds(
		parameters: CollectionParameters = {},
		options: RequestOptions = {},
	): Promise<WirePage<JsonObject>> {
		const pairs = collectionPairs(parameters);
		const { rows, total } = await this.sometimesOffered(this.requests.values(['installedOfferIds'], pairs, options));
		return { rows: rows.map((row) => (isJsonObject(row) ? row : { id: row })), total };
	}

	/** One offer may be installed for several accounts, so that only the whole row tells two apart. */
	walkInstalledOfferIds(parameters: WalkParameters, options: RequestOptions = {}): Walk<JsonObject> {
		return this.walk(parameters, (page) => this.installedOfferIds(page, options), JSON.stringify);
	}

	private async file(
		collection: readonly string[],
		id: string,
		{ accept, overrideAccept }: FileParameters,
		usual: string,
		options: ModeOptions,
	): Promise<DocumentStream> {
		const mediaType = checkedMediaType(accept ?? usual, 'accept');
		const name = {
			provider: 'ORANGE_BUSINESS',
			account: null,
			number: id,
			date: null,
			extension: extensionFor(mediaType),
		} as const;
		return this.requests.file(
			[...collection, pathSegment(id)],
			pagingPairs({ overrideAccept }),
			{ mediaTypes: [mediaType], fileName: documentFileName(name) },
			options,
		);
	}

	/** "Getting Started" and the reference of version 2.4.0 do not list the same resources. */
	private async sometimesOffered<T>(answer: Promise<T>): Promise<T> {
		try {
			return await answer;
		} catch (error) {
			if (!isMissing(error)) throw error;
			throw error.with({
				kind: 'NOT_OFFERED',
				message: 'This version of Orange’s API does not have this resource',
				hint: 'Check that the base URL ends with /billing/b2b/v1; if so, ask your Orange representative.',
			});
		}
	}

	private countOf(value: string, bills: JsonValue | undefined): number {
		const count = Number(textOf(bills) ?? Number.NaN);
		if (Number.isSafeInteger(count) && count >= 0) return count;
		throw this.client.error({ kind: 'PROTOCOL', message: `The counter of "${value}" is not a number of bills` });
	}

	/** Orange documents no largest `limit`, and may give fewer rows than asked for: only the total or an empty page ends a walk. */
	private walk<Row extends JsonObject>(
		{ limit = DEFAULT_PAGE_SIZE, offset = 0, maxRows, concurrency, ...parameters }: WalkParameters,
		fetch: (page: CollectionParameters) => Promise<WirePage<Row>>,
		idOf: (row: Row) => string = (row) => textOf(row['id']) ?? '',
	): Walk<Row> {
		return walkByOffset({
			pageSize: limit,
			startOffset: offset,
			shortPageEnds: false,
			idOf,
			fetch: (from, rows) => fetch({ ...parameters, offset: from, limit: rows }),
			pace: this.client.pace,
			...(maxRows === undefined ? {} : { maxRows }),
			...(concurrency === undefined ? {} : { concurrency }),
		});
	}
}

function acceptPairs({ overrideAccept }: AcceptOptions): readonly QueryPair[] {
	return pagingPairs({ overrideAccept });
}

async function wholeOf({ body }: DocumentStream): Promise<Uint8Array> {
	return readStart(body, Number.MAX_SAFE_INTEGER);
}

/** Values that read like numbers come first in any JSON object that was parsed, so the order is made again. */
function inSnapshotOrder(counters: readonly SnapshotCount[], sort: SnapshotSort | undefined): readonly SnapshotCount[] {
	if (sort === undefined) return counters;
	const sign = sort.startsWith('-') ? -1 : 1;
	return counters.toSorted((left, right) =>
		sort.endsWith('key') ? sign * (left.value < right.value ? -1 : 1) : sign * (left.bills - right.bills),
	);
}

function isMissing(error: unknown): error is BillingError {
	return error instanceof BillingError && (error.status === 404 || error.status === 405);
}
