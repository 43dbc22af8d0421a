/** What is kept is handed out and nothing else is: not what failed, not what is old, not what another credential read. */
import { CachedConnector, type CacheOptions } from '../../../graphql/cache/cachedConnector';
import { Once } from '../../../graphql/cache/once';
import { MemoryStore } from '../../../graphql/cache/store';
import type { BillOrder, BillQuery, Page } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import { keyOf } from '../../../providers/model/identity';
import { placeOf } from '../../../providers/query/order';
import type { Clock } from '../../../providers/transport/clock';
import { BillingError } from '../../../providers/transport/errors';
import { MemoryConnector, type MemoryOptions } from '../support/memoryConnector';
import { account, bill, day, rate } from '../support/records';

const NEWEST_FIRST: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };
const QUERY: BillQuery = { order: NEWEST_FIRST };

let now: number;
const clock: Clock = { now: () => now, sleep: async () => undefined, random: () => 0.5 };

beforeEach(() => {
	now = 1_000_000;
});

function cached(
	options: Partial<MemoryOptions> = {},
	more: Partial<CacheOptions> = {},
	source = new MemoryConnector({ connection: 'brm', bills: twelveBills(), pageSize: 5, ...options }),
): { source: MemoryConnector; connector: CachedConnector } {
	const connector = new CachedConnector(source, {
		store: new MemoryStore(1_000),
		once: new Once(null, clock),
		clock,
		freshForMs: 60_000,
		name: (operation, subject) => JSON.stringify([operation, subject]),
		...more,
	});
	return { source, connector };
}

/** Newest first, as the list gives them. */
function twelveBills(): Bill[] {
	return Array.from({ length: 12 }, (_, month) =>
		bill({
			identity: { remoteId: String(12 - month) },
			billDate: day(`2026-${String(12 - month).padStart(2, '0')}-01`),
		}),
	);
}

async function readAll(
	pages: AsyncIterable<Page<Bill>>,
): Promise<{ ids: string[]; cached: boolean[]; requests: number }> {
	const ids: string[] = [];
	const areCached: boolean[] = [];
	let requests = 0;
	for await (const page of pages) {
		ids.push(...page.items.map(({ identity }) => identity.remoteId));
		areCached.push(page.cached === true);
		requests += page.requests;
	}
	return { ids, cached: areCached, requests };
}

/** As a merge does that has enough. */
async function readFirst(pages: AsyncIterable<Page<Bill>>, count: number): Promise<string[]> {
	const ids: string[] = [];
	for await (const page of pages) {
		ids.push(...page.items.map(({ identity }) => identity.remoteId));
		if (ids.length >= count) break;
	}
	return ids.slice(0, count);
}

describe('counts', () => {
	const native = { counts: new Map([['NEW', 3]]), method: 'NATIVE', requests: 5, notices: [] } as const;

	function counting(...ends: readonly boolean[]) {
		const { source } = cached();
		let nth = 0;
		const countBills = async (by: string) => {
			const complete = ends[nth++] ?? true;
			return by === 'TYPE' ? null : { ...native, end: { complete, reasons: [] } };
		};
		Object.assign(source, { countBills });
		const { connector } = cached({}, {}, source);
		return { connector, asked: () => nth };
	}

	it('are kept, and then cost nothing', async () => {
		const { connector, asked } = counting();
		expect(await connector.countBills?.('STATE', {})).toMatchObject({ counts: native.counts, requests: 5 });
		expect(await connector.countBills?.('STATE', {})).toEqual({
			...native,
			end: { complete: true, reasons: [] },
			requests: 0,
			cached: true,
		});
		expect(asked()).toBe(1);
		expect(await connector.afresh().countBills?.('STATE', {})).toMatchObject({ requests: 5 });
	});

	it('that are known to be short, or cannot be had, are not kept', async () => {
		const { connector, asked } = counting(false, true);
		await connector.countBills?.('STATE', {});
		await connector.countBills?.('STATE', {});
		await connector.countBills?.('TYPE', {});
		expect(await connector.countBills?.('TYPE', {})).toBeNull();
		expect(asked()).toBe(4);
	});
});

const ALL = twelveBills().map(({ identity }) => identity.remoteId);
const behind = (remoteId: string): BillQuery => ({
	...QUERY,
	after: placeOf(
		twelveBills().find(({ identity }) => identity.remoteId === remoteId)!,
		NEWEST_FIRST,
	),
});

describe('an ordered list', () => {
	it('is read once and handed out whole, at no cost, and the same to the last field', async () => {
		const { source, connector } = cached();
		const first: Bill[] = [];
		for await (const page of connector.bills(QUERY)) first.push(...page.items);
		const again: Bill[] = [];
		for await (const page of connector.bills(QUERY)) again.push(...page.items);
		expect(again).toEqual(source.records);
		expect(again).toEqual(first);
		expect(await readAll(connector.bills(QUERY))).toEqual({ ids: ALL, cached: [true], requests: 0 });
		expect(source.callsOf('bills')).toHaveLength(1);
	});

	it('read as far as somebody wanted is read on from there, by value', async () => {
		const { source, connector } = cached();
		expect(await readFirst(connector.bills(QUERY), 5)).toEqual(ALL.slice(0, 5));
		expect(await readAll(connector.bills(QUERY))).toEqual({ ids: ALL, cached: [true, false, false], requests: 2 });
		expect(source.callsOf('bills')).toEqual([QUERY, behind(ALL[4]!)]);
		expect((await readAll(connector.bills(QUERY))).requests).toBe(0);
	});

	it('walked page by page costs what one walk costs: a deep page is already there', async () => {
		const { source, connector } = cached({ capabilities: { ordering: 'WHOLE' } });
		expect(await readFirst(connector.bills(QUERY), 2)).toEqual(ALL.slice(0, 2));
		expect(await readAll(connector.bills(behind(ALL[7]!)))).toEqual({ ids: ALL.slice(8), cached: [true], requests: 0 });
		expect(source.callsOf('bills')).toHaveLength(1);
	});

	it('begun in its middle serves what lies behind, and nothing before', async () => {
		const { source, connector } = cached();
		await readAll(connector.bills(behind(ALL[5]!)));
		expect((await readAll(connector.bills(behind(ALL[8]!)))).requests).toBe(0);
		expect((await readAll(connector.bills(behind(ALL[2]!)))).ids).toEqual(ALL.slice(3));
		expect(source.callsOf('bills')).toHaveLength(2);
	});

	it('is one list whatever the page size, and another with another filter', async () => {
		const { source, connector } = cached();
		await readAll(connector.bills({ ...QUERY, pageSize: 7 }));
		await readAll(connector.bills({ ...QUERY, pageSize: 50 }));
		expect(source.callsOf('bills')).toHaveLength(1);
		await readAll(connector.bills({ ...QUERY, types: ['INVOICE'] }));
		await readAll(connector.bills({ order: { field: 'BILL_DATE', direction: 'ASC' } }));
		expect(source.callsOf('bills')).toHaveLength(3);
	});

	it('older than its time is read anew, however often it was handed out meanwhile', async () => {
		const { source, connector } = cached();
		await readFirst(connector.bills(QUERY), 5);
		now += 59_000;
		await readAll(connector.bills(QUERY));
		now += 2_000;
		source.records.unshift(bill({ identity: { remoteId: '13' }, billDate: day('2026-12-31') }));
		expect((await readAll(connector.bills(QUERY))).ids[0]).toBe('13');
	});

	it('that nobody kept because it was read for somebody else is not lost: both read all of it', async () => {
		const { source, connector } = cached();
		const both = await Promise.all([readAll(connector.bills(QUERY)), readAll(connector.bills(QUERY))]);
		expect(both.map(({ ids }) => ids)).toEqual([ALL, ALL]);
		expect(both.map(({ requests }) => requests)).toEqual([3, 0]);
		expect(source.callsOf('bills')).toHaveLength(1);
	});

	it('goes on for one reader when the other leaves', async () => {
		const { connector } = cached();
		const leaver = new AbortController();
		const left = readAll(connector.bills(QUERY, { signal: leaver.signal }));
		const stays = readAll(connector.bills(QUERY));
		leaver.abort(new Error('gone'));
		await expect(left).rejects.toThrow('gone');
		expect((await stays).ids).toEqual(ALL);
	});

	it.each<[string, BillQuery]>([
		['in order', QUERY],
		['without order', {}],
	])('%s that fails for one reader, at any page, is read on by the others for themselves', async (_order, query) => {
		for (const failAt of [0, 1, 2]) {
			const { source, connector } = cached();
			let failures = 1;
			source.hinder('bills', (page) => {
				if (page !== failAt || failures === 0) return;
				failures -= 1;
				throw new BillingError({ kind: 'RATE_LIMITED', message: 'The first reader may not ask for more' });
			});
			const [first, second] = await Promise.allSettled([
				readAll(connector.bills(query)),
				readAll(connector.bills(query)),
			]);
			expect(first).toMatchObject({ status: 'rejected' });
			expect(second).toMatchObject({ status: 'fulfilled', value: { ids: ALL } });
		}
	});

	it('that failed is not kept', async () => {
		const { source, connector } = cached();
		source.fail('bills', new BillingError({ kind: 'UNAVAILABLE', message: 'down' }));
		await expect(readAll(connector.bills(QUERY))).rejects.toThrow('down');
		source.hinder('bills', () => undefined);
		expect((await readAll(connector.bills(QUERY))).ids).toEqual(ALL);
	});

	it('known to be short is not kept', async () => {
		const { source, connector } = cached();
		const whole = source.bills.bind(source);
		source.bills = async function* (query, options) {
			for await (const page of whole(query, options)) {
				yield page.end === null ? page : { ...page, end: { complete: false, reasons: ['rows moved'] } };
			}
		};
		await readAll(connector.bills(QUERY));
		expect((await readAll(connector.bills(QUERY))).cached.at(-1)).toBe(false);
	});

	it('with pages that hold nothing ends all the same', async () => {
		const { connector } = cached({ bills: [] });
		expect(await readAll(connector.bills(QUERY))).toEqual({ ids: [], cached: [false], requests: 1 });
		expect(await readAll(connector.bills(QUERY))).toEqual({ ids: [], cached: [true], requests: 0 });
	});
});

describe('a reader who wants nothing that was kept', () => {
	it('has everything read, and what was read is kept for the others', async () => {
		const { source, connector } = cached();
		await readAll(connector.bills(QUERY));
		source.records.unshift(bill({ identity: { remoteId: '13' }, billDate: day('2026-12-31') }));
		expect((await readAll(connector.bills(QUERY))).ids[0]).toBe('12');
		expect((await readAll(connector.afresh().bills(QUERY))).ids[0]).toBe('13');
		expect(await readAll(connector.bills(QUERY))).toMatchObject({ ids: ['13', ...ALL], requests: 0 });
	});
});

describe('a list without order', () => {
	it('is kept when it was read to its end', async () => {
		const { source, connector } = cached();
		await readFirst(connector.bills({}), 5);
		await readAll(connector.bills({}));
		expect(await readAll(connector.bills({}))).toEqual({ ids: ALL, cached: [true, true, true], requests: 0 });
		expect(source.callsOf('bills')).toHaveLength(2);
	});
});

describe('a reader who asks for nothing behind the last page', () => {
	/** As whoever counts or adds up does. */
	async function readToTheEnd(pages: AsyncIterable<Page<Bill>>): Promise<number> {
		const iterator = pages[Symbol.asyncIterator]();
		let count = 0;
		for (;;) {
			const { value } = (await iterator.next()) as IteratorYieldResult<Page<Bill>>;
			count += value.items.length;
			if (value.end !== null) return count;
		}
	}

	it.each([
		['in order', QUERY],
		['without order', {}],
	])('leaves a list %s that is kept for its time, and no longer', async (_order, query) => {
		const { source, connector } = cached();
		expect(await readToTheEnd(connector.bills(query))).toBe(12);
		source.records.unshift(bill({ identity: { remoteId: '13' }, billDate: day('2026-12-31') }));
		expect(await readToTheEnd(connector.bills(query))).toBe(12);
		expect(source.callsOf('bills')).toHaveLength(1);
		now += 60_001;
		// Without order the store's own clock decides.
		if (query !== QUERY) return;
		expect(await readToTheEnd(connector.bills(query))).toBe(13);
	});

	it('does not keep others from reading anew', async () => {
		const { source, connector } = cached({}, { store: { read: async () => undefined, write: async () => undefined } });
		expect(await readToTheEnd(connector.bills({}))).toBe(12);
		source.records.unshift(bill({ identity: { remoteId: '13' }, billDate: day('2026-12-31') }));
		expect(await readToTheEnd(connector.bills({}))).toBe(13);
		expect(await readToTheEnd(connector.bills(QUERY))).toBe(13);
	});
});

describe('things by key', () => {
	const ids = (...remoteIds: string[]) => remoteIds.map((remoteId) => ({ scope: '', remoteId }));

	it('are kept one by one; the missing ones are asked for together', async () => {
		const { source, connector } = cached();
		await Promise.all(connector.billsByIds(ids('1', '2')).values());
		const found = connector.billsByIds(ids('1', '2', '3', '4'));
		expect((await found.get(keyOf({ scope: '', remoteId: '4' })))?.identity.remoteId).toBe('4');
		expect((await Promise.all(found.values())).map(({ identity }) => identity.remoteId)).toEqual(['1', '2', '3', '4']);
		expect(source.callsOf('billsByIds')).toEqual([ids('1', '2'), ids('3', '4')]);
	});

	it('asked for twice at once are fetched once', async () => {
		const { source, connector } = cached({ accounts: [account()] });
		await Promise.all([...connector.accountsByIds(ids('A1')).values(), ...connector.accountsByIds(ids('A1')).values()]);
		expect(source.callsOf('accountsByIds')).toHaveLength(1);
	});

	it('that are not there are not kept as such', async () => {
		const { source, connector } = cached();
		for (const attempt of [1, 2]) {
			const [result] = connector.billsByIds(ids('99')).values();
			await expect(result).rejects.toMatchObject({ kind: 'NOT_FOUND' });
			expect(source.callsOf('billsByIds')).toHaveLength(attempt);
		}
	});

	it('that failed for one reader are fetched for the other', async () => {
		const { source, connector } = cached();
		let failures = 1;
		source.hinder('billsByIds', async () => {
			if (failures-- > 0)
				throw new BillingError({ kind: 'RATE_LIMITED', message: 'The first reader may not ask for more' });
		});
		const [[first], [second]] = [connector.billsByIds(ids('1')).values(), connector.billsByIds(ids('1')).values()];
		const settled = await Promise.allSettled([first, second]);
		expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	it('are fetched for a reader whose companion gave up', async () => {
		const { source, connector } = cached();
		let released: () => void = () => undefined;
		source.hinder('billsByIds', (_id, signal) =>
			signal === undefined
				? undefined
				: new Promise((resolve, reject) => {
						released = resolve;
						signal.addEventListener('abort', () => reject(signal.reason as Error));
					}),
		);
		const leaver = new AbortController();
		const [left] = connector.billsByIds(ids('1'), { signal: leaver.signal }).values();
		await new Promise((resolve) => setImmediate(resolve));
		const [stays] = connector.billsByIds(ids('1')).values();
		await new Promise((resolve) => setImmediate(resolve));
		leaver.abort(new Error('gone'));
		await expect(left).rejects.toThrow('gone');
		expect((await stays)?.identity.remoteId).toBe('1');
		released();
	});

	it('tell rates of the same bill apart by how many were asked for', async () => {
		const { source, connector } = cached({ rates: [rate(), rate({ identity: { remoteId: '2' } })] });
		const handle = { scope: '', remoteId: '1', billDate: null, accountId: null, number: null };
		const [one] = await Promise.all(connector.ratesByBills([handle], 1).values());
		const [both] = await Promise.all(connector.ratesByBills([handle], 5).values());
		const [again] = await Promise.all(connector.ratesByBills([handle], 5).values());
		expect([one, both, again].map((list) => list?.rates.length)).toEqual([1, 2, 2]);
		expect(source.callsOf('ratesByBills')).toHaveLength(2);
	});
});

it('another credential reads for itself', async () => {
	const store = new MemoryStore(1_000);
	const named = (credential: string) => ({
		store,
		name: (operation: string, subject: unknown) => JSON.stringify([credential, operation, subject]),
	});
	const mine = cached({}, named('mine'));
	const theirs = cached({ bills: [bill({ identity: { remoteId: 'theirs' } })] }, named('theirs'));
	await readAll(mine.connector.bills(QUERY));
	expect((await readAll(theirs.connector.bills(QUERY))).ids).toEqual(['theirs']);
});
