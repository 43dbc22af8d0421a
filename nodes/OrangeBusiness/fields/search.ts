/** Orange's search language: a form for conditions that all or any must hold, and JSON for everything else. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	type ComparisonOperator,
	type OrangeSearchQuery,
	type SearchScalar,
	and,
	checkedSearchQuery,
	compare,
	invalidParameter,
	oneOf,
	or,
} from '../../shared/core';
import { collection, listed } from '../../shared/fields';

export const findByField: INodeProperties = {
	displayName: 'Find By',
	name: 'findBy',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Filters', value: 'filters', description: 'Attributes that must have one value each' },
		{
			name: 'Search Conditions',
			value: 'conditions',
			description: "Conditions in Orange's search language: greater, less, one of several, not",
		},
		{
			name: 'Search JSON',
			value: 'json',
			description: "Orange's search language as JSON, for conditions within conditions",
		},
	],
	default: 'filters',
};

const combineField: INodeProperties = {
	displayName: 'Combine',
	name: 'combine',
	type: 'options',
	options: [
		{ name: 'All Conditions', value: 'all', description: 'Bills for which every condition holds' },
		{ name: 'Any Condition', value: 'any', description: 'Bills for which at least one condition holds' },
	],
	default: 'all',
	displayOptions: { show: { findBy: ['conditions'] } },
};

const conditionsField: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add condition',
	default: {},
	displayOptions: { show: { findBy: ['conditions'] } },
	options: [
		{
			displayName: 'Condition',
			name: 'conditions',
			values: [
				{
					displayName: 'Attribute',
					name: 'attribute',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer.name',
					description: 'Attribute at Orange; nested ones with dots',
				},
				{
					displayName: 'Comparison',
					name: 'comparison',
					type: 'options',
					options: [
						{ name: 'Does Not Equal', value: '$neq' },
						{ name: 'Equals', value: '$eq' },
						{ name: 'Greater Than', value: '$gt' },
						{ name: 'Greater Than or Equal', value: '$gte' },
						{ name: 'Is None Of', value: '$nin' },
						{ name: 'Is One Of', value: '$in' },
						{ name: 'Less Than', value: '$lt' },
						{ name: 'Less Than or Equal', value: '$lte' },
						{ name: 'Not', value: '$not' },
					],
					default: '$eq',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. ACME Corp',
					description: "For 'Is One Of' and 'Is None Of' several values, separated by commas",
				},
				{
					displayName: 'Value Type',
					name: 'valueType',
					type: 'options',
					options: [
						{ name: 'Number', value: 'number' },
						{ name: 'Text or Date', value: 'text' },
						{ name: 'True or False', value: 'boolean' },
					],
					default: 'text',
				},
			],
		},
	],
};

const searchJsonField: INodeProperties = {
	displayName: 'Search JSON',
	name: 'searchJson',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '{\n  "$or": [\n    { "type": "creditNote" },\n    { "issuedAt": { "$gte": "2026-01-01" } }\n  ]\n}',
	displayOptions: { show: { findBy: ['json'] } },
	description:
		'One condition an object: { "field": value }, { "field": { "$gte": value } }, { "$and": [ ... ] } or { "$or": [ ... ] }',
};

export const searchFields: readonly INodeProperties[] = [combineField, conditionsField, searchJsonField];

/** @throws BillingError INVALID_REQUEST naming the fault */
export function searchQuery(
	context: IExecuteFunctions,
	itemIndex: number,
	findBy: 'conditions' | 'json',
): OrangeSearchQuery {
	if (findBy === 'json') return queryInJson(context.getNodeParameter('searchJson', itemIndex));
	const rows = (collection(context, itemIndex, 'conditions').conditions ?? []) as IDataObject[];
	if (rows.length === 0) throw invalidParameter('Conditions', 'are empty', 'Add a condition, or find by filters.');
	const combine = context.getNodeParameter('combine', itemIndex) === 'any' ? or : and;
	return combine(...rows.map(condition));
}

/** An expression may give an object. */
function queryInJson(value: unknown): OrangeSearchQuery {
	if (typeof value !== 'string') return checkedSearchQuery(value);
	let query: unknown;
	try {
		query = JSON.parse(value);
	} catch {
		throw invalidParameter('Search JSON', 'is not valid JSON', 'Names and text stand in double quotes.');
	}
	return checkedSearchQuery(query);
}

function condition({ attribute, comparison, value, valueType }: IDataObject): OrangeSearchQuery {
	const field = typeof attribute === 'string' ? attribute.trim() : '';
	if (comparison !== '$in' && comparison !== '$nin') {
		return compare(field, comparison as ComparisonOperator, scalar(value, valueType, field));
	}
	const values = listed(value) ?? [];
	return oneOf(
		field,
		comparison,
		values.map((entry) => scalar(entry, valueType, field)),
	);
}

function scalar(value: unknown, valueType: unknown, field: string): SearchScalar {
	const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
	switch (valueType) {
		case 'number':
			if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
			throw invalidParameter('Conditions', `compare ${field} with "${text}", which is not a number`);
		case 'boolean':
			if (text === 'true' || text === 'false') return text === 'true';
			throw invalidParameter('Conditions', `compare ${field} with "${text}"`, 'Write true or false.');
		default:
			if (text !== '') return text;
			throw invalidParameter('Conditions', `compare ${field} with nothing`, 'Give a value.');
	}
}
