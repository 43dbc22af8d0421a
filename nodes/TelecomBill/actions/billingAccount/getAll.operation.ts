/** Billing Account: Get Many, of all chosen providers. */
import { accountColumns } from '../../../shared/columns';
import {
	acceptIncompleteOption,
	collection,
	limitField,
	optionsField,
	returnAllField,
	wantedRows,
} from '../../../shared/fields';
import { readPages } from '../../../shared/lists';
import { type TelecomBillOperation, askEach, providerFailsOption, walkOptions } from '../../api';

export const getAll: TelecomBillOperation = {
	description: [returnAllField, limitField, optionsField(acceptIncompleteOption, providerFailsOption)],

	async execute(call) {
		const { context, itemIndex, api } = call;
		const limit = wantedRows(context, itemIndex);
		const options = collection(context, itemIndex, 'options');
		const asked = api.sources.map((source) => ({ source }));
		const { answers, reports } = await askEach(options, asked, ({ source }) =>
			readPages(source.connector.accounts({ maxRows: limit }, walkOptions(context)), {
				acceptIncomplete: options.acceptIncomplete === true,
			}),
		);
		for (const { value } of answers) for (const notice of value.notices) api.notices.add(notice);
		const accounts = answers.flatMap(({ value }) => value.items).slice(0, limit);
		return [...accounts.map((account) => ({ json: accountColumns(account) })), ...reports];
	},
};
