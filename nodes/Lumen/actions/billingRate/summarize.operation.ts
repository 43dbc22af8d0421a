/** Billing Rate: Summarize. */
import { summaryColumns } from '../../../shared/columns';
import type { SummaryGroup } from '../../../shared/core';
import { listOptions, listOptionsField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import type { Operation } from '../../../shared/operations';
import { groupByField, summarizeRates } from '../../../shared/summary';
import type { LumenAccess } from '../../access';
import { accountsField, rateFiltersField } from '../../fields';
import { rateQuery } from '../../rates';

export const summarizeBillingRates: Operation<LumenAccess> = {
	description: [accountsField, groupByField, rateFiltersField, listOptionsField],
	execute: async ({ context, itemIndex, api }) => {
		const { items, notices } = await summarizeRates(
			api.connector.rates(rateQuery(context, itemIndex, api), api.walk),
			context.getNodeParameter('groupBy', itemIndex) as SummaryGroup,
			listOptions(context, itemIndex),
		);
		tellUser(context, notices);
		return items.map((row) => ({ json: summaryColumns(row) }));
	},
};
