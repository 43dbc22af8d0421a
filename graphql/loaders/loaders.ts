/** What resolvers load: bills, rates and accounts by key, each batched per connection, for one request. */
import type { BillHandle, ByKey, RateList, RateQuery, WalkOptions } from '../../providers/connector';
import type { BillingAccount } from '../../providers/model/account';
import type { Bill } from '../../providers/model/bill';
import { type LocalId, keyOf } from '../../providers/model/identity';
import type { Rate } from '../../providers/model/rate';
import { BillingError } from '../../providers/transport/errors';
import { Deadline } from '../deadline';
import type { ProviderConnection } from '../providerConnections';
import { type Loader, bulk, single } from './factory';

/** A rate by its id, with its bill where that is known. */
export interface RateKey extends LocalId {
	readonly bill: LocalId | null;
}

export class Loaders {
	private readonly bills = onDemand(({ connection }: { connection: ProviderConnection }) =>
		bulk<LocalId, Bill>((ids) => this.inTime(connection, (options) => connection.connector.billsByIds(ids, options))),
	);
	private readonly accounts = onDemand(({ connection }: { connection: ProviderConnection }) =>
		bulk<LocalId, BillingAccount>((ids) =>
			this.inTime(connection, (options) => connection.connector.accountsByIds(ids, options)),
		),
	);
	private readonly rateLists = onDemand(({ connection, first }: { connection: ProviderConnection; first: number }) =>
		bulk<BillHandle, RateList>((bills) =>
			this.inTime(connection, (options) => connection.connector.ratesByBills(bills, first, options)),
		),
	);
	private readonly rates = onDemand(({ connection }: { connection: ProviderConnection }) =>
		single<RateKey, Rate>((key) => {
			const deadline = new Deadline(connection, this.timeoutMs);
			return deadline.meet(findRate(connection, key, { signal: deadline.signal }));
		}),
	);

	/** @param timeoutMs how long a provider may take for one key */
	constructor(private readonly timeoutMs: number) {}

	bill(connection: ProviderConnection): Loader<LocalId, Bill> {
		return this.bills({ connection }, connection.id);
	}

	account(connection: ProviderConnection): Loader<LocalId, BillingAccount> {
		return this.accounts({ connection }, connection.id);
	}

	/** At most `first` rates a bill. */
	ratesOfBill(connection: ProviderConnection, first: number): Loader<BillHandle, RateList> {
		return this.rateLists({ connection, first }, `${first} ${connection.id}`);
	}

	rate(connection: ProviderConnection): Loader<RateKey, Rate> {
		return this.rates({ connection }, connection.id);
	}

	private inTime<T>(connection: ProviderConnection, work: (options: WalkOptions) => ByKey<T>): ByKey<T> {
		const deadline = new Deadline(connection, this.timeoutMs);
		const results = work({ signal: deadline.signal });
		return new Map([...results].map(([key, result]) => [key, deadline.meet(result)]));
	}
}

/** One loader a name, made when it is first wanted. */
function onDemand<Options, Made>(make: (options: Options) => Made): (options: Options, name: string) => Made {
	const made = new Map<string, Made>();
	return (options, name) => {
		const known = made.get(name) ?? make(options);
		made.set(name, known);
		return known;
	};
}

/** Most providers list rates by bill only: the bill narrows the search where it is known. */
async function findRate(connection: ProviderConnection, key: RateKey, options: WalkOptions): Promise<Rate> {
	const { connector } = connection;
	const takesIds = connector.capabilities.rateFilters?.ids !== 'REFUSED';
	const query: RateQuery = {
		...(key.bill === null ? {} : { bill: key.bill }),
		...(takesIds || key.bill === null ? { ids: [key.remoteId] } : {}),
	};
	for await (const page of connector.rates(query, options)) {
		const found = page.items.find(({ identity }) => keyOf(identity) === keyOf(key));
		if (found !== undefined) return found;
	}
	throw new BillingError({
		kind: 'NOT_FOUND',
		connection: connection.id,
		provider: connection.provider,
		message: 'The provider knows no rate under this id',
	});
}
