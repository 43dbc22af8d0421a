/** What clients write byte by byte: requests that two servers would read differently, and requests that never end. */
import { connect } from 'node:net';

import { ProviderConnections } from '../../graphql/providerConnections';
import { type GraphServer, buildServer } from '../../graphql/server/app';
import { limits } from '../../graphql/server/limits/limitsConfig';
import { OPEN_ON_THIS_MACHINE } from '../graphql/support/appOptions';
import { MemoryConnector } from '../graphql/support/memoryConnector';
import { askAt } from '../graphql/support/wire';

let server: GraphServer;
let url: string;

beforeAll(async () => {
	server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		limits: limits.parse({ bodyBytes: 1_000, requestMs: 300 }),
		connections: new ProviderConnections([new MemoryConnector({ connection: 'brm' }).configured()]),
		timeoutMs: 1_000,
		serves: '',
		reportFault: () => undefined,
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(() => server.close());

/** The status lines of all answers, until the server closes the connection or says nothing for a while. */
async function statusesOf(text: string, patienceMs = 400): Promise<readonly number[]> {
	const { hostname, port } = new URL(url);
	const socket = connect(Number(port), hostname);
	socket.setTimeout(patienceMs, () => socket.destroy());
	socket.on('error', () => undefined);
	let answer = '';
	socket.on('data', (chunk) => (answer += String(chunk)));
	socket.write(text);
	await new Promise((resolve) => socket.once('close', resolve));
	return [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}

const BODY = JSON.stringify({ query: '{ __typename }' });
const head = (...headers: readonly string[]): string =>
	['POST /graphql HTTP/1.1', `Host: ${new URL(url).host}`, 'Content-Type: application/json', ...headers, '', ''].join(
		'\r\n',
	);
const SMUGGLED = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n';

it('answers a request as it should be', async () => {
	expect(await statusesOf(`${head(`Content-Length: ${BODY.length}`, 'Connection: close')}${BODY}`)).toEqual([200]);
});

it.each<[string, () => string]>([
	['both a length and chunks', () => `${head('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n${SMUGGLED}`],
	['two lengths', () => `${head('Content-Length: 4', `Content-Length: ${BODY.length}`)}${BODY}${SMUGGLED}`],
	['a length that is none', () => `${head('Content-Length: +4')}${BODY}${SMUGGLED}`],
	['chunks under another name', () => `${head('Transfer-Encoding: xchunked')}0\r\n\r\n${SMUGGLED}`],
	['chunks that are not last', () => `${head('Transfer-Encoding: chunked, identity')}0\r\n\r\n${SMUGGLED}`],
	['a chunk of no size', () => `${head('Transfer-Encoding: chunked')}zz\r\n${BODY}\r\n0\r\n\r\n${SMUGGLED}`],
	['a chunk of a size beyond numbers', () => `${head('Transfer-Encoding: chunked')}fffffffffffffffff\r\n${BODY}`],
	['a space before the colon', () => `${head('Content-Length : 4')}${BODY}${SMUGGLED}`],
	['a folded header', () => `${head('X-A: b\r\n Content-Length: 4')}${BODY}${SMUGGLED}`],
	['a bare line feed in the head', () => `GET / HTTP/1.1\nHost: a\nContent-Length: 4\n\n${SMUGGLED}`],
	['a zero in a header', () => `${head('X-A: a\0b')}${BODY}`],
])('refuses %s, and reads no second request out of it', async (_what, text) => {
	expect(await statusesOf(text())).toEqual([400]);
});

it('refuses heads without end', async () => {
	expect(await statusesOf(head(`X-A: ${'a'.repeat(20_000)}`))).toEqual([431]);
	const many = Array.from({ length: 3_000 }, (_, index) => `X-${index}: aaaaaa`);
	expect(await statusesOf(head(...many))).toEqual([431]);
});

it('refuses a body over the limit, whether it says so or not', async () => {
	expect(await statusesOf(head('Content-Length: 1001'))).toEqual([413]);
	const chunk = `3e8\r\n${'a'.repeat(1_000)}\r\n`;
	expect(await statusesOf(`${head('Transfer-Encoding: chunked')}${chunk}${chunk}0\r\n\r\n`)).toEqual([413]);
});

it.each<[string, () => string]>([
	['head', () => 'POST /graphql HTTP/1.1\r\nHost: loc'],
	['body', () => `${head('Content-Length: 100')}{"query"`],
	['chunk', () => `${head('Transfer-Encoding: chunked')}a\r\n{"q`],
])('gives up on a %s that does not come, and answers others meanwhile', async (_what, text) => {
	const started = performance.now();
	const late = statusesOf(text(), 5_000);
	expect((await askAt(url, '{ __typename }')).status).toBe(200);
	expect(await late).toEqual([408]);
	expect(performance.now() - started).toBeLessThan(4_000);
});
