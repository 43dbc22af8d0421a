/** Starts the server: over the configured connections, or over a sandbox of its own when there are none. */
import { dirname, resolve } from 'node:path';

import { startSandbox } from '../../sandbox/server';
import { authenticatorOf, openDoor } from './access/authenticator';
import { type AppOptions, type DeveloperHelp, type Door, type GraphServer, buildServer } from './app';
import { ConfigError, loadConfig, refuseOpenDoor } from './config';
import { type ServerConfig, configSchema } from './configSchema';
import { connectAll } from './connectors';
import { readManifest } from './limits/persistedOperations';
import { isLoopback } from './loopback';
import { systemClock } from './systemClock';
import { UndiciTransport } from './undiciTransport';

export interface StartOptions {
	/** The configuration file; absent: the sandbox. */
	readonly configFile?: string | undefined;
	/** Before the configuration's own. */
	readonly host?: string | undefined;
	readonly port?: number | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly reportFault: (error: unknown) => void;
}

export interface RunningServer {
	/** For instance `http://127.0.0.1:4000`. */
	readonly url: string;
	/** The sandbox's address; null with real connections. */
	readonly sandboxUrl: string | null;
	close(): Promise<void>;
}

interface Backing {
	readonly config: ServerConfig;
	/** Null: the connections are real. */
	readonly sandbox: { readonly url: string; close(): Promise<void> } | null;
}

/** @throws ConfigError; Error when the address is taken */
export async function startServer(options: StartOptions): Promise<RunningServer> {
	const { config, sandbox } = await backingOf(options);
	const transport = new UndiciTransport();
	const closeBacking = async (): Promise<void> => {
		await transport.close();
		await sandbox?.close();
	};
	try {
		const graph = await buildServer({
			connections: connectAll(config.connections, { transport, clock: systemClock }),
			timeoutMs: config.server.timeoutMs,
			cursorKey: config.server.cursorKey,
			serves: sandbox === null ? 'It serves the configured connections.' : 'It serves a sandbox with made-up bills.',
			door: doorOf(config),
			limits: config.limits,
			developer: developerHelp(config, options.env),
			operations: operationsOf(config, options.configFile),
			federation: config.federation,
			reportFault: options.reportFault,
		});
		return await listen(graph, config, sandbox?.url ?? null, closeBacking);
	} catch (error) {
		await closeBacking();
		throw error;
	}
}

/** Open only on this machine, or over made-up bills: `refuseOpenDoor` has seen to that. */
function doorOf({ access, server }: ServerConfig): Door {
	const open = access === undefined || access.open === true;
	return {
		authenticate: access === undefined ? openDoor : authenticatorOf(access),
		open,
		// Whoever shows a key may have come under any name.
		onlyThisMachine: open && isLoopback(server.host),
	};
}

function developerHelp(config: ServerConfig, env: StartOptions['env']): DeveloperHelp {
	const production = config.production ?? env['NODE_ENV'] === 'production';
	return {
		introspection: config.introspection ?? !production,
		explorer: config.explorer ?? !production,
		suggestions: !production,
	};
}

/** @throws ConfigError */
function operationsOf({ operations }: ServerConfig, configFile = ''): AppOptions['operations'] {
	if (operations === undefined) return null;
	const file = resolve(dirname(configFile), operations.manifest);
	try {
		return { manifest: readManifest(file), only: operations.only };
	} catch (error) {
		const why = error instanceof Error ? error.message : 'cannot be read';
		throw new ConfigError(configFile, [{ line: 1, where: 'operations.manifest', message: `${file} ${why}` }]);
	}
}

async function listen(
	graph: GraphServer,
	{ server }: ServerConfig,
	sandboxUrl: string | null,
	closeBacking: () => Promise<void>,
): Promise<RunningServer> {
	const url = await graph.app.listen({ host: server.host, port: server.port });
	return {
		url,
		sandboxUrl,
		close: async () => {
			await graph.close();
			await closeBacking();
		},
	};
}

async function backingOf(options: StartOptions): Promise<Backing> {
	const { configFile, env } = options;
	if (configFile !== undefined) {
		const config = withAddress(loadConfig(configFile, env), options);
		refuseOpenDoor(config, configFile);
		return { config, sandbox: null };
	}
	const sandbox = await startSandbox();
	const config = configSchema.parse({ connections: sandbox.connections });
	return { config: withAddress(config, options), sandbox };
}

function withAddress(config: ServerConfig, { host, port }: StartOptions): ServerConfig {
	const { server } = config;
	return { ...config, server: { ...server, host: host ?? server.host, port: port ?? server.port } };
}
