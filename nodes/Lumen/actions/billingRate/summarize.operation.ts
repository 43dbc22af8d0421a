/** Billing Rate: Summarize. */
import { summaryColumns } from '../../../shared/columns';
import { listOptions, listOptionsField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import type { Operation } from '../../../shared/operations';
import { groupByField, pickedGroup, summarizeRates } from '../../../shared/summary';
import type { LumenAccess } from '../../access';
import { accountsField, rateFiltersField } from '../../fields';
import { rateQuery } from '../../rates';

export const summarizeBillingRates: Operation<LumenAccess> = {
	description: [accountsField, groupByField, rateFiltersField, listOptionsField],
	execute: async ({ context, itemIndex, api }) => {
		const { items, notices } = await summarizeRates(
			api.connector.rates(rateQuery(context, itemIndex, api), api.walk),
			pickedGroup(context, itemIndex),
			listOptions(context, itemIndex),
		);
		tellUser(context, notices);
		return items.map((row) => ({ json: summaryColumns(row) }));
	},
};
