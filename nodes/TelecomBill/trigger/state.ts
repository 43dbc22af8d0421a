/** What the trigger remembers of one provider account between polls: plain JSON, and not more than a number of bills. */
import type { CalendarDate, Instant } from '../../shared/core';

/**
 * One bill that was seen: start of its content hash; its day; how many contents it has had; and two fingerprints by which
 * a bill that replaces it is known (empty where it lacks what they are made of). A tuple, since thousands are kept.
 */
export type SeenBill = [hash: string, day: string | null, version: number, byNumber: string, byPeriod: string];

export interface SourceState {
	/** Day of the first poll, where none could read the source yet; absent once one has. */
	readonly unreadSince?: CalendarDate;
	/** Accounts of the credential that were read; absent where the provider lists them itself, or where nobody has noted them yet. */
	readonly accounts?: readonly string[] | undefined;
	/** Bills of earlier days never come out: they were there before the trigger, or have been forgotten. Null: no such day. */
	readonly cutoff: CalendarDate | null;
	/** Day (in the workflow's time zone) of the last poll that read all it asked for; null before there was one. */
	readonly readOn: CalendarDate | null;
	/** Latest update stamp that was read; null before there was one. */
	readonly readTo: Instant | null;
	/** Whether a bill without an update stamp was met, so that asking for updates alone would miss bills. */
	readonly unstamped: boolean;
	/** By bill key. */
	readonly seen: Readonly<Record<string, SeenBill>>;
	/** Due dates that were announced, by bill key and date. */
	readonly reminded: Readonly<Record<string, CalendarDate>>;
	/** Due dates before this day never come out again. */
	readonly remindedFrom: CalendarDate | null;
}

export const NOTHING_REMEMBERED: SourceState = {
	cutoff: null,
	readOn: null,
	readTo: null,
	unstamped: false,
	seen: {},
	reminded: {},
	remindedFrom: null,
};

/** Bills, and reminders, remembered for all provider accounts of a trigger together. */
export const MEMORY_CAP = 5_000;

/**
 * The states, within `cap` bills, and as many reminders, all sources together: a source that needs less than its share
 * leaves the rest to the others.
 *
 * @param untouched other states, which stay as they are and have their share, too
 * @param today what is dated later is never forgotten
 */
export function withinCap(
	states: Readonly<Record<string, SourceState>>,
	untouched: readonly SourceState[],
	cap: number,
	today: CalendarDate,
): Readonly<Record<string, SourceState>> {
	const all = [...Object.values(states), ...untouched];
	const bills = shareOf(
		all.map(({ seen }) => Object.keys(seen).length),
		cap,
	);
	const reminders = shareOf(
		all.map(({ reminded }) => Object.keys(reminded).length),
		cap,
	);
	return Object.fromEntries(
		Object.entries(states).map(([id, state]) => [id, forgetting(state, bills, reminders, today)]),
	);
}

/** How many entries no source may exceed, so that all together have no more than `cap`. */
function shareOf(needs: readonly number[], cap: number): number {
	let left = cap;
	const ascending = needs.toSorted((one, other) => one - other);
	for (const [index, need] of ascending.entries()) {
		const share = Math.floor(left / (ascending.length - index));
		if (need > share) return share;
		left -= need;
	}
	return cap;
}

function forgetting(state: SourceState, bills: number, reminders: number, today: CalendarDate): SourceState {
	const seen = trimmed(state.seen, ([, day]) => day, bills, today);
	const reminded = trimmed(state.reminded, (day) => day, reminders, today);
	return {
		...state,
		cutoff: later(state.cutoff, seen.from),
		seen: seen.entries,
		reminded: reminded.entries,
		remindedFrom: later(state.remindedFrom, reminded.from),
	};
}

function later(left: CalendarDate | null, right: string | null): CalendarDate | null {
	return left !== null && (right === null || left >= right) ? left : (right as CalendarDate | null);
}

interface Kept<T> {
	readonly entries: Readonly<Record<string, T>>;
	/** First day of which everything is remembered; null where nothing had to go. */
	readonly from: string | null;
}

/**
 * Forgets whole days, the oldest first, until no more than `cap` entries are left. A day is never forgotten in part, so
 * that "before this day" says exactly what is not remembered. The newest day up to today, what is dated ahead and what has
 * no day always stay: "before a day to come" would hide what is issued until then.
 */
function trimmed<T>(
	entries: Readonly<Record<string, T>>,
	dayOf: (entry: T) => string | null,
	cap: number,
	today: CalendarDate,
): Kept<T> {
	const all = Object.entries(entries);
	if (all.length <= cap) return { entries, from: null };
	const counts = new Map<string, number>();
	let kept = 0;
	for (const [, entry] of all) {
		const day = dayOf(entry);
		if (day === null || day > today) kept += 1;
		else counts.set(day, (counts.get(day) ?? 0) + 1);
	}
	let from: string | null = null;
	for (const day of [...counts.keys()].sort().reverse()) {
		kept += counts.get(day) ?? 0;
		if (from !== null && kept > cap) break;
		from = day;
	}
	const remembered = all.filter(([, entry]) => isFrom(dayOf(entry), from));
	return { entries: Object.fromEntries(remembered), from };
}

/** The day given, but not a day to come: the clock may have been ahead then. */
export function notAfter(today: CalendarDate, day: CalendarDate | null | undefined): CalendarDate {
	return day !== null && day !== undefined && day < today ? day : today;
}

/** Whether a day is not before the first one; what has no day always is. */
export function isFrom(day: string | null, from: string | null): boolean {
	return day === null || from === null || day >= from;
}
