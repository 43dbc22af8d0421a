/** floLIVE's own API: one method an operation, as "floLIVE Public API v2" documents it. */
import type { ConnectorDeps, ConnectorSettings } from '../connector';
import { type JsonObject, type JsonValue, arrayOf, isJsonObject, objectOf, textOf } from '../model/json';
import { checkLimit } from '../query/check';
import { ProviderClient } from '../transport/client';
import { invalidParameter, protocolError } from '../transport/errors';
import { parseJson } from '../transport/json';
import { type WalkedPage, walkByOffset } from '../transport/pageWalk';
import type { TransportRequest } from '../transport/port';
import { DEFAULT_RETRY } from '../transport/retry';
import { type QueryPair, checkedBaseUrl, joinUrl, pathSegment, withQuery } from '../transport/url';
import { type InvoiceFiles, readInvoiceFiles } from './invoiceFiles';
import { readRefusal } from './refusal';
import type { EnvelopePage, WireBillingCycleDefinition, WireInvoice, WireUser } from './wire';

export interface FloLiveSettings extends ConnectorSettings {
	/**
	 * How the ids of `download-invoices` are written: `{"id": [...]}`, or `[...]`. "Get Customer Invoice Files" names the
	 * parameter but does not show the body. OBJECT where absent.
	 */
	readonly downloadBody?: 'OBJECT' | 'ARRAY' | undefined;
}

/** A page to ask for; only for lists whose first answer announced more than one. */
export interface PageParameters {
	/** From 0. */
	readonly page: number;
	readonly size: number | null;
}

type Signal = AbortSignal | undefined;

export class FloLiveApi {
	readonly client: ProviderClient;
	private readonly root: string;
	private readonly bareIds: boolean;

	/** @throws BillingError INVALID_REQUEST for a base URL that is none. */
	constructor(settings: FloLiveSettings, { transport, clock, retry = DEFAULT_RETRY }: ConnectorDeps) {
		this.root = apiRoot(settings.baseUrl);
		this.bareIds = settings.downloadBody === 'ARRAY';
		this.client = new ProviderClient({
			provider: 'FLOLIVE',
			connection: settings.connection,
			transport,
			clock,
			retry,
			readRefusal,
			...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
		});
	}

	/**
	 * "Get Customer Invoice List": the published invoices of the last 12 months, of the own customer or a sub-customer.
	 * Documented without parameters; `page` is asked for only after an answer that announced several pages.
	 */
	async invoices(customerId: string, page?: PageParameters, signal?: Signal): Promise<EnvelopePage<WireInvoice>> {
		return this.list(this.customerUrl(customerId, 'invoices'), page, signal);
	}

	/** All invoices of a customer; mostly one request. */
	walkInvoices(customerId: string, signal?: Signal): AsyncGenerator<WalkedPage<WireInvoice>, void, undefined> {
		return walkPages((page) => this.invoices(customerId, page, signal));
	}

	/**
	 * "Get Customer Invoice Files": of the own customer or a direct sub-customer. Without ids the effect is the provider's
	 * (presumably every invoice).
	 * @throws BillingError NOT_FOUND for ids that the customer does not have, PROTOCOL for content that is no file.
	 */
	async downloadInvoices(customerId: string, ids?: readonly string[], signal?: Signal): Promise<InvoiceFiles> {
		if (ids?.length === 0) throw invalidParameter('id', 'is an empty list', 'Give at least one invoice id.');
		for (const id of ids ?? []) pathSegment(id);
		const body = ids === undefined ? {} : this.bareIds ? ids : { id: ids };
		const envelope = await this.ask({
			method: 'POST',
			url: this.customerUrl(customerId, 'download-invoices'),
			headers: { ...ACCEPT, 'content-type': 'application/json' },
			body: JSON.stringify(body),
			...FROM_PROVIDER,
			...(signal === undefined ? {} : { signal }),
		});
		const data = textOf(envelope['attachmentData']) ?? textOf(objectOf(contentOf(envelope)[0])['attachmentData']);
		if (data === null) throw protocolError('floLIVE gave no invoice file');
		return readInvoiceFiles(data);
	}

	/** "Get Customer Billing Cycle Definition Eligibility". */
	async billingCycleDefinitions(
		customerId: string,
		signal?: Signal,
	): Promise<EnvelopePage<WireBillingCycleDefinition>> {
		return this.list(this.customerUrl(customerId, 'eligible-bcd'), undefined, signal);
	}

	/** "Get Customer Users": all users of the customer, or the one with this id. */
	async users(
		customerId: string,
		userId?: string,
		page?: PageParameters,
		signal?: Signal,
	): Promise<EnvelopePage<WireUser>> {
		const user = userId === undefined ? [] : [pathSegment(userId, 'userId')];
		return this.list(this.customerUrl(customerId, 'user', ...user), page, signal);
	}

	walkUsers(customerId: string, signal?: Signal): AsyncGenerator<WalkedPage<WireUser>, void, undefined> {
		return walkPages((page) => this.users(customerId, undefined, page, signal));
	}

	private customerUrl(customerId: string, ...rest: readonly string[]): string {
		return joinUrl(this.root, 'customer', pathSegment(customerId.trim(), 'customerId'), ...rest);
	}

	private async list<Row extends JsonObject>(
		url: string,
		page: PageParameters | undefined,
		signal: Signal,
	): Promise<EnvelopePage<Row>> {
		const envelope = await this.ask({
			method: 'GET',
			url: withQuery(url, page === undefined ? [] : pagePairs(page)),
			headers: ACCEPT,
			...FROM_PROVIDER,
			...(signal === undefined ? {} : { signal }),
		});
		return pageOf<Row>(envelope);
	}

	private async ask(request: TransportRequest): Promise<JsonObject> {
		const { body } = await this.client.send(request, { repeatable: true });
		const answer = body.kind === 'text' ? parseJson(body.text) : null;
		if (Array.isArray(answer)) return { content: answer };
		if (!isJsonObject(answer) || !isEnvelope(answer)) {
			throw protocolError('The answer is not the envelope that floLIVE documents');
		}
		return answer;
	}
}

const ACCEPT = { accept: 'application/json' };
const FROM_PROVIDER = { expect: 'text', credential: 'SEND' } as const;

/** The configured address with or without `/api/v2`, and without the double slashes that the document shows. */
export function apiRoot(baseUrl: string): string {
	const url = new URL(checkedBaseUrl(baseUrl));
	const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
	if (/\/api\/v\d+$/.test(path)) return `${url.origin}${path}`;
	return `${url.origin}${path.replace(/\/api$/, '')}/api/v2`;
}

/** @throws BillingError INVALID_REQUEST */
function pagePairs({ page, size }: PageParameters): readonly QueryPair[] {
	if (!Number.isSafeInteger(page) || page < 0) {
		throw invalidParameter('page', `is ${page}`, 'It must be a whole number, 0 or more.');
	}
	checkLimit('size', size ?? undefined, null);
	return [['page', String(page)], ...(size === null ? [] : ([['size', String(size)]] as const))];
}

const ENVELOPE_MEMBERS = ['content', 'pageable', 'errorCode', 'errorMessage', 'attachmentData'];

/** Any of the members will do; an object with none of them is somebody else's answer, and no empty list. */
function isEnvelope(answer: JsonObject): boolean {
	return ENVELOPE_MEMBERS.some((name) => Object.hasOwn(answer, name));
}

/**
 * An array, or one object, as table and example of the document have it; null and `{}` are its "empty".
 * @throws BillingError PROTOCOL for anything else, and where there is no content at all: neither is an empty list
 */
function contentOf(envelope: JsonObject): readonly JsonValue[] {
	const content = envelope['content'];
	if (content === null) return [];
	if (isJsonObject(content)) return Object.keys(content).length === 0 ? [] : [content];
	const list = arrayOf(content);
	if (list === null) throw protocolError('floLIVE gave something else than a list');
	return list;
}

function pageOf<Row extends JsonObject>(envelope: JsonObject): EnvelopePage<Row> {
	const rows = contentOf(envelope).map((row) => {
		if (!isJsonObject(row)) throw protocolError('floLIVE gave a list with an entry that is not an object');
		return row as Row;
	});
	const pageable = objectOf(envelope['pageable']);
	return {
		rows,
		total: countOf(pageable['totalElements']),
		totalPages: countOf(pageable['totalPages']) ?? 1,
		// No size that could be asked for.
		size: countOf(pageable['size']) || null,
	};
}

/** A number, or its digits as text. */
function countOf(value: JsonValue | undefined): number | null {
	const digits = textOf(value)?.trim() ?? '';
	return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/**
 * Page by page, as far as `pageable` announces. A list that is not paged announces its own length: that is all of it.
 * Announced elements that no announced page holds are missed, and said to be.
 */
async function* walkPages<Row extends JsonObject>(
	fetch: (page?: PageParameters) => Promise<EnvelopePage<Row>>,
): AsyncGenerator<WalkedPage<Row>, void, undefined> {
	let next = 0;
	let announced = { totalPages: 1, size: null as number | null };
	let read = 0;
	let requests = 0;
	const walk = walkByOffset<Row>({
		pageSize: Number.MAX_SAFE_INTEGER,
		shortPageEnds: false,
		idOf: (row) => textOf(row['id']) ?? '',
		fetch: async () => {
			if (next > 0 && next >= announced.totalPages) return { rows: [], total: null };
			const page = await fetch(next === 0 ? undefined : { page: next, size: announced.size });
			requests += 1;
			next += 1;
			read += page.rows.length;
			if (next === 1) announced = page;
			return { rows: page.rows, total: page.total ?? (next >= announced.totalPages ? read : null) };
		},
	});
	for await (const page of walk) {
		yield { ...page, requests };
		requests = 0;
	}
}
