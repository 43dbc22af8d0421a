/** n8n's own OAuth2, as far as credentials of its kind rely on it: client credentials, a token fetched when there is none. */
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { textOf } from '../../../nodes/shared/credentialText';

type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/** What n8n's OAuth2 client makes of an answer without a token: `EAUTH` for a refusal in OAuth2's own form, else `ESTATUS`. */
export class TokenRefused extends Error {
	constructor(
		message: string,
		readonly code: 'EAUTH' | 'ESTATUS',
		readonly status?: number,
	) {
		super(message);
	}
}

interface TokenAnswer {
	readonly statusCode: number;
	readonly body: string;
}

/** In n8n's own words, which do not hold OAuth2's code. */
const REFUSALS: Readonly<Record<string, string>> = {
	invalid_client:
		'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
	invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
};

/**
 * Asks the token URL of a filled-in credential. As in n8n's OAuth2 client, an answer of 500 and more is an error of the HTTP
 * library, and every other that is no token an error in words.
 */
export async function fetchOAuth2Token(fields: ICredentialDataDecryptedObject, send: Send): Promise<IDataObject> {
	const text = (name: string): string => textOf(fields, name);
	const body = new URLSearchParams({ grant_type: 'client_credentials' });
	if (text('scope') !== '') body.set('scope', text('scope'));
	const client = Buffer.from(`${text('clientId')}:${text('clientSecret')}`).toString('base64');
	const answer = (await send({
		method: 'POST',
		url: text('accessTokenUrl'),
		headers: {
			Accept: 'application/json, application/x-www-form-urlencoded',
			'Content-Type': 'application/x-www-form-urlencoded',
			Authorization: `Basic ${client}`,
		},
		body: body.toString(),
		encoding: 'text',
		json: false,
		returnFullResponse: true,
		ignoreHttpStatusErrors: { ignore: true, except: [500, 501, 502, 503, 504] },
	})) as TokenAnswer;
	return tokenIn(answer);
}

function tokenIn({ statusCode, body }: TokenAnswer): IDataObject {
	const noToken = (words: string): TokenRefused => new TokenRefused(words, 'ESTATUS', statusCode);
	if (statusCode >= 300 && statusCode < 400) throw noToken(`HTTP status ${statusCode}`);
	const said = parsed(body);
	if (said === null) throw noToken(`Expected JSON response from OAuth2 token endpoint but received: ${body}`);
	if (statusCode < 400) return said;
	const { error } = said;
	if (typeof error === 'string') throw new TokenRefused(REFUSALS[error] ?? error, 'EAUTH');
	throw noToken(`HTTP status ${statusCode}`);
}

function parsed(body: string): IDataObject | null {
	try {
		return JSON.parse(body) as IDataObject;
	} catch {
		return null;
	}
}

/** Signs as n8n does: a token of a type other than "bearer" goes into the URL. */
export function signed(options: IHttpRequestOptions, token: IDataObject, tokenType?: string): IHttpRequestOptions {
	const accessToken = token.access_token;
	if (typeof accessToken !== 'string' || accessToken === '') throw new Error('Unable to sign without access token');
	const given = tokenType ?? token.token_type;
	const type = typeof given === 'string' ? given.toLowerCase() : 'bearer';
	if (type === 'bearer') {
		return { ...options, headers: { ...options.headers, Authorization: `Bearer ${accessToken}` } };
	}
	return { ...options, url: `${options.url}${options.url.includes('?') ? '&' : '?'}access_token=${accessToken}` };
}
