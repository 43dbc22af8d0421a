/** n8n's own OAuth2, as far as credentials of its kind rely on it: client credentials, a token fetched when there is none. */
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { textOf } from '../../../nodes/shared/credentialText';

type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/** What n8n answers with in place of a token. */
export class TokenRefused extends Error {}

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
	})) as { readonly statusCode: number; readonly body: string };
	if (answer.statusCode >= 300) throw new TokenRefused(`HTTP status ${answer.statusCode}`);
	try {
		return JSON.parse(answer.body) as IDataObject;
	} catch {
		throw new TokenRefused(`Expected JSON response from OAuth2 token endpoint but received: ${answer.body}`);
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
