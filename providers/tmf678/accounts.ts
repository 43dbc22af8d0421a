/** Billing accounts of a TMF678 server: it lists none, so they are the accounts that its bills name. */
import type { AccountQuery, ByKey, Page, WalkOptions } from '../connector';
import type { BillingAccount } from '../model/account';
import { type LocalId, type LocalKey, keyOf } from '../model/identity';
import { atMost } from '../query/atMost';
import { wildcardMatches } from '../query/billFilter';
import { forEachKey, fromSharedWork } from '../query/byKey';
import { toPages } from '../query/pages';
import type { BillingError } from '../transport/errors';
import type { WalkedPage } from '../transport/pageWalk';
import type { Tmf678Api } from './api';
import { readAccount } from './billMapping';
import type { MappingContext } from './mappingContext';
import type { ParameterValues } from './parameters';
import { SIDE_BY_SIDE } from './ratesByBills';
import { RecordReader } from '../model/recordReader';
import type { WireBill } from './wire';

type AccountFilter = 'ids' | 'nameLike';

export interface AccountReading {
	readonly api: Tmf678Api;
	readonly context: MappingContext;
	readonly walkBills: (parameters: ParameterValues, options: WalkOptions) => AsyncIterable<WalkedPage<WireBill>>;
	/** Whether bills can be asked for by account. */
	readonly isPushable: boolean;
	/** Requests that a walk of all bills takes; null where it is not known. */
	readonly requestsForAll: number | null;
	readonly missing: (id: LocalId) => BillingError;
}

const FIELDS = { fields: 'billingAccount' };

/** In the order in which bills first name them; each once. */
export function accountsOfBills(
	query: AccountQuery,
	reading: AccountReading,
	options: WalkOptions,
): AsyncGenerator<Page<BillingAccount, AccountFilter>, void, undefined> {
	const { ids, nameLike, maxRows, pageSize } = query;
	const limit = pageSize === undefined ? {} : { limit: pageSize };
	const walk = reading.walkBills({ ...FIELDS, ...limit }, options);
	return toPages(distinct(walk, reading.context), (account) => account, {
		pushedDown: [],
		appliedHere: [...(ids ? (['ids'] as const) : []), ...(nameLike === undefined ? [] : (['nameLike'] as const))],
		keep: ({ identity, name }) =>
			ids?.includes(identity.remoteId) !== false &&
			(nameLike === undefined || (name !== null && wildcardMatches(name, nameLike))),
		maxRows: Math.min(maxRows ?? Infinity, new Set(ids).size || Infinity),
	});
}

/** One bill of each account, or all bills where that is known to take fewer requests. */
export function accountsByIds(
	ids: readonly LocalId[],
	reading: AccountReading,
	options: WalkOptions = {},
): ByKey<BillingAccount> {
	const { api, context, isPushable, requestsForAll, missing } = reading;
	if (!isPushable || (requestsForAll !== null && requestsForAll < ids.length)) {
		return fromSharedWork(ids, allAccounts(reading, options), missing);
	}
	const inTurn = atMost(SIDE_BY_SIDE);
	return forEachKey(ids, async (id) => {
		const parameters = { ...FIELDS, 'billingAccount.id': id.remoteId, limit: 1 };
		const { rows } = await inTurn(() => api.customerBills(parameters, { signal: options.signal }));
		const account = rows[0] === undefined ? null : toAccount(rows[0], context);
		if (account === null || ![account.identity.remoteId, account.number].includes(id.remoteId)) throw missing(id);
		return account;
	});
}

async function allAccounts(
	{ context, walkBills }: AccountReading,
	options: WalkOptions,
): Promise<ReadonlyMap<LocalKey, BillingAccount>> {
	const accounts = new Map<LocalKey, BillingAccount>();
	for await (const { rows } of distinct(walkBills(FIELDS, options), context)) {
		for (const account of rows) accounts.set(keyOf(account.identity), account);
	}
	return accounts;
}

/** The accounts that the bills of each page name for the first time. How many there are in all, nobody announces. */
async function* distinct(
	walk: AsyncIterable<WalkedPage<WireBill>>,
	context: MappingContext,
): AsyncGenerator<WalkedPage<BillingAccount>, void, undefined> {
	const seen = new Set<string>();
	for await (const page of walk) {
		const rows = page.rows.flatMap((bill) => {
			const account = toAccount(bill, context);
			if (account === null || seen.has(account.identity.remoteId)) return [];
			seen.add(account.identity.remoteId);
			return [account];
		});
		yield { ...page, rows, total: null };
	}
}

function toAccount(bill: WireBill, { owner }: MappingContext): BillingAccount | null {
	const account = readAccount(RecordReader.of(bill));
	if (account === null) return null;
	const { id, name, number } = account;
	return { identity: { ...owner, remoteId: id }, name, number, notes: { derived: [], notFetched: [] }, raw: null };
}
