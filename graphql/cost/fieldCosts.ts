/**
 * What fields cost upstream, as far as it is known before anything is asked: how many requests to providers, for how many
 * objects. A provider whose list must be read to its end may cost more than its first page.
 */
import { MOST_BILLS_A_PAGE, USUAL_RATES } from '../connections/billedRates';
import { decodeGlobalId } from '../globalId';
import type { ProviderConnection } from '../providerConnections';
import { MAX_NODES } from '../resolvers/node';

export interface Asked {
	readonly args: Readonly<Record<string, unknown>>;
	/** How many objects have the field. */
	readonly parents: number;
	/** Those of the reader. */
	readonly connections: readonly ProviderConnection[];
}

export interface FieldCost {
	readonly requests: number;
	/** How many objects its own fields are asked of. */
	readonly children: number;
}

/** By `Type.field`; every other field costs nothing. */
export const FIELD_COSTS: Readonly<Record<string, (asked: Asked) => FieldCost>> = {
	'Query.node': byId,
	'Query.bill': byId,
	'Query.billingAccount': byId,
	'Query.nodes': ({ args }) => byIds(textsIn(args['ids'])),
	'Query._entities': ({ args }) => each(listIn(args['representations']).length),
	'Query.bills': lists,
	'Query.rates': ratesOfLists,
	'Query.billingAccounts': lists,
	'Query.billCounts': counts,
	'Query.spend': sums,
	'BillingAccount.bills': ({ args, parents }) => ({ requests: parents, children: parents * first(args) }),
	'BillingAccount.name': accountResource,
	'BillingAccount.number': accountResource,
	'BillingAccount.availability': accountResource,
	'Bill.rates': ratesOfBills,
	'Bill.reconciliation': ratesOfBills,
	// Of rates that were found by their bills it is known; those asked for by their ids are few.
	'Rate.bill': ({ parents }) => ({ requests: Math.min(parents, MAX_NODES), children: parents }),
};

/** Bills and rows that there are taken to be where the text does not say. */
const UNTOLD_BILLS = 100;
const UNTOLD_ROWS = 20;
/** Beside the list of all bills, one request for each state that a provider can be asked for. */
const MORE_STATES = 4;

function byId({ args }: Asked): FieldCost {
	return byIds(textsIn([args['id']]));
}

/** A rate takes its bill too, which tells how it is signed. */
function byIds(ids: readonly string[]): FieldCost {
	const requests = ids.map((id) => (decodeGlobalId(id)?.type === 'Rate' ? 2 : 1));
	return { requests: sum(requests), children: ids.length };
}

function each(count: number): FieldCost {
	return { requests: count, children: count };
}

/** One request a connection; one an account where the provider lists by account only. */
function lists({ args, connections }: Asked): FieldCost {
	const requests = meant(args, connections).map(({ connector, accounts }) =>
		connector.capabilities.accountRequired ? (accounts?.length ?? 1) : 1,
	);
	return { requests: sum(requests), children: first(args) };
}

/** The bills, and the rates of as many as are likely to fill the page: one a bill where a condition picks rates out. */
function ratesOfLists(asked: Asked): FieldCost {
	const { requests, children } = lists(asked);
	const { types, isBilled, bills } = filterIn(asked.args);
	const ofEach = (types ?? isBilled ?? null) === null ? USUAL_RATES : 1;
	const billsRead = Math.min(Math.ceil(children / ofEach), bills?.length ?? MOST_BILLS_A_PAGE);
	return { requests: requests + (isBilled === false ? 0 : billsRead), children };
}

/** Where a provider counts by state itself, it is asked for each. */
function counts(asked: Asked): FieldCost {
	const { args, connections } = asked;
	const { requests } = lists(asked);
	const native = meant(args, connections).filter(
		({ connector }) =>
			connector.countBills !== undefined && connector.capabilities.billFilters.states === 'PARTLY_PUSHED_DOWN',
	);
	return { requests: requests + (args['groupBy'] === 'STATE' ? native.length * MORE_STATES : 0), children: 1 };
}

/** By product, the rates of every bill besides. */
function sums(asked: Asked): FieldCost {
	const { args, connections } = asked;
	const { requests } = lists(asked);
	const withRates = meant(args, connections).filter(({ connector }) => connector.capabilities.rateFields !== null);
	const bills = filterIn(args).ids?.length ?? UNTOLD_BILLS * withRates.length;
	return { requests: requests + (listIn(args['groupBy']).includes('PRODUCT') ? bills : 0), children: UNTOLD_ROWS };
}

type Filter = Partial<Record<'providers' | 'connections' | 'ids' | 'bills' | 'types', readonly string[] | null>> & {
	readonly isBilled?: boolean | null;
};

function filterIn(args: Asked['args']): Filter {
	return args['filter'] ?? {};
}

/** The connections that a filter leaves. */
function meant(args: Asked['args'], connections: Asked['connections']): Asked['connections'] {
	const filter = filterIn(args);
	return connections.filter(
		({ id, provider }) => isAmong(provider, filter.providers) && isAmong(id, filter.connections),
	);
}

/** One request a bill, where any provider has rates at all. */
function ratesOfBills({ args, parents, connections }: Asked): FieldCost {
	const hasRates = connections.some(({ connector }) => connector.capabilities.rateFields !== null);
	return hasRates ? { requests: parents, children: parents * first(args) } : { requests: 0, children: 0 };
}

/** Accounts are listed together, where they are a resource of their own. */
function accountResource({ connections }: Asked): FieldCost {
	const resources = connections.filter(({ connector }) => connector.capabilities.accounts === 'RESOURCE');
	return { requests: resources.length, children: 0 };
}

function first(args: Asked['args']): number {
	return typeof args['first'] === 'number' && args['first'] > 0 ? args['first'] : 1;
}

function listIn(list: unknown): readonly unknown[] {
	return Array.isArray(list) ? list : [];
}

function textsIn(list: unknown): readonly string[] {
	return listIn(list).map((text) => (typeof text === 'string' ? text : ''));
}

function isAmong(value: string, list: readonly string[] | null | undefined): boolean {
	return list?.includes(value) ?? true;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
