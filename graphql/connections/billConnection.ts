/** `bills`: one page of all connections' bills in one order. */
import type { GraphQLResolveInfo } from 'graphql';

import type { BillOrder, BillQuery } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { filtersSet } from '../../providers/query/billFilter';
import { compareSortKeys, compareText, placeOf } from '../../providers/query/order';
import type { GraphContext } from '../context';
import type { QueryBillsArgs } from '../generated/resolverTypes';
import { type AskPlan, planBills, plannedBills } from './billPlan';
import { type Cursor, type MergedPlace, listFingerprint, resumeAt } from './cursor';
import { type MergedConnection, mergedConnection } from './mergedConnection';
import { checkedFirst } from './pageSize';
import { Source } from './source';
import { skipped } from './sourceTrouble';

export const NEWEST_FIRST: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };
const PAGE_SIZE = { default: 20, max: 500 };

/** A page of a list, as asked for. */
export interface BillList {
	readonly fingerprint: string;
	readonly first: number;
	readonly order: BillOrder;
	readonly after: Cursor | null;
	readonly compare: (left: MergedPlace, right: MergedPlace) => number;
}

/** @throws GraphQLError BAD_USER_INPUT or BAD_CURSOR */
export function billList(args: Partial<QueryBillsArgs>, { cursors }: GraphContext): BillList {
	const order = { ...NEWEST_FIRST, ...args.orderBy };
	const fingerprint = listFingerprint('bills', args.filter, order);
	return {
		fingerprint,
		first: checkedFirst(args.first, PAGE_SIZE),
		order,
		after: args.after === null || args.after === undefined ? null : cursors.open(fingerprint, args.after),
		compare: comparePlacesBy(order),
	};
}

/** @throws GraphQLError BAD_USER_INPUT or BAD_CURSOR */
export async function billConnection(
	args: Partial<QueryBillsArgs>,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<MergedConnection<Bill>> {
	const list = billList(args, context);
	const plans = planBills(context.connections, args.filter, list.order);
	const sources = plans.map((plan) => (plan.kind === 'SKIP' ? skipped(plan) : sourceOf(plan, list, context)));
	return mergedConnection({ ...list, sources }, context, info);
}

export function sourceOf(
	plan: AskPlan,
	list: BillList,
	{ timeoutMs, reportFault, loaders }: GraphContext,
): Source<Bill> {
	const { connection } = plan;
	const more = { order: list.order, ...pageFrom(plan, list.first, list.after?.place) };
	return new Source({
		connection,
		pages: (signal) => plannedBills(plan, more, signal, loaders.knownBills),
		placeOf: (bill) => ({ ...placeOf(bill, list.order), connection: connection.id }),
		compare: list.compare,
		timeoutMs,
		reportFault,
	});
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
