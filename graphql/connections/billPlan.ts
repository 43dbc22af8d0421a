/** From a bill filter to one query a connection, checked before any provider is asked. */
import { BILL_FILTERS, type BillFilterName, type FilterSupport } from '../../providers/capabilities';
import type { BillOrder, BillQuery, Page, Range } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { checkBillQuery } from '../../providers/query/check';
import type { LocalId } from '../../providers/model/identity';
import { BillingError } from '../../providers/transport/errors';
import { badUserInput, refused } from '../errors';
import type { BillFilter, Maybe } from '../generated/resolverTypes';
import type { KnownBills } from '../loaders/knownBills';
import type { ProviderConnection, ProviderConnections } from '../providerConnections';
import {
	type Conditions,
	type FlatConditions,
	type Reading,
	NEVER,
	implied,
	isFlat,
	matches,
	readTogether,
} from './conditions';
import { notOffered } from './sourceTrouble';
import { accountsOf, billIdsByConnection, connectionsInScope, refuseEmpty } from './scope';

/** A connection to ask. */
export interface AskPlan {
	readonly kind: 'ASK';
	readonly connection: ProviderConnection;
	/** What every bill that is meant meets. */
	readonly query: BillQuery;
	/** What is checked here besides; null where the query says it all. */
	readonly sift: Conditions | null;
	readonly notices: readonly string[];
}

/** A connection to ask, or one that cannot be: it lacks a field that the filter names. */
export type BillPlan =
	AskPlan | { readonly kind: 'SKIP'; readonly connection: ProviderConnection; readonly error: BillingError };

/** @throws GraphQLError BAD_USER_INPUT when the filter cannot be meant */
export function planBills(
	connections: ProviderConnections,
	filter: Maybe<BillFilter> | undefined,
	order?: BillOrder,
): readonly BillPlan[] {
	const set = filter ?? {};
	checkFilter(set, connections);
	return connectionsInScope(connections, set).flatMap((connection): readonly BillPlan[] => {
		const reading = read(set, connection);
		if (reading.kind === 'NEVER') {
			return reading.lacking.length === 0 ? [] : [skip(connection, reading.lacking)];
		}
		const { conditions, dropped } = reading;
		const common = implied(conditions);
		if (common === null) return [];
		const query = order === undefined ? common : { ...common, order };
		const notices = dropped.map(
			(name) =>
				`alternatives that name ${name} are left out: ${connection.connector.capabilities.title} does not give it`,
		);
		return [{ kind: 'ASK', connection, query, sift: isFlat(conditions) ? null : conditions, notices }];
	});
}

/** The bills of a plan, in pages. @param more order, place and sizes */
export async function* plannedBills(
	{ connection, query, sift, notices }: AskPlan,
	more: Pick<BillQuery, 'order' | 'after' | 'pageSize'>,
	signal: AbortSignal,
	known?: KnownBills,
): AsyncGenerator<Page<Bill>, void, undefined> {
	const { order } = more;
	const answer = order === undefined ? null : (known?.answer(connection.id, { ...query, ...more, order }) ?? null);
	let unsaid = notices;
	for await (const page of answer ?? connection.connector.bills({ ...query, ...more }, { signal })) {
		const told = { ...page, notices: [...unsaid, ...page.notices] };
		unsaid = [];
		yield sift === null
			? told
			: {
					...told,
					items: page.items.filter((bill) => matches(bill, sift)),
					total: null,
					appliedHere: [...page.appliedHere, 'and', 'or'],
				};
	}
}

function read(filter: BillFilter, connection: ProviderConnection): Reading {
	const { providers, connections } = filter;
	if (!(providers?.includes(connection.provider) ?? true)) return NEVER;
	if (!(connections?.includes(connection.id) ?? true)) return NEVER;
	const own = ownConditions(filter, connection);
	if (own === null) return NEVER;
	const parts = filter.and?.map((part) => read(part, connection)) ?? [];
	return readTogether(
		own.conditions,
		own.byScope === null ? parts : [...parts, own.byScope],
		filter.or?.map((choice) => read(choice, connection)) ?? null,
		connection.connector.capabilities,
	);
}

interface OwnConditions {
	readonly conditions: FlatConditions;
	/** Which id is meant in which account, where the ids are of several: the same id may be another bill elsewhere. */
	readonly byScope: Reading | null;
}

/** Null where the ids or accounts are all of other connections. */
function ownConditions(filter: BillFilter, connection: ProviderConnection): OwnConditions | null {
	const accounts =
		filter.accounts === null || filter.accounts === undefined ? null : accountsOf(connection, filter.accounts);
	const ids = billIdsByConnection(filter.ids);
	const own = ids === null ? null : (ids.get(connection.id) ?? []);
	if (accounts?.length === 0 || own?.length === 0) return null;
	const scopes = [...new Set(own?.map(({ scope }) => scope))];
	return {
		conditions: {
			...flatConditions(filter),
			ids: own?.map(({ remoteId }) => remoteId),
			accounts: accounts ?? (scopes.length === 0 || scopes.includes('') ? undefined : scopes),
		},
		byScope: own === null || scopes.length < 2 ? null : eitherScope(own, scopes, connection),
	};
}

function eitherScope(
	ids: readonly LocalId[],
	scopes: readonly string[],
	{ connector: { capabilities } }: ProviderConnection,
): Reading {
	const choices = scopes.map((account) => {
		const own = ids.filter(({ scope }) => scope === account).map(({ remoteId }) => remoteId);
		return readTogether({ ids: own, ...(account === '' ? {} : { accounts: [account] }) }, [], null, capabilities);
	});
	return readTogether({}, [], choices, capabilities);
}

function skip(connection: ProviderConnection, lacking: readonly BillFilterName[]): BillPlan {
	const { title } = connection.connector.capabilities;
	const error = notOffered(connection, {
		message: `${title} does not give what the filter names: ${lacking.join(', ')}`,
		hint: 'Leave the condition out, or choose other providers.',
		parameter: lacking[0],
	});
	return { kind: 'SKIP', connection, error };
}

function flatConditions(filter: BillFilter): FlatConditions {
	return {
		numbers: filter.numbers ?? undefined,
		numberLike: filter.numberLike ?? undefined,
		types: filter.types ?? undefined,
		states: filter.states ?? undefined,
		categories: filter.categories ?? undefined,
		billDate: range(filter.billDate),
		dueDate: range(filter.dueDate),
		periodStart: range(filter.periodStart),
		periodEnd: range(filter.periodEnd),
		lastUpdate: range(filter.lastUpdate),
		amountDue: range(filter.amountDue),
		remaining: range(filter.remaining),
		total: range(filter.total),
	};
}

export function range<T>(
	input: Maybe<{ readonly from?: T; readonly to?: T }> | undefined,
): Range<NonNullable<T>> | undefined {
	return input === null || input === undefined
		? undefined
		: { from: input.from ?? undefined, to: input.to ?? undefined };
}

const DEEPEST = 5;
const MOST_PARTS = 100;

/** What no provider could mean is refused once, rather than by each. */
function checkFilter(filter: BillFilter, connections: ProviderConnections, depth = 0): number {
	if (depth > DEEPEST) throw badUserInput('filter', `nests and, or deeper than ${DEEPEST} levels`);
	connectionsInScope(connections, filter);
	refuseEmpty('filter.accounts', filter.accounts);
	billIdsByConnection(filter.ids);
	refuseEmpty('filter.and', filter.and);
	refuseEmpty('filter.or', filter.or);
	for (const { connector } of connections.all) {
		try {
			checkBillQuery(
				{ ...flatConditions(filter), accounts: filter.accounts ?? undefined },
				{ ...connector.capabilities, billFilters: EVERY_FILTER },
			);
		} catch (error) {
			throw error instanceof BillingError ? refused(error) : error;
		}
	}
	const parts = [...(filter.and ?? []), ...(filter.or ?? [])];
	const count = parts.reduce((sum, part) => sum + checkFilter(part, connections, depth + 1), 1);
	if (count > MOST_PARTS) throw badUserInput('filter', `has more than ${MOST_PARTS} parts in and, or`);
	return count;
}

const EVERY_FILTER = Object.fromEntries(BILL_FILTERS.map((name) => [name, 'APPLIED_HERE'])) as Readonly<
	Record<BillFilterName, FilterSupport>
>;
