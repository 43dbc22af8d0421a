/** The graph over memory connectors, asked without HTTP. */
import { type GraphQLError, graphql } from 'graphql';

import { CursorSeal } from '../../../graphql/connections/cursor';
import type { GraphContext } from '../../../graphql/context';
import { costStore } from '../../../graphql/cost/costStore';
import { UpstreamMeter } from '../../../graphql/cost/meter';
import { OperationCost } from '../../../graphql/cost/operationCost';
import { Loaders } from '../../../graphql/loaders/loaders';
import { type Mask, NOTHING_MASKED } from '../../../graphql/masking';
import { type ProviderConnection, ProviderConnections } from '../../../graphql/providerConnections';
import { buildSchema } from '../../../graphql/schema';
import { MemoryConnector } from './memoryConnector';

export interface Answer<Data> {
	readonly data: Data;
	readonly errors: readonly GraphQLError[];
	/** Errors that join `errors` on the wire, beside whole data. */
	readonly partial: readonly GraphQLError[];
	/** Faults of our own. */
	readonly faults: readonly unknown[];
}

export const schema = buildSchema();
const LIMITS = { upstreamPerOperation: 1_000, upstreamPerMinute: 1_000_000 };

export class Graph {
	private readonly connections: ProviderConnections;
	private readonly cursors = new CursorSeal('a key for tests only');
	private readonly timeoutMs: number;
	private readonly masks: ReadonlySet<Mask>;

	constructor(
		connectors: readonly (MemoryConnector | ProviderConnection)[],
		{
			timeoutMs = 5_000,
			masks = NOTHING_MASKED,
		}: { readonly timeoutMs?: number; readonly masks?: ReadonlySet<Mask> } = {},
	) {
		this.masks = masks;
		this.connections = new ProviderConnections(
			connectors.map((given) => (given instanceof MemoryConnector ? given.configured() : given)),
		);
		this.timeoutMs = timeoutMs;
	}

	/** `Data` is what the test expects to read; a field that failed is null in it. */
	async ask<Data = Record<string, never>>(
		source: string,
		variableValues: Record<string, unknown> = {},
	): Promise<Answer<Data>> {
		const faults: unknown[] = [];
		const contextValue: GraphContext = {
			connections: this.connections,
			masks: this.masks,
			cost: new OperationCost('tests', new UpstreamMeter(), LIMITS, costStore(), Date.now),
			cursors: this.cursors,
			timeoutMs: this.timeoutMs,
			loaders: new Loaders(this.timeoutMs),
			partialErrors: [],
			reportFault: (error) => faults.push(error),
		};
		const result = await graphql({ schema, source, variableValues, contextValue });
		return {
			data: result.data as Data,
			errors: result.errors ?? [],
			partial: contextValue.partialErrors,
			faults,
		};
	}
}
