/** Links that a provider writes into a bill: what is followed, with what, how far and for how long. */
import type { LookupAddress } from 'node:dns';

import { type Resolve, publicLookup } from '../../graphql/server/publicLookup';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import { MAX_DOCUMENT_BYTES } from '../../providers/documents/kind';
import { isPublicAddress } from '../../providers/documents/links';
import { MAX_DOCUMENT_MS, openDocument } from '../../providers/documents/open';
import { ProviderClient } from '../../providers/transport/client';
import type { TransportRequest } from '../../providers/transport/port';
import { NO_RETRY } from '../../providers/transport/retry';
import { readStart } from '../../providers/transport/stream';
import { Tmf678Connector } from '../../providers/tmf678/standard';
import { ScriptedTransport, fakeClock, json, stream } from '../providers/support/scriptedTransport';
import {
	type Recorder,
	SUBJECTS,
	type Seen,
	type Subject,
	byKey,
	givesToken,
	nodeFace,
	recorder,
	serverFace,
} from './strangers';

jest.mock('../../nodes/shared/clock', () => ({
	n8nClock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
}));

const PDF = '%PDF-1.7 a bill';
/** Those that link to documents; floLIVE and Orange have operations for them. */
const LINKING = SUBJECTS.filter(({ title }) => ['Lumen', 'Oracle BRM', 'TMF678'].includes(title));

let stranger: Recorder;
let provider: Recorder;
let link: string;

beforeAll(async () => {
	stranger = await recorder((_request, response) => response.end(PDF));
	provider = await recorder((request, response) => {
		if (givesToken(request, response)) return;
		if (request.path === '/own.pdf') response.end(PDF);
		else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(billWith(request)));
	});
});

beforeEach(() => {
	stranger.seen.length = 0;
	provider.seen.length = 0;
});

afterAll(() => Promise.all([stranger.close(), provider.close()]));

function billWith({ path }: Seen): object {
	const bill = { id: 'b', billNo: 'b', billDate: '2026-01-31', billDocument: [{ id: 'd', url: link }] };
	return path.startsWith('/Billing') ? [bill] : bill;
}

async function openOnServer(subject: Subject): Promise<string> {
	const { connector, close } = await serverFace(subject, provider.url);
	try {
		const [documentId] = subject.title === 'Lumen' ? await lumenDocumentIds(connector) : ['d'];
		const ref = { scope: subject.scope, billId: 'b', documentId: documentId ?? '' };
		const { body } = await connector.document(ref);
		const chunks: Uint8Array[] = [];
		for await (const chunk of body) chunks.push(chunk);
		return Buffer.concat(chunks).toString();
	} finally {
		await close();
	}
}

async function lumenDocumentIds(
	connector: Awaited<ReturnType<typeof serverFace>>['connector'],
): Promise<readonly string[]> {
	for (const [, found] of connector.billsByIds([{ scope: '5-A', remoteId: 'b' }])) {
		return ((await found).documents ?? []).map(({ id }) => id);
	}
	return [];
}

const openInNode = (subject: Subject) =>
	nodeFace(subject, provider.url, { operation: 'download', ...byKey(subject, 'b') });

const PRIVATE = /leads into a private network/;
/** By https, so that it is the host that is refused. */
const atStranger = (host: string): string => `https://${host}:${new URL(stranger.url).port}/x.pdf`;

/** With the host among those that the node may fetch documents from. */
function trusting({ node, ...subject }: Subject, documentHosts: string): Subject {
	return { ...subject, node: { ...node, fields: (origin) => ({ ...node.fields(origin), documentHosts }) } };
}

describe.each(LINKING.map((subject) => [subject.title, subject] as const))('%s', (_title, subject) => {
	it('a link to the API itself is followed with the credential', async () => {
		link = `${provider.url}/own.pdf`;
		expect(await openOnServer(subject)).toBe(PDF);
		expect(await openInNode(subject)).toHaveLength(1);
		const opened = provider.seen.filter(({ path }) => path === '/own.pdf');
		expect(opened).toHaveLength(2);
		for (const { headers } of opened) expect(headers['authorization']).toMatch(/^Bearer /);
	});

	it.each<[string, () => string, RegExp]>([
		['another port of this machine', () => atStranger('127.0.0.1'), PRIVATE],
		['its name', () => atStranger('localhost'), PRIVATE],
		['its name, ended with a dot', () => atStranger('localhost.'), PRIVATE],
		['its address in decimal', () => atStranger('2130706433'), PRIVATE],
		['its address in hex', () => atStranger('0x7f000001'), PRIVATE],
		['its address as mapped IPv6', () => atStranger('[::ffff:127.0.0.1]'), PRIVATE],
		['all addresses', () => atStranger('0.0.0.0'), PRIVATE],
		['the metadata of a cloud', () => 'https://169.254.169.254/latest/meta-data/', PRIVATE],
		['the API, in the name of a user', () => provider.url.replace('//', '//user:pw@'), /holds a user name/],
		['a file', () => 'file:///etc/passwd', /is not a web address/],
	])('a link to %s is refused by both faces, and nobody is asked', async (_where, make, words) => {
		link = make();
		await expect(openOnServer(subject)).rejects.toThrow(words);
		await expect(openInNode(trusting(subject, new URL(link).hostname.replace(/\.$/, '')))).rejects.toThrow(words);
		expect(stranger.seen).toEqual([]);
		expect(provider.seen.filter(({ path }) => path === '/own.pdf')).toEqual([]);
	});
});

const toStranger = (host: string): TransportRequest => ({
	method: 'GET',
	url: `http://${host}:${new URL(stranger.url).port}/x.pdf`,
	headers: {},
	expect: 'stream',
	credential: 'WITHHOLD',
	publicOnly: true,
});

const resolvingTo =
	(...answers: readonly (readonly string[])[]): Resolve =>
	(_host, _options, done) => {
		const [addresses = []] = answers;
		done(
			null,
			addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
		);
	};

describe('a name that leads into a private network', () => {
	it.each([
		['this machine', ['127.0.0.1']],
		['a private and a public address', ['93.184.216.34', '10.0.0.7']],
		['this machine, in IPv6', ['::1']],
		['a mapped address', ['::ffff:127.0.0.1']],
		['shared address space', ['100.64.0.1']],
		['nothing', []],
	])('%s is refused when the connection is made, and nobody is asked', async (_where, addresses) => {
		const transport = new UndiciTransport({ resolve: resolvingTo(addresses) });
		await expect(transport.request(toStranger('files.example.net'))).rejects.toMatchObject({
			kind: 'FORBIDDEN',
			message: 'The link to files.example.net leads into a private network',
		});
		await transport.close();
		expect(stranger.seen).toEqual([]);
	});

	it('is refused on the machine’s own word too', async () => {
		const transport = new UndiciTransport();
		await expect(transport.request(toStranger('localhost'))).rejects.toMatchObject({ kind: 'FORBIDDEN' });
		await transport.close();
		expect(stranger.seen).toEqual([]);
	});

	it('uses no connection that was made to it for the configured API', async () => {
		const transport = new UndiciTransport();
		const { publicOnly: _, ...configured } = toStranger('localhost');
		const { body } = await transport.request({ ...configured, expect: 'text' });
		expect(body).toEqual({ kind: 'text', text: PDF });
		await expect(transport.request(toStranger('localhost'))).rejects.toMatchObject({ kind: 'FORBIDDEN' });
		await transport.close();
		expect(stranger.seen).toHaveLength(1);
	});

	it('gains nothing by leading elsewhere a moment later: the address that was checked is the one connected to', () => {
		let lookups = 0;
		const rebinding: Resolve = (_host, _options, done) => {
			lookups += 1;
			done(null, [{ address: lookups === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }]);
		};
		const lookup = publicLookup(rebinding);
		const given: unknown[] = [];
		lookup('rebind.example.net', {}, (...answer) => given.push(answer));
		lookup('rebind.example.net', {}, (...answer) => given.push(answer));
		expect(given).toEqual([
			[null, '93.184.216.34', 4],
			[expect.objectContaining({ kind: 'FORBIDDEN' }), ''],
		]);
	});

	it('that the name service does not know is an unknown host', async () => {
		const resolve: Resolve = (_host, _options, done) => done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), []);
		const transport = new UndiciTransport({ resolve });
		await expect(transport.request(toStranger('nowhere.example.net'))).rejects.toMatchObject({
			message: expect.stringContaining('No such host'),
		});
		await transport.close();
	});
});

it.each([
	'::',
	'::1',
	'0.0.0.0',
	'127.255.255.254',
	'10.0.0.1',
	'fe80::1',
	'fd00::1',
	'64:ff9b::a00:1',
	'not an address',
])('%s is no public address', (address) => {
	expect(isPublicAddress(address)).toBe(false);
});

describe('a document', () => {
	const client = (transport: ScriptedTransport, clock = fakeClock()) =>
		new ProviderClient({
			provider: 'TMF678',
			connection: 'c',
			transport,
			clock,
			retry: NO_RETRY,
			readRefusal: () => null,
		});
	const request: TransportRequest = {
		method: 'GET',
		url: 'https://files.example.net/x.pdf',
		headers: {},
		expect: 'stream',
		credential: 'WITHHOLD',
	};
	const wanted = { mediaTypes: ['application/pdf'], fileName: 'x.pdf' };

	it('announced as larger than any bill is refused before it is read', async () => {
		const transport = new ScriptedTransport([
			stream(200, [PDF.padEnd(600)], { 'content-length': String(MAX_DOCUMENT_BYTES + 1) }),
		]);
		await expect(openDocument(client(transport), request, wanted)).rejects.toMatchObject({ kind: 'TOO_LARGE' });
	});

	it('that does not end is cut off at that size', async () => {
		const megabyte = new Uint8Array(1024 * 1024).fill(65);
		const endless = Array.from({ length: MAX_DOCUMENT_BYTES / megabyte.length + 1 }, () => megabyte);
		const transport = new ScriptedTransport([stream(200, [PDF, ...endless])]);
		const { body } = await openDocument(client(transport), request, wanted);
		await expect(readStart(body, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ kind: 'TOO_LARGE' });
	});

	it('that drips in is given up, though each piece comes in time', async () => {
		const clock = fakeClock();
		const transport = new ScriptedTransport([stream(200, [PDF.padEnd(600), 'x', 'y'])]);
		const { body } = await openDocument(client(transport, clock), request, wanted);
		clock.advance(MAX_DOCUMENT_MS + 1);
		await expect(readStart(body, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ kind: 'TIMEOUT' });
	});

	it.each(['text/html\r\nx-injected: yes', 'a/b, c/d', 'image/png; x="', '/'])(
		'of the declared type %j asks for no such thing',
		async (mimeType) => {
			const bill = { id: 'b', billDocument: [{ id: 'd', url: 'https://files.example.net/x.pdf', mimeType }] };
			const transport = new ScriptedTransport([json(200, bill), stream(200, [PDF])]);
			const settings = { connection: 'c', baseUrl: 'https://tmf.example.com' };
			const connector = new Tmf678Connector(settings, { transport, clock: fakeClock(), retry: NO_RETRY });
			const { mediaType } = await connector.document({ scope: '', billId: 'b', documentId: 'd' });
			expect(mediaType).toBe('application/pdf');
			expect(transport.requests[1]?.headers['accept']).toBe('application/pdf, application/zip, application/xml');
		},
	);
});
