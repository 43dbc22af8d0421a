/** Reading requests: query values, forms, and who is asking. */
import type { FastifyRequest } from 'fastify';

export type Query = Readonly<Record<string, string | readonly string[]>>;

/** The decoded query; a parameter given several times is a list. */
export function queryOf(request: FastifyRequest): Query {
	return request.query as Query;
}

/** The query as it was sent, without the question mark. */
export function rawQueryOf(url: string): string {
	const start = url.indexOf('?');
	return start === -1 ? '' : url.slice(start + 1);
}

/** One value of a parameter: the first where it is repeated. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
	const value = queryOf(request)[name];
	return typeof value === 'string' ? value : value?.[0];
}

/** The fields of a form body; empty for any other body. */
export function formOf(request: FastifyRequest): URLSearchParams {
	return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}

export function basicCredentials(request: FastifyRequest): { name: string; secret: string } | undefined {
	const encoded = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (encoded === undefined) return undefined;
	const text = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = text.indexOf(':');
	return colon === -1 ? undefined : { name: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** The token after `Bearer`; undefined without that scheme. */
export function bearerToken(request: FastifyRequest): string | undefined {
	return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** A whole number from `min` up, or undefined where the text is none. */
export function wholeNumber(text: string, min: number): number | undefined {
	const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
	return value >= min ? value : undefined;
}
