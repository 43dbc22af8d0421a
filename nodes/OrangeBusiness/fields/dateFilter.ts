/** Orange's words for a span of days, as choices: between two days, the last days, before or after a day. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { type CalendarDate, type OrangeDateFilter, dateFilterWord, invalidParameter } from '../../shared/core';
import { type ZonedContext, pickedDate } from '../../shared/dates';

const ONE_DAY = ['after', 'atOrAfter', 'atOrBefore', 'before', 'on'];

/** For a Filters collection. */
export function dateFilterField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		placeholder: `Set ${displayName}`,
		default: {},
		description,
		options: [
			{
				displayName: 'Span',
				name: 'span',
				values: [
					{
						displayName: 'When',
						name: 'when',
						type: 'options',
						options: [
							{ name: 'After', value: 'after', description: 'Later than the day, which does not count' },
							{ name: 'Before', value: 'before', description: 'Earlier than the day, which does not count' },
							{ name: 'Between', value: 'between', description: 'From one day to another, both included' },
							{ name: 'Last Days', value: 'lastDays', description: 'In the last days, until now' },
							{ name: 'On', value: 'on', description: 'On the day' },
							{ name: 'On or After', value: 'atOrAfter', description: 'On the day or later' },
							{ name: 'On or Before', value: 'atOrBefore', description: 'On the day or earlier' },
						],
						default: 'between',
					},
					dayField('From', 'from', ['between']),
					dayField('To', 'to', ['between']),
					dayField('Day', 'day', ONE_DAY),
					{
						displayName: 'Number of Days',
						name: 'days',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 30,
						displayOptions: { show: { when: ['lastDays'] } },
					},
				],
			},
		],
	};
}

function dayField(displayName: string, name: string, when: string[]): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		displayOptions: { show: { when } },
		description: "In the workflow's time zone; Orange compares it with its own dates, which are in UTC",
	};
}

/**
 * `atOrAfter2026-01-31`.
 * @param parameter the field's display name
 * @throws BillingError INVALID_REQUEST for a span without its day
 */
export function dateWord(context: ZonedContext, value: IDataObject, parameter: string): string {
	const span = value.span as IDataObject | undefined;
	if (span === undefined) throw invalidParameter(parameter, 'is empty', 'Choose its days, or take the filter out.');
	return dateFilterWord(dateFilter(context, span, parameter), parameter);
}

function dateFilter(context: ZonedContext, span: IDataObject, parameter: string): OrangeDateFilter {
	const day = (name: string): CalendarDate => {
		const picked = pickedDate(context, span[name], parameter);
		if (picked !== undefined) return picked;
		throw invalidParameter(parameter, `has no day for '${name}'`, 'Pick a day, or take the filter out.');
	};
	switch (span.when) {
		case 'lastDays':
			return { lastDays: Number(span.days) };
		case 'after':
			return { after: day('day') };
		case 'atOrAfter':
			return { atOrAfter: day('day') };
		case 'before':
			return { before: day('day') };
		case 'atOrBefore':
			return { atOrBefore: day('day') };
		case 'on':
			return { from: day('day'), to: day('day') };
		default:
			return { from: day('from'), to: day('to') };
	}
}
