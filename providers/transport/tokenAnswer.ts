/** Asking a token server, and saying in words why there is no token. Secrets never get into an error. */
import { type JsonObject, isJsonObject, textOf } from '../model/json';
import type { Clock } from './clock';
import { type ErrorBody, readErrorBody } from './errorBody';
import { BillingError, type BillingErrorDetails, withoutSecrets } from './errors';
import { parseJson } from './json';
import type { Transport, TransportRequest, TransportResponse } from './port';
import { retryAfterMillis } from './retry';

/**
 * Sends a token request and picks the token out of the answer.
 * @throws BillingError AUTH, retryable where the token server could not be reached or has trouble of its own.
 */
export async function askForToken(
	transport: Transport,
	clock: Clock,
	request: TransportRequest,
	pick: (answer: JsonObject) => unknown,
	secrets: readonly string[],
): Promise<{ readonly token: string; readonly answer: JsonObject }> {
	try {
		const response = await reach(transport, request);
		const answer = grantedBy(response, clock);
		return { token: checkedToken(pick(answer), response), answer };
	} catch (error) {
		throw error instanceof BillingError ? withoutSecrets(error, secrets) : error;
	}
}

async function reach(transport: Transport, request: TransportRequest): Promise<TransportResponse> {
	try {
		return await transport.request(request);
	} catch (error) {
		if (!(error instanceof BillingError)) throw error;
		const { message, hint, retryable } = error;
		throw noToken(`The token server cannot be reached: ${message}`, hint ?? WRONG_ADDRESS, { retryable });
	}
}

/** The JSON object of an answer that grants a token. */
function grantedBy(response: TransportResponse, clock: Clock): JsonObject {
	const { status, headers } = response;
	const text = textIn(response);
	const said = readErrorBody(text);
	if (status < 200 || status > 299) {
		const words = wordsOf(said);
		throw noToken(
			words === null ? `The token server answers ${inWords(response)}` : `The token server refuses: ${words}`,
			hintFor(status, said?.code ?? null),
			{
				status,
				code: said?.code ?? undefined,
				retryable: status === 429 || status >= 500,
				retryAfterMs: retryAfterMillis(headers['retry-after'], clock.now()) ?? undefined,
			},
		);
	}
	const answer = jsonIn(text);
	if (!isJsonObject(answer)) throw noToken(`The token server answers ${inWords(response)}`, WRONG_ADDRESS, { status });
	return answer;
}

function checkedToken(value: unknown, response: TransportResponse): string {
	const token = textOf(value);
	// Visible ASCII only: anything else cannot travel in a header.
	if (token !== null && /^[\u0021-\u007e]+$/.test(token)) return token;
	const words = wordsOf(readErrorBody(textIn(response)));
	throw noToken(
		words === null ? 'The token server answers without a token' : `The token server gives no token: ${words}`,
		words === null ? WRONG_ADDRESS : CHECK_SECRETS,
		{ status: response.status },
	);
}

const WRONG_ADDRESS = 'Check the token URL in the credential; a proxy or a sign-in page may be answering.';
const CHECK_SECRETS = 'Check the client id and secret, or the user name and password, in the credential.';

const HINTS_BY_CODE: ReadonlyMap<string, string> = new Map([
	[
		'invalid_client',
		'Check the client id and the client secret in the credential; a secret may have been reset or ended.',
	],
	['invalid_grant', 'The consent has ended or was withdrawn: connect the account again.'],
	['invalid_scope', 'Check the scope in the credential; leave it empty where the provider named none.'],
	['unauthorized_client', 'Ask the provider to allow this kind of access for your application.'],
	['unsupported_grant_type', 'Check that the token URL is that of this provider.'],
]);

function hintFor(status: number, code: string | null): string {
	const byCode = code === null ? undefined : HINTS_BY_CODE.get(code);
	if (byCode !== undefined) return byCode;
	if (status === 404 || status < 400) return WRONG_ADDRESS;
	if (status === 429 || status >= 500) return 'The token server has trouble of its own: try again later.';
	return CHECK_SECRETS;
}

function noToken(message: string, hint: string, details: Partial<BillingErrorDetails>): BillingError {
	return new BillingError({ kind: 'AUTH', message, hint, ...details });
}

function wordsOf(said: ErrorBody | null): string | null {
	return said?.message ?? said?.code ?? null;
}

function inWords(response: TransportResponse): string {
	const isPage =
		textIn(response).trimStart().startsWith('<') || (response.headers['content-type'] ?? '').includes('html');
	return `${isPage ? 'with a web page' : 'without JSON that says more'} (status ${response.status})`;
}

function textIn({ body }: TransportResponse): string {
	return body.kind === 'text' ? body.text : '';
}

function jsonIn(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return null;
	}
}
