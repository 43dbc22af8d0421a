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

/** Null when neither end can be read. */
export function toPeriod(start: unknown, end: unknown, endCounts: boolean | null): Period | null {
	const period = {
		start: toCalendarDate(start),
		end: toCalendarDate(end),
		startsAt: toInstant(start),
		endsAt: toInstant(end),
		endCounts,
	};
	return period.start === null && period.end === null ? null : period;
}

/** First day after the period; null when the end is unknown or when the provider does not say whether it counts. */
export function endExclusive(period: Period): CalendarDate | null {
	if (period.end === null || period.endCounts === null) return null;
	return period.endCounts ? addDays(period.end, 1) : period.end;
}
