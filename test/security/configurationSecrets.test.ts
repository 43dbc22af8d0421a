/** Secrets in a configuration that YAML reads as something else: no mistake that is told quotes them. */
import { inspect } from 'node:util';

import { parseConfig } from '../../graphql/server/config';

it.each<[string, (hidden: string) => string]>([
	['an alias', (hidden) => `*${hidden}`],
	['a tag', (hidden) => `!${hidden} x`],
	['a block', (hidden) => `|${hidden}`],
	['a map', (hidden) => `{ ${hidden}`],
	['a broken text', (hidden) => `"${hidden}`],
	['a text with a colon', (hidden) => `a: b: ${hidden}`],
	['two texts', (hidden) => `"a" ${hidden}`],
	['a text in a list', (hidden) => `[${hidden}]`],
	['a member', (hidden) => `{ a: ${hidden} }`],
])('a secret that YAML takes for %s is not told in the configuration’s mistakes', (_what, written) => {
	const hidden = 'planted-in-yaml-5d2e';
	const yaml = `access: { open: true }
connections:
  - id: a
    provider: TMF678
    baseUrl: https://x.example.com
    auth:
      kind: BEARER
      token: ${written(hidden)}
`;
	let told = '';
	try {
		parseConfig(yaml, { file: 'c.yaml', env: {}, readFile: () => '' });
	} catch (error) {
		expect(error).toMatchObject({ name: 'ConfigError' });
		told = inspect(error, { depth: 10 });
	}
	expect(told).toMatch(/line \d/);
	expect(told).not.toContain(hidden);
});
