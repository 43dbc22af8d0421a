/** `ProviderConnection`, and its capabilities as lists. */
import type { CapabilitiesResolvers, ProviderConnectionResolvers } from '../generated/resolverTypes';

export const ProviderConnection: ProviderConnectionResolvers = {
	capabilities: ({ connector }) => connector.capabilities,
};

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
