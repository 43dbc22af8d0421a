/** Calendar dates as written and instants as written: neither is ever shifted by a time zone. */

/** `YYYY-MM-DD`, a day that exists in the calendar. */
export type CalendarDate = string & { readonly __brand: 'CalendarDate' };

/** An RFC 3339 date-time with its offset, kept as the provider wrote it (a space becomes `T`, `+0100` becomes `+01:00`). */
export type Instant = string & { readonly __brand: 'Instant' };

const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;

/** The day a date or date-time names, in the offset in which it was written. Null when it names no day. */
export function toCalendarDate(value: unknown): CalendarDate | null {
	if (typeof value !== 'string') return null;
	const written = value.trim();
	const text = written.length === 8 ? written.replace(COMPACT_DATE, '$1-$2-$3') : written;
	return DATE_TIME.test(text) ? existingDay(text) : null;
}

/** Null for a bare date (it names a day, not an instant), for a time without offset, and for what is no date. */
export function toInstant(value: unknown): Instant | null {
	if (typeof value !== 'string') return null;
	const text = value.trim();
	const [, time, offset] = DATE_TIME.exec(text) ?? [];
	if (time === undefined || offset === undefined) return null;
	const date = existingDay(text);
	if (date === null) return null;
	const instant = `${date}T${time.length === 5 ? `${time}:00` : time}${normalOffset(offset)}`;
	return Number.isNaN(Date.parse(instant)) ? null : (instant as Instant);
}

function normalOffset(offset: string): string {
	if (offset === 'Z' || offset === 'z') return 'Z';
	const digits = offset.replace(':', '').slice(1).padEnd(4, '0');
	return `${offset.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** The day that a text of the right form begins with; null where the calendar has none such. */
function existingDay(text: string): CalendarDate | null {
	const date = text.slice(0, 10) as CalendarDate;
	const [year, month, day] = partsOf(date);
	return day >= 1 && day <= daysIn(year, month) ? date : null;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for a month that does not exist. Without a `Date`, of which every bill and rate would make a dozen. */
function daysIn(year: number, month: number): number {
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/** Months from 1. Unlike `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999. */
function utcMillis(year: number, month: number, day: number): number {
	return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** Milliseconds since the epoch. */
export function instantMillis(instant: Instant): number {
	return Date.parse(instant);
}

/** The calendar date `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
	const [year, month, day] = partsOf(date);
	return dateOfMillis(utcMillis(year, month, day + days));
}

/** The same day of the month `months` later, or that month's last day where it is shorter. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
	const [year, month, day] = partsOf(date);
	const lastDay = new Date(utcMillis(year, month + months + 1, 0)).getUTCDate();
	return dateOfMillis(utcMillis(year, month + months, Math.min(day, lastDay)));
}

function partsOf(date: CalendarDate): readonly [year: number, month: number, day: number] {
	return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
}

const EARLIEST_MILLIS = Date.parse('0000-01-01T00:00:00Z');
const LATEST_MILLIS = Date.parse('9999-12-31T00:00:00Z');

/**
 * The UTC day of a clock reading; for bounds sent to providers, never for a bill's own dates.
 * Days beyond year 9999 are its last day, which providers write for "no end".
 */
export function dateOfMillis(millis: number): CalendarDate {
	const within = Math.min(Math.max(millis, EARLIEST_MILLIS), LATEST_MILLIS);
	return new Date(within).toISOString().slice(0, 10) as CalendarDate;
}
