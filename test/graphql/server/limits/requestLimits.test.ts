/** Limits on requests: size, words, and which operations are answered at all. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ProviderConnections } from '../../../../graphql/providerConnections';
import { type AppOptions, type GraphServer, buildServer } from '../../../../graphql/server/app';
import { limits } from '../../../../graphql/server/limits/limitsConfig';
import { readManifest } from '../../../../graphql/server/limits/persistedOperations';
import { OPEN_ON_THIS_MACHINE } from '../../support/appOptions';
import { MemoryConnector } from '../../support/memoryConnector';
import { askAt } from '../../support/wire';

const servers: GraphServer[] = [];
const folder = mkdtempSync(join(tmpdir(), 'operations-'));
const faults: unknown[] = [];

afterEach(async () => {
	await Promise.all(servers.splice(0).map((server) => server.close()));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function start(options: Partial<AppOptions> = {}): Promise<string> {
	const server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections: new ProviderConnections([new MemoryConnector({ connection: 'brm' }).configured()]),
		timeoutMs: 1_000,
		serves: '',
		reportFault: (error) => faults.push(error),
		...options,
	});
	servers.push(server);
	return server.app.listen({ port: 0, host: '127.0.0.1' });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const LISTED = 'query Listed { connections { id } }';
const OTHER = 'query Other { __typename }';

async function askByHash(url: string, text: string, query?: string): Promise<{ data?: unknown; errors?: unknown }> {
	const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(text) } };
	const response = await fetch(`${url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ extensions, ...(query === undefined ? {} : { query }) }),
	});
	return (await response.json()) as { data?: unknown; errors?: unknown };
}

function manifestFile(operations: readonly { id: string; body: string }[]): string {
	const file = join(folder, `${sha256(JSON.stringify(operations)).slice(0, 8)}.json`);
	const named = operations.map((operation) => ({ ...operation, name: 'x', type: 'query' }));
	writeFileSync(file, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: named }));
	return file;
}

it('refuses a body that is too large, without reading it', async () => {
	const url = await start({ limits: limits.parse({ bodyBytes: 1_000 }) });
	const response = await fetch(`${url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ query: '{ __typename }', variables: { padding: 'x'.repeat(2_000) } }),
	});
	expect(response.status).toBe(413);
	const message = 'Request body is too large';
	expect(await response.json()).toEqual({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
});

it('refuses a document of too many words', async () => {
	const url = await start({ limits: limits.parse({ tokens: 20 }) });
	const { data, errors } = await askAt(url, `{ ${'connections { id } '.repeat(10)} }`);
	expect(data).toBeUndefined();
	expect(errors[0]?.message).toContain('20 tokens');
});

it('refuses fragments that come to too much once they are spread', async () => {
	const url = await start({ limits: limits.parse({ selections: 100 }) });
	const doubled = Array.from(
		{ length: 8 },
		(_, at) => `fragment f${at} on ProviderConnection { ...f${at + 1} ... on ProviderConnection { ...f${at + 1} } }`,
	);
	const query = `{ connections { ...f0 } } ${doubled.join(' ')} fragment f8 on ProviderConnection { id }`;
	const { data, errors } = await askAt(url, query);
	expect(data).toBeUndefined();
	expect(errors[0]?.message).toContain('recursively requests too many selections');
});

it.each(['mutation', 'subscription'])('refuses a %s as the mistake that it is', async (operation) => {
	const { status, errors } = await askAt(await start(), `${operation} { pay }`);
	expect(status).toBe(200);
	expect(errors.map(({ message, extensions }) => [message, extensions['code']])).toEqual([
		[`This server knows no ${operation}s, only queries`, 'GRAPHQL_VALIDATION_FAILED'],
	]);
});

it('tells only so many mistakes', async () => {
	const url = await start({ limits: limits.parse({ errors: 2 }) });
	const { errors } = await askAt(url, '{ a b c d e f g }');
	// Two, and that there are more.
	expect(errors).toHaveLength(3);
});

it('answers a body that is no JSON in words, without a stack', async () => {
	const url = await start();
	const headers = { 'content-type': 'application/json' };
	const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":' });
	expect(response.status).toBe(400);
	expect(await response.text()).not.toMatch(/\bat \S+:\d+|\.js/);
	expect(faults).toEqual([]);
});

describe('an operation named by its hash', () => {
	it('is known once a client has sent it (APQ)', async () => {
		const url = await start();
		expect(await askByHash(url, OTHER)).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
		expect(await askByHash(url, OTHER, OTHER)).toEqual({ data: { __typename: 'Query' } });
		expect(await askByHash(url, OTHER)).toEqual({ data: { __typename: 'Query' } });
	});

	it('is not taken for another, whatever hash a client sends with it', async () => {
		const url = await start();
		expect(await askByHash(url, LISTED, OTHER)).toMatchObject({
			errors: [{ message: 'provided sha does not match query', extensions: { code: 'BAD_REQUEST' } }],
		});
		expect(await askByHash(url, LISTED)).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
	});
});

describe('a manifest', () => {
	const listed = [{ id: sha256(LISTED), body: LISTED }];

	it('makes its operations known from the start', async () => {
		const url = await start({ persisted: { manifest: readManifest(manifestFile(listed)), only: false } });
		expect(await askByHash(url, LISTED)).toEqual({ data: { connections: [{ id: 'brm' }] } });
		expect((await askAt(url, OTHER)).data).toEqual({ __typename: 'Query' });
	});

	it('can be all that is answered: by hash or by text, nothing else, and nothing is added', async () => {
		const url = await start({ persisted: { manifest: readManifest(manifestFile(listed)), only: true } });
		expect(await askByHash(url, LISTED)).toEqual({ data: { connections: [{ id: 'brm' }] } });
		expect((await askAt(url, LISTED)).data).toEqual({ connections: [{ id: 'brm' }] });
		const refused = await askAt(url, OTHER);
		expect(refused.status).toBe(403);
		expect(refused.errors[0]?.extensions['code']).toBe('OPERATION_NOT_PERSISTED');
		expect(await askByHash(url, OTHER, OTHER)).toMatchObject({
			errors: [{ extensions: { code: 'OPERATION_NOT_PERSISTED' } }],
		});
		expect(await askByHash(url, OTHER)).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
		// Not even a document that cannot be read is looked at.
		expect((await askAt(url, '{{{')).errors[0]?.extensions['code']).toBe('OPERATION_NOT_PERSISTED');
	});

	it('whose ids are not those of its texts is refused', () => {
		expect(() => readManifest(manifestFile([{ id: sha256(OTHER), body: LISTED }]))).toThrow(
			'not the SHA-256 of its body',
		);
	});

	it('of another form is refused', () => {
		const file = join(folder, 'other.json');
		writeFileSync(file, JSON.stringify({ operations: {} }));
		expect(() => readManifest(file)).toThrow('is no manifest of persisted operations');
	});
});
