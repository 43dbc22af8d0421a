/** On-Demand Bill > Get: what became of a request for a bill. */
import { recordParameters } from '../../../shared/core';
import { collection, optionsField, simplifyField } from '../../../shared/fields';
import { filledText } from '../../../shared/filledText';
import type { OracleOperation } from '../../connect';
import { rawItem, readOptions, recordTypeOption } from '../../listFields';
import { required } from '../../locators';
import { onDemandColumns } from '../../onDemandColumns';

export const get: OracleOperation = {
	description: [
		{
			displayName: 'On-Demand Bill ID',
			name: 'onDemandBillId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 0.0.0.1+-bill-on_demand+1',
			description: 'ID of the request, as Create gave it',
		},
		simplifyField,
		optionsField(recordTypeOption('CustomerBillOnDemand')),
	],
	async execute({ context, itemIndex, api: { api } }) {
		const isSimple = context.getNodeParameter('simplify', itemIndex) === true;
		const { record } = readOptions(collection(context, itemIndex, 'options'), isSimple);
		const id = required(filledText(context.getNodeParameter('onDemandBillId', itemIndex)), 'On-Demand Bill ID');
		const signal = context.getExecutionCancelSignal();
		const found = await api.customerBillOnDemand(id, recordParameters(record), { signal });
		return [isSimple ? { json: onDemandColumns(found) } : rawItem(found, {})];
	},
};
