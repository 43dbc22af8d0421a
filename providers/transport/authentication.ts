/** Puts a connection's credentials on its requests, and on no other: a decorator around a transport that knows none. */
import type { Clock } from './clock';
import {
	type ClientCredentials,
	type FetchToken,
	type LoginExchange,
	type RefreshToken,
	basicAuthorization,
	clientCredentials,
	clientSecrets,
	encodedBasic,
	loginExchange,
	refreshedToken,
} from './oauth';
import type { Transport, TransportRequest, TransportResponse } from './port';
import { readStart } from './stream';
import { type IssuedToken, TokenSource } from './tokenSource';
import { refuseControlCharacters } from './url';

export type Authentication =
	/** No credentials: Oracle BRM test systems accept requests without a token. */
	| { readonly kind: 'NONE' }
	/** A token that somebody else renews. */
	| { readonly kind: 'BEARER'; readonly token: string }
	/** A header of any name. */
	| { readonly kind: 'HEADER'; readonly name: string; readonly value: string }
	/** User name and password on every request. */
	| { readonly kind: 'BASIC'; readonly username: string; readonly password: string }
	/** OAuth 2 for an application. `apiKey` goes on every request as `X-Api-Key` (Orange Business, two-legged). */
	| ({ readonly kind: 'CLIENT_CREDENTIALS'; readonly apiKey?: string | undefined } & ClientCredentials)
	/** OAuth 2 for a user who has consented (Orange Business, three-legged, without API key). */
	| ({ readonly kind: 'REFRESH_TOKEN' } & RefreshToken)
	/** User name and password exchanged for a token. */
	| ({ readonly kind: 'LOGIN' } & LoginExchange);

/** Puts a store that others share before the fetching of tokens; `spentToken` is one that must not come back. */
export type ShareTokens = (fetchToken: FetchToken) => (spentToken: string | null) => Promise<IssuedToken>;

/**
 * A transport that adds the credentials to requests that say `credential: 'SEND'` and go to one of `origins`
 * (for instance `https://api.lumen.com`); every other request leaves as it came, marked WITHHOLD.
 * Tokens are asked for through `transport` itself. On 401 a token is renewed and the request sent again, once.
 * @throws BillingError INVALID_REQUEST for a secret that cannot travel in a header
 */
export function authenticated(
	transport: Transport,
	authentication: Authentication,
	clock: Clock,
	origins: readonly string[],
	shareTokens: ShareTokens = (fetchToken) => fetchToken,
): Transport {
	const own = new Set(origins.map((origin) => new URL(origin).origin));
	const isOwn = ({ credential, url }: TransportRequest): boolean =>
		credential === 'SEND' && own.has(new URL(url).origin);
	const fetchToken = tokenFetcher(authentication, transport, clock);
	const fixed = fixedHeaders(authentication);
	return fetchToken === null
		? new FixedCredentials(transport, isOwn, fixed, secretsOf(authentication))
		: new RenewedToken(
				transport,
				isOwn,
				fixed,
				secretsOf(authentication),
				new TokenSource(shareTokens(fetchToken), clock),
			);
}

/** Null where there is no token to fetch. */
function tokenFetcher(authentication: Authentication, transport: Transport, clock: Clock): FetchToken | null {
	switch (authentication.kind) {
		case 'CLIENT_CREDENTIALS':
			return clientCredentials(authentication, transport, clock);
		case 'REFRESH_TOKEN':
			return refreshedToken(authentication, transport, clock);
		case 'LOGIN':
			return loginExchange(authentication, transport, clock);
		case 'NONE':
		case 'BEARER':
		case 'HEADER':
		case 'BASIC':
			return null;
	}
}

type Headers = Readonly<Record<string, string>>;

/** Headers that stay the same for every request. */
function fixedHeaders(authentication: Authentication): Headers {
	switch (authentication.kind) {
		case 'BEARER':
			return { authorization: `Bearer ${refuseControlCharacters(authentication.token, 'token')}` };
		case 'HEADER':
			return { [authentication.name.toLowerCase()]: refuseControlCharacters(authentication.value, 'value') };
		case 'BASIC':
			return { authorization: basicAuthorization(authentication.username, authentication.password) };
		case 'CLIENT_CREDENTIALS':
			return authentication.apiKey === undefined
				? {}
				: { 'x-api-key': refuseControlCharacters(authentication.apiKey, 'apiKey') };
		case 'NONE':
		case 'REFRESH_TOKEN':
		case 'LOGIN':
			return {};
	}
}

/** As they travel, and as they are written down. */
export function secretsOf(authentication: Authentication): readonly string[] {
	switch (authentication.kind) {
		case 'NONE':
			return [];
		case 'BEARER':
			return [authentication.token];
		case 'HEADER':
			return [authentication.value];
		case 'BASIC':
			return [authentication.password, encodedBasic(authentication.username, authentication.password)];
		case 'LOGIN':
			return [authentication.password, ...Object.values(authentication.headers ?? {})];
		case 'CLIENT_CREDENTIALS':
			return [
				...clientSecrets(authentication),
				...(authentication.apiKey === undefined ? [] : [authentication.apiKey]),
			];
		case 'REFRESH_TOKEN':
			return [...clientSecrets(authentication), authentication.refreshToken];
	}
}

type IsOwn = (request: TransportRequest) => boolean;

class FixedCredentials implements Transport {
	constructor(
		private readonly transport: Transport,
		private readonly isOwn: IsOwn,
		private readonly headers: Headers,
		private readonly kept: readonly string[],
	) {}

	async secrets(): Promise<readonly string[]> {
		return this.kept;
	}

	request(request: TransportRequest): Promise<TransportResponse> {
		return this.transport.request(this.isOwn(request) ? withHeaders(request, this.headers) : withheld(request));
	}
}

class RenewedToken implements Transport {
	/** The token that each response was asked for with. */
	private readonly usedFor = new WeakMap<TransportResponse, string>();

	constructor(
		private readonly transport: Transport,
		private readonly isOwn: IsOwn,
		private readonly headers: Headers,
		private readonly kept: readonly string[],
		private readonly tokens: TokenSource,
	) {}

	async secrets(): Promise<readonly string[]> {
		return [...this.kept, ...this.tokens.known];
	}

	async request(request: TransportRequest): Promise<TransportResponse> {
		if (!this.isOwn(request)) return this.transport.request(withheld(request));
		const token = await this.tokens.token();
		const response = await this.send(request, token);
		if (response.status !== 401) return response;
		if (request.once === true) {
			this.tokens.drop(token);
			return response;
		}
		await discard(response);
		return this.send(request, await this.tokens.renew(token));
	}

	async renewCredential(refused: TransportResponse): Promise<boolean> {
		const token = this.usedFor.get(refused);
		if (token === undefined) return false;
		await this.tokens.renew(token);
		return true;
	}

	private async send(request: TransportRequest, token: string): Promise<TransportResponse> {
		request.signal?.throwIfAborted();
		const response = await this.transport.request(
			withHeaders(request, { ...this.headers, authorization: `Bearer ${token}` }),
		);
		this.usedFor.set(response, token);
		return response;
	}
}

function withHeaders(request: TransportRequest, headers: Headers): TransportRequest {
	return { ...request, headers: { ...request.headers, ...headers } };
}

function withheld(request: TransportRequest): TransportRequest {
	return { ...request, credential: 'WITHHOLD' };
}

const UNREAD_LIMIT = 64 * 1024;

/** Lets go of a body that nobody will read, so that its connection is free again. */
async function discard({ body }: TransportResponse): Promise<void> {
	if (body.kind === 'stream') await readStart(body.stream, UNREAD_LIMIT).catch(() => undefined);
}
