// `npm start` as a newcomer runs it: a child process on a free port, and the addresses that it prints.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const ADDRESS = /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)/g;

export interface RunningServer {
	/** Origin of the graph, for instance `http://127.0.0.1:4000`. */
	readonly graph: string;
	/** Origin of the sandbox that the server started. */
	readonly sandbox: string;
	stop(): Promise<void>;
}

/** Runs `npm start` in a folder until it has printed where the graph and the sandbox are. */
export async function startServer(folder: string, millisecondsToStart: number): Promise<RunningServer> {
	const port = await freePort();
	const child = spawn('npm', ['start'], {
		cwd: folder,
		env: { ...newcomersEnvironment(), PORT: String(port) },
		// A process group of its own: npm, its shell and the server end together.
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const stop = (): Promise<void> => stopGroup(child);
	try {
		return { ...(await printedAddresses(child, port, millisecondsToStart)), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What this process was told about tests, configuration and addresses is not told to a newcomer. */
export function newcomersEnvironment(): NodeJS.ProcessEnv {
	const toldToTests = /^(npm_.*|JEST_.*|NODE_ENV|HOST|PORT|REDIS_URL|TELECOM_BILLING_.*)$/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !toldToTests.test(name)));
}

async function printedAddresses(
	child: ChildProcess,
	port: number,
	milliseconds: number,
): Promise<Pick<RunningServer, 'graph' | 'sandbox'>> {
	let output = '';
	return new Promise((resolve, reject) => {
		const fail = (why: string): void => {
			clearTimeout(timer);
			reject(new Error(`npm start ${why}. It printed:\n${output}`));
		};
		const timer = setTimeout(() => {
			fail(`printed no two addresses within ${milliseconds} ms`);
		}, milliseconds);
		const read = (chunk: Buffer): void => {
			output += chunk.toString();
			const addresses = [...output.matchAll(ADDRESS)];
			const graph = addresses.find(([, printedPort]) => Number(printedPort) === port);
			const sandbox = addresses.find(([, printedPort]) => Number(printedPort) !== port);
			if (graph === undefined || sandbox === undefined) return;
			clearTimeout(timer);
			resolve({ graph: graph[0], sandbox: sandbox[0] });
		};
		child.stdout?.on('data', read);
		child.stderr?.on('data', read);
		child.once('error', (error) => {
			fail(`could not be run: ${error.message}`);
		});
		child.once('exit', (code) => {
			fail(`ended with code ${code ?? 'none'}`);
		});
	});
}

async function stopGroup(child: ChildProcess): Promise<void> {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	process.kill(-child.pid, 'SIGTERM');
	await ended;
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('the system gave no port');
	return address.port;
}
