/**
 * What fields cost upstream, as far as it is known before anything is asked: how many requests to providers, for how many
 * objects. A provider whose list must be read to its end may cost more than its first page.
 */
import type { ProviderConnection } from '../providerConnections';

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
	'Query.nodes': ({ args }) => each(lengthOf(args['ids'])),
	'Query._entities': ({ args }) => each(lengthOf(args['representations'])),
	'Query.bills': lists,
	'Query.rates': lists,
	'Query.billingAccounts': lists,
	'Query.billCounts': lists,
	'Query.spend': lists,
	'BillingAccount.bills': ({ args, parents }) => ({ requests: parents, children: parents * first(args) }),
	'BillingAccount.name': accountResource,
	'BillingAccount.number': accountResource,
	'Bill.rates': ratesOfBills,
	'Bill.reconciliation': ratesOfBills,
	'Rate.bill': ({ parents }) => each(parents),
};

function byId({ parents }: Asked): FieldCost {
	return each(parents);
}

function each(count: number): FieldCost {
	return { requests: count, children: count };
}

/** One request a connection; one an account where the provider lists by account only. */
function lists({ args, connections }: Asked): FieldCost {
	const filter = (args['filter'] ?? {}) as Partial<Record<'providers' | 'connections', readonly string[] | null>>;
	const requests = connections
		.filter(({ id, provider }) => isAmong(provider, filter.providers) && isAmong(id, filter.connections))
		.map(({ connector, accounts }) => (connector.capabilities.accountRequired ? (accounts?.length ?? 1) : 1));
	return { requests: sum(requests), children: first(args) };
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

function lengthOf(list: unknown): number {
	return Array.isArray(list) ? list.length : 0;
}

function isAmong(value: string, list: readonly string[] | null | undefined): boolean {
	return list?.includes(value) ?? true;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
