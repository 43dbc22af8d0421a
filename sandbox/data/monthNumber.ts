/** Consecutive numbers for consecutive months, so that quirks can take turns from bill to bill. */

/** Months from the year 0 to the month of a `YYYY-MM-DD`. */
export function monthNumber(date: string): number {
	return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}
