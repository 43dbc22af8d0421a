/** What resolvers are given for one request. */
import type { GraphQLError } from 'graphql';

import type { CursorSeal } from './connections/cursor';
import type { OperationCost } from './cost/operationCost';
import type { Loaders } from './loaders/loaders';
import type { Mask } from './masking';
import type { ProviderConnections } from './providerConnections';

export interface GraphContext {
	/** Those that the reader may read, no more of each than that. */
	readonly connections: ProviderConnections;
	/** What is kept from the reader. */
	readonly masks: ReadonlySet<Mask>;
	readonly cost: OperationCost;
	readonly cursors: CursorSeal;
	/** Milliseconds that a provider may keep one field waiting. */
	readonly timeoutMs: number;
	/** This request's own: nothing is shared between callers. */
	readonly loaders: Loaders;
	/** Trouble with some sources of a field that has data all the same; joins `errors` of the answer. */
	readonly partialErrors: GraphQLError[];
	/** Where faults of this server's own are told; provider trouble goes to the client. */
	readonly reportFault: (error: unknown) => void;
}
