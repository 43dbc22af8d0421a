/** Orange's smaller resources: counters and installed offers, read to their end. */
import type { WalkedPage } from '../../../providers/transport/pageWalk';
import { json } from '../support/scriptedTransport';
import { BASE, orange } from './orange';

async function rowsOf<T>(walk: AsyncIterable<WalkedPage<T>>) {
	const rows: T[] = [];
	let complete = false;
	for await (const page of walk) {
		rows.push(...page.rows);
		complete = page.end?.complete ?? false;
	}
	return { rows, complete };
}

describe('counters', () => {
	it('come in the order asked for although values like 9999 lead in parsed JSON', async () => {
		const counts = '{"ACME":5,"9999":7,"17":1}';
		const { api } = orange(() => json(200, counts));
		const order = async (sort: 'key' | '-key' | 'value' | '-value') =>
			(await api.snapshots('customer.id', { sort })).map(({ value }) => value);
		expect(await order('value')).toEqual(['17', 'ACME', '9999']);
		expect(await order('-value')).toEqual(['9999', 'ACME', '17']);
		expect(await order('key')).toEqual(['17', '9999', 'ACME']);
		expect(await order('-key')).toEqual(['ACME', '9999', '17']);
	});

	it('are read page by page until a page is empty', async () => {
		const { api, transport } = orange([json(200, { a: 2, b: 1 }), json(200, { c: 1 }), json(200, {})]);
		const walk = api.walkSnapshots('type', { limit: 2, filters: { 'customer.id': '9' } });
		const bills = (value: string, count: number) => ({ value, bills: count });
		expect(await rowsOf(walk)).toEqual({ rows: [bills('a', 2), bills('b', 1), bills('c', 1)], complete: true });
		expect(transport.requests.map(({ url }) => url)).toEqual(
			[0, 2, 3].map((offset) => `${BASE}/snapshots?groupBy=type&customer.id=9&offset=${offset}&limit=2`),
		);
	});

	it('are not complete where a value is counted on two pages', async () => {
		const { api } = orange([json(200, { a: 2, b: 1 }), json(200, { a: 4, c: 1 }), json(200, {})]);
		expect(await rowsOf(api.walkSnapshots('type', { limit: 2 }))).toMatchObject({ complete: false });
	});
});

describe('installed offers', () => {
	it('may be bare ids', async () => {
		const { api } = orange(json200(['O-1', 'O-2'], 2));
		expect((await api.installedOfferIds()).rows).toEqual([{ id: 'O-1' }, { id: 'O-2' }]);
	});

	it('of two accounts may have one id', async () => {
		const offers = ['A', 'B'].map((account) => ({ id: 'O-1', billingAccount: { id: account } }));
		const { api } = orange(json200(offers, 2));
		expect(await rowsOf(api.walkInstalledOfferIds({}))).toEqual({ rows: offers, complete: true });
	});
});

function json200(body: unknown, total: number) {
	return () => json(200, body, { 'x-total-count': String(total) });
}
