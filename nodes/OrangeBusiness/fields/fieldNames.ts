/** Options > Field Names: what this Orange calls the amounts, dates and numbers that no document names. */
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { type OrangeField, type OrangeFieldOverrides, invalidParameter } from '../../shared/core';
import { listed } from '../../shared/fields';

interface FieldOption extends INodePropertyOptions {
	readonly value: OrangeField;
}

const HEADER_AMOUNTS: readonly FieldOption[] = [
	{ name: 'Bill Amount Due', value: 'amountDue' },
	{ name: 'Bill Net', value: 'net' },
	{ name: 'Bill Remaining', value: 'remaining' },
	{ name: 'Bill Tax', value: 'tax' },
	{ name: 'Bill Total', value: 'total' },
	{ name: 'Currency', value: 'currency' },
];

export const billFieldNames = fieldNamesOption([
	{ name: 'Account ID', value: 'accountId' },
	{ name: 'Account Number', value: 'accountNumber' },
	{ name: 'Bill Date', value: 'billDate' },
	...HEADER_AMOUNTS,
	{ name: 'Due Date', value: 'dueDate' },
	{ name: 'Number', value: 'number' },
	{ name: 'State', value: 'state' },
]);

/** The amounts of the bill are among them: they tell how its items are signed. */
export const itemFieldNames = fieldNamesOption([
	...HEADER_AMOUNTS,
	{ name: 'Item Description', value: 'itemDescription' },
	{ name: 'Item Name', value: 'itemName' },
	{ name: 'Item Net', value: 'itemNet' },
	{ name: 'Item Period End', value: 'itemPeriodEnd' },
	{ name: 'Item Period Start', value: 'itemPeriodStart' },
	{ name: 'Item Product Name', value: 'itemProductName' },
	{ name: 'Item Type', value: 'itemType' },
]);

export const accountFieldNames = fieldNamesOption([
	{ name: 'Name', value: 'accountResourceName' },
	{ name: 'Number', value: 'accountResourceNumber' },
]);

function fieldNamesOption(options: readonly FieldOption[]): INodeProperties {
	return {
		displayName: 'Field Names',
		name: 'fieldNames',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add field name',
		default: {},
		description:
			"Orange documents few names of the data it sends, so likely ones are tried. A name given here is read instead; turn off 'Simplify' to see what Orange sends.",
		options: [
			{
				displayName: 'Field',
				name: 'fields',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: [...options],
						default: '',
					},
					{
						displayName: 'Name at Orange',
						name: 'names',
						type: 'string',
						default: '',
						placeholder: 'e.g. totals.payable',
						description:
							'Dots lead into nested data. Of several names, separated by commas, the first that has a value is read.',
					},
				],
			},
		],
	};
}

/** @throws BillingError INVALID_REQUEST for a row without a field or without a name, or a field named twice */
export function fieldOverrides(value: unknown): OrangeFieldOverrides {
	const rows = ((value as IDataObject | undefined)?.fields ?? []) as IDataObject[];
	const overrides = new Map<string, readonly string[]>();
	for (const { field, names } of rows) {
		const given = listed(names);
		if (typeof field !== 'string' || field === '' || given === undefined) {
			throw invalidParameter('Field Names', 'has a row that is not filled in', 'Choose the field and give its name.');
		}
		if (overrides.has(field)) {
			throw invalidParameter('Field Names', `has "${field}" twice`, 'Put all its names into one, separated by commas.');
		}
		overrides.set(field, given);
	}
	return Object.fromEntries(overrides);
}
