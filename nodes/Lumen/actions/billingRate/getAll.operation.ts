/** Billing Rate: Get Many. */
import { simpleRate } from '../../../shared/columns';
import {
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
import { accountsField, rateFiltersField } from '../../fields';
import { rateQuery } from '../../rates';

export const getManyRates: Operation<LumenAccess> = {
	description: [accountsField, returnAllField, limitField, simplifyField, rateFiltersField, listOptionsField],
	execute: async ({ context, itemIndex, api }) => {
		const query = { ...rateQuery(context, itemIndex, api), maxRows: wantedRows(context, itemIndex) };
		const { items, notices } = await readPagesAs(
			api.connector.rates(query, api.walk),
			listOptions(context, itemIndex),
			itemMaker(context, itemIndex, simpleRate),
		);
		tellUser(context, notices);
		return items;
	},
};
