/** Cursors work in the list they were given for, and nowhere else. */
import { CursorSeal, type MergedPlace, listFingerprint, resumeAt } from '../../../graphql/connections/cursor';
import { Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';
import { bill } from '../support/records';

const place: MergedPlace = { sortKey: '2026-01-31', connection: 'm', scope: 's', remoteId: '0.0.0.1+-bill+1' };

interface Edges {
	readonly bills: { readonly edges: readonly { readonly cursor: string }[] } | null;
}

const QUERY = `query ($after: String, $filter: BillFilter, $orderBy: BillOrder) {
	bills(first: 1, after: $after, filter: $filter, orderBy: $orderBy) { edges { cursor } }
}`;

describe('a cursor', () => {
	const seal = new CursorSeal('key one');

	it('opens to what was sealed', () => {
		const cursor = seal.seal('list', { place, total: 12 });
		expect(cursor).toMatch(/^[\w-]+\.[\w-]{43}$/);
		expect(seal.open('list', cursor)).toEqual({ place, total: 12 });
	});

	it.each([
		['of another list', seal.seal('another', { place, total: null })],
		['signed with another key', new CursorSeal('key two').seal('list', { place, total: null })],
		['without signature', seal.seal('list', { place, total: null }).split('.')[0]!],
		['that is no cursor', 'MQ=='],
		['that is empty', ''],
	])('%s is refused with BAD_CURSOR', (_what, cursor) => {
		let thrown: unknown;
		try {
			seal.open('list', cursor);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({ extensions: { code: 'BAD_CURSOR' } });
	});

	it('is refused with any one character changed', () => {
		const cursor = seal.seal('list', { place, total: null });
		for (let at = 0; at < cursor.indexOf('.'); at += 1) {
			const changed = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;
			expect(() => seal.open('list', changed)).toThrow("'after'");
		}
	});

	it('is refused by the graph with another filter or order, and taken with the same', async () => {
		const bills = ['1', '2', '3'].map((remoteId) => bill({ identity: { remoteId } }));
		const graph = new Graph([new MemoryConnector({ connection: 'brm', bills })]);
		const filter = { types: ['INVOICE'] };
		const { data } = await graph.ask<Edges>(QUERY, { filter });
		const after = data.bills?.edges[0]?.cursor;

		const same = await graph.ask<Edges>(QUERY, { filter: { types: ['INVOICE'], states: null }, after });
		expect(same.errors).toEqual([]);
		expect(same.data.bills?.edges).toHaveLength(1);

		const others = [
			{},
			{ filter: { types: ['CREDIT_NOTE'] } },
			{ filter, orderBy: { field: 'TOTAL', direction: 'ASC' } },
		];
		for (const other of others) {
			const { data: none, errors } = await graph.ask<Edges>(QUERY, { ...other, after });
			expect(none).toBeNull();
			expect(errors[0]?.extensions['code']).toBe('BAD_CURSOR');
		}
	});
});

describe('a list', () => {
	it('is the same with a condition absent or null, and another with another condition', () => {
		expect(listFingerprint('bills', { a: null, b: 1 })).toBe(listFingerprint('bills', { b: 1 }));
		expect(listFingerprint('bills', { b: 1 })).not.toBe(listFingerprint('bills', { b: 2 }));
		expect(listFingerprint('bills', { b: 1 })).not.toBe(listFingerprint('accounts', { b: 1 }));
	});
});

describe('a source resumes', () => {
	it('at the place itself in its own connection', () => {
		expect(resumeAt(place, 'm')).toEqual({ sortKey: '2026-01-31', scope: 's', remoteId: '0.0.0.1+-bill+1' });
	});

	it('behind all bills of the sort key where its connection sorts before', () => {
		expect(resumeAt(place, 'a').scope > 'zzz').toBe(true);
	});

	it('before all bills of the sort key where its connection sorts behind', () => {
		expect(resumeAt(place, 'z')).toEqual({ sortKey: '2026-01-31', scope: '', remoteId: '' });
	});
});
