/** What has happened to the bills that were read, given what is remembered: pure, so that a replay says the same again. */
import { createHash } from 'node:crypto';

import { billKey } from '../../shared/columns';
import { type Bill, type CalendarDate, type Instant, addDays, contentHash, toCalendarDate } from '../../shared/core';
import { type Replacement, FormerKeys, NOTHING_REPLACED, Replaced } from './alike';
import { type SeenBill, type SourceState, isFrom, notAfter } from './state';

export type EventKind = 'new' | 'revised' | 'dueSoon';

export interface BillEvent extends Replacement {
	readonly kind: EventKind;
	readonly bill: Bill;
	/**
	 * `provider:account:billId@hash`, with `.2` and so on when the content changed again (it may change back); a reminder has
	 * its due date in place of the hash. A replay has the same key.
	 */
	readonly idempotencyKey: string;
}

export interface Rules {
	/** New bills of earlier days are remembered but do not come out: set on a first run. Null: all come out. `none`: none. */
	readonly emitFrom: CalendarDate | 'none' | null;
	/** Null: no reminders. */
	readonly due: { readonly from: CalendarDate; readonly to: CalendarDate } | null;
	readonly today: CalendarDate;
	readonly now: Instant;
}

export interface Judgement {
	readonly events: readonly BillEvent[];
	readonly state: SourceState;
}

/** @param isWhole whether everything that was asked for was read; otherwise the next poll asks from the same stamp again */
export function judge(bills: readonly Bill[], state: SourceState, rules: Rules, isWhole: boolean): Judgement {
	const seen = new Map(Object.entries(state.seen));
	const ordered = inOrder(bills);
	const memory: Memory = {
		seen,
		replaced: new Replaced(state.seen),
		formerKeys: new FormerKeys(state.seen, new Set(ordered.map(billKey))),
		renamed: new Map(),
		cutoff: state.cutoff,
	};
	const events: BillEvent[] = [];
	for (const bill of ordered) {
		const event = changeOf(bill, memory);
		if (event !== null && comesOut(event, rules.emitFrom)) events.push(event);
	}
	const reminders = remindersOf(ordered, state, memory.renamed, rules.due);
	return {
		events: [...events, ...reminders.events],
		state: {
			accounts: state.accounts,
			cutoff: state.cutoff,
			readOn: isWhole ? rules.today : state.readOn,
			readTo: isWhole ? latestStamp(bills, state.readTo, rules.now) : state.readTo,
			unstamped: state.unstamped || bills.some(({ lastUpdate }) => lastUpdate === null),
			seen: Object.fromEntries(seen),
			reminded: { ...state.reminded, ...reminders.given },
			remindedFrom: state.remindedFrom,
		},
	};
}

interface Memory {
	/** Changed as bills are judged. */
	readonly seen: Map<string, SeenBill>;
	readonly replaced: Replaced;
	readonly formerKeys: FormerKeys;
	/** Keys that bills had before, by those that they have now. */
	readonly renamed: Map<string, string>;
	readonly cutoff: CalendarDate | null;
}

/** Remembers the bill; null where nothing happened to it. */
function changeOf(bill: Bill, { seen, replaced, formerKeys, renamed, cutoff }: Memory): BillEvent | null {
	const key = billKey(bill);
	const hash = contentHash(bill.raw).slice(0, 16);
	const day = dayOf(bill);
	const known = seen.get(key);
	if (known?.[0] === hash) return null;
	if (known === undefined && !isFrom(day, cutoff)) return null;
	const former = known === undefined ? formerKeys.find(key, hash) : undefined;
	const version = former === undefined ? (known?.[2] ?? 0) + 1 : (seen.get(former)?.[2] ?? 1);
	const entry: SeenBill = [hash, day, version, byNumber(bill), byPeriod(bill)];
	const replacement = known === undefined ? replaced.find(key, entry) : NOTHING_REPLACED;
	seen.set(key, entry);
	replaced.add(key, entry);
	if (former !== undefined) {
		seen.delete(former);
		renamed.set(key, former);
		return null;
	}
	const idempotencyKey = `${key}@${hash}${version > 1 ? `.${version}` : ''}`;
	return { kind: known === undefined ? 'new' : 'revised', bill, idempotencyKey, ...replacement };
}

function comesOut({ kind, bill }: BillEvent, emitFrom: Rules['emitFrom']): boolean {
	if (kind !== 'new' || emitFrom === null) return true;
	const day = dayOf(bill);
	return emitFrom !== 'none' && day !== null && day >= emitFrom;
}

/** Once for each bill and due date; nothing that is paid, or that is nothing to pay: not made yet, void, a credit note. */
function remindersOf(
	bills: readonly Bill[],
	{ reminded, remindedFrom }: SourceState,
	renamed: ReadonlyMap<string, string>,
	due: Rules['due'],
): { events: readonly BillEvent[]; given: Record<string, CalendarDate> } {
	const given: Record<string, CalendarDate> = {};
	const events: BillEvent[] = [];
	for (const bill of due === null ? [] : bills) {
		const { dueDate } = bill;
		if (dueDate === null || due === null || dueDate < due.from || dueDate > due.to || !isToPay(bill)) continue;
		const key = billKey(bill);
		const idempotencyKey = reminderKey(key, dueDate);
		if (reminded[idempotencyKey] !== undefined || !isFrom(dueDate, remindedFrom)) continue;
		given[idempotencyKey] = dueDate;
		const former = renamed.get(key);
		if (former !== undefined && reminded[reminderKey(former, dueDate)] !== undefined) continue;
		events.push({ kind: 'dueSoon', bill, idempotencyKey, ...NOTHING_REPLACED });
	}
	return { events, given };
}

function reminderKey(key: string, dueDate: CalendarDate): string {
	return `${key}@due-${dueDate}`;
}

function isToPay({ paymentStatus, state, type }: Bill): boolean {
	const isPaid = paymentStatus === 'PAID' || paymentStatus === 'OVERPAID';
	return !isPaid && state !== 'IN_PROGRESS' && state !== 'VOIDED' && type !== 'CREDIT_NOTE';
}

/** The same bills in whatever order they were read: by day, then by key; each once. */
function inOrder(bills: readonly Bill[]): readonly Bill[] {
	const byKey = new Map(bills.map((bill) => [billKey(bill), bill]));
	const sortKey = (key: string, bill: Bill): string => `${dayOf(bill) ?? ''} ${key}`;
	return [...byKey]
		.map(([key, bill]) => ({ bill, at: sortKey(key, bill) }))
		.sort((left, right) => (left.at < right.at ? -1 : 1))
		.map(({ bill }) => bill);
}

/** The day that decides whether a bill is old. */
export function dayOf({ billDate, dueDate, lastUpdate }: Bill): CalendarDate | null {
	return billDate ?? dueDate ?? toCalendarDate(lastUpdate);
}

/** Never ahead of the clock: one stamp in the future would hide all changes until then. */
function latestStamp(bills: readonly Bill[], readTo: Instant | null, now: Instant): Instant | null {
	const stamps = bills.flatMap(({ lastUpdate }) => (lastUpdate === null ? [] : [Date.parse(lastUpdate)]));
	if (stamps.length === 0) return readTo;
	const latest = Math.min(
		stamps.reduce((a, b) => Math.max(a, b)),
		Date.parse(now),
	);
	return readTo !== null && Date.parse(readTo) >= latest ? readTo : (new Date(latest).toISOString() as Instant);
}

function accountOf({ billingAccount, identity }: Bill): string {
	return billingAccount?.id ?? identity.scope;
}

/** Account, number and type. */
function byNumber(bill: Bill): string {
	return bill.number === null ? '' : print(['number', accountOf(bill), bill.number, bill.type]);
}

/** Account, period and total; nothing for a bill over nothing, of which there may be many. */
function byPeriod(bill: Bill): string {
	const { period, total } = bill;
	if (period === null || total === null || total.amount === '0' || accountOf(bill) === '') return '';
	return print(['period', accountOf(bill), period.start, period.end, total.amount, total.currency]);
}

function print(parts: readonly (string | null)[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64').slice(0, 12);
}

/** Due dates up to so many days ahead; from the last poll on, since n8n may have been away when a bill fell due. */
export function dueWindow(
	today: CalendarDate,
	days: number,
	known: SourceState | undefined,
): NonNullable<Rules['due']> {
	return { from: notAfter(today, known?.readOn ?? known?.unreadSince), to: addDays(today, days) };
}
