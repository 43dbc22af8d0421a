/** The sandbox and the built server as processes of their own, so that the memory that is watched is the server's alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const LONGEST_START_MS = 60_000;

export interface Running {
	readonly url: string;
	/** True once the process has ended, wanted or not. */
	hasEnded(): boolean;
	stop(): Promise<void>;
}

export async function startSandbox(): Promise<Running> {
	const script = ['--import', 'tsx', 'sandbox/cli.ts', ...'--port 0 --accounts 2 --bills 18 --rates 8'.split(' ')];
	return started(
		spawn(process.execPath, script, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] }),
		/listens on (\S+)$/m,
	);
}

/** Its garbage is collected every ten seconds, so that memory that is held is told from memory that waits. */
export async function startServer(config: object): Promise<Running> {
	const folder = mkdtempSync(join(tmpdir(), 'soak-'));
	const file = join(folder, 'config.json');
	writeFileSync(file, JSON.stringify(config));
	const script = ['--expose-gc', '--import', './test/soak/collectGarbage.mjs', 'graphql/dist/cli.js', '--config', file];
	const log = openSync(join(folder, 'server.log'), 'w');
	const child = spawn(process.execPath, script, { cwd: ROOT, stdio: ['ignore', 'pipe', log] });
	const running = await started(child, /^GraphQL: +(\S+)\/graphql$/m);
	return {
		...running,
		stop: async () => {
			await running.stop();
			rmSync(folder, { recursive: true });
		},
	};
}

async function started(child: ChildProcess, address: RegExp): Promise<Running> {
	const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
	const stop = async (): Promise<void> => {
		if (hasEnded()) return;
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		await ended;
	};
	return new Promise((resolve, reject) => {
		let printed = '';
		const fail = (why: string): void => {
			void stop().then(() => reject(new Error(`${child.spawnargs.join(' ')} ${why}. It printed:\n${printed}`)));
		};
		const timer = setTimeout(() => fail(`gave no address within ${LONGEST_START_MS} ms`), LONGEST_START_MS);
		child.once('exit', (code) => fail(`ended with ${String(code)}`));
		child.stdout?.on('data', (chunk: Buffer) => {
			printed = (printed + chunk.toString()).slice(-10_000);
			const url = address.exec(printed)?.[1];
			if (url === undefined) return;
			clearTimeout(timer);
			child.removeAllListeners('exit');
			resolve({ url, hasEnded, stop });
		});
	});
}
