/** Sort: by attributes of Orange, or of counters by value or count. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { type OrangeSnapshotSort, invalidParameter } from '../../shared/core';
import { collection } from '../../shared/fields';

const directionField: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Ascending', value: 'asc' },
		{ name: 'Descending', value: 'desc' },
	],
	default: 'asc',
};

export const sortField: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add sort rule',
	default: {},
	options: [
		{
			displayName: 'Rule',
			name: 'rules',
			values: [
				{
					displayName: 'Attribute',
					name: 'attribute',
					type: 'string',
					default: '',
					placeholder: 'e.g. updatedAt',
					description: 'Attribute at Orange; nested ones with dots, for instance customer.name',
				},
				directionField,
			],
		},
	],
};

export const counterSortField: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	placeholder: 'Add sort rule',
	default: {},
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'By',
					name: 'by',
					type: 'options',
					options: [
						{ name: 'Attribute Value', value: 'key' },
						{ name: 'Number of Bills', value: 'value' },
					],
					default: 'value',
				},
				directionField,
			],
		},
	],
};

/** `-issuedAt,id`; undefined without a rule. @throws BillingError INVALID_REQUEST for a rule without an attribute */
export function sortText(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const rules = (collection(context, itemIndex, 'sort').rules ?? []) as IDataObject[];
	const parts = rules.map(({ attribute, direction }) => {
		const name = typeof attribute === 'string' ? attribute.trim() : '';
		if (name === '') throw invalidParameter('Sort', 'has a rule without an attribute');
		return direction === 'desc' ? `-${name}` : name;
	});
	return parts.length === 0 ? undefined : parts.join(',');
}

export function counterSort(context: IExecuteFunctions, itemIndex: number): OrangeSnapshotSort | undefined {
	const rule = collection(context, itemIndex, 'sort').rule as IDataObject | undefined;
	if (rule === undefined) return undefined;
	const by = rule.by === 'key' ? 'key' : 'value';
	return rule.direction === 'desc' ? `-${by}` : by;
}
