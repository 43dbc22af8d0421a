/** `billCounts`: by the provider's own counters where they say exactly what is meant, else by reading the bills. */
import type { GraphQLResolveInfo } from 'graphql';

import type { CountableField } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { filtersSet } from '../../providers/query/billFilter';
import { compareKeys } from '../../finance/summarize';
import { BillingError } from '../../providers/transport/errors';
import { type AskPlan, type BillPlan, planBills } from '../connections/billPlan';
import type { SourceReport } from '../connections/source';
import { reportTrouble } from '../connections/sourceTrouble';
import { readAllOf } from '../connections/wholeRead';
import type { GraphContext } from '../context';
import { Deadline } from '../deadline';
import type { BillGroup, QueryBillCountsArgs } from '../generated/resolverTypes';
import type { ProviderConnection } from '../providerConnections';

export interface BillCount {
	readonly connection: ProviderConnection;
	readonly key: string | null;
	/** Null where the connection could not be counted. */
	readonly bills: number | null;
	readonly method: 'NATIVE' | 'COUNTED';
	readonly source: SourceReport;
}

const KEYS: Readonly<Record<BillGroup, (bill: Bill) => string | null>> = {
	PROVIDER: ({ identity }) => identity.provider,
	CONNECTION: ({ identity }) => identity.connection,
	ACCOUNT: ({ billingAccount }) => billingAccount?.id ?? null,
	MONTH: ({ billDate }) => billDate?.slice(0, 7) ?? null,
	TYPE: ({ type }) => type,
	STATE: ({ state }) => state,
	CATEGORY: ({ category }) => category,
	PAYMENT_STATUS: ({ paymentStatus }) => paymentStatus,
	CURRENCY: ({ total, amountDue }) => (total ?? amountDue)?.currency ?? null,
};

const COUNTABLE: Readonly<Partial<Record<BillGroup, CountableField>>> = { TYPE: 'TYPE' };

/** @throws GraphQLError BAD_USER_INPUT when the filter cannot be meant */
export async function billCounts(
	{ groupBy, filter }: QueryBillCountsArgs,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<readonly BillCount[]> {
	const plans = planBills(context.connections, filter);
	const rows = await Promise.all(
		plans.map(
			async (plan) => (await nativeCounts(plan, groupBy, context, info)) ?? counted(plan, groupBy, context, info),
		),
	);
	return rows.flat();
}

/** Null where the bills must be read. */
async function nativeCounts(
	plan: BillPlan,
	groupBy: BillGroup,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<readonly BillCount[] | null> {
	const by = COUNTABLE[groupBy];
	if (plan.kind === 'SKIP' || plan.sift !== null || by === undefined) return null;
	const { connection, query } = plan;
	const { connector } = connection;
	if (connector.countBills === undefined) return null;
	const deadline = new Deadline(connection, context.timeoutMs);
	const started = performance.now();
	try {
		const native = await deadline.meet(connector.countBills(by, query, { signal: deadline.signal }));
		if (native === null) return null;
		const source = nativeReport(plan, { requests: native.requests, latencyMs: performance.now() - started });
		return rowsOf(connection, native.counts, 'NATIVE', source);
	} catch (error) {
		if (!(error instanceof BillingError)) throw error;
		const told = error.with({ connection: connection.id, provider: connection.provider });
		const source = nativeReport(plan, { error: told, latencyMs: performance.now() - started });
		reportTrouble([source], context, info);
		return [uncounted(source)];
	}
}

async function counted(
	plan: BillPlan,
	groupBy: BillGroup,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<readonly BillCount[]> {
	const digest = async (bills: readonly Bill[]) => ({ result: countBy(bills, KEYS[groupBy]), doubts: [] });
	const [read] = await readAllOf([plan], digest, context, info);
	if (read === undefined) return [];
	return read.result === null ? [uncounted(read.report)] : rowsOf(plan.connection, read.result, 'COUNTED', read.report);
}

function countBy(bills: readonly Bill[], keyOf: (bill: Bill) => string | null): ReadonlyMap<string | null, number> {
	const counts = new Map<string | null, number>();
	for (const bill of bills) counts.set(keyOf(bill), (counts.get(keyOf(bill)) ?? 0) + 1);
	return counts;
}

/** By key, what is not stated last. */
function rowsOf(
	connection: ProviderConnection,
	counts: ReadonlyMap<string | null, number>,
	method: BillCount['method'],
	source: SourceReport,
): readonly BillCount[] {
	return [...counts]
		.sort(([left], [right]) => compareKeys(left, right))
		.map(([key, bills]) => ({ connection, key, bills, method, source }));
}

function uncounted(source: SourceReport): BillCount {
	return { connection: source.connection, key: null, bills: null, method: 'COUNTED', source };
}

function nativeReport(
	{ connection, query }: AskPlan,
	{ error = null, requests = 0, latencyMs }: { error?: BillingError | null; requests?: number; latencyMs: number },
): SourceReport {
	return {
		connection,
		state: error === null ? 'OK' : 'FAILED',
		error,
		complete: error === null,
		notices: [],
		pushedDown: filtersSet(query),
		appliedHere: [],
		requests,
		latencyMs: Math.round(latencyMs),
		cached: false,
	};
}
