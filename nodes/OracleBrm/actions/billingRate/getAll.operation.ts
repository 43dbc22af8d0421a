/** Billing Rate > Get Many: applied billing rates of a bill, an account, a service, or of the bills of some days. */
import { simpleRate } from '../../../shared/columns';
import {
	collection,
	limitField,
	optionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readPagesAs } from '../../../shared/lists';
import type { OracleOperation } from '../../connect';
import {
	fieldsOption,
	listOptions,
	noRatesByAccountOption,
	rawItem,
	readOptions,
	recordTypeOption,
} from '../../listFields';
import { rateFiltersField, readRates } from './rateFilters';

export const getAll: OracleOperation = {
	description: [
		returnAllField,
		limitField,
		simplifyField,
		rateFiltersField,
		optionsField(...listOptions, noRatesByAccountOption, fieldsOption, recordTypeOption('AppliedCustomerBillingRate')),
	],
	async execute(call) {
		const { context, itemIndex } = call;
		const isSimple = context.getNodeParameter('simplify', itemIndex) === true;
		const options = readOptions(collection(context, itemIndex, 'options'), isSimple);
		const pages = await readRates(call, options, wantedRows(context, itemIndex));
		const { items, notices } = await readPagesAs(pages, options, (rate) =>
			isSimple ? { json: simpleRate(rate) } : rawItem(rate.raw, options.record),
		);
		tellUser(context, notices);
		return items;
	},
};
