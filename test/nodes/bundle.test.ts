/** What n8n loads, in counts: how big the bundles are, and what each node file asks for. Times are for the benchmarks. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { gzipSync } from 'fflate';

const REPOSITORY = join(__dirname, '..', '..');
const HOSTED = ['../shared/core.js', 'n8n-workflow', 'luxon', 'node:crypto'];
const KILOBYTE = 1_000;
const { n8n } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };

beforeAll(() => {
	execFileSync(join(REPOSITORY, 'node_modules', '.bin', 'gulp'), ['nodes', '--silent'], { cwd: REPOSITORY });
});

it.each(n8n.nodes)('%s asks for what n8n hosts and for the one core, nothing else', (file) => {
	const required = [...text(file).matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
	expect(required).toContain('../shared/core.js');
	expect(required.filter((name) => !HOSTED.includes(name!))).toEqual([]);
});

it('the core is one file that needs nothing but Node, and all code travels in less than 200 kB', () => {
	const core = text('dist/nodes/shared/core.js');
	const required = new Set([...core.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name));
	expect([...required]).toEqual(['node:crypto']);
	const code = [core, ...n8n.nodes.map(text)].join('\n');
	expect(gzipSync(Buffer.from(code)).length).toBeLessThan(200 * KILOBYTE);
});

function text(file: string): string {
	return readFileSync(join(REPOSITORY, file), 'utf8');
}
