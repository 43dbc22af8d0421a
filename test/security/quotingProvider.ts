/** Secrets to plant, a provider that quotes back every one that it is sent, and a look for them in what was said. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import { type Recorder, type Seen, TOKEN_PATH, recorder } from './strangers';

const planted: string[] = [];
/** Unlike any other text. */
function secret(what: string): string {
	const text = `planted/${what}+${createHash('sha256').update(what).digest('hex').slice(0, 12)}`;
	planted.push(text);
	return text;
}

export const CLIENT_SECRET = secret('client-secret');
export const ACCESS_TOKEN = secret('access-token').replace('/', '.').replace('+', '-');
planted.push(ACCESS_TOKEN);
export const API_KEY = secret('api-key');
export const BEARER = secret('bearer');
export const HEADER = secret('header');
export const PASSWORD = secret('password');
export const LOGIN_PASSWORD = secret('login-password');
export const REFRESH_TOKEN = secret('refresh-token');
export const TOKEN_HEADER = secret('token-header');
export const CURSOR_KEY = secret('cursor-key');
export const CACHE_KEY = `${secret('cache-key')}-of-32-characters-and-more`;
export const PRINCIPALS_KEY = 'planted-key-of-a-principal-77c1';
planted.push(PRINCIPALS_KEY);

/** A secret as it is, inside Basic, in a form, and in JSON. */
function formsOf(text: string): readonly string[] {
	const basic = ['client', 'user'].flatMap((user) => [
		Buffer.from(`${user}:${text}`).toString('base64'),
		Buffer.from(`${user}:${encodeURIComponent(text)}`).toString('base64'),
	]);
	return [text, encodeURIComponent(text), ...basic];
}

/** Fails with the secrets that were found, and where. */
export function expectNoSecretIn(where: string, text: string): void {
	const found = planted.filter((one) => formsOf(one).some((form) => text.includes(form)));
	expect({ where, found }).toEqual({ where, found: [] });
}

/** Where the provider quotes what it was sent; LINK: in the address of a bill's document. */
export type Quote = 'BODY' | 'FAILED_JOB' | 'REDIRECT' | 'CONTENT_ENCODING' | 'DEPRECATION' | 'LINK';

/** How the provider answers. */
export interface Manner {
	/** 418: the token server refuses as well. */
	status: number;
	/** Also inside answers with status 200, which is another way to quote. */
	isRefusal: boolean;
	quotes: Quote;
}

/** @param manner may be changed between requests */
export function quotingProvider(manner: Manner): Promise<Recorder> {
	return recorder((request, response) => {
		if (request.path === TOKEN_PATH && manner.status !== 418) grantToken(response);
		else quoteBack(request, response, manner);
	});
}

function grantToken(response: ServerResponse): void {
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify({ access_token: ACCESS_TOKEN, token: ACCESS_TOKEN, expires_in: 600 }));
}

function quoteBack(request: Seen, response: ServerResponse, { status, isRefusal, quotes }: Manner): void {
	const { headers } = request;
	response.setHeader('content-type', 'application/json');
	response.setHeader('x-total-count', '1');
	const token = tokenIn(request);
	const address = `https://${token}.x.example/${token}?k=${token}`;
	const key = String(headers['x-api-key'] ?? token);
	switch (quotes) {
		case 'BODY':
			response.writeHead(status, { 'x-oapi-request-id': String(headers['x-api-key']) });
			response.end(isRefusal ? refusalOf(request) : billsFor(request));
			return;
		case 'FAILED_JOB':
			if (request.path.includes('/asyncJobs/')) response.end(`{"status":"FAILED",${refusalOf(request).slice(1)}`);
			else response.writeHead(202).end('{"id":"j1"}');
			return;
		case 'REDIRECT':
			response.writeHead(302, { location: address }).end();
			return;
		case 'CONTENT_ENCODING':
			response.writeHead(200, { 'content-encoding': key }).end(billsFor(request));
			return;
		case 'DEPRECATION':
			response.writeHead(200, { deprecation: 'true', link: `<${address}>; rel="deprecation"` });
			response.end(billsFor(request));
			return;
		case 'LINK':
			response.end(billsFor(request, [{ id: 'd', url: address }]));
	}
}

function tokenIn({ headers }: Seen): string {
	return String(headers['authorization'] ?? headers['x-auth-token']).replace(/^\w+ /, '');
}

function billsFor({ path }: Seen, billDocument: readonly object[] = []): string {
	const bill = { id: 'b1', billNo: 'b1', billDate: '2026-01-31', customer: { id: 'a' }, type: 'INVOICE', billDocument };
	return JSON.stringify(path.startsWith('/api/v2') ? { errorCode: '', content: [{ id: 'b1' }] } : [bill]);
}

function refusalOf({ headers, body }: Seen): string {
	const quoted = `You sent ${Object.entries(headers)
		.map(([name, value]) => `${name}: ${String(value)}`)
		.join(', ')} and ${decodeURIComponent(body)} ${body}`;
	const token = String(headers['authorization'] ?? headers['x-auth-token']);
	return JSON.stringify({
		code: token,
		errorCode: token,
		error: token,
		message: quoted,
		reason: quoted,
		errorMessage: quoted,
		description: quoted,
		error_description: quoted,
		requestId: token,
	});
}
