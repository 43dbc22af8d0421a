/** `spend` and `billCounts`: what counts, what is left out, and what is said of it. */
import { BillingError } from '../../../providers/transport/errors';
import type { BillCounts, BillQuery } from '../../../providers/connector';
import type { CurrencyCode } from '../../../providers/model/money';
import { Graph } from '../support/graph';
import { MemoryConnector, type MemoryOptions } from '../support/memoryConnector';
import { bill, day, euros, rate } from '../support/records';

const broken = new BillingError({ kind: 'UNAVAILABLE', message: 'Down' });

const brm = (more: Partial<MemoryOptions> = {}): MemoryConnector =>
	new MemoryConnector({
		connection: 'brm',
		bills: [
			bill({ identity: { remoteId: '1' }, billDate: day('2026-01-31'), total: euros('10.05') }),
			bill({ identity: { remoteId: '2' }, billDate: day('2026-01-02'), total: euros('0.1'), billingAccount: null }),
			bill({ identity: { remoteId: '3' }, billDate: day('2026-02-01'), type: 'CREDIT_NOTE', total: euros('-4') }),
			bill({ identity: { remoteId: '4' }, billDate: null, total: { ...euros('7'), currency: 'USD' as CurrencyCode } }),
			bill({ identity: { remoteId: '5' }, billDate: day('2026-02-02'), total: null }),
		],
		...more,
	});

const orange = (): MemoryConnector =>
	new MemoryConnector({
		connection: 'orange',
		bills: [
			bill({
				identity: { connection: 'orange', provider: 'ORANGE_BUSINESS' },
				billDate: day('2026-01-05'),
				total: euros('100'),
			}),
		],
	});

const SPEND = `query ($by: [SpendDimension!]!, $credit: CreditNotePolicy, $filter: BillFilter) {
	spend(groupBy: $by, creditNotes: $credit, filter: $filter) {
		rows { provider connection { id } billingAccount { remoteId } month product { id name } currency documents
			total { amount { amount currency } missing } creditNotes { documents total { amount { amount } } } }
		sources { connection { id } state complete notices error { kind parameter } }
	}
}`;

interface Spent {
	readonly spend: { readonly rows: readonly Record<string, unknown>[]; readonly sources: readonly unknown[] };
}

const total = (amount: string | null, currency = 'EUR', missing = 0) => ({
	amount: amount === null ? null : { amount, currency },
	missing,
});

describe('spend', () => {
	it('by month keeps currencies apart, and says what has no date and what has no amount', async () => {
		const { data, errors } = await new Graph([brm(), orange()]).ask<Spent>(SPEND, { by: ['MONTH'] });
		expect(errors).toEqual([]);
		expect(
			data.spend.rows.map(({ month, currency, documents, total }) => ({ month, currency, documents, total })),
		).toEqual([
			{ month: '2026-01', currency: 'EUR', documents: 3, total: total('110.15') },
			{ month: '2026-02', currency: 'EUR', documents: 1, total: total('-4') },
			{ month: '2026-02', currency: null, documents: 1, total: total(null, 'EUR', 1) },
			{ month: null, currency: 'USD', documents: 1, total: total('7', 'USD') },
		]);
	});

	it('by nothing is one row a currency; credit notes go beside the sums where that is asked for', async () => {
		const { data } = await new Graph([brm()]).ask<Spent>(SPEND, { by: [], credit: 'APART' });
		expect(data.spend.rows[0]).toMatchObject({
			provider: null,
			connection: null,
			currency: 'EUR',
			documents: 2,
			total: total('10.15'),
			creditNotes: { documents: 1, total: { amount: { amount: '-4' } } },
		});
	});

	it('by account names the connection, which the account belongs to', async () => {
		const { data } = await new Graph([brm(), orange()]).ask<Spent>(SPEND, {
			by: ['ACCOUNT'],
			filter: { billDate: { to: '2026-01-31' } },
		});
		expect(data.spend.rows).toMatchObject([
			{ connection: { id: 'brm' }, billingAccount: { remoteId: 'A1' }, total: total('10.05') },
			{ connection: { id: 'brm' }, billingAccount: null, total: total('0.1') },
			{ connection: { id: 'orange' }, billingAccount: { remoteId: 'A1' }, total: total('100') },
		]);
	});

	it('by product sums charge lines, and leaves out who has none', async () => {
		const line = (remoteId: string, product: { id: string | null; name: string } | null, net: string) =>
			rate({ identity: { remoteId }, product: product && { ...product }, net: null, gross: euros(net) });
		const rates = [
			line('a', { id: 'P1', name: 'Access' }, '1.5'),
			line('b', { id: 'P1', name: 'Access 100' }, '2'),
			line('c', { id: null, name: 'Router' }, '3'),
		];
		const fleet = new MemoryConnector({ connection: 'fleet', capabilities: { rateFields: null, rateFilters: null } });
		const { data } = await new Graph([brm({ rates }), fleet]).ask<Spent>(SPEND, { by: ['PRODUCT', 'PROVIDER'] });
		expect(data.spend.rows).toMatchObject([
			{ provider: 'ORACLE_BRM', product: { id: 'P1', name: 'Access' }, documents: 2, total: total('3.5') },
			{ provider: 'ORACLE_BRM', product: { id: null, name: 'Router' }, documents: 1, total: total('3') },
		]);
		expect(data.spend.sources).toMatchObject([{ state: 'OK' }, { state: 'SKIPPED', error: { kind: 'NOT_OFFERED' } }]);
	});

	it('counts nothing of a connection that fails, even late, and says so', async () => {
		const failing = brm({ pageSize: 2 }).hinder('bills', (page) => {
			if (page === 1) throw broken;
		});
		const { data, partial } = await new Graph([failing, orange()]).ask<Spent>(SPEND, { by: [] });
		expect(data.spend.rows).toMatchObject([{ documents: 1, total: total('100') }]);
		expect(data.spend.sources).toMatchObject([
			{ state: 'FAILED', complete: false, error: { kind: 'UNAVAILABLE' } },
			{ state: 'OK' },
		]);
		expect(partial).toHaveLength(1);
	});

	it('by product counts nothing of a connection of which a bill cannot be read', async () => {
		const failing = brm({ rates: [rate()] }).hinder('ratesByBills', (id) => {
			if (id === '3') throw broken;
		});
		const { data, partial } = await new Graph([failing]).ask<Spent>(SPEND, { by: ['PRODUCT'] });
		expect(data.spend).toMatchObject({ rows: [], sources: [{ state: 'FAILED' }] });
		expect(partial).toHaveLength(1);
	});
});

const COUNT = `query ($by: BillGroup!, $filter: BillFilter) {
	billCounts(groupBy: $by, filter: $filter) { connection { id } key bills method source { state complete notices requests error { kind } } }
}`;

interface Counted {
	readonly billCounts: readonly Record<string, unknown>[];
}

/** Counts natively what it says, or null where it cannot. */
class Counting extends MemoryConnector {
	readonly asked: BillQuery[] = [];

	constructor(private readonly answer: () => Promise<BillCounts | null>) {
		super({ connection: 'orange', bills: [bill({ identity: { connection: 'orange' }, type: 'DEBIT_NOTE' })] });
	}

	async countBills(_by: 'TYPE', query: BillQuery): Promise<BillCounts | null> {
		this.asked.push(query);
		return this.answer();
	}
}

describe('bills counted', () => {
	it.each([
		[
			'TYPE',
			[
				['CREDIT_NOTE', 1],
				['INVOICE', 4],
			],
		],
		[
			'MONTH',
			[
				['2026-01', 2],
				['2026-02', 2],
				[null, 1],
			],
		],
		[
			'CURRENCY',
			[
				['EUR', 3],
				['USD', 1],
				[null, 1],
			],
		],
		[
			'ACCOUNT',
			[
				['A1', 4],
				[null, 1],
			],
		],
		['STATE', [['NEW', 5]]],
		['PAYMENT_STATUS', [['UNPAID', 5]]],
		['CATEGORY', [[null, 5]]],
		['PROVIDER', [['ORACLE_BRM', 5]]],
		['CONNECTION', [['brm', 5]]],
	] as const)('by %s', async (by, expected) => {
		const { data } = await new Graph([brm()]).ask<Counted>(COUNT, { by });
		expect(data.billCounts.map(({ key, bills }) => [key, bills])).toEqual(expected);
		expect(data.billCounts.every(({ method }) => method === 'COUNTED')).toBe(true);
	});

	it('by the provider itself where it can: no bill is read', async () => {
		const native = new Counting(async () => ({
			counts: new Map([['INVOICE', 41]]),
			method: 'NATIVE',
			requests: 1,
			end: { complete: false, reasons: ['rows moved'] },
			notices: ['a remark'],
		}));
		const { data } = await new Graph([native]).ask<Counted>(COUNT, { by: 'TYPE', filter: { types: ['INVOICE'] } });
		expect(data.billCounts).toEqual([
			{
				connection: { id: 'orange' },
				key: 'INVOICE',
				bills: 41,
				method: 'NATIVE',
				source: { state: 'OK', complete: false, notices: ['a remark', 'rows moved'], requests: 1, error: null },
			},
		]);
		expect(native.calls).toEqual([]);
		expect(native.asked).toMatchObject([{ types: ['INVOICE'] }]);
	});

	it('of a connection without any: one row of none, so that what its source says is not lost', async () => {
		const filter = { numbers: ['no bill bears it'] };
		const { data } = await new Graph([brm()]).ask<Counted>(COUNT, { by: 'TYPE', filter });
		expect(data.billCounts).toMatchObject([{ key: null, bills: 0, method: 'COUNTED', source: { state: 'OK' } }]);
	});

	it.each([
		['the provider cannot count exactly what is meant', 'TYPE', {}],
		['by another field', 'MONTH', {}],
		['with alternatives, which are sifted here', 'TYPE', { or: [{ types: ['DEBIT_NOTE'] }] }],
	] as const)('are read where %s', async (_name, by, filter) => {
		const native = new Counting(async () => null);
		const { data } = await new Graph([native]).ask<Counted>(COUNT, { by, filter });
		expect(data.billCounts).toMatchObject([{ bills: 1, method: 'COUNTED' }]);
	});

	it.each([
		['read', () => brm().fail('bills', broken)],
		['counted natively', () => new Counting(() => Promise.reject(broken))],
	])('cannot be told of a connection that cannot be %s: it has one row, without a number', async (_name, connector) => {
		const { data, partial } = await new Graph([connector()]).ask<Counted>(COUNT, { by: 'TYPE' });
		expect(data.billCounts).toMatchObject([
			{ key: null, bills: null, source: { state: 'FAILED', error: { kind: 'UNAVAILABLE' } } },
		]);
		expect(partial).toHaveLength(1);
	});
});
