/**
 * A connector seen through a list of accounts: nothing of any other account passes, whatever it is asked by. Only what
 * `BillConnector` demands is passed on: a provider's own counts and sums are over all accounts, so they are not.
 */
import type {
	AccountQuery,
	BillConnector,
	BillHandle,
	BillQuery,
	ByKey,
	Page,
	RateList,
	RateListOptions,
	RateQuery,
	WalkOptions,
} from '../../../providers/connector';
import type { BillFilterName, Capabilities, RateFilterName } from '../../../providers/capabilities';
import type { BillingAccount } from '../../../providers/model/account';
import type { Bill } from '../../../providers/model/bill';
import type { DocumentRef, DocumentStream } from '../../../providers/model/document';
import { type LocalId, type Provider, keyOf } from '../../../providers/model/identity';
import type { Rate } from '../../../providers/model/rate';
import { forEachKey } from '../../../providers/query/byKey';
import { BillingError } from '../../../providers/transport/errors';

type Thing = 'bill' | 'rate' | 'billing account' | 'document';

export class LimitedConnector implements BillConnector {
	readonly provider: Provider;
	readonly connection: string;
	readonly capabilities: Capabilities;

	/** @param allowed billing accounts by the provider's own ids, at least one */
	constructor(
		private readonly inner: BillConnector,
		private readonly allowed: ReadonlySet<string>,
	) {
		this.provider = inner.provider;
		this.connection = inner.connection;
		this.capabilities = inner.capabilities;
	}

	async *bills(query: BillQuery, options?: WalkOptions): AsyncGenerator<Page<Bill, BillFilterName>, void, undefined> {
		const accounts = this.among(query.accounts);
		if (accounts.length === 0) {
			yield NOTHING;
			return;
		}
		for await (const page of this.inner.bills({ ...query, accounts }, options)) {
			yield limited(page, 'accounts', (bill) => this.mayReadBill(bill));
		}
	}

	/** Of a bill that may be read, or of these accounts. */
	async *rates(query: RateQuery, options?: WalkOptions): AsyncGenerator<Page<Rate, RateFilterName>, void, undefined> {
		const { bill } = query;
		if (bill !== undefined) {
			await this.readBill(bill, 'rate', options);
			for await (const page of this.inner.rates(query, options)) {
				yield limited(page, 'bill', (rate) => rate.bill === null || keyOf(rate.bill) === keyOf(bill));
			}
			return;
		}
		const accounts = this.among(query.accounts);
		if (accounts.length === 0) {
			yield NOTHING;
			return;
		}
		for await (const page of this.inner.rates({ ...query, accounts }, options)) {
			const readable = await this.readableRates(page.items, options);
			yield limited(page, 'accounts', (rate) => readable.has(rate));
		}
	}

	async *accounts(query: AccountQuery, options?: WalkOptions): AsyncGenerator<AccountPage, void, undefined> {
		const ids = this.among(query.ids);
		if (ids.length === 0) {
			yield NOTHING;
			return;
		}
		for await (const page of this.inner.accounts({ ...query, ids }, options)) {
			yield limited(page, 'ids', ({ identity }) => this.allowed.has(identity.remoteId));
		}
	}

	billsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<Bill> {
		const asked = ids.filter(({ scope }) => !this.isScoped || this.allowed.has(scope));
		return this.checked(
			'bill',
			ids,
			ofSome(asked, () => this.inner.billsByIds(asked, options)),
			(bill) => this.mayReadBill(bill),
		);
	}

	/** The handles are made from bills that passed here: they tell whose they are. */
	ratesByBills(bills: readonly BillHandle[], first: number | undefined, options?: RateListOptions): ByKey<RateList> {
		const asked = bills.filter(({ scope, accountId }) => this.mayRead(scope, accountId));
		const found = ofSome(asked, () => this.inner.ratesByBills(asked, first, options));
		return this.checked('rate', bills, found, () => true);
	}

	accountsByIds(ids: readonly LocalId[], options?: WalkOptions): ByKey<BillingAccount> {
		const asked = ids.filter(({ remoteId }) => this.allowed.has(remoteId));
		const found = ofSome(asked, () => this.inner.accountsByIds(asked, options));
		return this.checked('billing account', ids, found, ({ identity }) => this.allowed.has(identity.remoteId));
	}

	/** Reports belong to no bill, so nothing tells whose they are: none is given. */
	async document(ref: DocumentRef, options?: WalkOptions): Promise<DocumentStream> {
		if (ref.billId === '') throw this.noSuch('document');
		await this.readBill({ scope: ref.scope, remoteId: ref.billId }, 'document', options);
		return this.inner.document(ref, options);
	}

	check(options?: WalkOptions): Promise<void> {
		return this.inner.check(options);
	}

	/** Whether an id's scope is the account that the provider is asked for; elsewhere only the record tells. */
	private get isScoped(): boolean {
		return this.capabilities.accountRequired;
	}

	private mayRead(scope: string, accountId: string | null): boolean {
		const owner = this.isScoped ? scope : accountId;
		return owner !== null && this.allowed.has(owner);
	}

	private mayReadBill({ identity, billingAccount }: Bill): boolean {
		return this.mayRead(identity.scope, billingAccount?.id ?? null);
	}

	/** By the account that each names, or else by its bill. */
	private async readableRates(rates: readonly Rate[], options?: WalkOptions): Promise<ReadonlySet<Rate>> {
		const nameless = this.isScoped ? [] : rates.filter(({ billingAccountId }) => billingAccountId === null);
		const bills = this.billsByIds(
			nameless.flatMap(({ bill }) => (bill === null ? [] : [bill])),
			options,
		);
		const readable = await Promise.all(
			rates.map(async ({ identity, billingAccountId, bill }) => {
				if (this.isScoped || billingAccountId !== null) return this.mayRead(identity.scope, billingAccountId);
				if (bill === null) return false;
				return isThere(bills.get(keyOf(bill)));
			}),
		);
		return new Set(rates.filter((_rate, index) => readable[index]));
	}

	/** Those of the accounts asked for that may be read; all of these where none is asked for. */
	private among(asked: readonly string[] | undefined): readonly string[] {
		return asked === undefined ? [...this.allowed] : asked.filter((account) => this.allowed.has(account));
	}

	/** @throws BillingError NOT_FOUND for a bill of another account as for one that is not there */
	private async readBill(id: LocalId, wanted: Thing, options?: WalkOptions): Promise<void> {
		try {
			await this.billsByIds([id], options).get(keyOf(id));
		} catch (error) {
			throw isMissing(error) ? this.noSuch(wanted) : error;
		}
	}

	/** What is not to be read is missing in the same words as what is not there. */
	private checked<T>(
		thing: Thing,
		ids: readonly LocalId[],
		found: ByKey<T>,
		isReadable: (value: T) => boolean,
	): ByKey<T> {
		return forEachKey(ids, async (id) => {
			try {
				const value = await found.get(keyOf(id));
				if (value !== undefined && isReadable(value)) return value;
			} catch (error) {
				if (!isMissing(error)) throw error;
			}
			throw this.noSuch(thing);
		});
	}

	private noSuch(thing: Thing): BillingError {
		const { connection, provider } = this;
		return new BillingError({ kind: 'NOT_FOUND', connection, provider, message: `There is no such ${thing} for you` });
	}
}

type AccountPage = Page<BillingAccount, 'ids' | 'nameLike'>;

const NOTHING: Page<never, never> = {
	items: [],
	total: 0,
	pushedDown: [],
	appliedHere: [],
	requests: 0,
	end: { complete: true, reasons: [] },
	notices: [],
};

/** Instead of reasons that count the rows of other accounts. */
const NOT_WHOLE = 'the list could not be read whole';

/** What a provider counts is of what may be read only where it was itself asked for that and no more. */
function limited<T, Filter extends string>(
	page: Page<T, Filter>,
	by: Filter,
	isReadable: (item: T) => boolean,
): Page<T, Filter> {
	const items = page.items.filter(isReadable);
	const isAsked = page.pushedDown.includes(by) && !page.appliedHere.includes(by);
	if (isAsked && items.length === page.items.length) return page;
	const end = page.end === null || page.end.complete ? page.end : { complete: false, reasons: [NOT_WHOLE] };
	return { ...page, items, total: null, end };
}

/** Nothing is asked for nothing. */
function ofSome<T>(ids: readonly LocalId[], ask: () => ByKey<T>): ByKey<T> {
	return ids.length === 0 ? new Map() : ask();
}

function isMissing(error: unknown): boolean {
	return error instanceof BillingError && error.kind === 'NOT_FOUND';
}

async function isThere(promise: Promise<unknown> | undefined): Promise<boolean> {
	try {
		return (await promise) !== undefined;
	} catch (error) {
		if (isMissing(error)) return false;
		throw error;
	}
}
