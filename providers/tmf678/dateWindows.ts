/** Windows of bill dates, newest first: how a list that the server cannot sort is read newest first all the same. */
import type { Range } from '../connector';
import { type CalendarDate, addDays, addMonths } from '../model/dates';

/** Months back from the newest day; what is older is the last window. */
const REACHES = [3, 12, 36] as const;

/** How many windows there are at most. */
export const WINDOW_COUNT = REACHES.length + 1;

/**
 * Windows that touch, do not overlap, and together are `within` (every day, where it sets no bounds).
 * The first has no upper bound of its own, so that bills dated in the future are in it.
 *
 * @param newest where counting back starts: today, or the newest day wanted
 */
export function dateWindows(newest: CalendarDate, within: Range<CalendarDate> = {}): readonly Range<CalendarDate>[] {
	const starts = REACHES.map((months) => addMonths(newest, -months));
	const windows = [...starts, undefined].map((from, index) => {
		const later = starts[index - 1];
		return intersect({ from, to: later === undefined ? undefined : addDays(later, -1) }, within);
	});
	return windows.filter((window) => !isEmpty(window));
}

export function intersect(left: Range<CalendarDate>, right: Range<CalendarDate>): Range<CalendarDate> {
	const from = [left.from, right.from]
		.filter((day) => day !== undefined)
		.sort()
		.pop();
	const [to] = [left.to, right.to].filter((day) => day !== undefined).sort();
	return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

export function isEmpty({ from, to }: Range<CalendarDate>): boolean {
	return from !== undefined && to !== undefined && from > to;
}
