/** Resource locators: one thing, chosen from a list with search or named by its id. */
import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodeProperties,
	INodePropertyMode,
} from 'n8n-workflow';

import { type Bill, invalidParameter } from './core';
import { toNodeError } from './errors';
import { listed } from './fields';
import { filledText } from './filledText';

export interface Locator {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	/** Of the node's `methods.listSearch`. */
	readonly searchListMethod: string;
	/** Of the mode "By ID", for instance "e.g. 5-ABCD5678". */
	readonly placeholder: string;
	readonly required: boolean;
	/** More of them: in which the thing is named by text that is not its id. */
	readonly modes?: readonly INodePropertyMode[];
}

export function locatorField({ searchListMethod, placeholder, modes = [], ...field }: Locator): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${field.displayName.toLowerCase()}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
			...modes,
		],
	};
}

/** The ids that a locator holds, several where they are separated by commas; undefined where it is left empty. */
export function locatedIds(context: IExecuteFunctions, itemIndex: number, name: string): string[] | undefined {
	return listed(context.getNodeParameter(name, itemIndex, '', { extractValue: true }));
}

/** The one id that a locator holds, commas and all: ids are opaque. @throws BillingError INVALID_REQUEST where it is empty */
export function locatedId(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
): string {
	const id = filledText(context.getNodeParameter(name, itemIndex, '', { extractValue: true }));
	if (id !== undefined) return id;
	throw invalidParameter(displayName, 'is empty', 'Choose one from the list, or give its ID.');
}

/** @throws NodeApiError, NodeOperationError */
export async function searchList(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	read: () => Promise<readonly INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	try {
		return { results: (await read()).filter(({ name }) => name.toLowerCase().includes(wanted)) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** `1234 | 2026-01-31 | 99.90 EUR`: number, date and total, as far as they are known. */
export function billEntry({ identity, number, billDate, total }: Bill): INodeListSearchItems {
	const amount = total === null ? null : [total.amount, total.currency].filter((part) => part !== null).join(' ');
	const facts = [number ?? identity.remoteId, billDate, amount].filter((fact) => fact !== null);
	return { name: facts.join(' | '), value: identity.remoteId };
}
