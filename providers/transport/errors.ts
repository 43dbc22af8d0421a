/** The one error class of the project: what went wrong with a provider, and what to mend, in a bookkeeper's words. */
import type { Provider } from '../model/identity';
import { hideSecrets } from './secretText';

export const ERROR_KINDS = [
	/** Token refused, expired and not renewable, or not to be had. */
	'AUTH',
	/** Known, but not allowed: account not enrolled, API not subscribed, key blocked. */
	'FORBIDDEN',
	'NOT_FOUND',
	/** A parameter that the provider, or the check before any request, refuses. */
	'INVALID_REQUEST',
	'CONFLICT',
	'RATE_LIMITED',
	/** The provider will not hand over a file or answer of this size. */
	'TOO_LARGE',
	/** This provider, or this version of its API, does not have the operation. */
	'NOT_OFFERED',
	'TIMEOUT',
	/** No answer, or a 5xx. */
	'UNAVAILABLE',
	/** An answer that is not what the provider's document says. */
	'PROTOCOL',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface BillingErrorDetails {
	readonly kind: ErrorKind;
	/** What happened. Never holds a secret, a token or a query string. */
	readonly message: string;
	/** How to mend it. */
	readonly hint?: string | undefined;
	readonly provider?: Provider | undefined;
	readonly connection?: string | undefined;
	readonly status?: number | undefined;
	/** The provider's own code, for instance `CUSTOMER_1002`. */
	readonly code?: string | undefined;
	/** The provider's request id, to quote to its support. */
	readonly requestId?: string | undefined;
	/** The parameter at fault, by its name in the caller's query. */
	readonly parameter?: string | undefined;
	readonly retryable?: boolean | undefined;
	/** How long the provider asks to wait, in milliseconds. */
	readonly retryAfterMs?: number | undefined;
	readonly cause?: unknown;
}

const RETRYABLE_BY_KIND: ReadonlySet<ErrorKind> = new Set(['RATE_LIMITED', 'TIMEOUT', 'UNAVAILABLE']);

export class BillingError extends Error {
	override readonly name = 'BillingError';
	readonly kind: ErrorKind;
	readonly hint: string | null;
	readonly provider: Provider | null;
	readonly connection: string | null;
	readonly status: number | null;
	readonly code: string | null;
	readonly requestId: string | null;
	readonly parameter: string | null;
	readonly retryable: boolean;
	readonly retryAfterMs: number | null;

	constructor(readonly details: BillingErrorDetails) {
		super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
		this.kind = details.kind;
		this.hint = details.hint ?? null;
		this.provider = details.provider ?? null;
		this.connection = details.connection ?? null;
		this.status = details.status ?? null;
		this.code = details.code ?? null;
		this.requestId = details.requestId ?? null;
		this.parameter = details.parameter ?? null;
		this.retryable = details.retryable ?? RETRYABLE_BY_KIND.has(details.kind);
		this.retryAfterMs = details.retryAfterMs ?? null;
	}

	/** The same error with more said, for instance the connection it came from. */
	with(more: Partial<BillingErrorDetails>): BillingError {
		return new BillingError({ ...this.details, ...more });
	}
}

/** What providers say may quote what they were sent. @returns the error without these texts */
export function withoutSecrets(error: BillingError, secrets: readonly string[]): BillingError {
	const clean = (text: string | null): string | undefined => (text === null ? undefined : hideSecrets(text, secrets));
	const { message, hint, code, requestId } = error;
	return error.with({
		message: clean(message) ?? '',
		hint: clean(hint),
		code: clean(code),
		requestId: clean(requestId),
	});
}

/** Refuses a parameter before any request is sent. */
export function invalidParameter(parameter: string, message: string, hint?: string): BillingError {
	return new BillingError({ kind: 'INVALID_REQUEST', parameter, message: `'${parameter}' ${message}`, hint });
}

/** An answer that cannot be what the document describes. */
export function protocolError(message: string, details: Partial<BillingErrorDetails> = {}): BillingError {
	return new BillingError({
		kind: 'PROTOCOL',
		hint: 'Check that the base URL is that of the billing API; a proxy or a sign-in page may be answering.',
		...details,
		message,
	});
}
