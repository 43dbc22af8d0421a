/** Filter conditions in rows: a field, a comparison that the document has for it, and a value. */
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import {
	type ComparableMember,
	type Comparison,
	type Condition,
	ORACLE_BILL_PARAMETERS,
	comparableMembers,
	invalidParameter,
	toDecimal,
} from '../shared/core';
import { type ZonedContext, pickedInstant } from '../shared/dates';
import { filledText } from '../shared/filledText';

/** The members that bills are filtered by and that have no field of their own under Filters. */
const NAMES: Readonly<Record<string, string>> = {
	'amountDue.value': 'Amount Due',
	billDate: 'Bill Date',
	id: 'Bill ID',
	billNo: 'Bill Number',
	'billingCycleSpecification.id': 'Billing Cycle ID (Oracle Extended)',
	'billingPeriod.endDateTime': 'Billing Period End',
	'billingPeriod.startDateTime': 'Billing Period Start',
	lastUpdate: 'Last Update',
	paymentDueDate: 'Payment Due Date',
	'remainingAmount.value': 'Remaining Amount',
};

const MEMBERS = comparableMembers(ORACLE_BILL_PARAMETERS).filter(({ member }) => NAMES[member] !== undefined);

type WordedKind = 'DATE_TIME' | 'DECIMAL' | 'OTHER';

const WORDS: Readonly<Record<WordedKind, Readonly<Record<Comparison, string>>>> = {
	DATE_TIME: {
		eq: 'At Exactly',
		gt: 'After',
		gte: 'At or After',
		lt: 'Before',
		lte: 'At or Before',
		like: 'Matches Pattern',
	},
	DECIMAL: {
		eq: 'Equals',
		gt: 'Greater Than',
		gte: 'Greater Than or Equal',
		lt: 'Less Than',
		lte: 'Less Than or Equal',
		like: 'Matches Pattern',
	},
	OTHER: {
		eq: 'Equals',
		gt: 'After',
		gte: 'Equal or After',
		lt: 'Before',
		lte: 'Equal or Before',
		like: 'Matches Pattern',
	},
};

function kindOf({ kind }: ComparableMember): WordedKind {
	return kind === 'DATE_TIME' || kind === 'DECIMAL' ? kind : 'OTHER';
}

export const conditionsField: INodeProperties = {
	displayName: 'Filter Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add condition',
	default: {},
	description: "Every filter of the provider's API; all conditions must hold, together with those under 'Filters'",
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					options: MEMBERS.map(({ member }) => ({ name: NAMES[member] ?? member, value: member })).sort((left, right) =>
						left.name.localeCompare(right.name),
					),
					default: 'billDate',
				},
				...comparisonFields(),
				...valueFields(),
			],
		},
	],
};

/** One choice of comparisons for each set of fields that have the same. */
function comparisonFields(): INodeProperties[] {
	const sets = new Map<string, { readonly options: INodePropertyOptions[]; fields: string[] }>();
	for (const member of MEMBERS) {
		const words = WORDS[kindOf(member)];
		const options = member.comparisons.map((value) => ({ name: words[value], value }));
		const key = JSON.stringify(options);
		const set = sets.get(key) ?? { options, fields: [] as string[] };
		set.fields.push(member.member);
		sets.set(key, set);
	}
	return [...sets.values()].map(({ options, fields }) => ({
		displayName: 'Comparison',
		name: 'comparison',
		type: 'options',
		displayOptions: { show: { field: fields } },
		options,
		default: 'eq',
	}));
}

function valueFields(): INodeProperties[] {
	const fieldsOf = (wanted: WordedKind): string[] =>
		MEMBERS.filter((member) => kindOf(member) === wanted).map(({ member }) => member);
	const text: INodeProperties = { displayName: 'Value', name: 'value', type: 'string', default: '' };
	return [
		{
			...text,
			type: 'dateTime',
			displayOptions: { show: { field: fieldsOf('DATE_TIME') } },
			description: "A date and time; without an offset it is read in the workflow's time zone",
		},
		{
			...text,
			displayOptions: { show: { field: fieldsOf('DECIMAL') } },
			placeholder: 'e.g. 1234.56',
			description: 'An amount as the provider reports it. In a pattern, % stands for any characters.',
		},
		{
			...text,
			displayOptions: { show: { field: fieldsOf('OTHER') } },
			placeholder: 'e.g. B1-%',
			description: 'In a pattern, % stands for any characters; capitals count',
		},
	];
}

/** @throws BillingError INVALID_REQUEST for a row without a value, and for a date or an amount that is none */
export function readConditions(context: ZonedContext, { condition = [] }: IDataObject): readonly Condition[] {
	return (condition as IDataObject[]).map(({ field, comparison: chosen, value }) => {
		const member = filledText(field) ?? '';
		const comparison = chosen as Comparison;
		const name = NAMES[member] ?? member;
		const kind = MEMBERS.find((known) => known.member === member)?.kind;
		const text = kind === 'DATE_TIME' ? pickedInstant(context, value, name) : filledText(value);
		if (text === undefined) {
			throw invalidParameter(name, 'is compared with nothing', "Fill in its 'Value', or remove the condition.");
		}
		if (kind === 'DECIMAL' && comparison !== 'like' && toDecimal(text) === null) {
			throw invalidParameter(name, `is "${text}", which is no amount`, 'Write it with a point: 1234.56.');
		}
		return { member, comparison, value: text };
	});
}
