/** Invoice and credit note lines of Orange Business, by bill and by query. */

import { keyOf } from '../../../providers/model/identity';
import { json } from '../support/scriptedTransport';
import { BASE, onPaper, orange, pagesOf } from './orange';
import { ITEMS, PAPER, handle, id } from './paperBills';

describe('rates by bill', () => {
	it('are one request a bill, each settling on its own', async () => {
		const { connector, transport } = orange(({ url }) =>
			url.includes('/bills/b2/')
				? json(404, { code: 60, message: 'no' })
				: json(200, ITEMS.b1, { 'x-total-count': '2' }),
		);
		const policy = { signPolicy: 'AS_REPORTED' } as const;
		const found = connector.ratesByBills([handle('b1', policy), handle('b2', policy)], undefined);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({
			total: 2,
			complete: true,
			reasons: [],
			rates: [{ net: { amount: '4' } }, {}],
		});
		await expect(found.get(keyOf(id('b2')))).rejects.toMatchObject({ kind: 'NOT_FOUND' });
		expect(transport.requests).toHaveLength(2);
	});

	it('are signed as the bill is; where the handle does not say, the bill is asked', async () => {
		const { connector, transport } = onPaper(PAPER);
		const told = connector.ratesByBills([handle('b2', { signPolicy: 'FLIPPED' })], undefined);
		await expect(told.get(keyOf(id('b2')))).resolves.toMatchObject({ rates: [{ net: { amount: '-5' } }] });
		expect(transport.requests).toHaveLength(1);
		const asked = connector.ratesByBills([handle('b2')], undefined);
		await expect(asked.get(keyOf(id('b2')))).resolves.toMatchObject({ rates: [{ net: { amount: '-5' } }] });
		expect(transport.requests).toHaveLength(3);
	});

	it('are read from where the reader is, by offset', async () => {
		const { connector, transport } = onPaper({ ...PAPER, items: { b1: ITEMS.b1 } });
		const found = connector.ratesByBills([handle('b1', { signPolicy: 'AS_REPORTED' })], 2, { from: 1 });
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({ rates: [{}], from: 1, total: 2, complete: true });
		expect(transport.sent).toEqual([`GET ${BASE}/bills/b1/items?offset=1&limit=1`]);
	});

	it('are at most so many, and four bills at once', async () => {
		const { connector, transport } = onPaper({ ...PAPER, items: { b1: ITEMS.b1 } });
		const found = connector.ratesByBills([handle('b1', { signPolicy: 'AS_REPORTED' })], 1);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({ rates: [{}], total: 2 });
		expect(transport.sent).toEqual([`GET ${BASE}/bills/b1/items?offset=0&limit=1`]);
		let running = 0;
		let most = 0;
		const slow = orange(async () => {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setImmediate(resolve));
			running -= 1;
			return json(200, [], { 'x-total-count': '0' });
		});
		const handles = Array.from({ length: 9 }, (_, n) => handle(`x${n}`, { signPolicy: 'AS_REPORTED' }));
		await Promise.all(slow.connector.ratesByBills(handles, undefined).values());
		expect(most).toBe(4);
		expect(() => slow.connector.ratesByBills([], 0)).toThrow("'first' is 0");
	});

	it('that broke off say so', async () => {
		const { connector } = orange(json(200, [{ id: 'i1' }], { 'x-total-count': '9' }));
		const found = connector.ratesByBills([handle('b1', { signPolicy: 'AS_REPORTED' })], undefined);
		await expect(found.get(keyOf(id('b1')))).resolves.toMatchObject({
			complete: false,
			reasons: [expect.any(String), expect.any(String)],
		});
	});
});

describe('rates by query', () => {
	const rates = async (query: object, made = onPaper(PAPER)) => {
		const pages = await pagesOf(made.connector.rates(query as never));
		return {
			ids: pages.flatMap(({ items }) => items.map(({ identity }) => `${identity.scope}/${identity.remoteId}`)),
			requests: pages.reduce((sum, page) => sum + page.requests, 0),
			last: pages.at(-1)!,
			sent: made.transport.sent,
		};
	};

	it('of one bill are two requests, in parallel: the bill tells the sign', async () => {
		const { ids, requests, last, sent } = await rates({ bill: id('b1') });
		expect(ids).toEqual(['b1/i1', 'b1/i2']);
		expect(requests).toBe(2);
		expect(sent).toHaveLength(2);
		expect(last).toMatchObject({ pushedDown: ['bill'], appliedHere: [], end: { complete: true, reasons: [] } });
	});

	it('of one bill that the query does not want are none', async () => {
		expect((await rates({ bill: id('b1'), accounts: ['A2'] })).ids).toEqual([]);
		expect((await rates({ bill: id('b1'), accounts: ['A1'] })).ids).toHaveLength(2);
	});

	it('of an account and a period are one list and one request a bill', async () => {
		const { ids, requests, last, sent } = await rates({ accounts: ['A2'], billDate: { from: '2026-01-01' } });
		expect(ids).toEqual(['b2/i1']);
		expect(requests).toBe(3);
		expect(sent).toHaveLength(3);
		expect(last).toMatchObject({
			pushedDown: ['billDate'],
			appliedHere: ['accounts', 'billDate'],
			end: { complete: true },
		});
	});

	it('are filtered by id and type here', async () => {
		expect((await rates({ types: ['USAGE'] })).ids).toEqual(['b1/i1']);
		expect((await rates({ ids: ['i2'], isBilled: true })).ids).toEqual(['b1/i2']);
		expect((await rates({ maxRows: 1 })).ids).toEqual(['b1/i1']);
	});

	it('that are not billed do not exist, which costs nothing to know', async () => {
		const { ids, sent, last } = await rates({ isBilled: false });
		expect({ ids, sent }).toEqual({ ids: [], sent: [] });
		expect(last.end).toEqual({ complete: true, reasons: [] });
	});

	it('that broke off are incomplete', async () => {
		const made = orange(({ url }) =>
			json(200, url.includes('items') ? [{ id: 'i' }] : [{ id: 'b' }], {
				'x-total-count': url.includes('items') ? '3' : '1',
			}),
		);
		expect((await rates({}, made)).last.end?.complete).toBe(false);
	});
});
