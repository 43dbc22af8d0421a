/** Billing Rate: Summarize, page by page; currencies and providers are never added together. */
import type { IDataObject } from 'n8n-workflow';

import { summaryColumns } from '../../../shared/columns';
import { RateSummary } from '../../../shared/core';
import { acceptIncompleteOption, collection, optionsField } from '../../../shared/fields';
import { groupByField, pickedGroup } from '../../../shared/summary';
import { type TelecomBillOperation, askEach, providerFailsOption } from '../../api';
import { rateFiltersField, ratePages, rateSelectionFields, selectRates } from '../../rateSelection';

export const summarize: TelecomBillOperation = {
	description: [
		...rateSelectionFields,
		{ ...groupByField, description: 'What to add up the rates by, for each provider and currency' },
		rateFiltersField,
		optionsField(acceptIncompleteOption, providerFailsOption),
	],

	async execute(call) {
		const { context, itemIndex } = call;
		const groupBy = pickedGroup(context, itemIndex);
		const options = collection(context, itemIndex, 'options');
		const selections = await selectRates(call);
		const { answers, reports } = await askEach(options, selections, async (selection) => {
			const summary = new RateSummary(groupBy);
			for await (const rates of ratePages(call, selection, { acceptIncomplete: options.acceptIncomplete === true })) {
				summary.add(rates);
			}
			const { provider } = selection.source.connector;
			return summary.finish().map((row): IDataObject => ({ provider, groupBy, ...summaryColumns(row) }));
		});
		return [...answers.flatMap(({ value }) => value.map((json) => ({ json }))), ...reports];
	},
};
