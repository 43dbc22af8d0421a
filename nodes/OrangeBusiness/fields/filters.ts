/** Filters: attributes of Orange and the values they must have, nested ones and spans of days among them. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { invalidParameter } from '../../shared/core';
import { collection } from '../../shared/fields';
import { dateFilterField, dateWord } from './dateFilter';

const attributesFilter: INodeProperties = {
	displayName: 'Attributes',
	name: 'attributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add attribute',
	default: {},
	description: 'Any attribute at Orange and the value it must have',
	options: [
		{
			displayName: 'Attribute',
			name: 'attributes',
			values: [
				{
					displayName: 'Attribute',
					name: 'attribute',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer.name',
					description: 'Attribute at Orange; nested ones with dots',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. ACME Corp' },
			],
		},
	],
};

const issuedFilter = dateFilterField('Issued', 'issuedAt', 'When it was issued');
const periodFilter = dateFilterField('Period', 'period', 'The period that it is for');

const TYPED_FILTERS: readonly INodeProperties[] = [
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: '',
		placeholder: 'e.g. EUR',
		description: 'Code of the currency of the bill',
	},
	{
		displayName: 'Customer ID',
		name: 'customerId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9999',
	},
	{
		displayName: 'Customer Name',
		name: 'customerName',
		type: 'string',
		default: '',
		placeholder: 'e.g. ACME Corp',
		description: 'The whole name, as Orange writes it',
	},
	{
		displayName: 'Customer Segment',
		name: 'customerSegment',
		type: 'string',
		default: '',
		placeholder: 'e.g. int',
	},
	{
		displayName: 'Sending Format',
		name: 'sendingFormat',
		type: 'options',
		options: [
			{ name: 'E-Invoicing', value: 'eInvoicing' },
			{ name: 'Paper', value: 'paper' },
		],
		default: 'eInvoicing',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Credit Note', value: 'creditNote' },
			{ name: 'Invoice', value: 'invoice' },
		],
		default: 'invoice',
	},
];

const ATTRIBUTES: Readonly<Record<string, string>> = {
	currency: 'currency.id',
	customerId: 'customer.id',
	customerName: 'customer.name',
	customerSegment: 'customer.segment',
	sendingFormat: 'sendingFormat',
	type: 'type',
};

/** Of lists whose attributes no document names. */
export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [attributesFilter, issuedFilter, periodFilter],
};

export const billFiltersField: INodeProperties = {
	...filtersField,
	options: [attributesFilter, ...TYPED_FILTERS, issuedFilter, periodFilter].toSorted((left, right) =>
		left.displayName < right.displayName ? -1 : 1,
	),
};

/**
 * Attribute to value, as Orange wants them in the URL. An empty value is left in: it is refused rather than taken for "any".
 * @throws BillingError INVALID_REQUEST for an attribute named twice, or a span that is none
 */
export function attributeFilters(context: IExecuteFunctions, itemIndex: number): Readonly<Record<string, string>> {
	const { attributes, issuedAt, period, ...typed } = collection(context, itemIndex, 'filters');
	const rows = ((attributes as IDataObject | undefined)?.attributes ?? []) as IDataObject[];
	const wanted: [string, string][] = [
		...Object.entries(typed).map(([name, value]): [string, string] => [ATTRIBUTES[name] ?? name, textOf(value)]),
		...rows.map(({ attribute, value }): [string, string] => [textOf(attribute), textOf(value)]),
		...Object.entries({ issuedAt, period }).flatMap(([name, value]): [string, string][] =>
			value === undefined ? [] : [[name, dateWord(context, value as IDataObject, DATE_NAMES[name] ?? name)]],
		),
	];
	const filters = new Map(wanted);
	if (filters.size < wanted.length) {
		throw invalidParameter(
			'Filters',
			'name an attribute twice',
			"A bill has one value of it: for one of several values, find by 'Search Conditions' with the comparison 'Is One Of'.",
		);
	}
	return Object.fromEntries(filters);
}

const DATE_NAMES: Readonly<Record<string, string>> = { issuedAt: 'Issued', period: 'Period' };

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
