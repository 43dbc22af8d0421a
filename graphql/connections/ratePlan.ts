/** From a rate filter to what each connection is asked, checked before any provider is. */
import type { RateQuery } from '../../providers/connector';
import { checkRateQuery } from '../../providers/query/check';
import { BillingError } from '../../providers/transport/errors';
import { refused } from '../errors';
import type { Maybe, RateFilter } from '../generated/resolverTypes';
import type { ProviderConnections } from '../providerConnections';
import { NEWEST_FIRST } from './billConnection';
import { type AskPlan, type BillPlan, planBills } from './billPlan';
import { notOffered } from './sourceTrouble';

export type RatePlan =
	| {
			readonly kind: 'ASK';
			/** The bills whose rates are meant; their accounts, where rates on no bill are. */
			readonly bills: AskPlan;
			/** What each rate must meet. */
			readonly conditions: Pick<RateQuery, 'isBilled' | 'types'>;
	  }
	| Extract<BillPlan, { kind: 'SKIP' }>;

/** @throws GraphQLError BAD_USER_INPUT when the filter cannot be meant */
export function planRates(
	connections: ProviderConnections,
	filter: Maybe<RateFilter> | undefined,
): readonly RatePlan[] {
	const { providers, accounts, bills, billDate, isBilled, types } = filter ?? {};
	const conditions = { isBilled: isBilled ?? undefined, types: types ?? undefined };
	const ofBills = { providers, connections: filter?.connections, accounts, ids: bills, billDate };
	return planBills(connections, ofBills, NEWEST_FIRST).map((plan) => {
		const withRates = onlyWithRates(plan, {
			message: 'gives no charge lines',
			hint: 'Leave this provider out, or download the bill itself.',
		});
		if (withRates.kind === 'SKIP') return withRates;
		check(conditions, withRates);
		return { kind: 'ASK', bills: withRates, conditions };
	});
}

/** A connection whose provider has no charge lines cannot be asked. */
export function onlyWithRates(plan: BillPlan, why: { readonly message: string; readonly hint: string }): BillPlan {
	const { connection } = plan;
	const { rateFields, title } = connection.connector.capabilities;
	if (rateFields !== null || plan.kind === 'SKIP') return plan;
	return { kind: 'SKIP', connection, error: notOffered(connection, { ...why, message: `${title} ${why.message}` }) };
}

function check(conditions: RateQuery, { connection }: AskPlan): void {
	try {
		checkRateQuery(conditions, connection.connector.capabilities);
	} catch (error) {
		throw error instanceof BillingError ? refused(error) : error;
	}
}
