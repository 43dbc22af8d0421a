import type { BillFilterName } from '../../../providers/capabilities';
import type { BillQuery } from '../../../providers/connector';
import type { CalendarDate, Instant } from '../../../providers/model/dates';
import type { Decimal } from '../../../providers/model/decimal';
import { oracleBrmDialect } from '../../../providers/oracleBrm/connector';
import { STANDARD_BILL_FILTERS } from '../../../providers/tmf678/capabilities';
import { pushDown } from '../../../providers/tmf678/pushDown';
import { standardDialect } from '../../../providers/tmf678/standard';

const SETTINGS = { connection: 'c', baseUrl: 'https://x' };
const ORACLE = oracleBrmDialect(SETTINGS);
const day = (text: string) => text as CalendarDate;
const amount = (text: string) => text as Decimal;

describe('a condition of a bill query', () => {
	it.each<[string, BillQuery, Record<string, string>, boolean]>([
		['one account', { accounts: ['a'] }, { 'billingAccount.id': 'a' }, true],
		['one id', { ids: ['i'] }, { id: 'i' }, true],
		['one number', { numbers: ['n'] }, { billNo: 'n' }, true],
		['a pattern', { numberLike: 'B1-*' }, { 'billNo.like': 'B1-%' }, true],
		['a pattern without wildcards', { numberLike: 'B1' }, { 'billNo.like': 'B1' }, true],
		['a pattern with a percent sign', { numberLike: '5%*' }, { 'billNo.like': '5%%' }, false],
		['a pattern with an underscore', { numberLike: '*_**' }, { 'billNo.like': '%_%' }, false],
		['a state', { states: ['PARTIALLY_PAID'] }, { state: 'partiallyPaid' }, true],
		[
			'bill dates',
			{ billDate: { from: day('2026-01-01'), to: day('2026-01-31') } },
			{ 'billDate.gte': '2025-12-31T10:00:00Z', 'billDate.lte': '2026-02-01T14:00:00Z' },
			false,
		],
		['due dates', { dueDate: { to: day('2026-01-31') } }, { 'paymentDueDate.lte': '2026-02-01T14:00:00Z' }, false],
		[
			'period starts',
			{ periodStart: { from: day('2026-03-01') } },
			{ 'billingPeriod.startDateTime.gte': '2026-02-28T10:00:00Z' },
			false,
		],
		[
			'period ends',
			{ periodEnd: { from: day('2026-01-01') } },
			{ 'billingPeriod.endDateTime.gte': '2025-12-31T10:00:00Z' },
			false,
		],
		[
			'updates',
			{ lastUpdate: { from: '2026-01-01T00:00:00Z' as Instant, to: '2026-01-02T00:00:00+01:00' as Instant } },
			{ 'lastUpdate.gte': '2026-01-01T00:00:00Z', 'lastUpdate.lte': '2026-01-02T00:00:00+01:00' },
			true,
		],
		[
			'amounts from 0 on',
			{ amountDue: { from: amount('0'), to: amount('9.5') } },
			{ 'amountDue.value.gte': '0', 'amountDue.value.lte': '9.5' },
			false,
		],
		['what remains', { remaining: { from: amount('1') } }, { 'remainingAmount.value.gte': '1' }, false],
	])('on %s is sent to Oracle', (_, query, parameters, exact) => {
		const [name] = Object.keys(query) as BillFilterName[];
		expect(pushDown(query, ORACLE)).toEqual({ parameters, pushedDown: [name], appliedHere: exact ? [] : [name] });
	});

	it.each<[string, BillQuery]>([
		['several accounts', { accounts: ['a', 'b'] }],
		['several numbers', { numbers: ['1', '2'] }],
		['several states', { states: ['NEW', 'SETTLED'] }],
		['bills on hold', { states: ['ON_HOLD'] }],
		['states that Oracle does not have', { states: ['SENT'] }],
		['a pattern with a backslash', { numberLike: 'a\\*' }],
		['types', { types: ['CREDIT_NOTE'] }],
		['categories', { categories: ['normal'] }],
		['totals', { total: { from: amount('1') } }],
		['amounts below 0', { amountDue: { from: amount('-5') } }],
		['amounts without a lower bound', { amountDue: { to: amount('5') } }],
	])('on %s is checked here alone', (_, query) => {
		const [name] = Object.keys(query) as BillFilterName[];
		expect(pushDown(query, ORACLE)).toEqual({ parameters: {}, pushedDown: [], appliedHere: [name] });
	});

	it('is checked here at a plain TMF678 server, which must know none', () => {
		const query: BillQuery = { accounts: ['a'], states: ['SENT'] };
		expect(pushDown(query, standardDialect(SETTINGS))).toEqual({
			parameters: {},
			pushedDown: [],
			appliedHere: ['accounts', 'states'],
		});
	});

	it('is sent to a plain server that is said to know it, and checked here all the same', () => {
		const dialect = standardDialect({ ...SETTINGS, billFilters: STANDARD_BILL_FILTERS });
		const query: BillQuery = { accounts: ['a'], states: ['ON_HOLD'], categories: ['x'], total: { from: amount('1') } };
		expect(pushDown(query, dialect)).toEqual({
			parameters: { 'billingAccount.id': 'a', state: 'onHold', category: 'x', 'taxIncludedAmount.value.gte': '1' },
			pushedDown: ['accounts', 'states', 'categories', 'total'],
			appliedHere: ['accounts', 'states', 'categories', 'total'],
		});
	});

	it('is reported as the capabilities say', () => {
		for (const dialect of [ORACLE, standardDialect(SETTINGS)]) {
			const sent = pushDown({ billDate: { from: day('2026-01-01') }, types: ['INVOICE'] }, dialect).pushedDown;
			expect(sent.includes('billDate')).toBe(dialect.capabilities.billFilters.billDate === 'PUSHED_DOWN');
			expect(sent).not.toContain('types');
		}
	});
});
