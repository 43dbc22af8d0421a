/** Windows of bill dates, newest first: how a list that the server cannot sort is read newest first all the same. */
import type { Range } from '../connector';
import { type CalendarDate, addDays, addMonths } from '../model/dates';

/** Months back from the newest day. */
const REACHES = [3, 12, 36] as const;
/** A history that goes on is followed by windows that reach this many times as far each, and this many months at most. */
const STRIDE = 3;
const FARTHEST = 9_000;

/** How many windows most histories need at most. */
export const WINDOW_COUNT = REACHES.length + 1;

/**
 * Windows that touch, do not overlap, and together are `within` (every day, where it sets no bounds).
 * The first has no upper bound of its own, so that bills dated in the future are in it.
 *
 * @param newest where counting back starts: today, or the newest day wanted
 * @param isRestNear asked once the usual windows are read, again and again: whether all that is older may be one window
 */
export function* dateWindows(
	newest: CalendarDate,
	within: Range<CalendarDate> = {},
	isRestNear: () => boolean = () => true,
): Generator<Range<CalendarDate>, void, undefined> {
	let later: CalendarDate | undefined;
	for (const months of reaches(isRestNear)) {
		const from = months === null ? undefined : addMonths(newest, -months);
		const window = intersect({ from, to: later === undefined ? undefined : addDays(later, -1) }, within);
		if (!isEmpty(window)) yield window;
		later = from;
	}
}

function* reaches(isRestNear: () => boolean): Generator<number | null, void, undefined> {
	yield* REACHES;
	for (let months = REACHES[2] * STRIDE; months <= FARTHEST && !isRestNear(); months *= STRIDE) yield months;
	yield null;
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
