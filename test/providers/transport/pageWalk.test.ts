import * as fc from 'fast-check';

import { BillingError } from '../../../providers/transport/errors';
import { type OffsetWalk, type WalkEnd, type WalkedPage, walkByOffset } from '../../../providers/transport/pageWalk';
import { PagedServer, type ServerHabits, collect } from '../support/pagedServer';

type WalkSettings = Omit<OffsetWalk<string>, 'fetch' | 'idOf'>;
const HONEST_TOTAL = (_: number, truth: number): number => truth;

async function walked(habits: ServerHabits, settings: Partial<WalkSettings> = {}) {
	const server = new PagedServer(habits);
	const walk = { pageSize: 10, shortPageEnds: true, ...settings, fetch: server.fetch, idOf: (row: string) => row };
	const pages = await collect(walkByOffset(walk));
	const end = pages.at(-1)?.end;
	if (end === null || end === undefined) throw new Error('The last page has no end');
	return { server, pages, end, rows: pages.flatMap((page) => page.rows) };
}

const COMPLETE: WalkEnd = { complete: true, reasons: [] };
const rowNames = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `row ${from + i}`);

describe('an honest server', () => {
	it.each([
		[0, 1],
		[9, 1],
		[10, 1],
		[11, 2],
		[25, 3],
	])('that announces %i rows costs %i requests', async (rows, requests) => {
		const walk = await walked({ rows, total: HONEST_TOTAL });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, rows) });
		expect(walk.server.requests).toHaveLength(requests);
	});

	it.each([
		[0, 1],
		[9, 1],
		[10, 2],
		[25, 3],
	])('without a total, with %i rows and a documented limit, costs %i requests', async (rows, requests) => {
		const walk = await walked({ rows });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, rows) });
		expect(walk.server.requests).toHaveLength(requests);
	});

	it('without a total and without a documented limit is asked until an empty page', async () => {
		const walk = await walked({ rows: 25 }, { shortPageEnds: false });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 25) });
		expect(walk.server.requests.map(([offset]) => offset)).toEqual([0, 10, 20, 25]);
	});

	it.each([1, 3, 10, 24, 25, 30])(
		'that gives %i rows whatever the limit is read whole where no limit is documented',
		async (cap) => {
			const walk = await walked({ rows: 60, cap }, { pageSize: 100, shortPageEnds: false });
			expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 60) });
		},
	);

	it('is asked for no more rows than are wanted', async () => {
		const walk = await walked({ rows: 25, total: HONEST_TOTAL }, { maxRows: 13 });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 13) });
		expect(walk.server.requests).toEqual([
			[0, 10],
			[10, 3],
		]);
	});

	it('is walked from an offset', async () => {
		const walk = await walked({ rows: 25, total: HONEST_TOTAL }, { startOffset: 18 });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(18, 25) });
	});

	it('gives pages that carry the total, the cost and, on the last only, the end', async () => {
		const { pages } = await walked({ rows: 15, total: HONEST_TOTAL });
		expect(pages).toEqual([
			{ rows: rowNames(0, 10), total: 15, end: null, doubts: [], requests: 1 },
			{ rows: rowNames(10, 15), total: 15, end: COMPLETE, doubts: [], requests: 1 },
		]);
	});

	it('is asked for nothing before the first page is wanted, nor for more than is pulled', async () => {
		const server = new PagedServer({ rows: 100, total: HONEST_TOTAL });
		const walk = walkByOffset({ pageSize: 10, shortPageEnds: true, fetch: server.fetch, idOf: (row) => row });
		expect(server.requests).toHaveLength(0);
		await walk.next();
		expect(server.requests).toHaveLength(1);
	});
});

describe('a server with habits of its own', () => {
	it('that caps the limit is still read whole where it announces the total', async () => {
		const walk = await walked({ rows: 25, cap: 4, total: HONEST_TOTAL });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 25) });
		expect(walk.server.requests).toHaveLength(7);
	});

	it('that ignores offset is found out', async () => {
		const { end, rows } = await walked({ rows: 25, ignoresOffset: true, total: HONEST_TOTAL });
		expect(rows).toEqual(rowNames(0, 10));
		expect(end).toEqual({
			complete: false,
			reasons: ['the provider repeated a page that it had already given', '10 rows arrived of 25 announced'],
		});
	});

	it('that ignores offset and limit has given everything at once where its total says so', async () => {
		const walk = await walked({ rows: 25, ignoresOffset: true, ignoresLimit: true, total: HONEST_TOTAL });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 25) });
		expect(walk.server.requests).toHaveLength(1);
	});

	it('that answers 416 past the end has ended', async () => {
		const walk = await walked({ rows: 20, pastEnd: 'STATUS_416' });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 20) });
	});

	it('that answers 404 past the end may have lost a page, where it announced no total', async () => {
		const reasons = ['the next page was not found, and no total says that there is none'];
		const walk = await walked({ rows: 20, pastEnd: 'STATUS_404' });
		expect(walk).toMatchObject({ end: { complete: false, reasons }, rows: rowNames(0, 20) });
	});

	it('that announces more rows than it gives is short', async () => {
		const { end } = await walked({ rows: 25, total: () => 40, pastEnd: 'STATUS_416' });
		expect(end).toEqual({ complete: false, reasons: ['25 rows arrived of 40 announced'] });
	});

	it('that gives more rows than it announces is read on, and not trusted', async () => {
		const { end, rows } = await walked({ rows: 25, total: () => 7 });
		expect(rows).toEqual(rowNames(0, 25));
		expect(end).toEqual({ complete: false, reasons: ['25 rows arrived of 7 announced'] });
	});

	it('whose total changes on the way is not complete, even for the first rows wanted', async () => {
		const total = (nth: number): number => 24 + nth;
		expect((await walked({ rows: 25, total })).end.reasons[0]).toBe('the announced total changed from 25 to 26');
		expect((await walked({ rows: 25, total }, { maxRows: 20 })).end.complete).toBe(false);
	});

	it('that gives a row twice tells of rows that moved', async () => {
		const { pages, end, rows } = await walked({ rows: 25, change: { kind: 'INSERT', at: 0, nth: 2 } });
		expect(rows).toEqual(rowNames(0, 25));
		expect(pages[1]?.doubts).toEqual(['1 rows came twice, so rows moved while they were read']);
		expect(end.complete).toBe(false);
	});

	it('that drops a row behind our back tells by its total', async () => {
		const { end } = await walked({ rows: 25, total: HONEST_TOTAL, change: { kind: 'REMOVE', at: 0, nth: 2 } });
		expect(end.complete).toBe(false);
	});
});

describe('a list nested in a list', () => {
	it('moves on by what the provider counts, and ends by it', async () => {
		const bills = [['a', 'b'], ['c'], [], [], ['d', 'e', 'f']];
		const offsets: number[] = [];
		const fetch = (offset: number, limit: number) => {
			offsets.push(offset);
			const page = bills.slice(offset, offset + limit);
			return Promise.resolve({ rows: page.flat(), total: null, counted: page.length });
		};
		const pages = await collect(walkByOffset({ pageSize: 2, shortPageEnds: true, fetch, idOf: (row) => row }));
		expect(offsets).toEqual([0, 2, 4]);
		expect(pages.map(({ rows }) => rows)).toEqual([['a', 'b', 'c'], [], ['d', 'e', 'f']]);
		expect(pages.at(-1)?.end).toEqual(COMPLETE);
	});
});

describe('a failing page', () => {
	const failures: readonly [string, BillingError][] = [
		['a 500', new BillingError({ kind: 'UNAVAILABLE', status: 500, message: 'down' })],
		['a token server that is not there any more', new BillingError({ kind: 'AUTH', status: 404, message: 'no token' })],
		['an account not allowed, told by a 404', new BillingError({ kind: 'FORBIDDEN', status: 404, message: 'no' })],
	];
	it.each(failures)('%s is thrown, never taken for the end', async (_, error) => {
		for (const nth of [1, 2]) {
			await expect(walked({ rows: 25, failure: { nth, error } })).rejects.toBe(error);
		}
	});

	it.each([404, 416])('a %i for the first page is no empty list', async (status) => {
		const error = new BillingError({ kind: 'NOT_FOUND', status, message: 'nothing here' });
		await expect(walked({ rows: 25, failure: { nth: 1, error } })).rejects.toBe(error);
	});

	it('later pages fetched ahead fail silently when nobody takes them', async () => {
		const error = new BillingError({ kind: 'UNAVAILABLE', status: 503, message: 'down' });
		const server = new PagedServer({ rows: 50, total: HONEST_TOTAL, failure: { nth: 3, error } });
		const walk = walkByOffset({
			pageSize: 10,
			shortPageEnds: true,
			concurrency: 3,
			fetch: server.fetch,
			idOf: (row) => row,
		});
		await walk.next();
		await walk.next();
		await walk.return();
		await new Promise(setImmediate); // An unhandled rejection would end the test run here.
		expect(server.requests).toHaveLength(4);
	});
});

describe('concurrency', () => {
	it('fetches later pages at once, hands them out in order, and asks for each page once', async () => {
		const walk = await walked({ rows: 95, total: HONEST_TOTAL }, { concurrency: 4 });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 95) });
		expect(walk.server.mostAtOnce).toBe(4);
		expect(walk.server.requests.map(([offset]) => offset)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
		expect(walk.pages.reduce((sum, { requests }) => sum + requests, 0)).toBe(10);
	});

	it('starts only when a second page is pulled', async () => {
		const server = new PagedServer({ rows: 95, total: HONEST_TOTAL });
		const walk = walkByOffset({
			pageSize: 10,
			shortPageEnds: true,
			concurrency: 4,
			fetch: server.fetch,
			idOf: (row) => row,
		});
		await walk.next();
		expect(server.requests).toHaveLength(1);
	});

	it('fetches nothing past what is wanted', async () => {
		const walk = await walked({ rows: 95, total: HONEST_TOTAL }, { concurrency: 4, maxRows: 33 });
		expect(walk.rows).toEqual(rowNames(0, 33));
		expect(walk.server.requests).toEqual([
			[0, 10],
			[10, 10],
			[20, 10],
			[30, 3],
		]);
	});

	it('follows the page size that the server really gives', async () => {
		const walk = await walked({ rows: 25, cap: 4, total: HONEST_TOTAL }, { concurrency: 3 });
		expect(walk).toMatchObject({ end: COMPLETE, rows: rowNames(0, 25) });
		expect(walk.server.requests.map(([offset]) => offset)).toEqual([0, 4, 8, 12, 16, 20, 24]);
	});

	it('needs an announced total', async () => {
		expect((await walked({ rows: 45 }, { concurrency: 4 })).server.mostAtOnce).toBe(1);
	});
});

/**
 * Left out of the family, since nothing in the answers shows them: a limit below the documented one without a total,
 * rows taken away where no later answer has a total, and a total that is too small by exactly the pages not yet read.
 */
const totals: fc.Arbitrary<{ name: string; announce: NonNullable<ServerHabits['total']> }> = fc.oneof(
	fc.constant({ name: 'true', announce: HONEST_TOTAL }),
	fc.constant({ name: 'none', announce: () => null }),
	fc.constant({ name: 'first page only', announce: (nth: number, truth: number) => (nth === 1 ? truth : null) }),
	fc
		.nat(30)
		.map((more) => ({ name: `too big by ${more + 1}`, announce: (_: number, truth: number) => truth + more + 1 })),
	fc.constant({ name: 'changing', announce: (nth: number, truth: number) => truth + (nth % 2) }),
);

const failure: fc.Arbitrary<ServerHabits['failure']> = fc.option(
	fc.record({
		nth: fc.integer({ min: 1, max: 6 }),
		error: fc.constantFrom(
			new BillingError({ kind: 'UNAVAILABLE', status: 500, message: 'down' }),
			new BillingError({ kind: 'AUTH', status: 404, message: 'no token' }),
		),
	}),
	{ nil: undefined },
);

const servers: fc.Arbitrary<ServerHabits & { totalName: string }> = fc
	.record({
		rows: fc.nat(40),
		cap: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
		ignoresOffset: fc.boolean(),
		ignoresLimit: fc.boolean(),
		pastEnd: fc.constantFrom('EMPTY', 'STATUS_416', 'STATUS_404', 'LAST_PAGE', 'CLAMPED'),
		total: totals,
		change: fc.option(
			fc.record({
				kind: fc.constantFrom('INSERT', 'REMOVE'),
				at: fc.nat(40),
				nth: fc.integer({ min: 2, max: 5 }),
			}),
			{ nil: undefined },
		),
		failure,
	})
	.map(({ total, ...habits }) => ({ ...habits, total: total.announce, totalName: total.name }));

const settings = fc.record({
	pageSize: fc.integer({ min: 1, max: 12 }),
	concurrency: fc.integer({ min: 1, max: 4 }),
	maxRows: fc.option(fc.integer({ min: 1, max: 45 }), { nil: undefined }),
	mayEndShort: fc.boolean(),
});

describe('whatever the server does', () => {
	it('a walk gives every row once, or says that it is not complete, or throws; and ends', async () => {
		await fc.assert(
			fc.asyncProperty(servers, settings, async (habits, { pageSize, concurrency, maxRows, mayEndShort }) => {
				const isUnseen =
					habits.totalName === 'none' || (habits.totalName === 'first page only' && maxRows !== undefined);
				fc.pre(habits.change?.kind !== 'REMOVE' || !isUnseen);
				const server = new PagedServer(habits);
				// A short page ends the walk only where the limit is documented, and so honoured.
				const shortPageEnds = mayEndShort && (habits.cap === undefined || habits.cap >= pageSize);
				const walk = walkByOffset({
					pageSize,
					concurrency,
					shortPageEnds,
					...(maxRows !== undefined && { maxRows }),
					fetch: server.fetch,
					idOf: (row) => row,
				});
				const outcome = await collect(walk).catch((error: unknown) => error);
				expect(server.mostAtOnce).toBeLessThanOrEqual(concurrency);
				if (!Array.isArray(outcome)) {
					expect(outcome).toBe(habits.failure?.error);
					return;
				}
				const pages = outcome as WalkedPage<string>[];
				const rows = pages.flatMap((page) => page.rows);
				expect(new Set(rows).size).toBe(rows.length);
				expect(rows.length).toBeLessThanOrEqual(maxRows ?? Number.POSITIVE_INFINITY);
				expect(pages.slice(0, -1).every(({ end }) => end === null)).toBe(true);
				expect(pages.reduce((sum, { requests }) => sum + requests, 0)).toBe(server.requests.length);
				const end = pages.at(-1)?.end;
				expect(end?.complete).toBe(end?.reasons.length === 0);
				if (end?.complete === true) expectNothingMissing(rows, server, maxRows);
			}),
			{ numRuns: 3_000 },
		);
	});

	it('an honest server is always read whole, in order, in the fewest requests', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(60),
				fc.integer({ min: 1, max: 12 }),
				fc.integer({ min: 1, max: 5 }),
				fc.nat(10),
				async (rows, pageSize, concurrency, startOffset) => {
					const walk = await walked({ rows, total: HONEST_TOTAL }, { pageSize, concurrency, startOffset });
					expect(walk.rows).toEqual(rowNames(startOffset, Math.max(rows, startOffset)));
					expect(walk.end).toEqual(COMPLETE);
					expect(walk.server.requests).toHaveLength(Math.max(1, Math.ceil((rows - startOffset) / pageSize)));
				},
			),
		);
	});
});

/** Of the rows that were there all along, none before the last one given is missing; without `maxRows` none at all. */
function expectNothingMissing(rows: readonly string[], server: PagedServer, maxRows: number | undefined): void {
	const due = [...server.allAlong];
	if (maxRows === undefined || rows.length < maxRows) {
		expect(rows).toEqual(expect.arrayContaining(due));
		return;
	}
	const known = rows.filter((row) => server.allAlong.has(row));
	expect(known).toEqual(due.slice(0, known.length));
}
