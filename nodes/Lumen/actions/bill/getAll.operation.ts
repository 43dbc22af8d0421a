/** Bill: Get Many. */
import { simpleBill } from '../../../shared/columns';
import { pickedDates } from '../../../shared/dates';
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
import { accountsField, billFiltersField } from '../../fields';

export const getManyBills: Operation<LumenAccess> = {
	description: [accountsField, returnAllField, limitField, simplifyField, billFiltersField, listOptionsField],
	execute: async ({ context, itemIndex, api }) => {
		const filters = collection(context, itemIndex, 'filters');
		const query = {
			accounts: api.accounts,
			billDate: pickedDates(context, filters, 'Bill Date', 'billDate'),
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
