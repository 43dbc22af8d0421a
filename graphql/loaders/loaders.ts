/** What resolvers load: bills, rates and accounts by key, each batched per connection, for one request. */
import type { ByKey, RateQuery, WalkOptions } from '../../providers/connector';
import type { BillingAccount } from '../../providers/model/account';
import type { Bill } from '../../providers/model/bill';
import { type LocalId, keyOf } from '../../providers/model/identity';
import type { Rate } from '../../providers/model/rate';
import { BillingError } from '../../providers/transport/errors';
import { UpstreamMeter } from '../cost/meter';
import { Deadline } from '../deadline';
import { sentFor } from '../errand';
import type { ProviderConnection } from '../providerConnections';
import { bulk, single } from './factory';
import { KnownBills } from './knownBills';
import { RatesLoader } from './ratesLoader';

/** A rate by its id, with its bill where that is known. */
export interface RateKey extends LocalId {
	readonly bill: LocalId | null;
}

/** Of a list whose total the provider announces: no page is asked for that would not be read anyway. */
const PAGES_AT_ONCE = 4;

export class Loaders {
	/** By its id. */
	readonly bill = onDemand((connection: ProviderConnection) =>
		bulk<LocalId, Bill>((ids) => this.inTime(connection, (options) => connection.connector.billsByIds(ids, options))),
	);
	/** By its id; an account's scope is empty. */
	readonly account = onDemand((connection: ProviderConnection) =>
		bulk<LocalId, BillingAccount>((ids) =>
			this.inTime(connection, (options) => connection.connector.accountsByIds(ids, options)),
		),
	);
	/** The rates of a bill. */
	readonly ratesOfBill = onDemand(
		(connection: ProviderConnection) =>
			new RatesLoader((bills, { from, first }) =>
				this.inTime(connection, (options) =>
					connection.connector.ratesByBills(bills, first, { ...options, from, concurrency: PAGES_AT_ONCE }),
				),
			),
	);
	/** What a list of all bills has told already. */
	readonly knownBills = new KnownBills();
	/** By its id, and its bill where that is known. */
	readonly rate = onDemand((connection: ProviderConnection) =>
		single<RateKey, Rate>((key) => {
			const deadline = new Deadline(connection, this.timeoutMs);
			return deadline.meet(findRate(connection, key, { signal: deadline.signal }));
		}),
	);

	private readonly meterOf = onDemand(() => new UpstreamMeter());

	/** @param timeoutMs how long a provider may take for one key */
	constructor(private readonly timeoutMs: number) {}

	/** Requests to the connection's provider that these loaders have sent so far. */
	requestsTo(connection: ProviderConnection): number {
		return this.meterOf(connection).spent;
	}

	private inTime<T>(connection: ProviderConnection, work: (options: WalkOptions) => ByKey<T>): ByKey<T> {
		const deadline = new Deadline(connection, this.timeoutMs);
		return deadline.meetAll(work(sentFor({ meters: [this.meterOf(connection)] }, { signal: deadline.signal })));
	}
}

/** What `make` makes of a key, made once, when it is first wanted. */
function onDemand<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
	const made = new Map<Key, Made>();
	return (key) => {
		const known = made.get(key) ?? make(key);
		made.set(key, known);
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
