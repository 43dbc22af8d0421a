/** Dates as reports write them: day or month first is told by the file itself, or it is not guessed. */
import { type CalendarDate, toCalendarDate } from '../model/dates';

export const DATE_ORDERS = ['DAY_FIRST', 'MONTH_FIRST'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export type OrderFound =
	| { readonly kind: 'FOUND'; readonly order: DateOrder }
	/** Every date reads the same either way. */
	| { readonly kind: 'NOT_NEEDED' }
	| { readonly kind: 'AMBIGUOUS'; readonly sample: string }
	| { readonly kind: 'CONTRADICTORY'; readonly samples: readonly [string, string] };

/** Two numbers and a year of four digits, with the same sign between. */
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/;
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const NAMED_MONTH = /^(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*[ -](\d{4})$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The order that all dates of a file agree on: one with a day after the 12th decides. */
export function findDateOrder(values: readonly string[]): OrderFound {
	const evidence = new Map<DateOrder, string>();
	let ambiguous: string | null = null;
	for (const value of values) {
		const match = NUMERIC.exec(value.trim());
		if (match === null || match[1] === match[3]) continue;
		const readable = DATE_ORDERS.filter((order) => readDate(value, order) !== null);
		const [only, other] = readable;
		if (other !== undefined) ambiguous ??= value.trim();
		else if (only !== undefined && !evidence.has(only)) evidence.set(only, value.trim());
	}
	const [first, second] = [...evidence];
	if (first !== undefined && second !== undefined) return { kind: 'CONTRADICTORY', samples: [first[1], second[1]] };
	if (first !== undefined) return { kind: 'FOUND', order: first[0] };
	return ambiguous === null ? { kind: 'NOT_NEEDED' } : { kind: 'AMBIGUOUS', sample: ambiguous };
}

/** Null for what is no date in this order. Years of two digits are not read: which century they mean is not said. */
export function readDate(value: string, order: DateOrder): CalendarDate | null {
	const text = value.trim();
	const plain = toCalendarDate(text);
	if (plain !== null) return plain;
	const numeric = NUMERIC.exec(text);
	if (numeric !== null) {
		const [, left, , right, year] = numeric;
		return order === 'DAY_FIRST' ? dateOf(year, right, left) : dateOf(year, left, right);
	}
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst !== null) return dateOf(yearFirst[1], yearFirst[2], yearFirst[3]);
	const [, day, name = '', year] = NAMED_MONTH.exec(text) ?? [];
	return dateOf(year, String(MONTHS.indexOf(name.toLowerCase()) + 1), day);
}

function dateOf(year = '', month = '', day = ''): CalendarDate | null {
	return toCalendarDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
