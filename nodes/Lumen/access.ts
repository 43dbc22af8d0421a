/** What a Lumen operation works with: the connector, and the billing accounts that the item names. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { connectLumen } from '../shared/connections';
import { LumenConnector, type WalkOptions } from '../shared/core';
import { locatedIds } from '../shared/locators';

export interface LumenAccess {
	readonly connector: LumenConnector;
	/** Undefined: those of the credential. */
	readonly accounts: readonly string[] | undefined;
	readonly walk: WalkOptions;
}

/** An account may be named that the credential does not list: whether it may be read is for Lumen to say. */
export async function accessLumen(context: IExecuteFunctions, itemIndex: number): Promise<LumenAccess> {
	const { settings, deps } = await connectLumen(context, itemIndex);
	const accounts = locatedIds(context, itemIndex, 'account');
	// Service charges are of API v2 alone, whichever version the other lists are asked of.
	const version =
		context.getNodeParameter('resource', itemIndex) === 'serviceCharge' ? { apiVersion: 'v2' as const } : {};
	return {
		connector: new LumenConnector(
			{ ...settings, ...version, accounts: [...settings.accounts, ...(accounts ?? [])] },
			deps,
		),
		accounts,
		walk: { signal: context.getExecutionCancelSignal() },
	};
}
