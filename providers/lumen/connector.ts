/** Lumen as a bill connector: bills by account and date, in the fewest requests that its API allows. */
import type { BillFilterName, Capabilities, RateFilterName } from '../capabilities';
import type {
	AccountQuery,
	BillConnector,
	BillHandle,
	BillQuery,
	ByKey,
	ConnectorDeps,
	Page,
	RateList,
	RateQuery,
	WalkOptions,
} from '../connector';
import type { BillingAccount } from '../model/account';
import type { Bill } from '../model/bill';
import { addDays, dateOfMillis, toCalendarDate } from '../model/dates';
import type { DocumentRef, DocumentStream } from '../model/document';
import { type LocalId, type LocalKey, keyOf } from '../model/identity';
import type { Rate } from '../model/rate';
import { atMost } from '../query/atMost';
import { billMatches, filtersSet } from '../query/billFilter';
import { forEachKey, unwatched } from '../query/byKey';
import { checkAccountQuery, checkBillQuery, checkLimit, checkRateQuery } from '../query/check';
import { inOrder, toPages } from '../query/pages';
import { rateFiltersSet, rateMatches } from '../query/rateFilter';
import { type BillingError, invalidParameter } from '../transport/errors';
import { LumenApi } from './api';
import { type AccountBills, BillReader, pick } from './billReader';
import { capabilitiesOf } from './capabilities';
import { openBillDocument } from './documents';
import {
	BILLS_FROM,
	type DateSpan,
	RATES_FROM,
	SANDBOX_NOTICE,
	earlier,
	historyNotice,
	later,
	spanOf,
} from './history';
import { MAX_LIMIT } from './parameters';
import { isDated, ratesWalk } from './rateQuery';
import { type DatedBill, type RateLists, RateReader, ratesOfOneOfSeveral, runsOf } from './rateReader';
import { type LumenSettings, environmentOf } from './settings';
import { asOneWalk, withClosingNotices } from '../query/walks';

/** Requests side by side: enough to hide their latency, few enough not to be taken for an attack. */
const AT_ONCE = 4;

export class LumenConnector implements BillConnector {
	readonly provider = 'LUMEN';
	readonly connection: string;
	readonly capabilities: Capabilities;
	/** The provider's own operations, one to one. */
	readonly api: LumenApi;
	private readonly accountNumbers: readonly string[];
	private readonly billReader: BillReader;
	private readonly rateReader: RateReader;
	private readonly isSandbox: boolean;

	/** @throws BillingError INVALID_REQUEST for settings that no request could be made from */
	constructor(settings: LumenSettings, deps: ConnectorDeps) {
		this.api = new LumenApi(settings, deps);
		this.connection = settings.connection;
		this.capabilities = capabilitiesOf(this.api.apiVersion);
		this.accountNumbers = [...new Set(settings.accounts)];
		this.billReader = new BillReader(this.api, settings.connection);
		this.rateReader = new RateReader(this.api, settings.connection);
		this.isSandbox = environmentOf(settings.baseUrl) === 'TEST';
	}

	async *bills(query: BillQuery, options?: WalkOptions): AsyncGenerator<Page<Bill, BillFilterName>, void, undefined> {
		checkBillQuery(query, this.capabilities);
		const accounts = this.accountsAmong(query.accounts);
		const { order, maxRows } = query;
		const span = this.spanOfBills(query);
		const empty: string[] = [];
		const shared: string[] = [];
		const walk = this.billReader.walkAccounts(span.start > span.end ? [] : accounts, span, {
			// A list that is cut short is read an account at a time, so that none is read in vain.
			atOnce: order === undefined && maxRows !== undefined ? 1 : AT_ONCE,
			emptyAccount: (account) =>
				empty.push(`Lumen has no bills of account ${account} dated ${span.start} to ${span.end}.`),
			sharedBill: (notice) => shared.push(notice),
			options,
		});
		const set = filtersSet(query);
		const pages = toPages(walk, (bill) => bill, {
			pushedDown: set.filter((name) => name === 'accounts' || name === 'billDate'),
			appliedHere: set.filter((name) => name !== 'accounts'),
			keep: (bill) => isDated(bill, query.billDate) && billMatches(bill, query, set.filter(isAppliedHereOnly)),
			maxRows: order === undefined ? maxRows : undefined,
			notices: noticesOf(historyNotice(query.billDate, BILLS_FROM, 'bills')),
		});
		const told = withClosingNotices(pages, () => [
			...empty,
			...shared,
			...this.sandboxNotices(empty.length === accounts.length),
		]);
		if (order === undefined) yield* told;
		else yield* inOrder(told, { order, after: query.after, maxRows, pageSize: query.pageSize ?? MAX_LIMIT });
	}

	async *rates(query: RateQuery, options?: WalkOptions): AsyncGenerator<Page<Rate, RateFilterName>, void, undefined> {
		checkRateQuery(query, this.capabilities);
		const accounts = this.accountsAmong(query.accounts);
		if (query.bill !== undefined && !accounts.includes(query.bill.scope)) throw this.unknownAccount(query.bill.scope);
		const sources = { api: this.api, bills: this.billReader, rates: this.rateReader, options };
		const set = rateFiltersSet(query);
		let count = 0;
		const pages = toPages(
			asOneWalk(ratesWalk(query, accounts, sources)),
			(rate) => {
				count += 1;
				return rate;
			},
			{
				pushedDown: set.filter((name) => this.capabilities.rateFilters?.[name] !== 'APPLIED_HERE'),
				appliedHere: set.filter((name) => this.capabilities.rateFilters?.[name] !== 'PUSHED_DOWN'),
				keep: (rate) => rateMatches(rate, query),
				maxRows: query.maxRows,
				notices: noticesOf(historyNotice(query.billDate, RATES_FROM, 'rates')),
			},
		);
		yield* withClosingNotices(pages, () => this.sandboxNotices(count === 0));
	}

	/** The configured accounts; Lumen has no list of them. */
	async *accounts(query: AccountQuery): AsyncGenerator<Page<BillingAccount, 'ids' | 'nameLike'>, void, undefined> {
		checkAccountQuery(query, this.capabilities);
		if (query.nameLike !== undefined) {
			throw invalidParameter('nameLike', 'cannot be filtered by: Lumen does not give the names of accounts');
		}
		const { ids } = query;
		const items = this.accountNumbers
			.filter((account) => ids?.includes(account) ?? true)
			.map((account) => this.account(account));
		yield {
			items: items.slice(0, query.maxRows),
			total: ids === undefined ? items.length : null,
			pushedDown: [],
			appliedHere: ids === undefined ? [] : ['ids'],
			requests: 0,
			end: { complete: true, reasons: [] },
			notices: [],
		};
	}

	/** API v1: one id of an account is asked for by id, several are found in one list of the account. v2 has only lists. */
	billsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<Bill> {
		const turn = atMost(AT_ONCE);
		const histories = new Map<string, Promise<AccountBills>>();
		const historyOf = (account: string): Promise<AccountBills> => {
			const known = histories.get(account);
			if (known !== undefined) return known;
			const history = unwatched(turn(() => this.billReader.readHistory(account, options)));
			histories.set(account, history);
			return history;
		};
		const byId = this.api.apiVersion === 'v1';
		const perAccount = countBy([...new Map(ids.map((id) => [keyOf(id), id.scope])).values()]);
		return forEachKey(ids, async (id) => {
			if (!this.accountNumbers.includes(id.scope)) throw this.billReader.notFound(id);
			if (byId && perAccount.get(id.scope) === 1) return turn(() => this.billReader.readOne(id, options));
			const found = pick((await historyOf(id.scope)).bills, id);
			if (found !== null) return found;
			// Lumen's history is a floor that it only gives roughly: what the list lacks may still be had by id.
			if (byId) return turn(() => this.billReader.readOne(id, options));
			throw this.billReader.notFound(id);
		});
	}

	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: WalkOptions): ByKey<RateList> {
		checkLimit('first', first, null);
		const turn = atMost(AT_ONCE);
		const walks = new Map<LocalKey, Promise<RateLists>>();
		if (this.api.apiVersion === 'v1') {
			const distinct = [...new Map(bills.map((bill) => [keyOf(bill), bill])).values()];
			const readable = distinct.filter(
				(bill) => this.accountNumbers.includes(bill.scope) && ratesOfOneOfSeveral(bill) === null,
			);
			for (const run of runsOf(readable.filter(hasDate))) {
				const walk = unwatched(turn(() => this.rateReader.readRun(run, first, options)));
				for (const bill of run) walks.set(keyOf(bill), walk);
			}
		}
		return forEachKey(bills, async (bill) => {
			if (!this.accountNumbers.includes(bill.scope)) throw this.billReader.notFound(bill);
			const unreadable = ratesOfOneOfSeveral(bill);
			if (unreadable !== null) return unreadable;
			const walk = walks.get(keyOf(bill));
			if (walk !== undefined) return listOf(await walk, bill);
			if (this.api.apiVersion === 'v2') return turn(() => this.rateReader.readInvoice(bill, first, options));
			return turn(() => this.ratesOfUndated(bill, first, options));
		});
	}

	/** No request: an account is what is configured. */
	accountsByIds(ids: readonly LocalId[]): ByKey<BillingAccount> {
		return forEachKey(ids, async ({ remoteId }) => {
			if (!this.accountNumbers.includes(remoteId)) throw this.unknownAccount(remoteId);
			return this.account(remoteId);
		});
	}

	async document(ref: DocumentRef, options?: WalkOptions): Promise<DocumentStream> {
		const id = { scope: ref.scope, remoteId: ref.billId };
		const [bill] = await Promise.all(this.billsByIds([id], options).values());
		return openBillDocument(this.api, bill as Bill, ref.documentId, options);
	}

	/** The bills of one account of two days: Lumen's "No data found" shows as well as a bill that the credentials work. */
	async check(options?: WalkOptions): Promise<void> {
		const today = dateOfMillis(this.api.client.clock.now());
		const [account = ''] = this.accountNumbers;
		await this.billReader.readAccount(account, { start: addDays(today, -1), end: today }, options);
	}

	private account(number: string): BillingAccount {
		return {
			identity: { provider: 'LUMEN', connection: this.connection, scope: number, remoteId: number },
			name: null,
			number,
			notes: { derived: [], notFetched: [] },
			raw: null,
		};
	}

	private accountsAmong(wanted: readonly string[] | undefined): readonly string[] {
		const unknown = wanted?.find((account) => !this.accountNumbers.includes(account));
		if (unknown !== undefined) {
			throw invalidParameter(
				'accounts',
				`names ${unknown}, which is not an account of this connection`,
				'Allowed are the billing account numbers that the connection is configured with.',
			);
		}
		return wanted === undefined ? this.accountNumbers : [...new Set(wanted)];
	}

	/**
	 * A place in date order narrows the dates sent. Not for API v2: which documents belong to one invoice is seen only
	 * when all of them are, and their ids must be the same on every page.
	 */
	private spanOfBills({ billDate, order, after }: BillQuery): DateSpan {
		const span = spanOf(billDate, BILLS_FROM, this.api.client.clock.now());
		const place = order?.field === 'BILL_DATE' && this.api.apiVersion === 'v1' ? toCalendarDate(after?.sortKey) : null;
		if (place === null) return span;
		return order?.direction === 'ASC'
			? { start: later(span.start, place), end: span.end }
			: { start: span.start, end: earlier(span.end, place) };
	}

	/** A bill without a readable date has its lines looked for by the date that the bill itself gives, or in all of them. */
	private async ratesOfUndated(
		bill: BillHandle,
		first: number | undefined,
		options: WalkOptions | undefined,
	): Promise<RateList> {
		const { billDate, number, signPolicy } = await this.billReader.readOne(bill, options);
		const span = spanOf(
			billDate === null ? undefined : { from: billDate, to: billDate },
			RATES_FROM,
			this.api.client.clock.now(),
		);
		return listOf(
			await this.rateReader.readSpan(span, [{ ...bill, billDate, number, signPolicy }], first, options),
			bill,
		);
	}

	private sandboxNotices(isEmpty: boolean): readonly string[] {
		return isEmpty && this.isSandbox ? [SANDBOX_NOTICE] : [];
	}

	private unknownAccount(account: string): BillingError {
		return this.api.client.error({
			kind: 'NOT_FOUND',
			message: `${account} is not a billing account of this connection`,
			hint: 'Add the billing account number to the connection, if it is yours.',
		});
	}
}

function isAppliedHereOnly(name: BillFilterName): boolean {
	return name !== 'accounts' && name !== 'billDate';
}

function hasDate(bill: BillHandle): bill is DatedBill {
	return bill.billDate !== null;
}

function listOf(lists: RateLists, bill: LocalId): RateList {
	const list = lists.get(keyOf(bill));
	if (list === undefined) throw new Error('A rate walk left out a bill that it was made for');
	return list;
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

function noticesOf(notice: string | null): readonly string[] {
	return notice === null ? [] : [notice];
}
