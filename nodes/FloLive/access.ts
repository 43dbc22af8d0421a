/** What a floLIVE operation works with: the connector, and the customers that the item names. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { connectFloLive } from '../shared/connections';
import { FloLiveConnector, type WalkOptions } from '../shared/core';
import { locatedIds } from '../shared/locators';

export interface FloLiveAccess {
	readonly connector: FloLiveConnector;
	/** Undefined: those of the credential. */
	readonly customers: readonly string[] | undefined;
	readonly walk: WalkOptions;
}

/** A customer may be named that the credential does not list: whether it may be read is for floLIVE to say. */
export async function accessFloLive(context: IExecuteFunctions, itemIndex: number): Promise<FloLiveAccess> {
	const { settings, deps } = await connectFloLive(context, itemIndex);
	const customers = locatedIds(context, itemIndex, 'customer');
	const accounts = [...(settings.accounts ?? []), ...(customers ?? [])];
	return {
		connector: new FloLiveConnector({ ...settings, accounts }, deps),
		customers,
		walk: { signal: context.getExecutionCancelSignal() },
	};
}
