/** The request log: what was asked of the providers, without the secrets it was asked with. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { SandboxProvider } from '../data/ledger';
import { type Query, queryOf, queryValue, rawQueryOf } from '../http/request';
import { providerOfPath } from './providerOfPath';

export interface LoggedRequest {
	/** Counts from 1, in order of arrival. */
	readonly id: number;
	readonly provider: SandboxProvider;
	readonly method: string;
	/** Decoded. */
	readonly path: string;
	readonly rawPath: string;
	readonly query: Query;
	readonly rawQuery: string;
	/** Values of headers that carry secrets are replaced. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** Which authentication was there, for instance `["Bearer", "x-api-key"]`. */
	readonly auth: readonly string[];
	/** Parsed JSON, or text; secrets replaced. Undefined: no body. */
	body?: unknown;
	/** Null: not answered (yet). */
	status: number | null;
	/** RFC 3339. */
	readonly time: string;
	durationMs: number | null;
}

/** Requests kept; when it is full, the oldest tenth makes room. */
const CAPACITY = 20_000;
const SECRET_HEADERS = ['authorization', 'x-api-key', 'x-auth-token', 'cookie'];
const SECRET_FIELDS = /^(client_secret|password|refresh_token|code|client_assertion|token)$/;
const HIDDEN = '(hidden)';

/** @param capacity at least 10 */
export function addRequestLog(app: FastifyInstance, now: () => number, capacity = CAPACITY): void {
	const entries: LoggedRequest[] = [];
	const open = new WeakMap<FastifyRequest, LoggedRequest>();
	let count = 0;
	let dropped = 0;

	app.addHook('onRequest', async (request) => {
		const entry = opened(request, count + 1, now());
		if (entry === undefined) return;
		count += 1;
		if (entries.length >= capacity) dropped += entries.splice(0, Math.floor(capacity / 10)).length;
		entries.push(entry);
		open.set(request, entry);
	});
	app.addHook('preHandler', async (request) => {
		const entry = open.get(request);
		if (entry !== undefined && request.body !== undefined) entry.body = withoutSecrets(request.body);
	});
	app.addHook('onResponse', async (request, reply) => {
		const entry = open.get(request);
		if (entry === undefined) return;
		entry.status = reply.statusCode;
		entry.durationMs = Math.round(reply.elapsedTime * 1_000) / 1_000;
	});

	app.get('/__sandbox/requests', async (request) => {
		const provider = queryValue(request, 'provider');
		const path = queryValue(request, 'path');
		const requests = entries.filter(
			(entry) =>
				(provider === undefined || entry.provider === provider) && (path === undefined || entry.path.includes(path)),
		);
		return { count: requests.length, dropped, requests };
	});
	app.delete('/__sandbox/requests', async (_request, reply) => {
		entries.length = 0;
		dropped = 0;
		return reply.code(204).send();
	});
}

function opened(request: FastifyRequest, id: number, time: number): LoggedRequest | undefined {
	const rawPath = request.url.split('?', 1)[0] ?? '';
	const provider = providerOfPath(rawPath);
	if (provider === undefined) return undefined;
	return {
		id,
		provider,
		method: request.method,
		path: decodedPath(rawPath),
		rawPath,
		query: queryOf(request),
		rawQuery: rawQueryOf(request.url),
		headers: hiddenHeaders(request),
		auth: authOf(request),
		status: null,
		time: new Date(time).toISOString(),
		durationMs: null,
	};
}

function decodedPath(rawPath: string): string {
	try {
		return decodeURIComponent(rawPath);
	} catch {
		return rawPath;
	}
}

function hiddenHeaders(request: FastifyRequest): Record<string, unknown> {
	const headers: Record<string, unknown> = { ...request.headers };
	for (const name of SECRET_HEADERS) if (name in headers) headers[name] = HIDDEN;
	return headers;
}

function authOf(request: FastifyRequest): string[] {
	const scheme = request.headers.authorization?.split(' ', 1)[0];
	const headers = SECRET_HEADERS.filter((name) => name !== 'authorization' && name in request.headers);
	return scheme === undefined ? headers : [/^(bearer|basic)$/i.test(scheme) ? scheme : 'other', ...headers];
}

function withoutSecrets(body: unknown): unknown {
	if (typeof body === 'string') return formWithoutSecrets(body);
	if (!isObject(body)) return body;
	const fields = Object.entries(body).map(([name, value]) => [name, SECRET_FIELDS.test(name) ? HIDDEN : value]);
	return Object.fromEntries(fields);
}

function isObject(body: unknown): body is Readonly<Record<string, unknown>> {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function formWithoutSecrets(text: string): string {
	return text.replace(/(^|&)(client_secret|password|refresh_token|code|client_assertion)=[^&]*/g, `$1$2=${HIDDEN}`);
}
