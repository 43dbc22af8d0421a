/** What whoever runs the server sees of it: logs, metrics, health, the table of `--check`. */
import { Writable } from 'node:stream';

import { Deprecations } from '../../../../graphql/guard/deprecations';
import { ProviderConnections } from '../../../../graphql/providerConnections';
import { type GraphServer, type Operations, buildServer } from '../../../../graphql/server/app';
import { checkConnections, checkTable } from '../../../../graphql/server/operations/check';
import { watchConfig } from '../../../../graphql/server/operations/configWatch';
import { type LogLevel, createLog } from '../../../../graphql/server/operations/log';
import { ErrandConnector } from '../../../../graphql/errandConnector';
import { ObservedTransport } from '../../../../graphql/server/operations/observedTransport';
import { Observer } from '../../../../graphql/server/operations/observer';
import { startTracing } from '../../../../graphql/server/operations/tracing';
import { configSchema } from '../../../../graphql/server/configSchema';
import { secretsOf } from '../../../../graphql/server/operations/secretsOf';
import { BillingError } from '../../../../providers/transport/errors';
import type { Transport, TransportRequest } from '../../../../providers/transport/port';
import { OPEN_ON_THIS_MACHINE } from '../../support/appOptions';
import { MemoryConnector } from '../../support/memoryConnector';
import { bill } from '../../support/records';

let lines: string[];

function log(level: LogLevel = 'info', secrets: readonly string[] = []) {
	lines = [];
	const destination = new Writable({
		write: (chunk: Buffer, _encoding, done) => {
			lines.push(chunk.toString());
			done();
		},
	});
	return createLog(level, () => secrets, destination);
}

describe('a log line', () => {
	it('is one JSON object with a time, a level in words and the service', () => {
		log().warn({ connection: 'brm' }, 'A provider keeps failing');
		expect(lines).toHaveLength(1);
		expect(JSON.parse(lines[0]!)).toEqual({
			level: 'warn',
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			service: 'telecom-billing-graphql',
			connection: 'brm',
			msg: 'A provider keeps failing',
		});
	});

	it('shows no secret, whatever it is called and whatever text it got into', () => {
		const secret = 'hush "quoted" \\ secret';
		const told = log('info', [secret, 'abc']);
		told.info({ headers: { authorization: 'Bearer xyz', 'x-api-key': 'k' }, password: 'p', a: { b: { token: 't' } } });
		told.error({ err: new Error(`refused: client_secret=${secret}`) }, `with ${secret}, an abc`);
		const text = lines.join('');
		for (const shown of ['xyz', '"k"', '"p"', '"t"', 'hush', 'quoted']) expect(text).not.toContain(shown);
		expect(text).toContain('an abc');
		for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
	});

	it('knows every secret of a configuration', () => {
		const base = { baseUrl: 'https://x.example.com' };
		const oauth = { tokenUrl: 'https://x.example.com/token', clientId: 'client' };
		const auths = [
			{ kind: 'NONE' },
			{ kind: 'BEARER', token: 'SECRET1' },
			{ kind: 'HEADER', name: 'x', value: 'SECRET2' },
			{ kind: 'BASIC', username: 'u', password: 'SECRET3' },
			{
				kind: 'CLIENT_CREDENTIALS',
				...oauth,
				clientSecret: 'SECRET4',
				apiKey: 'SECRET5',
				tokenHeaders: { x: 'SECRET6' },
			},
			{ kind: 'REFRESH_TOKEN', ...oauth, clientSecret: 'SECRET7', refreshToken: 'SECRET8' },
			{ kind: 'LOGIN', url: 'https://x.example.com', username: 'u', password: 'SECRET9', headers: { x: 'SECRET0' } },
		];
		const config = configSchema.parse({
			cache: { redisUrl: 'redis://:pw@localhost', key: 'k'.repeat(32) },
			server: { cursorKey: 'c'.repeat(16) },
			connections: auths.map((auth, at) => ({ id: `c${at}`, provider: 'TMF678', ...base, auth })),
		});
		const known = secretsOf(config);
		expect([...new Set(known)].filter((secret) => secret.startsWith('SECRET')).sort()).toEqual(
			Array.from({ length: 10 }, (_, digit) => `SECRET${digit}`),
		);
		expect(known).toEqual(expect.arrayContaining(['redis://:pw@localhost', 'k'.repeat(32), 'c'.repeat(16)]));
		expect(known).toContain(Buffer.from('u:SECRET3').toString('base64'));
	});
});

describe('the server', () => {
	let server: GraphServer;
	let isStopping: boolean;
	let brm: MemoryConnector;
	let observer: Observer;
	let restsUntil: Record<string, number | null>;

	beforeEach(async () => {
		isStopping = false;
		restsUntil = { brm: null, orange: null };
		observer = new Observer(log('info'));
		brm = new MemoryConnector({ connection: 'brm', bills: [bill()] });
		const orange = new MemoryConnector({ connection: 'orange' });
		const watched = (connector: MemoryConnector) => ({
			...connector.configured(),
			health: () => ({
				state: restsUntil[connector.connection] === null ? ('CLOSED' as const) : ('OPEN' as const),
				restsUntil: restsUntil[connector.connection] ?? null,
				failuresInARow: 0,
				lastAnswerAt: null,
				lastFailureAt: 1_750_000_000_000,
				retriesLeft: 10,
				timeoutMs: 30_000,
			}),
		});
		const operations: Operations = { observer, sharedCache: { isReachable: false }, isStopping: () => isStopping };
		server = await buildServer({
			...OPEN_ON_THIS_MACHINE,
			connections: new ProviderConnections([watched(brm), watched(orange)]),
			timeoutMs: 1_000,
			serves: 'tests',
			reportFault: () => undefined,
			operations,
		});
	});

	afterEach(() => server.close());

	const get = async (url: string) => {
		const { statusCode, json, body } = await server.app.inject({ url });
		return { statusCode, json, body };
	};
	const ask = (query: string) => server.app.inject({ method: 'POST', url: '/graphql', payload: { query } });

	it('is ready while one provider at least may be asked', async () => {
		expect((await get('/readyz')).json()).toEqual({ status: 'ready', resting: 0, connections: 2, cache: 'degraded' });
		restsUntil['brm'] = Date.now() + 10_000;
		expect((await get('/readyz')).statusCode).toBe(200);
		restsUntil['orange'] = Date.now() + 10_000;
		expect(await get('/readyz')).toMatchObject({ statusCode: 503 });
		expect((await get('/livez')).statusCode).toBe(200);
	});

	it('is ready again as soon as a rest is over, for only a request can show that the provider answers', async () => {
		restsUntil = { brm: Date.now() - 1, orange: Date.now() - 1 };
		expect((await get('/readyz')).statusCode).toBe(200);
	});

	it('is not ready from the moment it was told to stop, and lives', async () => {
		isStopping = true;
		expect((await get('/readyz')).statusCode).toBe(503);
		expect((await get('/livez')).statusCode).toBe(200);
	});

	it('tells how each connection is', async () => {
		restsUntil['brm'] = Date.parse('2026-01-31T10:00:00Z');
		const response = await ask(
			'{ connections { id freshFor health { state restsUntil failuresInARow lastAnswer lastFailure retriesLeft timeoutMs } } }',
		);
		expect(response.json<{ data: { connections: unknown[] } }>().data.connections[0]).toEqual({
			id: 'brm',
			freshFor: 0,
			health: {
				state: 'OPEN',
				restsUntil: '2026-01-31T10:00:00.000Z',
				failuresInARow: 0,
				lastAnswer: null,
				lastFailure: '2025-06-15T15:06:40.000Z',
				retriesLeft: 10,
				timeoutMs: 30_000,
			},
		});
	});

	it('counts and logs what became of operations, without what they asked for', async () => {
		await ask('query Page { bills(filter: { accounts: ["ACCT-4711"] }) { nodes { id } } }');
		brm.fail('bills', new BillingError({ kind: 'UNAVAILABLE', message: 'down' }));
		await ask('{ bills { nodes { id } } }');
		await ask('{ nothing }');
		const { body } = await get('/metrics');
		for (const outcome of ['ok', 'partial', 'failed']) {
			expect(body).toContain(`telecom_billing_graphql_operations_total{outcome="${outcome}"} 1`);
		}
		expect(body).toContain('telecom_billing_resting_connections{provider="ORACLE_BRM"} 0');
		const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
		expect(told.map(({ operation, outcome, codes }) => [operation, outcome, codes])).toEqual([
			['Page', 'ok', []],
			[null, 'partial', ['UNAVAILABLE']],
			[null, 'failed', ['GRAPHQL_VALIDATION_FAILED']],
		]);
		expect(`${lines.join('')}${body}`).not.toContain('4711');
	});
});

describe('requests to providers', () => {
	const request: TransportRequest = {
		method: 'GET',
		url: 'https://x.example.com/bills/ACCT-4711',
		headers: {},
		expect: 'text',
		credential: 'SEND',
	};

	it('are counted by provider, operation and outcome, never by account', async () => {
		const observer = new Observer(log('debug'));
		const answers: (() => Promise<number>)[] = [
			async () => 200,
			async () => 404,
			async () => 429,
			async () => 503,
			() => Promise.reject(new BillingError({ kind: 'TIMEOUT', message: 'late' })),
			() => Promise.reject(new BillingError({ kind: 'UNAVAILABLE', message: 'down' })),
			() => Promise.reject(new Error('gone')),
		];
		let turn = 0;
		const network: Transport = {
			request: async () => ({
				status: (await answers[turn++]?.()) ?? 0,
				headers: {},
				body: { kind: 'text', text: '' },
			}),
		};
		const transport = new ObservedTransport(network, 'ORACLE_BRM', observer, new Deprecations(async () => []));
		const source = new MemoryConnector({ connection: 'brm', bills: [bill()] });
		source.hinder('bills', async (_page, signal) => {
			await transport.request({ ...request, ...(signal && { signal }) });
		});
		const connector = new ErrandConnector(source, (operation) => ({ operation }));
		for (let at = 0; at < answers.length; at += 1) await firstPage(connector.bills({})).catch(() => undefined);
		turn = 0;
		await transport.request({ ...request, method: 'POST', credential: 'WITHHOLD' });
		const text = await observer.metrics.text(new Map());
		for (const outcome of ['ok', 'refused', 'rate_limited', 'failed', 'timeout', 'unreachable', 'abandoned']) {
			expect(text).toContain(
				`telecom_billing_provider_requests_total{provider="ORACLE_BRM",operation="bills",outcome="${outcome}"} 1`,
			);
		}
		expect(text).toContain('{provider="ORACLE_BRM",operation="token",outcome="ok"} 1');
		expect(`${text}${lines.join('')}`).not.toContain('4711');
	});

	async function firstPage(pages: AsyncIterable<unknown>): Promise<unknown> {
		return pages[Symbol.asyncIterator]().next();
	}
});

describe('--check', () => {
	it('says of every connection whether it works, and what to mend', async () => {
		const works = new MemoryConnector({ connection: 'orange' });
		const fails = new MemoryConnector({ connection: 'lumen-us' });
		const error = { message: 'The token server refuses: bad client', hint: 'Check the client secret.', status: 401 };
		fails.fail('bills', new BillingError({ kind: 'AUTH', ...error, requestId: 'r-1' }));
		const hangs = new MemoryConnector({ connection: 'brm' });
		hangs.hinder('bills', () => new Promise(() => undefined));
		const connections = new ProviderConnections([works, fails, hangs].map((connector) => connector.configured()));
		const rows = await checkConnections(connections, 30);
		expect(rows.map((row) => row.works)).toEqual([true, false, false]);
		expect(checkTable(rows).replace(/\d\.\d s/, '0.1 s')).toBe(
			[
				'Connection  Provider         Result  What happened, and what to do',
				'orange      ORANGE_BUSINESS  works   Answered in 0.1 s',
				'lumen-us    LUMEN            FAILS   The token server refuses: bad client (status 401, request r-1). Check the client secret.',
				'brm         ORACLE_BRM       FAILS   No whole answer within 0.03 s. Ask for less at a time, or raise timeoutMs in the configuration.',
				'',
				'2 of 3 connections fail.',
			].join('\n'),
		);
		expect(checkTable(rows.slice(0, 1))).toContain('All 1 connections work.');
	});
});

describe('the configuration, read again and again', () => {
	it('tells of what changed once, and of trouble once, and keeps what worked', async () => {
		const first = configSchema.parse({
			connections: [{ id: 'a', provider: 'TMF678', baseUrl: 'https://x.example.com', auth: { kind: 'NONE' } }],
		});
		const second = { ...first, server: { ...first.server, timeoutMs: 1 } };
		let load: () => typeof first = () => first;
		const changes: unknown[] = [];
		const troubles: unknown[] = [];
		const looked = () => new Promise((resolve) => setTimeout(resolve, 40));
		const end = watchConfig({
			known: first,
			load: () => load(),
			everyMs: 10,
			onChange: (config) => changes.push(config),
			onTrouble: (error) => troubles.push(error),
		});
		await looked();
		expect(changes).toEqual([]);
		load = () => {
			throw new Error('a secret is missing');
		};
		await looked();
		load = () => second;
		await looked();
		end();
		load = () => first;
		await looked();
		expect(changes).toEqual([second]);
		expect(troubles).toEqual([new Error('a secret is missing')]);
	});
});

describe('traces', () => {
	const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318', OTEL_SERVICE_NAME: 'bills' };

	it('are sent by the SDK where an exporter is named', async () => {
		const calls: unknown[] = [];
		class NodeSDK {
			constructor(options: unknown) {
				calls.push(options);
			}
			start(): void {
				calls.push('started');
			}
			async shutdown(): Promise<void> {
				calls.push('flushed');
			}
		}
		const flush = await startTracing(env, log(), async () => ({ NodeSDK }));
		await flush?.();
		expect(calls).toEqual([{ serviceName: 'bills' }, 'started', 'flushed']);
	});

	it('are not started where nobody asked, and asked for in vain without the SDK, which is said', async () => {
		const absent = (): Promise<never> => Promise.reject(new Error('Cannot find module'));
		expect(await startTracing({}, log(), absent)).toBeNull();
		expect(lines).toEqual([]);
		expect(await startTracing(env, log(), absent)).toBeNull();
		expect(lines.join('')).toContain('@opentelemetry/sdk-node is not installed');
	});
});
