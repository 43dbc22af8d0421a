/** `rates`: the charge lines of many bills as one list. */
import fc from 'fast-check';

import type { Rate } from '../../../providers/model/rate';
import { BillingError } from '../../../providers/transport/errors';
import { type Answer, Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';
import { bill, day, rate } from '../support/records';

const LIST = `query ($filter: RateFilter, $first: Int, $after: String) { rates(filter: $filter, first: $first, after: $after) {
	edges { cursor } nodes { remoteId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
	totalCount complete reasons sources { connection { id } state complete notices error { kind message } }
} }`;

interface Page {
	readonly rates: {
		readonly edges: readonly { readonly cursor: string }[];
		readonly nodes: readonly { readonly remoteId: string }[];
		readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
		readonly complete: boolean;
		readonly sources: readonly { readonly state: string }[];
	};
}

interface BillShape {
	readonly date: number;
	readonly rates: number;
}

/** Rates named after their bill and their place on it; every third is usage. */
function connectorOf(connection: string, shapes: readonly BillShape[]): MemoryConnector {
	const bills = shapes.map(({ date }, at) =>
		bill({ identity: { connection, remoteId: `${at}` }, billDate: date === 0 ? null : day(`2026-0${date}-01`) }),
	);
	const rates = shapes.flatMap(({ rates: count }, at) =>
		Array.from({ length: count }, (_, index) => rateOf(connection, `${at}`, index)),
	);
	return new MemoryConnector({ connection, bills, rates, pageSize: 3 });
}

function rateOf(connection: string, on: string, index: number): Rate {
	return rate({
		identity: { connection, remoteId: `${connection}/${on}/${index}` },
		bill: { scope: '', remoteId: on },
		type: index % 3 === 0 ? 'USAGE' : 'RECURRING',
	});
}

async function walk(graph: Graph, first: number, filter: Record<string, unknown> = {}): Promise<Page['rates'][]> {
	const pages: Page['rates'][] = [];
	let after: string | null = null;
	for (let page = 0; page < 300; page += 1) {
		const { data, errors, faults }: Answer<Page> = await graph.ask<Page>(LIST, { first, after, filter });
		expect({ errors, faults }).toEqual({ errors: [], faults: [] });
		pages.push(data.rates);
		if (!data.rates.pageInfo.hasNextPage) return pages;
		after = data.rates.pageInfo.endCursor;
	}
	throw new Error('The walk does not end');
}

const idsOf = (pages: readonly Page['rates'][]): string[] =>
	pages.flatMap(({ nodes }) => nodes.map(({ remoteId }) => remoteId));

const shapes = fc.array(fc.record({ date: fc.nat({ max: 4 }), rates: fc.nat({ max: 6 }) }), { maxLength: 9 });

describe('rates of all bills, page by page', () => {
	it('are each given once, bill by bill in the order of bills, whatever the size of a page', async () => {
		const property = fc.asyncProperty(shapes, shapes, fc.integer({ min: 1, max: 30 }), async (one, other, first) => {
			const graph = new Graph([connectorOf('x', one), connectorOf('a', other)]);
			const { data } = await graph.ask<{ bills: { nodes: { remoteId: string; connection: { id: string } }[] } }>(
				'{ bills(first: 500) { nodes { remoteId connection { id } } } }',
			);
			const expected = data.bills.nodes.flatMap(({ remoteId, connection: { id } }) => {
				const count = (id === 'x' ? one : other)[Number(remoteId)]!.rates;
				return Array.from({ length: count }, (_, index) => `${id}/${remoteId}/${index}`);
			});
			expect(idsOf(await walk(graph, first))).toEqual(expected);
		});
		await fc.assert(property, { numRuns: 150 });
	});

	it('of some types are those alone, and a bill may go on in the middle of it', async () => {
		const graph = new Graph([
			connectorOf('x', [
				{ date: 1, rates: 7 },
				{ date: 2, rates: 4 },
			]),
		]);
		const pages = await walk(graph, 1, { types: ['USAGE'] });
		expect(idsOf(pages)).toEqual(['x/1/0', 'x/1/3', 'x/0/0', 'x/0/3', 'x/0/6']);
	});

	it('go on from any cursor of a page, while newer bills appear', async () => {
		const connector = connectorOf('x', [
			{ date: 1, rates: 3 },
			{ date: 2, rates: 3 },
		]);
		const graph = new Graph([connector]);
		const { data } = await graph.ask<Page>(LIST, { first: 6 });
		connector.records.push(bill({ identity: { connection: 'x', remoteId: 'new' }, billDate: day('2026-09-01') }));
		for (const [index, { cursor }] of data.rates.edges.entries()) {
			const rest = await graph.ask<Page>(LIST, { first: 10, after: cursor });
			expect(idsOf([rest.data.rates])).toEqual(idsOf([data.rates]).slice(index + 1));
		}
	});

	it('need no more bills than have the rates wanted', async () => {
		const connector = connectorOf(
			'x',
			Array.from({ length: 9 }, () => ({ date: 1, rates: 6 })),
		);
		await new Graph([connector]).ask(LIST, { first: 20 });
		// One bill was taken to have them; it had 6, so three more were asked for.
		expect(connector.callsOf('ratesByBills').map((bills) => (bills as unknown[]).length)).toEqual([1, 3]);
	});

	it('say that a page found nothing so far, and where to go on, when hardly any rate is meant', async () => {
		const many = Array.from({ length: 600 }, (_, at) => ({ date: 1, rates: at === 599 ? 1 : 2 }));
		const connector = connectorOf('x', many);
		const graph = new Graph([connector]);
		const first = await graph.ask<Page>(LIST, { first: 1, filter: { types: ['PENALTY'] } });
		expect(first.data.rates).toMatchObject({
			nodes: [],
			pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
		});
		const rest = await graph.ask<Page>(LIST, {
			first: 1,
			after: first.data.rates.pageInfo.endCursor,
			filter: { types: ['PENALTY'] },
		});
		expect(rest.data.rates).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false } });
		expect(connector.callsOf('ratesByBills').flat()).toHaveLength(600);
	});
});

describe('a cursor of rates', () => {
	it.each([
		['of another filter', { filter: { types: ['USAGE'] } }, 'belongs to another list'],
		['that was made up', { after: 'x.y' }, 'is no cursor of this server'],
	])('%s is refused', async (_name, other, message) => {
		const graph = new Graph([connectorOf('x', [{ date: 1, rates: 3 }])]);
		const { data } = await graph.ask<Page>(LIST, { first: 1 });
		const { errors } = await graph.ask(LIST, { first: 1, after: data.rates.pageInfo.endCursor, ...other });
		expect(errors[0]?.message).toContain(message);
		expect(errors[0]?.extensions['code']).toBe('BAD_CURSOR');
	});

	it('in a bill whose rates have changed since is refused, rather than lose or repeat one', async () => {
		const records = Array.from({ length: 3 }, (_, index) => rateOf('x', '0', index));
		const options = { connection: 'x', bills: [bill({ identity: { connection: 'x', remoteId: '0' } })] };
		const graph = new Graph([new MemoryConnector({ ...options, rates: records })]);
		const { data } = await graph.ask<Page>(LIST, { first: 2 });
		const changed = new Graph([new MemoryConnector({ ...options, rates: records.slice(1) })]);
		const { errors } = await changed.ask(LIST, { first: 2, after: data.rates.pageInfo.endCursor });
		expect(errors[0]?.extensions['code']).toBe('BAD_CURSOR');
	});
});

describe('a connection in trouble', () => {
	const broken = new BillingError({ kind: 'UNAVAILABLE', message: 'Down' });

	it('whose bills fail leaves the others whole', async () => {
		const graph = new Graph([
			connectorOf('x', [{ date: 1, rates: 2 }]).fail('bills', broken),
			connectorOf('a', [{ date: 1, rates: 2 }]),
		]);
		const { data, partial } = await graph.ask<Page>(LIST, {});
		expect(idsOf([data.rates])).toEqual(['a/0/0', 'a/0/1']);
		expect(data.rates.complete).toBe(false);
		expect(data.rates.sources).toMatchObject([{ state: 'FAILED', error: { kind: 'UNAVAILABLE' } }, { state: 'OK' }]);
		expect(partial.map(({ extensions }) => extensions['code'])).toEqual(['UNAVAILABLE']);
	});

	it('whose rates fail at a bill gives none of the bills behind it', async () => {
		const failing = connectorOf(
			'x',
			[3, 2, 1].map((date) => ({ date, rates: 2 })),
		).hinder('ratesByBills', (id) => {
			if (id === '1') throw broken;
		});
		const graph = new Graph([failing, connectorOf('a', [{ date: 1, rates: 1 }])]);
		const { data, partial } = await graph.ask<Page>(LIST, {});
		expect(idsOf([data.rates])).toEqual(['x/0/0', 'x/0/1', 'a/0/0']);
		expect(data.rates.sources).toMatchObject([{ state: 'INTERRUPTED', complete: false }, { state: 'OK' }]);
		expect(partial).toHaveLength(1);
	});

	it('whose rates fail at once reads no more bills, and gives no place to go on from', async () => {
		const many = Array.from({ length: 300 }, () => ({ date: 1, rates: 2 }));
		let pagesRead = 0;
		const failing = connectorOf('x', many)
			.fail('ratesByBills', broken)
			.hinder('bills', () => void (pagesRead += 1));
		const { data } = await new Graph([failing]).ask<Page>(LIST, {});
		expect(data.rates).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
		expect(data.rates.sources).toMatchObject([{ state: 'FAILED' }]);
		// Five bills were taken to have the page's rates.
		expect(pagesRead).toBeLessThanOrEqual(3);
	});

	it('that has none of some bills goes on behind them', async () => {
		const many = Array.from({ length: 600 }, (_, at) => ({ date: 1, rates: at === 599 ? 1 : 0 }));
		const without = new BillingError({ kind: 'NOT_OFFERED', message: 'None of this bill' });
		const connector = connectorOf('x', many).hinder('ratesByBills', (id) => {
			if (id !== '599') throw without;
		});
		const pages = await walk(new Graph([connector]), 5);
		expect(idsOf(pages)).toEqual(['x/599/0']);
	});

	it('that has no charge lines is left out, and says so', async () => {
		const fleet = new MemoryConnector({ connection: 'fleet', capabilities: { rateFields: null, rateFilters: null } });
		const { data, partial } = await new Graph([fleet]).ask<Page>(LIST, {});
		expect(data.rates).toMatchObject({ nodes: [], sources: [{ state: 'SKIPPED', error: { kind: 'NOT_OFFERED' } }] });
		expect(partial).toEqual([]);
	});
});

describe('rates that are not billed yet', () => {
	it('come by connection and id, whether they are on a bill or not', async () => {
		const unbilled = ['2', '10', '1'].map((remoteId) =>
			rate({ identity: { connection: 'x', remoteId }, bill: null, isBilled: false }),
		);
		const connector = new MemoryConnector({ connection: 'x', rates: unbilled });
		const pages = await walk(new Graph([connector]), 2, { isBilled: false });
		expect(idsOf(pages)).toEqual(['1', '10', '2']);
		expect(connector.callsOf('bills')).toEqual([]);
		expect(connector.callsOf('rates')[0]).toMatchObject({ isBilled: false });
	});
});

it('refuses what cannot be meant before anyone is asked', async () => {
	const connector = connectorOf('x', []);
	const { errors } = await new Graph([connector]).ask(LIST, { filter: { bills: ['no id'] } });
	expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
	const { errors: sizes } = await new Graph([connector]).ask(LIST, { first: 1_001 });
	expect(sizes[0]?.extensions['hint']).toContain('1 to 1000');
	expect(connector.calls).toEqual([]);
});
