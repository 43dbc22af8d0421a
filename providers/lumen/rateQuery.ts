/** The walks that give the charge lines which a query means: API v1 by account and date, API v2 invoice by invoice. */
import type { Range, RateQuery, WalkOptions } from '../connector';
import type { Bill } from '../model/bill';
import type { CalendarDate } from '../model/dates';
import type { LocalId } from '../model/identity';
import type { Rate } from '../model/rate';
import { BillingError } from '../transport/errors';
import type { WalkedPage } from '../transport/pageWalk';
import type { LumenApi } from './api';
import type { BillReader } from './billReader';
import { BILLS_FROM, RATES_FROM, spanOf } from './history';
import type { RateReader } from './rateReader';
import { invoiceOf, isOneOfSeveral } from './statements';

export interface RateSources {
	readonly api: LumenApi;
	readonly bills: BillReader;
	readonly rates: RateReader;
	readonly options: WalkOptions | undefined;
}

type RatePages = AsyncGenerator<WalkedPage<Rate>, void, undefined>;

/** Lines of the accounts, or of the query's bill, whose account is one of them. */
export function ratesWalk(query: RateQuery, accounts: readonly string[], sources: RateSources): RatePages {
	if (sources.api.apiVersion === 'v2') return byInvoice(query, accounts, sources);
	return query.bill === undefined ? byDate(query, accounts, sources) : ofBill(query.bill, query, sources);
}

async function* byDate(query: RateQuery, accounts: readonly string[], { api, rates, options }: RateSources): RatePages {
	const span = spanOf(query.billDate, RATES_FROM, api.client.clock.now());
	for (const account of accounts) yield* rates.walkAccount(account, span, { only: null }, options, query.pageSize);
}

/** The bill first, since its lines are found by its date. */
async function* ofBill(id: LocalId, query: RateQuery, { api, bills, rates, options }: RateSources): RatePages {
	const bill = await bills.readOne(id, options);
	yield requestsOnly(1);
	if (!isDated(bill, query.billDate)) return;
	const { billDate } = bill;
	const span = spanOf(
		billDate === null ? undefined : { from: billDate, to: billDate },
		RATES_FROM,
		api.client.clock.now(),
	);
	const only = billDate === null ? null : bill.identity.remoteId;
	const facts = { only, signPolicyOf: () => bill.signPolicy };
	for await (const page of rates.walkAccount(id.scope, span, facts, options, query.pageSize)) {
		yield { ...page, rows: page.rows.flatMap((rate) => (isOn(rate, bill) ? [{ ...rate, bill: id }] : [])) };
	}
}

async function* byInvoice(query: RateQuery, accounts: readonly string[], sources: RateSources): RatePages {
	const { bill, billDate, pageSize } = query;
	if (bill !== undefined) refuseOneOfSeveral(bill);
	const invoice = bill === undefined ? null : bill.remoteId;
	for (const account of bill === undefined ? accounts : [bill.scope]) {
		if (invoice !== null && billDate === undefined) {
			yield* sources.rates.walkInvoice(account, invoice, sources.options, pageSize);
			continue;
		}
		const span = spanOf(billDate, BILLS_FROM, sources.api.client.clock.now());
		const { bills, requests, reasons } = await sources.bills.readAccount(account, span, sources.options);
		yield requestsOnly(requests);
		const invoices = bills
			.filter((found) => isDated(found, billDate))
			.map((found) => invoiceOf(found.identity.remoteId));
		for (const found of new Set(invoices)) {
			if (invoice === null || invoice === found) {
				yield* sources.rates.walkInvoice(account, found, sources.options, pageSize);
			}
		}
		// Bills that are missing are charges that are missing.
		if (reasons.length > 0) yield { rows: [], total: null, requests: 0, end: { complete: false, reasons } };
	}
}

function requestsOnly(requests: number): WalkedPage<Rate> {
	return { rows: [], total: null, end: null, requests };
}

/** A bill whose date cannot be read was found by its date, so it is taken at Lumen's word. */
export function isDated({ billDate }: Bill, range: Range<CalendarDate> | undefined): boolean {
	if (billDate === null || range === undefined) return true;
	return (range.from === undefined || billDate >= range.from) && (range.to === undefined || billDate <= range.to);
}

function isOn(rate: Rate, bill: Bill): boolean {
	const named = rate.bill?.remoteId;
	return named !== undefined && (named === bill.identity.remoteId || named === bill.number);
}

function refuseOneOfSeveral({ remoteId }: LocalId): void {
	if (!isOneOfSeveral(remoteId)) return;
	throw new BillingError({
		kind: 'CONFLICT',
		provider: 'LUMEN',
		parameter: 'bill',
		message: `Bill ${remoteId} is one of several documents of its invoice, and Lumen does not say which charge is on which`,
		hint: `Ask for the charges of the invoice: ${invoiceOf(remoteId)}.`,
	});
}
