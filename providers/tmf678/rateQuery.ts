/**
 * `rates(query)`: rates of a bill, of an account, of the bills of some days, or all of them.
 *
 * A rate tells neither the day of its bill nor how that bill was signed, so the bills are read too: before the rates, as
 * a list with few members, or one by one where single rates are asked for. Unbilled rates alone need none.
 */
import type { RateFilterName } from '../capabilities';
import type { Page, RateQuery, WalkOptions } from '../connector';
import type { Rate } from '../model/rate';
import type { SignPolicy } from '../model/sign';
import { billMatches } from '../query/billFilter';
import { toPages } from '../query/pages';
import { BillingError } from '../transport/errors';
import type { WalkedPage } from '../transport/pageWalk';
import type { ListOptions } from './api';
import { SIGN_MEMBERS, toBill } from './billMapping';
import type { MappingContext } from './mappingContext';
import type { ParameterValues } from './parameters';
import { pushDown } from './pushDown';
import { type Attributed, attribute, billNamedBy, isUnbilled, namelessDoubt } from './rateAttribution';
import { type PushedRates, pushRates, rateMatches } from './rateConditions';
import { toRate } from './rateMapping';
import { type RateReading, policyOf } from './ratesByBills';
import type { WireRate } from './wire';

export type RatePage = Page<Rate, RateFilterName>;

/**
 * However long the server's page is: of 1,000 rates mapped at a time, most outlived the young generation of V8's heap, and
 * a sum over 100,000 left 160 MB of garbage to the old one. Of 100 at a time it is 20 MB.
 */
const MAPPED_AT_ONCE = 100;

/** One walk. */
interface Leg {
	readonly parameters: ParameterValues;
	/** The bill whose rates are asked for. */
	readonly billId?: string;
	/** Whether only rates that name their bill are of use. */
	readonly mustNameBill?: boolean;
	/** Whether bills that were not read beforehand are worth a request each. */
	readonly looksUpBills?: boolean;
	/** What is walked instead, where the first page shows that the rest of this walk takes more requests. */
	readonly otherwise?: { readonly legs: readonly Leg[]; readonly requests: number };
}

/** The bills that the wanted rates may be on, and how each was signed. */
interface KnownBills {
	readonly policies: Map<string, SignPolicy>;
	readonly requests: number;
	/** Why bills may be missing; empty where none can be. */
	readonly doubts: readonly string[];
	/** Whether one of them has no number: it is in progress, and its rates are not billed. */
	readonly isOneInProgress: boolean;
}

export async function* queriedRates(
	query: RateQuery,
	reading: RateReading,
	options: WalkOptions = {},
): AsyncGenerator<RatePage, void, undefined> {
	const plan = pushRates(query, reading.api.dialect);
	const pushed = { ...plan, parameters: { ...plan.parameters, ...reading.always } };
	const bills = isFew(query, pushed, reading) ? noBills() : await billsOf(query, reading, options);
	const legs = legsOf(query, pushed, bills, reading);
	const { pushedDown, appliedHere } = pushed;
	const wanted = legs.length === 1 && appliedHere.length === 0 ? query.maxRows : undefined;
	const walk = walkLegs(legs, bills, reading, { ...options, maxRows: wanted });
	const keep = (rate: Rate): boolean => rateMatches(rate, query, bills.policies, appliedHere);
	yield* toPages(walk, (rate) => rate, { pushedDown, appliedHere, keep, maxRows: query.maxRows });
}

/** One rate, signed as its bill is; a request for the bill comes with it. */
export async function rateById(id: string, reading: RateReading, options: WalkOptions = {}): Promise<Rate> {
	const row = await reading.api.appliedCustomerBillingRate(id, {}, { signal: options.signal });
	const leg: Leg = { parameters: {}, looksUpBills: true };
	const bills = noBills();
	await lookUpBills(leg, [row], bills, reading, options);
	return toSignedRate(row, reading.context, bills);
}

/** Whether so few rates are wanted, of any bills, that looking up theirs takes fewer requests than reading all bills. */
function isFew(
	{ bill, accounts, billDate, maxRows = Infinity }: RateQuery,
	{ appliedHere }: PushedRates,
	{ pageSize }: RateReading,
): boolean {
	const isOfAnyBill = bill === undefined && accounts === undefined && billDate === undefined;
	return isOfAnyBill && maxRows <= pageSize && appliedHere.length === 0;
}

function noBills(): KnownBills {
	return { policies: new Map(), requests: 0, doubts: [], isOneInProgress: false };
}

/** The bills of a query that names them by account, by day, or not at all; read as a list of few members. */
async function billsOf(query: RateQuery, reading: RateReading, options: WalkOptions): Promise<KnownBills> {
	const { bill, ids, accounts, billDate, isBilled } = query;
	if (bill !== undefined) {
		const policy = await policyOf(bill, reading, options);
		return { policies: new Map([[bill.remoteId, policy]]), requests: 1, doubts: [], isOneInProgress: false };
	}
	if (billDate === undefined && (ids !== undefined || isBilled === false)) return noBills();

	const { api, context } = reading;
	const condition = { ...(accounts && { accounts }), ...(billDate && { billDate }) };
	const { parameters, appliedHere } = pushDown(condition, api.dialect);
	const fields = [...SIGN_MEMBERS, 'billNo', 'billDate', 'billingAccount'].join(',');
	const policies = new Map<string, SignPolicy>();
	let requests = 0;
	let doubts: readonly string[] = [];
	let isOneInProgress = false;
	for await (const page of api.walkCustomerBills({ ...parameters, fields }, options)) {
		requests += page.requests;
		doubts = page.end?.reasons ?? [];
		for (const row of page.rows) {
			const found = toBill(row, context);
			if (!billMatches(found, condition, appliedHere)) continue;
			policies.set(found.identity.remoteId, found.signPolicy);
			isOneInProgress ||= found.number === null;
		}
	}
	return { policies, requests, doubts, isOneInProgress };
}

/**
 * Where the bills are known, their rates are asked for bill by bill if that takes fewer requests than the account's. How
 * many those are may show on their first page only.
 */
function legsOf(query: RateQuery, pushed: PushedRates, bills: KnownBills, reading: RateReading): readonly Leg[] {
	const { counts, isPushable, pageSize } = reading;
	const { parameters, eachId } = pushed;
	if (query.bill !== undefined) return [{ parameters, billId: query.bill.remoteId }];
	const looksUpBills = query.billDate === undefined;
	if (eachId !== null) return eachId.map((id) => ({ parameters: { ...parameters, id }, looksUpBills }));
	if (query.billDate === undefined) return [{ parameters, looksUpBills: isFew(query, pushed, reading) }];

	const account = parameters['billingAccount.id'];
	const ids = [...bills.policies.keys()];
	const apart = counts.requestsByBill(ids, undefined, pageSize);
	const together = typeof account === 'string' ? counts.requestsByAccount(account, pageSize) : Infinity;
	const byBill = ids.map((billId) => ({ parameters: { ...parameters, 'bill.id': billId }, billId }));
	if (isPushable('bill') && apart <= (together ?? 1)) return byBill;
	const isBilledOnly = isPushable('isBilled') && query.isBilled === undefined && !bills.isOneInProgress;
	const billed = isBilledOnly ? { isBilled: true } : {};
	const isOpen = isPushable('bill') && together === null;
	return [
		{
			parameters: { ...parameters, ...billed },
			mustNameBill: true,
			...(isOpen && { otherwise: { legs: byBill, requests: apart } }),
		},
	];
}

async function* walkLegs(
	legs: readonly Leg[],
	bills: KnownBills,
	reading: RateReading,
	options: ListOptions,
): AsyncGenerator<WalkedPage<Rate>, void, undefined> {
	const reasons = [...bills.doubts];
	let spent = bills.requests;
	for (const leg of legs) {
		const parameters = { ...leg.parameters, limit: reading.pageSize };
		for await (const page of reading.api.walkAppliedCustomerBillingRates(parameters, options)) {
			rememberCounts(leg, page.total, reading);
			if (leg.otherwise !== undefined && isLongerThan(leg.otherwise.requests, page)) {
				yield* walkLegs(leg.otherwise.legs, { ...bills, requests: spent + page.requests }, reading, options);
				return;
			}
			spent += page.requests + (await lookUpBills(leg, page.rows, bills, reading, options));
			const { own, doubts } = ownRates(page.rows, leg, reading);
			reasons.push(...doubts, ...(page.end?.reasons ?? []));
			const end = page.end !== null && leg === legs.at(-1) ? { complete: reasons.length === 0, reasons } : null;
			const context = contextOf(leg, reading);
			const total = legs.length === 1 ? page.total : null;
			for (let from = 0; from === 0 || from < own.length; from += MAPPED_AT_ONCE) {
				const to = from + MAPPED_AT_ONCE;
				const rows = own.slice(from, to).map((row) => toSignedRate(row, context, bills));
				yield { rows, total, end: to < own.length ? null : end, requests: spent };
				spent = 0;
			}
		}
	}
	if (legs.length === 0) {
		yield { rows: [], total: 0, end: { complete: reasons.length === 0, reasons }, requests: spent };
	}
}

/** Whether what follows the first page takes more requests. */
function isLongerThan(requests: number, { rows, total, end }: WalkedPage<WireRate>): boolean {
	return end === null && total !== null && Math.ceil(total / Math.max(1, rows.length)) - 1 > requests;
}

function rememberCounts({ parameters, billId }: Leg, total: number | null, { api, counts }: RateReading): void {
	if (total === null || !api.dialect.filtersAreDocumented) return;
	const { 'billingAccount.id': account, isBilled, ...others } = parameters;
	if (Object.keys(others).length === 0 && typeof account === 'string' && isBilled === true) {
		counts.rememberAccount(account, total);
	}
	if (billId !== undefined && Object.keys(parameters).length === 1) counts.rememberBill(billId, total);
}

function ownRates(rows: readonly WireRate[], { billId, mustNameBill }: Leg, { api }: RateReading): Attributed {
	if (billId !== undefined) return attribute(rows, billId, api.dialect.filtersAreDocumented);
	if (mustNameBill !== true) return { own: rows, doubts: [] };
	const nameless = rows.filter((row) => billNamedBy(row) === null && !isUnbilled(row)).length;
	return { own: rows, doubts: nameless > 0 ? [namelessDoubt(nameless)] : [] };
}

/** Reads how the bills of single rates were signed; a bill that is not there stays unknown. Gives the requests it took. */
async function lookUpBills(
	{ looksUpBills }: Leg,
	rows: readonly WireRate[],
	{ policies }: KnownBills,
	reading: RateReading,
	options: WalkOptions,
): Promise<number> {
	if (looksUpBills !== true) return 0;
	const named = new Set(rows.map(billNamedBy).filter((id) => id !== null && !policies.has(id)));
	for (const remoteId of named) {
		if (remoteId === null) continue;
		try {
			policies.set(remoteId, await policyOf({ remoteId }, reading, options));
		} catch (error) {
			if (!(error instanceof BillingError) || error.kind !== 'NOT_FOUND') throw error;
		}
	}
	return named.size;
}

/** Rates that do not name their bill are on the one that was asked for. */
function contextOf({ billId }: Leg, { context }: RateReading): MappingContext {
	return billId === undefined ? context : { ...context, bill: { scope: context.owner.scope, remoteId: billId } };
}

function toSignedRate(row: WireRate, context: MappingContext, { policies }: KnownBills): Rate {
	const id = billNamedBy(row) ?? context.bill?.remoteId;
	const policy = id === undefined ? 'AS_REPORTED' : policies.get(id);
	const rate = toRate(row, context, policy ?? 'AS_REPORTED');
	if (policy !== undefined) return rate;
	return { ...rate, notices: [...rate.notices, 'its bill was not found, so its amounts are as reported'] };
}
