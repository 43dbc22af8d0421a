/** Which bills a poll asks a provider for: as few as may be, and far enough back that late ones are not missed. */
import { type BillQuery, type CalendarDate, type Capabilities, type Instant, addDays } from '../../shared/core';
import type { Rules } from './events';
import { type SourceState, notAfter } from './state';

export type FirstRun =
	/** Bills that are there already do not come out. */
	| { readonly kind: 'none' }
	/** Those of the last days do. */
	| { readonly kind: 'days'; readonly days: number }
	| { readonly kind: 'all' };

/**
 * Lumen cannot be asked for changes: it is asked for the bills of so many days before the last poll, so that none is missed
 * however long ago that was.
 */
const WINDOW_DAYS = 60;
/** Providers that can be asked for changes: so many days of bills are remembered at first, to know later what is a change. */
const BASELINE_DAYS = 365;
/** A bill that is due now was issued within so many days; where reminders are wanted, bills are read from there on. */
const DUE_BILLS_DAYS = 120;
/** Changes are asked for from so far before the latest known one: they may show up late. */
const OVERLAP_MS = 2 * 86_400_000;

export interface FirstReading {
	readonly query: BillQuery;
	/** Bills of earlier days are not read, and shall not come out later. */
	readonly cutoff: CalendarDate | null;
	readonly emitFrom: Rules['emitFrom'];
}

/** Due dates that are reminded of. */
type Due = Rules['due'];

/** @param since when the first poll was, where it could not read this source */
export function firstReading(
	capabilities: Capabilities,
	firstRun: FirstRun,
	{ today, since }: { readonly today: CalendarDate; readonly since: CalendarDate | undefined },
	due: Due,
): FirstReading {
	const began = notAfter(today, since);
	const baseline = stampsCanBeAsked(capabilities) ? BASELINE_DAYS : windowDays(due);
	const reach = firstRun.kind === 'days' ? Math.max(firstRun.days, baseline) : baseline;
	const isWhole = firstRun.kind === 'all' || !datesCanBeAsked(capabilities);
	const from = isWhole ? null : addDays(began, -reach);
	return {
		query: from === null ? {} : { billDate: { from } },
		cutoff: from,
		emitFrom: firstOut(firstRun, began, since !== undefined),
	};
}

/** What was issued while the source could not be read was not there when the trigger began. */
function firstOut(firstRun: FirstRun, began: CalendarDate, isLate: boolean): Rules['emitFrom'] {
	if (firstRun.kind === 'all') return null;
	if (firstRun.kind === 'days') return addDays(began, -firstRun.days);
	return isLate ? began : 'none';
}

/**
 * Whether the clock of the first reading ran so far ahead that it asked for bills of days still to come, and found none: it
 * is made anew. With any bill remembered, it is today's clock that is behind.
 */
export function beganAhead({ cutoff, seen }: SourceState, today: CalendarDate): boolean {
	return cutoff !== null && cutoff > today && Object.keys(seen).length === 0;
}

/** All of these are read; a bill may be in several. */
export function laterReadings(
	capabilities: Capabilities,
	{ readOn, readTo, unstamped }: SourceState,
	today: CalendarDate,
	due: Due,
): readonly BillQuery[] {
	if (!datesCanBeAsked(capabilities)) return [{}];
	const window: BillQuery = { billDate: { from: addDays(notAfter(today, readOn), -windowDays(due)) } };
	if (!stampsCanBeAsked(capabilities) || readTo === null) return [window];
	const changes: BillQuery = {
		lastUpdate: { from: new Date(Date.parse(readTo) - OVERLAP_MS).toISOString() as Instant },
	};
	// A bill becomes due without being updated.
	if (unstamped) return [changes, window];
	return due === null ? [changes] : [changes, { ...window, dueDate: due }];
}

function windowDays(due: Due): number {
	return due === null ? WINDOW_DAYS : DUE_BILLS_DAYS;
}

function stampsCanBeAsked({ billFilters }: Capabilities): boolean {
	return billFilters.lastUpdate === 'PUSHED_DOWN';
}

/** Where it cannot, its bills are read whole each time, which floLIVE's API does in any case. */
function datesCanBeAsked({ billFilters }: Capabilities): boolean {
	return billFilters.billDate === 'PUSHED_DOWN' || billFilters.billDate === 'PARTLY_PUSHED_DOWN';
}
