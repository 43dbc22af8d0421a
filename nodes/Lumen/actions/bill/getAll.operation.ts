/** Bill: Get Many. */
import { simpleBill } from '../../../shared/columns';
import {
	collection,
	limitField,
	listOptions,
	listOptionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readPagesAs } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import { itemMaker } from '../../../shared/rows';
import type { LumenAccess } from '../../access';
import { accountsField, billFiltersField, pickedBillDates } from '../../fields';

export const getManyBills: Operation<LumenAccess> = {
	description: [accountsField, returnAllField, limitField, simplifyField, billFiltersField, listOptionsField],
	execute: async ({ context, itemIndex, api }) => {
		const query = {
			accounts: api.accounts,
			billDate: pickedBillDates(context, collection(context, itemIndex, 'filters')),
			maxRows: wantedRows(context, itemIndex),
		};
		const { items, notices } = await readPagesAs(
			api.connector.bills(query, api.walk),
			listOptions(context, itemIndex),
			itemMaker(context, itemIndex, simpleBill),
		);
		tellUser(context, notices);
		return items;
	},
};
