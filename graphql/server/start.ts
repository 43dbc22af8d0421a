/** Starts the server: over the configured connections, or over a sandbox of its own when there are none. */
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RedisLink } from '../cache/redisLink';
import { costStore } from '../cost/costStore';
import type { ProviderConnections } from '../providerConnections';
import { type Authenticate, authenticatorOf, openDoor } from './access/authenticator';
import { type AppOptions, type DeveloperHelp, type Door, type GraphServer, buildServer } from './app';
import { openCache } from './cache';
import { ConfigError, type Serving, loadConfig } from './config';
import { type ConnectionConfig, type ServerConfig, configSchema } from './configSchema';
import { connectAll } from './connectors';
import { readManifest } from './limits/persistedOperations';
import { isLoopback } from './loopback';
import { watchConfig } from './operations/configWatch';
import { createLog } from './operations/log';
import { Observer } from './operations/observer';
import { secretsOf } from './operations/secretsOf';
import { startTracing } from './operations/tracing';
import { systemClock } from './systemClock';
import { UndiciTransport } from './undiciTransport';

export interface StartOptions {
	/** The configuration file; absent: the sandbox. */
	readonly configFile?: string | undefined;
	/** Before the configuration's own. */
	readonly host?: string | undefined;
	readonly port?: number | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Absent: faults of this server's own go to the log. */
	readonly reportFault?: ((error: unknown) => void) | undefined;
	/** How often the configuration is read again for new secrets, in milliseconds. */
	readonly rereadEveryMs?: number | undefined;
}

export interface RunningServer {
	/** For instance `http://127.0.0.1:4000`. */
	readonly url: string;
	/** The sandbox's address; null with real connections. */
	readonly sandboxUrl: string | null;
	/** Lets running answers finish first. */
	close(): Promise<void>;
}

/** What the HTTP server stands on. */
export interface Foundation {
	readonly config: ServerConfig;
	readonly observer: Observer;
	readonly connections: ProviderConnections;
	/** By the keys that are configured now. */
	readonly authenticate: Authenticate;
	/** Null: nothing is shared with other instances. */
	readonly redis: RedisLink | null;
	/** Null: the connections are real. */
	readonly sandboxUrl: string | null;
	/** From the network up: pools, Redis, traces, sandbox. */
	readonly close: () => Promise<void>;
}

const REREAD_EVERY_MS = 10_000;

/** @throws ConfigError; Error when the address is taken */
export async function startServer(options: StartOptions): Promise<RunningServer> {
	const foundation = await layFoundation(options, { host: options.host });
	const { config, observer, connections, authenticate, redis, sandboxUrl } = foundation;
	const { server } = config;
	let isStopping = false;
	try {
		const graph = await buildServer({
			connections,
			timeoutMs: server.timeoutMs,
			cursorKey: server.cursorKey,
			serves: sandboxUrl === null ? 'It serves the configured connections.' : 'It serves a sandbox with made-up bills.',
			door: doorOf(config, authenticate),
			limits: config.limits,
			costStore: costStore(redis),
			developer: developerHelp(config, options.env),
			persisted: persistedOperations(config, options.configFile),
			federation: config.federation,
			reportFault: options.reportFault ?? ((error) => observer.fault(error)),
			operations: { observer, sharedCache: redis, isStopping: () => isStopping },
		});
		const url = await graph.app.listen({ host: server.host, port: server.port });
		observer.log.info({ url, connections: connections.all.length }, 'The server answers');
		return {
			url,
			sandboxUrl,
			close: async () => {
				isStopping = true;
				await stop(graph, foundation);
			},
		};
	} catch (error) {
		await foundation.close();
		throw error;
	}
}

/** Open only on this machine, or over made-up bills: reading the configuration has seen to that. */
function doorOf({ access, server }: ServerConfig, authenticate: Authenticate): Door {
	const open = access === undefined || access.open === true;
	// Whoever shows a key may have come under any name.
	return { authenticate, open, onlyThisMachine: open && isLoopback(server.host) };
}

function authenticatorFor({ access }: ServerConfig): Authenticate {
	return access === undefined ? openDoor : authenticatorOf(access);
}

function developerHelp(config: ServerConfig, env: StartOptions['env']): DeveloperHelp {
	const production = config.production ?? env['NODE_ENV'] === 'production';
	return {
		introspection: config.introspection ?? !production,
		explorer: config.explorer ?? !production,
		suggestions: !production,
	};
}

function persistedOperations({ operations }: ServerConfig, configFile = ''): AppOptions['persisted'] {
	if (operations === undefined) return null;
	return { manifest: readManifest(resolve(dirname(configFile), operations.manifest)), only: operations.only };
}

/** First nothing new is asked, then what runs is answered, then what it stands on goes. */
async function stop(graph: GraphServer, { config, observer, close }: Foundation): Promise<void> {
	observer.log.info('The server was told to stop');
	await sleep(config.server.drainDelay * 1_000);
	await graph.close();
	await close();
	observer.log.info('The server has stopped');
}

/**
 * Everything but the HTTP server: enough to ask every provider.
 * @param serving null where nothing will be served
 * @throws ConfigError
 */
export async function layFoundation(options: StartOptions, serving: Serving | null): Promise<Foundation> {
	const { env } = options;
	const { config, sandbox } = await backingOf(options, serving);
	let secrets = secretsOf(config);
	const observer = new Observer(createLog(config.server.logLevel, () => secrets));
	const flushTraces = await startTracing(env, observer.log);
	const transports: UndiciTransport[] = [];
	const openTransport = ({ ca }: Pick<ConnectionConfig, 'ca'>): UndiciTransport => {
		const transport = new UndiciTransport({ ca });
		transports.push(transport);
		return transport;
	};
	const cache = await openCache(config.cache, observer);
	const { connections, rotate } = connectAll(config.connections, {
		openTransport,
		clock: systemClock,
		cache,
		observer,
	});
	let authenticate = authenticatorFor(config);
	const endWatch = watchSecrets(options, config, observer, (renewed) => {
		secrets = [...secrets, ...secretsOf(renewed)];
		rotate(renewed.connections);
		// Keys come and go; whether there is a door at all was decided when the server started.
		if (renewed.access !== undefined && renewed.access.open !== true) authenticate = authenticatorFor(renewed);
	});
	return {
		config,
		observer,
		connections,
		authenticate: (authorization) => authenticate(authorization),
		redis: cache.link,
		sandboxUrl: sandbox?.url ?? null,
		close: async () => {
			endWatch();
			await Promise.all(transports.map((transport) => transport.close()));
			cache.close();
			await flushTraces?.();
			await sandbox?.close();
		},
	};
}

function watchSecrets(
	options: StartOptions,
	config: ServerConfig,
	{ log }: Observer,
	onChange: (config: ServerConfig) => void,
): () => void {
	const { configFile, env, rereadEveryMs = REREAD_EVERY_MS } = options;
	if (configFile === undefined) return () => undefined;
	return watchConfig({
		known: config,
		load: () => withAddress(loadConfig(configFile, { env }), options),
		everyMs: rereadEveryMs,
		onChange,
		onTrouble: (error) => {
			const reason = error instanceof ConfigError ? error.message : String(error);
			log.error({ reason }, 'The configuration as it is now cannot be used; what was read before stays in use');
		},
	});
}

interface Backing {
	readonly config: ServerConfig;
	readonly sandbox: { readonly url: string; close(): Promise<void> } | null;
}

async function backingOf(options: StartOptions, serving: Serving | null): Promise<Backing> {
	const { configFile, env } = options;
	if (configFile !== undefined) {
		return { config: withAddress(loadConfig(configFile, { env, serving }), options), sandbox: null };
	}
	// It draws invoices, with fonts and all: too much to hold for who has connections of his own.
	const { startSandbox } = await import('../../sandbox/server');
	const sandbox = await startSandbox();
	// Its bills change at a word to its control endpoints: whoever tries that wants to see it.
	const connections = sandbox.connections.map((connection) => ({ ...connection, freshFor: 0 }));
	const config = configSchema.parse({ server: { logLevel: 'warn' }, connections });
	return { config: withAddress(config, options), sandbox };
}

function withAddress(config: ServerConfig, { host, port }: StartOptions): ServerConfig {
	const { server } = config;
	return { ...config, server: { ...server, host: host ?? server.host, port: port ?? server.port } };
}
