/** Programs that are begun, waited for until they are of use, and ended. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ServerProcess } from '../graph/serverProcess';

const ROOT = join(__dirname, '../..');
const READY = /GraphQL: +(http:\S+)\/graphql/;
const POLL_MS = 5;
const COLD_TIMEOUT_MS = 900_000;

export interface Begun {
	readonly wallMs: number;
	readonly cpuMs: number | null;
}

/** Node that only tells what processor time it has taken. */
export function bareNode(): Begun {
	const program = 'const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1_000))';
	const started = performance.now();
	const cpuMs = Number(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
	return { wallMs: performance.now() - started, cpuMs };
}

/** Our server as it is published, over the sandbox in its own process, until `/readyz` says that it takes requests. */
export async function serverReady(): Promise<Begun> {
	const started = performance.now();
	const server = await ServerProcess.start({
		args: ['graphql/dist/cli.js'],
		cwd: ROOT,
		env: { PORT: '0', TELECOM_BILLING_CONFIG: '' },
		ready: READY,
	});
	try {
		await untilReady(server.url);
		const wallMs = performance.now() - started;
		return { wallMs, cpuMs: (await server.usage()).cpuMs };
	} finally {
		await server.stop();
	}
}

/** A node file, as n8n loads it: n8n's own modules are there already. */
export function importOf(file: string): Begun {
	const program = `
		require('n8n-workflow');
		const started = performance.now();
		const before = process.cpuUsage();
		require(${JSON.stringify(join(ROOT, file))});
		const { user, system } = process.cpuUsage(before);
		process.stdout.write(JSON.stringify({ wallMs: performance.now() - started, cpuMs: (user + system) / 1_000 }));`;
	return JSON.parse(execFileSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' })) as Begun;
}

/** `npm ci && npm start` in a fresh clone of what is committed, until the server takes requests; npm's own cache is as it is. */
export async function coldStart(): Promise<Begun> {
	const folder = mkdtempSync(join(tmpdir(), 'telecom-billing-cold-'));
	try {
		execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, folder]);
		const started = performance.now();
		const child = spawn('npm ci --no-audit --no-fund && exec npm start', {
			cwd: folder,
			env: { ...process.env, PORT: '0' },
			shell: true,
			// A group of its own: npm, gulp and the server end together.
			detached: true,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		try {
			await untilReady(await addressPrintedBy(child.stdout));
			return { wallMs: performance.now() - started, cpuMs: null };
		} finally {
			if (child.pid !== undefined && child.exitCode === null) {
				const gone = once(child, 'exit');
				process.kill(-child.pid, 'SIGTERM');
				await gone;
			}
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function addressPrintedBy(output: NodeJS.ReadableStream): Promise<string> {
	const deadline = AbortSignal.timeout(COLD_TIMEOUT_MS);
	let printed = '';
	for await (const chunk of output) {
		deadline.throwIfAborted();
		printed += String(chunk);
		const address = READY.exec(printed)?.[1];
		if (address !== undefined) return address;
	}
	throw new Error(`The server did not start:\n${printed.slice(-2_000)}`);
}

async function untilReady(url: string): Promise<void> {
	const deadline = AbortSignal.timeout(COLD_TIMEOUT_MS);
	while (!(await fetch(`${url}/readyz`, { signal: deadline })).ok) {
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}
