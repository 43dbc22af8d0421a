/** `Rate` and its characteristics. */
import type { CharacteristicResolvers, RateResolvers } from '../generated/resolverTypes';
import { encodeGlobalId } from '../globalId';
import { rateAvailability } from './availability';

export const Rate: RateResolvers = {
	id: ({ identity, bill }) => encodeGlobalId({ type: 'Rate', connection: identity.connection, id: identity, bill }),
	provider: ({ identity }) => identity.provider,
	remoteId: ({ identity }) => identity.remoteId,
	bill: (rate, _args, { connections, loaders }) =>
		rate.bill === null ? null : loaders.bill(connections.of(rate)).load(rate.bill),
	availability: (rate, _args, { connections }) => rateAvailability(rate, connections.of(rate).connector.capabilities),
};

export const Characteristic: CharacteristicResolvers = {
	value: ({ value }) => (typeof value === 'string' ? value : JSON.stringify(value)),
};
