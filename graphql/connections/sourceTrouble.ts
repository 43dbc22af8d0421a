/** Sources that have trouble: what is told of them beside the data of the others. */
import { GraphQLError, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';

import { BillingError, type BillingErrorDetails } from '../../providers/transport/errors';
import type { GraphContext } from '../context';
import { extensionsOf } from '../errors';
import type { ProviderConnection } from '../providerConnections';
import type { SourceReport } from './source';

/** The report of a connection that was not asked. */
export function skipped({
	connection,
	error,
}: {
	readonly connection: ProviderConnection;
	readonly error: BillingError;
}): SourceReport {
	return {
		connection,
		state: 'SKIPPED',
		error,
		complete: false,
		notices: [],
		pushedDown: [],
		appliedHere: [],
		requests: 0,
		latencyMs: 0,
		cached: false,
	};
}

/** For what a provider does not have at all. */
export function notOffered(
	{ id, provider }: ProviderConnection,
	what: Pick<BillingErrorDetails, 'message' | 'hint' | 'parameter'>,
): BillingError {
	return new BillingError({ kind: 'NOT_OFFERED', connection: id, provider, ...what });
}

/** A field with data cannot be an error too, so what failed is put beside it. */
export function reportTrouble(sources: readonly SourceReport[], context: GraphContext, info: GraphQLResolveInfo): void {
	for (const { state, error } of sources) if (error !== null && state !== 'SKIPPED') reportBeside(error, context, info);
}

/** Tells an error of a field that has a value all the same. */
export function reportBeside(error: BillingError, { partialErrors }: GraphContext, info: GraphQLResolveInfo): void {
	partialErrors.push(
		new GraphQLError(error.message, {
			nodes: info.fieldNodes,
			path: responsePathAsArray(info.path),
			originalError: error,
			extensions: extensionsOf(error),
		}),
	);
}
