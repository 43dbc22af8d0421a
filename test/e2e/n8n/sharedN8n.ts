// One n8n for all end-to-end tests: the first test that asks starts it, Jest's teardown stops it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startN8n } from './host';
import { installN8n } from './install';
import { N8n } from './n8n';
import { installPackage } from './package';
import type { Session } from './session';

/** Where test files, which share no memory, find the n8n that an earlier one started. */
const FOLDER_VARIABLE = 'TELECOM_BILLING_N8N_FOLDER';
const ARTIFACTS = join(__dirname, '..', '..', '..', 'artifacts');

interface Shared {
	readonly session: Session;
	readonly modules: string;
	readonly pid: number;
}

/** Takes some 20 seconds the first time; `beforeAll` is the place. */
export async function sharedN8n(): Promise<N8n> {
	const folder = process.env[FOLDER_VARIABLE];
	if (folder === undefined) throw new Error('Run this test with jest.e2e.config.js.');
	const { session, modules } = readShared(folder) ?? (await start(folder));
	return new N8n(session, modules);
}

async function start(folder: string): Promise<Shared> {
	const installation = installN8n((line) => process.stderr.write(`${line}\n`));
	const userFolder = join(folder, 'user');
	installPackage(userFolder);
	mkdirSync(ARTIFACTS, { recursive: true });
	const { session, pid } = await startN8n(installation, userFolder, join(ARTIFACTS, 'n8n.log'));
	const shared = { session, pid, modules: installation.modules };
	writeFileSync(sharedFile(folder), JSON.stringify(shared));
	return shared;
}

/** Before all test files. */
export function prepareSharedN8n(): void {
	process.env[FOLDER_VARIABLE] = mkdtempSync(join(tmpdir(), 'n8n-'));
}

/** After all test files. */
export async function stopSharedN8n(): Promise<void> {
	const folder = process.env[FOLDER_VARIABLE];
	if (folder === undefined) return;
	const shared = readShared(folder);
	if (shared !== undefined) await stopProcess(shared.pid);
	rmSync(folder, { recursive: true, force: true });
}

function readShared(folder: string): Shared | undefined {
	const file = sharedFile(folder);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Shared) : undefined;
}

function sharedFile(folder: string): string {
	return join(folder, 'shared.json');
}

async function stopProcess(pid: number): Promise<void> {
	for (let waited = 0; isRunning(pid) && waited < 30_000; waited += 100) {
		if (waited === 0) process.kill(pid, 'SIGTERM');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
