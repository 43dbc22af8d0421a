import * as fc from 'fast-check';

import { BILL_FILTERS } from '../../../providers/capabilities';
import type { BillQuery } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import type { Instant } from '../../../providers/model/dates';
import { billMatches, filtersSet, wildcardMatches } from '../../../providers/query/billFilter';
import { money, sampleBill } from '../support/bills';

const LAST_UPDATE = '2026-01-20T12:00:00+02:00' as Instant;
const BILL = sampleBill({ lastUpdate: LAST_UPDATE, total: money('-12.5') }, '7', 'S');
const NOTHING = sampleBill(
	{
		number: null,
		category: null,
		billDate: null,
		dueDate: null,
		period: null,
		lastUpdate: null,
		total: null,
		amountDue: null,
		remaining: null,
		billingAccount: null,
	},
	'8',
);

/** Queries arrive as plain text; the brands are put on by checking. */
const query = (filters: Record<string, unknown>): BillQuery => filters;

describe('each filter', () => {
	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['accounts', { accounts: ['x', 'A-1'] }, { accounts: ['A-2'] }],
		['accounts, by number', { accounts: ['100'] }, { accounts: ['10'] }],
		['accounts, by scope', { accounts: ['S'] }, { accounts: ['s'] }],
		['ids', { ids: ['7'] }, { ids: ['B-7'] }],
		['numbers', { numbers: ['B-7'] }, { numbers: ['7'] }],
		['numberLike', { numberLike: 'B*' }, { numberLike: 'b*' }],
		['types', { types: ['CREDIT_NOTE', 'INVOICE'] }, { types: ['CREDIT_NOTE'] }],
		['states', { states: ['NEW'] }, { states: ['SENT', 'UNKNOWN'] }],
		['categories', { categories: ['normal'] }, { categories: ['Normal'] }],
		['billDate from', { billDate: { from: '2026-01-15' } }, { billDate: { from: '2026-01-16' } }],
		['billDate to', { billDate: { to: '2026-01-15' } }, { billDate: { to: '2026-01-14' } }],
		['dueDate', { dueDate: { from: '2026-02-01', to: '2026-02-28' } }, { dueDate: { to: '2026-02-14' } }],
		['periodStart', { periodStart: { from: '2026-01-01' } }, { periodStart: { from: '2026-01-02' } }],
		['periodEnd', { periodEnd: { to: '2026-01-31' } }, { periodEnd: { to: '2026-01-30' } }],
		[
			'lastUpdate, across offsets',
			{ lastUpdate: { from: '2026-01-20T10:00:00Z', to: '2026-01-20T10:00:00Z' } },
			{ lastUpdate: { from: '2026-01-20T11:00:00Z' } },
		],
		['total, by sign and value', { total: { from: '-12.50', to: '-12.5' } }, { total: { from: '-9' } }],
		['amountDue', { amountDue: { from: '20' } }, { amountDue: { from: '119.01' } }],
		['remaining', { remaining: { to: '119.00' } }, { remaining: { to: '20' } }],
	])('%s', (_, met, unmet) => {
		expect(billMatches(BILL, query(met), filtersSet(query(met)))).toBe(true);
		expect(billMatches(BILL, query(unmet), filtersSet(query(unmet)))).toBe(false);
	});

	it('is not met by a bill that lacks the field', () => {
		for (const [name, value] of Object.entries({
			accounts: ['A-1'],
			numbers: ['B-7'],
			numberLike: '*',
			categories: ['normal'],
			billDate: { from: '0000-01-01' },
			dueDate: { from: '0000-01-01' },
			periodStart: { from: '0000-01-01' },
			periodEnd: { from: '0000-01-01' },
			lastUpdate: { from: '0000-01-01T00:00:00Z' },
			total: { from: '-999999' },
			amountDue: { from: '-999999' },
			remaining: { from: '-999999' },
		})) {
			const asked = query({ [name]: value });
			expect([name, billMatches(NOTHING, asked, filtersSet(asked))]).toEqual([name, false]);
		}
	});

	it('counts only where it is named, and only where the query sets it', () => {
		const asked = query({ ids: ['other'], numbers: ['B-7'] });
		expect(billMatches(BILL, asked, ['numbers', 'states', 'total'])).toBe(true);
		expect(billMatches(BILL, asked, ['ids', 'numbers'])).toBe(false);
		expect(billMatches(BILL, asked, [])).toBe(true);
		expect(BILL_FILTERS.every((name) => billMatches(NOTHING, {}, [name]))).toBe(true);
	});
});

describe('filtersSet', () => {
	it('names the filters of a query, and neither its order nor its size', () => {
		const order = { field: 'TOTAL', direction: 'ASC' } as const;
		expect(filtersSet({ ids: ['1'], total: {}, numbers: undefined, order, maxRows: 5 })).toEqual(['ids', 'total']);
		const all = Object.fromEntries(BILL_FILTERS.map((name) => [name, []]));
		expect([...filtersSet(query(all))].sort()).toEqual([...BILL_FILTERS].sort());
	});
});

describe('wildcardMatches', () => {
	it.each([
		['B1-28', 'B1-28', true],
		['B1-28', 'B1', false],
		['B1-28', 'B1*', true],
		['B1-28', '*28', true],
		['B1-28', 'B*-*8', true],
		['B1-28', 'B1-28*', true],
		['', '*', true],
		['', '', true],
		['a', '', false],
		['aba', 'ab*ba', false],
		['abba', 'ab*ba', true],
		['aXbXc', '*X*X*', true],
		['aXb', '*X*X*', false],
		['a.c', 'a.c', true],
		['abc', 'a.c', false],
		['50%', '50%', true],
	])('%p like %p: %p', (text, pattern, expected) => {
		expect(wildcardMatches(text, pattern)).toBe(expected);
	});

	it('is what a regular expression of it would say', () => {
		const short = fc.stringMatching(/^[ab.]{0,8}$/);
		const pattern = fc.stringMatching(/^[ab.*]{0,6}$/);
		fc.assert(
			fc.property(short, pattern, (text, like) => {
				const expression = new RegExp(`^${like.replace(/\./g, '\\.').replace(/\*/g, '.*')}$`, 's');
				expect(wildcardMatches(text, like)).toBe(expression.test(text));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('takes no time for a pattern that would tie a regular expression up', () => {
		expect(wildcardMatches('a'.repeat(50_000), `${'*a'.repeat(200)}*b`)).toBe(false);
	});
});

it('amounts are compared whatever the currency', () => {
	const yen: Bill = sampleBill({ total: money('20000', 'JPY') });
	expect(billMatches(yen, query({ total: { from: '100' } }), ['total'])).toBe(true);
});
