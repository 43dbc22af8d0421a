/** Providers that are down, slow or talk nonsense leave the others' bills on the page, and are told of. */
import fc from 'fast-check';

import { BillingError } from '../../../providers/transport/errors';
import { Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';
import { bill, day } from '../support/records';

const QUERY = `query ($first: Int, $filter: BillFilter) {
	bills(first: $first, filter: $filter) {
		nodes { remoteId connection { id } }
		totalCount
		pageInfo { hasNextPage }
		sources {
			connection { id } state complete requests latencyMs cached notices
			error { kind message hint status code requestId parameter retryable retryAfter }
		}
	}
}`;

interface Data {
	readonly bills: {
		readonly nodes: readonly { readonly remoteId: string; readonly connection: { readonly id: string } }[];
		readonly totalCount: number | null;
		readonly pageInfo: { readonly hasNextPage: boolean };
		readonly sources: readonly {
			readonly connection: { readonly id: string };
			readonly state: string;
			readonly complete: boolean;
			readonly requests: number;
			readonly latencyMs: number;
			readonly cached: boolean;
			readonly error: Record<string, unknown> | null;
		}[];
	};
}

function memory(connection: string, count = 3, pageSize = 100): MemoryConnector {
	const bills = Array.from({ length: count }, (_, at) =>
		bill({ identity: { connection, remoteId: `${connection}${at}` }, billDate: day(`2026-01-${10 + at}`) }),
	);
	return new MemoryConnector({ connection, bills, pageSize, announcesTotal: true });
}

const down = new BillingError({
	kind: 'RATE_LIMITED',
	message: 'The provider asks for fewer requests',
	hint: 'Wait a little.',
	status: 429,
	code: 'LIM-1',
	requestId: 'req-7',
	retryAfterMs: 2_500,
});

describe('a provider that fails', () => {
	it('leaves the others on the page, and is told of in sources and in errors', async () => {
		const graph = new Graph([memory('brm'), memory('orange').fail('bills', down)]);
		const { data, errors, partial } = await graph.ask<Data>(QUERY, { first: 10 });
		expect(errors).toEqual([]);
		expect(data.bills.nodes.map(({ remoteId }) => remoteId)).toEqual(['brm2', 'brm1', 'brm0']);
		expect(data.bills.totalCount).toBeNull();
		expect(data.bills.sources).toMatchObject([
			{ connection: { id: 'brm' }, state: 'OK', complete: true, requests: 1, cached: false, error: null },
			{
				connection: { id: 'orange' },
				state: 'FAILED',
				complete: false,
				requests: 0,
				error: {
					kind: 'RATE_LIMITED',
					message: 'The provider asks for fewer requests',
					hint: 'Wait a little.',
					status: 429,
					code: 'LIM-1',
					requestId: 'req-7',
					parameter: null,
					retryable: true,
					retryAfter: 3,
				},
			},
		]);
		expect(partial.map((error) => error.toJSON())).toMatchObject([
			{
				path: ['bills'],
				extensions: {
					code: 'RATE_LIMITED',
					provider: 'ORANGE_BUSINESS',
					connection: 'orange',
					httpStatus: 429,
					retryable: true,
					retryAfter: 3,
					requestId: 'req-7',
				},
			},
		]);
	});

	it('after a first page keeps what came, and is told of as interrupted', async () => {
		const broken = memory('brm', 6, 2).hinder('bills', (page) => {
			if (page === 1) throw down;
		});
		const { data } = await new Graph([broken, memory('orange')]).ask<Data>(QUERY, { first: 20 });
		const own = data.bills.nodes.filter(({ connection }) => connection.id === 'brm');
		expect(own.map(({ remoteId }) => remoteId)).toEqual(['brm5', 'brm4']);
		expect(data.bills.nodes).toHaveLength(5);
		expect(data.bills.sources[0]).toMatchObject({ state: 'INTERRUPTED', complete: false, requests: 1 });
	});

	it('by a mistake of our own says no more than that, and the mistake is reported', async () => {
		const mistake = new TypeError('secret inside');
		const graph = new Graph([memory('brm').fail('bills', mistake), memory('orange')]);
		const { data, faults } = await graph.ask<Data>(QUERY, { first: 10 });
		expect(data.bills.nodes).toHaveLength(3);
		expect(data.bills.sources[0]).toMatchObject({ state: 'FAILED', error: { kind: 'PROTOCOL' } });
		expect(JSON.stringify(data)).not.toContain('secret');
		expect(faults).toEqual([mistake]);
	});

	it('in any subset leaves exactly the healthy ones', async () => {
		const names = ['brm', 'fleet', 'lumen-us', 'orange'];
		const property = fc.asyncProperty(fc.subarray(names), async (failing) => {
			const connectors = names.map((name) => {
				const connector = memory(name);
				return failing.includes(name) ? connector.fail('bills', down) : connector;
			});
			const { data, partial } = await new Graph(connectors).ask<Data>(QUERY, { first: 50 });
			const healthy = names.filter((name) => !failing.includes(name));
			expect(new Set(data.bills.nodes.map(({ connection }) => connection.id))).toEqual(new Set(healthy));
			expect(data.bills.nodes).toHaveLength(healthy.length * 3);
			const states = Object.fromEntries(data.bills.sources.map(({ connection, state }) => [connection.id, state]));
			expect(states).toEqual(Object.fromEntries(names.map((name) => [name, failing.includes(name) ? 'FAILED' : 'OK'])));
			expect(partial).toHaveLength(failing.length);
		});
		await fc.assert(property, { numRuns: 16 });
	});
});

describe('a provider that hangs', () => {
	it('is given up after the time limit, aborted, and told of as TIMEOUT', async () => {
		let aborted: unknown;
		const hanging = memory('orange').hinder('bills', (_page, signal) => {
			signal?.addEventListener('abort', () => {
				aborted = signal.reason;
			});
			return new Promise(() => undefined);
		});
		const { data } = await new Graph([memory('brm'), hanging], { timeoutMs: 50 }).ask<Data>(QUERY, { first: 10 });
		expect(data.bills.nodes).toHaveLength(3);
		expect(data.bills.sources[1]).toMatchObject({ state: 'FAILED', error: { kind: 'TIMEOUT', retryable: true } });
		expect(data.bills.sources[1]?.latencyMs).toBeGreaterThanOrEqual(45);
		expect(aborted).toMatchObject({ kind: 'TIMEOUT', connection: 'orange' });
	});

	it('is not blamed for the time that another took', async () => {
		const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
		const slow = memory('brm', 2).hinder('bills', () => wait(120));
		const other = memory('orange', 6, 2).hinder('bills', () => wait(20));
		const { data } = await new Graph([slow, other], { timeoutMs: 160 }).ask<Data>(QUERY, { first: 10 });
		expect(data.bills.sources.map(({ state }) => state)).toEqual(['OK', 'OK']);
		expect(data.bills.nodes).toHaveLength(8);
	});
});

describe('a list out of order', () => {
	it('is stopped and told of, since a cursor would skip what comes too late', async () => {
		const connector = memory('brm');
		const wrong = [...connector.records];
		connector.bills = async function* () {
			yield {
				items: wrong,
				total: null,
				pushedDown: [],
				appliedHere: [],
				requests: 1,
				end: { complete: true, reasons: [] },
				notices: [],
			};
		};
		const { data } = await new Graph([connector]).ask<Data>(QUERY, { first: 10 });
		expect(data.bills.nodes).toHaveLength(1);
		expect(data.bills.sources[0]).toMatchObject({ state: 'INTERRUPTED', error: { kind: 'PROTOCOL' } });
	});
});

describe('a provider that lacks a field of the filter', () => {
	it('is skipped, which is no error', async () => {
		const base = memory('fleet');
		const lacking = new MemoryConnector({
			connection: 'fleet',
			bills: base.records,
			capabilities: { billFilters: { ...base.capabilities.billFilters, states: 'REFUSED' } },
		});
		const filter = { states: ['NEW'] };
		const { data, errors, partial } = await new Graph([lacking, memory('brm')]).ask<Data>(QUERY, { first: 9, filter });
		expect(errors).toEqual([]);
		expect(partial).toEqual([]);
		expect(data.bills.nodes).toHaveLength(3);
		expect(data.bills.totalCount).toBeNull();
		expect(data.bills.sources[0]).toMatchObject({
			state: 'SKIPPED',
			complete: false,
			error: { kind: 'NOT_OFFERED', parameter: 'states' },
		});
		expect(lacking.callsOf('bills')).toEqual([]);
	});
});
