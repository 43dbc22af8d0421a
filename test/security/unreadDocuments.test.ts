/** Readers who open files and do not read them, over real sockets: nobody else waits for their provider's connections. */
import type { ServerResponse } from 'node:http';
import { type Socket, connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

import { encodeGlobalId } from '../../graphql/globalId';
import { type GraphServer, buildServer } from '../../graphql/server/app';
import { limits } from '../../graphql/server/limits/limitsConfig';
import { systemClock } from '../../graphql/server/systemClock';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import { OPEN_ON_THIS_MACHINE } from '../graphql/support/appOptions';
import { connected } from '../graphql/support/connected';
import { type TestServer, listen } from '../graphql/support/httpServer';
import { askAt } from '../graphql/support/wire';

const MEGABYTE = Buffer.alloc(1024 * 1024, '%PDF-1.7 a bill ');
/** More than the buffers of all sockets on the way. */
const MEGABYTES = 48;
const CONNECTIONS = 2;

let provider: TestServer;
/** Sends the file. */
let giveFile: (response: ServerResponse) => void;
/** Files that were asked for and neither came whole nor were given up. */
const running = new Set<ServerResponse>();

const opened: { close(): Promise<unknown> }[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
	provider = await listen((request, response) => {
		if (request.url !== '/file.pdf') {
			const bill = { id: 'b', billDate: '2026-01-31', billDocument: [{ id: 'd', url: '/file.pdf' }] };
			const isOne = request.url?.includes('/customerBill/b') === true;
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isOne ? bill : [bill]));
			return;
		}
		running.add(response);
		response.once('close', () => running.delete(response)).writeHead(200, { 'content-type': 'application/pdf' });
		giveFile(response);
	});
});

beforeEach(() => {
	giveFile = (response) => void Readable.from(Array.from({ length: MEGABYTES }, () => MEGABYTE)).pipe(response);
});

afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await Promise.all(opened.splice(0).map((one) => one.close()));
});

afterAll(() => provider.close());

/** @returns the server's URL */
async function serve(patience: { readonly unreadMs?: number; readonly documentMs?: number }): Promise<string> {
	const transport = new UndiciTransport({ connections: CONNECTIONS });
	const config = { id: 'c', provider: 'TMF678', baseUrl: provider.url, auth: { kind: 'NONE' }, freshFor: 0 };
	const server: GraphServer = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections: await connected([config], { transport, clock: systemClock }),
		limits: limits.parse(patience),
		timeoutMs: 3_000,
		serves: '',
		reportFault: (error) => {
			throw error;
		},
	});
	opened.push(server, transport);
	return server.app.listen({ port: 0, host: '127.0.0.1' });
}

const PATH = `/documents/${encodeGlobalId({
	type: 'Document',
	connection: 'c',
	document: { scope: '', billId: 'b', documentId: 'd' },
})}`;

/** Asks for the file and reads nothing of it. */
function open(url: string): Socket {
	const { port, host } = new URL(url);
	const socket = connect(Number(port), '127.0.0.1').pause();
	socket.on('error', () => undefined);
	sockets.push(socket);
	socket.write(`GET ${PATH} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
	return socket;
}

/** Waits for it, for five seconds at most. */
async function until(isSo: () => boolean): Promise<void> {
	for (let looks = 0; looks < 100 && !isSo(); looks += 1) await pause(50);
	expect(isSo()).toBe(true);
}

/** Reads a megabyte at a time, with pauses. @returns how many bytes came until the end */
async function readSlowly(socket: Socket, pauseMs: number): Promise<number> {
	let length = 0;
	try {
		for await (const chunk of socket) {
			const before = Math.floor(length / MEGABYTE.length);
			length += (chunk as Buffer).length;
			if (Math.floor(length / MEGABYTE.length) > before) await pause(pauseMs);
			if (length >= MEGABYTES * MEGABYTE.length) break;
		}
	} catch {
		// The connection was closed.
	}
	return length;
}

it('who reads nothing of their files holds up nobody for longer than unreadMs', async () => {
	const url = await serve({ unreadMs: 400 });
	for (let readers = 0; readers < CONNECTIONS; readers += 1) open(url);
	await until(() => running.size === CONNECTIONS);
	const { data, errors } = await askAt(url, '{ bills { nodes { id } } }');
	expect(errors).toEqual([]);
	expect(data).toMatchObject({ bills: { nodes: [{}] } });
	await until(() => running.size === 0);
});

it('who reads slowly but reads gets the whole file', async () => {
	const url = await serve({ unreadMs: 400 });
	expect(await readSlowly(open(url), 40)).toBeGreaterThanOrEqual(MEGABYTES * MEGABYTE.length);
});

it('who waits for a slow provider is not taken for somebody who does not read', async () => {
	giveFile = (response) => {
		response.write(MEGABYTE);
		void pause(1_000).then(() => response.end(MEGABYTE));
	};
	const url = await serve({ unreadMs: 200 });
	const file = await (await fetch(`${url}${PATH}`)).arrayBuffer();
	expect(file.byteLength).toBe(2 * MEGABYTE.length);
});

it('who reads for longer than documentMs is given up, however steadily', async () => {
	const url = await serve({ documentMs: 500 });
	expect(await readSlowly(open(url), 100)).toBeLessThan(MEGABYTES * MEGABYTE.length);
	await until(() => running.size === 0);
});
