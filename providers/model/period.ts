/** A span of days that a bill or a rate covers. */
import { type CalendarDate, type Instant, addDays, toCalendarDate, toInstant } from './dates';

export interface Period {
	readonly start: CalendarDate | null;
	/** As the provider wrote it; whether this day still counts is `endCounts`. */
	readonly end: CalendarDate | null;
	readonly startsAt: Instant | null;
	readonly endsAt: Instant | null;
	/** True: the end day is part of the period. Null: the provider does not say. */
	readonly endCounts: boolean | null;
}

/** The rates of a bill share a few periods: reading each anew took a third of the time of mapping them. */
const lately = new Map<string, Period | null>();
const MOST_KEPT = 100;

/** Null when neither end can be read. */
export function toPeriod(start: unknown, end: unknown, endCounts: boolean | null): Period | null {
	if (typeof start !== 'string' || typeof end !== 'string') return readPeriod(start, end, endCounts);
	const key = `${start}\n${end}\n${endCounts}`;
	const known = lately.get(key);
	if (known !== undefined) return known;
	if (lately.size >= MOST_KEPT) lately.clear();
	const period = readPeriod(start, end, endCounts);
	lately.set(key, period);
	return period;
}

function readPeriod(start: unknown, end: unknown, endCounts: boolean | null): Period | null {
	const period = {
		start: toCalendarDate(start),
		end: toCalendarDate(end),
		startsAt: toInstant(start),
		endsAt: toInstant(end),
		endCounts,
	};
	return period.start === null && period.end === null ? null : Object.freeze(period);
}

/** First day after the period; null when the end is unknown or when the provider does not say whether it counts. */
export function endExclusive(period: Period): CalendarDate | null {
	if (period.end === null || period.endCounts === null) return null;
	return period.endCounts ? addDays(period.end, 1) : period.end;
}
