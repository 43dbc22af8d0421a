/** Secrets are planted everywhere, and providers quote back all they are sent: nothing that anybody can read holds one. */
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';

import { SignJWT, exportJWK, generateKeyPair } from 'jose';

import type { CacheStore } from '../../graphql/cache/store';
import type { ProviderConnections } from '../../graphql/providerConnections';
import { buildServer } from '../../graphql/server/app';
import { authenticatorOf } from '../../graphql/server/access/authenticator';
import { openCache } from '../../graphql/server/cache';
import { configSchema } from '../../graphql/server/configSchema';
import { connectAll } from '../../graphql/server/connectors';
import { checkConnections, checkTable } from '../../graphql/server/operations/check';
import { createLog } from '../../graphql/server/operations/log';
import { Observer } from '../../graphql/server/operations/observer';
import { systemClock } from '../../graphql/server/systemClock';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import { BillingError, withoutSecrets } from '../../providers/transport/errors';
import { listen } from '../graphql/support/httpServer';
import { OPEN_ON_THIS_MACHINE } from '../graphql/support/appOptions';
import { askAt, bearer } from '../graphql/support/wire';
import {
	type Manner,
	type Quote,
	ACCESS_TOKEN,
	API_KEY,
	BEARER,
	CACHE_KEY,
	CLIENT_SECRET,
	CURSOR_KEY,
	HEADER,
	LOGIN_PASSWORD,
	PASSWORD,
	PRINCIPALS_KEY,
	REFRESH_TOKEN,
	TOKEN_HEADER,
	expectNoSecretIn,
	quotingProvider,
} from './quotingProvider';
import { type Recorder, TOKEN_PATH } from './strangers';

const manner: Manner = { status: 200, isRefusal: true, quotes: 'BODY' };
let provider: Recorder;

beforeAll(async () => {
	provider = await quotingProvider(manner);
});

afterAll(() => provider.close());

const oauth = () => ({
	tokenUrl: `${provider.url}${TOKEN_PATH}`,
	clientId: 'client',
	clientSecret: CLIENT_SECRET,
	tokenHeaders: { 'x-domain': TOKEN_HEADER },
});

const configuration = () => ({
	server: { cursorKey: CURSOR_KEY, logLevel: 'debug' },
	cache: { key: CACHE_KEY },
	access: {
		apiKeys: [
			{
				id: 'reader',
				sha256: createHash('sha256').update(PRINCIPALS_KEY).digest('hex'),
				connections: ['*'],
				accounts: ['*'],
				metrics: true,
			},
		],
	},
	connections: [
		{
			id: 'lumen',
			provider: 'LUMEN',
			baseUrl: provider.url,
			accounts: ['5-A'],
			auth: { kind: 'CLIENT_CREDENTIALS', ...oauth() },
		},
		{
			id: 'orange',
			provider: 'ORANGE_BUSINESS',
			baseUrl: `${provider.url}/orange`,
			auth: { kind: 'CLIENT_CREDENTIALS', apiKey: API_KEY, ...oauth() },
		},
		{
			id: 'user',
			provider: 'ORANGE_BUSINESS',
			baseUrl: `${provider.url}/user`,
			auth: { kind: 'REFRESH_TOKEN', refreshToken: REFRESH_TOKEN, ...oauth() },
		},
		{ id: 'brm', provider: 'ORACLE_BRM', baseUrl: `${provider.url}/brm`, auth: { kind: 'BEARER', token: BEARER } },
		{
			id: 'tmf',
			provider: 'TMF678',
			baseUrl: `${provider.url}/tmf`,
			auth: { kind: 'BASIC', username: 'user', password: PASSWORD },
		},
		{
			id: 'fleet',
			provider: 'FLOLIVE',
			baseUrl: provider.url,
			accounts: ['1'],
			auth: { kind: 'HEADER', name: 'x-auth-token', value: HEADER },
		},
		{
			id: 'login',
			provider: 'FLOLIVE',
			baseUrl: provider.url,
			accounts: ['2'],
			auth: { kind: 'LOGIN', url: `${provider.url}${TOKEN_PATH}`, username: 'user', password: LOGIN_PASSWORD },
		},
	],
});

/** Remembers every name and value that anything is kept under. */
function watched(store: CacheStore, kept: string[]): CacheStore {
	return {
		read: (key) => {
			kept.push(key);
			return store.read(key);
		},
		write: (key, content, keeping) => {
			kept.push(key, JSON.stringify(content));
			return store.write(key, content, keeping);
		},
	};
}

const QUERY = `query Planted {
	bills { nodes { id raw details { __typename } rates { nodes { id } } } sources { state error { kind message hint } notices } }
	connections { id health { state } deprecations { link } }
	node(id: "${Buffer.from(JSON.stringify(['Bill', 'brm', '', 'b1'])).toString('base64url')}") { id }
	billCounts(groupBy: TYPE) { key bills }
}`;

/** Closed after each test, however it ended. */
const open: { close(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

interface Served {
	readonly url: string;
	readonly connections: ProviderConnections;
	/** Of the log. Nothing takes secrets out of its lines: they must not get there. */
	readonly lines: readonly string[];
	/** In the cache, names and values. */
	readonly kept: readonly string[];
	readonly faults: readonly unknown[];
}

/** A server that waits for nothing, and all that it leaves behind. */
async function serve(input: unknown): Promise<Served> {
	const config = configSchema.parse(input);
	const lines: string[] = [];
	const destination = new Writable({
		write: (chunk: Buffer, _encoding, done) => {
			lines.push(chunk.toString());
			done();
		},
	});
	const observer = new Observer(createLog('debug', () => [], destination));
	const cache = await openCache(config.cache, observer);
	const kept: string[] = [];
	const transport = new UndiciTransport();
	open.push(transport);
	const { connections } = connectAll(config.connections, {
		openTransport: () => transport,
		clock: { ...systemClock, sleep: async () => undefined },
		cache: { ...cache, store: watched(cache.store, kept) },
		observer,
	});
	const faults: unknown[] = [];
	const server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections,
		timeoutMs: 5_000,
		cursorKey: config.server.cursorKey,
		serves: 'tests',
		door: { authenticate: authenticatorOf(config.access!), open: false, onlyThisMachine: false },
		reportFault: (error) => {
			faults.push(error);
			observer.fault(error);
		},
		operations: { observer, sharedCache: null, isStopping: () => false },
	});
	open.push(server);
	return { url: await server.app.listen({ port: 0, host: '127.0.0.1' }), connections, lines, kept, faults };
}

describe('the server', () => {
	it.each<[string, number, boolean, Quote]>([
		['bills', 200, false, 'BODY'],
		['refusals with status 400', 400, true, 'BODY'],
		['refusals with status 401', 401, true, 'BODY'],
		['refusals with status 403', 403, true, 'BODY'],
		['faults', 500, true, 'BODY'],
		['refusals with status 200', 200, true, 'BODY'],
		['a token server that refuses as well', 418, true, 'BODY'],
		['redirects to a host that is named like the token', 302, true, 'REDIRECT'],
		['a packing that is named like the key', 200, true, 'CONTENT_ENCODING'],
		['the token in the address of a page on what will go away', 200, false, 'DEPRECATION'],
	])('over providers that answer with %s tells no secret to anybody', async (_what, answered, refuses, quotes) => {
		Object.assign(manner, { status: answered, isRefusal: refuses, quotes });
		provider.seen.length = 0;
		const { url, connections, lines, kept, faults } = await serve(configuration());
		const headers = bearer(PRINCIPALS_KEY);

		const answer = await askAt(url, QUERY, { headers });
		expect(answer.status).toBe(200);
		expect(refuses ? answer.errors.length : answer.data).toBeTruthy();
		expectNoSecretIn('the answer', JSON.stringify({ ...answer, headers: [...answer.headers] }));
		const file = Buffer.from(JSON.stringify(['Document', 'brm', '', 'b1', 'd'])).toString('base64url');
		for (const path of ['/', '/metrics', '/readyz', '/livez', `/documents/${file}`, '/explorer', '/nowhere', '/%zz']) {
			const response = await fetch(`${url}${path}`, { headers });
			expectNoSecretIn(path, `${await response.text()} ${JSON.stringify([...response.headers])}`);
		}
		const unknown = await askAt(url, '{ __typename }', { headers: bearer(`${PRINCIPALS_KEY}x`) });
		expectNoSecretIn('a refusal', JSON.stringify(unknown));
		expectNoSecretIn('--check', checkTable(await checkConnections(connections, 5_000)));

		expect(lines.length).toBeGreaterThan(10);
		expectNoSecretIn('the log', lines.join(''));
		expect(kept.length).toBeGreaterThan(0);
		expectNoSecretIn('the cache', kept.join('\n'));
		expectNoSecretIn('faults', inspect(faults, { depth: 10 }));
		// The secrets were sent where they belong, so there was something to find.
		const sent = JSON.stringify(provider.seen);
		for (const one of [BEARER, HEADER, ...(answered === 418 ? [] : [API_KEY, ACCESS_TOKEN])])
			expect(sent).toContain(one);
	});

	it('tells no secret of a document that it does not open, because of its address', async () => {
		Object.assign(manner, { status: 200, isRefusal: false, quotes: 'LINK' });
		const { url, lines } = await serve(configuration());
		const headers = bearer(PRINCIPALS_KEY);
		const query = '{ bills(filter: { connections: ["lumen"] }) { nodes { documents { path } } } }';
		const { data } = await askAt<{ bills: { nodes: [{ documents: [{ path: string }] }] } }>(url, query, { headers });
		const response = await fetch(`${url}${data.bills.nodes[0].documents[0].path}`, { headers });
		const told = await response.text();
		expect(told).toContain('x.example');
		expectNoSecretIn('the answer', told);
		expectNoSecretIn('the log', lines.join(''));
	});

	it('keeps a reader’s token out of what it says and logs', async () => {
		const { publicKey, privateKey } = await generateKeyPair('RS256');
		const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] };
		const keySet = await listen((_request, response) => response.end(JSON.stringify(keys)));
		open.push(keySet);
		const jwt = {
			jwksUrl: `${keySet.url}/keys`,
			issuer: 'https://id.example.com',
			audience: 'bills',
			connectionsClaim: 'c',
		};
		const token = await new SignJWT({ c: ['*'] })
			.setProtectedHeader({ alg: 'RS256', kid: 'k' })
			.setIssuer(jwt.issuer)
			.setAudience(jwt.audience)
			.setSubject('ada')
			.setExpirationTime('1h')
			.sign(privateKey);
		const { url, lines } = await serve({ ...configuration(), access: { jwt } });
		const good = await askAt(url, '{ connections { id } nothing }', { headers: bearer(token) });
		const changed = await askAt(url, '{ connections { id } }', { headers: bearer(`${token.slice(0, -2)}xx`) });
		expect([good.status, changed.status]).toEqual([200, 401]);
		const told = `${lines.join('')}${JSON.stringify([good, changed])}`;
		for (const part of token.split('.')) expect(told).not.toContain(part);
	});
});

it('a secret that was cut off in the middle, in a form or in JSON, is hidden all the same', () => {
	const hidden = 'planted/"cut"-secret+0001';
	const told = [hidden.slice(0, -3), encodeURIComponent(hidden), JSON.stringify(hidden)].map(
		(quoted) => withoutSecrets(new BillingError({ kind: 'AUTH', message: `refused: ${quoted}` }), [hidden]).message,
	);
	expect(told).toEqual(['refused: ***', 'refused: ***', 'refused: "***"']);
});
