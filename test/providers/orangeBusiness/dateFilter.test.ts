/** Orange's words for spans of days. */
import { checkedDateFilter, dateFilterWord } from '../../../providers/orangeBusiness/dateFilter';
import { errorWith } from '../support/errors';
import type { CalendarDate } from '../../../providers/model/dates';

const day = (text: string) => text as CalendarDate;

it.each([
	[{ from: day('2024-01-01'), to: day('2024-01-31') }, '2024-01-01/2024-01-31'],
	[{ lastDays: 30 }, 'last30days'],
	[{ after: day('2024-01-01') }, 'after2024-01-01'],
	[{ atOrAfter: day('2024-01-01') }, 'atOrAfter2024-01-01'],
	[{ before: day('2024-01-01') }, 'before2024-01-01'],
	[{ atOrBefore: day('2024-01-01') }, 'atOrBefore2024-01-01'],
])('%j is %s', (filter, word) => {
	expect(dateFilterWord(filter, 'issuedAt')).toBe(word);
	expect(checkedDateFilter(word, 'issuedAt')).toBe(word);
});

it.each([
	'',
	'yesterday',
	'2024-02-30/2024-03-01',
	'2024-01-01/',
	'2024-01-01/2024-01-31/2024-02-01',
	'2024-02-01/2024-01-01',
	'2024-01-01T00:00:00Z/2024-01-02',
	'last0days',
	'last-3days',
	'last30Days',
	'after',
	'after2024-1-1',
	'Before2024-01-01',
	'atOrBefore2024-13-01',
])('"%s" is refused, with the forms that are allowed', (word) => {
	expect(() => checkedDateFilter(word, 'issuedAt')).toThrow(
		errorWith({ kind: 'INVALID_REQUEST', parameter: 'issuedAt' }),
	);
});

it('words that cannot be meant are refused when they are built too', () => {
	expect(() => dateFilterWord({ lastDays: 1.5 }, 'period')).toThrow("'period'");
	expect(() => dateFilterWord({ after: day('2024-02-30') }, 'period')).toThrow("'period'");
});
