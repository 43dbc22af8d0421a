/** A server in a process of its own: started, asked what it has used, and stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Since the process started. */
export interface Usage {
	readonly cpuMs: number;
	readonly peakMiB: number;
}

export interface ServerCommand {
	/** Of the program and its arguments, after `node`. */
	readonly args: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	/** What it prints when it is ready; the first group is its address. */
	readonly ready: RegExp;
}

const CONTROL = join(__dirname, 'control.cjs');
/** As `npm start` gives it to our server; the others get it too, since it helps whoever reads much JSON at once. */
const YOUNG_GENERATION = '--max-semi-space-size=32';
const START_TIMEOUT_MS = 60_000;

export class ServerProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	/** @throws Error with what the server printed when it ends, or is not ready in time */
	static async start({ args, env = {}, cwd, ready }: ServerCommand): Promise<ServerProcess> {
		const child = spawn(process.execPath, [YOUNG_GENERATION, '--require', CONTROL, ...args], {
			cwd,
			env: { ...process.env, NODE_ENV: 'production', ...env },
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		let printed = '';
		const url = await new Promise<string>((resolve, reject) => {
			const fail = (why: string): void => reject(new Error(`${args.join(' ')} ${why}:\n${printed}`));
			const timer = setTimeout(() => {
				child.kill('SIGKILL');
				fail('is not ready in time');
			}, START_TIMEOUT_MS);
			const read = (chunk: Buffer): void => {
				printed = `${printed}${chunk.toString()}`.slice(-10_000);
				const address = ready.exec(printed)?.[1];
				if (address === undefined) return;
				clearTimeout(timer);
				resolve(address);
			};
			child.stdout?.on('data', read);
			child.stderr?.on('data', read);
			child.once('exit', (code) => {
				clearTimeout(timer);
				fail(`ended with ${code}`);
			});
		});
		return new ServerProcess(child, url);
	}

	async usage(): Promise<Usage> {
		const answer = once(this.child, 'message');
		this.child.send('usage');
		const [usage] = (await answer) as [Usage];
		return usage;
	}

	async stop(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const gone = once(this.child, 'exit');
		this.child.kill('SIGKILL');
		await gone;
	}
}
