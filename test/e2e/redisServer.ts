// A real Redis on a port of its own, which can be killed and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './runningServer';

export class RedisServer {
	private child: ChildProcess | null = null;
	private readonly folder = mkdtempSync(join(tmpdir(), 'redis-'));

	private constructor(private readonly port: number) {}

	static async start(): Promise<RedisServer> {
		const server = new RedisServer(await freePort());
		await server.start();
		return server;
	}

	get url(): string {
		return `redis://127.0.0.1:${this.port}`;
	}

	/** Resolves when it accepts connections; it remembers nothing of an earlier life. */
	async start(): Promise<void> {
		const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
		const child = spawn('redis-server', [...options, '--dir', this.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
		this.child = child;
		let output = '';
		await new Promise<void>((resolve, reject) => {
			child.once('error', reject);
			child.once('exit', () => reject(new Error(`redis-server ended. It printed:\n${output}`)));
			child.stdout.on('data', (chunk: Buffer) => {
				output += chunk.toString();
				if (output.includes('Ready to accept connections')) resolve();
			});
		});
	}

	/** As a machine that loses power would. */
	async kill(): Promise<void> {
		const { child } = this;
		this.child = null;
		if (child === null || child.exitCode !== null) return;
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	}

	async end(): Promise<void> {
		await this.kill();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
