/** Parameters that several Lumen operations share. */
import type { INodeProperties } from 'n8n-workflow';

import { dateRangeFields } from '../shared/fields';
import { locatorField } from '../shared/locators';

const account = {
	displayName: 'Billing Account',
	name: 'account',
	searchListMethod: 'searchAccounts',
	placeholder: 'e.g. 5-ABCD5678',
};

export const accountField: INodeProperties = locatorField({
	...account,
	required: true,
	description: 'Billing account number that the bill belongs to. The list holds the accounts of the credential.',
});

export const accountsField: INodeProperties = locatorField({
	...account,
	required: false,
	description:
		'Leave empty for all billing accounts of the credential. By ID, several numbers can be given, separated by commas.',
});

export const billField: INodeProperties = locatorField({
	displayName: 'Bill',
	name: 'bill',
	searchListMethod: 'searchBills',
	placeholder: 'e.g. 512000007',
	required: true,
	description: 'The bill, by its invoice number. The list holds the bills of the chosen billing account.',
});

const KEEPS_BILLS = 'Lumen keeps bills from about 2020-01-30; its sandbox holds June to November 2021 only.';
const KEEPS_RATES = 'Lumen keeps billing rates from about 2021-01-30; its sandbox holds June to November 2021 only.';

export const billFiltersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: dateRangeFields('Bill Date', 'billDate', KEEPS_BILLS),
};

export const rateFiltersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		...dateRangeFields('Bill Date', 'billDate', KEEPS_RATES),
		{
			displayName: 'Bill ID',
			name: 'bill',
			type: 'string',
			default: '',
			placeholder: 'e.g. 512000007',
			description: "Invoice number of the one bill whose charges are wanted; 'Billing Account' must then be given too",
		},
	],
};
