/** One provider's HTTP client: sends, classifies, renews, retries. Every connector's requests pass through `send`. */
import type { Clock } from './clock';
import { BillingError, type BillingErrorDetails } from './errors';
import type { Provider } from '../model/identity';
import type { Transport, TransportRequest, TransportResponse } from './port';
import { type RetryPolicy, pauseBefore, retryAfterMillis } from './retry';

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
	constructor(private readonly options: ClientOptions) {}

	get clock(): Clock {
		return this.options.clock;
	}

	/** Sends until there is an answer, or an error that sending again cannot mend. @throws BillingError */
	async send(request: TransportRequest, { repeatable }: SendOptions): Promise<TransportResponse> {
		const { clock, retry, transport } = this.options;
		const timed =
			request.timeoutMs === undefined && this.options.timeoutMs !== undefined
				? { ...request, timeoutMs: this.options.timeoutMs }
				: request;
		let renewed = false;
		for (let attempt = 1; ; attempt += 1) {
			const outcome = await this.attempt(timed);
			if (!(outcome instanceof BillingError)) return outcome.response;
			if (repeatable && !renewed && tokenSpent.has(outcome) && transport.renewCredential !== undefined) {
				renewed = true;
				if (await transport.renewCredential()) {
					attempt -= 1;
					continue;
				}
			}
			const pause = repeatable ? pauseBefore(attempt, outcome, retry, clock.random()) : null;
			if (pause === null) throw outcome;
			await clock.sleep(pause, request.signal);
		}
	}

	/** A BillingError of this connection. */
	error(details: BillingErrorDetails): BillingError {
		return new BillingError({ provider: this.options.provider, connection: this.options.connection, ...details });
	}

	private async attempt(request: TransportRequest): Promise<{ response: TransportResponse } | BillingError> {
		const { provider, connection, transport, readRefusal } = this.options;
		let response: TransportResponse;
		try {
			response = await transport.request(request);
		} catch (error) {
			if (error instanceof BillingError) return error.with({ provider, connection });
			throw error;
		}
		const text =
			response.body.kind === 'text' ? response.body.text : response.status >= 400 ? await errorText(response) : null;
		const refusal = readRefusal(response, text);
		if (refusal === null && response.status < 400) return { response };
		return this.refuse(response, refusal ?? {});
	}

	private refuse(response: TransportResponse, refusal: Refusal): BillingError {
		const { tokenSpent: spent, ...said } = refusal;
		const requestId =
			this.options.requestIdHeader === undefined ? undefined : response.headers[this.options.requestIdHeader];
		const error = this.error({
			...byStatus(response.status),
			status: response.status,
			requestId,
			retryAfterMs: retryAfterMillis(response.headers['retry-after'], this.options.clock.now()) ?? undefined,
			...withoutUndefined(said),
		});
		if (spent === true) tokenSpent.add(error);
		return error;
	}
}

/** Errors whose provider said that the token is spent, though not by a 401. */
const tokenSpent = new WeakSet<BillingError>();

const ERROR_TEXT_LIMIT = 64 * 1024;

/** The start of an error body that arrived as bytes or as a stream, so that its code and message can be read. */
async function errorText(response: TransportResponse): Promise<string> {
	const { body } = response;
	if (body.kind === 'text') return body.text;
	if (body.kind === 'bytes') return new TextDecoder().decode(body.bytes.subarray(0, ERROR_TEXT_LIMIT));
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of body.stream) {
		text += decoder.decode(chunk, { stream: true });
		if (text.length >= ERROR_TEXT_LIMIT) break;
	}
	return text;
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
