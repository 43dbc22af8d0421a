/** Calendar dates as written and instants as written: neither is ever shifted by a time zone. */

/** `YYYY-MM-DD`, a day that exists in the calendar. */
export type CalendarDate = string & { readonly __brand: 'CalendarDate' };

/** An RFC 3339 date-time with its offset, kept as the provider wrote it (a space becomes `T`, `+0100` becomes `+01:00`). */
export type Instant = string & { readonly __brand: 'Instant' };

const DATE_TIME =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;

/** The day a date or date-time names, in the offset in which it was written. Null when it names no day. */
export function toCalendarDate(value: unknown): CalendarDate | null {
	if (typeof value !== 'string') return null;
	const text = value.trim();
	const match = DATE_TIME.exec(text) ?? COMPACT_DATE.exec(text);
	if (match === null) return null;
	const [, year = '', month = '', day = ''] = match;
	return isCalendarDay(Number(year), Number(month), Number(day)) ? (`${year}-${month}-${day}` as CalendarDate) : null;
}

/** Null for a bare date (it names a day, not an instant), for a time without offset, and for what is no date. */
export function toInstant(value: unknown): Instant | null {
	if (typeof value !== 'string') return null;
	const match = DATE_TIME.exec(value.trim());
	if (match === null || match[4] === undefined || match[5] === undefined) return null;
	const date = toCalendarDate(value);
	if (date === null) return null;
	const time = match[4].length === 5 ? `${match[4]}:00` : match[4];
	const instant = `${date}T${time}${normalOffset(match[5])}`;
	return Number.isNaN(Date.parse(instant)) ? null : (instant as Instant);
}

function normalOffset(offset: string): string {
	if (offset === 'Z' || offset === 'z') return 'Z';
	const digits = offset.replace(':', '').slice(1).padEnd(4, '0');
	return `${offset.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Milliseconds since the epoch. */
export function instantMillis(instant: Instant): number {
	return Date.parse(instant);
}

/** The calendar date `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
	return dateOfMillis(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);
}

/** The same day of the month `months` later, or that month's last day where it is shorter. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
	const [year, month, day] = date.split('-').map(Number) as [number, number, number];
	const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0));
	lastDay.setUTCDate(Math.min(day, lastDay.getUTCDate()));
	return dateOfMillis(lastDay.getTime());
}

/** The UTC day of a clock reading; for bounds sent to providers, never for a bill's own dates. */
export function dateOfMillis(millis: number): CalendarDate {
	return new Date(millis).toISOString().slice(0, 10) as CalendarDate;
}
