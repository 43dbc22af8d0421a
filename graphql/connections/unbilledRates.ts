/** Rates that are not billed yet: few, on no bill, and in no order that providers promise; so each list is read whole. */
import type { GraphQLResolveInfo } from 'graphql';

import type { RateQuery } from '../../providers/connector';
import type { Rate } from '../../providers/model/rate';
import type { GraphContext } from '../context';
import type { Cursor, MergedPlace } from './cursor';
import { type MergedConnection, mergedConnection } from './mergedConnection';
import type { RatePlan } from './ratePlan';
import { compareByConnection, sortedHere } from './sortedHere';
import { Source, type SourceReport } from './source';
import { skipped } from './sourceTrouble';

export async function unbilledRates(
	plans: readonly RatePlan[],
	{ fingerprint, first, after }: { fingerprint: string; first: number; after: Cursor | null },
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<MergedConnection<Rate>> {
	const sources = plans.map((plan): Source<Rate> | SourceReport => {
		if (plan.kind === 'SKIP') return skipped(plan);
		const { connection, query: ofAccounts } = plan.bills;
		const query: RateQuery = { ...plan.conditions, accounts: ofAccounts.accounts };
		return new Source({
			connection,
			pages: (signal) => sortedHere(connection.connector.rates(query, { signal }), placeOf, after?.place ?? null),
			placeOf,
			compare: compareByConnection,
			timeoutMs: context.timeoutMs,
			reportFault: context.reportFault,
		});
	});
	return mergedConnection({ fingerprint, first, after, sources, compare: compareByConnection }, context, info);
}

function placeOf({ identity }: Rate): MergedPlace {
	const { connection, scope, remoteId } = identity;
	return { sortKey: null, connection, scope, remoteId };
}
