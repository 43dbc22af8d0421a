/** Pages fetched side by side, by a provider that takes only so many requests at once: fewer at a time, all rows, in order. */
import * as fc from 'fast-check';

import { ProviderClient } from '../../../providers/transport/client';
import { MOST_PAGES_AT_ONCE, Pace } from '../../../providers/transport/pace';
import { walkByOffset } from '../../../providers/transport/pageWalk';
import type { Transport, TransportRequest, TransportResponse } from '../../../providers/transport/port';
import { readRefusal as readOrangeRefusal } from '../../../providers/orangeBusiness/refusal';
import { DEFAULT_RETRY } from '../../../providers/transport/retry';
import { collect } from '../support/pagedServer';

const PAGE = 10;
/** Milliseconds of the fake clock that go by in one turn of the event loop. */
const TURN_MS = 50;

async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

/** Refuses what comes while it is busy with as many requests as it takes. */
class BusyServer implements Transport {
	mostAtOnce = 0;
	requests = 0;
	refusals = 0;
	private underWay = 0;

	constructor(
		private readonly rows: number,
		private readonly takes: (nth: number) => number,
		private readonly refusal: Pick<TransportResponse, 'status' | 'body'>,
	) {}

	async request({ url }: TransportRequest): Promise<TransportResponse> {
		this.requests += 1;
		const isTooMuch = this.underWay >= this.takes(this.requests);
		this.underWay += 1;
		this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
		await turns(1 + (this.requests % 3));
		this.underWay -= 1;
		if (isTooMuch) {
			this.refusals += 1;
			return { ...this.refusal, headers: {} };
		}
		const offset = Number(new URL(url).searchParams.get('offset'));
		const length = Math.max(0, Math.min(PAGE, this.rows - offset));
		const rows = Array.from({ length }, (_, index) => offset + index);
		return { status: 200, headers: {}, body: { kind: 'text', text: JSON.stringify(rows) } };
	}
}

const TOO_MANY = { status: 429, body: { kind: 'text', text: '' } } as const;
const CODE_53 = {
	status: 403,
	body: { kind: 'text', text: JSON.stringify({ code: 53, message: 'Too many requests' }) },
} as const;

async function walked(server: BusyServer, total: number, concurrency: number) {
	const client = new ProviderClient({
		provider: 'ORANGE_BUSINESS',
		connection: 'orange',
		transport: server,
		clock: { now: () => 0, random: () => 1, sleep: (ms) => turns(ms / TURN_MS) },
		retry: { ...DEFAULT_RETRY, attempts: 8 },
		readRefusal: readOrangeRefusal,
	});
	const pages = await collect(
		walkByOffset<number>({
			pageSize: PAGE,
			shortPageEnds: false,
			concurrency,
			pace: client.pace,
			idOf: String,
			fetch: async (offset) => {
				const { body } = await client.send(
					{
						method: 'GET',
						url: `https://api.example.com/bills?offset=${offset}`,
						headers: {},
						expect: 'text',
						credential: 'SEND',
					},
					{ repeatable: true },
				);
				return () => ({ rows: JSON.parse(body.kind === 'text' ? body.text : '') as number[], total });
			},
		}),
	);
	return { pace: client.pace, rows: pages.flatMap(({ rows }) => rows), end: pages.at(-1)?.end };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('pages at once', () => {
	it.each([
		['a 429', TOO_MANY],
		["Orange's code 53", CODE_53],
	])('are fewer after %s, and every row comes once and in order', async (_what, refusal) => {
		const server = new BusyServer(400, () => 2, refusal);
		const { rows, end } = await walked(server, 400, 6);
		expect(rows).toEqual(upTo(400));
		expect(end).toEqual({ complete: true, reasons: [] });
		expect(server.mostAtOnce).toBe(6);
		// Six at once all along would have been refused more often than answered.
		expect(server.refusals).toBeLessThan(20);
	});

	it('are more again once the provider takes them', async () => {
		const server = new BusyServer(1_000, (nth) => (nth < 10 ? 2 : 100), TOO_MANY);
		const { pace, rows } = await walked(server, 1_000, 4);
		expect(rows).toEqual(upTo(1_000));
		expect(pace.atOnce).toBe(MOST_PAGES_AT_ONCE);
	});

	it('are never more than the stated number, whatever is asked for', async () => {
		const server = new BusyServer(400, () => 100, TOO_MANY);
		await walked(server, 400, 50);
		expect(server.mostAtOnce).toBe(MOST_PAGES_AT_ONCE);
		expect(server.requests).toBe(40);
	});

	it('lose no row and double none, whatever the provider takes and when', async () => {
		const property = fc.asyncProperty(
			fc.nat(300),
			fc.integer({ min: 1, max: 12 }),
			fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }),
			async (count, concurrency, capacities) => {
				const server = new BusyServer(count, (nth) => capacities[nth % capacities.length]!, TOO_MANY);
				const { rows, end } = await walked(server, count, concurrency);
				expect(rows).toEqual(upTo(count));
				expect(end?.complete).toBe(true);
				expect(server.mostAtOnce).toBeLessThanOrEqual(Math.min(concurrency, MOST_PAGES_AT_ONCE));
			},
		);
		await fc.assert(property, { numRuns: 60 });
	});
});

describe('a pace', () => {
	it('is halved once by requests that were refused together, and again by their repetition', () => {
		const pace = new Pace();
		const together = [pace.sent(), pace.sent(), pace.sent(), pace.sent()];
		for (const sent of together) pace.refused(sent);
		expect(pace.atOnce).toBe(2);
		pace.refused(pace.sent());
		expect(pace.atOnce).toBe(1);
		pace.refused(pace.sent());
		expect(pace.atOnce).toBe(1);
	});

	it('grows by one with ten answers in a row, not by answers to what was sent before', () => {
		const pace = new Pace();
		const [early, refused] = [pace.sent(), pace.sent()];
		pace.refused(refused);
		pace.answered(early);
		for (let nth = 1; nth < 10; nth += 1) pace.answered(pace.sent());
		expect(pace.atOnce).toBe(1);
		pace.answered(pace.sent());
		expect(pace.atOnce).toBe(2);
	});
});
