/** On-Demand Bill > Get Many: requests for bills, of an account or all of them. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { type Condition, meeting, planConditions, recordParameters } from '../../../shared/core';
import {
	collection,
	limitField,
	optionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { filledText } from '../../../shared/filledText';
import { tellUser } from '../../../shared/hints';
import { readRows } from '../../../shared/lists';
import type { OracleOperation } from '../../connect';
import { rawItem, readOptions, recordTypeOption, silentListOptions } from '../../listFields';
import { accountLocator, locatedAccount } from '../../locators';
import { onDemandColumns } from '../../onDemandColumns';

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		accountLocator,
		{
			displayName: 'On-Demand Bill ID',
			name: 'onDemandBillId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.0.0.1+-bill-on_demand+1',
			description: 'Only the request with this ID',
		},
	],
};

export const getAll: OracleOperation = {
	description: [
		returnAllField,
		limitField,
		simplifyField,
		filtersField,
		optionsField(...silentListOptions, recordTypeOption('CustomerBillOnDemand')),
	],
	async execute({ context, itemIndex, api: { api } }) {
		const isSimple = context.getNodeParameter('simplify', itemIndex) === true;
		const options = readOptions(collection(context, itemIndex, 'options'), isSimple);
		const wanted = wantedRows(context, itemIndex);
		const { dialect } = api;
		const table = dialect.parameters.billsOnDemand;
		const { sent, checked } = planConditions(conditionsOf(context, itemIndex), {}, table, dialect);
		const walk = api.walkCustomerBillsOnDemand(
			{ ...sent, ...recordParameters(options.record) },
			{ signal: context.getExecutionCancelSignal(), maxRows: checked.length === 0 ? wanted : undefined },
		);
		const { items, notices } = await readRows(meeting(walk, checked, table), options);
		tellUser(context, notices);
		return items.slice(0, wanted).map((record) => (isSimple ? { json: onDemandColumns(record) } : rawItem(record, {})));
	},
};

function conditionsOf(context: IExecuteFunctions, itemIndex: number): readonly Condition[] {
	const { accountId, onDemandBillId } = collection(context, itemIndex, 'filters');
	const wanted = { 'billingAccount.id': locatedAccount(accountId), id: filledText(onDemandBillId) };
	return Object.entries(wanted).flatMap(([member, value]) =>
		value === undefined ? [] : [{ member, comparison: 'eq', value }],
	);
}
