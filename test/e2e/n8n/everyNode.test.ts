// No node of the package without a test file of its own here; each such file looks for operations that it leaves out.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { PACKAGE } from './package';
import { sharedN8n } from './sharedN8n';

test('every node that n8n has of the package is executed in a test file that bears its name', async () => {
	const n8n = await sharedN8n();
	const names = (await n8n.rest.nodeTypes())
		.map(({ name }) => name)
		.filter((name) => name.startsWith(`${PACKAGE}.`))
		.map((name) => name.slice(PACKAGE.length + 1));
	const tools = names.filter((name) => name.endsWith('Tool'));
	const nodes = names.filter((name) => !name.endsWith('Tool'));
	const regular = nodes.filter((name) => !name.endsWith('Trigger'));
	expect(nodes.length).toBeGreaterThan(regular.length);
	const files = readdirSync(__dirname);
	expect(nodes.filter((name) => !files.includes(`${name}.test.ts`))).toEqual([]);
	const checked = regular.filter((name) =>
		readFileSync(join(__dirname, `${name}.test.ts`), 'utf8').includes(`node: '${name}'`),
	);
	expect(checked).toEqual(regular);
	expect(tools.sort()).toEqual(regular.map((name) => `${name}Tool`).sort());
});
