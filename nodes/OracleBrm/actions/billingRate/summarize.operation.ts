/** Billing Rate > Summarize: sums of billing rates by product, account, type or month; the rates themselves are not kept. */
import { summaryColumns } from '../../../shared/columns';
import { collection, optionsField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { groupByField, pickedGroup, summarizeRates } from '../../../shared/summary';
import type { OracleOperation } from '../../connect';
import { listOptions, noRatesByAccountOption, readOptions } from '../../listFields';
import { rateFiltersField, readRates } from './rateFilters';

export const summarize: OracleOperation = {
	description: [groupByField, rateFiltersField, optionsField(...listOptions, noRatesByAccountOption)],
	async execute(call) {
		const { context, itemIndex } = call;
		const options = readOptions(collection(context, itemIndex, 'options'), true);
		const groupBy = pickedGroup(context, itemIndex);
		const pages = await readRates(call, options, undefined);
		const { items, notices } = await summarizeRates(pages, groupBy, options);
		tellUser(context, notices);
		return items.map((row) => ({ json: summaryColumns(row) }));
	},
};
