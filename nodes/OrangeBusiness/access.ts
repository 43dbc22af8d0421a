/** What an Orange operation works with: Orange's API, and how its bills, bill items and accounts are read. */
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { type OrangeCredential, connectOrange } from '../shared/connections';
import {
	type Identity,
	type OrangeFieldNames,
	type OrangeModeOptions,
	OrangeBusinessApi,
	orangeFieldNames,
} from '../shared/core';
import { collection } from '../shared/fields';
import { tellUser } from '../shared/hints';
import type { OperationCall } from '../shared/operations';
import { fieldOverrides } from './fields/fieldNames';

export interface OrangeAccess {
	readonly api: OrangeBusinessApi;
	/** Whose bills they are. */
	readonly owner: Pick<Identity, 'provider' | 'connection'>;
	/** Names of what Orange does not document. */
	readonly names: OrangeFieldNames;
	readonly walk: { readonly signal: AbortSignal | undefined };
	/** For the requests that Orange also takes asynchronously. */
	readonly mode: OrangeModeOptions;
}

export type OrangeCall = OperationCall<OrangeAccess>;

/** Tells the user, too, when the API key ends soon. */
export async function accessOrange(context: IExecuteFunctions, itemIndex: number): Promise<OrangeAccess> {
	const options = collection(context, itemIndex, 'options');
	const type = credentialType(context.getNodeParameter('authentication', itemIndex));
	const { settings, deps, notices } = await connectOrange(context, type, itemIndex);
	tellUser(context, notices);
	const walk = { signal: context.getExecutionCancelSignal() };
	return {
		api: new OrangeBusinessApi(settings, deps),
		owner: { provider: 'ORANGE_BUSINESS', connection: settings.connection },
		names: orangeFieldNames(fieldOverrides(options.fieldNames)),
		walk,
		mode: options.asynchronous === true ? { ...walk, mode: 'ASYNCHRONOUS' } : walk,
	};
}

/** What the lists in the editor need. */
export type ListedOrange = Pick<OrangeAccess, 'api' | 'owner' | 'names'>;

export async function listedOrange(context: ILoadOptionsFunctions): Promise<ListedOrange> {
	const { settings, deps } = await connectOrange(context, credentialType(context.getNodeParameter('authentication')));
	return {
		api: new OrangeBusinessApi(settings, deps),
		owner: { provider: 'ORANGE_BUSINESS', connection: settings.connection },
		names: orangeFieldNames(),
	};
}

function credentialType(authentication: unknown): OrangeCredential {
	return authentication === 'user' ? 'orangeBusinessUserOAuth2Api' : 'orangeBusinessOAuth2Api';
}
