/** Calendar arithmetic on `YYYY-MM-DD`, in UTC, so that no time zone of the machine shows. */

/** Month (from 1) and day may be any whole number: month 0 is December of the year before, day 0 the last of the month before. */
export function calendarDay(year: number, month: number, day: number): string {
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	return date.toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
	return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of another month, or that month's last day where it is shorter. */
export function addMonths(date: string, months: number): string {
	const year = Number(date.slice(0, 4));
	const month = Number(date.slice(5, 7)) + months;
	const lastDay = Number(calendarDay(year, month + 1, 0).slice(8, 10));
	return calendarDay(year, month, Math.min(Number(date.slice(8, 10)), lastDay));
}

/** Whether the text is a day that exists, written `YYYY-MM-DD`. */
export function isCalendarDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const time = Date.parse(text);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
