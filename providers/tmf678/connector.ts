/** Bills of a TMF678 server behind the one interface; what differs between servers is in the dialect. */
import type { BillFilterName, Capabilities, RateFilterName } from '../capabilities';
import type {
	AccountQuery,
	BillConnector,
	BillCounts,
	BillHandle,
	BillQuery,
	ByKey,
	ConnectorDeps,
	CountableField,
	Page,
	RateList,
	RateListOptions,
	RateQuery,
	WalkOptions,
} from '../connector';
import type { BillingAccount } from '../model/account';
import type { Bill } from '../model/bill';
import type { DocumentRef, DocumentStream } from '../model/document';
import { type LocalId, type LocalKey, type Provider, keyOf } from '../model/identity';
import type { Rate } from '../model/rate';
import { atMost } from '../query/atMost';
import { billMatches } from '../query/billFilter';
import { forEachKey, unwatched } from '../query/byKey';
import { checkAccountQuery, checkBillQuery, checkRateQuery } from '../query/check';
import { toPages } from '../query/pages';
import type { WalkedPage } from '../transport/pageWalk';
import { type AccountReading, accountsByIds, accountsOfBills } from './accounts';
import { type ListOptions, Tmf678Api } from './api';
import { toBill } from './billMapping';
import { meeting, planConditions } from './conditions';
import { DEFAULT_PAGE_SIZE, type Tmf678Dialect, type TmfSettings } from './dialect';
import type { MappingContext } from './mappingContext';
import { openBillDocument } from './openBillDocument';
import { billsInOrder } from './orderedBills';
import type { ParameterValues } from './parameters';
import { isPushable, pushDown } from './pushDown';
import { isRateFilterPushable } from './rateConditions';
import { RateCounts } from './rateCounts';
import { queriedRates, rateById } from './rateQuery';
import { type RateReading, SIDE_BY_SIDE, ratesByBills } from './ratesByBills';
import { countByState } from './stateCounts';
import { type TmfBillOptions, type TmfRateOptions, billRecordParameters, rateRecordParameters } from './walkOptions';
import type { WireBill } from './wire';

export class TmfConnector implements BillConnector {
	readonly provider: Provider;
	readonly connection: string;
	readonly capabilities: Capabilities;
	private readonly api: Tmf678Api;
	private readonly context: MappingContext;
	private readonly counts = new RateCounts();
	/** Rows asked for at a time. */
	private readonly pageSize: number;
	/** How many bills the server has, once a list of all of them has announced it. */
	private billCount: number | null = null;

	/** @throws BillingError INVALID_REQUEST for settings that cannot be meant */
	constructor(
		private readonly settings: TmfSettings,
		private readonly deps: ConnectorDeps,
		private readonly dialect: Tmf678Dialect,
	) {
		this.provider = dialect.provider;
		this.connection = settings.connection;
		this.capabilities = dialect.capabilities;
		this.api = new Tmf678Api(dialect, settings, deps);
		this.pageSize = settings.pageSize ?? DEFAULT_PAGE_SIZE;
		this.context = {
			owner: { provider: dialect.provider, connection: settings.connection, scope: '' },
			periodEndCounts: settings.periodEndCounts ?? null,
		};
	}

	async *bills(query: BillQuery, options: TmfBillOptions = {}): AsyncGenerator<Page<Bill, BillFilterName>, void> {
		checkBillQuery(query, this.capabilities);
		const { order, pageSize = this.pageSize, maxRows } = query;
		const record = billRecordParameters(query, options);
		const map = (row: WireBill): Bill => toBill(row, this.context);
		if (order !== undefined) {
			const limit = Math.max(pageSize, this.pageSize);
			yield* billsInOrder(
				{ ...query, order },
				{
					dialect: this.dialect,
					walk: (parameters) => this.walkConditioned({ ...parameters, ...record, limit }, options),
					map,
					now: () => this.deps.clock.now(),
					pageSize,
				},
			);
			return;
		}
		const { parameters, pushedDown, appliedHere } = pushDown(query, this.dialect);
		const wanted = appliedHere.length === 0 ? maxRows : undefined;
		const walk = this.walkConditioned({ ...parameters, ...record, limit: pageSize }, { ...options, maxRows: wanted });
		const keep = (bill: Bill): boolean => billMatches(bill, query, appliedHere);
		yield* toPages(walk, map, { pushedDown, appliedHere, keep, maxRows });
	}

	/** By state alone, where the server's own filter by state is known. */
	async countBills(by: CountableField, query: BillQuery, options: WalkOptions = {}): Promise<BillCounts | null> {
		checkBillQuery(query, this.capabilities);
		if (by !== 'STATE') return null;
		return countByState(query, {
			dialect: this.dialect,
			walk: (parameters) => this.walkBills({ limit: this.pageSize, ...parameters }, options),
			map: (row) => toBill(row, this.context),
		});
	}

	async *rates(query: RateQuery, options: TmfRateOptions = {}): AsyncGenerator<Page<Rate, RateFilterName>, void> {
		checkRateQuery(query, this.capabilities);
		const always = rateRecordParameters(query, options);
		yield* queriedRates(query, { ...this.rateReading(query.pageSize), always }, options);
	}

	async bill(id: string, { signal }: WalkOptions = {}): Promise<Bill> {
		return toBill(await this.api.customerBill(id, {}, { signal }), this.context);
	}

	/** By its id; Oracle BRM from 15.2 takes its item number as well. */
	async rate(id: string, options?: WalkOptions): Promise<Rate> {
		return rateById(id, this.rateReading(), options);
	}

	async *accounts(
		query: AccountQuery,
		options: WalkOptions = {},
	): AsyncGenerator<Page<BillingAccount, 'ids' | 'nameLike'>, void> {
		checkAccountQuery(query, this.capabilities);
		yield* accountsOfBills(query, this.accountReading(), options);
	}

	/** By id, since no server documents an OR of ids; all bills where those are known to take fewer requests. */
	billsByIds(ids: readonly LocalId[], options: WalkOptions = {}): ByKey<Bill> {
		const inTurn = atMost(SIDE_BY_SIDE);
		const wanted = new Set(ids.map(keyOf));
		const requestsForAll = this.requestsForAllBills();
		const listed = requestsForAll !== null && requestsForAll < wanted.size ? unwatched(this.allBills(options)) : null;
		return forEachKey(ids, async (id) => {
			// A bill that the list does not have may be newer than the list.
			const known = (await listed)?.get(keyOf(id));
			return known ?? inTurn(() => this.bill(id.remoteId, options));
		});
	}

	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: RateListOptions): ByKey<RateList> {
		return ratesByBills(bills, first, this.rateReading(), options);
	}

	accountsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount> {
		return accountsByIds(ids, this.accountReading(), options);
	}

	document(ref: DocumentRef, options?: WalkOptions): Promise<DocumentStream> {
		return openBillDocument(ref, { api: this.api, context: this.context, settings: this.settings }, options);
	}

	async check({ signal }: WalkOptions = {}): Promise<void> {
		await this.api.customerBills({ fields: 'id', limit: 1 }, { signal });
	}

	private walkConditioned(
		parameters: ParameterValues,
		{ conditions = [], ...options }: TmfBillOptions & ListOptions,
	): AsyncGenerator<WalkedPage<WireBill>, void> {
		const table = this.dialect.parameters.bills;
		const { sent, checked } = planConditions(conditions, parameters, table, this.dialect);
		const maxRows = checked.length === 0 ? options.maxRows : undefined;
		return meeting(this.walkBills({ ...parameters, ...sent }, { ...options, maxRows }), checked, table);
	}

	private async *walkBills(
		parameters: ParameterValues,
		options: ListOptions,
	): AsyncGenerator<WalkedPage<WireBill>, void> {
		const isUnfiltered = Object.keys(parameters).every((name) => name === 'limit' || name === 'fields');
		for await (const page of this.api.walkCustomerBills(parameters, options)) {
			if (isUnfiltered && page.total !== null) this.billCount = page.total;
			yield page;
		}
	}

	private requestsForAllBills(): number | null {
		return this.billCount === null ? null : Math.max(1, Math.ceil(this.billCount / this.pageSize));
	}

	private async allBills(options: WalkOptions): Promise<ReadonlyMap<LocalKey, Bill>> {
		const bills = new Map<LocalKey, Bill>();
		for await (const page of this.walkBills({}, options)) {
			for (const row of page.rows) {
				const bill = toBill(row, this.context);
				bills.set(keyOf(bill.identity), bill);
			}
		}
		return bills;
	}

	private rateReading(pageSize = this.pageSize): RateReading {
		return {
			api: this.api,
			context: this.context,
			counts: this.counts,
			pageSize,
			isPushable: (filter) => isRateFilterPushable(filter, this.dialect),
		};
	}

	private accountReading(): AccountReading {
		return {
			api: this.api,
			context: this.context,
			walkBills: (parameters, options) => this.walkBills(parameters, options),
			isPushable: isPushable('accounts', this.dialect),
			requestsForAll: this.requestsForAllBills(),
			missing: (id) =>
				this.api.client.error({
					kind: 'NOT_FOUND',
					message: `No bill names the billing account ${id.remoteId}`,
					hint: 'An account is known here from its bills: check its id, or look whether it has been billed.',
				}),
		};
	}
}
