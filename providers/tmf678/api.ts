/** The TMF678 API: one method per operation, parameters in the document's own names, requests as the document writes them. */
import type { ConnectorDeps } from '../connector';
import { type JsonValue, objectOf, textOf } from '../model/json';
import { checkLimit } from '../query/check';
import { ProviderClient } from '../transport/client';
import { BillingError, invalidParameter, protocolError } from '../transport/errors';
import { parseJson } from '../transport/json';
import { type WalkedPage, type WirePage, walkByOffset } from '../transport/pageWalk';
import type { TransportResponse } from '../transport/port';
import { DEFAULT_RETRY } from '../transport/retry';
import { checkedBaseUrl, joinUrl, lastSegment, pathSegment, withQuery } from '../transport/url';
import { DEFAULT_PAGE_SIZE, type Tmf678Dialect, type TmfSettings } from './dialect';
import { checkedRecord, remoteIdOf } from './mappingContext';
import { type ParameterTable, type ParameterValues, toQuery } from './parameters';
import { tmfRefusalReader } from './refusal';
import type {
	WireAccountRef,
	WireBill,
	WireBillOnDemand,
	WireRate,
	WireRecord,
	WireRef,
	WireRelatedParty,
} from './wire';

export interface CallOptions {
	readonly signal?: AbortSignal | undefined;
}

export interface ListOptions extends CallOptions {
	readonly maxRows?: number | undefined;
	/** Pages fetched at once where the server announces the total. */
	readonly concurrency?: number | undefined;
}

/** Body of an on-demand request. The server makes a bill of it: money is owed. */
export interface OnDemandRequest {
	readonly billingAccount: WireAccountRef & { readonly id: string };
	readonly customerBill?: WireRef;
	readonly name?: string;
	readonly description?: string;
	readonly lastUpdate?: string;
	readonly relatedParty?: WireRelatedParty;
	readonly state?: string;
	/** Oracle BRM's extension; its `@type` is added where absent. */
	readonly billingCycleSpecification?: { readonly id: string };
	readonly '@type'?: string;
}

/** Path of a resource, and what one of its records is called in messages. */
interface Resource {
	readonly path: string;
	readonly what: 'bill' | 'rate' | 'bill on demand';
}

const BILLS: Resource = { path: 'customerBill', what: 'bill' };
const RATES: Resource = { path: 'appliedCustomerBillingRate', what: 'rate' };
const ON_DEMAND: Resource = { path: 'customerBillOnDemand', what: 'bill on demand' };

const MAY_EXIST =
	'The bill may have been created all the same: list the on-demand bills of the account before you try again.';
/** After these, nobody knows whether the server did what it was asked. */
const UNCERTAIN = new Set(['TIMEOUT', 'UNAVAILABLE', 'PROTOCOL']);

/**
 * The type parameters are the parameters of bills, rates, on-demand bills and single records, for callers that know the
 * dialect; they are checked against its tables in any case.
 *
 * Every method throws BillingError: INVALID_REQUEST before any request for what the document does not allow.
 */
export class Tmf678Api<
	BillParameters extends ParameterValues = ParameterValues,
	RateParameters extends ParameterValues = ParameterValues,
	OnDemandParameters extends ParameterValues = ParameterValues,
	ByIdParameters extends ParameterValues = ParameterValues,
> {
	readonly client: ProviderClient;
	readonly baseUrl: string;

	constructor(
		readonly dialect: Tmf678Dialect,
		private readonly settings: TmfSettings,
		{ transport, clock, retry = DEFAULT_RETRY }: ConnectorDeps,
	) {
		this.baseUrl = checkedBaseUrl(settings.baseUrl);
		checkLimit('pageSize', settings.pageSize, null);
		this.client = new ProviderClient({
			provider: dialect.provider,
			connection: settings.connection,
			transport,
			clock,
			retry,
			readRefusal: tmfRefusalReader(dialect.hints),
			...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
		});
	}

	/** `GET customerBill`: one page. */
	async customerBills(parameters: BillParameters, options?: CallOptions): Promise<WirePage<WireBill>> {
		return this.list(BILLS, parameters, this.dialect.parameters.bills, options);
	}

	/** `GET customerBill`, page after page from `offset` on, `limit` rows at a time. */
	walkCustomerBills(parameters: BillParameters, options?: ListOptions): AsyncGenerator<WalkedPage<WireBill>, void> {
		return this.walk(BILLS, parameters, this.dialect.parameters.bills, options);
	}

	/** `GET customerBill/{id}`, by id or, with Oracle BRM, by number. @throws BillingError PROTOCOL where another bill comes */
	async customerBill(id: string, parameters?: ByIdParameters, options?: CallOptions): Promise<WireBill> {
		const bill = await this.one<WireBill>(BILLS, id, parameters, this.dialect.parameters.billById, options);
		if (isAskedFor(bill, id)) return bill;
		throw this.client.error({
			kind: 'PROTOCOL',
			message: `Bill ${id} was asked for, and another one came: ${bill.id}`,
			hint: 'Ask again; if it stays so, something between here and the provider mixes up answers.',
		});
	}

	/** `GET appliedCustomerBillingRate`: one page. */
	async appliedCustomerBillingRates(parameters: RateParameters, options?: CallOptions): Promise<WirePage<WireRate>> {
		return this.list(RATES, parameters, this.dialect.parameters.rates, options);
	}

	/** `GET appliedCustomerBillingRate`, page after page. */
	walkAppliedCustomerBillingRates(
		parameters: RateParameters,
		options?: ListOptions,
	): AsyncGenerator<WalkedPage<WireRate>, void> {
		return this.walk(RATES, parameters, this.dialect.parameters.rates, options);
	}

	/** `GET appliedCustomerBillingRate/{id}`. */
	async appliedCustomerBillingRate(id: string, parameters?: ByIdParameters, options?: CallOptions): Promise<WireRate> {
		return this.one(RATES, id, parameters, this.dialect.parameters.rateById, options);
	}

	/** `GET customerBillOnDemand`: one page. The document announces no total for it. */
	async customerBillsOnDemand(
		parameters: OnDemandParameters,
		options?: CallOptions,
	): Promise<WirePage<WireBillOnDemand>> {
		return this.list(ON_DEMAND, parameters, this.dialect.parameters.billsOnDemand, options);
	}

	/** `GET customerBillOnDemand`, page after page until an empty one, or the announced total where there is one. */
	walkCustomerBillsOnDemand(
		parameters: OnDemandParameters,
		options?: ListOptions,
	): AsyncGenerator<WalkedPage<WireBillOnDemand>, void> {
		return this.walk(ON_DEMAND, parameters, this.dialect.parameters.billsOnDemand, options);
	}

	/** `GET customerBillOnDemand/{id}`. */
	async customerBillOnDemand(
		id: string,
		parameters?: ByIdParameters,
		options?: CallOptions,
	): Promise<WireBillOnDemand> {
		return this.one(ON_DEMAND, id, parameters, this.dialect.parameters.billOnDemandById, options);
	}

	/**
	 * `POST customerBillOnDemand`: creates a bill. Sent once and never again, whatever happens, since the API has no way to
	 * tell a repetition from a second order; an error after which the bill may exist says so.
	 */
	async createCustomerBillOnDemand(request: OnDemandRequest, options: CallOptions = {}): Promise<WireBillOnDemand> {
		const body = JSON.stringify(this.checkedRequest(request));
		try {
			const response = await this.client.send(
				{
					method: 'POST',
					url: joinUrl(this.baseUrl, ON_DEMAND.path),
					headers: { accept: 'application/json', 'content-type': 'application/json' },
					body,
					expect: 'text',
					credential: 'SEND',
					...signalOf(options),
				},
				{ repeatable: false },
			);
			return created(response);
		} catch (error) {
			if (!(error instanceof BillingError) || !UNCERTAIN.has(error.kind)) throw error;
			throw this.client.error({ ...error.details, retryable: false, hint: MAY_EXIST });
		}
	}

	private checkedRequest(request: OnDemandRequest): OnDemandRequest {
		const cycleType = this.dialect.onDemandCycleType;
		// The body may come from outside, whatever its type says.
		if ((textOf(objectOf(request.billingAccount)['id']) ?? '').trim() === '')
			throw invalidParameter('billingAccount.id', 'is empty', 'Name the billing account that is to be billed.');
		if (request.billingCycleSpecification === undefined) return request;
		if (cycleType === null)
			throw invalidParameter('billingCycleSpecification', 'is not known to this server', 'Leave it out.');
		if (textOf(request.billingCycleSpecification.id) === null)
			throw invalidParameter('billingCycleSpecification.id', 'is empty');
		if (request['@type'] !== undefined && request['@type'] !== cycleType)
			throw invalidParameter('@type', `is "${request['@type']}"`, `With a billing cycle it must be ${cycleType}.`);
		return { ...request, '@type': cycleType };
	}

	private walk<T extends WireRecord>(
		resource: Resource,
		parameters: ParameterValues,
		table: ParameterTable,
		{ signal, maxRows, concurrency }: ListOptions = {},
	): AsyncGenerator<WalkedPage<T>, void> {
		toQuery(parameters, table); // Refused now, not when the first page is pulled.
		const { limit, offset } = parameters;
		return walkByOffset<T>({
			pageSize: typeof limit === 'number' ? limit : (this.settings.pageSize ?? DEFAULT_PAGE_SIZE),
			startOffset: typeof offset === 'number' ? offset : 0,
			fetch: async (from, count) => {
				const response = await this.ask(resource, { ...parameters, offset: from, limit: count }, table, { signal });
				return () => this.pageOf<T>(response, resource);
			},
			pace: this.client.pace,
			idOf: remoteIdOf,
			// No largest limit is documented, so a short page may only be a server's own limit.
			shortPageEnds: false,
			...(maxRows === undefined ? {} : { maxRows }),
			...(concurrency === undefined ? {} : { concurrency }),
		});
	}

	private async list<T extends WireRecord>(
		resource: Resource,
		parameters: ParameterValues,
		table: ParameterTable,
		options: CallOptions = {},
	): Promise<WirePage<T>> {
		return this.pageOf(await this.ask(resource, parameters, table, options), resource);
	}

	/** Null: the offset is past the end. */
	private async ask(
		{ path, what }: Resource,
		parameters: ParameterValues,
		table: ParameterTable,
		options: CallOptions,
	): Promise<TransportResponse | null> {
		try {
			// As bytes: text that waits for its turn ends up among what V8 collects last, bytes go with the page.
			const asked = { ...options, expect: 'bytes' } as const;
			return await this.get(joinUrl(this.baseUrl, path), this.typed(what, parameters), table, asked);
		} catch (error) {
			// TMF630's way to say so.
			if (error instanceof BillingError && error.status === 416) return null;
			throw error;
		}
	}

	private pageOf<T extends WireRecord>(response: TransportResponse | null, { what }: Resource): WirePage<T> {
		if (response === null) return { rows: [], total: null };
		const rows = this.reading(() => rowsOf(response, what)) as readonly T[];
		return { rows, total: totalOf(response) };
	}

	private async one<T extends WireRecord>(
		{ path, what }: Resource,
		id: string,
		parameters: ParameterValues | undefined,
		table: ParameterTable,
		options: CallOptions = {},
	): Promise<T> {
		const url = joinUrl(this.baseUrl, path, pathSegment(id));
		const response = await this.get(url, this.typed(what, parameters ?? {}), table, options);
		return this.reading(() => checkedRecord(bodyOf(response), what)) as T;
	}

	/** With the `@type` that the dialect asks for, unless the caller names one. */
	private typed(what: Resource['what'], parameters: ParameterValues): ParameterValues {
		const type = this.dialect.types[what];
		return type === undefined ? parameters : { '@type': type, ...parameters };
	}

	/** Reads an answer; what is wrong with it is this connection's error. */
	private reading<T>(read: () => T): T {
		try {
			return read();
		} catch (error) {
			throw error instanceof BillingError ? this.client.error(error.details) : error;
		}
	}

	private async get(
		url: string,
		parameters: ParameterValues,
		table: ParameterTable,
		{ expect = 'text', ...options }: CallOptions & { readonly expect?: 'text' | 'bytes' },
	): Promise<TransportResponse> {
		const query = toQuery(parameters, table);
		return this.client.send(
			{
				method: 'GET',
				url: withQuery(url, query, this.valueEncoder(table)),
				headers: { accept: 'application/json' },
				expect,
				credential: 'SEND',
				...signalOf(options),
			},
			{ repeatable: true },
		);
	}

	/** A plus sign in a query is `%2B`; where the setting says so, those of ids stay bare. */
	private valueEncoder(table: ParameterTable): (value: string, name: string) => string {
		if (this.settings.rawPlusInIds !== true) return encodeURIComponent;
		const ids = new Set(table.flatMap(({ name, kind }) => (kind === 'ID' ? [name] : [])));
		return (value, name) => {
			const encoded = encodeURIComponent(value);
			return ids.has(name) ? encoded.replace(/%2B/g, '+') : encoded;
		};
	}
}

function signalOf({ signal }: CallOptions): { readonly signal?: AbortSignal } {
	return signal === undefined ? {} : { signal };
}

function bodyOf(response: TransportResponse): JsonValue {
	const { body } = response;
	if (body.kind === 'bytes') return parseJson(new TextDecoder().decode(body.bytes));
	return parseJson(body.kind === 'text' ? body.text : '');
}

function rowsOf(response: TransportResponse, what: string): readonly WireRecord[] {
	if (response.status === 204) return [];
	const body = bodyOf(response);
	if (!Array.isArray(body)) throw protocolError(`The provider gave no list where a list of ${what}s was asked for`);
	return (body as readonly JsonValue[]).map((row) => checkedRecord(row, what));
}

/** `X-Total-Count`, or the size in TMF630's `Content-Range: items 0-9/57`. Null where neither is there. */
function totalOf({ headers }: TransportResponse): number | null {
	const text = headers['x-total-count'] ?? /^items .*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
	return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

/** Created, and accepted to be created. */
const MADE: ReadonlySet<number> = new Set([201, 202]);

/** The created record; where the server answers with its address alone, a record of the id in it. */
function created(response: TransportResponse): WireBillOnDemand {
	const text = response.body.kind === 'text' ? response.body.text.trim() : '';
	// With any other status the address is not that of something made.
	const location = MADE.has(response.status) ? response.headers['location'] : undefined;
	if (text !== '' || location === undefined) return checkedRecord(parseJson(text), ON_DEMAND.what);
	return checkedRecord({ id: lastSegment(location) ?? '', href: location }, ON_DEMAND.what);
}

/** Where the number was not asked for, it may be what the bill was named by. */
function isAskedFor({ id, billNo }: WireBill, asked: string): boolean {
	const named = plainId(asked);
	return plainId(String(id)) === named || billNo === undefined || textOf(billNo) === asked;
}

/** The parts of an Oracle id are joined by pluses or by blanks. */
function plainId(id: string): string {
	return id.replace(/[+ ]+/g, ' ').trim();
}
