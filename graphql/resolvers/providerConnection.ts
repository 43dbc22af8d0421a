/** `ProviderConnection`, and its capabilities as lists. */
import type { Instant } from '../../providers/model/dates';
import type {
	CapabilitiesResolvers,
	ConnectionHealthResolvers,
	ProviderConnectionResolvers,
} from '../generated/resolverTypes';

export const ProviderConnection: ProviderConnectionResolvers = {
	capabilities: ({ connector }) => connector.capabilities,
	health: (connection) => connection.health?.() ?? null,
	deprecations: ({ deprecations }) => deprecations?.() ?? [],
	freshFor: ({ freshFor }) => freshFor ?? 0,
};

export const ConnectionHealth: ConnectionHealthResolvers = {
	restsUntil: ({ restsUntil }) => instantOf(restsUntil),
	lastAnswer: ({ lastAnswerAt }) => instantOf(lastAnswerAt),
	lastFailure: ({ lastFailureAt }) => instantOf(lastFailureAt),
};

/** @param at milliseconds since the epoch */
function instantOf(at: number | null): Instant | null {
	return at === null ? null : (new Date(at).toISOString() as Instant);
}

export const Capabilities: CapabilitiesResolvers = {
	billFields: ({ billFields }) => offers(billFields),
	rateFields: ({ rateFields }) => (rateFields === null ? null : offers(rateFields)),
	accountFields: ({ accountFields }) => offers(accountFields),
	billFilters: ({ billFilters }) => filters(billFilters),
	rateFilters: ({ rateFilters }) => (rateFilters === null ? null : filters(rateFilters)),
};

function offers<Offer>(table: Readonly<Record<string, Offer>>): { field: string; offer: Offer }[] {
	return Object.entries(table).map(([field, offer]) => ({ field, offer }));
}

function filters<Support>(table: Readonly<Record<string, Support>>): { filter: string; support: Support }[] {
	return Object.entries(table).map(([filter, support]) => ({ filter, support }));
}
