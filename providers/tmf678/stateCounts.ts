/** How many bills are in each state: by the totals that the server announces, or by reading the bills where that is as cheap. */
import type { BillCounts, BillQuery } from '../connector';
import type { Bill } from '../model/bill';
import type { BillState } from '../model/billWords';
import { readWhole, resumed } from '../query/walks';
import { type WalkedPage, endWith } from '../transport/pageWalk';
import type { Tmf678Dialect } from './dialect';
import type { ParameterValues } from './parameters';
import { isPushable, pushDown } from './pushDown';
import type { WireBill } from './wire';

export interface StateCounting {
	readonly dialect: Tmf678Dialect;
	/** Reads the bills that meet these parameters. */
	readonly walk: (parameters: ParameterValues) => AsyncGenerator<WalkedPage<WireBill>, void>;
	readonly map: (row: WireBill) => Bill;
}

/** The only member that counting reads; the server adds the id. */
const RECORD: ParameterValues = { fields: 'state' };

/**
 * The first page of all bills tells how many there are. Where the rest takes more requests than one for each state that
 * can be asked for, those are asked for one row each, which comes with the state's total; what is left of all bills is in
 * the state that cannot be.
 * @returns null where the server cannot be asked for exactly what the query means, or its totals do not fit together
 */
export async function countByState(query: BillQuery, counting: StateCounting): Promise<BillCounts | null> {
	const { dialect, walk } = counting;
	const { parameters, appliedHere } = pushDown(query, dialect);
	const isAskable = dialect.filtersAreDocumented && dialect.otherState !== null && isPushable('states', dialect);
	if (!isAskable || query.states !== undefined || appliedHere.length > 0) return null;
	const pages = walk({ ...parameters, ...RECORD });
	const first = await pages.next();
	if (first.done === true) return null;
	const { total, rows, end, requests } = first.value;
	const states = Object.keys(dialect.filterableStates).length;
	// The server's limit may be smaller than ours.
	const isShort = total === null || Math.ceil(total / Math.max(1, rows.length)) <= 1 + states;
	if (end !== null || isShort) return countRead(resumed(first.value, pages), counting);
	await pages.return();
	return countAnnounced(total, requests, parameters, counting);
}

async function countRead(pages: AsyncIterable<WalkedPage<WireBill>>, { map }: StateCounting): Promise<BillCounts> {
	const { rows, reasons, requests } = await readWhole(pages);
	const counts = new Map<BillState, number>();
	for (const row of rows) {
		const { state } = map(row);
		counts.set(state, (counts.get(state) ?? 0) + 1);
	}
	return { counts, method: 'COUNTED', requests, end: endWith(reasons), notices: [] };
}

async function countAnnounced(
	all: number,
	requests: number,
	parameters: ParameterValues,
	{ dialect: { filterableStates, otherState }, walk }: StateCounting,
): Promise<BillCounts | null> {
	const words = Object.entries(filterableStates);
	const totals = await Promise.all(
		words.map(([, word]) => announced(walk({ ...parameters, ...RECORD, state: word, limit: 1 }))),
	);
	const known = totals.filter((total) => total !== null);
	const others = all - known.reduce((sum, total) => sum + total, 0);
	if (known.length < words.length || otherState === null || others < 0) return null;
	const counted = [
		...words.map(([state], index) => [state, known[index] ?? 0] as const),
		[otherState, others] as const,
	];
	return {
		counts: new Map(counted.filter(([, bills]) => bills > 0)),
		method: 'NATIVE',
		requests: requests + words.length,
		end: endWith([]),
		notices:
			others === 0 ? [] : [`${otherState} is what is left of all ${all} bills: the provider cannot be asked for it`],
	};
}

async function announced(pages: AsyncGenerator<WalkedPage<WireBill>, void>): Promise<number | null> {
	const { value } = await pages.next();
	await pages.return();
	return value?.total ?? null;
}
