/** Ways to a token: client credentials and refresh token (RFC 6749), and the exchange of a login for one. */
import { type JsonObject, objectOf, textOf } from '../model/json';
import type { Clock } from './clock';
import { BillingError } from './errors';
import type { Transport, TransportRequest } from './port';
import { askForToken } from './tokenAnswer';
import { type IssuedToken, tokenLifeMillis } from './tokenSource';

/** @throws BillingError AUTH, saying why there is no token; see `askForToken` */
export type FetchToken = () => Promise<IssuedToken>;

type Urls = readonly [string, ...string[]];

export interface ClientCredentials {
	/** Known addresses of the token server: where one answers 404 the next is tried, and the one that worked is remembered. */
	readonly tokenUrls: Urls;
	readonly clientId: string;
	readonly clientSecret: string;
	readonly scope?: string | undefined;
	/** Sent with the token request, for instance `X-OAUTH-IDENTITY-DOMAIN-NAME` for Oracle Access Management. */
	readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** RFC 6749 section 4.4: a token for the application. */
export function clientCredentials(settings: ClientCredentials, transport: Transport, clock: Clock): FetchToken {
	const ask = tokenDesk(settings, transport, clock);
	return async () => (await ask({ grant_type: 'client_credentials', ...scopeOf(settings) }, [])).issued;
}

export interface RefreshToken extends ClientCredentials {
	/** From the user's consent. Where the server replaces it, the new one is used from then on, in this process. */
	readonly refreshToken: string;
}

/** RFC 6749 section 6: a token for a user who has consented (three-legged). */
export function refreshedToken(settings: RefreshToken, transport: Transport, clock: Clock): FetchToken {
	const ask = tokenDesk(settings, transport, clock);
	let refreshToken = settings.refreshToken;
	return async () => {
		const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...scopeOf(settings) };
		const { issued, answer } = await ask(form, [refreshToken]);
		refreshToken = textOf(answer['refresh_token']) ?? refreshToken;
		return issued;
	};
}

export interface LoginExchange {
	readonly url: string;
	readonly username: string;
	readonly password: string;
	/** Names of the members of the JSON body; `username` and `password` where absent. */
	readonly usernameField?: string | undefined;
	readonly passwordField?: string | undefined;
	/** Where the answer holds the token, members joined with dots, for instance `data.token`; `token` where absent. */
	readonly tokenPath?: string | undefined;
	readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** User name and password for a token, both ways as JSON: for providers that document no standard grant. */
export function loginExchange(settings: LoginExchange, transport: Transport, clock: Clock): FetchToken {
	const { url, username, password, usernameField = 'username', passwordField = 'password' } = settings;
	const path = (settings.tokenPath ?? 'token').split('.');
	const body = JSON.stringify({ [usernameField]: username, [passwordField]: password });
	const request = tokenRequest(url, 'application/json', body, settings.headers);
	const pick = (answer: JsonObject): unknown =>
		path.reduce<unknown>((inner, member) => objectOf(inner)[member], answer);
	return async () => {
		const issuedAt = clock.now();
		const { token } = await askForToken(transport, clock, request, pick, [password]);
		return { value: token, issuedAt, lifeMs: tokenLifeMillis(undefined) };
	};
}

/** `Authorization` for Basic, of user name and password in UTF-8. */
export function basicAuthorization(username: string, password: string): string {
	return `Basic ${encodedBasic(username, password)}`;
}

/** What stands behind `Basic`: as good as the password. */
export function encodedBasic(username: string, password: string): string {
	return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

/** What a token request is signed with, in the forms that it takes on the way. */
export function clientSecrets({ clientId, clientSecret, headers = {} }: ClientCredentials): readonly string[] {
	const secret = formEncoded(clientSecret);
	return [clientSecret, secret, encodedBasic(formEncoded(clientId), secret), ...Object.values(headers)];
}

type Form = Readonly<Record<string, string>>;
type Ask = (
	form: Form,
	secrets: readonly string[],
) => Promise<{ readonly issued: IssuedToken; readonly answer: JsonObject }>;

/** A token server that lives at one of several known addresses. */
function tokenDesk(settings: ClientCredentials, transport: Transport, clock: Clock): Ask {
	const authorization = basicAuthorization(formEncoded(settings.clientId), formEncoded(settings.clientSecret));
	const ownSecrets = clientSecrets(settings);
	let known: Urls = settings.tokenUrls;

	const askAt = async ([url, ...others]: Urls, form: Form, secrets: readonly string[]): ReturnType<Ask> => {
		const body = new URLSearchParams(form).toString();
		const headers = { ...settings.headers, authorization };
		const request = tokenRequest(url, 'application/x-www-form-urlencoded', body, headers);
		const issuedAt = clock.now();
		try {
			const { token, answer } = await askForToken(
				transport,
				clock,
				request,
				({ access_token }) => access_token,
				secrets,
			);
			known = [url, ...settings.tokenUrls.filter((other) => other !== url)];
			// Whatever `token_type` says: gateways write "BearerToken", or nothing, and mean bearer.
			return { issued: { value: token, issuedAt, lifeMs: tokenLifeMillis(answer['expires_in']) }, answer };
		} catch (error) {
			if (error instanceof BillingError && error.status === 404 && isSome(others)) return askAt(others, form, secrets);
			throw error;
		}
	};
	return (form, secrets) => askAt(known, form, [...ownSecrets, ...secrets]);
}

function isSome(urls: readonly string[]): urls is Urls {
	return urls.length > 0;
}

function scopeOf({ scope }: ClientCredentials): Form {
	return scope === undefined || scope === '' ? {} : { scope };
}

/** As in an HTML form, which RFC 6749 section 2.3.1 asks for inside Basic. */
function formEncoded(text: string): string {
	return new URLSearchParams([['', text]]).toString().slice(1);
}

const TOKEN_TIMEOUT_MS = 15_000;

function tokenRequest(
	url: string,
	contentType: string,
	body: string,
	headers: Readonly<Record<string, string>> = {},
): TransportRequest {
	const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
	return {
		method: 'POST',
		url,
		headers: { accept: 'application/json', ...Object.fromEntries(named), 'content-type': contentType },
		body,
		expect: 'text',
		// It carries its own credentials, never those of the data.
		credential: 'WITHHOLD',
		timeoutMs: TOKEN_TIMEOUT_MS,
	};
}
