/** Looking up a host that must not be in a private network: what is connected to is what was checked. */
import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

import { isPublicAddress } from '../../providers/documents/links';
import { BillingError } from '../../providers/transport/errors';

/** All addresses of a name, as `dns.lookup` gives them. */
export type Resolve = (
	host: string,
	options: LookupAllOptions,
	done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * For a socket's `lookup`. It runs for every new connection, and the socket goes to the address that it gives, so that a
 * name which leads somewhere else a moment later (DNS rebinding) gains nothing. One private address is one too many.
 * Fails with BillingError FORBIDDEN.
 */
export function publicLookup(resolve: Resolve = lookup): LookupFunction {
	return (host, options, done) => {
		resolve(host, { ...options, all: true }, (error, addresses) => {
			if (error !== null) {
				done(error, '');
				return;
			}
			const [first] = addresses;
			if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) done(refused(host), '');
			else if (options.all === true) done(null, addresses);
			else done(null, first.address, first.family);
		});
	};
}

function refused(host: string): Error {
	return new BillingError({
		kind: 'FORBIDDEN',
		message: `The link to ${host} leads into a private network`,
		hint: 'Download the document from the portal of the provider, and tell the provider about the link.',
	});
}
