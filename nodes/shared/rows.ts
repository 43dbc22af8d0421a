/** Records as items: simplified, or just as the provider wrote them. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from './core';

interface Record {
	/** Amounts longer than 15 digits are text in it. */
	readonly raw: JsonObject;
}

/** Goes by the operation's `simplifyField`. */
export function recordItems<T extends Record>(
	context: IExecuteFunctions,
	itemIndex: number,
	records: readonly T[],
	simple: (record: T) => IDataObject,
): INodeExecutionData[] {
	return records.map(itemMaker(context, itemIndex, simple));
}

/** The same for records that come page by page. */
export function itemMaker<T extends Record>(
	context: IExecuteFunctions,
	itemIndex: number,
	simple: (record: T) => IDataObject,
): (record: T) => INodeExecutionData {
	const isSimple = Boolean(context.getNodeParameter('simplify', itemIndex));
	return (record) => ({ json: isSimple ? simple(record) : { ...record.raw } });
}
