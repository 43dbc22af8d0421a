/** Walking a merged list page by page: each bill exactly once, in order, whatever the sources and sizes. */
import fc from 'fast-check';

import { comparePlacesBy } from '../../../graphql/connections/billConnection';
import type { BillOrder } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import { placeOf } from '../../../providers/query/order';
import { type Answer, Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';
import { bill, day, euros } from '../support/records';

const WALK = `query ($first: Int, $after: String, $order: BillOrder) {
	bills(first: $first, after: $after, orderBy: $order) {
		nodes { remoteId connection { id } }
		pageInfo { hasNextPage endCursor }
		totalCount
	}
}`;

interface WalkedPage {
	readonly bills: {
		readonly nodes: readonly { readonly remoteId: string; readonly connection: { readonly id: string } }[];
		readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
		readonly totalCount: number | null;
	};
}

interface SourceShape {
	readonly pageSize: number;
	readonly bills: readonly BillShape[];
}
interface BillShape {
	readonly billDate: string | null;
	readonly scope: string;
	readonly amount: string;
}

// Few values, so that sort keys are often equal within and across connections.
const billShape: fc.Arbitrary<BillShape> = fc.record({
	billDate: fc.constantFrom('2026-01-01', '2026-01-02', '2026-02-01', null),
	scope: fc.constantFrom('', 'a', 'b'),
	amount: fc.constantFrom('10', '9', '-3', '10.5'),
});
const sourceShape: fc.Arbitrary<SourceShape> = fc.record({
	pageSize: fc.integer({ min: 1, max: 4 }),
	bills: fc.array(billShape, { maxLength: 12 }),
});
const order: fc.Arbitrary<BillOrder> = fc.record({
	field: fc.constantFrom('BILL_DATE', 'TOTAL', 'NUMBER'),
	direction: fc.constantFrom('ASC', 'DESC'),
});

function billOf(shape: BillShape, connection: string, remoteId: string): Bill {
	return bill({
		identity: { connection, scope: shape.scope, remoteId },
		billDate: shape.billDate === null ? null : day(shape.billDate),
		total: euros(shape.amount),
		// Ids of several lengths, so that they do not sort as numbers do.
		number: remoteId,
	});
}

function connectorsOf(shapes: readonly SourceShape[]): MemoryConnector[] {
	// Configured in another order than their ids sort.
	return shapes.map(({ pageSize, bills }, index) => {
		const connection = `c${(index * 7 + 3) % 10}`;
		return new MemoryConnector({
			connection,
			pageSize,
			announcesTotal: true,
			bills: bills.map((shape, at) => billOf(shape, connection, `${at}`)),
		});
	});
}

const key = ({ connection, remoteId }: { connection: string; remoteId: string }): string => `${connection}/${remoteId}`;

async function walk(
	graph: Graph,
	variables: { readonly first: number; readonly order: BillOrder },
	betweenPages: (page: number) => void = () => undefined,
): Promise<WalkedPage['bills'][]> {
	const pages: WalkedPage['bills'][] = [];
	let after: string | null = null;
	for (let page = 0; page < 200; page += 1) {
		const { data, errors }: Answer<WalkedPage> = await graph.ask<WalkedPage>(WALK, { ...variables, after });
		expect(errors).toEqual([]);
		pages.push(data.bills);
		if (!data.bills.pageInfo.hasNextPage) return pages;
		after = data.bills.pageInfo.endCursor;
		betweenPages(page);
	}
	throw new Error('The walk does not end');
}

function keysOf(pages: readonly WalkedPage['bills'][]): string[] {
	return pages.flatMap(({ nodes }) =>
		nodes.map(({ remoteId, connection }) => key({ connection: connection.id, remoteId })),
	);
}

function expectedKeys(connectors: readonly MemoryConnector[], order: BillOrder): string[] {
	const compare = comparePlacesBy(order);
	return connectors
		.flatMap(({ connection, records }) => records.map((record) => ({ ...placeOf(record, order), connection })))
		.sort(compare)
		.map(key);
}

describe('a merged list walked page by page', () => {
	it('gives each bill exactly once, in the total order, with full pages until the last', async () => {
		const property = fc.asyncProperty(
			fc.array(sourceShape, { minLength: 1, maxLength: 4 }),
			fc.integer({ min: 1, max: 7 }),
			order,
			async (shapes, first, orderBy) => {
				const connectors = connectorsOf(shapes);
				const pages = await walk(new Graph(connectors), { first, order: orderBy });
				const expected = expectedKeys(connectors, orderBy);
				expect(keysOf(pages)).toEqual(expected);
				for (const page of pages.slice(0, -1)) expect(page.nodes).toHaveLength(first);
				for (const page of pages) expect(page.totalCount).toBe(expected.length);
			},
		);
		await fc.assert(property, { numRuns: 150 });
	});

	it('gives each bill that was there from the start exactly once, in order, while others appear', async () => {
		const appearing = fc.array(fc.tuple(fc.nat({ max: 3 }), billShape), { maxLength: 10 });
		const property = fc.asyncProperty(
			fc.array(sourceShape, { minLength: 1, maxLength: 4 }),
			fc.integer({ min: 1, max: 5 }),
			order,
			appearing,
			async (shapes, first, orderBy, arrivals) => {
				const connectors = connectorsOf(shapes);
				const original = expectedKeys(connectors, orderBy);
				const pages = await walk(new Graph(connectors), { first, order: orderBy }, (page) => {
					const arrival = arrivals[page];
					if (arrival === undefined) return;
					const [at, shape] = arrival;
					const connector = connectors[at % connectors.length]!;
					connector.records.push(billOf(shape, connector.connection, `new${page}`));
				});
				const seen = keysOf(pages);
				expect(new Set(seen).size).toBe(seen.length);
				expect(seen.filter((name) => original.includes(name))).toEqual(original);
			},
		);
		await fc.assert(property, { numRuns: 150 });
	});

	it('reads a further page of a source only when its buffer is empty and more is needed', async () => {
		const pagesRead: Record<string, number> = {};
		const connectors = ['x', 'y'].map((connection) =>
			new MemoryConnector({
				connection,
				pageSize: 3,
				bills: Array.from({ length: 9 }, (_, at) =>
					// Every bill of x is newer than every bill of y.
					bill({
						identity: { connection, remoteId: `${at}` },
						billDate: day(connection === 'x' ? '2026-02-01' : '2026-01-01'),
					}),
				),
			}).hinder('bills', () => {
				pagesRead[connection] = (pagesRead[connection] ?? 0) + 1;
			}),
		);
		await new Graph(connectors).ask(WALK, { first: 3 });
		expect(pagesRead).toEqual({ x: 1, y: 1 });
		await new Graph(connectors).ask(WALK, { first: 4 });
		expect(pagesRead).toEqual({ x: 3, y: 2 });
	});
});
