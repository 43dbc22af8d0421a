/** The server's transport over real HTTP. */
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { networkError } from '../../../graphql/server/networkError';
import { UndiciTransport } from '../../../graphql/server/undiciTransport';
import type { TransportRequest } from '../../../providers/transport/port';
import { type TestServer, listen } from '../support/httpServer';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const AMOUNT = '{"amount":12345678901234567.89,"name":"Zürich"}';

let server: TestServer;
let answer: Answer;
let transport: UndiciTransport;

beforeEach(async () => {
	transport = new UndiciTransport();
	server = await listen((request, response) => {
		answer(request, response);
	});
});

afterEach(async () => {
	await transport.close();
	await server.close();
});

function request(parts: Partial<TransportRequest> = {}): TransportRequest {
	return { method: 'GET', url: `${server.url}/bills`, headers: {}, expect: 'text', credential: 'SEND', ...parts };
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

describe('the transport', () => {
	it('sends a request unchanged', async () => {
		const seen: unknown[] = [];
		answer = (incoming, response) => {
			let body = '';
			incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
			incoming.on('end', () => {
				seen.push(incoming.method, incoming.url, incoming.headers['x-billing-account-number'], body);
				response.end('{}');
			});
		};
		const headers = { 'x-billing-account-number': '5-A', 'content-type': 'application/json' };
		await transport.request(
			request({
				method: 'POST',
				url: `${server.url}/a%2Fb?id=0.0.0.1%2B-bill%2B1&billDate.gt=x`,
				headers,
				body: '{"a":1}',
			}),
		);
		expect(seen).toEqual(['POST', '/a%2Fb?id=0.0.0.1%2B-bill%2B1&billDate.gt=x', '5-A', '{"a":1}']);
	});

	it('gives text as it came, with no digit lost', async () => {
		answer = (_request, response) => response.setHeader('X-Total-Count', '3').end(AMOUNT);
		const response = await transport.request(request());
		expect(response).toMatchObject({ status: 200, body: { kind: 'text', text: AMOUNT } });
		expect(response.headers['x-total-count']).toBe('3');
	});

	it('gives bytes and streams as asked for', async () => {
		answer = (_request, response) => response.end('%PDF-1.7');
		const { body: bytes } = await transport.request(request({ expect: 'bytes' }));
		expect(bytes.kind === 'bytes' && Buffer.from(bytes.bytes).toString()).toBe('%PDF-1.7');
		const { body: stream } = await transport.request(request({ expect: 'stream' }));
		expect(stream.kind === 'stream' && (await bytesOf(stream.stream))).toBe('%PDF-1.7');
	});

	it('asks for gzip, unpacks it, and says nothing of the packed length', async () => {
		answer = (incoming, response) => {
			expect(incoming.headers['accept-encoding']).toBe('gzip');
			const packed = gzipSync(AMOUNT);
			response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
		};
		const response = await transport.request(request());
		expect(response.body).toEqual({ kind: 'text', text: AMOUNT });
		expect(response.headers).not.toHaveProperty('content-length');
		expect(response.headers).not.toHaveProperty('content-encoding');
	});

	it('joins repeated headers', async () => {
		answer = (_request, response) =>
			response
				.writeHead(
					200,
					[
						['x-a', '1'],
						['x-a', '2'],
					].flat(),
				)
				.end();
		expect((await transport.request(request())).headers['x-a']).toBe('1, 2');
	});

	it.each([404, 500])('takes status %i for an answer', async (status) => {
		answer = (_request, response) => response.writeHead(status).end('no');
		expect(await transport.request(request())).toMatchObject({ status, body: { text: 'no' } });
	});
});

describe('trouble on the way', () => {
	it('is PROTOCOL for a body that cannot be unpacked', async () => {
		answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
		await expect(transport.request(request())).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});

	it.each<TransportRequest['expect']>(['text', 'bytes'])(
		'is TOO_LARGE when %s, packed or not, is longer than may be read whole',
		async (expected) => {
			const small = new UndiciTransport({ maxWholeBytes: 10_000 });
			const asked = () => small.request(request({ expect: expected }));
			for (const isPacked of [true, false]) {
				const answering = (bytes: number) => {
					const body = Buffer.alloc(bytes, ' ');
					answer = (_request, response) =>
						response
							.writeHead(200, isPacked ? { 'content-encoding': 'gzip' } : {})
							.end(isPacked ? gzipSync(body) : body);
				};
				answering(10_000);
				await expect(asked()).resolves.toMatchObject({ status: 200 });
				answering(10_001);
				await expect(asked()).rejects.toMatchObject({ kind: 'TOO_LARGE', retryable: false });
			}
			await small.close();
		},
	);

	it('is PROTOCOL for a packing that was not asked for', async () => {
		answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x');
		await expect(transport.request(request())).rejects.toMatchObject({
			kind: 'PROTOCOL',
			message: expect.stringContaining('br'),
		});
	});

	it('is TIMEOUT when the head does not come', async () => {
		answer = () => undefined;
		await expect(transport.request(request({ timeoutMs: 40 }))).rejects.toMatchObject({
			kind: 'TIMEOUT',
			retryable: true,
		});
	});

	it('is TIMEOUT when the body stops', async () => {
		answer = (_request, response) => response.write('{"half":');
		await expect(transport.request(request({ timeoutMs: 40 }))).rejects.toMatchObject({ kind: 'TIMEOUT' });
	});

	it.each<TransportRequest['expect']>(['text', 'bytes'])('is UNAVAILABLE when %s breaks off', async (expected) => {
		answer = (_request, response) => {
			response.writeHead(200, { 'content-length': 100 });
			response.write('half', () => response.destroy());
		};
		await expect(transport.request(request({ expect: expected }))).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
	});

	it('is UNAVAILABLE when a stream breaks off while it is read', async () => {
		answer = (_request, response) => {
			response.writeHead(200, { 'content-length': 100 });
			response.write('half', () => setTimeout(() => response.destroy(), 20));
		};
		const { body } = await transport.request(request({ expect: 'stream' }));
		await expect(body.kind === 'stream' ? bytesOf(body.stream) : null).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
	});

	it('is UNAVAILABLE, in plain words, where nothing listens', async () => {
		const { url } = server;
		await server.close();
		await expect(transport.request(request({ url: `${url}/bills` }))).rejects.toMatchObject({
			kind: 'UNAVAILABLE',
			message: `Nothing answers at ${new URL(url).host}`,
		});
	});

	it("is the signal's own reason when aborted", async () => {
		answer = () => undefined;
		const controller = new AbortController();
		const reason = new Error('no longer wanted');
		setTimeout(() => controller.abort(reason), 20);
		await expect(transport.request(request({ signal: controller.signal }))).rejects.toBe(reason);
	});
});

describe('a redirect', () => {
	it('to another origin is not followed, so that no credential leaves', async () => {
		const elsewhere: string[] = [];
		const other = await listen((incoming, response) => {
			elsewhere.push(incoming.url ?? '');
			response.end('{}');
		});
		answer = (_request, response) => response.writeHead(302, { location: `${other.url}/login` }).end();
		await expect(transport.request(request({ headers: { authorization: 'Bearer secret' } }))).rejects.toMatchObject({
			kind: 'PROTOCOL',
			message: expect.stringContaining(new URL(other.url).host),
		});
		expect(elsewhere).toEqual([]);
		await other.close();
	});

	it('within the origin is followed', async () => {
		answer = (incoming, response) => {
			if (incoming.url === '/bills') response.writeHead(301, { location: '/bills/' }).end();
			else response.end(incoming.url);
		};
		expect(await transport.request(request())).toMatchObject({ status: 200, body: { text: '/bills/' } });
	});

	it('that never ends, or of a POST, is PROTOCOL', async () => {
		answer = (_request, response) => response.writeHead(302, { location: '/bills' }).end();
		await expect(transport.request(request())).rejects.toMatchObject({ kind: 'PROTOCOL' });
		await expect(transport.request(request({ method: 'POST', body: 'x' }))).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});
});

describe('a network error', () => {
	const coded = (code: string): Error => Object.assign(new Error('raw text'), { code });

	it.each([
		['ENOTFOUND', 'No such host: api.example.com'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'The certificate that was shown is not one for api.example.com'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', expect.stringContaining('signed by an authority')],
		['CERT_HAS_EXPIRED', 'The certificate of api.example.com has run out'],
		['UND_ERR_SOCKET', 'The connection to api.example.com broke'],
	])('%s is told in plain words', (code, message) => {
		expect(networkError(coded(code), 'api.example.com')).toMatchObject({ kind: 'UNAVAILABLE', message });
	});

	it('is recognised inside what wraps it', () => {
		const wrapped = new Error('fetch failed', { cause: new AggregateError([coded('ECONNREFUSED')]) });
		expect(networkError(wrapped, 'h')).toMatchObject({ message: 'Nothing answers at h' });
		expect(networkError('odd', 'h')).toMatchObject({ kind: 'UNAVAILABLE' });
	});
});

describe('many hosts, as the links of bills may name them', () => {
	const HOSTS = 50;
	const servers: TestServer[] = [];
	const sockets = new Set<Socket>();
	let endFirst: () => void;

	beforeEach(async () => {
		for (let host = 0; host < HOSTS; host += 1) {
			servers.push(
				await listen((incoming, response) => {
					sockets.add(incoming.socket);
					incoming.socket.once('close', () => sockets.delete(incoming.socket));
					if (host > 0) response.end('%PDF');
					else {
						response.write('half ');
						endFirst = () => response.end('whole');
					}
				}),
			);
		}
	});

	afterEach(async () => {
		await Promise.all(servers.splice(0).map((one) => one.close()));
	});

	it('do not each keep a connection, and no request under way is cut', async () => {
		const [first, ...others] = servers.map(({ url }) => request({ url, expect: 'stream' }));
		const { body: slow } = await transport.request(first!);
		for (const other of others) {
			const { body } = await transport.request(other);
			expect(body.kind === 'stream' && (await bytesOf(body.stream))).toBe('%PDF');
		}
		expect(sockets.size).toBeLessThan(HOSTS - 10);
		let isClosed = false;
		const closed = transport.close().then(() => (isClosed = true));
		await pause(20);
		expect(isClosed).toBe(false);
		endFirst();
		expect(slow.kind === 'stream' && (await bytesOf(slow.stream))).toBe('half whole');
		await closed;
	});

	it('do not take the connection of the one that is asked all the time', async () => {
		const ports = new Set<number | undefined>();
		answer = (incoming, response) => {
			ports.add(incoming.socket.remotePort);
			response.end('{}');
		};
		for (const { url } of servers.slice(1)) {
			await transport.request(request());
			await transport.request(request({ url }));
		}
		expect(ports.size).toBe(1);
	});
});
