/** Counter: Get Many. */
import type { INodeProperties } from 'n8n-workflow';

import { limitField, listOptions, returnAllField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readRows } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess } from '../../access';
import { attributeFilters, billFiltersField } from '../../fields/filters';
import { counterOptionsField, walkParameters } from '../../fields/options';
import { counterSort, counterSortField } from '../../fields/sorting';

const groupByField: INodeProperties = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'string',
	default: 'type',
	required: true,
	placeholder: 'e.g. sendingFormat',
	description: 'Attribute whose values are counted: type, sendingFormat, priority, customer.name and others',
};

export const getManyCounters: Operation<OrangeAccess> = {
	description: [groupByField, returnAllField, limitField, billFiltersField, counterOptionsField, counterSortField],
	execute: async ({ context, itemIndex, api: { api, walk } }) => {
		const groupBy = (context.getNodeParameter('groupBy', itemIndex) as string).trim();
		const parameters = {
			...walkParameters(context, itemIndex),
			sort: counterSort(context, itemIndex),
			filters: attributeFilters(context, itemIndex),
		};
		const counters = await readRows(api.walkSnapshots(groupBy, parameters, walk), listOptions(context, itemIndex));
		tellUser(context, counters.notices);
		return counters.items.map(({ value, bills }) => ({ json: { groupBy, value, bills } }));
	},
};
