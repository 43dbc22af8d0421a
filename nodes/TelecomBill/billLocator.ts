/** One bill among all providers: chosen from a list, or named by its key. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { billKey, readBillKey } from '../shared/columns';
import { type Bill, type LocalId, BillingError, contentHash, invalidParameter } from '../shared/core';
import { type TelecomBillCall, walkOptions } from './api';
import type { Source } from './providers';

export const billField: INodeProperties = {
	displayName: 'Bill',
	name: 'bill',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The bill, from the newest of the chosen providers or by the key that Get Many gives as "key"',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a bill...',
			typeOptions: { searchListMethod: 'searchBills', searchable: true },
		},
		{
			displayName: 'By Key',
			name: 'key',
			type: 'string',
			placeholder: 'e.g. LUMEN:5-ABCD5678:1234567',
			hint: 'Provider, account where the provider has bills by account, and ID',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^(LUMEN|ORACLE_BRM|TMF678|FLOLIVE|ORANGE_BUSINESS):[^:]*:[^:]+$',
						errorMessage: 'A key is what Get Many gives as "key", for instance LUMEN:5-ABCD5678:1234567',
					},
				},
			],
		},
	],
};

export interface FoundBill {
	readonly bill: Bill;
	readonly source: Source;
}

/**
 * Asks the chosen providers that the key may belong to. A key names no connection, and two systems of one make may have
 * given the same ID to different bills: neither is guessed.
 * @throws BillingError INVALID_REQUEST for what is no key, or one of a provider that is not chosen; NOT_FOUND; CONFLICT
 */
export async function findBill(call: TelecomBillCall): Promise<FoundBill> {
	const { id, candidates } = locate(call);
	let missing: unknown;
	let found: FoundBill | null = null;
	for (const source of candidates) {
		const asked = source.connector.billsByIds([id], walkOptions(call.context));
		const [outcome] = await Promise.allSettled(asked.values());
		if (outcome?.status === 'fulfilled') found = theSame(found, { bill: outcome.value, source });
		else if (outcome?.reason instanceof BillingError && outcome.reason.kind === 'NOT_FOUND') missing = outcome.reason;
		else throw outcome?.reason;
	}
	if (found === null) throw missing;
	return found;
}

function theSame(known: FoundBill | null, found: FoundBill): FoundBill {
	if (known === null || contentHash(known.bill.raw) === contentHash(found.bill.raw)) return known ?? found;
	throw new BillingError({
		kind: 'CONFLICT',
		provider: found.bill.identity.provider,
		message: `Two of the chosen providers have different bills with the key ${billKey(found.bill)}`,
		hint: "Choose only one of them under 'Providers'.",
	});
}

interface Located {
	readonly id: LocalId;
	readonly candidates: readonly Source[];
}

function locate({ context, itemIndex, api }: TelecomBillCall): Located {
	const key = keyParameter(context, itemIndex);
	const named = readBillKey(key);
	if (named === null) {
		throw invalidParameter('Bill', `is "${key}", which is no key`, 'Give what Get Many gives as "key".');
	}
	const candidates = api.sources.filter(({ connector }) => connector.provider === named.provider);
	if (candidates.length > 0) return { id: { scope: named.scope, remoteId: named.remoteId }, candidates };
	throw invalidParameter(
		'Bill',
		`is of ${named.provider}, which is not chosen`,
		"Choose its provider under 'Providers', with its credential.",
	);
}

function keyParameter(context: IExecuteFunctions, itemIndex: number): string {
	return context.getNodeParameter('bill', itemIndex, '', { extractValue: true }) as string;
}
