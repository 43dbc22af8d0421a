/** From a date picker's value to the day, or the instant, that the user meant in the workflow's time zone. */
import type { FunctionsBase } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { type CalendarDate, type Instant, invalidParameter, toCalendarDate, toInstant } from './core';

/** Anything that knows the workflow's time zone. */
export type ZonedContext = Pick<FunctionsBase, 'getTimezone'>;

/**
 * The day of a picked value. A value without an offset names its day as it stands; one with an offset is an instant, and
 * its day is the one that the workflow's time zone has then. Never `toISOString().slice(0, 10)`, which is a day off for
 * half of the world.
 *
 * @param parameter the field's display name, for the message
 * @returns undefined for a field left empty
 * @throws BillingError INVALID_REQUEST for what is no date
 */
export function pickedDate(context: ZonedContext, value: unknown, parameter: string): CalendarDate | undefined {
	const text = textOf(value, parameter);
	if (text === undefined) return undefined;
	const date = toCalendarDate(zoned(context, text).toISODate());
	if (date === null) throw notADate(parameter, text);
	return date;
}

/** The instant of a picked value; one without an offset is read in the workflow's time zone. */
export function pickedInstant(context: ZonedContext, value: unknown, parameter: string): Instant | undefined {
	const text = textOf(value, parameter);
	if (text === undefined) return undefined;
	const instant = toInstant(zoned(context, text).toISO({ suppressMilliseconds: true }));
	if (instant === null) throw notADate(parameter, text);
	return instant;
}

/**
 * The days of a pair of pickers made by `dateRangeFields`; both count. Undefined where both are empty.
 * @throws BillingError INVALID_REQUEST for what is no date, and for days that run backwards
 */
export function pickedDates(
	context: ZonedContext,
	values: Readonly<Record<string, unknown>>,
	displayName: string,
	name: string,
): { from: CalendarDate | undefined; to: CalendarDate | undefined } | undefined {
	const from = pickedDate(context, values[`${name}From`], `${displayName} From`);
	const to = pickedDate(context, values[`${name}To`], `${displayName} To`);
	if (from !== undefined && to !== undefined && from > to) {
		const why = `is ${from}, after '${displayName} To', which is ${to}`;
		throw invalidParameter(`${displayName} From`, why, 'Pick the earlier day as the first one.');
	}
	return from === undefined && to === undefined ? undefined : { from, to };
}

/** The same days as moments: from the first of the one day to the last of the other, in the workflow's time zone. */
export function pickedDaysAsInstants(
	context: ZonedContext,
	values: Readonly<Record<string, unknown>>,
	displayName: string,
	name: string,
): { from: Instant | undefined; to: Instant | undefined } | undefined {
	const days = pickedDates(context, values, displayName, name);
	if (days === undefined) return undefined;
	const edge = (day: CalendarDate | undefined, moment: 'startOf' | 'endOf'): Instant | undefined =>
		day === undefined ? undefined : (toInstant(zoned(context, day)[moment]('day').toISO()) ?? undefined);
	return { from: edge(days.from, 'startOf'), to: edge(days.to, 'endOf') };
}

function zoned(context: ZonedContext, text: string): DateTime {
	return DateTime.fromISO(text.replace(' ', 'T'), { zone: context.getTimezone() });
}

/** Expressions may give anything. What is no text is not an empty field: a filter that is left out in silence gives wrong rows. */
function textOf(value: unknown, parameter: string): string | undefined {
	if (value === null || value === undefined) return undefined;
	const given: unknown = value instanceof Date ? DateTime.fromJSDate(value) : value;
	if (DateTime.isDateTime(given)) return given.toISO() ?? given.toString();
	if (typeof given !== 'string') throw notADate(parameter, JSON.stringify(given));
	return given.trim() === '' ? undefined : given.trim();
}

function notADate(parameter: string, text: string): Error {
	return invalidParameter(parameter, `is "${text}", which is no date`, 'Pick a date, or write it as YYYY-MM-DD.');
}
