import { type Capabilities, BILL_FILTERS, RATE_FILTERS } from '../../../providers/capabilities';
import type { AccountQuery, BillQuery, RateQuery } from '../../../providers/connector';
import { checkAccountQuery, checkBillQuery, checkLimit, checkRateQuery } from '../../../providers/query/check';
import { billingError } from '../support/errors';

const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'APPLIED_HERE']));
const CAPABILITIES = {
	title: 'Test provider',
	billFilters: { ...all(BILL_FILTERS), categories: 'REFUSED' },
	rateFilters: { ...all(RATE_FILTERS), isBilled: 'REFUSED' },
	maxPageSize: 100,
} as unknown as Capabilities;
const RATES_TOO = { ...CAPABILITIES, rateFilters: all(RATE_FILTERS) } as Capabilities;
const ORDER = { field: 'BILL_DATE', direction: 'DESC' };

/** As queries come from workflows: unchecked. */
const checkBills = (query: unknown) => () => {
	checkBillQuery(query as BillQuery, CAPABILITIES);
};
const checkRates =
	(query: unknown, capabilities = RATES_TOO) =>
	() => {
		checkRateQuery(query as RateQuery, capabilities);
	};
const checkAccounts = (query: unknown) => () => {
	checkAccountQuery(query as AccountQuery, CAPABILITIES);
};

describe('a bill query that can be meant', () => {
	it.each<[unknown]>([
		[{}],
		[{ accounts: undefined, order: undefined, after: undefined }],
		[
			{
				accounts: ['1'],
				ids: ['a', 'b'],
				numbers: ['B1-28'],
				numberLike: 'B*',
				types: ['INVOICE'],
				states: ['ON_HOLD'],
			},
		],
		[{ billDate: { from: '2026-01-01', to: '2026-01-01' }, dueDate: { to: '2026-01-01' } }],
		[{ periodStart: { from: '2026-01-01', to: undefined }, periodEnd: { to: '2024-02-29' } }],
		[{ lastUpdate: { from: '2026-01-01T00:00:00+02:00', to: '2025-12-31T22:00:00Z' } }],
		[{ amountDue: { from: '-5', to: '10' }, remaining: { from: '9.5', to: '10' }, total: { to: '1e3' } }],
		[{ maxRows: 1, pageSize: 100 }],
		[{ order: ORDER, after: { sortKey: null, scope: '', remoteId: '1' } }],
		...[
			['BILL_DATE', '2026-01-31'],
			['DUE_DATE', '2026-01-31'],
			['LAST_UPDATE', '2026-01-31T00:00:00.000Z'],
			['TOTAL', '-12.5'],
			['AMOUNT_DUE', '0'],
			['NUMBER', 'anything'],
		].map(([field, sortKey]): [unknown] => [
			{ order: { field, direction: 'ASC' }, after: { sortKey, scope: '', remoteId: '1' } },
		]),
	])('%j passes', (query) => {
		expect(checkBills(query)).not.toThrow();
	});
});

describe('a bill query that cannot be meant is refused, naming the parameter and what is allowed', () => {
	it.each<[unknown, string, string]>([
		[{ colour: 'red' }, 'colour', 'accounts, ids, numbers'],
		[{ first: 5 }, 'first', 'accounts'],
		[{ categories: ['normal'] }, 'categories', 'accounts'],
		[{ accounts: [] }, 'accounts', 'at least one'],
		[{ accounts: [''] }, 'accounts', ''],
		[{ accounts: ['  '] }, 'accounts', ''],
		[{ accounts: '123' }, 'accounts', ''],
		[{ accounts: null }, 'accounts', ''],
		[{ accounts: [5] }, 'accounts', ''],
		[{ accounts: [undefined] }, 'accounts', ''],
		[{ accounts: [null] }, 'accounts', ''],
		[{ ids: ['a\r\nx-evil: 1'] }, 'ids', ''],
		[{ numbers: [] }, 'numbers', 'at least one'],
		[{ numberLike: '' }, 'numberLike', ''],
		[{ numberLike: 5 }, 'numberLike', ''],
		[{ types: ['invoice'] }, 'types', 'INVOICE, CREDIT_NOTE'],
		[{ types: [] }, 'types', 'at least one'],
		[{ states: ['NEW', 'PAID'] }, 'states', 'NEW, IN_PROGRESS'],
		[{ billDate: {} }, 'billDate', ''],
		[{ billDate: '2026-01-01' }, 'billDate', 'from, to'],
		[{ billDate: null }, 'billDate', 'from, to'],
		[{ billDate: { from: '2026-02-30' } }, 'billDate.from', 'YYYY-MM-DD'],
		[{ billDate: { from: null } }, 'billDate.from', 'YYYY-MM-DD'],
		[{ billDate: { to: '20260101' } }, 'billDate.to', 'YYYY-MM-DD'],
		[{ billDate: { to: '2026-01-01T00:00:00Z' } }, 'billDate.to', 'YYYY-MM-DD'],
		[{ billDate: { from: '2026-01-01', until: '2026-02-01' } }, 'billDate.until', ''],
		[{ dueDate: { from: '2026-01-02', to: '2026-01-01' } }, 'dueDate', 'no later than'],
		[{ periodStart: { from: 'today' } }, 'periodStart.from', 'YYYY-MM-DD'],
		[{ periodEnd: { from: 20260101 } }, 'periodEnd.from', 'YYYY-MM-DD'],
		[{ lastUpdate: { from: '2026-01-01' } }, 'lastUpdate.from', 'offset'],
		[{ lastUpdate: { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:30:00+01:00' } }, 'lastUpdate', 'no later than'],
		[{ amountDue: { from: 'ten' } }, 'amountDue.from', '1234.56'],
		[{ remaining: { to: '1,5' } }, 'remaining.to', '1234.56'],
		[{ total: { from: 5 } }, 'total.from', '1234.56'],
		[{ total: { from: '10', to: '9.5' } }, 'total', 'no later than'],
		[{ maxRows: 0 }, 'maxRows', '1 or more'],
		[{ maxRows: 1.5 }, 'maxRows', '1 or more'],
		[{ pageSize: 0 }, 'pageSize', 'from 1 to 100'],
		[{ pageSize: 101 }, 'pageSize', 'from 1 to 100'],
		[{ pageSize: Number.NaN }, 'pageSize', 'from 1 to 100'],
		[{ order: { field: 'AGE', direction: 'ASC' } }, 'order.field', 'BILL_DATE'],
		[{ order: { field: 'TOTAL', direction: 'down' } }, 'order.direction', 'ASC, DESC'],
		[{ after: { sortKey: null, scope: '', remoteId: '1' } }, 'after', 'order'],
		...[
			['BILL_DATE', 'today'],
			['DUE_DATE', '20260131'],
			['LAST_UPDATE', '2026-01-31T00:00:00Z'],
			['LAST_UPDATE', ''],
			['TOTAL', 'abc'],
			['AMOUNT_DUE', '12.50'],
		].map(([field, sortKey]): [unknown, string, string] => [
			{ order: { field, direction: 'ASC' }, after: { sortKey, scope: '', remoteId: '1' } },
			'after',
			field!,
		]),
	])('%j', async (query, parameter, allowed) => {
		const error = await billingError(checkBills(query));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(error.message).toContain(`'${parameter}'`);
		expect(error.hint ?? '').toContain(allowed);
	});

	it('tells a filter that this provider lacks from one that nobody has', async () => {
		expect((await billingError(checkBills({ categories: ['x'] }))).message).toContain('this provider does not give it');
		expect((await billingError(checkBills({ colour: 'x' }))).message).toContain('is not a filter');
		expect((await billingError(checkBills({ colour: 'x' }))).hint).not.toContain('categories');
	});
});

describe('rate queries', () => {
	it.each([
		[{}],
		[{ bill: { scope: '', remoteId: '1' }, accounts: ['a'], ids: ['1'], types: ['USAGE'], isBilled: false }],
		[{ billDate: { from: '2026-01-01' }, maxRows: 5, pageSize: 5 }],
	])('%j passes', (query) => {
		expect(checkRates(query)).not.toThrow();
	});

	it.each<[unknown, string]>([
		[{ state: 'NEW' }, 'state'],
		[{ order: ORDER }, 'order'],
		[{ bill: { scope: '', remoteId: '' } }, 'bill'],
		[{ accounts: [] }, 'accounts'],
		[{ ids: [' '] }, 'ids'],
		[{ types: ['usage'] }, 'types'],
		[{ billDate: { from: 'x' } }, 'billDate.from'],
		[{ isBilled: 'yes' }, 'isBilled'],
		[{ pageSize: 101 }, 'pageSize'],
	])('%j is refused', async (query, parameter) => {
		expect(await billingError(checkRates(query))).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
	});

	it('a filter that the provider lacks is refused', async () => {
		expect((await billingError(checkRates({ isBilled: true }, CAPABILITIES))).parameter).toBe('isBilled');
	});

	it('a provider without rates offers none', async () => {
		const error = await billingError(checkRates({}, { ...CAPABILITIES, rateFilters: null }));
		expect(error).toMatchObject({ kind: 'NOT_OFFERED', message: 'Test provider gives no charge lines' });
	});
});

describe('account queries', () => {
	it('pass or are refused alike', async () => {
		expect(checkAccounts({ ids: ['1'], nameLike: 'A*', maxRows: 1, pageSize: 1 })).not.toThrow();
		for (const [query, parameter] of [
			[{ names: ['A'] }, 'names'],
			[{ ids: [] }, 'ids'],
			[{ nameLike: '' }, 'nameLike'],
			[{ pageSize: 101 }, 'pageSize'],
			[{ maxRows: -1 }, 'maxRows'],
		] as const) {
			expect(await billingError(checkAccounts(query))).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		}
	});
});

it.each([[1], [1000]])('a limit of %i within its bounds passes', (limit) => {
	expect(() => {
		checkLimit('limit', limit, 1000);
	}).not.toThrow();
});

it('a limit past its bound names both', async () => {
	const error = await billingError(() => {
		checkLimit('limit', 1001, 1000);
	});
	expect(error).toMatchObject({
		parameter: 'limit',
		message: "'limit' is 1001",
		hint: expect.stringContaining('1 to 1000'),
	});
});
