/** Which rates are meant: those of one bill, or of all bills of some days. */
import type { INodeProperties } from 'n8n-workflow';

import { type Rate, type RateQuery, type RateType, invalidParameter } from '../shared/core';
import { pickedDates } from '../shared/dates';
import { collection, dateRangeFields, listed } from '../shared/fields';
import { type ListOptions, shortfall } from '../shared/lists';
import { type TelecomBillCall, walkOptions } from './api';
import { billField, findBill } from './billLocator';
import { fitted } from './billQuery';
import type { Source } from './providers';

const TYPE_OPTIONS = [
	{ name: 'Credit', value: 'CREDIT' },
	{ name: 'One-Time', value: 'ONE_TIME' },
	{ name: 'Other', value: 'OTHER' },
	{ name: 'Penalty', value: 'PENALTY' },
	{ name: 'Recurring', value: 'RECURRING' },
	{ name: 'Usage', value: 'USAGE' },
] satisfies { name: string; value: RateType }[];

const dates = dateRangeFields('Bill Date', 'billDate').map((field): INodeProperties => ({
	...field,
	required: true,
	displayOptions: { show: { ratesOf: ['days'] } },
}));

export const rateSelectionFields: readonly INodeProperties[] = [
	{
		displayName: 'Rates Of',
		name: 'ratesOf',
		type: 'options',
		options: [
			{ name: 'Bills of Some Days', value: 'days', description: 'Of every bill dated in a range of days' },
			{ name: 'One Bill', value: 'bill' },
		],
		default: 'bill',
		description: 'Which rates to read',
	},
	{ ...billField, displayOptions: { show: { ratesOf: ['bill'] } } },
	...dates,
];

export const rateFiltersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Accounts',
			name: 'accounts',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5-ABCD5678',
			description: "IDs of billing accounts, separated by commas; only for 'Bills of Some Days'",
		},
		{
			displayName: 'Types',
			name: 'types',
			type: 'multiOptions',
			options: TYPE_OPTIONS,
			default: [],
		},
	],
};

/** One provider and what to ask it for. */
export interface RateSelection {
	readonly source: Source;
	readonly query: RateQuery;
}

/** Whom to ask for what. @throws BillingError INVALID_REQUEST for days that are not given; see `findBill` for one bill */
export async function selectRates(call: TelecomBillCall): Promise<readonly RateSelection[]> {
	const { context, itemIndex, api } = call;
	const filters = collection(context, itemIndex, 'filters');
	const types = listed(filters.types) as readonly RateType[] | undefined;
	if (context.getNodeParameter('ratesOf', itemIndex) === 'bill') {
		const { bill, source } = await findBill(call);
		const { scope, remoteId } = bill.identity;
		return [{ source, query: { bill: { scope, remoteId }, types } }];
	}
	const billDateFrom = context.getNodeParameter('billDateFrom', itemIndex);
	const billDateTo = context.getNodeParameter('billDateTo', itemIndex);
	const billDate = pickedDates(context, { billDateFrom, billDateTo }, 'Bill Date', 'billDate');
	if (billDate === undefined) throw invalidParameter('Bill Date From', 'is empty', 'Give the days of the bills.');
	const selections: RateSelection[] = [];
	for (const source of api.sources) {
		if (source.connector.capabilities.rateFilters === null) {
			api.notices.add(`${source.title} publishes no rates, only bills.`);
			continue;
		}
		const fit = await fitted({ accounts: listed(filters.accounts) }, source);
		if ('nothing' in fit) api.notices.add(fit.nothing);
		else selections.push({ source, query: { billDate, types, accounts: fit.query.accounts } });
	}
	return selections;
}

/** The pages of a selection's rates; a list that is not whole ends with an error, unless that is accepted. */
export async function* ratePages(
	{ context, api }: TelecomBillCall,
	{ source, query }: RateSelection,
	options: ListOptions,
): AsyncGenerator<readonly Rate[], void, undefined> {
	for await (const page of source.connector.rates(query, walkOptions(context))) {
		for (const notice of [...page.notices, ...shortfall(page.end, options)]) api.notices.add(notice);
		yield page.items;
	}
}
