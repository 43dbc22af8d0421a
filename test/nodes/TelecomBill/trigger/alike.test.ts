/** One bill under several keys in the course of time comes out once; documents of one invoice replace nothing. */
import {
	type Bill,
	type CalendarDate,
	type Instant,
	LumenConnector,
	type Transport,
	addDays,
} from '../../../../nodes/shared/core';
import { type BillEvent, judge } from '../../../../nodes/TelecomBill/trigger/events';
import { type PollSettings, pollSources } from '../../../../nodes/TelecomBill/trigger/poll';
import { type SourceState, NOTHING_REMEMBERED } from '../../../../nodes/TelecomBill/trigger/state';
import { aBill } from '../../../finance/support';

interface Document {
	readonly date: string;
	readonly amount: number;
}

/** Invoices by account, then by number. */
type Book = Record<string, Record<string, readonly Document[]>>;

const DAY = '2026-02-01' as CalendarDate;
const SETTINGS: PollSettings = {
	kinds: new Set(['new', 'revised']),
	dueInDays: 7,
	firstRun: { kind: 'none' },
	accounts: undefined,
};

/** Polls of Lumen's API v2, which gives the documents of the days that are asked for. */
function polls(book: Book) {
	let states: Record<string, SourceState> = {};
	let today = DAY;
	const clock = { now: () => Date.parse(`${today}T12:00:00Z`), sleep: async () => undefined, random: () => 0 };
	const transport: Transport = {
		request: async ({ url }) => {
			const asked = new URL(url).searchParams;
			const [from, to] = [asked.get('startBillDate') ?? '', asked.get('endBillDate') ?? ''];
			const invoices = Object.entries(book[asked.get('billingAccountNumber') ?? ''] ?? {}).map(
				([invoiceNumber, documents]) => ({
					invoiceNumber,
					documentSummaryDetails: documents
						.filter(({ date }) => date >= from && date <= to)
						.map(({ date, amount }) => ({ statementDate: date, billCharges: { currentCharges: amount } })),
				}),
			);
			const CustomerBillDetails = invoices
				.filter(({ documentSummaryDetails }) => documentSummaryDetails.length > 0)
				.slice(Number(asked.get('offset') ?? 0));
			return { status: 200, headers: {}, body: { kind: 'text', text: JSON.stringify({ CustomerBillDetails }) } };
		},
	};
	const connector = new LumenConnector(
		{ connection: 'c', baseUrl: 'https://api.lumen.com', accounts: Object.keys(book), apiVersion: 'v2' },
		{ transport, clock },
	);
	return async (daysLater: number): Promise<string[]> => {
		today = addDays(DAY, daysLater);
		const time = { today, now: `${today}T12:00:00Z` as Instant };
		const source = { title: 'Lumen', connector, notices: [] };
		const { events, states: next, failures } = await pollSources([source], states, SETTINGS, time);
		expect(failures).toEqual([]);
		states = next;
		return events.map(said);
	};
}

function said({ kind, bill: { identity, total }, replaces }: BillEvent): string {
	return `${kind} ${identity.scope} ${identity.remoteId} ${total?.amount} ${replaces ?? '-'}`;
}

it('a document that is named by its date only beside another comes out once, however far the days read move on', async () => {
	const book: Book = { A: {} };
	const poll = polls(book);
	await poll(0);
	book.A!.INV = [
		{ date: '2026-02-01', amount: 100 },
		{ date: '2026-02-10', amount: 50 },
	];
	expect(await poll(10)).toEqual(['new A INV@2026-02-01 100 -', 'new A INV@2026-02-10 50 -']);
	const later: string[] = [];
	for (let days = 11; days < 80; days += 1) later.push(...(await poll(days)));
	expect(later).toEqual([]);
});

it('a second document of an invoice is new and replaces nothing; the first is no news under its new name', async () => {
	const book: Book = { A: {} };
	const poll = polls(book);
	await poll(0);
	book.A!.INV = [{ date: '2026-02-01', amount: 100 }];
	expect(await poll(1)).toEqual(['new A INV 100 -']);
	book.A!.INV = [...book.A!.INV, { date: '2026-02-03', amount: 50 }];
	expect(await poll(3)).toEqual(['new A INV@2026-02-03 50 -']);
	// Alone again, the second has the name that the first once had.
	book.A!.INV = [{ date: '2026-02-03', amount: 50 }];
	expect(await poll(4)).toEqual([]);
	book.A!.INV = [{ date: '2026-02-03', amount: 60 }];
	expect(await poll(5)).toEqual(['revised A INV 60 -']);
});

it('an invoice that two accounts share comes out once, though the second lists it first', async () => {
	const own = (amount: number) => [{ date: '2026-01-30', amount }];
	const book: Book = { A: { 'OWN-A': own(7) }, B: { 'OWN-B': own(8) } };
	const poll = polls(book);
	await poll(0);
	const shared = [{ date: '2026-02-01', amount: 1000 }];
	book.B!.SHARED = shared;
	expect(await poll(1)).toEqual(['new B SHARED 1000 -']);
	book.A!.SHARED = shared;
	expect(await poll(2)).toEqual([]);
	book.A!.SHARED = book.B!.SHARED = [{ date: '2026-02-01', amount: 1001 }];
	expect(await poll(3)).toEqual(['revised A SHARED 1001 -']);
});

describe('a bill of the same content', () => {
	const TODAY = '2026-03-20' as CalendarDate;
	const due = { from: TODAY, to: '2026-04-30' as CalendarDate };
	const rules = { emitFrom: null, due, today: TODAY, now: `${TODAY}T12:00:00Z` as Instant };
	const bill = (scope: string, remoteId: string, amount = 1): Bill =>
		aBill({ identity: { provider: 'FLOLIVE', connection: 'c', scope, remoteId }, number: 'N', raw: { amount } });
	const events = (first: readonly Bill[], then: readonly Bill[]) => {
		const { state } = judge(first, NOTHING_REMEMBERED, rules, true);
		return judge(then, state, rules, true).events.map(said);
	};

	it('is not reminded of again where it is shown for another account', () => {
		expect(events([bill('b', 'x')], [bill('a', 'x')])).toEqual([]);
	});

	it('is another where its ID is, where both are there, or where the content differs', () => {
		expect(events([bill('b', 'x')], [bill('b', 'y')])[0]).toMatch(/^new b y /);
		expect(events([bill('b', 'x')], [bill('b', 'x'), bill('a', 'x')])[0]).toMatch(/^new a x /);
		expect(events([bill('b', 'x')], [bill('a', 'x', 2)])[0]).toMatch(/^new a x /);
	});
});
