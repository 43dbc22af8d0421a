/** Billing Rate: Get Many, of one bill or of all bills of some days. */
import type { IDataObject } from 'n8n-workflow';

import { rateColumns, simpleRateOfAny } from '../../../shared/columns';
import {
	acceptIncompleteOption,
	collection,
	limitField,
	optionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { type TelecomBillOperation, askEach, providerFailsOption } from '../../api';
import { rateFiltersField, ratePages, rateSelectionFields, selectRates } from '../../rateSelection';

export const getAll: TelecomBillOperation = {
	description: [
		...rateSelectionFields,
		returnAllField,
		limitField,
		simplifyField,
		rateFiltersField,
		optionsField(acceptIncompleteOption, providerFailsOption),
	],

	async execute(call) {
		const { context, itemIndex } = call;
		const limit = wantedRows(context, itemIndex);
		const options = collection(context, itemIndex, 'options');
		const toColumns = context.getNodeParameter('simplify', itemIndex) === true ? simpleRateOfAny : rateColumns;
		const selections = await selectRates(call);
		const { answers, reports } = await askEach(options, selections, async (selection) => {
			const rows: IDataObject[] = [];
			const wanted = { ...selection, query: { ...selection.query, maxRows: limit } };
			for await (const rates of ratePages(call, wanted, { acceptIncomplete: options.acceptIncomplete === true })) {
				for (const rate of rates) rows.push(toColumns(rate));
			}
			return rows;
		});
		const rows = answers.flatMap(({ value }) => value).slice(0, limit);
		return [...rows.map((json) => ({ json })), ...reports];
	},
};
