/** floLIVE as a BillConnector: invoices of the customers in the configuration; no rates. */
import type { BillFilterName } from '../capabilities';
import type {
	AccountQuery,
	BillConnector,
	BillHandle,
	BillQuery,
	ByKey,
	ConnectorDeps,
	Page,
	RateList,
	WalkOptions,
} from '../connector';
import { documentFileName } from '../documents/fileName';
import { bytesDocument } from '../documents/open';
import type { BillingAccount } from '../model/account';
import type { Bill } from '../model/bill';
import { addMonths, dateOfMillis } from '../model/dates';
import type { DocumentRef, DocumentStream } from '../model/document';
import { type Identity, type LocalId, type LocalKey, keyOf } from '../model/identity';
import { atMost } from '../query/atMost';
import { billMatches, filtersSet } from '../query/billFilter';
import { forEachKey, fromSharedWork } from '../query/byKey';
import { checkAccountQuery, checkBillQuery } from '../query/check';
import { ownedOnce } from '../query/ownedOnce';
import { inOrder, readOut, toPages } from '../query/pages';
import { BillingError, invalidParameter, protocolError } from '../transport/errors';
import { FloLiveApi, type FloLiveSettings } from './api';
import { INVOICE_DOCUMENT, toBill } from './billMapping';
import { FLOLIVE_CAPABILITIES, HISTORY_MONTHS } from './capabilities';

type BillPage = Page<Bill, BillFilterName>;

const CUSTOMERS_AT_ONCE = 4;

/** An invoice is kept as PDF, as XML, or as both in a zip. */
export const INVOICE_FILE_TYPES = ['application/pdf', 'application/xml', 'application/zip'] as const;

export class FloLiveConnector implements BillConnector {
	readonly provider = 'FLOLIVE';
	readonly connection: string;
	readonly capabilities = FLOLIVE_CAPABILITIES;
	/** The provider's own operations, one to one. */
	readonly api: FloLiveApi;
	private readonly customers: readonly string[];

	/** @throws BillingError INVALID_REQUEST for settings without a customer id, or with a base URL that is none. */
	constructor(settings: FloLiveSettings, deps: ConnectorDeps) {
		this.connection = settings.connection;
		this.api = new FloLiveApi(settings, deps);
		this.customers = configuredCustomers(settings.accounts);
	}

	/**
	 * One list request a customer, since the list takes no conditions: everything else is done here, and no bill comes out
	 * before all are in. A query for bill dates that floLIVE no longer lists ends incomplete, with a notice; a query
	 * without dates asks for what there is.
	 */
	async *bills(query: BillQuery, options: WalkOptions = {}): AsyncGenerator<BillPage, void, undefined> {
		checkBillQuery(query, this.capabilities);
		const customers = this.customersOf(query.accounts);
		const { order, after, maxRows } = query;
		const whole = this.readCustomers(customers, query, options);
		if (order === undefined) {
			for await (const page of whole) yield firstOf(page, maxRows);
		} else {
			yield* inOrder(whole, { order, after, maxRows, pageSize: query.pageSize ?? Number.MAX_SAFE_INTEGER });
		}
	}

	/** @throws BillingError NOT_OFFERED, always: floLIVE has no invoice lines. */
	rates(): never {
		throw this.noRates();
	}

	/** From the configuration, without a request. */
	async *accounts(query: AccountQuery): AsyncGenerator<Page<BillingAccount, 'ids' | 'nameLike'>, void, undefined> {
		checkAccountQuery(query, this.capabilities);
		if (query.nameLike !== undefined) {
			throw invalidParameter('nameLike', 'cannot be filtered by: floLIVE does not give the names of customers');
		}
		const { ids, maxRows } = query;
		const items = this.customers
			.filter((customer) => ids?.includes(customer) !== false)
			.slice(0, maxRows)
			.map((customer) => this.accountOf(customer));
		yield {
			items,
			total: items.length,
			pushedDown: [],
			appliedHere: ids === undefined ? [] : ['ids'],
			requests: 0,
			end: { complete: true, reasons: [] },
			notices: [],
		};
	}

	/** One list request for each customer that the ids belong to. */
	billsByIds(ids: readonly LocalId[], options: WalkOptions = {}): ByKey<Bill> {
		const slot = atMost(CUSTOMERS_AT_ONCE);
		const scopes = [...new Set(ids.map(({ scope }) => scope))];
		return new Map(
			scopes.flatMap((scope) => [
				...fromSharedWork(
					ids.filter((id) => id.scope === scope),
					slot(() => this.billsOfScope(scope, options)),
					({ remoteId }) => this.noSuchBill(remoteId),
				),
			]),
		);
	}

	/** Every key rejects with NOT_OFFERED. */
	ratesByBills(bills: readonly BillHandle[]): ByKey<RateList> {
		return forEachKey(bills, async () => {
			throw this.noRates();
		});
	}

	accountsByIds(ids: readonly LocalId[]): ByKey<BillingAccount> {
		return forEachKey(ids, async ({ remoteId }) => {
			if (!this.customers.includes(remoteId)) throw this.noSuchCustomer();
			return this.accountOf(remoteId);
		});
	}

	/** The file of one invoice; a zip where floLIVE keeps it as PDF and as XML. */
	async document({ scope, billId, documentId }: DocumentRef, options: WalkOptions = {}): Promise<DocumentStream> {
		if (documentId !== INVOICE_DOCUMENT) {
			throw this.api.client.error({ kind: 'NOT_FOUND', message: 'An invoice of floLIVE has one document only' });
		}
		if (!this.customers.includes(scope)) throw this.noSuchCustomer();
		const { bytes } = await this.api.downloadInvoices(scope, [billId], options.signal);
		const name = { provider: this.provider, account: scope, number: billId, date: null, extension: 'pdf' } as const;
		return bytesDocument(bytes, { mediaTypes: INVOICE_FILE_TYPES, fileName: documentFileName(name) });
	}

	async check(options: WalkOptions = {}): Promise<void> {
		const [first = ''] = this.customers;
		await this.api.invoices(first, undefined, options.signal);
	}

	/** One page with the matching bills of all the customers, in the order of the customers. */
	private async *readCustomers(
		customers: readonly string[],
		query: BillQuery,
		options: WalkOptions,
	): AsyncGenerator<BillPage, void, undefined> {
		const filters = filtersSet(query).filter((name) => name !== 'accounts');
		const slot = atMost(CUSTOMERS_AT_ONCE);
		const lists = await Promise.all(
			customers.map((customer) => slot(() => this.readCustomer(customer, query, filters, options))),
		);
		const owned = lists.map(({ items }) => items).map(ownedOnce());
		const items = owned.flatMap(({ bills }) => bills);
		const history = this.historyNotices(query);
		const reasons = [
			...lists.flatMap((list) => list.last.end?.reasons ?? []),
			...owned.flatMap((list) => list.reasons),
			...history,
		];
		yield {
			items,
			total: reasons.length === 0 ? items.length : null,
			pushedDown: query.accounts === undefined ? [] : ['accounts'],
			appliedHere: filters,
			requests: lists.reduce((sum, list) => sum + list.requests, 0),
			end: { complete: reasons.length === 0, reasons },
			notices: [...history, ...owned.flatMap((list) => list.notices)],
		};
	}

	private async readCustomer(
		customer: string,
		query: BillQuery,
		appliedHere: readonly BillFilterName[],
		{ signal }: WalkOptions,
	) {
		const owner = this.ownerOf(customer);
		try {
			return await readOut(
				toPages(this.api.walkInvoices(customer, signal), (invoice) => toBill(invoice, owner), {
					pushedDown: [],
					appliedHere,
					keep: (bill) => billMatches(bill, query, appliedHere),
				}),
			);
		} catch (error) {
			if (!(error instanceof BillingError)) throw error;
			throw error.with({
				provider: this.provider,
				connection: this.connection,
				message: `Customer ${customer}: ${error.message}`,
			});
		}
	}

	/** @throws BillingError NOT_FOUND for a customer that is not configured, PROTOCOL for a list that broke off. */
	private async billsOfScope(scope: string, options: WalkOptions): Promise<ReadonlyMap<LocalKey, Bill>> {
		if (!this.customers.includes(scope)) throw this.noSuchCustomer();
		const { items, last } = await this.readCustomer(scope, {}, [], options);
		const reasons = last.end?.reasons ?? [];
		if (reasons.length > 0) throw protocolError(`The list of invoices is not complete: ${reasons.join('; ')}`);
		return new Map(items.map((bill) => [keyOf(bill.identity), bill]));
	}

	private historyNotices({ billDate }: BillQuery): readonly string[] {
		const floor = addMonths(dateOfMillis(this.api.client.clock.now()), -HISTORY_MONTHS);
		const earliest = billDate?.from ?? billDate?.to;
		if (earliest === undefined || earliest >= floor) return [];
		return [
			`floLIVE lists the invoices of the last ${HISTORY_MONTHS} months only: none from before ${floor} can be among these`,
		];
	}

	private customersOf(accounts: readonly string[] | undefined): readonly string[] {
		const unknown = accounts?.find((account) => !this.customers.includes(account));
		if (unknown !== undefined) {
			throw invalidParameter(
				'accounts',
				`names the customer "${unknown}", which this connection does not have`,
				'Allowed are the customer ids that the connection is configured with.',
			);
		}
		return this.customers.filter((customer) => accounts?.includes(customer) !== false);
	}

	private ownerOf(customer: string): Omit<Identity, 'remoteId'> {
		return { provider: this.provider, connection: this.connection, scope: customer };
	}

	private accountOf(customer: string): BillingAccount {
		return {
			identity: { ...this.ownerOf(customer), remoteId: customer },
			name: null,
			number: null,
			notes: { derived: [], notFetched: [] },
			raw: null,
		};
	}

	private noRates(): BillingError {
		return this.api.client.error({
			kind: 'NOT_OFFERED',
			message: 'floLIVE does not publish invoice lines',
			hint: 'The lines are in the invoice file: download it.',
		});
	}

	private noSuchBill(remoteId: string): BillingError {
		return this.api.client.error({
			kind: 'NOT_FOUND',
			message: `The customer has no invoice ${remoteId}`,
			hint: `floLIVE lists the invoices of the last ${HISTORY_MONTHS} months only.`,
		});
	}

	private noSuchCustomer(): BillingError {
		return this.api.client.error({
			kind: 'NOT_FOUND',
			message: 'This customer is not one of the connection',
			hint: 'Add the customer id to the accounts of the connection.',
		});
	}
}

function configuredCustomers(accounts: readonly string[] | undefined): readonly string[] {
	const customers = [...new Set(accounts?.map((account) => account.trim()))];
	if (customers.length > 0 && !customers.includes('')) return customers;
	throw invalidParameter(
		'accounts',
		customers.length === 0 ? 'has no customer id' : 'has an empty customer id',
		'Name the floLIVE customers to read: your own customer id, and those of sub-customers.',
	);
}

/** The first `maxRows` bills; what is left out was not wanted, so the page is complete. */
function firstOf(page: BillPage, maxRows: number | undefined): BillPage {
	if (maxRows === undefined || page.items.length < maxRows) return page;
	return {
		...page,
		items: page.items.slice(0, maxRows),
		total: null,
		end: { complete: true, reasons: [] },
	};
}
