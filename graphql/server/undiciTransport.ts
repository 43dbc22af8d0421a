/** The transport of one connection: one undici pool an origin, bodies as asked for, failures in plain words. */
import { createGunzip } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

import { type Dispatcher, Pool } from 'undici';

import { protocolError } from '../../providers/transport/errors';
import type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../providers/transport/port';
import { readWhole } from '../../providers/transport/stream';
import { networkError } from './networkError';
import { type Resolve, publicLookup } from './publicLookup';

export interface UndiciTransportOptions {
	/** Milliseconds until the response head, and between bytes after it, where the request says nothing. */
	readonly timeoutMs?: number;
	/** Sockets to one origin at most. */
	readonly connections?: number;
	/** Bytes of an answer that is read whole, unpacked. */
	readonly maxWholeBytes?: number;
	/** In PEM: an authority trusted besides the well-known ones, except for links. */
	readonly ca?: string | undefined;
	/** How names of links are looked up; as the machine does where absent. */
	readonly resolve?: Resolve;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_CONNECTIONS = 16;
const MAX_REDIRECTS = 3;
/** The carrier chooses the hosts of links: there may be a new one for every bill. */
const MOST_POOLS = 32;

export class UndiciTransport implements Transport {
	/** The one that was not used for longest comes first. */
	private readonly pools = new Map<string, Pool>();
	private readonly retiring = new Set<Promise<void>>();
	private readonly lookup: LookupFunction;
	/** Made once: reading the well-known authorities takes longer than a request. */
	private readonly trusting: { readonly secureContext?: SecureContext };

	constructor(private readonly options: UndiciTransportOptions = {}) {
		this.lookup = publicLookup(options.resolve);
		this.trusting =
			options.ca === undefined ? {} : { secureContext: createSecureContext({ ca: [...rootCertificates, options.ca] }) };
	}

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
		await Promise.all([...this.retiring, ...[...this.pools.values()].map((pool) => pool.close())]);
		this.pools.clear();
	}

	private send(request: TransportRequest, url: URL): Promise<Dispatcher.ResponseData> {
		const timeout = request.timeoutMs ?? this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
		return this.poolOf(url.origin, request.publicOnly === true).request({
			method: request.method,
			path: `${url.pathname}${url.search}`,
			headers: { 'accept-encoding': 'gzip', ...request.headers },
			body: request.body ?? null,
			headersTimeout: timeout,
			bodyTimeout: timeout,
			...(request.signal === undefined ? {} : { signal: request.signal }),
		});
	}

	/** A connection that was made for anybody may lead into a private network: links get their own. */
	private poolOf(origin: string, publicOnly: boolean): Pool {
		const key = `${publicOnly ? 'public ' : ''}${origin}`;
		const pool = this.pools.get(key) ?? this.openPool(origin, publicOnly);
		this.pools.delete(key);
		this.pools.set(key, pool);
		this.retireOne();
		return pool;
	}

	private openPool(origin: string, publicOnly: boolean): Pool {
		return new Pool(origin, {
			connections: this.options.connections ?? DEFAULT_CONNECTIONS,
			pipelining: 1,
			connect: publicOnly ? { lookup: this.lookup } : this.trusting,
		});
	}

	/** Where there are too many pools; what is under way in the one that goes ends as it would have. */
	private retireOne(): void {
		const [oldest] = this.pools;
		if (oldest === undefined || this.pools.size <= MOST_POOLS) return;
		const [key, pool] = oldest;
		this.pools.delete(key);
		const closed = pool.close().finally(() => this.retiring.delete(closed));
		this.retiring.add(closed);
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
			body: await guarded(request, host, () => this.readAs(body, request, host)),
		};
	}

	private async readAs(body: Readable, request: TransportRequest, host: string): Promise<TransportBody> {
		const { maxWholeBytes } = this.options;
		switch (request.expect) {
			case 'text':
				return { kind: 'text', text: new TextDecoder().decode(await readWhole(body, maxWholeBytes)) };
			case 'bytes':
				return { kind: 'bytes', bytes: new Uint8Array(await readWhole(body, maxWholeBytes)) };
			case 'stream':
				return { kind: 'stream', stream: guardedStream(body, request, host) };
		}
	}
}

/** Undoes the compression that was asked for, and takes out the headers that speak of the compressed bytes. */
function decoded(body: Readable, headers: Record<string, string>): Readable {
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
