/** `billCounts`: by the provider's own counters where they say exactly what is meant, else by reading the bills. */
import type { GraphQLResolveInfo } from 'graphql';

import type { BillCounts, CountableField } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { filtersSet } from '../../providers/query/billFilter';
import { compareKeys } from '../../finance/summarize';
import { BillingError } from '../../providers/transport/errors';
import { type AskPlan, type BillPlan, planBills } from '../connections/billPlan';
import type { SourceReport } from '../connections/source';
import { reportTrouble } from '../connections/sourceTrouble';
import { failed, readAllOf } from '../connections/wholeRead';
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

const COUNTABLE: Readonly<Partial<Record<BillGroup, CountableField>>> = {
	TYPE: 'TYPE',
	STATE: 'STATE',
};

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
		const { counts, method, ...course } = native;
		return rowsOf(connection, counts, method, nativeReport(plan, performance.now() - started, course));
	} catch (error) {
		if (!(error instanceof BillingError)) throw error;
		const told = error.with({ connection: connection.id, provider: connection.provider });
		const source = failed(nativeReport(plan, performance.now() - started), told);
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

/** By key, what is not stated last; one row of none where there are no bills, so that the source is told all the same. */
function rowsOf(
	connection: ProviderConnection,
	counts: ReadonlyMap<string | null, number>,
	method: BillCount['method'],
	source: SourceReport,
): readonly BillCount[] {
	const known = counts.size > 0 ? counts : new Map([[null, 0]]);
	return [...known]
		.sort(([left], [right]) => compareKeys(left, right))
		.map(([key, bills]) => ({ connection, key, bills, method, source }));
}

function uncounted(source: SourceReport): BillCount {
	return { connection: source.connection, key: null, bills: null, method: 'COUNTED', source };
}

function nativeReport(
	{ connection, query, notices }: AskPlan,
	latencyMs: number,
	course: Omit<BillCounts, 'counts' | 'method'> = NOTHING_COUNTED,
): SourceReport {
	return {
		connection,
		state: 'OK',
		error: null,
		complete: course.end.complete,
		notices: [...notices, ...course.notices, ...course.end.reasons],
		pushedDown: filtersSet(query),
		appliedHere: [],
		requests: course.requests,
		latencyMs: Math.round(latencyMs),
		cached: course.cached === true,
	};
}

const NOTHING_COUNTED = { requests: 0, end: { complete: true, reasons: [] }, notices: [] };
