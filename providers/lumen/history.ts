/** The dates that Lumen is asked for, and what is said when a query reaches past what Lumen keeps. */
import type { HistoryLimit } from '../capabilities';
import type { Range } from '../connector';
import { type CalendarDate, addDays, dateOfMillis } from '../model/dates';

/** The API opened on 2022-01-30 with two years of bills and one of rates, and forgets nothing since. */
export const BILLS_FROM = '2020-01-30' as CalendarDate;
export const RATES_FROM = '2021-01-30' as CalendarDate;

export const SANDBOX_NOTICE = "Lumen's sandbox holds bills of June to November 2021 only.";

/** Both days count. */
export interface DateSpan {
	readonly start: CalendarDate;
	readonly end: CalendarDate;
}

/** Lumen lists nothing without both dates: open ends run from the start of its history to tomorrow. */
export function spanOf(range: Range<CalendarDate> | undefined, floor: CalendarDate, now: number): DateSpan {
	const start = range?.from ?? earlier(floor, range?.to ?? floor);
	return { start, end: range?.to ?? later(addDays(dateOfMillis(now), 1), start) };
}

/** What to say of a range that asks for more than Lumen keeps; null where it does not. */
export function historyNotice(
	range: Range<CalendarDate> | undefined,
	floor: CalendarDate,
	what: 'bills' | 'rates',
): string | null {
	const lowest = range?.from ?? range?.to;
	return lowest === undefined || lowest >= floor
		? null
		: `Lumen keeps ${what} from about ${floor}; older ones cannot be had.`;
}

export function historyLimit(floor: CalendarDate): HistoryLimit {
	return {
		earliest: floor,
		rollingMonths: null,
		note: `From about ${floor}, growing. The sandbox (api-test) holds June to November 2021 only.`,
	};
}

export function earlier(left: CalendarDate, right: CalendarDate): CalendarDate {
	return left < right ? left : right;
}

export function later(left: CalendarDate, right: CalendarDate): CalendarDate {
	return left > right ? left : right;
}
