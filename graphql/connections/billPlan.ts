/** From a bill filter to one query a connection, checked before any provider is asked. */
import { BILL_FILTERS, type BillFilterName, type FilterSupport } from '../../providers/capabilities';
import type { BillOrder, BillQuery, Range } from '../../providers/connector';
import { filtersSet } from '../../providers/query/billFilter';
import { checkBillQuery } from '../../providers/query/check';
import { BillingError } from '../../providers/transport/errors';
import { refused } from '../errors';
import type { BillFilter, Maybe } from '../generated/resolverTypes';
import type { ProviderConnection, ProviderConnections } from '../providerConnections';
import { accountsOf, billIdsByConnection, connectionsInScope, refuseEmpty } from './scope';

/** A connection to ask, or one that cannot be: it lacks a field that the filter names. */
export type BillPlan =
	| { readonly kind: 'ASK'; readonly connection: ProviderConnection; readonly query: BillQuery }
	| { readonly kind: 'SKIP'; readonly connection: ProviderConnection; readonly error: BillingError };

/** @throws GraphQLError BAD_USER_INPUT when the filter cannot be meant */
export function planBills(
	connections: ProviderConnections,
	filter: Maybe<BillFilter> | undefined,
	order: BillOrder,
): readonly BillPlan[] {
	const set = filter ?? {};
	refuseEmpty('filter.accounts', set.accounts);
	const ids = billIdsByConnection(set.ids);
	const conditions = conditionsOf(set, order);
	const plans = connectionsInScope(connections, set).flatMap((connection): readonly BillPlan[] => {
		check(conditions, connection);
		const accounts = set.accounts === null || set.accounts === undefined ? null : accountsOf(connection, set.accounts);
		const own = ids === null ? null : (ids.get(connection.id) ?? []);
		// None of its bills can match.
		if (accounts?.length === 0 || own?.length === 0) return [];
		const scopes = own?.map(({ scope }) => scope) ?? [];
		const query: BillQuery = {
			...conditions,
			ids: own?.map(({ remoteId }) => remoteId),
			accounts: accounts ?? (scopes.length === 0 || scopes.includes('') ? undefined : [...new Set(scopes)]),
		};
		return [plan(connection, query)];
	});
	return plans;
}

function plan(connection: ProviderConnection, query: BillQuery): BillPlan {
	const { billFilters, title } = connection.connector.capabilities;
	const lacking = filtersSet(query).filter((name) => billFilters[name] === 'REFUSED');
	if (lacking.length === 0) return { kind: 'ASK', connection, query };
	const error = new BillingError({
		kind: 'NOT_OFFERED',
		connection: connection.id,
		provider: connection.provider,
		parameter: lacking[0],
		message: `${title} does not give what the filter names: ${lacking.join(', ')}`,
		hint: 'Leave the condition out, or choose other providers.',
	});
	return { kind: 'SKIP', connection, error };
}

function conditionsOf(filter: BillFilter, order: BillOrder): BillQuery {
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
		order,
	};
}

function range<T>(input: Maybe<{ readonly from?: T; readonly to?: T }> | undefined): Range<NonNullable<T>> | undefined {
	return input === null || input === undefined
		? undefined
		: { from: input.from ?? undefined, to: input.to ?? undefined };
}

const EVERY_FILTER = Object.fromEntries(BILL_FILTERS.map((name) => [name, 'APPLIED_HERE'])) as Readonly<
	Record<BillFilterName, FilterSupport>
>;

/** What no provider could mean is refused once, rather than by each. */
function check(conditions: BillQuery, { connector }: ProviderConnection): void {
	try {
		checkBillQuery(conditions, { ...connector.capabilities, billFilters: EVERY_FILTER });
	} catch (error) {
		throw error instanceof BillingError ? refused(error) : error;
	}
}
