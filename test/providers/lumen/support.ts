/** Lumen connectors over a scripted transport, and records as Lumen is presumed to write them. */
import { expect } from '@jest/globals';

import { LumenConnector } from '../../../providers/lumen/connector';
import type { LumenSettings } from '../../../providers/lumen/settings';
import { BillingError } from '../../../providers/transport/errors';
import { NO_RETRY, type RetryPolicy } from '../../../providers/transport/retry';
import type { Page } from '../../../providers/connector';
import { type ScriptedAnswer, ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';

export const ACCOUNT = '5-ABCD5678';
export const OTHER = '123456789';
/** The clock's today. */
export const TODAY = '2026-02-01';

export function lumen(
	script: readonly ScriptedAnswer[] | ScriptedAnswer,
	settings: Partial<LumenSettings> = {},
	retry: RetryPolicy = NO_RETRY,
) {
	const transport = new ScriptedTransport(script);
	const clock = fakeClock(`${TODAY}T12:00:00Z`);
	const connector = new LumenConnector(
		{ connection: 'lumen-us', baseUrl: 'https://api.lumen.com', accounts: [ACCOUNT], ...settings },
		{ transport, clock, retry },
	);
	return { connector, api: connector.api, transport, clock };
}

/** Everything that a walk hands out. */
export async function readAll<T>(pages: AsyncIterable<Page<T>>) {
	const all: Page<T>[] = [];
	for await (const page of pages) all.push(page);
	return {
		pages: all,
		items: all.flatMap((page) => page.items),
		notices: all.flatMap((page) => page.notices),
		requests: all.reduce((sum, page) => sum + page.requests, 0),
		end: all.at(-1)?.end ?? null,
	};
}

export async function refusal(work: Promise<unknown>): Promise<BillingError> {
	const error: unknown = await work.then(
		() => null,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(BillingError);
	return error as BillingError;
}

export function query(url: string): Record<string, string> {
	return Object.fromEntries(new URL(url).searchParams);
}

export const noData = (account = ACCOUNT) =>
	json(404, { code: '404', message: `No data found for billingAccountID: ${account}` });

/** The page after the last: API v2 announces no total and documents no largest page, so only this ends its lists. */
export const NO_MORE = json(200, []);

/** An API v1 bill. */
export function customerBill(id: string, billDate: string, more: object = {}) {
	return {
		id,
		billNo: id,
		billDate: `${billDate}T00:00:00Z`,
		billingPeriod: { startDateTime: `${billDate}T00:00:00Z`, endDateTime: `${billDate}T00:00:00Z` },
		amountDue: { unit: 'USD', value: 119.0 },
		taxExcludedAmount: { unit: 'USD', value: 100 },
		taxIncludedAmount: { unit: 'USD', value: 119 },
		...more,
	};
}

/** An API v1 charge line. */
export function rate(id: string, bill: string | null, more: object = {}) {
	return {
		id,
		...(bill === null ? {} : { bill: { id: bill } }),
		product: { id: 'p-1', name: 'Dedicated Internet Access' },
		taxExcludedAmount: { unit: 'USD', value: 10 },
		taxIncludedAmount: { unit: 'USD', value: 11.9 },
		...more,
	};
}

/** An API v2 invoice with its documents. */
export function invoice(invoiceNumber: string, ...documents: object[]) {
	return { invoiceNumber, documentSummaryDetails: documents };
}

export function statement(statementDate: string, currentCharges: number | string, more: object = {}) {
	return {
		billCharges: { currentCharges, totalAmountDue: currentCharges },
		currencyCode: 'USD',
		fromDate: '2024-04-01',
		toDate: '2024-04-30',
		statementDate,
		...more,
	};
}
