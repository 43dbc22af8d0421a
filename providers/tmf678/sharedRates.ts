/**
 * Rates of several bills out of one walk: their account's, or the whole server's.
 *
 * How long an account's walk is, its first page tells. So the walk is begun, and gone on with where the rest takes fewer
 * requests than the bills that are still unread; what was read stays of use. The length is remembered: the next time the
 * choice is free.
 */
import type { BillHandle, WalkOptions } from '../connector';
import { BillingError } from '../transport/errors';
import type { WalkedPage, WalkEnd } from '../transport/pageWalk';
import { resumed } from '../query/walks';
import type { ParameterValues } from './parameters';
import { billNamedBy, isUnbilled, namelessDoubt } from './rateAttribution';
import type { RateReading } from './ratesByBills';
import type { WireRate } from './wire';

/** What was read for one bill. */
export interface Found {
	readonly rates: readonly WireRate[];
	/** How many rates of the bill before these were left out; absent: none. */
	readonly from?: number;
	/** As announced for the bill alone, or counted; null where neither. */
	readonly total: number | null;
	readonly end: WalkEnd;
}

/** Rates by the bill that each names. */
export interface SharedRead {
	readonly byBill: ReadonlyMap<string, readonly WireRate[]>;
	/** What the walk was to give; BEGUN: it was left after its first page. */
	readonly extent: 'ALL_RATES' | 'BILLED_RATES' | 'BEGUN';
	readonly end: WalkEnd;
}

const NOTHING_READ: SharedRead = { byBill: new Map(), extent: 'BEGUN', end: { complete: true, reasons: [] } };

type RateWalk = AsyncGenerator<WalkedPage<WireRate>, void, undefined>;

/** Whether the account's walk takes fewer requests than these bills of it; may do so, where its length is not known. */
export function isWorthBeginning(
	account: string,
	bills: readonly BillHandle[],
	first: number | undefined,
	{ counts, isPushable, pageSize }: RateReading,
): boolean {
	if (bills.length < 2 || !isPushable('accounts') || counts.accountsAreRefused) return false;
	const together = counts.requestsByAccount(account, pageSize);
	return together === null || together < counts.requestsByBill(idsOf(bills), first, pageSize);
}

/** A server that refuses the filter (Oracle BRM before 15.1 knows `bill.id` alone) is not asked for an account again. */
export async function readAccount(
	account: string,
	bills: readonly BillHandle[],
	first: number | undefined,
	reading: RateReading,
	{ signal, concurrency }: WalkOptions,
): Promise<SharedRead> {
	const { api, counts, pageSize } = reading;
	// A bill without a number is still in progress, and its rates are not billed.
	const isBilled = bills.every(({ number }) => number !== null) ? { isBilled: true } : {};
	const parameters: ParameterValues = { 'billingAccount.id': account, ...isBilled, limit: pageSize };
	const walk = api.walkAppliedCustomerBillingRates(parameters, { signal, concurrency });
	try {
		const page = await walk.next();
		if (page.done === true) return NOTHING_READ;
		if (page.value.total !== null) counts.rememberAccount(account, page.value.total);
		const isWorthIt = page.value.end !== null || isWorthGoingOn(page.value, bills, first, reading);
		if (!isWorthIt) await walk.return();
		const extent = !isWorthIt ? 'BEGUN' : 'isBilled' in isBilled ? 'BILLED_RATES' : 'ALL_RATES';
		return await shared(isWorthIt ? resumed(page.value, walk) : onlyPage(page.value), extent);
	} catch (error) {
		if (!(error instanceof BillingError) || error.kind !== 'INVALID_REQUEST') throw error;
		counts.accountsAreRefused = true;
		return NOTHING_READ;
	}
}

export function readEverything(
	{ api, pageSize }: RateReading,
	{ signal, concurrency }: WalkOptions,
): Promise<SharedRead> {
	return shared(api.walkAppliedCustomerBillingRates({ limit: pageSize }, { signal, concurrency }), 'ALL_RATES');
}

/** The server's limit may be smaller than ours. A walk whose length is not announced is not gone on with. */
function isWorthGoingOn(
	{ rows, total }: WalkedPage<WireRate>,
	bills: readonly BillHandle[],
	first: number | undefined,
	{ counts, pageSize }: RateReading,
): boolean {
	if (total === null) return false;
	const { byBill } = groupByBill(rows);
	const unread = idsOf(bills).filter((id) => !isEnough(byBill.get(id) ?? [], first));
	const rest = Math.ceil(total / Math.max(1, rows.length)) - 1;
	return rest < counts.requestsByBill(unread, first, pageSize);
}

/** Null where the read does not tell. */
export function pick({ byBill, extent, end }: SharedRead, billId: string, first: number | undefined): Found | null {
	const rates = byBill.get(billId) ?? [];
	if (extent === 'BEGUN') return isEnough(rates, first) ? { rates, total: null, end } : null;
	// Perhaps none of its rates is billed yet.
	if (extent === 'BILLED_RATES' && rates.length === 0) return null;
	return { rates, total: end.complete ? rates.length : null, end };
}

/** One more than wanted shows that there are more. */
function isEnough(rates: readonly WireRate[], first: number | undefined): boolean {
	return first !== undefined && rates.length > first;
}

async function shared(walk: AsyncIterable<WalkedPage<WireRate>>, extent: SharedRead['extent']): Promise<SharedRead> {
	const { rows, end } = await readRates(walk);
	const { byBill, nameless } = groupByBill(rows);
	const reasons = [...end.reasons, ...(nameless > 0 ? [namelessDoubt(nameless)] : [])];
	return { byBill, extent, end: { complete: reasons.length === 0, reasons } };
}

function groupByBill(rows: readonly WireRate[]) {
	const byBill = new Map<string, WireRate[]>();
	let nameless = 0;
	for (const rate of rows) {
		const id = billNamedBy(rate);
		const ofBill = id === null ? undefined : byBill.get(id);
		if (id === null) nameless += isUnbilled(rate) ? 0 : 1;
		else if (ofBill === undefined) byBill.set(id, [rate]);
		else ofBill.push(rate);
	}
	return { byBill, nameless };
}

/** A walk that is left here: its end is not wanted. */
async function* onlyPage(page: WalkedPage<WireRate>): RateWalk {
	yield { ...page, end: { complete: true, reasons: page.doubts ?? [] } };
}

interface Read {
	readonly rows: readonly WireRate[];
	readonly total: number | null;
	readonly end: WalkEnd;
}

export async function readRates(walk: AsyncIterable<WalkedPage<WireRate>>): Promise<Read> {
	const rows: WireRate[] = [];
	let total: number | null = null;
	let end: WalkEnd | null = null;
	for await (const page of walk) {
		for (const row of page.rows) rows.push(row);
		({ total, end } = page);
	}
	return { rows, total, end: end ?? { complete: false, reasons: ['the walk stopped before its end'] } };
}

function idsOf(bills: readonly BillHandle[]): readonly string[] {
	return bills.map(({ remoteId }) => remoteId);
}
