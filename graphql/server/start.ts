/** Starts the server: over the configured connections, or over a sandbox of its own when there are none. */
import { startSandbox } from '../../sandbox/server';
import { type GraphServer, buildServer } from './app';
import { loadConfig, refuseOpenDoor } from './config';
import { type ServerConfig, configSchema } from './configSchema';
import { connectAll } from './connectors';
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
			onlyThisMachine: isLoopback(config.server.host),
			reportFault: options.reportFault,
		});
		return await listen(graph, config, sandbox?.url ?? null, closeBacking);
	} catch (error) {
		await closeBacking();
		throw error;
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
