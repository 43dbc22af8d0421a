/** The rates of several bills in the fewest requests: bill by bill, or through their account where that is cheaper. */
import type { RateFilterName } from '../capabilities';
import type { BillHandle, ByKey, RateList, RateListOptions, WalkOptions } from '../connector';
import type { SignPolicy } from '../model/sign';
import { atMost } from '../query/atMost';
import { forEachKey, unwatched } from '../query/byKey';
import { checkLimit } from '../query/check';
import type { Tmf678Api } from './api';
import { SIGN_MEMBERS, signPolicyOf } from './billMapping';
import type { MappingContext } from './mappingContext';
import type { ParameterValues } from './parameters';
import { attribute } from './rateAttribution';
import type { RateCounts } from './rateCounts';
import { toRate } from './rateMapping';
import {
	type Found,
	type SharedRead,
	isWorthBeginning,
	pick,
	readAccount,
	readEverything,
	readRates,
} from './sharedRates';

/** Requests in flight at once. */
export const SIDE_BY_SIDE = 4;

export interface RateReading {
	readonly api: Tmf678Api;
	readonly context: MappingContext;
	readonly counts: RateCounts;
	/** Rows a request. */
	readonly pageSize: number;
	readonly isPushable: (filter: RateFilterName) => boolean;
	/** Parameters sent with every list of rates, for what the model's query has no word for. */
	readonly always?: ParameterValues;
}

type InTurn = ReturnType<typeof atMost>;

export function ratesByBills(
	bills: readonly BillHandle[],
	first: number | undefined,
	reading: RateReading,
	options: RateListOptions = {},
): ByKey<RateList> {
	checkLimit('first', first, null);
	const inTurn = atMost(SIDE_BY_SIDE);
	const sharedBy = sharedReads(bills, first, reading, inTurn, options);
	return forEachKey(bills, async (bill) => {
		const policy = unwatched(inTurn(() => policyOf(bill, reading, options)));
		const shared = await sharedBy(bill);
		const found =
			(shared === null ? null : pick(shared, bill.remoteId, first)) ??
			(await inTurn(() => readOne(bill.remoteId, first, reading, options)));
		return toRateList(bill, found, { first, policy: await policy, reading });
	});
}

/** What was done to the bill's own amounts, asked of the provider where the handle does not say. */
export async function policyOf(
	{ remoteId, signPolicy }: Pick<BillHandle, 'remoteId' | 'signPolicy'>,
	{ api, context }: RateReading,
	{ signal }: WalkOptions,
): Promise<SignPolicy> {
	if (signPolicy !== undefined) return signPolicy;
	return signPolicyOf(
		await api.customerBill(remoteId, { fields: ['billNo', ...SIGN_MEMBERS].join(',') }, { signal }),
		context,
	);
}

/**
 * Reads that several bills are answered by: one for each account whose walk may take fewer requests than its bills, and
 * one for everything where the server cannot be asked for the rates of a bill.
 */
function sharedReads(
	bills: readonly BillHandle[],
	first: number | undefined,
	reading: RateReading,
	inTurn: InTurn,
	options: WalkOptions,
): (bill: BillHandle) => Promise<SharedRead> | null {
	if (!reading.isPushable('bill')) {
		const everything = bills.length === 0 ? null : unwatched(inTurn(() => readEverything(reading, options)));
		return () => everything;
	}
	const ofAccounts = new Map<string, Promise<SharedRead>>();
	for (const [account, own] of byAccount(bills)) {
		if (!isWorthBeginning(account, own, first, reading)) continue;
		ofAccounts.set(account, unwatched(inTurn(() => readAccount(account, own, first, reading, options))));
	}
	return ({ accountId }) => (accountId === null ? null : (ofAccounts.get(accountId) ?? null));
}

function byAccount(bills: readonly BillHandle[]): ReadonlyMap<string, readonly BillHandle[]> {
	const distinct = [...new Map(bills.map((bill) => [bill.remoteId, bill])).values()];
	const groups = new Map<string, BillHandle[]>();
	for (const bill of distinct) {
		if (bill.accountId === null) continue;
		groups.set(bill.accountId, [...(groups.get(bill.accountId) ?? []), bill]);
	}
	return groups;
}

/** A server that is believed is asked for no more than is wanted. */
async function readOne(
	billId: string,
	first: number | undefined,
	{ api, counts, pageSize }: RateReading,
	{ signal, concurrency, from: known = 0 }: RateListOptions,
): Promise<Found> {
	const isDocumented = api.dialect.filtersAreDocumented;
	const from = isDocumented ? known : 0;
	const maxRows = isDocumented && first !== undefined ? first - from : undefined;
	const parameters = { 'bill.id': billId, limit: pageSize, ...(from > 0 && { offset: from }) };
	const walk = api.walkAppliedCustomerBillingRates(parameters, { maxRows, signal, concurrency });
	const { rows, total, end } = await readRates(walk);
	const { own, doubts } = attribute(rows, billId, isDocumented);
	const reasons = [...end.reasons, ...doubts];
	const counted = maxRows === undefined && end.complete ? from + own.length : null;
	const all = doubts.length > 0 ? null : isDocumented ? (total ?? counted) : counted;
	if (all !== null) counts.rememberBill(billId, all);
	return { rates: own, ...(from > 0 && { from }), total: all, end: { complete: reasons.length === 0, reasons } };
}

function toRateList(
	{ scope, remoteId }: BillHandle,
	{ rates, from = 0, total, end }: Found,
	{ first = Infinity, policy, reading }: { first: number | undefined; policy: SignPolicy; reading: RateReading },
): RateList {
	const context = { ...reading.context, bill: { scope, remoteId } };
	const own = rates.slice(0, first - from).map((rate) => toRate(rate, context, policy));
	return { ...end, total, ...(from > 0 && { from }), rates: own };
}
