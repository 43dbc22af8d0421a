/** Filters with `and` and `or`: what they mean, whatever is pushed down, whatever a provider lacks. */
import fc from 'fast-check';

import { BILL_FILTERS, type Capabilities } from '../../../providers/capabilities';
import type { Bill } from '../../../providers/model/bill';
import { compareDecimals, toDecimal } from '../../../providers/model/decimal';
import { wildcardMatches } from '../../../providers/query/billFilter';
import { encodeGlobalId } from '../../../graphql/globalId';
import { type Answer, Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';
import { bill, day, euros } from '../support/records';

interface Filter {
	readonly billDate?: { readonly from?: string; readonly to?: string };
	readonly total?: { readonly from?: string; readonly to?: string };
	readonly types?: readonly string[];
	readonly states?: readonly string[];
	readonly accounts?: readonly string[];
	readonly ids?: readonly string[];
	readonly numberLike?: string;
	readonly connections?: readonly string[];
	readonly and?: readonly Filter[];
	readonly or?: readonly Filter[];
}

const DAYS = ['2026-01-01', '2026-01-15', '2026-02-01', '2026-03-01'] as const;
const AMOUNTS = ['-5', '0', '7.5', '100'] as const;
const CONNECTIONS = ['all', 'stateless'] as const;

/** Accounts go by id or by number. */
function billOf(
	connection: string,
	at: number,
	[date, amount, type, account]: readonly [number, number, number, number],
): Bill {
	return bill({
		identity: { connection, remoteId: `${at}` },
		billDate: date === DAYS.length ? null : day(DAYS[date] ?? ''),
		total: euros(AMOUNTS[amount] ?? '0'),
		type: type === 0 ? 'INVOICE' : 'CREDIT_NOTE',
		state: connection === 'stateless' ? 'NOT_REPORTED' : type === 0 ? 'NEW' : 'SETTLED',
		number: `N-${account}-${at}`,
		billingAccount: { id: `A${account}`, number: `number ${account}`, name: null },
	});
}

const anyBill = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 3 }), fc.nat({ max: 1 }), fc.nat({ max: 2 }));

function rangeOf(values: readonly string[], compare: (left: string, right: string) => number) {
	return fc
		.tuple(fc.constantFrom(...values), fc.constantFrom(...values), fc.constantFrom('both', 'from', 'to'))
		.map(([one, other, ends]) => {
			const [from = one, to = one] = [one, other].sort(compare);
			return ends === 'both' ? { from, to } : ends === 'from' ? { from } : { to };
		});
}

const some = (...values: readonly string[]) =>
	fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const idOf = (connection: string, remoteId: string) =>
	encodeGlobalId({ type: 'Bill', connection, id: { scope: '', remoteId } });

const flat: fc.Arbitrary<Filter> = fc.record(
	{
		billDate: rangeOf(DAYS, (left, right) => (left < right ? -1 : 1)),
		total: rangeOf(AMOUNTS, (left, right) => Number(left) - Number(right)),
		types: some('INVOICE', 'CREDIT_NOTE'),
		states: some('NEW', 'SETTLED'),
		accounts: some('A0', 'A1', 'number 1', 'number 2'),
		ids: some(idOf('all', '0'), idOf('all', '3'), idOf('stateless', '1')),
		numberLike: fc.constantFrom('N-1*', '*2', 'N-0-*'),
		connections: some(...CONNECTIONS),
	},
	{ requiredKeys: [] },
);
const { filter } = fc.letrec<{ filter: Filter; parts: readonly Filter[] }>((tie) => ({
	filter: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		flat,
		fc
			.tuple(flat, fc.option(tie('parts'), { nil: undefined }), fc.option(tie('parts'), { nil: undefined }))
			.map(([own, and, or]) => ({ ...own, ...(and && { and }), ...(or && { or }) })),
	),
	parts: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
}));

/** The meaning, told again: a bill without a field meets no condition on it. */
function means(one: Bill, asked: Filter): boolean {
	const { connection, remoteId } = one.identity;
	const within = <T>(
		value: T | null | undefined,
		range: { from?: T; to?: T },
		compare: (a: T, b: T) => number,
	): boolean =>
		value !== null &&
		value !== undefined &&
		(range.from === undefined || compare(value, range.from) >= 0) &&
		(range.to === undefined || compare(value, range.to) <= 0);
	const byText = (left: string, right: string): number => (left < right ? -1 : Number(left > right));
	const byAmount = (left: string, right: string): number => compareDecimals(toDecimal(left)!, toDecimal(right)!);
	return (
		(asked.billDate === undefined || within<string>(one.billDate, asked.billDate, byText)) &&
		(asked.total === undefined || within<string>(one.total?.amount, asked.total, byAmount)) &&
		(asked.types?.includes(one.type) ?? true) &&
		(asked.states?.includes(one.state) ?? true) &&
		(asked.accounts?.some((account) => [one.billingAccount?.id, one.billingAccount?.number].includes(account)) ??
			true) &&
		(asked.ids?.includes(idOf(connection, remoteId)) ?? true) &&
		(asked.numberLike === undefined || wildcardMatches(one.number ?? '', asked.numberLike)) &&
		(asked.connections?.includes(connection) ?? true) &&
		(asked.and?.every((part) => means(one, part)) ?? true) &&
		(asked.or?.some((choice) => means(one, choice)) ?? true)
	);
}

interface Page {
	readonly bills: {
		readonly nodes: readonly { readonly remoteId: string; readonly connection: { readonly id: string } }[];
		readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
	};
}

const WALK = `query ($filter: BillFilter, $first: Int, $after: String) {
	bills(filter: $filter, first: $first, after: $after) { nodes { remoteId connection { id } } pageInfo { hasNextPage endCursor } }
}`;

function connectorsOf(shapes: readonly (readonly (readonly [number, number, number, number])[])[]): MemoryConnector[] {
	return CONNECTIONS.map((connection, index) => {
		const billFilters = Object.fromEntries(
			BILL_FILTERS.map((name) => [name, connection === 'stateless' && name === 'states' ? 'REFUSED' : 'PUSHED_DOWN']),
		) as Capabilities['billFilters'];
		const bills = (shapes[index] ?? []).map((shape, at) => billOf(connection, at, shape));
		return new MemoryConnector({ connection, bills, pageSize: 3, capabilities: { billFilters } });
	});
}

it('mean the same whatever is pushed down, over pages of any size, while bills appear', async () => {
	const property = fc.asyncProperty(
		fc.array(fc.array(anyBill, { maxLength: 8 }), { minLength: 2, maxLength: 2 }),
		filter,
		fc.integer({ min: 1, max: 5 }),
		fc.array(anyBill, { maxLength: 4 }),
		async (shapes, asked, first, arrivals) => {
			const connectors = connectorsOf(shapes);
			const graph = new Graph(connectors);
			const nameOf = ({ connection, remoteId }: { connection: string; remoteId: string }) =>
				`${connection}/${remoteId}`;
			const original = connectors.flatMap(({ records }) => records);
			const expected = original.filter((one) => means(one, asked)).map(({ identity }) => nameOf(identity));
			const seen: string[] = [];
			let after: string | null = null;
			for (let page = 0; page < 50; page += 1) {
				const { data, errors, partial }: Answer<Page> = await graph.ask<Page>(WALK, { filter: asked, first, after });
				expect({ errors, partial }).toEqual({ errors: [], partial: [] });
				seen.push(...data.bills.nodes.map(({ remoteId, connection: { id } }) => nameOf({ connection: id, remoteId })));
				if (!data.bills.pageInfo.hasNextPage) break;
				after = data.bills.pageInfo.endCursor;
				const shape = arrivals[page];
				if (shape !== undefined) connectors[0]!.records.push(billOf('all', 100 + page, shape));
			}
			expect(new Set(seen).size).toBe(seen.length);
			const names = new Set(original.map(({ identity }) => nameOf(identity)));
			expect(seen.filter((name) => names.has(name)).sort()).toEqual(expected.sort());
		},
	);
	await fc.assert(property, { numRuns: 300 });
});

it('ids of bills of several accounts mean these bills, not those of the same id elsewhere', async () => {
	const accounts = ['A', 'B'];
	const connector = new MemoryConnector({
		connection: 'fleet',
		capabilities: { accountRequired: true },
		bills: accounts.flatMap((scope) =>
			['7', '8'].map((remoteId) => bill({ identity: { connection: 'fleet', scope, remoteId } })),
		),
	});
	const ids = [
		['A', '7'],
		['B', '8'],
	].map(([scope = '', remoteId = '']) =>
		encodeGlobalId({ type: 'Bill', connection: 'fleet', id: { scope, remoteId } }),
	);
	const graph = new Graph([connector.configured(accounts)]);
	const { data } = await graph.ask<{ bills: { nodes: unknown[] } }>(
		'query ($ids: [ID!]) { bills(filter: { ids: $ids }) { nodes { id } } }',
		{ ids },
	);
	expect(data.bills.nodes).toEqual(ids.map((id) => ({ id })));
	// Asked for together all the same.
	expect(connector.callsOf('bills')).toMatchObject([{ accounts, ids: ['7', '8'] }]);
});

describe('what is pushed down', () => {
	const asked = async (given: Filter) => {
		const [connector] = connectorsOf([[]]);
		const { errors } = await new Graph([connector!]).ask(WALK, { filter: given });
		expect(errors).toEqual([]);
		return connector!.callsOf('bills')[0];
	};

	it('is the range that holds all alternatives, and the list of all their values', async () => {
		const query = await asked({
			or: [
				{ billDate: { from: '2026-01-01', to: '2026-01-31' }, types: ['INVOICE'] },
				{ billDate: { from: '2026-03-01', to: '2026-03-31' }, types: ['CREDIT_NOTE'], numberLike: 'N*' },
			],
		});
		expect(query).toMatchObject({
			billDate: { from: '2026-01-01', to: '2026-03-31' },
			types: ['INVOICE', 'CREDIT_NOTE'],
		});
		expect(query).toMatchObject({ numberLike: undefined });
	});

	it('is what all conditions of `and` leave', async () => {
		const query = await asked({
			billDate: { from: '2026-01-01' },
			and: [{ billDate: { to: '2026-02-01' } }, { total: { from: '5' } }, { total: { to: '9' } }],
		});
		expect(query).toMatchObject({ billDate: { from: '2026-01-01', to: '2026-02-01' }, total: { from: '5', to: '9' } });
	});

	it('is nothing where conditions exclude each other: nobody is asked', async () => {
		expect(
			await asked({ and: [{ billDate: { from: '2026-02-01' } }, { billDate: { to: '2026-01-01' } }] }),
		).toBeUndefined();
	});

	it('leaves out an alternative that names a field which the provider lacks, and says so', async () => {
		const connectors = connectorsOf([[], [[0, 0, 0, 0]]]);
		const { data } = await new Graph(connectors).ask(
			'query ($filter: BillFilter) { bills(filter: $filter) { nodes { remoteId } sources { state notices } } }',
			{ filter: { or: [{ states: ['NEW'] }, { types: ['INVOICE'] }] } },
		);
		expect(data).toMatchObject({
			bills: {
				nodes: [{ remoteId: '0' }],
				sources: [
					{ notices: [] },
					{ state: 'OK', notices: [expect.stringContaining('alternatives that name states')] },
				],
			},
		});
	});
});

describe('a filter that cannot be meant is refused', () => {
	const nested = (depth: number): Filter => (depth === 0 ? {} : { and: [nested(depth - 1)] });

	it.each<readonly [string, Filter, string]>([
		['an empty and', { and: [] }, "'filter.and' is an empty list"],
		['an account without a name', { accounts: [' '] }, "'accounts' is empty"],
		['an empty or, deep inside', { and: [{ or: [] }] }, "'filter.or' is an empty list"],
		['nesting without end', nested(6), 'deeper than 5'],
		['too many parts', { or: Array.from({ length: 101 }, () => ({})) }, 'more than 100 parts'],
		['a senseless range inside', { or: [{ billDate: { from: '2026-02-01', to: '2026-01-01' } }] }, 'runs from'],
		['an unknown connection inside', { or: [{ connections: ['none'] }] }, 'no connection of this server'],
	])('%s', async (_name, given, message) => {
		const connectors = connectorsOf([[], []]);
		const { errors } = await new Graph(connectors).ask(WALK, { filter: given });
		expect(errors[0]?.message).toContain(message);
		expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
		expect(connectors.flatMap((connector) => connector.calls)).toEqual([]);
	});
});
