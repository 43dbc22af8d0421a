/** Every figure that the graph gives is the sandbox's, to the last decimal, whatever the books and however they are asked for. */
import fc from 'fast-check';

import { sumDecimals, toDecimal } from '../../providers/model/decimal';
import type { TrueBill } from '../../sandbox/control/truth';
import type { Answer } from './support/graph';
import { type ConnectionId, CONNECTION_IDS, SandboxGraph, plain } from './support/sandboxGraph';

interface Amount {
	readonly amount: string;
	readonly currency: string | null;
}
interface ShownBill {
	readonly connection: { readonly id: ConnectionId };
	readonly remoteId: string;
	readonly type: string;
	readonly billDate: string;
	readonly dueDate: string | null;
	readonly net: Amount;
	readonly tax: Amount;
	readonly total: Amount;
	readonly amountDue: Amount | null;
	readonly remaining: Amount | null;
	readonly taxItems: readonly { readonly amount: Amount }[] | null;
	readonly payments: readonly { readonly applied: Amount }[] | null;
	readonly rates: { readonly nodes: readonly { readonly net: Amount; readonly tax: Amount }[] } | null;
	readonly reconciliation: { readonly status: string };
}
interface Page<Node> {
	readonly nodes: readonly Node[];
	readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const MONEY = '{ amount currency }';
const EVERYTHING = `query ($first: Int, $after: String) { bills(first: $first, after: $after) {
	nodes {
		connection { id } remoteId type billDate dueDate
		net ${MONEY} tax ${MONEY} total ${MONEY} amountDue ${MONEY} remaining ${MONEY}
		taxItems { amount ${MONEY} } payments { applied ${MONEY} }
		rates(first: 1000) { nodes { net ${MONEY} tax ${MONEY} } } reconciliation { status }
	}
	pageInfo { hasNextPage endCursor }
} }`;

/** Books of several sizes; three accounts, so that each provider bills in every one of its currencies. */
const books = fc.record({
	seed: fc.integer({ min: 1, max: 1_000_000 }),
	accounts: fc.constantFrom(2, 3),
	billsPerAccount: fc.integer({ min: 8, max: 16 }),
	ratesPerBill: fc.integer({ min: 1, max: 9 }),
});

async function withSandbox(
	options: Parameters<typeof SandboxGraph.start>[0],
	work: (shown: SandboxGraph) => Promise<void>,
) {
	const shown = await SandboxGraph.start(options);
	try {
		await work(shown);
	} finally {
		await shown.close();
	}
}

async function walk<Node>(
	shown: SandboxGraph,
	field: string,
	query: string,
	variables: Record<string, unknown>,
	betweenPages: (page: number) => Promise<void> = async () => undefined,
): Promise<readonly Node[]> {
	const nodes: Node[] = [];
	let after: string | null = null;
	for (let page = 0; page < 300; page += 1) {
		const { data, errors, partial, faults }: Answer<Record<string, Page<Node>>> = await shown.graph.ask<
			Record<string, Page<Node>>
		>(query, {
			...variables,
			after,
		});
		expect({ errors, partial, faults }).toEqual({ errors: [], partial: [], faults: [] });
		const list: Page<Node> = data[field]!;
		nodes.push(...list.nodes);
		if (!list.pageInfo.hasNextPage) return nodes;
		after = list.pageInfo.endCursor;
		await betweenPages(page);
	}
	throw new Error('The walk does not end');
}

/** Bills that a connection still lists, by id: floLIVE keeps those of twelve months. */
function trueBills(shown: SandboxGraph, connection: ConnectionId): Map<string, TrueBill> {
	const floor = '2025-11-01';
	const bills = shown.accounts(connection).flatMap((account) => account.bills);
	return new Map(
		bills.filter(({ billDate }) => connection !== 'fleet' || billDate >= floor).map((bill) => [bill.id, bill]),
	);
}

function sum(amounts: readonly { readonly amount: string }[]): string {
	return sumDecimals(amounts.map(({ amount }) => toDecimal(amount)!));
}

function expectTrue(bill: ShownBill, truth: TrueBill): void {
	const money = (amount: string): Amount => ({ amount: plain(amount), currency: truth.currency });
	expect({ ...bill, rates: null, taxItems: null, payments: null, remaining: null, amountDue: null }).toMatchObject({
		type: truth.type === 'invoice' ? 'INVOICE' : 'CREDIT_NOTE',
		billDate: truth.billDate,
		net: money(truth.net),
		tax: money(truth.tax),
		total: money(truth.total),
	});
	if (bill.amountDue !== null) expect(bill.amountDue).toEqual(money(truth.total));
	if (bill.remaining !== null) expect(bill.remaining).toEqual(money(truth.remaining));
	if (bill.dueDate !== null) expect(bill.dueDate).toBe(truth.dueDate);
	if (bill.taxItems !== null) expect(sum(bill.taxItems.map(({ amount }) => amount))).toBe(plain(truth.tax));
	if (bill.payments !== null) expect(sum(bill.payments.map(({ applied }) => applied))).toBe(plain(truth.paid));
	if (bill.connection.id === 'fleet') {
		expect(bill.rates).toBeNull();
		return;
	}
	const rates = bill.rates?.nodes ?? [];
	expect(rates).toHaveLength(truth.lines.count);
	expect(sum(rates.map(({ net }) => net))).toBe(plain(truth.lines.net));
	expect(sum(rates.map(({ tax }) => tax))).toBe(plain(truth.lines.tax));
	expect(bill.reconciliation.status).toBe('MATCHES');
}

describe('every figure equals the truth', () => {
	it('of bills and rates, in euros, yen and dinars, on credit notes, of 18 digits', async () => {
		const property = fc.asyncProperty(books, fc.integer({ min: 3, max: 60 }), async (options, first) =>
			withSandbox(options, async (shown) => {
				const bills = await walk<ShownBill>(shown, 'bills', EVERYTHING, { first });
				for (const connection of CONNECTION_IDS) {
					const truth = trueBills(shown, connection);
					const own = bills.filter((bill) => bill.connection.id === connection);
					expect(own.map(({ remoteId }) => remoteId).sort()).toEqual([...truth.keys()].sort());
					for (const bill of own) expectTrue(bill, truth.get(bill.remoteId)!);
				}
				const currencies = new Set(bills.map(({ total }) => total.currency));
				expect([...currencies].sort()).toEqual(['EUR', 'GBP', 'JPY', 'KWD', 'USD']);
				expect(bills.some(({ type, total }) => type === 'CREDIT_NOTE' && total.amount.startsWith('-'))).toBe(true);
				expect(bills.map(({ total }) => total.amount)).toContain('123456789012345.678');
			}),
		);
		await fc.assert(property, { numRuns: 4 });
	}, 120_000);

	it('of sums and counts: spend netted and apart, by currency, by product, and bills by type', async () => {
		const query = `{
			net: spend(groupBy: [CONNECTION]) { rows { ...row } }
			apart: spend(groupBy: [CONNECTION], creditNotes: APART) { rows { ...row creditNotes { documents total { amount { amount } } } } }
			products: spend(groupBy: [CONNECTION, PRODUCT], filter: { providers: [LUMEN, ORACLE_BRM, ORANGE_BUSINESS] }) { rows { ...row } }
			billCounts(groupBy: TYPE) { connection { id } key bills }
		}
		fragment row on SpendRow {
			connection { id } currency documents net { amount { amount } } tax { amount { amount } } total { amount { amount } missing }
		}`;
		type Sum = { readonly amount: { readonly amount: string } | null };
		type Row = {
			readonly connection: { readonly id: ConnectionId };
			readonly currency: string;
			readonly documents: number;
			readonly net: Sum;
			readonly tax: Sum;
			readonly total: Sum & { readonly missing: number };
			readonly creditNotes?: { readonly documents: number; readonly total: Sum };
		};
		const amountOf = (part: Sum): string => part.amount?.amount ?? '0';
		const property = fc.asyncProperty(books, async (options) =>
			withSandbox(options, async (shown) => {
				const { data, errors } = await shown.graph.ask<{
					readonly net: { readonly rows: readonly Row[] };
					readonly apart: { readonly rows: readonly Row[] };
					readonly products: { readonly rows: readonly Row[] };
					readonly billCounts: readonly {
						readonly connection: { readonly id: string };
						readonly key: string;
						readonly bills: number;
					}[];
				}>(query);
				expect(errors).toEqual([]);
				let rows = 0;
				for (const connection of CONNECTION_IDS) {
					const truth = [...trueBills(shown, connection).values()];
					for (const currency of new Set(truth.map((bill) => bill.currency))) {
						rows += 1;
						const own = truth.filter((bill) => bill.currency === currency);
						const exact = (field: 'net' | 'tax' | 'total', bills = own): string =>
							sumDecimals(bills.map((bill) => toDecimal(bill[field])!));
						const of = (list: readonly Row[]) =>
							list.filter((row) => row.connection.id === connection && row.currency === currency);
						const [net] = of(data.net.rows);
						expect(net).toMatchObject({
							documents: own.length,
							net: { amount: { amount: exact('net') } },
							tax: { amount: { amount: exact('tax') } },
							total: { amount: { amount: exact('total') }, missing: 0 },
						});
						const credits = own.filter(({ type }) => type === 'creditNote');
						const [apart] = of(data.apart.rows);
						expect(apart?.documents).toBe(own.length - credits.length);
						expect(apart?.creditNotes?.documents).toBe(credits.length);
						expect(amountOf(apart!.creditNotes!.total)).toBe(exact('total', credits));
						expect(amountOf(apart!.total)).toBe(
							exact(
								'total',
								own.filter((bill) => !credits.includes(bill)),
							),
						);
						if (connection === 'fleet') continue;
						const products = of(data.products.rows);
						expect(sumDecimals(products.map((row) => toDecimal(amountOf(row.net))!))).toBe(exact('net'));
						expect(products.reduce((total, row) => total + row.documents, 0)).toBe(own.length * options.ratesPerBill);
					}
					const counted = data.billCounts.filter((row) => row.connection.id === connection);
					expect(Object.fromEntries(counted.map(({ key, bills }) => [key, bills]))).toEqual(
						countBy(truth.map(({ type }) => (type === 'invoice' ? 'INVOICE' : 'CREDIT_NOTE'))),
					);
				}
				expect(data.net.rows).toHaveLength(rows);
			}),
		);
		await fc.assert(property, { numRuns: 4 });
	}, 120_000);

	it('of rates listed over all bills, page by page, each once, in the order of their bills', async () => {
		const query = `query ($first: Int, $after: String, $filter: RateFilter) { rates(first: $first, after: $after, filter: $filter) {
			nodes { provider remoteId net { amount currency } bill { remoteId billDate } } pageInfo { hasNextPage endCursor }
		} }`;
		type Rate = {
			readonly provider: string;
			readonly remoteId: string;
			readonly net: Amount;
			readonly bill: { readonly remoteId: string; readonly billDate: string };
		};
		const property = fc.asyncProperty(books, fc.integer({ min: 1, max: 150 }), async (options, first) =>
			withSandbox({ ...options, billsPerAccount: 8 }, async (shown) => {
				const rates = await walk<Rate>(shown, 'rates', query, {
					first: Math.max(first, options.ratesPerBill * 3),
					filter: { providers: ['LUMEN', 'ORACLE_BRM', 'ORANGE_BUSINESS'] },
				});
				const names = rates.map(({ provider, remoteId }) => `${provider}/${remoteId}`);
				expect(new Set(names).size).toBe(names.length);
				const days = rates.map(({ bill }) => bill.billDate);
				expect(days).toEqual([...days].sort().reverse());
				for (const connection of ['lumen-us', 'brm', 'orange'] as const) {
					for (const [id, truth] of trueBills(shown, connection)) {
						const own = rates.filter(({ bill, provider }) => bill.remoteId === id && PROVIDER[connection] === provider);
						expect(own).toHaveLength(truth.lines.count);
						expect(sum(own.map(({ net }) => net))).toBe(plain(truth.lines.net));
					}
				}
			}),
		);
		await fc.assert(property, { numRuns: 3 });
	}, 120_000);
});

const PROVIDER = { 'lumen-us': 'LUMEN', brm: 'ORACLE_BRM', orange: 'ORANGE_BUSINESS' } as const;

function countBy(values: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}

describe('walking any filter and order while bills appear', () => {
	const filters = fc.constantFrom(
		{},
		{ types: ['INVOICE'] },
		{ billDate: { from: '2026-03-01', to: '2026-09-15' } },
		{ total: { from: '1000' } },
		{ or: [{ billDate: { to: '2026-03-31' } }, { total: { from: '9000' } }] },
		{ billDate: { from: '2026-01-01' }, and: [{ or: [{ types: ['CREDIT_NOTE'] }, { total: { to: '5000' } }] }] },
	);
	const orders = fc.record({
		field: fc.constantFrom('BILL_DATE', 'DUE_DATE', 'LAST_UPDATE', 'TOTAL', 'NUMBER'),
		direction: fc.constantFrom('ASC', 'DESC'),
	});
	const LIST = `query ($first: Int, $after: String, $filter: BillFilter, $order: BillOrder) {
		bills(first: $first, after: $after, filter: $filter, orderBy: $order) { nodes { id } pageInfo { hasNextPage endCursor } }
	}`;

	it('gives each bill that was there from the start exactly once, in order', async () => {
		const property = fc.asyncProperty(
			filters,
			orders,
			fc.integer({ min: 2, max: 40 }),
			fc.array(fc.tuple(fc.constantFrom('lumen', 'oracleBrm', 'orange'), fc.integer({ min: 1, max: 9 })), {
				maxLength: 4,
			}),
			async (filter, order, first, arrivals) =>
				withSandbox({ billsPerAccount: 12, ratesPerBill: 1 }, async (shown) => {
					const variables = { filter, order };
					const before = await walk<{ readonly id: string }>(shown, 'bills', LIST, { ...variables, first: 500 });
					const seen = await walk<{ readonly id: string }>(
						shown,
						'bills',
						LIST,
						{ ...variables, first },
						async (page) => {
							const [provider, month] = arrivals[page] ?? [];
							if (provider !== undefined) await bringNewBill(shown, provider, `2026-0${month}-11`);
						},
					);
					const ids = seen.map(({ id }) => id);
					const original = before.map(({ id }) => id);
					expect(new Set(ids).size).toBe(ids.length);
					expect(ids.filter((id) => original.includes(id))).toEqual(original);
				}),
		);
		await fc.assert(property, { numRuns: 12 });
	}, 120_000);
});

async function bringNewBill(shown: SandboxGraph, provider: string, billDate: string): Promise<void> {
	const connection = CONNECTION_IDS.find(
		(id) => id === { lumen: 'lumen-us', oracleBrm: 'brm', orange: 'orange' }[provider],
	);
	const accountId = shown.accounts(connection!)[0]!.id;
	const response = await fetch(`${shown.sandbox.url}/__sandbox/changes`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ kind: 'new', provider, accountId, net: '1200.00', tax: '228.00', billDate }),
	});
	expect(response.ok).toBe(true);
}
