// The package as it is published: what n8n's scan for verified packages says, what it needs, how big it is, how fast it loads.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { gzipSync } from 'fflate';

import { newcomersEnvironment } from '../runningServer';
import { installN8n } from './install';
import { installPackage, installedPackage } from './package';

const REPOSITORY = join(__dirname, '..', '..', '..');
const ARTIFACTS = join(REPOSITORY, 'artifacts');
const MEGABYTE = 1_000_000;
/** The fastest of so many counts: the rest is what else the machine does. */
const LOADS = 3;
/** What n8n hosts, and what is part of Node. */
const HOSTED = ['n8n-workflow', 'luxon', 'node:crypto', 'crypto'];

interface Manifest {
	readonly dependencies?: object;
	readonly bundledDependencies?: unknown;
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

let userFolder: string;
let folder: string;
let files: readonly string[];
let manifest: Manifest;

beforeAll(() => {
	userFolder = mkdtempSync(join(tmpdir(), 'package-'));
	installPackage(userFolder);
	folder = installedPackage(userFolder);
	files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
	manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
});

afterAll(() => {
	rmSync(userFolder, { recursive: true, force: true });
});

test.each([
	['the source', 'source', () => REPOSITORY],
	['what is packed', 'package', () => folder],
])('the scan for verified packages passes on %s', (_what, leg, folderOf) => {
	const scan = join(__dirname, 'scanPackage.mjs');
	const output = execFileSync(process.execPath, [scan, folderOf(), leg], {
		encoding: 'utf8',
		// Under NODE_ENV=test, which Jest sets, its rules are out for their own test files.
		env: newcomersEnvironment(),
	});
	expect(JSON.parse(output)).toEqual({ passed: true });
});

test('nothing is needed at run time but what n8n hosts', () => {
	expect([manifest.dependencies, manifest.bundledDependencies]).toEqual([undefined, undefined]);
	const required = files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name!))
		.filter((name) => !name.startsWith('.'));
	expect(new Set(required)).toEqual(new Set(required.filter((name) => HOSTED.includes(name))));
	expect(required).toContain('n8n-workflow');
});

test('every file that the manifest shows n8n is there, with codex and light and dark icon beside each node', () => {
	const there = new Set(files.map((file) => file.slice(folder.length + 1)));
	expect([...manifest.n8n.nodes, ...manifest.n8n.credentials].filter((file) => !there.has(file))).toEqual([]);
	const codex = manifest.n8n.nodes.map((file) => file.replace(/\.js$/, '.json'));
	expect(codex.filter((file) => !there.has(file))).toEqual([]);
	expect([...there].filter((file) => file.endsWith('.dark.svg')).length).toBeGreaterThanOrEqual(5);
});

test('it is smaller than a megabyte as it travels', () => {
	const packed = gzipSync(Buffer.concat(files.map((file) => readFileSync(file))));
	expect(packed.length).toBeLessThan(MEGABYTE);
});

/** Times differ from machine to machine: they are written down for a person to look at. */
test('every node loads in a process of its own', () => {
	const { node, modules } = installN8n(() => undefined);
	const load = (file: string): { ms: number; classes: string[] } => {
		const args = [join(__dirname, 'loadTime.mjs'), join(folder, file)];
		const output = execFileSync(node, args, { encoding: 'utf8', env: { NODE_PATH: modules } });
		return JSON.parse(output) as { ms: number; classes: string[] };
	};
	const times = manifest.n8n.nodes.map((file) => {
		const loads = Array.from({ length: LOADS }, () => load(file));
		expect(loads[0]!.classes).toEqual([file.replace(/^.*\//, '').replace('.node.js', '')]);
		return `${Math.min(...loads.map(({ ms }) => ms)).toFixed(1)} ms ${file}`;
	});
	mkdirSync(ARTIFACTS, { recursive: true });
	writeFileSync(join(ARTIFACTS, 'import-times.txt'), `${times.join('\n')}\n`);
});
