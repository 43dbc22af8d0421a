/** How the credentials' access tokens travel and, where n8n's own OAuth2 does not serve, how they are fetched. */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

/**
 * `preAuthentication` of the OAuth2 credentials. A token that is not called "Bearer" (Lumen calls it "BearerToken") n8n puts into
 * the URL, where logs keep it and the provider does not look. n8n runs this between fetching a token and signing with it.
 */
export async function bearerInHeader(
	this: IHttpRequestHelper,
	{ oauthTokenData }: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	if (typeof oauthTokenData !== 'object' || Array.isArray(oauthTokenData)) return {};
	return { oauthTokenData: { ...oauthTokenData, token_type: 'Bearer' } };
}

export interface TokenRequest {
	readonly options: IHttpRequestOptions;
	/** Names that lead to the token in the answer. */
	readonly pathToToken: readonly string[];
	/** What the user calls it, for instance "sign-in URL". */
	readonly endpoint: string;
	/** What to look at when the endpoint does not accept the request. */
	readonly hintWhenRefused: string;
}

/** In words: for the codes n8n would put words of its own in the place of the whole message. */
const WHY_UNREACHED: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'nothing answers at its host and port',
	ENOTFOUND: 'there is no host of its name',
};

const UNTRUSTED = 'n8n does not trust its certificate (see NODE_EXTRA_CA_CERTS)';
const BROKEN_OFF = 'the connection broke off, or no answer came in time';

/** Where a request says nothing, n8n waits five times as long. */
const LONGEST_SILENCE_MS = 60_000;

/**
 * Fetches a token where n8n's own OAuth2 cannot.
 *
 * @throws Error in words for the user, beginning "No access token", without a status of its own: n8n would take the token
 * endpoint's status for the API's
 */
export async function fetchToken(http: IHttpRequestHelper, request: TokenRequest): Promise<string> {
	const { options, pathToToken, endpoint, hintWhenRefused } = request;
	const sent = http.helpers.httpRequest({
		...options,
		method: 'POST',
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: LONGEST_SILENCE_MS,
	}) as Promise<{ statusCode: number; body: unknown }>;
	const { statusCode, body } = await sent.catch((error: unknown) => {
		const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
		const why = message.includes('certificate') ? UNTRUSTED : (WHY_UNREACHED[code] ?? BROKEN_OFF);
		throw new Error(`No access token: the ${endpoint} cannot be reached: ${why}. Check the ${endpoint}.`);
	});
	if ([400, 401, 403].includes(statusCode)) {
		throw new Error(`No access token: the ${endpoint} refused the request (status ${statusCode}). ${hintWhenRefused}`);
	}
	if (statusCode < 200 || statusCode > 299) {
		throw new Error(`No access token: the ${endpoint} answered with status ${statusCode}. Check the ${endpoint}.`);
	}
	const token = pathToToken.reduce<unknown>((value, name) => (value as IDataObject | null | undefined)?.[name], body);
	if (typeof token === 'string' && token !== '') return token;
	throw new Error(`No access token: the answer of the ${endpoint} has none at "${pathToToken.join('.')}".`);
}
