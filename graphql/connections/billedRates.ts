/**
 * The rates of many bills as one list: bills in the order of `bills`, within a bill in the provider's order.
 *
 * No provider can continue a list of rates from a place that is a value, but bills have an order, and a bill's own rates
 * keep theirs. So bills are taken a few at a time, as many as are likely to have the rates wanted, and their rates are
 * read together, in the fewest requests the provider allows.
 */
import type { RateList } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import type { Rate } from '../../providers/model/rate';
import { rateMatches } from '../../providers/query/rateFilter';
import { placeOf } from '../../providers/query/order';
import { BillingError } from '../../providers/transport/errors';
import type { GraphContext } from '../context';
import { NEWEST_FIRST, comparePlacesBy, pageSizeFor } from './billConnection';
import { plannedBills } from './billPlan';
import { type Cursor, type MergedPlace, type Within, resumeAt } from './cursor';
import { MergedOrder } from './merge';
import { handleOf } from './rateConnection';
import { ratesBehind } from './ratesBehind';
import type { RatePlan } from './ratePlan';
import { type Placed, Source, type SourceReport, withMore } from './source';
import { skipped } from './sourceTrouble';

/** Rates that a bill is taken to have before any was read. */
export const USUAL_RATES = 20;
const MOST_BILLS_AT_ONCE = 100;
/** Bills looked through for one page: a condition that hardly any rate meets must not read a whole history. */
export const MOST_BILLS_A_PAGE = 500;

export interface BilledRatesPage {
	readonly rates: readonly { readonly rate: Rate; readonly cursor: Cursor }[];
	/** Where to go on from; null where nothing was looked through. */
	readonly end: Cursor | null;
	readonly hasNext: boolean;
	readonly sources: readonly SourceReport[];
}

type AskPlan = Extract<RatePlan, { kind: 'ASK' }>;

/** What became of a connection's rates, beside what became of its bills. */
interface Course {
	readonly plan: AskPlan;
	readonly source: Source<Bill>;
	/** Requests that the loaders had sent before: what they send from then on is for the rates. */
	readonly requestsBefore: number;
	error: BillingError | null;
	given: number;
	readonly doubts: Set<string>;
}

interface ReadList extends RateList {
	readonly isWhole: boolean;
}

const compare = comparePlacesBy(NEWEST_FIRST);

export class BilledRates {
	private readonly courses: ReadonlyMap<string, Course>;
	private readonly bills: MergedOrder<Bill>;
	private readonly rates: { readonly rate: Rate; readonly cursor: Cursor }[] = [];
	private end: Cursor | null = null;
	private billsRead = 0;
	/** Bills whose rates arrived, and how many those were, with what earlier pages gave of them. */
	private billsFound = 0;
	private ratesFound = 0;

	constructor(
		private readonly plans: readonly RatePlan[],
		private readonly after: Cursor | null,
		private readonly context: GraphContext,
	) {
		const asked = plans.filter((plan) => plan.kind === 'ASK');
		this.courses = new Map(asked.map((plan) => [plan.bills.connection.id, this.courseOf(plan)]));
		const wanted = [...this.courses.values()].map((course) => ({
			// Whose rates cannot be had, of that no further bills are read either.
			next: () => (course.error === null ? course.source.next() : null),
		}));
		this.bills = new MergedOrder(wanted, compare);
	}

	/** @throws GraphQLError BAD_CURSOR */
	async read(first: number): Promise<BilledRatesPage> {
		try {
			const hasMore = (await this.fill(first)) || (await this.bills.hasNext());
			const sources = this.plans.map((plan) => this.reportOn(plan));
			// Where nothing could be looked through, there is no place to go on from.
			return { rates: this.rates, end: this.end ?? this.after, hasNext: hasMore && this.end !== null, sources };
		} finally {
			for (const { source } of this.courses.values()) source.close();
		}
	}

	/** Whether something that was read had to be left out. */
	private async fill(first: number): Promise<boolean> {
		while (this.rates.length < first && this.billsRead < MOST_BILLS_A_PAGE) {
			const batch = await this.nextBills(first - this.rates.length);
			if (batch.length === 0) return false;
			if (await this.take(batch, first)) return true;
		}
		return false;
	}

	private courseOf(plan: AskPlan): Course {
		const { connection } = plan.bills;
		const more = { after: this.placeFor(connection.id), pageSize: pageSizeFor(plan.bills, MOST_BILLS_AT_ONCE) };
		const source = new Source<Bill>({
			connection,
			pages: (signal) => plannedBills(plan.bills, more, signal),
			placeOf: mergedPlaceOf,
			compare,
			timeoutMs: this.context.timeoutMs,
			reportFault: this.context.reportFault,
		});
		return {
			plan,
			source,
			requestsBefore: this.context.loaders.requestsTo(plan.bills.connection),
			error: null,
			given: 0,
			doubts: new Set(),
		};
	}

	/** A bill whose rates were given in part must come again: its connection resumes a little before it. */
	private placeFor(connection: string) {
		if (this.after === null) return undefined;
		const { place, within } = this.after;
		const resumed = resumeAt(place, connection);
		if (within === undefined || connection !== place.connection) return resumed;
		return { ...resumed, remoteId: resumed.remoteId.slice(0, -1) };
	}

	/** As many bills as are likely to have the rates wanted. */
	private async nextBills(wanted: number): Promise<readonly Placed<Bill>[]> {
		const usual = this.billsFound === 0 ? (this.after?.each ?? USUAL_RATES) : this.ratesFound / this.billsFound;
		const count = Math.min(Math.ceil(wanted / usual), MOST_BILLS_AT_ONCE, MOST_BILLS_A_PAGE - this.billsRead);
		const bills: Placed<Bill>[] = [];
		while (bills.length < count) {
			const next = await this.bills.next();
			if (next === null) break;
			if (this.isWanted(next)) bills.push(next);
		}
		this.billsRead += bills.length;
		return bills;
	}

	private isWanted({ place }: Placed<Bill>): boolean {
		if (this.courses.get(place.connection)?.error !== null) return false;
		if (this.after === null) return true;
		const side = compare(place, this.after.place);
		return side > 0 || (side === 0 && this.after.within !== undefined);
	}

	/** Whether the page is full before the last of these bills was given whole. */
	private async take(bills: readonly Placed<Bill>[], first: number): Promise<boolean> {
		const wanted = first - this.rates.length;
		const lists = bills.flatMap((placed) => {
			const course = this.courses.get(placed.place.connection);
			return course === undefined ? [] : [{ ...placed, course, list: this.listOf(placed, course, wanted) }];
		});
		await Promise.all(lists.map(({ list }) => list));
		for (const [index, { place, course, list }] of lists.entries()) {
			const read = await list;
			if (course.error !== null) continue;
			if (read instanceof BillingError) course.error = read;
			else if (read === null) this.end = this.cursorAt(place);
			else if (this.give(place, read, course, first)) return true;
			else if (this.rates.length >= first) return index < lists.length - 1;
		}
		return false;
	}

	/** Gives a bill's rates as far as the page goes; whether some had to be left out. */
	private give(
		place: MergedPlace,
		{ rates, from = 0, reasons, isWhole }: ReadList,
		course: Course,
		first: number,
	): boolean {
		for (const reason of reasons) course.doubts.add(reason);
		this.billsFound += 1;
		this.ratesFound += from;
		for (const [index, rate] of rates.entries()) {
			if (this.rates.length >= first) return true;
			if (!rateMatches(rate, course.plan.conditions)) continue;
			this.ratesFound += 1;
			const position = from + index + 1;
			const isLast = isWhole && index === rates.length - 1;
			this.end = this.cursorAt(place, isLast ? undefined : { position, remoteId: rate.identity.remoteId });
			this.rates.push({ rate, cursor: this.end });
			course.given += 1;
		}
		if (isWhole) this.end = this.cursorAt(place);
		return !isWhole;
	}

	/** It tells the next page how many rates bills have: one that took long bills for short ones would read far too many. */
	private cursorAt(place: MergedPlace, within?: Within): Cursor {
		const each = this.billsFound === 0 ? undefined : Math.ceil(this.ratesFound / this.billsFound);
		return { place, total: null, within, each };
	}

	private withinOf(place: MergedPlace) {
		return this.after !== null && compare(place, this.after.place) === 0 ? this.after.within : undefined;
	}

	/** Those behind the cursor. Null where the provider has none to give; a BillingError where it fails. @throws GraphQLError BAD_CURSOR */
	private async listOf(
		{ item, place }: Placed<Bill>,
		{ plan: { bills, conditions } }: Course,
		wanted: number,
	): Promise<ReadList | BillingError | null> {
		const { connection } = bills;
		const { loaders } = this.context;
		const isSifted = conditions.types !== undefined || conditions.isBilled !== undefined;
		const within = this.withinOf(place);
		const first = isSifted ? undefined : (within?.position ?? 0) + wanted;
		loaders.bill(connection).remember(item.identity, item);
		try {
			const list = await ratesBehind(within, first, loaders.ratesOfBill(connection), handleOf(item));
			return { ...list, isWhole: isWhole(list, first) };
		} catch (error) {
			if (!(error instanceof BillingError)) throw error;
			if (error.kind === 'NOT_OFFERED') return null;
			return error.with({ connection: connection.id, provider: connection.provider });
		}
	}

	private reportOn(plan: RatePlan): SourceReport {
		if (plan.kind === 'SKIP') return skipped(plan);
		const { connection } = plan.bills;
		const { source, requestsBefore, error, given, doubts } = this.courses.get(connection.id) ?? this.courseOf(plan);
		const report = withMore(source.report(), this.context.loaders.requestsTo(connection) - requestsBefore);
		const told = { ...report, notices: [...report.notices, ...doubts], complete: report.complete && doubts.size === 0 };
		if (error === null) return told;
		return { ...told, error, complete: false, state: given > 0 ? 'INTERRUPTED' : 'FAILED' };
	}
}

/** Whether these are all rates that the bill has to give. Without an announced total, as many as were asked for may not be. */
function isWhole({ rates, from = 0, total }: RateList, first: number | undefined): boolean {
	const seen = from + rates.length;
	return first === undefined || seen < first || (total !== null && seen >= total);
}

function mergedPlaceOf(bill: Bill): MergedPlace {
	return { ...placeOf(bill, NEWEST_FIRST), connection: bill.identity.connection };
}
