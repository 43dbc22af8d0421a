/** Bill: Get Many. */
import { simpleBill } from '../../../shared/columns';
import type { OrangeWireBill, WalkedPage } from '../../../shared/core';
import { limitField, listOptions, returnAllField, simplifyField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readRows } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { OrangeAccess, OrangeCall } from '../../access';
import { billFieldNames } from '../../fields/fieldNames';
import { attributeFilters, billFiltersField } from '../../fields/filters';
import { asynchronousOption, walkOptionsField, walkParameters } from '../../fields/options';
import { findByField, searchFields, searchQuery } from '../../fields/search';
import { sortField } from '../../fields/sorting';
import { billNotices, readBills } from '../../records';

export const getManyBills: Operation<OrangeAccess> = {
	description: [
		findByField,
		...searchFields,
		returnAllField,
		limitField,
		simplifyField,
		{ ...billFiltersField, displayOptions: { show: { findBy: ['filters'] } } },
		walkOptionsField(asynchronousOption, billFieldNames),
		sortField,
	],
	execute: async (call) => {
		const { context, itemIndex, api: orange } = call;
		const { items: rows, notices } = await readRows(walk(call), listOptions(context, itemIndex));
		const bills = readBills(orange, rows);
		tellUser(context, [...notices, ...billNotices(bills)]);
		return recordItems(context, itemIndex, bills, simpleBill);
	},
};

function walk({ context, itemIndex, api: orange }: OrangeCall): AsyncIterable<WalkedPage<OrangeWireBill>> {
	const parameters = walkParameters(context, itemIndex);
	const findBy = context.getNodeParameter('findBy', itemIndex);
	return findBy === 'conditions' || findBy === 'json'
		? orange.api.walkSearch(searchQuery(context, itemIndex, findBy), parameters, orange.mode)
		: orange.api.walkBills({ ...parameters, filters: attributeFilters(context, itemIndex) }, orange.mode);
}
