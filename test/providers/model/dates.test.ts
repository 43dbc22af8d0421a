import * as fc from 'fast-check';

import {
	type CalendarDate,
	addDays,
	addMonths,
	dateOfMillis,
	instantMillis,
	toCalendarDate,
	toInstant,
} from '../../../providers/model/dates';
import { endExclusive, toPeriod } from '../../../providers/model/period';

const day = (text: string): CalendarDate => text as CalendarDate;

describe('toCalendarDate', () => {
	it.each([
		['2026-01-31', '2026-01-31'],
		[' 2026-01-31 ', '2026-01-31'],
		['20260131', '2026-01-31'],
		['2026-01-31T23:30:00-05:00', '2026-01-31'],
		['2026-01-01T00:30:00+14:00', '2026-01-01'],
		['2023-10-15T09:30:00.977Z', '2023-10-15'],
		['2026-01-31 10:00', '2026-01-31'],
		['2026-01-31t10:00:00z', '2026-01-31'],
		['2026-01-31T25:99:99Z', '2026-01-31'],
		['2024-02-29', '2024-02-29'],
		['2000-02-29', '2000-02-29'],
		['0000-02-29', '0000-02-29'],
		['9999-12-31', '9999-12-31'],
	])('%p names the day %s, as written', (value, expected) => {
		expect(toCalendarDate(value)).toBe(expected);
	});

	it.each([
		...['2020-01-00', '2026-13-01', '2026-00-10', '2026-04-31', '2023-02-29', '1900-02-29', '31.01.2026', '01/31/2026'],
		...['2026-1-31', '2026-01', '2026-01-31T', '2026-01-31T10', '2026-01-31Z', '20261301', '2026-01-31x', '', 'today'],
		...[20260131, null, undefined, new Date(0), {}],
	])('%p names no day', (value) => {
		expect(toCalendarDate(value)).toBeNull();
	});
});

describe('toInstant', () => {
	it.each([
		['2026-01-31T10:00:00Z', '2026-01-31T10:00:00Z'],
		['2026-01-31t10:00:00z', '2026-01-31T10:00:00Z'],
		['2026-01-31 10:00:00.123456789+0530', '2026-01-31T10:00:00.123456789+05:30'],
		['2026-01-31T10:00-05', '2026-01-31T10:00:00-05:00'],
		[' 2020-01-01T04:00:27-08:00 ', '2020-01-01T04:00:27-08:00'],
	])('%p is %s: the offset is kept', (value, expected) => {
		expect(toInstant(value)).toBe(expected);
	});

	it.each([
		...['2026-01-31', '20260131', '2026-01-31T10:00:00', '2020-01-00T10:00:00Z', '2026-01-31T25:00:00Z'],
		...['2026-01-31T10:61:00Z', '2026-01-31T10:00:00+25:00', '2020-01-00T...', 1769853600000, null],
	])('%p is no instant', (value) => {
		expect(toInstant(value)).toBeNull();
	});

	it('is the same moment as the text says, in every offset', () => {
		const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
		const moments = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2200, 0, 1) });
		fc.assert(
			fc.property(moments, offsets, fc.boolean(), (millis, offset, withColon) => {
				const size = Math.abs(offset);
				const two = (value: number): string => String(value).padStart(2, '0');
				const local = new Date(millis + offset * 60_000).toISOString().slice(0, -1);
				const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${withColon ? ':' : ''}${two(size % 60)}`;
				expect(instantMillis(toInstant(`${local}${zone}`)!)).toBe(millis);
				expect(toCalendarDate(`${local}${zone}`)).toBe(local.slice(0, 10));
			}),
		);
	});
});

describe('calendar arithmetic', () => {
	it.each([
		['2026-01-31', 1, '2026-02-01'],
		['2024-02-28', 1, '2024-02-29'],
		['2026-03-01', -1, '2026-02-28'],
		['2026-03-29', 1, '2026-03-30'],
		['0050-12-31', 1, '0051-01-01'],
		['9999-12-31', 1, '9999-12-31'],
		['0000-01-01', -1, '0000-01-01'],
	])('%s and %i days is %s', (date, days, expected) => {
		expect(addDays(day(date), days)).toBe(expected);
	});

	it.each([
		['2026-01-31', 1, '2026-02-28'],
		['2024-01-31', 1, '2024-02-29'],
		['2026-03-31', -1, '2026-02-28'],
		['2026-12-15', 1, '2027-01-15'],
		['2026-01-15', -1, '2025-12-15'],
		['2026-05-31', -12, '2025-05-31'],
		['2024-02-29', 12, '2025-02-28'],
		['0050-01-31', 1, '0050-02-28'],
		['9999-12-31', 3, '9999-12-31'],
	])('%s and %i months is %s', (date, months, expected) => {
		expect(addMonths(day(date), months)).toBe(expected);
	});

	it('the UTC day of a clock reading', () => {
		expect(dateOfMillis(Date.parse('2026-01-31T23:59:59.999Z'))).toBe('2026-01-31');
	});

	it('there and back again', () => {
		const days = fc.integer({ min: 0, max: 2_932_896 }).map((count) => addDays(day('1970-01-01'), count));
		fc.assert(
			fc.property(days, fc.integer({ min: -400, max: 400 }), (date, step) => {
				expect(toCalendarDate(date)).toBe(date);
				fc.pre(date > '1975' && date < '9995');
				expect(addDays(addDays(date, step), -step)).toBe(date);
			}),
		);
	});
});

describe('periods', () => {
	it('keep both ends as written, and say whether the end counts', () => {
		const period = toPeriod('2026-01-01T00:00:00+01:00', '2026-01-31', true);
		expect(period).toEqual({
			start: '2026-01-01',
			end: '2026-01-31',
			startsAt: '2026-01-01T00:00:00+01:00',
			endsAt: null,
			endCounts: true,
		});
	});

	it('may have one end, and are absent with none', () => {
		expect(toPeriod(null, '2026-01-31', null)).toMatchObject({ start: null, end: '2026-01-31' });
		expect(toPeriod('2026-01-01', undefined, null)).toMatchObject({ start: '2026-01-01', end: null });
		expect(toPeriod('2020-01-00', 'never', true)).toBeNull();
	});

	it.each([
		[true, '2026-01-31', '2026-02-01'],
		[false, '2026-02-01', '2026-02-01'],
		[null, '2026-01-31', null],
		[true, null, null],
	])('whose end counts (%p) and is %p end before %p', (endCounts, end, expected) => {
		expect(endExclusive(toPeriod('2026-01-01', end, endCounts)!)).toBe(expected);
	});
});
