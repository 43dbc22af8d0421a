/** A connector over records in memory: keeps the whole contract, counts what it is asked, fails on request. */
import { BILL_FILTERS, type Capabilities, RATE_FILTERS } from '../../../providers/capabilities';
import type {
	AccountQuery,
	BillConnector,
	BillHandle,
	BillQuery,
	ByKey,
	Page,
	RateList,
	RateQuery,
	WalkOptions,
} from '../../../providers/connector';
import { ACCOUNT_FIELDS, type BillingAccount } from '../../../providers/model/account';
import { BILL_FIELDS, type Bill } from '../../../providers/model/bill';
import type { DocumentRef, DocumentStream } from '../../../providers/model/document';
import { type LocalId, type Provider, keyOf } from '../../../providers/model/identity';
import { RATE_FIELDS, type Rate } from '../../../providers/model/rate';
import { billMatches, filtersSet, wildcardMatches } from '../../../providers/query/billFilter';
import { forEachKey } from '../../../providers/query/byKey';
import { checkBillQuery } from '../../../providers/query/check';
import { isAfter, placeOf, sortBills } from '../../../providers/query/order';
import { BillingError } from '../../../providers/transport/errors';
import type { ProviderConnection } from '../../../graphql/providerConnections';
import { PROVIDER_OF } from './records';

type Method = 'bills' | 'rates' | 'accounts' | 'billsByIds' | 'ratesByBills' | 'accountsByIds' | 'document';

export interface MemoryOptions {
	readonly connection: string;
	readonly bills?: Bill[];
	readonly rates?: Rate[];
	readonly accounts?: BillingAccount[];
	/** Bills a page. */
	readonly pageSize?: number;
	readonly capabilities?: Partial<Capabilities>;
	readonly announcesTotal?: boolean;
}

/** What a method does before it answers; the page's number from 0, or the key. */
type Hindrance = (at: number | string, signal: AbortSignal | undefined) => Promise<void> | void;

export class MemoryConnector implements BillConnector {
	readonly connection: string;
	readonly provider: Provider;
	readonly capabilities: Capabilities;
	readonly records: Bill[];
	readonly calls: { readonly method: Method; readonly argument: unknown }[] = [];
	private readonly hindrances = new Map<Method, Hindrance>();

	constructor(private readonly options: MemoryOptions) {
		this.connection = options.connection;
		this.provider = PROVIDER_OF[options.connection] ?? 'TMF678';
		this.records = options.bills ?? [];
		this.capabilities = { ...capabilitiesOf(this.provider), ...options.capabilities };
	}

	/** From now on the method does this first. */
	hinder(method: Method, hindrance: Hindrance): this {
		this.hindrances.set(method, hindrance);
		return this;
	}

	/** From now on the method fails so. */
	fail(method: Method, error: Error): this {
		return this.hinder(method, () => {
			throw error;
		});
	}

	callsOf(method: Method): unknown[] {
		return this.calls.filter((call) => call.method === method).map(({ argument }) => argument);
	}

	configured(accounts: readonly string[] | null = null): ProviderConnection {
		return { id: this.connection, provider: this.provider, connector: this, accounts };
	}

	/** Reads what is there when each page is asked for, as a provider would whose bills come and go. */
	async *bills(query: BillQuery, options?: WalkOptions): AsyncGenerator<Page<Bill, never>> {
		this.calls.push({ method: 'bills', argument: query });
		checkBillQuery(query, this.capabilities);
		const order = query.order ?? { field: 'BILL_DATE', direction: 'DESC' };
		const size = this.options.pageSize ?? 100;
		let after = query.after;
		for (let page = 0; ; page += 1) {
			await this.hindrances.get('bills')?.(page, options?.signal);
			const matching = sortBills(
				this.records.filter((bill) => billMatches(bill, query, filtersSet(query))),
				order,
			);
			const left = matching.filter((bill) => isAfter(bill, after, order));
			const items = left.slice(0, size);
			const isLast = left.length <= size;
			yield {
				...pageOf(items, isLast),
				total: this.options.announcesTotal === true && query.after === undefined ? matching.length : null,
			};
			if (isLast) return;
			const last = items.at(-1);
			if (last !== undefined) after = placeOf(last, order);
		}
	}

	async *rates(query: RateQuery, options?: WalkOptions): AsyncGenerator<Page<Rate, never>> {
		this.calls.push({ method: 'rates', argument: query });
		await this.hindrances.get('rates')?.(0, options?.signal);
		const { bill: of, ids } = query;
		const rates = (this.options.rates ?? []).filter(
			({ bill, identity }) =>
				(of === undefined || (bill !== null && keyOf(bill) === keyOf(of))) &&
				(ids?.includes(identity.remoteId) ?? true),
		);
		yield pageOf(rates, true);
	}

	async *accounts(query: AccountQuery, options?: WalkOptions): AsyncGenerator<Page<BillingAccount, never>> {
		this.calls.push({ method: 'accounts', argument: query });
		await this.hindrances.get('accounts')?.(0, options?.signal);
		const accounts = (this.options.accounts ?? []).filter(
			({ identity, name }) =>
				(query.ids?.includes(identity.remoteId) ?? true) &&
				(query.nameLike === undefined || wildcardMatches(name ?? '', query.nameLike)),
		);
		yield pageOf(accounts, true);
	}

	billsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<Bill> {
		return this.byKey('billsByIds', ids, options, (id) =>
			this.records.find(({ identity }) => keyOf(identity) === keyOf(id)),
		);
	}

	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: WalkOptions): ByKey<RateList> {
		return this.byKey('ratesByBills', bills, options, (handle) => {
			const own = (this.options.rates ?? []).filter(({ bill }) => bill !== null && keyOf(bill) === keyOf(handle));
			return { rates: own.slice(0, first), total: own.length, complete: true, reasons: [] };
		});
	}

	accountsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount> {
		return this.byKey('accountsByIds', ids, options, ({ remoteId }) =>
			this.options.accounts?.find(({ identity }) => identity.remoteId === remoteId),
		);
	}

	async document(ref: DocumentRef): Promise<DocumentStream> {
		this.calls.push({ method: 'document', argument: ref });
		await this.hindrances.get('document')?.(ref.documentId, undefined);
		const bytes = new TextEncoder().encode(`%PDF ${ref.billId}`);
		async function* body(): AsyncGenerator<Uint8Array> {
			yield bytes.subarray(0, 4);
			yield bytes.subarray(4);
		}
		return { mediaType: 'application/pdf', fileName: 'bill é.pdf', size: bytes.length, body: body() };
	}

	async check(): Promise<void> {
		await this.hindrances.get('bills')?.(0, undefined);
	}

	private byKey<Id extends LocalId, T>(
		method: Method,
		ids: readonly Id[],
		options: WalkOptions | undefined,
		find: (id: Id) => T | undefined,
	): ByKey<T> {
		this.calls.push({ method, argument: ids });
		return forEachKey(ids, async (id) => {
			await this.hindrances.get(method)?.(id.remoteId, options?.signal);
			const found = find(id);
			if (found !== undefined) return found;
			throw new BillingError({ kind: 'NOT_FOUND', message: 'No such thing', connection: this.connection });
		});
	}
}

function pageOf<T>(items: readonly T[], isLast: boolean): Page<T, never> {
	return {
		items,
		total: null,
		pushedDown: [],
		appliedHere: [],
		requests: 1,
		end: isLast ? { complete: true, reasons: [] } : null,
		notices: [],
	};
}

function record<Name extends string, Value>(names: readonly Name[], value: Value): Record<Name, Value> {
	return Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>;
}

/** Everything offered, everything sorted and filtered by the provider. */
function capabilitiesOf(provider: Provider): Capabilities {
	return {
		provider,
		title: `Memory of ${provider}`,
		operations: [{ name: 'List bills', request: 'GET /bills', parameters: [], source: 'memory' }],
		billFields: record(BILL_FIELDS, 'OFFERED'),
		rateFields: record(RATE_FIELDS, 'OFFERED'),
		accountFields: record(ACCOUNT_FIELDS, 'OFFERED'),
		billFilters: record(BILL_FILTERS, 'PUSHED_DOWN'),
		rateFilters: record(RATE_FILTERS, 'PUSHED_DOWN'),
		ordering: 'NATIVE',
		announcesTotal: true,
		maxPageSize: 100,
		accountRequired: false,
		accounts: 'RESOURCE',
		documents: 'OPERATION',
		billHistory: null,
		rateHistory: null,
		notes: [],
	};
}
