/** Reading every bill of a plan, for what is computed from all of them: all or nothing of a connection counts. */
import { type GraphQLResolveInfo } from 'graphql';

import type { Bill } from '../../providers/model/bill';
import { BillingError } from '../../providers/transport/errors';
import type { GraphContext } from '../context';
import type { MergedPlace } from './cursor';
import { type BillPlan, type AskPlan, plannedBills } from './billPlan';
import { reportTrouble, skipped } from './sourceTrouble';
import { Source, type SourceReport, withMore } from './source';

/** What came of one connection. */
export interface WholeRead<T> {
	readonly report: SourceReport;
	/** Null where the connection failed or was not asked. */
	readonly result: T | null;
}

/** @param digest makes a result of a connection's bills; what it throws as BillingError fails the connection */
export async function readAllOf<T>(
	plans: readonly BillPlan[],
	digest: (bills: readonly Bill[], plan: AskPlan) => Promise<Digest<T>>,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<readonly WholeRead<T>[]> {
	const reads = await Promise.all(
		plans.map(async (plan) =>
			plan.kind === 'SKIP' ? { report: skipped(plan), result: null } : readAll(plan, digest, context),
		),
	);
	reportTrouble(
		reads.map(({ report }) => report),
		context,
		info,
	);
	return reads;
}

/** A result, and why it may not be whole. */
export interface Digest<T> {
	readonly result: T;
	readonly doubts: readonly string[];
}

async function readAll<T>(
	plan: AskPlan,
	digest: (bills: readonly Bill[], plan: AskPlan) => Promise<Digest<T>>,
	{ timeoutMs, reportFault, loaders }: GraphContext,
): Promise<WholeRead<T>> {
	const source = new Source<Bill>({
		connection: plan.connection,
		pages: (signal) => plannedBills(plan, {}, signal),
		placeOf: () => NO_PLACE,
		compare: IN_NO_ORDER,
		timeoutMs,
		reportFault,
	});
	const bills = await allOf(source);
	const report = source.report();
	if (report.error !== null) return { report: failed(report, report.error), result: null };
	const before = loaders.requestsTo(plan.connection);
	const withDigest = (): SourceReport => withMore(report, loaders.requestsTo(plan.connection) - before);
	try {
		const { result, doubts } = await digest(bills, plan);
		const complete = report.complete && doubts.length === 0;
		return { report: { ...withDigest(), complete, notices: [...report.notices, ...doubts] }, result };
	} catch (error) {
		if (!(error instanceof BillingError)) throw error;
		return { report: failed(withDigest(), error), result: null };
	}
}

async function allOf(source: Source<Bill>): Promise<readonly Bill[]> {
	const bills: Bill[] = [];
	try {
		for (let placed = await source.next(); placed !== null; placed = await source.next()) bills.push(placed.item);
		return bills;
	} finally {
		source.close();
	}
}

/** Of bills that are all wanted, the provider's own order is the cheapest. */
const NO_PLACE: MergedPlace = { connection: '', scope: '', remoteId: '', sortKey: null };
const IN_NO_ORDER = (): number => -1;

export function failed(report: SourceReport, error: BillingError): SourceReport {
	return { ...report, state: 'FAILED', error, complete: false };
}
