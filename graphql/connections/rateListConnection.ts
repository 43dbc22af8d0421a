/** `Query.rates`: one page of the charge lines of all connections. */
import type { GraphQLResolveInfo } from 'graphql';

import type { GraphContext } from '../context';
import type { QueryRatesArgs } from '../generated/resolverTypes';
import { BilledRates } from './billedRates';
import { listFingerprint } from './cursor';
import { checkedFirst } from './pageSize';
import { RATE_PAGE_SIZE, type RatePage } from './rateConnection';
import { planRates } from './ratePlan';
import { relayPage } from './relayPage';
import type { SourceReport } from './source';
import { reportTrouble } from './sourceTrouble';
import { unbilledRates } from './unbilledRates';

export interface RateListPage extends RatePage {
	readonly sources: readonly SourceReport[];
}

/** @throws GraphQLError BAD_USER_INPUT or BAD_CURSOR */
export async function rateListConnection(
	args: QueryRatesArgs,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<RateListPage> {
	const first = checkedFirst(args.first, RATE_PAGE_SIZE);
	const plans = planRates(context.connections, args.filter);
	const fingerprint = listFingerprint('Query.rates', args.filter);
	const after = args.after === null || args.after === undefined ? null : context.cursors.open(fingerprint, args.after);
	const { isBilled, bills, billDate } = args.filter ?? {};
	if (isBilled === false && (bills ?? billDate ?? null) === null) {
		const rates = await unbilledRates(plans, { fingerprint, first, after }, context, info);
		return Object.assign(rates, wholeness(rates.sources));
	}
	const page = await new BilledRates(plans, after, context).read(first);
	reportTrouble(page.sources, context, info);
	const { end, sources } = page;
	return relayPage(
		{
			items: page.rates,
			nodeOf: ({ rate }) => rate,
			cursorOf: ({ cursor }) => context.cursors.seal(fingerprint, cursor),
			hasNextPage: page.hasNext,
			hasPreviousPage: after !== null,
			endCursor: () => (end === null ? null : context.cursors.seal(fingerprint, end)),
		},
		{ totalCount: null, sources, ...wholeness(sources) },
	);
}

/** Why a list of several connections is not complete is told by its sources. */
function wholeness(sources: readonly SourceReport[]): Pick<RateListPage, 'complete' | 'reasons'> {
	const short = sources.filter(({ complete }) => !complete);
	const reasons = short.map(
		({ connection, error, notices }) => `${connection.id}: ${error?.message ?? notices.join('; ')}`,
	);
	return { complete: short.length === 0, reasons };
}
