/** Reads the charge lines of bills: API v1 by account and date, API v2 by invoice. */
import type { BillHandle, RateList, WalkOptions } from '../connector';
import { type CalendarDate, addDays } from '../model/dates';
import { type LocalId, type LocalKey, keyOf } from '../model/identity';
import type { Rate } from '../model/rate';
import type { SignPolicy } from '../model/sign';
import { compareText } from '../query/order';
import type { WalkedPage } from '../transport/pageWalk';
import type { LumenApi } from './api';
import { type DateSpan, RATES_FROM, historyNotice } from './history';
import { toAppliedRate, toServiceCharge } from './rateMapping';
import { invoiceOf, isOneOfSeveral } from './statements';

export interface DatedBill extends BillHandle {
	readonly billDate: CalendarDate;
}

export type RateLists = ReadonlyMap<LocalKey, RateList>;

/** Consecutive bills of one account, whose lines are read in one walk. */
export type Run = readonly [DatedBill, ...DatedBill[]];

/**
 * Longest gap inside a run: a quarterly cycle, or two monthly bills that nobody asked for. Reading their lines along costs
 * a part of a request; a second walk costs a whole one.
 */
const LONGEST_GAP_DAYS = 100;

export function runsOf(bills: readonly DatedBill[]): readonly Run[] {
	const sorted = [...bills].sort(
		(left, right) => compareText(left.scope, right.scope) || compareText(left.billDate, right.billDate),
	);
	const runs: [DatedBill, ...DatedBill[]][] = [];
	for (const bill of sorted) {
		const run = runs.at(-1);
		const last = run?.at(-1);
		const goesOn = last?.scope === bill.scope && bill.billDate <= addDays(last.billDate, LONGEST_GAP_DAYS);
		if (run !== undefined && goesOn) run.push(bill);
		else runs.push([bill]);
	}
	return runs;
}

/** What is known of an account's lines besides what they say. */
export interface LineFacts {
	/** The bill of lines that name none, where only one was asked about. */
	readonly only: string | null;
	readonly signPolicyOf?: (bill: string) => SignPolicy;
}

export class RateReader {
	constructor(
		private readonly api: LumenApi,
		private readonly connection: string,
	) {}

	/** API v1: `max(1, ceil(R/1000))` requests for the R lines of the run, fewer where `first` lines a bill are enough. */
	async readRun(run: Run, first: number | undefined, options: WalkOptions | undefined): Promise<RateLists> {
		const [start] = run;
		return this.readSpan({ start: start.billDate, end: (run.at(-1) ?? start).billDate }, run, first, options);
	}

	/** API v1: the lines of these bills among those of the days; all of them in one account. */
	async readSpan(
		span: DateSpan,
		bills: readonly [BillHandle, ...BillHandle[]],
		first: number | undefined,
		options: WalkOptions | undefined,
	): Promise<RateLists> {
		const [{ scope, remoteId }, ...others] = bills;
		const only = others.length === 0 && span.start === span.end ? remoteId : null;
		const lists = new Map<BillHandle, Rate[]>(bills.map((bill) => [bill, []]));
		const byName = new Map<string, BillHandle>([
			...bills.map((bill) => [bill.number ?? bill.remoteId, bill] as const),
			...bills.map((bill) => [bill.remoteId, bill] as const),
		]);
		let nameless = 0;
		const take = (rate: Rate): void => {
			if (rate.bill === null) nameless += 1;
			const bill = byName.get(rate.bill?.remoteId ?? '');
			if (bill !== undefined) lists.get(bill)?.push({ ...rate, bill: localIdOf(bill) });
		};
		const enough = (): boolean => first !== undefined && [...lists.values()].every((rates) => rates.length >= first);
		const signPolicyOf = (name: string): SignPolicy => byName.get(name)?.signPolicy ?? 'AS_REPORTED';
		const end = await collect(this.walkAccount(scope, span, { only, signPolicyOf }, options), take, enough);

		const reasons = nameless === 0 || end === null ? end : [...end, `${nameless} charge lines name no bill`];
		return new Map([...lists].map(([bill, rates]) => [keyOf(bill), rateList(bill, rates, first, reasons)]));
	}

	/** API v2: one walk a bill. */
	async readInvoice(bill: BillHandle, first: number | undefined, options: WalkOptions | undefined): Promise<RateList> {
		const rates: Rate[] = [];
		const end = await collect(
			this.walkInvoice(bill.scope, bill.number ?? bill.remoteId, options),
			(rate) => rates.push({ ...rate, bill: localIdOf(bill) }),
			() => first !== undefined && rates.length >= first,
		);
		return rateList(bill, rates, first, end);
	}

	/** API v1 lines of an account's bills of these days. */
	walkAccount(
		account: string,
		span: DateSpan,
		{ only, signPolicyOf }: LineFacts,
		options: WalkOptions | undefined,
		pageSize?: number,
	): AsyncGenerator<WalkedPage<Rate>, void, undefined> {
		const range = { billingAccountNumber: account, startBillDate: span.start, endBillDate: span.end };
		return mapped(this.api.walkAppliedCustomerBillingRates(range, options, pageSize), (line) =>
			toAppliedRate(line, {
				connection: this.connection,
				account,
				bill: only,
				...(signPolicyOf === undefined ? {} : { signPolicyOf }),
			}),
		);
	}

	/** API v2 charges of an invoice. */
	walkInvoice(
		account: string,
		invoice: string,
		options: WalkOptions | undefined,
		pageSize?: number,
	): AsyncGenerator<WalkedPage<Rate>, void, undefined> {
		const wanted = { billingAccountNumber: account, invoiceNumber: invoice };
		return mapped(this.api.walkServiceLevelChargeDetails(wanted, options, pageSize), (line) =>
			toServiceCharge(line, { connection: this.connection, account, bill: invoice }),
		);
	}
}

/**
 * Lumen lists charges by invoice. Where an invoice has several documents, nobody says which charge is on which: they are
 * given under none, rather than under each.
 */
export function ratesOfOneOfSeveral(bill: BillHandle): RateList | null {
	if (!isOneOfSeveral(bill.remoteId)) return null;
	const invoice = invoiceOf(bill.remoteId);
	return {
		rates: [],
		total: null,
		complete: false,
		reasons: [`invoice ${invoice} has several documents, and Lumen does not say which charge is on which`],
	};
}

async function* mapped<Row, T>(
	walk: AsyncIterable<WalkedPage<Row>>,
	map: (row: Row) => T,
): AsyncGenerator<WalkedPage<T>, void, undefined> {
	for await (const page of walk) yield { ...page, rows: page.rows.map(map) };
}

/** Why the walk may not have been whole; null where it was left early because there was `enough`. */
async function collect<T>(
	walk: AsyncIterable<WalkedPage<T>>,
	take: (row: T) => void,
	enough: () => boolean,
): Promise<readonly string[] | null> {
	for await (const page of walk) {
		page.rows.forEach(take);
		if (page.end !== null) return page.end.reasons;
		if (enough()) break;
	}
	return null;
}

/** A bill without lines may be older than the lines that Lumen keeps. */
function rateList(
	{ billDate }: BillHandle,
	rates: readonly Rate[],
	first: number | undefined,
	end: readonly string[] | null,
): RateList {
	const tooOld = rates.length > 0 || billDate === null ? null : historyNotice({ from: billDate }, RATES_FROM, 'rates');
	const reasons = [...(end ?? []), ...(tooOld === null ? [] : [tooOld])];
	const complete = reasons.length === 0;
	return { rates: rates.slice(0, first), total: complete && end !== null ? rates.length : null, complete, reasons };
}

function localIdOf({ scope, remoteId }: LocalId): LocalId {
	return { scope, remoteId };
}
