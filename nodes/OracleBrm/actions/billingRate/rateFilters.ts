/** The filters of billing rates, shared by Get Many and Summarize. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Page, Rate, RateQuery, RateType } from '../../../shared/core';
import { pickedDates } from '../../../shared/dates';
import { collection, dateRangeFields, listed } from '../../../shared/fields';
import { filledText } from '../../../shared/filledText';
import { chosenWords } from '../../chosenWords';
import type { OracleCall } from '../../connect';
import type { ReadOptions } from '../../listFields';
import { accountLocator, billLocator, locatedAccount, locatedBill } from '../../locators';

/** By the standard's own words, which workflows store. */
const TYPES: Readonly<Record<string, RateType>> = {
	appliedBillingCharge: 'OTHER',
	appliedBillingCredit: 'CREDIT',
	appliedPenaltyCharge: 'PENALTY',
	oneTimeCharge: 'ONE_TIME',
	recurringCharge: 'RECURRING',
	usageCharge: 'USAGE',
};

const BILLED: Readonly<Record<string, boolean>> = { billed: true, unbilled: false };

export const rateFiltersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{ ...billLocator, description: 'Billing rates of this bill only' },
		...dateRangeFields('Bill Date', 'billDate', 'The bills of these days are read first.'),
		{
			displayName: 'Billed',
			name: 'billed',
			type: 'options',
			options: [
				{ name: 'Billed', value: 'billed', description: 'Open and closed items' },
				{ name: 'Not Billed Yet', value: 'unbilled', description: 'Pending items' },
			],
			default: 'billed',
			description: 'Whether the rates are on a bill already',
		},
		accountLocator,
		{
			displayName: 'Rate IDs',
			name: 'rateIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.0.0.1+-item-usage+1',
			description: 'Separated by commas',
		},
		{
			displayName: 'Service ID',
			name: 'serviceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.0.0.1+-service-telco-gsm+375335',
			description: 'Billing rates of this service only. Oracle BRM only.',
		},
		{
			displayName: 'Types',
			name: 'types',
			type: 'multiOptions',
			options: [
				{ name: 'Credit', value: 'appliedBillingCredit' },
				{ name: 'One-Time Charge', value: 'oneTimeCharge' },
				{ name: 'Other Charge', value: 'appliedBillingCharge' },
				{ name: 'Penalty', value: 'appliedPenaltyCharge' },
				{ name: 'Recurring Charge', value: 'recurringCharge' },
				{ name: 'Usage Charge', value: 'usageCharge' },
			],
			default: [],
			description: 'Billing rates of any of these types',
		},
	],
};

/** The pages of the rates that the item's filters ask for. */
export async function readRates(
	{ context, itemIndex, api: oracle }: OracleCall,
	options: ReadOptions,
	maxRows: number | undefined,
): Promise<AsyncIterable<Page<Rate>>> {
	const signal = context.getExecutionCancelSignal();
	const { billId, serviceId, rateIds } = collection(context, itemIndex, 'filters');
	const bill = await locatedBill(billId, oracle, signal);
	const query: RateQuery = {
		...readQuery(context, itemIndex),
		bill: bill === undefined ? undefined : { scope: '', remoteId: bill },
		ids: listed(rateIds),
		maxRows,
	};
	return oracle.connector.rates(query, {
		signal,
		concurrency: options.concurrency,
		record: options.record,
		serviceId: filledText(serviceId),
	});
}

function readQuery(context: IExecuteFunctions, itemIndex: number): RateQuery {
	const filters = collection(context, itemIndex, 'filters');
	const account = locatedAccount(filters.accountId);
	const [isBilled] = chosenWords(filters.billed, BILLED, 'Billed') ?? [];
	return {
		accounts: account === undefined ? undefined : [account],
		billDate: pickedDates(context, filters, 'Bill Date', 'billDate'),
		isBilled,
		types: chosenWords(filters.types, TYPES, 'Types'),
	};
}
