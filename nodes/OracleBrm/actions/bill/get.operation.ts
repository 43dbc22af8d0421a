/** Bill > Get: one bill, by its ID or its bill number. */
import { simpleBill } from '../../../shared/columns';
import { recordParameters } from '../../../shared/core';
import { collection, optionsField, simplifyField } from '../../../shared/fields';
import type { OracleOperation } from '../../connect';
import { fieldsOption, rawItem, readOptions, recordTypeOption } from '../../listFields';
import { billLocator, locatedBill, required } from '../../locators';

export const get: OracleOperation = {
	description: [
		{ ...billLocator, required: true },
		simplifyField,
		optionsField(fieldsOption, recordTypeOption('CustomerBill')),
	],
	async execute({ context, itemIndex, api: oracle }) {
		const signal = context.getExecutionCancelSignal();
		const isSimple = context.getNodeParameter('simplify', itemIndex) === true;
		const { record } = readOptions(collection(context, itemIndex, 'options'), isSimple);
		const chosen = context.getNodeParameter(billLocator.name, itemIndex);
		const id = required(await locatedBill(chosen, oracle, signal), billLocator.displayName);
		if (isSimple) return [{ json: simpleBill(await oracle.connector.bill(id, { signal })) }];
		return [rawItem(await oracle.api.customerBill(id, recordParameters(record), { signal }), record)];
	},
};
