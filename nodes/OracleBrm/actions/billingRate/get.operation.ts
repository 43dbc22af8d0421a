/** Billing Rate > Get: one applied billing rate. */
import { simpleRate } from '../../../shared/columns';
import { recordParameters } from '../../../shared/core';
import { collection, optionsField, simplifyField } from '../../../shared/fields';
import { filledText } from '../../../shared/filledText';
import type { OracleOperation } from '../../connect';
import { fieldsOption, rawItem, readOptions, recordTypeOption } from '../../listFields';
import { required } from '../../locators';

export const get: OracleOperation = {
	description: [
		{
			displayName: 'Rate ID',
			name: 'rateId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 0.0.0.1+-item-usage+1',
			description: 'ID of the billing rate; Oracle BRM from 15.2 takes the item number as well',
		},
		simplifyField,
		optionsField(fieldsOption, recordTypeOption('AppliedCustomerBillingRate')),
	],
	async execute({ context, itemIndex, api: { api, connector } }) {
		const signal = context.getExecutionCancelSignal();
		const isSimple = context.getNodeParameter('simplify', itemIndex) === true;
		const { record } = readOptions(collection(context, itemIndex, 'options'), isSimple);
		const id = required(filledText(context.getNodeParameter('rateId', itemIndex)), 'Rate ID');
		if (isSimple) return [{ json: simpleRate(await connector.rate(id, { signal })) }];
		return [rawItem(await api.appliedCustomerBillingRate(id, recordParameters(record), { signal }), record)];
	},
};
