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
	const text = textOf(value);
	if (text === undefined) return undefined;
	const date = toCalendarDate(zoned(context, text).toISODate());
	if (date === null) throw notADate(parameter, text);
	return date;
}

/** The instant of a picked value; one without an offset is read in the workflow's time zone. */
export function pickedInstant(context: ZonedContext, value: unknown, parameter: string): Instant | undefined {
	const text = textOf(value);
	if (text === undefined) return undefined;
	const instant = toInstant(zoned(context, text).toISO({ suppressMilliseconds: true }));
	if (instant === null) throw notADate(parameter, text);
	return instant;
}

/** Both ends count; undefined where neither is given. */
export function pickedDates(
	context: ZonedContext,
	from: { readonly value: unknown; readonly parameter: string },
	to: { readonly value: unknown; readonly parameter: string },
): { from: CalendarDate | undefined; to: CalendarDate | undefined } | undefined {
	const range = {
		from: pickedDate(context, from.value, from.parameter),
		to: pickedDate(context, to.value, to.parameter),
	};
	return range.from === undefined && range.to === undefined ? undefined : range;
}

function zoned(context: ZonedContext, text: string): DateTime {
	return DateTime.fromISO(text.replace(' ', 'T'), { zone: context.getTimezone() });
}

function textOf(value: unknown): string | undefined {
	if (value instanceof Date) return value.toISOString();
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function notADate(parameter: string, text: string): Error {
	return invalidParameter(parameter, `is "${text}", which is no date`, 'Pick a date, or write it as YYYY-MM-DD.');
}
