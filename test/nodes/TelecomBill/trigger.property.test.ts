/** The trigger over any history of a book of bills: nothing lost, nothing twice, and a replay says the same again. */
import fc from 'fast-check';

import {
	type Bill,
	type CalendarDate,
	type Capabilities,
	type Instant,
	FLOLIVE_CAPABILITIES,
	addDays,
	contentHash,
	lumenCapabilities,
	oracleBrmDialect,
	toCalendarDate,
} from '../../../nodes/shared/core';
import { billKey } from '../../../nodes/shared/columns';
import { SampleConnector } from '../../../nodes/TelecomBill/sample/sampleConnector';
import { type PollSettings, type SourceEvent, pollSources } from '../../../nodes/TelecomBill/trigger/poll';
import type { SourceState } from '../../../nodes/TelecomBill/trigger/state';
import { aBill, eur } from '../../finance/support';

const START = '2026-03-01' as CalendarDate;
const DUE_IN_DAYS = 7;
const PROVIDERS: Record<string, Capabilities> = {
	'asked for changes (Oracle BRM)': oracleBrmDialect({ connection: 'c', baseUrl: '' }).capabilities,
	'asked for a window of days (Lumen)': lumenCapabilities('v1'),
	'read whole each time (floLIVE)': FLOLIVE_CAPABILITIES,
};

/** What may happen between two polls. Days stay within the window that is read again, and so does the whole history. */
type Step =
	| { readonly kind: 'appear'; readonly daysOld: number; readonly dueIn: number; readonly like: number | null }
	| { readonly kind: 'revise' | 'withdraw' | 'restore'; readonly nth: number }
	| { readonly kind: 'change back'; readonly nth: number }
	| { readonly kind: 'wait'; readonly days: number }
	| { readonly kind: 'poll'; readonly crashes: boolean; readonly clockOff: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({
		kind: fc.constant('appear' as const),
		daysOld: fc.nat(15),
		dueIn: fc.integer({ min: -3, max: 25 }),
		like: fc.option(fc.nat(20)),
	}),
	fc.record({ kind: fc.constantFrom('revise' as const, 'withdraw' as const, 'restore' as const), nth: fc.nat(20) }),
	fc.record({ kind: fc.constant('change back' as const), nth: fc.nat(20) }),
	fc.record({ kind: fc.constant('wait' as const), days: fc.nat(6) }),
	fc.record({
		kind: fc.constant('poll' as const),
		crashes: fc.boolean(),
		clockOff: fc.oneof(fc.constant(0), fc.integer({ min: -10, max: 10 })),
	}),
);

interface Held {
	readonly bill: Bill;
	readonly isThere: boolean;
}

/** The provider's side: bills with stamps of its own clock. */
class Book {
	today = START;
	private seconds = 0;
	private readonly held: Held[] = [];

	constructor(private readonly capabilities: Capabilities) {}

	appear({ daysOld, dueIn, like }: Extract<Step, { kind: 'appear' }>): void {
		const model = like === null ? undefined : this.held[like]?.bill;
		const id = `bill-${this.held.length}`;
		this.held.push({
			isThere: true,
			bill: aBill({
				identity: { provider: this.capabilities.provider, connection: 'c', scope: 's', remoteId: id },
				number: model?.number ?? `N-${id}`,
				billDate: addDays(this.today, -daysOld),
				dueDate: addDays(this.today, dueIn),
				lastUpdate: this.stamp(),
				raw: { id, amount: 0 },
			}),
		});
	}

	change(nth: number, to: (held: Held) => Partial<Held>): void {
		const at = nth % Math.max(1, this.held.length);
		const held = this.held[at];
		if (held === undefined) return;
		const changed = { ...held, ...to(held) };
		this.held[at] = { ...changed, bill: { ...changed.bill, lastUpdate: this.stamp() } };
	}

	bills(): readonly Bill[] {
		return this.held.filter(({ isThere }) => isThere).map(({ bill }) => bill);
	}

	private stamp(): Instant {
		this.seconds += 1;
		return new Date(Date.parse(`${this.today}T06:00:00Z`) + this.seconds * 1000).toISOString() as Instant;
	}
}

function contentOf(bill: Bill, next: (amount: number) => number): Partial<Held> {
	const amount = next(Number(bill.raw.amount));
	return { bill: { ...bill, total: eur(amount), raw: { ...bill.raw, amount } } };
}

const changeContent =
	(next: (amount: number) => number) =>
	({ bill }: Held): Partial<Held> =>
		contentOf(bill, next);

/** What is known to have come out, by what the trigger's own words promise. */
class Ledger {
	private known = new Map<string, string>();
	private reminded = new Set<string>();
	private lastPoll: CalendarDate | null = null;

	/** What this poll must say. */
	expected(bills: readonly Bill[], today: CalendarDate, isFirst: boolean): string[] {
		const from = this.lastPoll !== null && this.lastPoll < today ? this.lastPoll : today;
		const due = bills.filter(
			({ dueDate }) => dueDate !== null && dueDate >= from && dueDate <= addDays(today, DUE_IN_DAYS),
		);
		return [
			...(isFirst ? [] : bills).flatMap((bill) => {
				const known = this.known.get(billKey(bill));
				if (known === contentHash(bill.raw)) return [];
				return [`${known === undefined ? 'new' : 'revised'} ${billKey(bill)}`];
			}),
			...due.map((bill) => `dueSoon ${billKey(bill)}`).filter((line) => !this.reminded.has(line)),
		].sort();
	}

	saved(bills: readonly Bill[], events: readonly SourceEvent[], today: CalendarDate): void {
		this.lastPoll = today;
		for (const bill of bills) this.known.set(billKey(bill), contentHash(bill.raw));
		for (const { kind, bill } of events) if (kind === 'dueSoon') this.reminded.add(`dueSoon ${billKey(bill)}`);
	}
}

const SETTINGS: PollSettings = {
	kinds: new Set(['new', 'revised', 'dueSoon']),
	dueInDays: DUE_IN_DAYS,
	firstRun: { kind: 'none' },
	accounts: undefined,
};

/** Its account is there before the first bill. */
class BookConnector extends SampleConnector {
	override async *accounts(): ReturnType<SampleConnector['accounts']> {
		const owner = new SampleConnector({ capabilities: this.capabilities, bills: [aBill()], rates: [] });
		yield* owner.accounts();
	}
}

async function poll(
	book: Book,
	capabilities: Capabilities,
	states: Readonly<Record<string, SourceState>>,
	today: CalendarDate,
	settings = SETTINGS,
) {
	const connector = new BookConnector({ capabilities, bills: book.bills(), rates: [] });
	const source = { title: capabilities.title, connector, notices: [] };
	const time = { today, now: `${today}T23:00:00Z` as Instant };
	const { events, states: next, failures } = await pollSources([source], states, settings, time);
	expect(failures).toEqual([]);
	// As n8n keeps it.
	return { events, states: JSON.parse(JSON.stringify(next)) as Record<string, SourceState> };
}

describe.each(Object.entries(PROVIDERS))('a provider that is %s', (_, capabilities) => {
	it('says everything once; after a crash it says the same again, under the same keys', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (history) => {
				const book = new Book(capabilities);
				const ledger = new Ledger();
				const keysSaved = new Set<string>();
				let keysOfCrash = new Map<string, string>();
				let states: Record<string, SourceState> = {};
				let isFirst = true;
				const [calm, ...rest] = [{ kind: 'poll', crashes: false, clockOff: 0 } as const, ...history];
				// The first poll, before and after which the book may be anything; the last shows that nothing was left behind.
				for (const one of [...rest.slice(0, 3).filter(({ kind }) => kind === 'appear'), calm, ...rest, calm]) {
					switch (one.kind) {
						case 'appear':
							book.appear(one);
							break;
						case 'revise':
							book.change(
								one.nth,
								changeContent((amount) => amount + 1),
							);
							break;
						case 'change back':
							book.change(
								one.nth,
								changeContent(() => 0),
							);
							break;
						case 'withdraw':
							book.change(one.nth, () => ({ isThere: false }));
							break;
						case 'restore':
							book.change(one.nth, () => ({ isThere: true }));
							break;
						case 'wait':
							if (book.today < addDays(START, 25)) book.today = addDays(book.today, one.days);
							break;
						case 'poll': {
							const today = addDays(book.today, one.clockOff);
							const bills = book.bills();
							const outcome = await poll(book, capabilities, states, today);
							const said = outcome.events.map(({ kind, bill }) => `${kind} ${billKey(bill)}`).sort();
							expect(said).toEqual(ledger.expected(bills, today, isFirst));
							for (const { idempotencyKey, bill, kind } of outcome.events) {
								expect(keysSaved).not.toContain(idempotencyKey);
								const content = `${kind} ${billKey(bill)} ${kind === 'dueSoon' ? '' : contentHash(bill.raw)}`;
								expect(keysOfCrash.get(content) ?? idempotencyKey).toBe(idempotencyKey);
								if (one.crashes) keysOfCrash.set(content, idempotencyKey);
								else keysSaved.add(idempotencyKey);
							}
							if (one.crashes) break;
							keysOfCrash = new Map();
							ledger.saved(bills, outcome.events, today);
							states = outcome.states;
							isFirst = false;
						}
					}
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('reminds of a bill that was issued months before it is due, known at first or found later', async () => {
		const book = new Book(capabilities);
		book.appear({ kind: 'appear', daysOld: 110, dueIn: 5, like: null });
		book.appear({ kind: 'appear', daysOld: 5, dueIn: 100, like: null });
		const dueAt = async (today: CalendarDate, states: Record<string, SourceState>) => {
			const outcome = await poll(book, capabilities, states, today);
			const due = outcome.events.filter(({ kind }) => kind === 'dueSoon');
			return { due: due.map(({ bill }) => bill.identity.remoteId), states: outcome.states };
		};
		const first = await dueAt(START, {});
		expect(first.due).toEqual(['bill-0']);
		const between = await dueAt(addDays(START, 90), first.states);
		expect(between.due).toEqual([]);
		expect((await dueAt(addDays(START, 95), between.states)).due).toEqual(['bill-1']);
	});

	it('reminds of a bill that fell due while it did not run, once, unless it was paid or due before', async () => {
		const book = new Book(capabilities);
		book.appear({ kind: 'appear', daysOld: 20, dueIn: -1, like: null });
		const dueAt = async (days: number, states: Record<string, SourceState>) => {
			book.today = addDays(START, days);
			const outcome = await poll(book, capabilities, states, book.today);
			const due = outcome.events.filter(({ kind }) => kind === 'dueSoon');
			return { due: due.map(({ bill }) => bill.identity.remoteId), states: outcome.states };
		};
		const first = await dueAt(0, {});
		for (const dueIn of [DUE_IN_DAYS + 1, DUE_IN_DAYS + 2]) {
			book.appear({ kind: 'appear', daysOld: 0, dueIn, like: null });
		}
		book.change(2, ({ bill }) => ({ bill: { ...bill, paymentStatus: 'PAID' } }));
		const before = await dueAt(0, first.states);
		const after = await dueAt(200, before.states);
		expect([first.due, before.due, after.due]).toEqual([[], [], ['bill-1']]);
		expect((await dueAt(200, after.states)).due).toEqual([]);
	});

	it('misses nothing of a time in which it did not run, however long that was', async () => {
		const book = new Book(capabilities);
		const pollNow = async (states: Record<string, SourceState>) => poll(book, capabilities, states, book.today);
		const { states } = await pollNow({});
		const appeared: string[] = [];
		for (let month = 1; month <= 6; month += 1) {
			book.today = addDays(START, month * 30);
			book.appear({ kind: 'appear', daysOld: 0, dueIn: 200, like: null });
			appeared.push(`bill-${month - 1}`);
		}
		const { events } = await pollNow(states);
		expect(events.map(({ bill }) => bill.identity.remoteId)).toEqual(appeared);
	});

	it('never lets out again what it had to forget, whatever its memory holds', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ daysOld: fc.nat(15), dueIn: fc.nat(25), like: fc.constant(null) }), {
					minLength: 1,
					maxLength: 30,
				}),
				fc.integer({ min: 1, max: 10 }),
				fc.integer({ min: 1, max: 5 }),
				async (bills, cap, batch) => {
					const book = new Book(capabilities);
					const said = new Set<string>();
					let states: Record<string, SourceState> = {};
					for (let from = -1; from < bills.length; from += batch) {
						for (const bill of bills.slice(Math.max(0, from), Math.max(0, from + batch))) {
							book.appear({ kind: 'appear', ...bill });
						}
						for (let again = 0; again < 2; again += 1) {
							const outcome = await poll(book, capabilities, states, START, { ...SETTINGS, cap });
							for (const { idempotencyKey } of outcome.events) {
								expect(said).not.toContain(idempotencyKey);
								said.add(idempotencyKey);
							}
							states = outcome.states;
						}
					}
					for (const { seen, cutoff } of Object.values(states)) {
						const days = Object.values(seen).map(([, day]) => day);
						// No more than it may hold, but for one day with more bills than that; and nothing from before the cutoff.
						if (days.length > cap) expect(new Set(days).size).toBe(1);
						for (const day of days) expect(cutoff === null || toCalendarDate(day)! >= cutoff).toBe(true);
					}
				},
			),
			{ numRuns: 100 },
		);
	});
});
