/** The transport of the server: one undici pool an origin, bodies as asked for, failures in plain words. */
import { type Gunzip, createGunzip } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { arrayBuffer, text } from 'node:stream/consumers';

import { type Dispatcher, Pool } from 'undici';

import { protocolError } from '../../providers/transport/errors';
import type {
	Expect,
	Transport,
	TransportBody,
	TransportRequest,
	TransportResponse,
} from '../../providers/transport/port';
import { networkError } from './networkError';

export interface UndiciTransportOptions {
	/** Milliseconds until the response head, and between bytes after it, where the request says nothing. */
	readonly timeoutMs?: number;
	/** Connections to one origin at most. */
	readonly connections?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_CONNECTIONS = 16;
const MAX_REDIRECTS = 3;

export class UndiciTransport implements Transport {
	private readonly pools = new Map<string, Pool>();

	constructor(private readonly options: UndiciTransportOptions = {}) {}

	async request(request: TransportRequest): Promise<TransportResponse> {
		let url = new URL(request.url);
		for (let redirects = 0; ; redirects += 1) {
			const response = await guarded(request, url.host, () => this.send(request, url));
			const target = redirectOf(response, url);
			if (target === null) return this.read(response, request, url.host);
			await response.body.dump();
			refuseUnsafeRedirect(request, url, target, redirects);
			url = target;
		}
	}

	/** Waits for what is under way, then closes every connection. */
	async close(): Promise<void> {
		await Promise.all([...this.pools.values()].map((pool) => pool.close()));
		this.pools.clear();
	}

	private send(request: TransportRequest, url: URL): Promise<Dispatcher.ResponseData> {
		const timeout = request.timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
		return this.poolOf(url.origin).request({
			method: request.method,
			path: `${url.pathname}${url.search}`,
			headers: { 'accept-encoding': 'gzip', ...request.headers },
			body: request.body ?? null,
			headersTimeout: timeout,
			bodyTimeout: timeout,
			...(request.signal === undefined ? {} : { signal: request.signal }),
		});
	}

	private poolOf(origin: string): Pool {
		const known = this.pools.get(origin);
		if (known !== undefined) return known;
		const pool = new Pool(origin, { connections: this.options.connections ?? DEFAULT_CONNECTIONS, pipelining: 1 });
		this.pools.set(origin, pool);
		return pool;
	}

	private async read(
		response: Dispatcher.ResponseData,
		request: TransportRequest,
		host: string,
	): Promise<TransportResponse> {
		const headers = flatHeaders(response.headers);
		const body = decoded(response.body, headers);
		return {
			status: response.statusCode,
			headers,
			body: await guarded(request, host, () => readAs(request.expect, body, request, host)),
		};
	}
}

/** As undici gives it, or unpacked. */
type Body = Dispatcher.ResponseData['body'] | Gunzip;

/** Undoes the compression that was asked for, and takes out the headers that speak of the compressed bytes. */
function decoded(body: Dispatcher.ResponseData['body'], headers: Record<string, string>): Body {
	const encoding = headers['content-encoding']?.toLowerCase();
	if (encoding === undefined || encoding === 'identity') return body;
	delete headers['content-encoding'];
	delete headers['content-length'];
	if (encoding !== 'gzip' && encoding !== 'x-gzip') {
		body.on('error', () => undefined).destroy();
		throw protocolError(`The answer is packed as "${encoding}", which was not asked for`);
	}
	const unpacked = createGunzip();
	body.on('error', (error) => unpacked.destroy(error));
	return body.pipe(unpacked);
}

async function readAs(expect: Expect, body: Body, request: TransportRequest, host: string): Promise<TransportBody> {
	switch (expect) {
		case 'text':
			// undici's own joins the chunks before it decodes them: half the time of decoding each.
			return { kind: 'text', text: await ('text' in body ? body.text() : text(body)) };
		case 'bytes':
			return { kind: 'bytes', bytes: new Uint8Array(await arrayBuffer(body)) };
		case 'stream':
			return { kind: 'stream', stream: guardedStream(body, request, host) };
	}
}

async function* guardedStream(body: Readable, request: TransportRequest, host: string): AsyncGenerator<Uint8Array> {
	try {
		for await (const chunk of body) yield chunk as Uint8Array;
	} catch (error) {
		throw explained(error, request, host);
	}
}

async function guarded<T>(request: TransportRequest, host: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw explained(error, request, host);
	}
}

/** The reason of whoever aborted the request, or what went wrong on the network. */
function explained(error: unknown, { signal }: TransportRequest, host: string): unknown {
	return signal?.aborted === true ? signal.reason : networkError(error, host);
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | null {
	const location = headers['location'];
	if (statusCode < 300 || statusCode > 399 || typeof location !== 'string') return null;
	return URL.canParse(location, from.href) ? new URL(location, from) : null;
}

/** Credentials go where they were meant to go and nowhere else; a body is not sent twice. */
function refuseUnsafeRedirect(request: TransportRequest, from: URL, to: URL, redirects: number): void {
	if (to.origin !== from.origin) {
		throw protocolError(`${from.host} sends the request on to ${to.host}, which is not followed`, {
			hint: 'If that is the right address, put it into the base URL; a sign-in page or a proxy may be answering.',
		});
	}
	if (request.method !== 'GET' || redirects >= MAX_REDIRECTS) {
		throw protocolError(`${from.host} keeps sending the request elsewhere`);
	}
}

function flatHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
		),
	);
}
