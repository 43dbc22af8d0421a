/** Options that the operations share: how lists are read, and how raw records come. */
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { JsonObject, RecordOptions } from '../shared/core';
import { acceptIncompleteOption, listed, pagesAtOnceOption } from '../shared/fields';
import { filledText } from '../shared/filledText';
import type { ListOptions } from '../shared/lists';

const rowsPerRequestOption: INodeProperties = {
	displayName: 'Rows per Request',
	name: 'rowsPerRequest',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 100,
	description: "How many rows to ask for at a time. It does not change the result; a server's own limit may be lower.",
};

const rawPlusOption: INodeProperties = {
	displayName: 'Send Plus Signs in IDs as They Are',
	name: 'rawPlusInIds',
	type: 'boolean',
	default: false,
	description:
		'Whether the plus signs of IDs are sent bare in filters instead of as %2B. Turn on when a filter by ID finds nothing that is there.',
};

const serverFiltersOption: INodeProperties = {
	displayName: 'Server Filters by Attribute',
	name: 'serverFilters',
	type: 'boolean',
	default: false,
	description:
		'Whether a TMF678 server other than Oracle BRM filters by attribute, as TMF630 describes. Filters are then sent, so that fewer rows are read. Either way what comes back is checked.',
};

export const noRatesByAccountOption: INodeProperties = {
	displayName: 'Oracle BRM Is Older Than 15.1',
	name: 'noRatesByAccount',
	type: 'boolean',
	default: false,
	description:
		'Whether the server cannot list billing rates by account, as before 15.1; all are then read and filtered',
};

/** For lists whose length the server announces. */
export const listOptions: readonly INodeProperties[] = [
	acceptIncompleteOption,
	pagesAtOnceOption,
	rowsPerRequestOption,
	rawPlusOption,
	serverFiltersOption,
];

/** For lists that are read until an empty page, one page after the other. */
export const silentListOptions: readonly INodeProperties[] = [
	acceptIncompleteOption,
	rowsPerRequestOption,
	rawPlusOption,
];

const RAW_ONLY: Pick<INodeProperties, 'displayOptions'> = { displayOptions: { show: { '/simplify': [false] } } };

export const fieldsOption: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'string',
	default: '',
	placeholder: 'e.g. billNo,billDate,amountDue',
	description: 'Members to return, separated by commas; ID and href always come along. All where left empty.',
	...RAW_ONLY,
};

/** @param base the document's name of the type, for instance `CustomerBill` */
export function recordTypeOption(base: string): INodeProperties {
	return {
		displayName: 'Record Type',
		name: 'recordType',
		type: 'options',
		options: [
			{ name: 'Base', value: base, description: 'The members of the TMF678 standard' },
			{ name: 'Oracle Extended', value: `${base}Oracle`, description: "With Oracle's further members" },
		],
		default: base,
		description: 'Which members records have; Oracle BRM only',
		...RAW_ONLY,
	};
}

/** The values of an Options collection, as the connector takes them. */
export interface ReadOptions extends ListOptions {
	readonly concurrency: number;
	readonly record: RecordOptions;
}

/** Record options count for raw records only: what was set before Simplify was turned on again is left out. */
export function readOptions(options: IDataObject, isSimple: boolean): ReadOptions {
	const { acceptIncomplete, pagesAtOnce, fields, recordType } = options;
	const record = { fields: listed(fields), type: filledText(recordType) };
	return {
		acceptIncomplete: acceptIncomplete === true,
		concurrency: typeof pagesAtOnce === 'number' ? pagesAtOnce : 4,
		record: isSimple ? {} : record,
	};
}

/** The record as it came; of its members only those wanted, where the server gave more. */
export function rawItem(raw: JsonObject, { fields }: RecordOptions): INodeExecutionData {
	if (fields === undefined) return { json: { ...raw } };
	const wanted = new Set(['id', 'href', ...fields.map((field) => field.replace(/\..*$/s, ''))]);
	return { json: Object.fromEntries(Object.entries(raw).filter(([name]) => wanted.has(name))) };
}
