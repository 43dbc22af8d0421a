/** The sample bills as connectors: read by the same mapping as real ones, filtered and sorted by the same code. */
import {
	type Bill,
	type BillConnector,
	type BillFilterName,
	type BillHandle,
	type BillQuery,
	type BillingAccount,
	type ByKey,
	type Capabilities,
	type DocumentRef,
	type DocumentStream,
	type LocalId,
	type Page,
	type Provider,
	type Rate,
	type RateFilterName,
	type RateList,
	type RateQuery,
	BillingError,
	billMatches,
	checkBillQuery,
	checkRateQuery,
	filtersSet,
	forEachKey,
	isAfter,
	keyOf,
	rateFiltersSet,
	rateMatches,
	sortBills,
} from '../../shared/core';
import { type SampleBook, SAMPLE_CONNECTION, sampleBooks } from './books';
import { samplePdf } from './samplePdf';

/** One for each provider. */
export function sampleConnectors(): readonly BillConnector[] {
	return sampleBooks().map((book) => new SampleConnector(book));
}

export class SampleConnector implements BillConnector {
	readonly provider: Provider;
	readonly connection = SAMPLE_CONNECTION;
	readonly capabilities: Capabilities;
	private readonly billsHeld: readonly Bill[];
	private readonly ratesHeld: readonly Rate[];

	constructor({ capabilities, bills, rates }: SampleBook) {
		this.provider = capabilities.provider;
		this.capabilities = capabilities;
		this.billsHeld = bills;
		this.ratesHeld = rates;
	}

	async *bills(query: BillQuery): AsyncGenerator<Page<Bill, BillFilterName>, void, undefined> {
		checkBillQuery(query, this.capabilities);
		const { order, after, maxRows } = query;
		const set = filtersSet(query);
		const matching = this.billsHeld.filter((bill) => billMatches(bill, query, set));
		const wanted =
			order === undefined ? matching : sortBills(matching, order).filter((bill) => isAfter(bill, after, order));
		yield onePage(wanted.slice(0, maxRows), set);
	}

	async *rates(query: RateQuery): AsyncGenerator<Page<Rate, RateFilterName>, void, undefined> {
		checkRateQuery(query, this.capabilities);
		const { bill, accounts, billDate } = query;
		const matching = this.ratesHeld.filter((rate) => {
			const owner = this.billsHeld.find(({ identity }) => rate.bill !== null && keyOf(identity) === keyOf(rate.bill));
			return (
				(bill === undefined || (owner !== undefined && keyOf(owner.identity) === keyOf(bill))) &&
				(owner === undefined || billMatches(owner, { accounts, billDate }, ['accounts', 'billDate'])) &&
				rateMatches(rate, query)
			);
		});
		yield onePage(matching.slice(0, query.maxRows), rateFiltersSet(query));
	}

	async *accounts(): AsyncGenerator<Page<BillingAccount, 'ids' | 'nameLike'>, void, undefined> {
		yield onePage([...this.accountsHeld().values()], []);
	}

	billsByIds(ids: readonly LocalId[]): ByKey<Bill> {
		return forEachKey(ids, async (id) => this.bill(id));
	}

	ratesByBills(bills: readonly BillHandle[], first?: number): ByKey<RateList> {
		return forEachKey(bills, async (bill) => {
			const rates = this.ratesHeld.filter((rate) => rate.bill !== null && keyOf(rate.bill) === keyOf(bill));
			return { rates: rates.slice(0, first), total: rates.length, complete: true, reasons: [] };
		});
	}

	accountsByIds(ids: readonly LocalId[]): ByKey<BillingAccount> {
		return forEachKey(ids, async ({ remoteId }) => {
			const account = this.accountsHeld().get(remoteId);
			if (account === undefined) throw this.notFound('account', remoteId);
			return account;
		});
	}

	async document({ scope, billId }: DocumentRef): Promise<DocumentStream> {
		return samplePdf(this.bill({ scope, remoteId: billId }));
	}

	async check(): Promise<void> {
		// There is nothing that could fail.
	}

	private bill(id: LocalId): Bill {
		const bill = this.billsHeld.find(({ identity }) => keyOf(identity) === keyOf(id));
		if (bill === undefined) throw this.notFound('bill', id.remoteId);
		return bill;
	}

	private notFound(what: string, id: string): BillingError {
		return new BillingError({
			kind: 'NOT_FOUND',
			provider: this.provider,
			connection: this.connection,
			message: `There is no sample ${what} with the id "${id}"`,
			hint: "Choose the provider that has it under 'Providers'.",
		});
	}

	private accountsHeld(): ReadonlyMap<string, BillingAccount> {
		return new Map(
			this.billsHeld.flatMap(({ identity, billingAccount }): [string, BillingAccount][] =>
				billingAccount === null
					? []
					: [
							[
								billingAccount.id,
								{
									identity: { ...identity, remoteId: billingAccount.id },
									name: billingAccount.name,
									number: billingAccount.number,
									notes: { derived: [], notFetched: [] },
									raw: null,
								},
							],
						],
			),
		);
	}
}

function onePage<T, Filter extends string>(items: readonly T[], appliedHere: readonly Filter[]): Page<T, Filter> {
	return {
		items,
		total: items.length,
		pushedDown: [],
		appliedHere,
		requests: 0,
		end: { complete: true, reasons: [] },
		notices: [],
	};
}
