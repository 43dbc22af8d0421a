/** What the operations work with, and how they ask several providers at once. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { BillingError, type WalkOptions } from '../shared/core';
import { errorItem } from '../shared/errors';
import type { Operation, OperationCall } from '../shared/operations';
import type { Source } from './providers';

export interface TelecomBillApi {
	readonly sources: readonly Source[];
	/** Gathers what the user should be told after the run. */
	readonly notices: Set<string>;
}

export type TelecomBillOperation = Operation<TelecomBillApi>;
export type TelecomBillCall = OperationCall<TelecomBillApi>;

/** Pages that one provider is asked for side by side. */
const PAGES_AT_ONCE = 4;

export function walkOptions(context: IExecuteFunctions): WalkOptions {
	return { signal: context.getExecutionCancelSignal(), concurrency: PAGES_AT_ONCE };
}

/** For an Options collection. */
export const providerFailsOption: INodeProperties = {
	displayName: 'If a Provider Fails',
	name: 'ifProviderFails',
	type: 'options',
	options: [
		{ name: 'Stop', value: 'stop', description: 'No output at all, so that nothing is taken for the whole' },
		{
			name: 'Go On and Report',
			value: 'report',
			description: 'Output what the others gave, and an item that says which provider failed and why',
		},
	],
	default: 'stop',
	description: 'What to do when one of several providers cannot be read',
};

export interface Answers<Asked, T> {
	readonly answers: readonly { readonly asked: Asked; readonly value: T }[];
	/** An item for each provider that failed, where that was asked for. */
	readonly reports: readonly INodeExecutionData[];
}

/** Asks providers side by side; the answers come in the order of the providers. */
export async function askEach<Asked extends { readonly source: Source }, T>(
	options: IDataObject,
	providers: readonly Asked[],
	ask: (asked: Asked) => Promise<T>,
): Promise<Answers<Asked, T>> {
	const outcomes = await Promise.allSettled(providers.map(async (asked) => ({ asked, value: await ask(asked) })));
	const reports = outcomes.flatMap((outcome, index) => {
		const source = providers[index]?.source;
		if (outcome.status === 'fulfilled' || source === undefined) return [];
		if (options.ifProviderFails !== 'report') throw named(source, outcome.reason);
		return [reportOf(source, outcome.reason)];
	});
	return { answers: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])), reports };
}

function reportOf({ title, connector }: Source, reason: unknown): INodeExecutionData {
	return { json: { provider: connector.provider, providerName: title, error: errorItem(reason) } };
}

/** With several providers asked, the message must say whose it is. */
function named({ title }: Source, reason: unknown): unknown {
	return reason instanceof BillingError ? reason.with({ message: `${title}: ${reason.message}` }) : reason;
}
