/** One poll over all chosen providers: what happened, and what to remember if it is handed over. */
import { type Bill, type BillQuery, type CalendarDate, type Instant, type Page, BillingError } from '../../shared/core';
import { accountsOf, fitted } from '../billQuery';
import { untilAborted } from '../../shared/within';
import type { Source } from '../providers';
import { type BillEvent, type EventKind, type Judgement, type Rules, dueWindow, judge } from './events';
import { type FirstReading, type FirstRun, beganAhead, firstReading, laterReadings } from './reading';
import { type SourceState, MEMORY_CAP, NOTHING_REMEMBERED, withinCap } from './state';

export interface PollSettings {
	readonly kinds: ReadonlySet<EventKind>;
	readonly dueInDays: number;
	readonly firstRun: FirstRun;
	/** Empty: all. */
	readonly accounts: readonly string[] | undefined;
	/** Bills remembered, all sources together; `MEMORY_CAP` where absent. */
	readonly cap?: number;
}

export interface PollTime {
	/** In the workflow's time zone. */
	readonly today: CalendarDate;
	readonly now: Instant;
	/** Fires when the time that n8n gives to a poll is nearly over; absent where it gives all the time needed. */
	readonly over?: AbortSignal | undefined;
}

export interface SourceEvent extends BillEvent {
	readonly source: Source;
}

export interface PollOutcome {
	readonly events: readonly SourceEvent[];
	/** By source, where something changed: to be remembered once the events are handed over. */
	readonly states: Readonly<Record<string, SourceState>>;
	readonly failures: readonly { readonly source: Source; readonly reason: unknown }[];
}

/** The newest bill of each source, as if it had just come out: to build a workflow with. Nothing is remembered. */
export async function sampleEvents(
	sources: readonly Source[],
	{ today, now }: Pick<PollTime, 'today' | 'now'>,
): Promise<SourceEvent[]> {
	const events = await Promise.all(
		sources.map(async (source) => {
			const bills: Bill[] = [];
			for await (const page of source.connector.bills({
				order: { field: 'BILL_DATE', direction: 'DESC' },
				maxRows: 1,
			})) {
				bills.push(...page.items);
			}
			const rules: Rules = { emitFrom: null, due: null, today, now };
			return judge(bills, NOTHING_REMEMBERED, rules, true).events.map((event) => ({ ...event, source }));
		}),
	);
	return events.flat();
}

/** Names a source in what is remembered: with another credential, another one begins. */
export function sourceId({ connector }: Source): string {
	return `${connector.provider}:${connector.connection}`;
}

/**
 * Reads all sources side by side. One that fails keeps its state as it was, so its next poll begins where this one did; of
 * one that was never read, the day is kept.
 * Nothing is changed here: the caller remembers `states` after it has handed over `events`.
 */
export async function pollSources(
	sources: readonly Source[],
	states: Readonly<Record<string, SourceState | undefined>>,
	settings: PollSettings,
	time: PollTime,
): Promise<PollOutcome> {
	const outcomes = await Promise.allSettled(
		sources.map((source) => pollOne(source, states[sourceId(source)], settings, time)),
	);
	const events: SourceEvent[] = [];
	const remembered: Record<string, SourceState> = {};
	const failures: { source: Source; reason: unknown }[] = [];
	sources.forEach((source, index) => {
		const outcome = outcomes[index];
		const id = sourceId(source);
		if (outcome?.status === 'rejected') {
			failures.push({ source, reason: outcome.reason });
			if (states[id] === undefined) remembered[id] = { ...NOTHING_REMEMBERED, unreadSince: time.today };
		}
		if (outcome?.status !== 'fulfilled') return;
		for (const event of outcome.value.events) {
			if (settings.kinds.has(event.kind)) events.push({ ...event, source });
		}
		remembered[id] = outcome.value.state;
	});
	const untouched = failures.flatMap(({ source }) => states[sourceId(source)] ?? []);
	return { events, states: withinCap(remembered, untouched, settings.cap ?? MEMORY_CAP, time.today), failures };
}

async function pollOne(
	source: Source,
	known: SourceState | undefined,
	settings: PollSettings,
	time: PollTime,
): Promise<Judgement> {
	const due = settings.kinds.has('dueSoon') ? dueWindow(time.today, settings.dueInDays, known) : null;
	const asking: Asking = { source, settings, time, due, accounts: await accountsRead(source, settings.accounts) };
	if (known === undefined || known.unreadSince !== undefined || beganAhead(known, time.today)) {
		const { reading, bills, missing } = await readFirst(asking, settings.accounts, known?.unreadSince);
		// A bill that was there all the time would come out later as if it were new.
		if (missing !== null) throw missing;
		const state = { ...(known ?? NOTHING_REMEMBERED), accounts: asking.accounts, cutoff: reading.cutoff };
		return judge(bills, state, rulesOf(asking, reading.emitFrom), true);
	}
	return pollAgain(asking, known);
}

async function pollAgain(asking: Asking, known: SourceState): Promise<Judgement> {
	const { source, settings, time, due, accounts } = asking;
	const added = accounts?.filter((account) => known.accounts?.includes(account) === false) ?? [];
	const others = added.length === 0 ? settings.accounts : accounts?.filter((account) => !added.includes(account));
	const queries = laterReadings(source.connector.capabilities, known, time.today, due);
	const later = await read(source, queries, others, time);
	// Nobody knows when they were added: after the last poll.
	const first = added.length === 0 ? null : await readFirst(asking, added, known.readOn ?? time.today);
	const missing = later.missing ?? first?.missing ?? null;
	const judgement = judge(later.bills, known, rulesOf(asking, null), missing === null);
	if (missing !== null) {
		if (judgement.events.length === 0) throw missing;
		return judgement;
	}
	const state = { ...judgement.state, accounts };
	if (first === null) return { events: judgement.events, state };
	const ofAdded = judge(first.bills, state, rulesOf(asking, first.reading.emitFrom), true);
	return { events: [...judgement.events, ...ofAdded.events], state: ofAdded.state };
}

interface Asking {
	readonly source: Source;
	readonly settings: PollSettings;
	readonly time: PollTime;
	readonly due: Rules['due'];
	/** Those that are read, of a credential that names accounts. */
	readonly accounts: readonly string[] | undefined;
}

function rulesOf({ due, time: { today, now } }: Asking, emitFrom: Rules['emitFrom']): Rules {
	return { emitFrom, due, today, now };
}

/** @param since day from which on bills were issued after the trigger began */
async function readFirst(
	{ source, settings, time, due }: Asking,
	accounts: readonly string[] | undefined,
	since: CalendarDate | undefined,
): Promise<Read & { readonly reading: FirstReading }> {
	const began = { today: time.today, since };
	const reading = firstReading(source.connector.capabilities, settings.firstRun, began, due);
	return { reading, ...(await read(source, [reading.query], accounts, time)) };
}

/** Those that are read, of a credential that names accounts. */
async function accountsRead(
	{ connector }: Source,
	asked: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
	if (connector.capabilities.accounts !== 'FROM_CONFIGURATION') return undefined;
	const all = await accountsOf(connector);
	return asked === undefined ? all : all.filter((account) => asked.includes(account));
}

interface Read {
	readonly bills: readonly Bill[];
	/** Why not everything was read; null when it was. */
	readonly missing: BillingError | null;
}

/** Reads until the time is over: one provider that hangs would otherwise take the others' bills along. */
async function read(
	source: Source,
	queries: readonly BillQuery[],
	accounts: readonly string[] | undefined,
	{ over }: PollTime,
): Promise<Read> {
	const bills: Bill[] = [];
	let missing: BillingError | null = null;
	for (const query of queries) {
		if (missing !== null) break;
		const fit = await fitted({ ...query, accounts }, source);
		if ('nothing' in fit) continue;
		const pages = source.connector.bills(fit.query, { concurrency: 4, signal: over });
		let end: Page<Bill>['end'] = null;
		for await (const page of over === undefined ? pages : untilAborted(pages, over)) {
			for (const bill of page.items) bills.push(bill);
			({ end } = page);
		}
		if (end === null) missing = notWhole(source, 'the time that n8n gives to a poll was over');
		else if (!end.complete) missing = notWhole(source, end.reasons.join('; '));
	}
	return { bills, missing };
}

function notWhole({ title, connector }: Source, why: string): BillingError {
	return new BillingError({
		kind: 'UNAVAILABLE',
		provider: connector.provider,
		message: `${title}: not all bills could be read: ${why}`,
		hint: 'The next poll tries again. If it stays so, let fewer bills come out on the first run, or give each trigger fewer accounts.',
	});
}
