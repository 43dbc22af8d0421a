/** Lumen's Customer Bill API: one method an operation, parameters as Lumen names them. */
import type { ConnectorDeps, WalkOptions } from '../connector';
import type { DocumentStream } from '../model/document';
import { contentHash } from '../model/contentHash';
import type { JsonObject, JsonValue } from '../model/json';
import { openLink } from '../documents/open';
import { ProviderClient } from '../transport/client';
import { parseJson } from '../transport/json';
import { type WalkedPage, type WirePage, walkByOffset } from '../transport/pageWalk';
import { DEFAULT_RETRY } from '../transport/retry';
import { type QueryPair, checkedBaseUrl, joinUrl, pathSegment, withQuery } from '../transport/url';
import { billsIn, chargesIn, ratesIn } from './envelopes';
import { type IdentifiedLine, LineIds } from './lineIds';
import { CountedUnit, type NestedEntry, NestedPages } from './nestedPages';
import { type ListParameters, MAX_LIMIT, queryOf } from './parameters';
import { REQUEST_ID_HEADER, isNoData, readRefusal } from './refusal';
import { type LumenApiVersion, type LumenSettings, checkAccount, checkSettings, credentialOrigins } from './settings';
import type { BillRow } from './wire';

export type CustomerBillParameters = Omit<ListParameters, 'invoiceNumber'>;
export type AppliedRateParameters = Omit<ListParameters, 'invoiceNumber'>;
export type ServiceChargeParameters = Omit<ListParameters, 'startBillDate' | 'endBillDate'>;

/** A row, and what tells it from the others of its walk. */
interface PlacedBillRow {
	readonly id: string;
	readonly row: BillRow;
}

type Unpaged<T> = Omit<T, 'offset' | 'limit'>;

/** "View/download a PDF copy of your invoices." */
export const BILL_IMAGE_TYPES = ['application/pdf'] as const;

const BILL_LIST_PARAMETERS = ['billingAccountNumber', 'startBillDate', 'endBillDate'] as const;
const PAGED_BILL_PARAMETERS = [...BILL_LIST_PARAMETERS, 'offset', 'limit'] as const;
const SERVICE_CHARGE_PARAMETERS = ['billingAccountNumber', 'invoiceNumber', 'offset', 'limit'] as const;

/** Every method throws BillingError; INVALID_REQUEST before any request for parameters that Lumen would refuse. */
export class LumenApi {
	readonly apiVersion: LumenApiVersion;
	readonly client: ProviderClient;
	private readonly baseUrl: string;
	private readonly countedOfBills = new CountedUnit();
	private readonly countedOfCharges = new CountedUnit();

	constructor(
		private readonly settings: LumenSettings,
		{ transport, clock, retry = DEFAULT_RETRY }: ConnectorDeps,
	) {
		checkSettings(settings);
		this.apiVersion = settings.apiVersion ?? 'v1';
		this.baseUrl = checkedBaseUrl(settings.baseUrl);
		this.client = new ProviderClient({
			provider: 'LUMEN',
			connection: settings.connection,
			transport,
			clock,
			retry,
			readRefusal,
			requestIdHeader: REQUEST_ID_HEADER,
			...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
		});
	}

	/**
	 * `GET customerBill`: bills of one account dated within the range. API v1 gives them all at once and takes neither
	 * `offset` nor `limit`. "No data found" is an empty page. (API guide: Customer Bill)
	 */
	async customerBills(
		parameters: CustomerBillParameters,
		options?: WalkOptions,
	): Promise<readonly NestedEntry<BillRow>[]> {
		const query = queryOf(parameters, this.apiVersion === 'v2' ? PAGED_BILL_PARAMETERS : BILL_LIST_PARAMETERS);
		const answer = await this.list(this.apiVersion, 'customerBill', query, options);
		return answer === undefined ? [] : billsIn(answer);
	}

	/** All bills of the range. API v2 gives pages, documents no largest one and announces no total: only an empty one is the last. */
	walkCustomerBills(
		parameters: Unpaged<CustomerBillParameters>,
		options?: WalkOptions,
	): AsyncIterable<WalkedPage<PlacedBillRow>> {
		const fetch =
			this.apiVersion === 'v2' ? this.pagesOfBills(parameters, options) : () => this.allBills(parameters, options);
		return walkByOffset({ pageSize: MAX_LIMIT, fetch, idOf, shortPageEnds: false });
	}

	private pagesOfBills(
		parameters: Unpaged<CustomerBillParameters>,
		options: WalkOptions | undefined,
	): (offset: number, limit: number) => Promise<WirePage<PlacedBillRow>> {
		const ids = new LineIds();
		const ask = (offset: number, limit: number): Promise<readonly NestedEntry<BillRow>[]> =>
			this.customerBills({ ...parameters, offset, limit }, options);
		const pages = new NestedPages<BillRow>(this.countedOfBills, ask, saidBy);
		return async (_offset, limit) => {
			const page = await pages.next(limit);
			// Whether equal rows are one bill is for the mapping to say; here each keeps a place of its own.
			const { rows, doubts } = ids.assign(page.rows.map(({ record }) => withoutId(record)));
			const placed = rows.map(({ id }, index) => ({ id, row: page.rows[index] as BillRow }));
			return { ...page, rows: placed, doubts: [...(page.doubts ?? []), ...doubts] };
		};
	}

	/** API v1 gives them all at once. */
	private async allBills(
		parameters: Unpaged<CustomerBillParameters>,
		options: WalkOptions | undefined,
	): Promise<WirePage<PlacedBillRow>> {
		const rows = (await this.customerBills(parameters, options)).flatMap((entry) => entry.rows);
		return { rows: rows.map((row, place) => ({ id: String(place), row })), total: rows.length };
	}

	/** `GET customerBill/{id}` (API v1): `id` is the invoice number. (API guide: Customer Bill) */
	async customerBill(id: string, billingAccountNumber: string, options?: WalkOptions): Promise<readonly BillRow[]> {
		checkAccount(billingAccountNumber, 'billingAccountNumber');
		const answer = await this.get('v1', `customerBill/${pathSegment(id)}`, [], billingAccountNumber, options);
		return answer === undefined ? [] : billsIn(answer).flatMap((entry) => entry.rows);
	}

	/**
	 * `GET appliedCustomerBillingRate` (API v1): charge lines of one account's bills dated within the range.
	 * (API guide: Applied Bill Rate)
	 */
	async appliedCustomerBillingRates(
		parameters: AppliedRateParameters,
		options?: WalkOptions,
	): Promise<WirePage<JsonObject>> {
		const query = queryOf(parameters, PAGED_BILL_PARAMETERS);
		const answer = await this.list('v1', 'appliedCustomerBillingRate', query, options);
		return { rows: answer === undefined ? [] : ratesIn(answer), total: null };
	}

	/** All charge lines of the range. */
	walkAppliedCustomerBillingRates(
		parameters: Unpaged<AppliedRateParameters>,
		options?: WalkOptions,
		pageSize = MAX_LIMIT,
	): AsyncIterable<WalkedPage<IdentifiedLine>> {
		const ids = new LineIds();
		const fetch = async (offset: number, limit: number): Promise<WirePage<IdentifiedLine>> => {
			const page = await this.appliedCustomerBillingRates({ ...parameters, offset, limit }, options);
			return { ...page, ...ids.assign(page.rows) };
		};
		// "Max allowed value for limit is 1000": the only list of Lumen's whose largest page is documented.
		return walkByOffset({ pageSize, fetch, idOf, shortPageEnds: true });
	}

	/** `GET serviceLevelChargeDetails` (API v2): charges of one invoice, each alone in its detail. */
	async serviceLevelChargeDetails(
		parameters: ServiceChargeParameters,
		options?: WalkOptions,
	): Promise<readonly NestedEntry<JsonObject>[]> {
		const query = queryOf(parameters, SERVICE_CHARGE_PARAMETERS);
		const answer = await this.list('v2', 'serviceLevelChargeDetails', query, options);
		return answer === undefined ? [] : chargesIn(answer);
	}

	/** All charges of the invoice. */
	walkServiceLevelChargeDetails(
		parameters: Unpaged<ServiceChargeParameters>,
		options?: WalkOptions,
		pageSize = MAX_LIMIT,
	): AsyncIterable<WalkedPage<IdentifiedLine>> {
		const ids = new LineIds();
		const ask = (offset: number, limit: number): Promise<readonly NestedEntry<JsonObject>[]> =>
			this.serviceLevelChargeDetails({ ...parameters, offset, limit }, options);
		const pages = new NestedPages<JsonObject>(this.countedOfCharges, ask, contentHash);
		const fetch = async (_offset: number, limit: number): Promise<WirePage<IdentifiedLine>> => {
			const page = await pages.next(limit);
			const { rows, doubts } = ids.assign(page.rows);
			return { ...page, rows, doubts: [...(page.doubts ?? []), ...doubts] };
		};
		return walkByOffset({ pageSize, fetch, idOf, shortPageEnds: false });
	}

	/** The bill image that a bill links to. The token goes to Lumen's own hosts only; other hosts are asked without it. */
	async billImage(url: string, fileName: string, options?: WalkOptions): Promise<DocumentStream> {
		const rules = { ownOrigins: credentialOrigins(this.baseUrl), foreignHosts: this.settings.documentHosts };
		const wanted = { mediaTypes: BILL_IMAGE_TYPES, fileName, signal: options?.signal };
		return openLink(this.client, url, rules, wanted);
	}

	/** Undefined for Lumen's ways to say "an empty list": 204, or 404 with these words. */
	private async list(
		version: LumenApiVersion,
		path: string,
		query: readonly QueryPair[],
		options: WalkOptions | undefined,
	): Promise<JsonValue | undefined> {
		const [, account] = query.find(([name]) => name === 'billingAccountNumber') as QueryPair;
		try {
			return await this.get(version, path, query, account, options);
		} catch (error) {
			if (isNoData(error)) return undefined;
			throw error;
		}
	}

	private async get(
		version: LumenApiVersion,
		path: string,
		query: readonly QueryPair[],
		account: string,
		options: WalkOptions | undefined,
	): Promise<JsonValue | undefined> {
		const signal = options?.signal;
		const response = await this.client.send(
			{
				method: 'GET',
				url: withQuery(joinUrl(this.baseUrl, `Billing/${version}/CustomerBillManagement`, path), query),
				headers: { accept: 'application/json;charset=utf-8', 'x-billing-account-number': account },
				expect: 'text',
				credential: 'SEND',
				...(signal === undefined ? {} : { signal }),
			},
			{ repeatable: true },
		);
		return response.body.kind === 'text' && response.status !== 204 ? parseJson(response.body.text) : undefined;
	}
}

function idOf({ id }: { readonly id: string }): string {
	return id;
}

function withoutId({ id: _, ...record }: JsonObject): JsonObject {
	return record;
}

/** The same for the same document of the same invoice. */
function saidBy(row: BillRow): string {
	return contentHash(row.kind === 'STATEMENT' ? [row.invoiceNumber, row.record] : row.record);
}
