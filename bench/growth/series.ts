/** What grows, and what is asked while it does. */
import type { Fixture } from '../graph/sandbox';
import type { Series } from './rows';

export interface Connection {
	readonly id: string;
	readonly provider: string;
}

export interface GrowthSeries {
	readonly name: Series;
	readonly sizes: { readonly full: readonly number[]; readonly quick: readonly number[] };
	readonly fixture: (size: number) => Fixture;
	/** Those of the sandbox that the server is given. */
	readonly connections: (offered: readonly Connection[], size: number) => readonly Connection[];
	readonly questions: ListQuestions;
}

/** Of the list that grows. */
export interface ListQuestions {
	readonly firstPage: string;
	/** A page as `firstPage`, behind `$after`. */
	readonly deepPage: string;
	/** A page of the export, behind `$after`; a shorter one with `$first`. */
	readonly exportPage: string;
	/** Rows of a first and of a deep page. */
	readonly pageSize: number;
}

/** What every server is asked for in a year of spend. */
export const SPEND = `{ spend(groupBy: [MONTH], filter: { billDate: { from: "2025-11-01", to: "2026-10-31" } }) {
	rows { month documents total { amount { amount currency } } } sources { complete } } }`;

const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';
const BILL = 'id provider remoteId number state billDate dueDate total { amount currency }';
const RATE = 'id remoteId name type net { amount currency }';

const BILLS = listQuestions('bills', BILL, { page: 50, exported: 500 });
const RATES = listQuestions('rates', RATE, { page: 100, exported: 1_000 });

/** Rates are spread over so many bills. */
const BILLS_OF_RATES = 10;
/** More than this of one page, no server is asked for. */
const PAGE_LIMIT = 1_000;

export const GROWTH: readonly GrowthSeries[] = [
	{
		name: 'rates',
		sizes: { full: [1_000, 10_000, 100_000, 1_000_000], quick: [1_000, 10_000] },
		fixture: (size) => ({ accounts: 1, bills: BILLS_OF_RATES, rates: size / BILLS_OF_RATES, pageLimit: PAGE_LIMIT }),
		connections: only('ORACLE_BRM'),
		questions: RATES,
	},
	...(['ORACLE_BRM', 'ORANGE_BUSINESS'] as const).map((provider): GrowthSeries => ({
		name: provider === 'ORACLE_BRM' ? 'bills-windowed' : 'bills-sorted',
		sizes: { full: [10, 100, 1_000, 10_000], quick: [10, 1_000] },
		fixture: (size) => ({ accounts: 1, bills: size, rates: 1, pageLimit: PAGE_LIMIT }),
		connections: only(provider),
		questions: BILLS,
	})),
	{
		name: 'connections',
		sizes: { full: [1, 10, 50, 200], quick: [1, 20] },
		fixture: () => ({ accounts: 1, bills: 24, rates: 1, pageLimit: PAGE_LIMIT }),
		connections: (offered, size) =>
			Array.from({ length: size }, (_, index) => ({ ...at(offered, index), id: `c${String(index).padStart(3, '0')}` })),
		questions: BILLS,
	},
];

function listQuestions(
	field: 'bills' | 'rates',
	members: string,
	{ page, exported }: { readonly page: number; readonly exported: number },
): ListQuestions {
	return {
		firstPage: `{ ${field}(first: ${page}) { nodes { ${members} } ${PAGE_INFO} } }`,
		deepPage: `query ($after: String) { ${field}(first: ${page}, after: $after) { nodes { ${members} } ${PAGE_INFO} } }`,
		exportPage: `query ($after: String, $first: Int = ${exported}) {
			${field}(first: $first, after: $after) { nodes { ${members} } ${PAGE_INFO} } }`,
		pageSize: page,
	};
}

function only(provider: string): GrowthSeries['connections'] {
	return (offered) => offered.filter((connection) => connection.provider === provider);
}

function at(offered: readonly Connection[], index: number): Connection {
	const found = offered[index % offered.length];
	if (found === undefined) throw new Error('The sandbox offers no connections');
	return found;
}
