/** Builds what is measured, as it is published, and the programs that are measured beside it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';

const ROOT = join(__dirname, '..');
const PEERS = join(__dirname, 'peers');

/** Our server and the sandbox. */
export function buildProduct(): void {
	run('npx', ['gulp', 'server', 'sandbox'], ROOT);
}

/** What n8n loads. */
export function buildNodes(): void {
	run('npx', ['gulp', 'nodePackage'], ROOT);
}

/** The endpoint without GraphQL, and what the other servers read bills through. */
export async function buildPrograms(): Promise<void> {
	await build({
		entryPoints: ['handwritten', 'billing'].map((name) => join(__dirname, 'graph', `${name}.ts`)),
		outdir: join(__dirname, 'dist'),
		outExtension: { '.js': '.cjs' },
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['@opentelemetry/api'],
	});
}

/** Once: in a folder of their own, so that the product depends on none of them. */
export function installPeers(): void {
	if (!existsSync(join(PEERS, 'node_modules'))) run('npm', ['ci'], PEERS);
}

function run(command: string, args: readonly string[], cwd: string): void {
	execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}
