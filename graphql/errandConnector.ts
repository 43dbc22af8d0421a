/** A connector that says with every call what it is made for. */
import type { Capabilities } from '../providers/capabilities';
import type {
	AccountQuery,
	BillConnector,
	BillHandle,
	BillQuery,
	ByKey,
	RateList,
	RateListOptions,
	RateQuery,
	WalkOptions,
} from '../providers/connector';
import type { BillingAccount } from '../providers/model/account';
import type { Bill } from '../providers/model/bill';
import type { DocumentRef, DocumentStream } from '../providers/model/document';
import type { LocalId, Provider } from '../providers/model/identity';
import { type Errand, sentFor } from './errand';

export class ErrandConnector implements BillConnector {
	readonly countBills?: NonNullable<BillConnector['countBills']>;

	/** @param errandOf of a call of this method */
	constructor(
		private readonly source: BillConnector,
		private readonly errandOf: (operation: string) => Errand,
	) {
		const countBills = source.countBills?.bind(source);
		if (countBills !== undefined) {
			this.countBills = (by, query, options) => countBills(by, query, this.told('countBills', options));
		}
	}

	get provider(): Provider {
		return this.source.provider;
	}

	get connection(): string {
		return this.source.connection;
	}

	get capabilities(): Capabilities {
		return this.source.capabilities;
	}

	bills(query: BillQuery, options?: WalkOptions): ReturnType<BillConnector['bills']> {
		return this.source.bills(query, this.told('bills', options));
	}

	rates(query: RateQuery, options?: WalkOptions): ReturnType<BillConnector['rates']> {
		return this.source.rates(query, this.told('rates', options));
	}

	accounts(query: AccountQuery, options?: WalkOptions): ReturnType<BillConnector['accounts']> {
		return this.source.accounts(query, this.told('accounts', options));
	}

	billsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<Bill> {
		return this.source.billsByIds(ids, this.told('billsByIds', options));
	}

	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: RateListOptions): ByKey<RateList> {
		return this.source.ratesByBills(bills, first, this.told('ratesByBills', options));
	}

	accountsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount> {
		return this.source.accountsByIds(ids, this.told('accountsByIds', options));
	}

	document(ref: DocumentRef, options?: WalkOptions): Promise<DocumentStream> {
		return this.source.document(ref, this.told('document', options));
	}

	check(options?: WalkOptions): Promise<void> {
		return this.source.check(this.told('check', options));
	}

	private told(operation: string, options: RateListOptions | undefined): RateListOptions {
		return sentFor(this.errandOf(operation), options);
	}
}
