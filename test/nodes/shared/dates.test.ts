/** Date pickers: the day that the user saw is the day that is asked for. */
import fc from 'fast-check';
import { DateTime } from 'luxon';

import { pickedDate, pickedDates, pickedInstant } from '../../../nodes/shared/dates';

const inZone = (timezone: string) => ({ getTimezone: () => timezone });
const ZONES = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Kiritimati', 'Europe/Berlin'];

describe('pickedDate', () => {
	it('takes a value without an offset as the day it names, in every time zone', () => {
		const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2089-12-31'), noInvalidDate: true });
		fc.assert(
			fc.property(
				days,
				fc.constantFrom(...ZONES),
				fc.constantFrom('', 'T00:00:00', 'T23:59:59', ' 12:30:00'),
				(day, zone, time) => {
					const written = day.toISOString().slice(0, 10);
					expect(pickedDate(inZone(zone), `${written}${time}`, 'Bill Date From')).toBe(written);
				},
			),
		);
	});

	it("takes an instant as the day that the workflow's time zone has then", () => {
		expect(pickedDate(inZone('America/Los_Angeles'), '2026-02-01T03:00:00Z', 'From')).toBe('2026-01-31');
		expect(pickedDate(inZone('Asia/Kolkata'), '2026-01-31T19:00:00.000Z', 'From')).toBe('2026-02-01');
		expect(pickedDate(inZone('Europe/Berlin'), '2026-03-29T00:00:00.000+01:00', 'From')).toBe('2026-03-29');
		expect(pickedDate(inZone('Asia/Tokyo'), new Date('2026-01-31T20:00:00Z'), 'From')).toBe('2026-02-01');
	});

	it('gives nothing for an empty field', () => {
		for (const empty of ['', '  ', null, undefined]) expect(pickedDate(inZone('UTC'), empty, 'From')).toBeUndefined();
		expect(pickedDates(inZone('UTC'), { billDateFrom: '' }, 'Bill Date', 'billDate')).toBeUndefined();
	});

	it('takes the date that an expression gives, and refuses anything else it may give rather than taking it for empty', () => {
		const noon = DateTime.fromISO('2026-02-01T12:00:00', { zone: 'Europe/Berlin' });
		expect(pickedDate(inZone('Europe/Berlin'), noon, 'From')).toBe('2026-02-01');
		for (const wrong of [1_767_225_600_000, true, {}, ['2026-01-01'], DateTime.invalid('no'), new Date(Number.NaN)]) {
			expect(() => pickedDate(inZone('UTC'), wrong, 'From')).toThrow("'From' is ");
		}
	});

	it('refuses days that run backwards, by the names of the fields', () => {
		const days = (billDateFrom: string, billDateTo: string) =>
			pickedDates(inZone('UTC'), { billDateFrom, billDateTo }, 'Bill Date', 'billDate');
		expect(days('2026-01-31', '2026-01-31')).toEqual({ from: '2026-01-31', to: '2026-01-31' });
		expect(() => days('2026-02-01', '2026-01-31')).toThrow("'Bill Date From' is 2026-02-01, after 'Bill Date To'");
	});

	it('refuses what is no date, by the name of the field', () => {
		expect(() => pickedDate(inZone('UTC'), '2026-02-30', 'Due Date To')).toThrow(`'Due Date To' is "2026-02-30"`);
		expect(() => pickedDate(inZone('UTC'), 'last month', 'Due Date To')).toThrow('which is no date');
	});
});

describe('pickedInstant', () => {
	it("reads a value without an offset in the workflow's time zone, summer time included", () => {
		expect(pickedInstant(inZone('Europe/Berlin'), '2026-07-01T12:00:00', 'From')).toBe('2026-07-01T12:00:00+02:00');
		expect(pickedInstant(inZone('Europe/Berlin'), '2026-01-01', 'From')).toBe('2026-01-01T00:00:00+01:00');
		expect(Date.parse(pickedInstant(inZone('Europe/Berlin'), '2026-01-01T00:00:00Z', 'From') ?? '')).toBe(
			Date.parse('2026-01-01T00:00:00Z'),
		);
	});
});
