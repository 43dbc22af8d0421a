// A real n8n and the Node 24 that it wants, installed once a machine outside the repository: n8n is no dependency of ours.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { newcomersEnvironment } from '../runningServer';

export const N8N_VERSION = '2.41.1';

export interface Installation {
	/** The Node 24 binary. */
	readonly node: string;
	/** n8n's command, run by `node`. */
	readonly command: string;
	/** Where n8n's own dependencies lie. */
	readonly modules: string;
}

const CACHE = join(homedir(), '.cache', 'telecom-billing');
const NODE_FOLDER = join(CACHE, 'node-24');
const N8N_FOLDER = join(CACHE, `n8n-${N8N_VERSION}`);
const MODULES = join(N8N_FOLDER, 'node_modules');
const INSTALLATION: Installation = {
	node: join(NODE_FOLDER, 'node_modules', 'node', 'bin', 'node'),
	command: join(MODULES, 'n8n', 'bin', 'n8n'),
	modules: MODULES,
};
/** Written last: an installation that was broken off has none. */
const MARKER = join(N8N_FOLDER, 'complete');

const MANIFEST = {
	name: 'n8n-host',
	private: true,
	dependencies: { n8n: N8N_VERSION },
	// n8n depends on a package that has left the registry; this is what it was made from.
	overrides: { cssomnom: 'npm:cssom@0.5.0' },
};

/** Whether `installN8n` would have nothing to do. */
export function isN8nInstalled(): boolean {
	return existsSync(MARKER);
}

/** @param say told in plain words what is done, and how long it takes; nothing when all is there */
export function installN8n(say: (line: string) => void): Installation {
	if (isN8nInstalled()) return INSTALLATION;
	if (!works()) {
		installNode(say);
		installPackages(say);
		buildDatabaseDriver(say);
		if (!works()) throw new Error(`n8n ${N8N_VERSION} was installed into ${N8N_FOLDER}, but does not start.`);
	}
	writeFileSync(MARKER, `n8n ${N8N_VERSION}\n`);
	return INSTALLATION;
}

function installNode(say: (line: string) => void): void {
	if (existsSync(INSTALLATION.node)) return;
	timed(say, `Installing Node 24 into ${NODE_FOLDER} (once; about a minute)`, () => {
		mkdirSync(NODE_FOLDER, { recursive: true });
		// The package fetches its binary in a script of its own.
		run('npm', ['install', '--prefix', NODE_FOLDER, '--ignore-scripts=false', 'node@24'], NODE_FOLDER);
	});
}

function installPackages(say: (line: string) => void): void {
	timed(say, `Installing n8n ${N8N_VERSION} into ${N8N_FOLDER} (once; about 8 minutes)`, () => {
		mkdirSync(N8N_FOLDER, { recursive: true });
		writeFileSync(join(N8N_FOLDER, 'package.json'), JSON.stringify(MANIFEST));
		run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], N8N_FOLDER);
	});
}

/** n8n's SQLite driver is compiled here; its interface is the same for every Node, so any Node's headers will do. */
function buildDatabaseDriver(say: (line: string) => void): void {
	timed(say, "Compiling n8n's database driver (once; about 2 minutes)", () => {
		const npm = execFileSync('npm', ['root', '--global'], { env: newcomersEnvironment(), encoding: 'utf8' }).trim();
		const nodeGyp = join(npm, 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
		const prefix = dirname(dirname(process.execPath));
		const headersAreHere = existsSync(join(prefix, 'include', 'node', 'node.h'));
		const headers = headersAreHere ? [`--nodedir=${prefix}`] : [];
		run(process.execPath, [nodeGyp, 'rebuild', ...headers], join(MODULES, 'sqlite3'));
	});
}

function works(): boolean {
	if (!existsSync(INSTALLATION.node) || !existsSync(INSTALLATION.command)) return false;
	try {
		execFileSync(INSTALLATION.node, ['-e', "require('sqlite3')"], { cwd: N8N_FOLDER, stdio: 'ignore' });
		const version = execFileSync(INSTALLATION.node, [INSTALLATION.command, '--version'], { encoding: 'utf8' });
		return version.trim() === N8N_VERSION;
	} catch {
		return false;
	}
}

function run(command: string, args: readonly string[], cwd: string): void {
	execFileSync(command, args, { cwd, env: newcomersEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] });
}

function timed(say: (line: string) => void, what: string, step: () => void): void {
	say(`${what} ...`);
	const start = Date.now();
	step();
	say(`  done in ${Math.round((Date.now() - start) / 1_000)} s`);
}
