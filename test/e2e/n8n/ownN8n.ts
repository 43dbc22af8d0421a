// An n8n that one test file has for itself, to stop, kill and start again.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type N8nSettings, type RunningN8n, startN8n } from './host';
import { installN8n } from './install';
import { N8n } from './n8n';
import { installPackage } from './package';

const ARTIFACTS = join(__dirname, '..', '..', '..', 'artifacts');

export class OwnN8n {
	private running: RunningN8n | undefined;

	private constructor(
		private readonly folder: string,
		private readonly log: string,
		private readonly settings: N8nSettings,
	) {}

	/** @param name of its log in `artifacts/` */
	static async start(name: string, settings: N8nSettings = {}): Promise<OwnN8n> {
		mkdirSync(ARTIFACTS, { recursive: true });
		const own = new OwnN8n(mkdtempSync(join(tmpdir(), `n8n-${name}-`)), join(ARTIFACTS, `n8n-${name}.log`), settings);
		installPackage(own.folder);
		await own.startAgain();
		return own;
	}

	/** As it is now: a restart signs in anew. */
	get n8n(): N8n {
		return new N8n(this.process.session, this.modules());
	}

	get pid(): number {
		return this.process.pid;
	}

	async stop(): Promise<void> {
		await this.running?.stop();
		this.running = undefined;
	}

	/** As when the power goes. */
	async kill(): Promise<void> {
		await this.running?.kill();
		this.running = undefined;
	}

	/**
	 * Over what was there when it ended. After a kill n8n 2.41 may stumble over an execution that had not begun yet ("Cannot
	 * read properties of null (reading 'getTime')"), and end; the next start finds it marked as crashed. Whoever runs n8n has
	 * it started again, and so does this.
	 */
	async startAgain(starts = 3): Promise<void> {
		try {
			this.running = await startN8n(installN8n(nobody), this.folder, this.log, undefined, this.settings);
		} catch (error) {
			if (starts === 1) throw error;
			await this.startAgain(starts - 1);
		}
	}

	/** For good. */
	async remove(): Promise<void> {
		await this.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	private get process(): RunningN8n {
		if (this.running === undefined) throw new Error('this n8n is stopped');
		return this.running;
	}

	private modules(): string {
		return installN8n(nobody).modules;
	}
}

/** By now all is installed: there is nothing to say. */
function nobody(): void {}
