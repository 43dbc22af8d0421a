/** Links that a provider put into a record: followed with care, since whoever can write a record can write a link. */
import { BillingError, type ErrorKind } from '../transport/errors';
import type { TransportRequest } from '../transport/port';

export interface LinkRules {
	/** The provider's own origins, which get the credentials; relative links are of the first. */
	readonly ownOrigins: readonly string[];
	/** The only other hosts that may be asked, without credentials; any public host where absent, none where empty. */
	readonly foreignHosts?: readonly string[] | undefined;
	/** Lets foreign links be plain http. Own origins are as they are configured. */
	readonly allowHttp?: boolean | undefined;
}

/**
 * The request that follows a link. Credentials go to own origins only. A link elsewhere must be https to a public host;
 * a name that resolves to a private address is the adapter's to refuse, since only it resolves names.
 * @throws BillingError INVALID_REQUEST for what is no link, FORBIDDEN for one that is not followed
 */
export function linkRequest(link: string, rules: LinkRules): TransportRequest {
	const url = parsed(link, rules.ownOrigins[0]);
	const isOwn = rules.ownOrigins.some((origin) => new URL(origin).origin === url.origin);
	if (url.username !== '' || url.password !== '') throw refused('FORBIDDEN', url, 'holds a user name or password');
	if (!isOwn) refuseUnsafe(url, rules);
	url.hash = '';
	return {
		method: 'GET',
		url: url.href,
		headers: {},
		expect: 'stream',
		...(isOwn ? { credential: 'SEND' } : { credential: 'WITHHOLD', publicOnly: true }),
	};
}

function parsed(link: string, base: string | undefined): URL {
	let url: URL;
	try {
		url = new URL(link, base);
	} catch {
		throw new BillingError({
			kind: 'INVALID_REQUEST',
			message: 'The link to the document is not a web address',
			hint: HINT,
		});
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw refused('INVALID_REQUEST', url, `is not a web address but starts with ${url.protocol}`);
	}
	return url;
}

function refuseUnsafe(url: URL, { foreignHosts, allowHttp = false }: LinkRules): void {
	const host = url.hostname.replace(/\.$/, '');
	if (foreignHosts !== undefined && !foreignHosts.some((known) => known.toLowerCase() === host)) {
		throw new BillingError({
			kind: 'FORBIDDEN',
			message: `The link leads to ${host}, which is not a host of this provider`,
			hint: `Where ${host} is known to keep its documents, name it among the document hosts of the connection.`,
		});
	}
	if (url.protocol !== 'https:' && !allowHttp) throw refused('FORBIDDEN', url, 'is not https');
	if (!isPublic(host)) throw refused('FORBIDDEN', url, `leads into a private network (${host})`);
}

const HINT = 'Download the document from the portal of the provider, and tell the provider about the link.';

/** Names the host at most: path and query of a link may hold a signature. */
function refused(kind: ErrorKind, url: URL, why: string): BillingError {
	const to = url.hostname === '' ? '' : ` to ${url.hostname}`;
	return new BillingError({ kind, message: `The link${to} ${why}`, hint: HINT });
}

const PRIVATE_NAME = /^[^.]*$|\.(?:localhost|local|internal|intranet|lan|home\.arpa)$/;

/** False for names and literal addresses of this machine or a private network. */
function isPublic(host: string): boolean {
	if (host.startsWith('[')) return isPublicAddress(host.slice(1, -1));
	// URL has made every notation of an IPv4 address dotted decimal.
	return DOTTED_DECIMAL.test(host) ? isPublicAddress(host) : !PRIVATE_NAME.test(host);
}

const DOTTED_DECIMAL = /^\d+(?:\.\d+){3}$/;

/** @param address dotted decimal, or IPv6 in its canonical text (RFC 5952) */
export function isPublicAddress(address: string): boolean {
	if (!DOTTED_DECIMAL.test(address)) return isPublicIpv6(address);
	return !PRIVATE_IPV4.some((range) => isWithin(address, range));
}

/** Networks that are not reached over the public internet (IANA special-purpose registry), with the bits that name them. */
const PRIVATE_IPV4: readonly (readonly [network: string, bits: number])[] = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 3],
];

function isWithin(address: string, [network, bits]: readonly [string, number]): boolean {
	const prefix = (dotted: string): number =>
		Math.floor(dotted.split('.').reduce((whole, octet) => whole * 256 + Number(octet), 0) / 2 ** (32 - bits));
	return prefix(address) === prefix(network);
}

/** Global unicast only, and none that carries an IPv4 address inside (6to4, Teredo). */
function isPublicIpv6(address: string): boolean {
	return /^[23][0-9a-f]{3}:/.test(address) && !/^(?:2002:|2001:(?:0:|:))/.test(address);
}
