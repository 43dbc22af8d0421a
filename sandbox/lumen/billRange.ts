/** The bills of an account and a range of bill dates, within Lumen's history; and the page that is asked for. */
import type { FastifyRequest } from 'fastify';

import type { SandboxContext } from '../context';
import { isCalendarDay } from '../data/calendar';
import type { LedgerBill } from '../data/ledger';
import { queryValue, wholeNumber } from '../http/request';
import { badDate, badNumber, limitTooLarge, noData } from './errors';

/** Production began on 2022-01-30 with two years of bills and one of rates, and its history has grown since. */
export const HISTORY_START = { bills: '2020-01-30', rates: '2021-01-30' } as const;

/** Both dates count. @throws LumenError 400 for a date that is none, 404 when there is no bill */
export function billsInRange(
	request: FastifyRequest,
	{ ledger }: SandboxContext,
	account: string,
	historyStart: string,
): readonly LedgerBill[] {
	const from = dateOf(request, 'startBillDate') ?? historyStart;
	const to = dateOf(request, 'endBillDate') ?? '9999-12-31';
	const bills = ledger
		.bills('lumen', account)
		.filter(({ billDate }) => billDate >= from && billDate >= historyStart && billDate <= to);
	if (bills.length === 0) throw noData(account);
	return bills;
}

function dateOf(request: FastifyRequest, name: string): string | undefined {
	const text = queryValue(request, name);
	if (text !== undefined && !isCalendarDay(text)) throw badDate();
	return text;
}

/** @throws LumenError 400 */
export function pageOf(request: FastifyRequest, { options }: SandboxContext): { offset: number; limit: number } {
	const limits = options.pageLimits.lumen;
	const limit = numberOf(request, 'limit', 1) ?? limits.default;
	if (limit > limits.max) throw limitTooLarge(limits.max);
	return { offset: numberOf(request, 'offset', 0) ?? 0, limit };
}

function numberOf(request: FastifyRequest, name: string, min: number): number | undefined {
	const text = queryValue(request, name);
	if (text === undefined) return undefined;
	const number = wholeNumber(text, min);
	if (number === undefined) throw badNumber(name);
	return number;
}
