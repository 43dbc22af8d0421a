/** Date pickers: the day that the user saw is the day that is asked for. */
import fc from 'fast-check';

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
		const nothing = { value: '', parameter: 'From' };
		expect(pickedDates(inZone('UTC'), nothing, nothing)).toBeUndefined();
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
