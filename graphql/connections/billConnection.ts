/** `bills`: one page of all connections' bills in one order. */
import type { GraphQLResolveInfo } from 'graphql';

import type { BillOrder, BillQuery } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { filtersSet } from '../../providers/query/billFilter';
import { compareSortKeys, compareText, placeOf } from '../../providers/query/order';
import type { GraphContext } from '../context';
import type { QueryBillsArgs } from '../generated/resolverTypes';
import { type AskPlan, type BillPlan, planBills, plannedBills } from './billPlan';
import { type MergedPlace, listFingerprint, resumeAt } from './cursor';
import { type MergedConnection, mergedConnection } from './mergedConnection';
import { checkedFirst } from './pageSize';
import { Source, type SourceReport } from './source';
import { skipped } from './sourceTrouble';

const NEWEST_FIRST: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };
const PAGE_SIZE = { default: 20, max: 500 };

/** @throws GraphQLError BAD_USER_INPUT or BAD_CURSOR */
export async function billConnection(
	args: Partial<QueryBillsArgs>,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<MergedConnection<Bill>> {
	const first = checkedFirst(args.first, PAGE_SIZE);
	const order = { ...NEWEST_FIRST, ...args.orderBy };
	const plans = planBills(context.connections, args.filter, order);
	const fingerprint = listFingerprint('bills', args.filter, order);
	const after = args.after === null || args.after === undefined ? null : context.cursors.open(fingerprint, args.after);
	const compare = comparePlacesBy(order);
	const source = (plan: BillPlan): Source<Bill> | SourceReport => {
		if (plan.kind === 'SKIP') return skipped(plan);
		const { connection } = plan;
		return new Source({
			connection,
			pages: (signal) => plannedBills(plan, pageFrom(plan, first, after?.place), signal),
			placeOf: (bill) => ({ ...placeOf(bill, order), connection: connection.id }),
			compare,
			timeoutMs: context.timeoutMs,
			reportFault: context.reportFault,
		});
	};
	return mergedConnection({ fingerprint, first, after, sources: plans.map(source), compare }, context, info);
}

/** The total order of all connections' bills: sort key, connection, scope, remote id. */
export function comparePlacesBy(order: BillOrder): (left: MergedPlace, right: MergedPlace) => number {
	return (left, right) =>
		compareSortKeys(left.sortKey, right.sortKey, order) ||
		compareText(left.connection, right.connection) ||
		compareText(left.scope, right.scope) ||
		compareText(left.remoteId, right.remoteId);
}

function pageFrom(plan: AskPlan, first: number, after: MergedPlace | undefined): Pick<BillQuery, 'pageSize' | 'after'> {
	return {
		pageSize: pageSizeFor(plan, first),
		after: after === undefined ? undefined : resumeAt(after, plan.connection.id),
	};
}

/**
 * Where the provider itself sorts and filters, no more rows than the page can use, and one to see whether more follow.
 * Elsewhere rows are read to be sorted or sifted here: the connector knows best how many at a time.
 */
export function pageSizeFor({ connection, query, sift }: AskPlan, first: number): number | undefined {
	const { ordering, billFilters, maxPageSize } = connection.connector.capabilities;
	const sifted = sift !== null || filtersSet(query).some((name) => billFilters[name] !== 'PUSHED_DOWN');
	if (ordering !== 'NATIVE' || sifted) return undefined;
	return Math.min(first + 1, maxPageSize ?? first + 1);
}
