/** `spend`: exact sums of bills, or of their charge lines by product. */
import type { GraphQLResolveInfo } from 'graphql';

import { type SpendRow as SpendRowModel, SPEND_DIMENSIONS, Spend } from '../../finance/spend';
import type { SummarySum } from '../../finance/summarize';
import type { Bill } from '../../providers/model/bill';
import type { CurrencyCode, Money } from '../../providers/model/money';
import type { RateList } from '../../providers/connector';
import { type AskPlan, type BillPlan, planBills } from '../connections/billPlan';
import { handleOf } from '../connections/rateConnection';
import { onlyWithRates } from '../connections/ratePlan';
import type { SourceReport } from '../connections/source';
import { type Digest, readAllOf } from '../connections/wholeRead';
import type { GraphContext } from '../context';
import type { QuerySpendArgs, SpendRowResolvers } from '../generated/resolverTypes';
import type { KnownAccount } from '../knownAccount';

export interface SpendReport {
	readonly rows: readonly SpendRowModel[];
	readonly sources: readonly SourceReport[];
}

/** @throws GraphQLError BAD_USER_INPUT when the filter cannot be meant */
export async function spend(
	args: QuerySpendArgs,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<SpendReport> {
	const dimensions = new Set(SPEND_DIMENSIONS.filter((dimension) => args.groupBy.includes(dimension)));
	const empty = (): Spend => new Spend(dimensions, args.creditNotes ?? 'NET');
	const byProduct = dimensions.has('PRODUCT');
	const plans = planBills(context.connections, args.filter);
	const reads = await readAllOf(
		byProduct ? plans.map(withRatesOnly) : plans,
		(bills, plan) => (byProduct ? byLines(bills, plan, empty(), context) : byHeaders(bills, empty())),
		context,
		info,
	);
	const sum = empty();
	for (const { result } of reads) if (result !== null) sum.join(result);
	return { rows: sum.finish(), sources: reads.map(({ report }) => report) };
}

function withRatesOnly(plan: BillPlan): BillPlan {
	return onlyWithRates(plan, {
		message: 'gives no charge lines, so its bills cannot be told by product',
		hint: 'Leave PRODUCT out, or choose other providers.',
	});
}

async function byHeaders(bills: readonly Bill[], sum: Spend): Promise<Digest<Spend>> {
	for (const bill of bills) sum.addBill(bill);
	return { result: sum, doubts: [] };
}

async function byLines(
	bills: readonly Bill[],
	{ connection }: AskPlan,
	sum: Spend,
	{ loaders }: GraphContext,
): Promise<Digest<Spend>> {
	const loader = loaders.ratesOfBill(connection);
	const lists = await Promise.all(
		bills.map(async (bill): Promise<readonly [Bill, RateList]> => [bill, await loader.load(handleOf(bill), undefined)]),
	);
	for (const [bill, { rates }] of lists) sum.addRates(bill, rates);
	return { result: sum, doubts: [...new Set(lists.flatMap(([, { reasons }]) => reasons))] };
}

export const SpendRow: SpendRowResolvers = {
	connection: ({ connection }, _args, { connections }) =>
		connection === null ? null : (connections.find(connection) ?? null),
	billingAccount: (row, _args, context) => accountOf(row, context),
	net: ({ net, currency }) => told(net, currency),
	tax: ({ tax, currency }) => told(tax, currency),
	total: ({ total, currency }) => told(total, currency),
	creditNotes: ({ creditNotes, currency }) =>
		creditNotes && {
			documents: creditNotes.documents,
			net: told(creditNotes.net, currency),
			tax: told(creditNotes.tax, currency),
			total: told(creditNotes.total, currency),
		},
};

function accountOf({ connection, account }: SpendRowModel, { connections }: GraphContext): KnownAccount | null {
	const found = connection === null ? undefined : connections.find(connection);
	if (found === undefined || account === null) return null;
	return { connection: found, remoteId: account, name: null, number: null, whole: null };
}

function told(
	{ sum, missing }: SummarySum,
	currency: CurrencyCode | null,
): { readonly amount: Money | null; readonly missing: number } {
	return { amount: sum === null ? null : { amount: sum, currency }, missing };
}
