/** What is published stays as small as it is: a library that slips into a bundle shows here. */
import { join } from 'node:path';

import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '../..');

/** Bytes of the bundle as `gulpfile.js` makes it. */
function sizeOf(entryPoint: string, external: string[], mainFields?: string[]): number {
	const { outputFiles } = buildSync({
		entryPoints: [join(ROOT, entryPoint)],
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		legalComments: 'none',
		write: false,
		external,
		...(mainFields === undefined ? {} : { mainFields }),
	});
	return outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
}

it('the core that all nodes share: less than 430 kB', () => {
	expect(sizeOf('nodes/shared/core.ts', ['n8n-workflow', 'luxon'], ['module', 'main'])).toBeLessThan(430_000);
});

it('the server: less than 8 MB', () => {
	expect(sizeOf('graphql/cli.ts', ['pdfkit', '@opentelemetry/api'])).toBeLessThan(8_000_000);
});
