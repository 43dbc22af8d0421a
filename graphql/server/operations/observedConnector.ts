/** Marks what is sent to a provider with the operation that it is sent for. */
import { AsyncLocalStorage } from 'node:async_hooks';

import type { Capabilities } from '../../../providers/capabilities';
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
} from '../../../providers/connector';
import type { BillingAccount } from '../../../providers/model/account';
import type { Bill } from '../../../providers/model/bill';
import type { DocumentRef, DocumentStream } from '../../../providers/model/document';
import type { LocalId, Provider } from '../../../providers/model/identity';

const operations = new AsyncLocalStorage<string>();

/** What the running work is done for. */
export function currentOperation(): string {
	return operations.getStore() ?? 'other';
}

export class ObservedConnector implements BillConnector {
	readonly countBills?: NonNullable<BillConnector['countBills']>;

	constructor(private readonly source: BillConnector) {
		const countBills = source.countBills?.bind(source);
		if (countBills !== undefined) this.countBills = (...asked) => operations.run('countBills', countBills, ...asked);
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
		return stepByStep('bills', () => this.source.bills(query, options));
	}

	rates(query: RateQuery, options?: WalkOptions): ReturnType<BillConnector['rates']> {
		return stepByStep('rates', () => this.source.rates(query, options));
	}

	accounts(query: AccountQuery, options?: WalkOptions): ReturnType<BillConnector['accounts']> {
		return stepByStep('accounts', () => this.source.accounts(query, options));
	}

	billsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<Bill> {
		return operations.run('billsByIds', () => this.source.billsByIds(ids, options));
	}

	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: RateListOptions): ByKey<RateList> {
		return operations.run('ratesByBills', () => this.source.ratesByBills(bills, first, options));
	}

	accountsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount> {
		return operations.run('accountsByIds', () => this.source.accountsByIds(ids, options));
	}

	document(ref: DocumentRef, options?: WalkOptions): Promise<DocumentStream> {
		return operations.run('document', () => this.source.document(ref, options));
	}

	check(options?: WalkOptions): Promise<void> {
		return operations.run('check', () => this.source.check(options));
	}
}

/** A generator runs on behalf of whoever asks for its next page: every step is marked. */
function stepByStep<Page>(operation: string, open: () => AsyncIterable<Page>): AsyncIterable<Page> {
	return {
		[Symbol.asyncIterator]: () => {
			const pages = operations.run(operation, () => open()[Symbol.asyncIterator]());
			return {
				next: () => operations.run(operation, () => pages.next()),
				return: async (value?: unknown) => {
					await operations.run(operation, () => pages.return?.());
					return { done: true, value };
				},
			};
		},
	};
}
