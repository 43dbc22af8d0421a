/** Connections that fail: none, broken, too slow, to the wrong host. */
import type { FaultRow, FaultTable } from '../support/matrix';
import { onPage, onToken, once } from '../support/rules';
import type { Certificate } from '../support/tlsFront';

/** Where a provider's API is looked for. */
export type Place =
	| { readonly kind: 'CLOSED_PORT' }
	| { readonly kind: 'UNKNOWN_HOST' }
	| { readonly kind: 'TLS'; readonly certificate: Certificate; readonly isAuthorityKnown: boolean };

/** Origins where nothing is. */
export const NOWHERE = { CLOSED_PORT: 'http://127.0.0.1:1', UNKNOWN_HOST: 'http://billing.invalid' } as const;

export interface NetworkRow extends FaultRow {
	/** The sandbox where absent. */
	readonly place?: Place;
	/** Where it gives tokens; the sandbox where absent. */
	readonly tokenPlace?: Place;
}

const NO_TOKEN = {
	TMF678: { why: 'asked without a token here; where it takes one, the code that gets it is Oracle BRM’s' },
} as const;
const none: FaultRow['faults'] = () => [];

/** Short in this table. */
const TIMEOUT_MS = 1_500;

const broken: readonly NetworkRow[] = [
	{
		what: 'Connection refused',
		place: { kind: 'CLOSED_PORT' },
		faults: none,
		outcomes: { all: 'UNAVAILABLE' },
		words: /Nothing answers at/,
	},
	{
		what: 'No such host',
		place: { kind: 'UNKNOWN_HOST' },
		faults: none,
		outcomes: { all: 'UNAVAILABLE' },
		words: /[Nn]o (?:such )?host/,
	},
	{ what: 'Reset before the answer, once', faults: once(2, { effect: 'reset' }), outcomes: { all: 'ALL_ROWS' } },
	{
		what: 'Reset before the answer, every time',
		faults: onPage(2, { effect: 'reset' }),
		outcomes: { all: 'UNAVAILABLE' },
	},
	{
		what: 'Reset inside the body, once',
		faults: once(2, { effect: 'reset', with: { afterBytes: 40 } }),
		outcomes: { all: 'ALL_ROWS' },
	},
	{
		what: 'Reset inside the body, every time',
		faults: onPage(3, { effect: 'reset', with: { afterBytes: 40 } }),
		outcomes: { all: 'UNAVAILABLE' },
	},
];

const slow: readonly NetworkRow[] = [
	{ what: 'No answer, once', faults: once(1, { effect: 'hang' }), outcomes: { all: 'ALL_ROWS' } },
	{ what: 'No answer, ever', faults: onPage(2, { effect: 'hang' }), outcomes: { all: 'TIMEOUT' } },
	{
		what: 'The answer after the timeout',
		faults: onPage(3, { effect: 'latency', with: { ms: 10 * TIMEOUT_MS } }),
		outcomes: { all: 'TIMEOUT' },
	},
	{
		what: 'A drip, slower than the timeout between bytes',
		faults: onPage(2, { effect: 'drip', with: { bytes: 200, everyMs: 10 * TIMEOUT_MS } }),
		outcomes: { all: 'TIMEOUT' },
	},
	{
		what: 'A drip without end, each byte in time',
		faults: onPage(2, { effect: 'drip', with: { bytes: 1, everyMs: TIMEOUT_MS / 5 } }),
		outcomes: { all: 'TIMEOUT' },
	},
	{
		what: 'Connection to the token server refused',
		tokenPlace: { kind: 'CLOSED_PORT' },
		faults: none,
		outcomes: { all: 'AUTH', except: NO_TOKEN },
		words: /Nothing answers at|token server cannot be reached/,
	},
	{
		what: 'No such host for tokens',
		tokenPlace: { kind: 'UNKNOWN_HOST' },
		faults: none,
		outcomes: { all: 'AUTH', except: NO_TOKEN },
		words: /token server.*No such host|no host.*token URL/s,
	},
	{
		what: 'No answer from the token server',
		faults: onToken({ effect: 'hang' }),
		// n8n's OAuth2 bears a silence for as long as the nodes wait in all; the sign-in is their own.
		outcomes: { all: 'TIMEOUT', except: { ...NO_TOKEN, 'FLOLIVE NODE': 'AUTH' } },
	},
];

const certificates: readonly NetworkRow[] = [
	{
		what: 'A certificate that signed itself',
		place: { kind: 'TLS', certificate: 'selfSigned', isAuthorityKnown: true },
		faults: none,
		outcomes: { all: 'UNAVAILABLE' },
		words: /certificate.*NODE_EXTRA_CA_CERTS/s,
	},
	{
		what: 'An authority that the machine does not know',
		place: { kind: 'TLS', certificate: 'own', isAuthorityKnown: false },
		faults: none,
		outcomes: { all: 'UNAVAILABLE' },
		words: /certificate.*NODE_EXTRA_CA_CERTS/s,
	},
	{
		what: 'The same authority, made known by NODE_EXTRA_CA_CERTS',
		place: { kind: 'TLS', certificate: 'own', isAuthorityKnown: true },
		faults: none,
		outcomes: { all: 'ALL_ROWS' },
	},
	{
		what: 'The certificate of another host',
		place: { kind: 'TLS', certificate: 'other', isAuthorityKnown: true },
		faults: none,
		outcomes: { all: 'UNAVAILABLE' },
		words: /certificate .*(?:belongs to another host|is not one for 127\.0\.0\.1)/,
	},
	{
		what: 'A token server whose certificate signed itself',
		tokenPlace: { kind: 'TLS', certificate: 'selfSigned', isAuthorityKnown: false },
		faults: none,
		outcomes: { all: 'AUTH', except: NO_TOKEN },
		words: /token server.*certificate.*NODE_EXTRA_CA_CERTS/s,
	},
];

export const networkFaults: FaultTable<NetworkRow> = {
	title: 'Connections',
	intro:
		'Requests may take a second and a half here. An authority of your own is made known to either face by `NODE_EXTRA_CA_CERTS`.',
	requestTimeoutMs: TIMEOUT_MS,
	rows: [...broken, ...slow, ...certificates],
};
