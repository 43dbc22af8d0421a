/** Bill > Get Many: bills by every filter of the document, sorted where that is wanted. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { simpleBill } from '../../../shared/columns';
import type { BillOrder, BillQuery, BillState } from '../../../shared/core';
import { pickedDates } from '../../../shared/dates';
import {
	collection,
	dateRangeFields,
	limitField,
	optionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readPagesAs } from '../../../shared/lists';
import { chosenWords } from '../../chosenWords';
import { conditionsField, readConditions } from '../../conditionFields';
import type { OracleOperation } from '../../connect';
import { fieldsOption, listOptions, rawItem, readOptions, recordTypeOption } from '../../listFields';
import { accountLocator, locatedAccount } from '../../locators';

/** By the document's own words, which workflows store. */
const STATES: Readonly<Record<string, BillState>> = {
	inProgress: 'IN_PROGRESS',
	new: 'NEW',
	onHold: 'ON_HOLD',
	partiallyPaid: 'PARTIALLY_PAID',
	sent: 'SENT',
	settled: 'SETTLED',
	validated: 'VALIDATED',
};

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		...dateRangeFields('Bill Date', 'billDate', 'The day counts as the bill states it.'),
		accountLocator,
		{
			displayName: 'States',
			name: 'states',
			type: 'multiOptions',
			options: [
				{ name: 'In Progress', value: 'inProgress', description: 'Not finished yet; Oracle BRM only' },
				{ name: 'New', value: 'new' },
				{ name: 'On Hold', value: 'onHold' },
				{ name: 'Partially Paid', value: 'partiallyPaid' },
				{ name: 'Sent', value: 'sent', description: 'Not known to Oracle BRM' },
				{ name: 'Settled', value: 'settled' },
				{ name: 'Validated', value: 'validated', description: 'Not known to Oracle BRM' },
			],
			default: [],
			description: 'Bills in any of these states',
		},
	],
};

const sortField: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	placeholder: 'Add sort rule',
	default: {},
	description:
		'The provider does not sort. Newest bill date first reads as few bills as it can; for any other order all bills that meet the filters are read first.',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					options: [
						{ name: 'Amount Due', value: 'AMOUNT_DUE' },
						{ name: 'Bill Date', value: 'BILL_DATE' },
						{ name: 'Bill Number', value: 'NUMBER' },
						{ name: 'Due Date', value: 'DUE_DATE' },
						{ name: 'Last Update', value: 'LAST_UPDATE' },
						{ name: 'Total', value: 'TOTAL' },
					],
					default: 'BILL_DATE',
				},
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Ascending', value: 'ASC' },
						{ name: 'Descending', value: 'DESC' },
					],
					default: 'DESC',
				},
			],
		},
	],
};

export const getAll: OracleOperation = {
	description: [
		returnAllField,
		limitField,
		simplifyField,
		filtersField,
		conditionsField,
		optionsField(...listOptions, fieldsOption, recordTypeOption('CustomerBill')),
		sortField,
	],
	async execute({ context, itemIndex, api: { connector } }) {
		const isSimple = context.getNodeParameter('simplify', itemIndex) === true;
		const options = readOptions(collection(context, itemIndex, 'options'), isSimple);
		const pages = connector.bills(readQuery(context, itemIndex), {
			signal: context.getExecutionCancelSignal(),
			concurrency: options.concurrency,
			conditions: readConditions(context, collection(context, itemIndex, 'conditions')),
			record: options.record,
		});
		const { items, notices } = await readPagesAs(pages, options, (bill) =>
			isSimple ? { json: simpleBill(bill) } : rawItem(bill.raw, options.record),
		);
		tellUser(context, notices);
		return items;
	},
};

function readQuery(context: IExecuteFunctions, itemIndex: number): BillQuery {
	const filters = collection(context, itemIndex, 'filters');
	const account = locatedAccount(filters.accountId);
	return {
		accounts: account === undefined ? undefined : [account],
		billDate: pickedDates(context, filters, 'Bill Date', 'billDate'),
		states: chosenWords(filters.states, STATES, 'States'),
		order: readOrder(collection(context, itemIndex, 'sort')),
		maxRows: wantedRows(context, itemIndex),
	};
}

function readOrder({ rule }: IDataObject): BillOrder | undefined {
	return rule === undefined ? undefined : (rule as unknown as BillOrder);
}
