/** What went wrong on the network, in words a bookkeeper can pass on. */
import { BillingError, type BillingErrorDetails } from '../../providers/transport/errors';

/** Not retryable: what stays as it is until somebody mends it. */
type Explanation = Pick<BillingErrorDetails, 'kind' | 'message' | 'hint' | 'retryable'>;

/** By the code of undici, of Node's sockets, of name resolution, of TLS and of zlib. */
const EXPLANATIONS: Readonly<Record<string, (host: string) => Explanation>> = {
	UND_ERR_CONNECT_TIMEOUT: tooLate,
	UND_ERR_HEADERS_TIMEOUT: tooLate,
	UND_ERR_BODY_TIMEOUT: tooLate,
	ETIMEDOUT: tooLate,
	ECONNREFUSED: (host) => ({
		kind: 'UNAVAILABLE',
		message: `Nothing answers at ${host}`,
		hint: 'Check host and port of the base URL, and whether the service runs.',
	}),
	ENOTFOUND: (host) => ({ ...unknownHost(host), retryable: false }),
	EAI_AGAIN: unknownHost,
	ERR_TLS_CERT_ALTNAME_INVALID: (host) => ({
		kind: 'UNAVAILABLE',
		message: `The certificate that was shown is not one for ${host}`,
		hint: 'Check the host of the base URL; a proxy may be answering in its place.',
		retryable: false,
	}),
	DEPTH_ZERO_SELF_SIGNED_CERT: unknownIssuer,
	SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
	CERT_HAS_EXPIRED: (host) => ({
		kind: 'UNAVAILABLE',
		message: `The certificate of ${host} has run out`,
		hint: 'Its operator has to renew it; check the clock of this machine too.',
		retryable: false,
	}),
	Z_DATA_ERROR: badPacking,
	Z_BUF_ERROR: badPacking,
};

/** @returns BillingError TIMEOUT, UNAVAILABLE or PROTOCOL; a BillingError as it is */
export function networkError(error: unknown, host: string): BillingError {
	if (error instanceof BillingError) return error;
	const explain = EXPLANATIONS[codeOf(error)];
	const explanation = explain?.(host) ?? {
		kind: 'UNAVAILABLE',
		message: `The connection to ${host} broke`,
		hint: 'Try again; if it stays so, a firewall or proxy may be in the way.',
	};
	return new BillingError({ ...explanation, cause: error });
}

/** Of the error or of what caused it; several addresses tried give an AggregateError. */
function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return '';
	if ('code' in error && typeof error.code === 'string') return error.code;
	if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
	return 'cause' in error ? codeOf(error.cause) : '';
}

function tooLate(host: string): Explanation {
	return { kind: 'TIMEOUT', message: `${host} took too long`, hint: 'Try again, or raise timeoutMs.' };
}

function unknownHost(host: string): Explanation {
	return {
		kind: 'UNAVAILABLE',
		message: `No such host: ${host}`,
		hint: 'Check the spelling in the base URL, and the name service of this network.',
	};
}

function unknownIssuer(host: string): Explanation {
	return {
		kind: 'UNAVAILABLE',
		message: `The certificate of ${host} is signed by an authority that this machine does not know`,
		hint: 'Name the authority in the connection\'s "ca", or give it to Node.js with NODE_EXTRA_CA_CERTS.',
		retryable: false,
	};
}

function badPacking(host: string): Explanation {
	return { kind: 'PROTOCOL', message: `What ${host} sent cannot be unpacked`, hint: 'Try again later.' };
}
