/** Parameters that several operations share, in the words that n8n's guidelines ask for, and how they are read. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { invalidParameter } from './core';
import { filledText } from './filledText';
import type { ListOptions } from './lists';

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const outputFieldField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** For an Options collection. */
export const acceptIncompleteOption: INodeProperties = {
	displayName: 'Accept Incomplete Lists',
	name: 'acceptIncomplete',
	type: 'boolean',
	default: false,
	description:
		'Whether to hand over what there is when the provider does not give all the rows it announces. Otherwise the run stops and says why.',
};

/** The Options of an operation, in the order of the alphabet. */
export function optionsField(...options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: options.toSorted((left, right) => (left.displayName < right.displayName ? -1 : 1)),
	};
}

/** The Options of a list that has no others. */
export const listOptionsField = optionsField(acceptIncompleteOption);

/** For an Options collection, where the provider announces how many rows there are. */
export const pagesAtOnceOption: INodeProperties = {
	displayName: 'Pages at Once',
	name: 'pagesAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 8 },
	default: 4,
	description: 'How many pages to fetch side by side; the order of the rows stays the same',
};

/** Two date pickers, for a Filters collection: `<name>From` and `<name>To`, both days included. */
export function dateRangeFields(displayName: string, name: string, note = ''): INodeProperties[] {
	return [
		{
			displayName: `${displayName} From`,
			name: `${name}From`,
			type: 'dateTime',
			default: '',
			placeholder: 'e.g. 2026-01-31',
			description: `The first day to include, in the workflow's time zone. ${note}`.trim(),
		},
		{
			displayName: `${displayName} To`,
			name: `${name}To`,
			type: 'dateTime',
			default: '',
			placeholder: 'e.g. 2026-01-31',
			description: `The last day to include, in the workflow's time zone. ${note}`.trim(),
		},
	];
}

/** How many rows are wanted; undefined for all of them. Expressions may give text. @throws BillingError INVALID_REQUEST */
export function wantedRows(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('returnAll', itemIndex)) return undefined;
	const value: unknown = context.getNodeParameter('limit', itemIndex);
	const limit = Number(filledText(value));
	if (Number.isSafeInteger(limit) && limit >= 1) return limit;
	throw invalidParameter(limitField.displayName, `is ${JSON.stringify(value)}`, 'Give a whole number, 1 or more.');
}

/** A collection's values; those that the user left out are absent. */
export function collection(context: IExecuteFunctions, itemIndex: number, name: string): IDataObject {
	return context.getNodeParameter(name, itemIndex, {}) as IDataObject;
}

/** How an incomplete list is taken, by `acceptIncompleteOption` in the collection "options". */
export function listOptions(context: IExecuteFunctions, itemIndex: number): ListOptions {
	return { acceptIncomplete: Boolean(collection(context, itemIndex, 'options').acceptIncomplete) };
}

/** Entries of a field that takes several, separated by commas or line breaks; undefined for an empty field. */
export function listed(value: unknown): string[] | undefined {
	const entries = [value]
		.flat()
		.flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? String(part).split(/[,\n]/) : []))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
	return entries.length === 0 ? undefined : entries;
}
