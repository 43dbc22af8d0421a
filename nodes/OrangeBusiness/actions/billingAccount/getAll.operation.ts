/** Billing Account: Get Many. */
import { accountColumns } from '../../../shared/columns';
import { limitField, listOptions, returnAllField, simplifyField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readRows } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { OrangeAccess } from '../../access';
import { accountFieldNames } from '../../fields/fieldNames';
import { attributeFilters, filtersField } from '../../fields/filters';
import { walkOptionsField, walkParameters } from '../../fields/options';
import { sortField } from '../../fields/sorting';
import { readAccounts } from '../../records';

export const getManyBillingAccounts: Operation<OrangeAccess> = {
	description: [
		returnAllField,
		limitField,
		simplifyField,
		filtersField,
		walkOptionsField(accountFieldNames),
		sortField,
	],
	execute: async ({ context, itemIndex, api: orange }) => {
		const parameters = { ...walkParameters(context, itemIndex), filters: attributeFilters(context, itemIndex) };
		const list = await readRows(
			orange.api.walkBillingAccounts(parameters, orange.walk),
			listOptions(context, itemIndex),
		);
		tellUser(context, list.notices);
		return recordItems(context, itemIndex, readAccounts(orange, list.items), accountColumns);
	},
};
