/** What went wrong on the way, in words for the user: told from what n8n keeps of the HTTP library's error. */
import { BillingError, type BillingErrorDetails } from '../../providers/transport/errors';

/** What n8n keeps of a failed request: an error whose cause is the HTTP library's, with response and code. */
export interface HelperError {
	readonly httpCode?: string | null;
	readonly cause?: {
		readonly code?: string;
		readonly message?: string;
		readonly response?: { readonly status?: number; readonly headers?: object; readonly data?: unknown };
		/** The request: n8n asks the token server by the same library. */
		readonly config?: { readonly url?: string };
	};
	readonly response?: { readonly status?: number; readonly headers?: object; readonly data?: unknown };
	readonly code?: string;
	readonly message?: string;
	/** What n8n put other words in place of. */
	readonly messages?: readonly string[];
}

function wordsOf({ message, cause, messages = [] }: HelperError): string {
	return [message, cause?.message, ...messages].join(' ');
}

type NetworkTrouble = Pick<BillingErrorDetails, 'kind' | 'message' | 'hint' | 'retryable'>;

const UNTRUSTED: NetworkTrouble = {
	kind: 'UNAVAILABLE',
	message: 'The provider shows a certificate that this machine does not trust',
	hint: "Add the provider's certificate authority to the machine that runs n8n (NODE_EXTRA_CA_CERTS).",
	retryable: false,
};

const TOO_LATE: NetworkTrouble = {
	kind: 'TIMEOUT',
	message: 'The provider did not answer in time',
	hint: 'Try again later, or ask for less at a time.',
};

export function tooLate(more: Partial<BillingErrorDetails> = {}): BillingError {
	return new BillingError({ ...TOO_LATE, ...more });
}

const BADLY_PACKED: NetworkTrouble = {
	kind: 'PROTOCOL',
	message: 'What the provider sent cannot be unpacked',
	hint: 'Try again later; if it stays so, a proxy may be in the way.',
};

const TROUBLE_BY_CODE: Readonly<Record<string, NetworkTrouble>> = {
	ECONNABORTED: TOO_LATE,
	ETIMEDOUT: TOO_LATE,
	ECONNREFUSED: {
		kind: 'UNAVAILABLE',
		message: 'Nothing answers at this host and port',
		hint: 'Check the base URL in the credential, and that the host can be reached from n8n.',
	},
	ENOTFOUND: {
		kind: 'UNAVAILABLE',
		message: 'There is no host of this name',
		hint: 'Check the base URL in the credential.',
		retryable: false,
	},
	EAI_AGAIN: {
		kind: 'UNAVAILABLE',
		message: 'The name of the host could not be looked up',
		hint: 'Check the base URL in the credential and the network of n8n.',
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		kind: 'UNAVAILABLE',
		message: 'The certificate that answers belongs to another host',
		hint: 'Check the host in the base URL of the credential.',
		retryable: false,
	},
	DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
	SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
	Z_DATA_ERROR: BADLY_PACKED,
	Z_BUF_ERROR: BADLY_PACKED,
	CERT_HAS_EXPIRED: { ...UNTRUSTED, message: "The provider's certificate has expired" },
};

/** n8n's words where it never asked for a token, or may not ask again. */
const NOT_CONNECTED =
	/access token|oauth credentials not connected|needs to be reconnected|invalid_client|unsupported_grant/i;

/** How n8n, and the sign-in of our own credentials, begin to say that there is no token. */
const NO_TOKEN = /failed to acquire OAuth2 access token|no access token: the /i;
/** What n8n's OAuth2 client calls a refusal, and an answer that holds no token. */
const TOKEN_ANSWERS: ReadonlySet<string> = new Set(['EAUTH', 'ESTATUS']);
const PASSING_TROUBLE =
	/cannot be reached|\bstatus(?: code)? (?:429|5\d\d)\b|timeout|socket hang up|\bE(?:CONN|TIMEDOUT|AI_AGAIN|PIPE)|aborted/i;
const BAD_CERTIFICATE =
	/self-signed certificate|(?:first|issuer) certificate|certificate has expired|certificate's altnames|not trust its certificate/i;

const TOKEN_REFUSED: BillingErrorDetails = {
	kind: 'AUTH',
	message: 'No access token could be had for the credential',
	hint: 'Open the credential and test it: the client id, the client secret or the token URL is not right, or the account must be connected again.',
};

const TOKEN_SERVER_TROUBLE: BillingErrorDetails = {
	kind: 'AUTH',
	message: 'The token server cannot be reached, or has trouble of its own',
	hint: 'Try again later; if it stays so, check the token URL (or sign-in URL) in the credential.',
	retryable: true,
};

const NO_TOKEN_HOST: BillingErrorDetails = {
	kind: 'AUTH',
	message: 'There is no host of the name in the token URL',
	hint: 'Check the token URL (or sign-in URL) in the credential.',
};

const UNTRUSTED_TOKEN_SERVER: BillingErrorDetails = {
	kind: 'AUTH',
	message: 'The token server shows a certificate that is not good for this machine or this host',
	hint: 'Check the token URL (or sign-in URL), or add the certificate authority to the machine that runs n8n (NODE_EXTRA_CA_CERTS).',
};

/** Whether it was the token that could not be had, at first or again, for a request to this URL: what the error says then is of the token server. */
export function isWithoutToken(error: unknown, url: string): boolean {
	const { code, httpCode, cause } = error as HelperError;
	if (NO_TOKEN.test(wordsOf(error as HelperError))) return true;
	if (TOKEN_ANSWERS.has(cause?.code ?? code ?? httpCode ?? '')) return true;
	// n8n asks again without a word of it; older versions do not tell whom.
	const asked = cause?.config?.url;
	return asked !== undefined && asked !== url;
}

/** What went wrong where there is no token. */
export function tokenError(error: unknown): BillingError {
	const words = wordsOf(error as HelperError);
	if (/ENOTFOUND|no host of its name/.test(words)) return new BillingError(NO_TOKEN_HOST);
	if (BAD_CERTIFICATE.test(words)) return new BillingError(UNTRUSTED_TOKEN_SERVER);
	return new BillingError(PASSING_TROUBLE.test(words) ? TOKEN_SERVER_TROUBLE : TOKEN_REFUSED);
}

/** What went wrong where there is no response. */
export function networkError(error: unknown): BillingError {
	const { code, httpCode, cause } = error as HelperError;
	// Older versions of n8n keep the code in the place of the status.
	const trouble = TROUBLE_BY_CODE[cause?.code ?? code ?? httpCode ?? ''];
	if (trouble !== undefined) return new BillingError(trouble);
	if (NOT_CONNECTED.test(wordsOf(error as HelperError))) return new BillingError(TOKEN_REFUSED);
	return new BillingError({
		kind: 'UNAVAILABLE',
		message: 'The connection to the provider broke off',
		hint: 'Try again later; if it stays so, check the base URL in the credential.',
	});
}
