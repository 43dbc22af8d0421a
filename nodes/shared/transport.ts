/** The transport port over n8n's own HTTP helper: the one place where the nodes send anything. */
import type {
	IAdditionalCredentialOptions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	ILoadOptionsFunctions,
	IPollFunctions,
	IExecuteFunctions,
} from 'n8n-workflow';

import {
	BillingError,
	type HelperError,
	type Transport,
	type TransportBody,
	type TransportRequest,
	type TransportResponse,
	isWithoutToken,
	networkError,
	readWhole,
	tokenError,
	tooLate,
} from './core';
import { secretsIn, textOf } from './credentialText';
import { within } from './within';

/** The contexts in which nodes make requests. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Which credential signs the requests, and where it may be sent. */
export interface Signature {
	/** n8n credential type; null for a test system that wants no credential. */
	readonly credentialType: string | null;
	/** OAuth2 credentials are renewed by n8n on 401; other kinds run their own exchange. */
	readonly isOAuth2: boolean;
	/** Headers that belong to the credential and that n8n does not add by itself: Orange's API key. */
	readonly headers: Readonly<Record<string, string>>;
	/** Origins of the provider's API. A request to another origin is never signed. */
	readonly origins: readonly string[];
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** n8n's timeout ends a silence only: an answer that never stops dripping would hold the node for ever. */
const LONGEST_ANSWER_MS = 300_000;

/**
 * `token_type` words other than "bearer" make n8n put the token into the URL: the type is therefore always stated.
 * 403 is left to the connectors, who know whether it means an expired token.
 */
const OAUTH2_OPTIONS = { oauth2: { tokenType: 'Bearer', tokenExpiredStatusCode: 401 } } as const;

export class N8nTransport implements Transport {
	/** Those that the provider called spent other than by a 401, at which n8n would have exchanged them. */
	private readonly spentSessionTokens = new Set<string>();

	constructor(
		private readonly context: RequestContext,
		private readonly signature: Signature,
	) {}

	async request(request: TransportRequest): Promise<TransportResponse> {
		// n8n puts a signal of its own in the place of the one that a signed request is given: nobody waits for it.
		return within(LONGEST_ANSWER_MS, (deadline) => this.send(request, deadline), tooLateForGood);
	}

	private async send(request: TransportRequest, deadline: AbortSignal): Promise<TransportResponse> {
		const { credentialType } = this.signature;
		const signs = credentialType !== null && this.maySign(request);
		try {
			const response = signs ? await this.sendSigned(credentialType, request) : await this.sendPlain(request);
			return {
				status: response.statusCode,
				headers: textHeaders(response.headers),
				body: await bodyOf(response.body as ByteStream, request, deadline),
			};
		} catch (error) {
			const refused = await refusedResponse(error, request, deadline);
			if (refused !== null) return refused;
			throw isWithoutToken(error, request.url) ? tokenError(error) : explained(error);
		}
	}

	/** Renews a token on demand: an OAuth2 token where this n8n has the helper for it, else that of the credential's own exchange. */
	async renewCredential(): Promise<boolean> {
		const { credentialType, isOAuth2 } = this.signature;
		if (credentialType === null) return false;
		return isOAuth2 ? this.renewOAuth2Token(credentialType) : this.dropSessionToken(credentialType);
	}

	private async renewOAuth2Token(credentialType: string): Promise<boolean> {
		const helpers: Partial<Pick<IExecuteFunctions['helpers'], 'refreshOAuth2Token'>> = this.context.helpers;
		if (helpers.refreshOAuth2Token === undefined) return false;
		try {
			await helpers.refreshOAuth2Token.call(this.context, credentialType, OAUTH2_OPTIONS.oauth2);
		} catch (error) {
			throw tokenError(error);
		}
		return true;
	}

	/** As they are now: n8n exchanges tokens by itself. */
	async secrets(): Promise<readonly string[]> {
		const { credentialType } = this.signature;
		return credentialType === null ? [] : secretsIn(await this.context.getCredentials(credentialType));
	}

	/** False for a credential that exchanges nothing. */
	private async dropSessionToken(credentialType: string): Promise<boolean> {
		const token = textOf(await this.context.getCredentials(credentialType), 'sessionToken');
		if (token === '') return false;
		this.spentSessionTokens.add(token);
		return true;
	}

	/** n8n runs the credential's exchange when it finds no session token, and stores what it gets: a spent one is not shown to it. */
	private async withoutSpentToken(credentialType: string): Promise<IAdditionalCredentialOptions | undefined> {
		if (this.spentSessionTokens.size === 0) return undefined;
		const fields = await this.context.getCredentials(credentialType);
		if (!this.spentSessionTokens.has(textOf(fields, 'sessionToken'))) return undefined;
		const { id, name } = this.context.getNode().credentials?.[credentialType] ?? { id: null, name: '' };
		const data = { ...fields, sessionToken: '' };
		return { credentialsDecrypted: { id: id ?? '', name, type: credentialType, data } };
	}

	private maySign(request: TransportRequest): boolean {
		return request.credential === 'SEND' && this.signature.origins.includes(new URL(request.url).origin);
	}

	private async sendSigned(credentialType: string, request: TransportRequest): Promise<IN8nHttpFullResponse> {
		const options = requestOptions(request, this.signature.headers);
		return (await this.context.helpers.httpRequestWithAuthentication.call(
			this.context,
			credentialType,
			options,
			this.signature.isOAuth2 ? OAUTH2_OPTIONS : await this.withoutSpentToken(credentialType),
		)) as IN8nHttpFullResponse;
	}

	private async sendPlain(request: TransportRequest): Promise<IN8nHttpFullResponse> {
		return (await this.context.helpers.httpRequest(requestOptions(request, {}))) as IN8nHttpFullResponse;
	}
}

function requestOptions(
	request: TransportRequest,
	credentialHeaders: Readonly<Record<string, string>>,
): IHttpRequestOptions {
	return {
		method: request.method,
		url: request.url,
		headers: { ...request.headers, ...credentialHeaders },
		...(request.body === undefined ? {} : { body: request.body }),
		// Everything is read here: what the HTTP library collects stays in the listeners of its connection, which outlive it
		// until V8 looks through its whole heap. Of 100 pages of 650 kB, 80 MB waited for that; read here it is 16 MB.
		encoding: 'stream',
		json: false,
		returnFullResponse: true,
		// n8n renews a token, and sends again, only when it sees the 401 as an exception.
		ignoreHttpStatusErrors: request.once === true ? true : { ignore: true, except: [401] },
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: silenceOf(request),
		...(request.signal === undefined ? {} : { abortSignal: request.signal }),
	};
}

function silenceOf({ timeoutMs = DEFAULT_TIMEOUT_MS }: TransportRequest): number {
	return timeoutMs;
}

function textHeaders(headers: IN8nHttpFullResponse['headers']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers as Readonly<Record<string, string | string[]>>).map(([name, value]) => [
			name.toLowerCase(),
			[value].flat().join(', '),
		]),
	);
}

/** A file may take its time, once it has begun. */
async function bodyOf(stream: ByteStream, request: TransportRequest, deadline: AbortSignal): Promise<TransportBody> {
	if (deadline.aborted) stream.destroy();
	const silenceMs = silenceOf(request);
	if (request.expect === 'stream') return { kind: 'stream', stream: inTime(stream, silenceMs) };
	const bytes = await readWhole(inTime(stream, silenceMs, deadline));
	return request.expect === 'bytes' ? { kind: 'bytes', bytes } : textBody(bytes);
}

/** Without a byte order mark. */
function textBody(bytes: Uint8Array): TransportBody {
	return { kind: 'text', text: new TextDecoder().decode(bytes) };
}

/** Of Node's own class, which nodes may not import. */
interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/**
 * The same bytes, as long as they keep coming: n8n's timeout ends with the head of a stream, so the silence in which nothing
 * comes is measured here. However it ends, the connection is let go of.
 */
async function* inTime(
	stream: ByteStream,
	silenceMs: number,
	deadline?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
	const source = stream[Symbol.asyncIterator]();
	const nextChunk = (): Promise<IteratorResult<Uint8Array, unknown>> => source.next();
	try {
		for (;;) {
			const next = await within(silenceMs, nextChunk, tooLate);
			if (deadline?.aborted === true) throw tooLateForGood();
			if (next.done === true) return;
			yield next.value;
		}
	} catch (error) {
		throw explained(error);
	} finally {
		stream.destroy();
	}
}

/** A drip would drip again. */
function tooLateForGood(): BillingError {
	return tooLate({ retryable: false });
}

function explained(error: unknown): BillingError {
	return error instanceof BillingError ? error : networkError(error);
}

/** The response inside an error that n8n made of a status, so that the connector can read the provider's own words. */
async function refusedResponse(
	error: unknown,
	request: TransportRequest,
	deadline: AbortSignal,
): Promise<TransportResponse | null> {
	const { cause, response = cause?.response, httpCode, message = '' } = error as HelperError;
	// That status is the token server's.
	if (isWithoutToken(error, request.url)) return null;
	// Older versions of n8n keep neither cause nor status of it, but the HTTP library's words.
	const status = response?.status ?? Number(/status code (\d{3})$/.exec(message)?.[1] ?? httpCode ?? Number.NaN);
	if (!Number.isInteger(status) || status < 400) return null;
	const headers = textHeaders((response?.headers ?? {}) as IN8nHttpFullResponse['headers']);
	const body = isByteStream(response?.data) ? bodyOf(response.data, request, deadline) : Promise.resolve(NO_WORDS);
	// Where the body breaks off, the status says enough.
	return { status, headers, body: await body.catch(() => NO_WORDS) };
}

const NO_WORDS: TransportBody = { kind: 'text', text: '' };

function isByteStream(data: unknown): data is ByteStream {
	return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}
