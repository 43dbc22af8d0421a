/** The rates of several bills in the fewest requests: bill by bill, or through their account where that is known to be cheaper. */
import type { RateFilterName } from '../capabilities';
import type { BillHandle, ByKey, RateList, WalkOptions } from '../connector';
import type { SignPolicy } from '../model/sign';
import { atMost } from '../query/atMost';
import { forEachKey, unwatched } from '../query/byKey';
import { checkLimit } from '../query/check';
import type { WalkedPage, WalkEnd } from '../transport/pageWalk';
import type { Tmf678Api } from './api';
import { SIGN_MEMBERS, signPolicyOf } from './billMapping';
import type { MappingContext } from './mappingContext';
import type { ParameterValues } from './parameters';
import { attribute, billNamedBy, isUnbilled, namelessDoubt } from './rateAttribution';
import type { RateCounts } from './rateCounts';
import { toRate } from './rateMapping';
import type { WireRate } from './wire';

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

/** What was read for one bill. */
interface Found {
	readonly rates: readonly WireRate[];
	/** As announced for the bill alone; null where it was not. */
	readonly total: number | null;
	readonly end: WalkEnd;
}

type InTurn = ReturnType<typeof atMost>;

export function ratesByBills(
	bills: readonly BillHandle[],
	first: number | undefined,
	reading: RateReading,
	options: WalkOptions = {},
): ByKey<RateList> {
	checkLimit('first', first, null);
	const inTurn = atMost(SIDE_BY_SIDE);
	const sharedBy = sharedReads(bills, first, reading, inTurn, options);
	return forEachKey(bills, async (bill) => {
		const policy = unwatched(inTurn(() => policyOf(bill, reading, options)));
		const shared = sharedBy(bill);
		const found = await (shared === null
			? inTurn(() => readOne(bill.remoteId, first, reading, options))
			: shared.then((read) => pick(read, bill.remoteId)));
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
	return signPolicyOf(await api.customerBill(remoteId, { fields: SIGN_MEMBERS.join(',') }, { signal }), context);
}

/** All rates of an account, or of the server, by the bill that each names. */
interface SharedRead {
	readonly byBill: ReadonlyMap<string, readonly WireRate[]>;
	readonly end: WalkEnd;
}

/**
 * Reads that several bills are answered by: one for each account of which it is known that reading it whole takes fewer
 * requests, and one for everything where the server cannot be asked for the rates of a bill.
 */
function sharedReads(
	bills: readonly BillHandle[],
	first: number | undefined,
	reading: RateReading,
	inTurn: InTurn,
	options: WalkOptions,
): (bill: BillHandle) => Promise<SharedRead> | null {
	const { counts, isPushable, pageSize } = reading;
	const read = (parameters: ParameterValues) => unwatched(inTurn(() => readShared(parameters, reading, options)));
	if (!isPushable('bill')) {
		const everything = bills.length === 0 ? null : read({});
		return () => everything;
	}
	const ofAccounts = new Map<string, Promise<SharedRead>>();
	for (const account of new Set(bills.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])))) {
		const together = isPushable('accounts') ? counts.requestsByAccount(account, pageSize) : null;
		const apart = counts.requestsByBill(
			bills.filter(({ accountId }) => accountId === account).map(({ remoteId }) => remoteId),
			first,
			pageSize,
		);
		if (together !== null && together < apart) {
			ofAccounts.set(account, read({ 'billingAccount.id': account, isBilled: true }));
		}
	}
	return ({ accountId }) => (accountId === null ? null : (ofAccounts.get(accountId) ?? null));
}

async function readShared(
	parameters: ParameterValues,
	{ api, counts, pageSize }: RateReading,
	{ signal, concurrency }: WalkOptions,
): Promise<SharedRead> {
	const walk = api.walkAppliedCustomerBillingRates({ ...parameters, limit: pageSize }, { signal, concurrency });
	const { rows, total, end } = await readAll(walk);
	const account = parameters['billingAccount.id'];
	if (typeof account === 'string') counts.rememberAccount(account, total ?? rows.length);
	const byBill = new Map<string, WireRate[]>();
	let nameless = 0;
	for (const rate of rows) {
		const id = billNamedBy(rate);
		const ofBill = id === null ? undefined : byBill.get(id);
		if (id === null) nameless += isUnbilled(rate) ? 0 : 1;
		else if (ofBill === undefined) byBill.set(id, [rate]);
		else ofBill.push(rate);
	}
	const reasons = [...end.reasons, ...(nameless > 0 ? [namelessDoubt(nameless)] : [])];
	return { byBill, end: { complete: reasons.length === 0, reasons } };
}

function pick({ byBill, end }: SharedRead, billId: string): Found {
	const rates = byBill.get(billId) ?? [];
	return { rates, total: end.complete ? rates.length : null, end };
}

/** A server that is believed is asked for no more than is wanted. */
async function readOne(
	billId: string,
	first: number | undefined,
	{ api, counts, pageSize }: RateReading,
	{ signal, concurrency }: WalkOptions,
): Promise<Found> {
	const isDocumented = api.dialect.filtersAreDocumented;
	const maxRows = isDocumented ? first : undefined;
	const parameters = { 'bill.id': billId, limit: pageSize };
	const walk = api.walkAppliedCustomerBillingRates(parameters, { maxRows, signal, concurrency });
	const { rows, total, end } = await readAll(walk);
	const { own, doubts } = attribute(rows, billId, isDocumented);
	const reasons = [...end.reasons, ...doubts];
	const counted = maxRows === undefined && end.complete ? own.length : null;
	const known = doubts.length > 0 ? null : isDocumented ? (total ?? counted) : counted;
	if (known !== null) counts.rememberBill(billId, known);
	return { rates: own, total: known, end: { complete: reasons.length === 0, reasons } };
}

interface Read {
	readonly rows: readonly WireRate[];
	readonly total: number | null;
	readonly end: WalkEnd;
}

async function readAll(walk: AsyncIterable<WalkedPage<WireRate>>): Promise<Read> {
	const rows: WireRate[] = [];
	let total: number | null = null;
	let end: WalkEnd | null = null;
	for await (const page of walk) {
		for (const row of page.rows) rows.push(row);
		({ total, end } = page);
	}
	return { rows, total, end: end ?? { complete: false, reasons: ['the walk stopped before its end'] } };
}

function toRateList(
	{ scope, remoteId }: BillHandle,
	{ rates, total, end }: Found,
	{ first, policy, reading }: { first: number | undefined; policy: SignPolicy; reading: RateReading },
): RateList {
	const context = { ...reading.context, bill: { scope, remoteId } };
	return { ...end, total, rates: rates.slice(0, first).map((rate) => toRate(rate, context, policy)) };
}
