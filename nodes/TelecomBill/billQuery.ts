/** The filters of bills: the form, and the query that it makes. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	type BillConnector,
	type BillFilterName,
	type BillQuery,
	type BillState,
	type BillType,
	type Decimal,
	type Range,
	filtersSet,
	invalidParameter,
	toDecimal,
} from '../shared/core';
import { pickedDates, pickedDaysAsInstants } from '../shared/dates';
import { collection, dateRangeFields, listed } from '../shared/fields';
import type { Source } from './providers';

const STATE_OPTIONS = [
	{ name: 'In Progress', value: 'IN_PROGRESS' },
	{ name: 'New', value: 'NEW' },
	{ name: 'On Hold', value: 'ON_HOLD' },
	{ name: 'Partially Paid', value: 'PARTIALLY_PAID' },
	{ name: 'Sent', value: 'SENT' },
	{ name: 'Settled', value: 'SETTLED' },
	{ name: 'Validated', value: 'VALIDATED' },
	{ name: 'Voided', value: 'VOIDED' },
] satisfies { name: string; value: BillState }[];

const TYPE_OPTIONS = [
	{ name: 'Credit Note', value: 'CREDIT_NOTE' },
	{ name: 'Debit Note', value: 'DEBIT_NOTE' },
	{ name: 'Invoice', value: 'INVOICE' },
	{ name: 'Other', value: 'OTHER' },
] satisfies { name: string; value: BillType }[];

export const billFiltersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'All conditions hold together. A provider that does not give a field has no bills that match it.',
	options: [
		{
			displayName: 'Accounts',
			name: 'accounts',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5-ABCD5678, 20100',
			description: 'IDs or numbers of billing accounts, separated by commas',
		},
		...dateRangeFields('Bill Date', 'billDate'),
		{
			displayName: 'Bill Numbers',
			name: 'numbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. B1-28, 1134',
			description: 'Numbers as printed on the bills, separated by commas',
		},
		...dateRangeFields('Due Date', 'dueDate'),
		...dateRangeFields('Last Update', 'lastUpdate', 'Lumen API v2 and floLIVE do not give it.'),
		{
			displayName: 'States',
			name: 'states',
			type: 'multiOptions',
			options: STATE_OPTIONS,
			default: [],
			description: 'FloLIVE and Lumen API v2 do not give states',
		},
		{
			displayName: 'Total From',
			name: 'totalFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1000.00',
			description: 'Smallest total, tax included, in major units of whatever currency; credit notes are negative',
		},
		{
			displayName: 'Total To',
			name: 'totalTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5000.00',
			description: 'Largest total, tax included, in major units of whatever currency; credit notes are negative',
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

/** @throws BillingError INVALID_REQUEST for what cannot be meant */
export function billQuery(context: IExecuteFunctions, itemIndex: number): BillQuery {
	const filters = collection(context, itemIndex, 'filters');
	return {
		accounts: listed(filters.accounts),
		numbers: listed(filters.numbers),
		states: listed(filters.states) as readonly BillState[] | undefined,
		types: listed(filters.types) as readonly BillType[] | undefined,
		billDate: pickedDates(context, filters, 'Bill Date', 'billDate'),
		dueDate: pickedDates(context, filters, 'Due Date', 'dueDate'),
		lastUpdate: pickedDaysAsInstants(context, filters, 'Last Update', 'lastUpdate'),
		total: totals(filters),
	};
}

function totals(filters: IDataObject): Range<Decimal> | undefined {
	const from = amount(filters, 'totalFrom', 'Total From');
	const to = amount(filters, 'totalTo', 'Total To');
	return from === undefined && to === undefined ? undefined : { from, to };
}

function amount(filters: IDataObject, name: string, label: string): Decimal | undefined {
	const value = filters[name] as string | number | undefined;
	if (value === undefined || value === '') return undefined;
	const decimal = toDecimal(value);
	if (decimal === null) throw invalidParameter(label, `is "${value}"`, 'Write an amount with a point: 1234.56');
	return decimal;
}

/** What a provider is asked for, or why it has nothing that could match. */
export type FittedQuery = { readonly query: BillQuery } | { readonly nothing: string };

/**
 * Fits a query that several providers share to one of them. A field that the provider never gives matches nothing there;
 * of the accounts, those of other providers are left out.
 */
export async function fitted(query: BillQuery, { title, connector }: Source): Promise<FittedQuery> {
	const { billFilters, accounts: accountSource } = connector.capabilities;
	const refused = filtersSet(query).find((name: BillFilterName) => billFilters[name] === 'REFUSED');
	if (refused !== undefined) {
		return { nothing: `${title} does not give the field "${refused}", so none of its bills can match.` };
	}
	if (query.accounts === undefined || accountSource !== 'FROM_CONFIGURATION') return { query };
	const configured = new Set(await accountsOf(connector));
	const accounts = query.accounts.filter((account) => configured.has(account));
	if (accounts.length > 0) return { query: { ...query, accounts } };
	return { nothing: `None of the accounts asked for is among those of the ${title} credential.` };
}

/** IDs of all accounts. */
export async function accountsOf(connector: BillConnector): Promise<readonly string[]> {
	const ids: string[] = [];
	for await (const { items } of connector.accounts({})) ids.push(...items.map(({ identity }) => identity.remoteId));
	return ids;
}
