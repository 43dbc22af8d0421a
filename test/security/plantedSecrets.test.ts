/** Secrets are planted everywhere, and providers quote back all they are sent: nothing that anybody can read holds one. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';

import { SignJWT, exportJWK, generateKeyPair } from 'jose';

import type { CacheStore } from '../../graphql/cache/store';
import { buildServer } from '../../graphql/server/app';
import { authenticatorOf } from '../../graphql/server/access/authenticator';
import { openCache } from '../../graphql/server/cache';
import { parseConfig } from '../../graphql/server/config';
import { configSchema } from '../../graphql/server/configSchema';
import { connectAll } from '../../graphql/server/connectors';
import { checkConnections, checkTable } from '../../graphql/server/operations/check';
import { createLog } from '../../graphql/server/operations/log';
import { Observer } from '../../graphql/server/operations/observer';
import { systemClock } from '../../graphql/server/systemClock';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import { BillingError, withoutSecrets } from '../../providers/transport/errors';
import { TelecomBill } from '../../nodes/TelecomBill/TelecomBill.node';
import { listen } from '../graphql/support/httpServer';
import { OPEN_ON_THIS_MACHINE } from '../graphql/support/appOptions';
import { askAt, bearer } from '../graphql/support/wire';
import { execute, executeContext } from '../nodes/support/fakeContext';
import { CREDENTIAL_FIELDS } from '../nodes/support/fakeHttp';
import { type Recorder, type Seen, TOKEN_PATH, recorder } from './strangers';

jest.mock('../../nodes/shared/clock', () => ({
	n8nClock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
}));

const planted: string[] = [];
/** Unlike any other text. */
function secret(what: string): string {
	const text = `planted/${what}+${createHash('sha256').update(what).digest('hex').slice(0, 12)}`;
	planted.push(text);
	return text;
}

const CLIENT_SECRET = secret('client-secret');
const ACCESS_TOKEN = secret('access-token').replace('/', '.').replace('+', '-');
planted.push(ACCESS_TOKEN);
const API_KEY = secret('api-key');
const BEARER = secret('bearer');
const HEADER = secret('header');
const PASSWORD = secret('password');
const LOGIN_PASSWORD = secret('login-password');
const REFRESH_TOKEN = secret('refresh-token');
const TOKEN_HEADER = secret('token-header');
const CURSOR_KEY = secret('cursor-key');
const CACHE_KEY = `${secret('cache-key')}-of-32-characters-and-more`;
const PRINCIPALS_KEY = 'planted-key-of-a-principal-77c1';
planted.push(PRINCIPALS_KEY);

/** A secret as it is, inside Basic, in a form, and in JSON. */
function formsOf(text: string): readonly string[] {
	const basic = ['client', 'user'].flatMap((user) => [
		Buffer.from(`${user}:${text}`).toString('base64'),
		Buffer.from(`${user}:${encodeURIComponent(text)}`).toString('base64'),
	]);
	return [text, encodeURIComponent(text), ...basic];
}

function expectNoSecretIn(where: string, text: string): void {
	const found = planted.filter((one) => formsOf(one).some((form) => text.includes(form)));
	expect({ where, found }).toEqual({ where, found: [] });
}

let provider: Recorder;
let status = 200;
/** Errors in the successful answers of floLIVE are another way to quote. */
let isRefusal = true;

beforeAll(async () => {
	provider = await recorder((request, response) => {
		if (request.path === TOKEN_PATH && status !== 418) grantToken(response);
		else quoteBack(request, response);
	});
});

afterAll(() => provider.close());

function grantToken(response: ServerResponse): void {
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify({ access_token: ACCESS_TOKEN, token: ACCESS_TOKEN, expires_in: 600 }));
}

function quoteBack({ headers, body, path }: Seen, response: ServerResponse): void {
	response.writeHead(status, { 'content-type': 'application/json', 'x-oapi-request-id': String(headers['x-api-key']) });
	if (!isRefusal) {
		const bill = { id: 'b1', billNo: 'b1', billDate: '2026-01-31', customer: { id: 'a' }, type: 'INVOICE' };
		response.end(JSON.stringify(path.startsWith('/api/v2') ? { errorCode: '', content: [{ id: 'b1' }] } : [bill]));
		return;
	}
	const quoted = `You sent ${Object.entries(headers)
		.map(([name, value]) => `${name}: ${String(value)}`)
		.join(', ')} and ${decodeURIComponent(body)} ${body}`;
	const token = String(headers['authorization'] ?? headers['x-auth-token']);
	response.end(
		JSON.stringify({
			code: token,
			errorCode: token,
			error: token,
			message: quoted,
			reason: quoted,
			errorMessage: quoted,
			description: quoted,
			error_description: quoted,
			requestId: token,
		}),
	);
}

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
	connections { id health { state } }
	node(id: "${Buffer.from(JSON.stringify(['Bill', 'brm', '', 'b1'])).toString('base64url')}") { id }
	billCounts(groupBy: TYPE) { key bills }
}`;

/** Closed after each test, however it ended. */
const open: { close(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

describe('the server', () => {
	it.each([
		['bills', 200, false],
		['refusals with status 400', 400, true],
		['refusals with status 401', 401, true],
		['refusals with status 403', 403, true],
		['faults', 500, true],
		['refusals with status 200', 200, true],
		['a token server that refuses as well', 418, true],
	])('over providers that answer with %s tells no secret to anybody', async (_what, answered, refuses) => {
		[status, isRefusal] = [answered, refuses];
		provider.seen.length = 0;
		const config = configSchema.parse(configuration());
		const lines: string[] = [];
		const destination = new Writable({
			write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()),
		});
		// Nothing takes secrets out of its lines: they must not get there.
		const observer = new Observer(createLog('debug', () => [], destination));
		const cache = await openCache(config.cache, observer);
		const kept: string[] = [];
		const transport = new UndiciTransport();
		open.push(transport);
		const { connections } = connectAll(config.connections, {
			transport,
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
			reportFault: (error) => faults.push(error),
			operations: { observer, sharedCache: null, isStopping: () => false },
		});
		open.push(server);
		const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
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
		const config = configSchema.parse({ ...configuration(), access: { jwt } });
		const lines: string[] = [];
		const destination = new Writable({
			write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()),
		});
		const observer = new Observer(createLog('debug', () => [], destination));
		const cache = await openCache(config.cache, observer);
		const transport = new UndiciTransport();
		open.push(transport);
		const { connections } = connectAll(config.connections, { transport, clock: systemClock, cache, observer });
		const server = await buildServer({
			...OPEN_ON_THIS_MACHINE,
			connections,
			timeoutMs: 1_000,
			serves: '',
			door: { authenticate: authenticatorOf(config.access!), open: false, onlyThisMachine: false },
			reportFault: (error) => observer.fault(error),
			operations: { observer, sharedCache: null, isStopping: () => false },
		});
		open.push(server);
		const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
		const good = await askAt(url, '{ connections { id } nothing }', { headers: bearer(token) });
		const changed = await askAt(url, '{ connections { id } }', { headers: bearer(`${token.slice(0, -2)}xx`) });
		expect([good.status, changed.status]).toEqual([200, 401]);
		const told = `${lines.join('')}${JSON.stringify([good, changed])}`;
		for (const part of token.split('.')) expect(told).not.toContain(part);
	});
});

it.each<[string, (hidden: string) => string]>([
	['an alias', (hidden) => `*${hidden}`],
	['a tag', (hidden) => `!${hidden} x`],
	['a block', (hidden) => `|${hidden}`],
	['a map', (hidden) => `{ ${hidden}`],
	['a broken text', (hidden) => `"${hidden}`],
	['a text with a colon', (hidden) => `a: b: ${hidden}`],
	['two texts', (hidden) => `"a" ${hidden}`],
	['a text in a list', (hidden) => `[${hidden}]`],
	['a member', (hidden) => `{ a: ${hidden} }`],
])('a secret that YAML takes for %s is not told in the configuration’s mistakes', (_what, written) => {
	const hidden = 'planted-in-yaml-5d2e';
	const yaml = `access: { open: true }
connections:
  - id: a
    provider: TMF678
    baseUrl: https://x.example.com
    auth:
      kind: BEARER
      token: ${written(hidden)}
`;
	let told = '';
	try {
		parseConfig(yaml, { file: 'c.yaml', env: {}, readFile: () => '' });
	} catch (error) {
		expect(error).toMatchObject({ name: 'ConfigError' });
		told = inspect(error, { depth: 10 });
	}
	expect(told).toMatch(/line \d/);
	expect(told).not.toContain(hidden);
});

describe('the nodes', () => {
	const token = { access_token: ACCESS_TOKEN, refresh_token: REFRESH_TOKEN };
	const credentials = () => ({
		lumenOAuth2Api: {
			...CREDENTIAL_FIELDS.lumenOAuth2Api(),
			environment: 'own',
			baseUrl: provider.url,
			clientId: 'client',
			clientSecret: CLIENT_SECRET,
			oauthTokenData: token,
		},
		oracleBrmApi: { ...CREDENTIAL_FIELDS.oracleBrmApi(), baseUrl: `${provider.url}/brm`, token: BEARER },
		floLiveApi: {
			...CREDENTIAL_FIELDS.floLiveApi(),
			baseUrl: provider.url,
			authentication: 'basic',
			username: 'user',
			password: PASSWORD,
		},
		orangeBusinessOAuth2Api: {
			...CREDENTIAL_FIELDS.orangeBusinessOAuth2Api(),
			baseUrl: `${provider.url}/orange`,
			apiKey: API_KEY,
			clientId: 'client',
			clientSecret: CLIENT_SECRET,
			oauthTokenData: token,
		},
	});
	const PROVIDERS = ['lumen', 'oracleBrmOther', 'floLive', 'orangeBusiness'];

	it.each([400, 401, 403, 500, 200].flatMap((code) => PROVIDERS.map((name) => [name, code] as const)))(
		'over %s answering %i tell no secret in errors and items',
		async (name, code) => {
			[status, isRefusal] = [code, true];
			const settings = {
				node: new TelecomBill(),
				credentials: credentials(),
				parameters: { providers: [name], resource: 'bill', operation: 'getAll', returnAll: true },
			};
			const error: unknown = await execute(settings).catch((thrown: unknown) => thrown);
			expect(error).toBeInstanceOf(Error);
			const { stack, cause } = error as Error;
			const told = [JSON.stringify(error), inspect(error, { depth: 12 }), stack, inspect(cause, { depth: 12 })].join(
				'\n',
			);
			// The node's own settings are no part of what it says.
			expectNoSecretIn('the error', told);
			const items = await execute({ ...settings, continueOnFail: true });
			expect(items.length).toBeGreaterThan(0);
			expectNoSecretIn('the items', JSON.stringify(items));
		},
	);

	it('tell none when n8n cannot renew a token and says why', async () => {
		[status, isRefusal] = [403, true];
		const settings = {
			node: new TelecomBill(),
			credentials: credentials(),
			parameters: { providers: ['lumen'], resource: 'bill', operation: 'getAll' },
		};
		const context = executeContext(settings);
		const failing = async (): Promise<never> => {
			throw Object.assign(new Error(`invalid_client: ${CLIENT_SECRET}`), { body: { client_secret: CLIENT_SECRET } });
		};
		Object.assign(context.helpers, { refreshOAuth2Token: failing });
		const { N8nTransport } = await import('../../nodes/shared/transport');
		const transport = new N8nTransport(context, {
			credentialType: 'lumenOAuth2Api',
			isOAuth2: true,
			headers: {},
			origins: [provider.url],
		});
		const error: unknown = await transport.renewCredential().catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ kind: 'AUTH' });
		expectNoSecretIn('the error', inspect(error, { depth: 12 }));
	});
});

it('a secret that was cut off in the middle, in a form or in JSON, is hidden all the same', () => {
	const hidden = 'planted/"cut"-secret+0001';
	const told = [hidden.slice(0, -3), encodeURIComponent(hidden), JSON.stringify(hidden)].map(
		(quoted) => withoutSecrets(new BillingError({ kind: 'AUTH', message: `refused: ${quoted}` }), [hidden]).message,
	);
	expect(told).toEqual(['refused: ***', 'refused: ***', 'refused: "***"']);
});
