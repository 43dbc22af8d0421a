// One running n8n: its own user folder, free ports, loopback only, no calls to the outside, and an owner signed in.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

import { type Installation } from './install';
import { type Session, signIn } from './session';

const SECOND = 1_000;
/** The first start makes the database, on a busy machine. */
const LONGEST_START = 180 * SECOND;

export interface RunningN8n {
	readonly session: Session;
	readonly pid: number;
	/** Resolves when n8n has ended by itself or by `stop`. */
	readonly ended: Promise<void>;
	stop(): Promise<void>;
	/** At once, wherever it is in its work. */
	kill(): Promise<void>;
}

/** Environment variables beside those that every n8n here has. */
export type N8nSettings = Readonly<Record<string, string>>;

/**
 * Starts n8n over a user folder, new or used before.
 *
 * @param log where n8n's own output goes
 * @throws Error with the end of that log when n8n does not come up
 */
export async function startN8n(
	installation: Installation,
	userFolder: string,
	log: string,
	port?: number,
	settings: N8nSettings = {},
): Promise<RunningN8n> {
	mkdirSync(userFolder, { recursive: true });
	const [ownPort, brokerPort] = [await freePort(port), await freePort()];
	const output = openSync(log, 'a');
	const child = spawn(installation.node, [installation.command, 'start'], {
		cwd: userFolder,
		env: { ...environment(userFolder, ownPort, brokerPort), ...settings },
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	const { pid } = child;
	if (pid === undefined) throw new Error(`${installation.node} could not be run.`);
	const stop = (): Promise<void> => stopProcess(child, 'SIGTERM');
	const kill = (): Promise<void> => stopProcess(child, 'SIGKILL');
	try {
		const url = `http://127.0.0.1:${ownPort}`;
		await untilReady(url, child);
		return { session: await signIn(url), pid, ended: ending(child), stop, kill };
	} catch (error) {
		await stop();
		const lastLines = readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
		throw new Error(`n8n did not start: ${String(error)}. The end of ${log}:\n${lastLines}`, { cause: error });
	}
}

/** Nothing of this machine's own environment but the path: what n8n does here, it does everywhere. */
function environment(userFolder: string, port: number, brokerPort: number): NodeJS.ProcessEnv {
	const off = [
		'N8N_DIAGNOSTICS_ENABLED',
		'N8N_VERSION_NOTIFICATIONS_ENABLED',
		'N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED',
		'N8N_TEMPLATES_ENABLED',
		'N8N_PERSONALIZATION_ENABLED',
		'N8N_HIRING_BANNER_ENABLED',
		'N8N_DYNAMIC_BANNERS_ENABLED',
		'N8N_AI_ENABLED',
		'N8N_LICENSE_AUTO_RENEW_ENABLED',
		'N8N_VERIFIED_PACKAGES_ENABLED',
		'N8N_REINSTALL_MISSING_PACKAGES',
		'N8N_SECURE_COOKIE',
	].map((name): [string, string] => [name, 'false']);
	return {
		PATH: process.env.PATH ?? '',
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		// Fixed: a user folder opens again, and it guards nothing but demo credentials.
		N8N_ENCRYPTION_KEY: 'telecom-billing-demo',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		// It asks n8n's own server for its list as soon as it is up.
		N8N_DISABLED_MODULES: 'mcp-registry',
		GENERIC_TIMEZONE: 'UTC',
		TZ: 'UTC',
		NO_COLOR: '1',
		...Object.fromEntries(off),
	};
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + LONGEST_START;
	while (Date.now() < deadline) {
		if (hasEnded(child)) throw new Error(`it ended with code ${child.exitCode ?? 'none'}`);
		const ready = await fetch(`${url}/healthz/readiness`).then(
			({ ok }) => ok,
			() => false,
		);
		if (ready) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`not ready within ${LONGEST_START / SECOND} s`);
}

async function stopProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	if (hasEnded(child)) return;
	const ended = ending(child);
	child.kill(signal);
	await ended;
}

async function ending(child: ChildProcess): Promise<void> {
	if (!hasEnded(child)) await once(child, 'exit');
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}

/** @param wanted whoever answers there would be taken for the n8n that is started here, so it must be free */
async function freePort(wanted = 0): Promise<number> {
	const server = createServer().listen(wanted, '127.0.0.1');
	await once(server, 'listening').catch((cause: unknown) => {
		throw new Error(`Port ${wanted} is taken. Choose another with PORT, for instance PORT=${wanted + 1}.`, { cause });
	});
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('the system gave no port');
	return address.port;
}
