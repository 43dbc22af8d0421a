/** One provider's HTTP client: sends, classifies, renews, retries. Every connector's requests pass through `send`. */
import type { Clock } from './clock';
import { readErrorBody } from './errorBody';
import { BillingError, type BillingErrorDetails, withoutSecrets } from './errors';
import type { Provider } from '../model/identity';
import { Pace } from './pace';
import type { Transport, TransportRequest, TransportResponse } from './port';
import { type RetryPolicy, pauseBefore, retryAfterMillis } from './retry';
import { saysTokenSpent } from './spentToken';
import { readStart } from './stream';

/** What a provider's own rules make of a response that may be an error. */
export interface Refusal extends Partial<BillingErrorDetails> {
	/** The token is spent although the status was not 401: renew it once and send again. */
	readonly tokenSpent?: boolean;
}

/**
 * A provider's error rules. Called for every response, of any status, with the text where there is one; returns null when
 * the response is no error to this provider. Statuses of 400 and more that it does not claim are classified by status.
 */
export type RefusalReader = (response: TransportResponse, text: string | null) => Refusal | null;

export interface ClientOptions {
	readonly provider: Provider;
	readonly connection: string;
	readonly transport: Transport;
	readonly clock: Clock;
	readonly retry: RetryPolicy;
	readonly readRefusal: RefusalReader;
	/** Response header that carries the provider's request id. */
	readonly requestIdHeader?: string;
	readonly timeoutMs?: number;
}

export interface SendOptions {
	/** False for what must never be sent twice, whatever happens. */
	readonly repeatable: boolean;
}

export class ProviderClient {
	/** For those who send several requests side by side. */
	readonly pace = new Pace();

	constructor(private readonly options: ClientOptions) {}

	get clock(): Clock {
		return this.options.clock;
	}

	/** Sends until there is an answer, or an error that sending again cannot mend. @throws BillingError */
	async send(request: TransportRequest, { repeatable }: SendOptions): Promise<TransportResponse> {
		const { clock, retry, timeoutMs } = this.options;
		const prepared: TransportRequest = {
			...(timeoutMs === undefined ? {} : { timeoutMs }),
			...request,
			...(repeatable ? {} : { once: true }),
		};
		let renewed = false;
		for (let attempt = 1; ;) {
			const outcome = await this.paced(prepared);
			if (outcome.kind === 'ANSWERED') return outcome.response;
			if (!repeatable) throw outcome.error;
			if (outcome.kind === 'TOKEN_SPENT' && !renewed) {
				renewed = true;
				if (await this.renew(outcome.response)) continue;
			}
			const pause = pauseBefore(attempt, outcome.error, retry, clock.random());
			if (pause === null) throw outcome.error;
			await clock.sleep(pause, request.signal);
			attempt += 1;
		}
	}

	/** What may hold the provider's words, or an address that it gave, as this connection's error without secrets. */
	async ours(error: BillingError): Promise<BillingError> {
		const { provider, connection, transport } = this.options;
		return withoutSecrets(error.with({ provider, connection }), (await transport.secrets?.()) ?? []);
	}

	/** Does what may fail so. @throws BillingError as `ours` makes it */
	async asOurs<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw error instanceof BillingError ? await this.ours(error) : error;
		}
	}

	/** A BillingError of this connection, for what is said in our own words: nothing is taken out of it. */
	error(details: BillingErrorDetails): BillingError {
		return new BillingError({ provider: this.options.provider, connection: this.options.connection, ...details });
	}

	/** What the provider's rules make of a response, given its text; null when it is no error. */
	async errorIn(response: TransportResponse, text: string | null): Promise<BillingError | null> {
		const refusal = this.judged(response, text);
		return refusal === null ? null : this.refuse(response, refusal);
	}

	private async paced(request: TransportRequest): Promise<Outcome> {
		const sent = this.pace.sent();
		let isRefused = false;
		try {
			const outcome = await this.attempt(request);
			isRefused = outcome.kind === 'FAILED' && outcome.error.kind === 'RATE_LIMITED';
			return outcome;
		} finally {
			if (isRefused) this.pace.refused(sent);
			else this.pace.answered(sent);
		}
	}

	private async attempt(request: TransportRequest): Promise<Outcome> {
		let response: TransportResponse;
		try {
			response = await this.options.transport.request(request);
		} catch (error) {
			if (error instanceof BillingError) return { kind: 'FAILED', error: await this.ours(error) };
			throw error;
		}
		const text = await textToJudge(response, request.signal);
		const refusal = this.judged(response, text);
		if (refusal === null) return { kind: 'ANSWERED', response };
		const error = await this.refuse(response, refusal);
		// On 401 the adapter has renewed the token already, and the new one was refused as well.
		const isSpent = refusal.tokenSpent === true && response.status !== 401;
		return isSpent ? { kind: 'TOKEN_SPENT', error, response } : { kind: 'FAILED', error };
	}

	/** Gateways in front of any provider say by a 403, or even by a 200, too, that a token has expired. */
	private judged(response: TransportResponse, text: string | null): Refusal | null {
		const { status } = response;
		// Whatever came along was not said by the API.
		if (isRedirect(status)) return redirected(response);
		const refusal = this.options.readRefusal(response, text) ?? (status < 400 ? null : {});
		if (text === null) return refusal;
		if (refusal === null) return isTokenRefusal(text) ? { tokenSpent: true, kind: 'AUTH', message: TOKEN_SPENT } : null;
		return status === 403 && saysTokenSpent(text) ? { tokenSpent: true, ...refusal } : refusal;
	}

	private renew(refused: TransportResponse): Promise<boolean> {
		return this.asOurs(async () => (await this.options.transport.renewCredential?.(refused)) ?? false);
	}

	private async refuse(
		{ status, headers }: TransportResponse,
		{ tokenSpent: _, ...said }: Refusal,
	): Promise<BillingError> {
		const { requestIdHeader, clock } = this.options;
		const error = new BillingError({
			...byStatus(status),
			status,
			requestId: requestIdHeader === undefined ? undefined : headers[requestIdHeader.toLowerCase()],
			retryAfterMs: retryAfterMillis(headers['retry-after'], clock.now()) ?? undefined,
			...withoutUndefined(said),
		});
		return this.ours(error);
	}
}

type Outcome =
	| { readonly kind: 'ANSWERED'; readonly response: TransportResponse }
	| { readonly kind: 'FAILED'; readonly error: BillingError }
	/** The provider says that the token is spent, though not by a 401. */
	| { readonly kind: 'TOKEN_SPENT'; readonly error: BillingError; readonly response: TransportResponse };

const ERROR_BODY_LIMIT = 64 * 1024;

/**
 * The text of a response, or the start of an error body that arrived as bytes or as a stream, so that its code and message
 * can be read; also such bytes with a status of success. Null where there is none: a file that is no
 * error, or an error body that broke off.
 */
async function textToJudge(
	{ status, body }: TransportResponse,
	signal: AbortSignal | undefined,
): Promise<string | null> {
	if (body.kind === 'text') return body.text;
	if (status < 300 && !(body.kind === 'bytes' && mayBeRefusal(body.bytes))) return null;
	if (body.kind === 'bytes') return new TextDecoder().decode(body.bytes.subarray(0, ERROR_BODY_LIMIT));
	try {
		return new TextDecoder().decode(await readStart(body.stream, ERROR_BODY_LIMIT));
	} catch {
		signal?.throwIfAborted();
		return null; // The status says enough.
	}
}

/** Adapters follow those that are safe; one that comes here leads elsewhere, say to a sign-in page, or takes an order along. */
function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}

/** Names the host at most: the rest of the address may hold a secret. */
function redirected({ headers }: TransportResponse): Refusal {
	const { location = '' } = headers;
	const to = URL.canParse(location) ? new URL(location).host : 'another address';
	return {
		kind: 'PROTOCOL',
		message: `The provider sends the request on to ${to}, which is not followed`,
		hint: 'If that is the right address, put it into the base URL; a sign-in page or a proxy may be answering.',
	};
}

const TOKEN_SPENT = 'The provider says that the token has expired, and accepted no new one';
/** Longer texts are data. */
const LONGEST_REFUSAL = 2_000;

/** Few bytes that begin an object: no list, and no file. */
function mayBeRefusal(bytes: Uint8Array): boolean {
	return bytes.length <= LONGEST_REFUSAL && String.fromCharCode(bytes[0] ?? 0) === '{';
}

/** Whether a text with a status of success is an error body, with a code, that speaks of the token. */
function isTokenRefusal(text: string): boolean {
	if (text.length > LONGEST_REFUSAL || !saysTokenSpent(text)) return false;
	const said = readErrorBody(text);
	return said !== null && said.code !== null && saysTokenSpent(said.message ?? '');
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
	return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
}

type Classified = Pick<BillingErrorDetails, 'kind' | 'message' | 'hint'> & { retryable?: boolean };

function byStatus(status: number): Classified {
	switch (status) {
		case 400:
		case 422:
			return { kind: 'INVALID_REQUEST', message: 'The provider does not accept the request' };
		case 401:
			return {
				kind: 'AUTH',
				message: 'The provider does not accept the credentials',
				hint: 'Check the client id and secret, or the API key, in the credential.',
			};
		case 403:
			return {
				kind: 'FORBIDDEN',
				message: 'The provider does not allow this',
				hint: 'Ask the provider to open this account or API to your application.',
			};
		case 404:
			return {
				kind: 'NOT_FOUND',
				message: 'The provider knows nothing under this address',
				hint: 'Check the id and the base URL.',
			};
		case 405:
		case 501:
			return { kind: 'NOT_OFFERED', message: 'The provider does not offer this operation' };
		case 408:
		case 504:
			return { kind: 'TIMEOUT', message: 'The provider took too long' };
		case 409:
			return { kind: 'CONFLICT', message: 'The provider reports a conflict with what it already has' };
		case 413:
			return { kind: 'TOO_LARGE', message: 'The provider does not hand over anything this large' };
		case 429:
			return {
				kind: 'RATE_LIMITED',
				message: 'The provider asks for fewer requests',
				hint: 'Wait a little, or fetch less at a time.',
			};
		default:
			if (status >= 500)
				return { kind: 'UNAVAILABLE', message: 'The provider has trouble of its own', hint: 'Try again later.' };
			if (status >= 400) return { kind: 'INVALID_REQUEST', message: 'The provider does not accept the request' };
			return { kind: 'PROTOCOL', message: 'The provider reports a failure inside a successful answer' };
	}
}
