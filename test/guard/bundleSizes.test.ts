/** What is published stays as small as it is: a library that slips into a bundle shows here. */
import { join } from 'node:path';

import { type BuildOptions, buildSync } from 'esbuild';

import { commandBundle, nodeBundle } from '../../bundles';

const ROOT = join(__dirname, '../..');

/** Bytes of the bundle as `gulp build` makes it. */
function sizeOf(options: BuildOptions): number {
	const { outputFiles } = buildSync({ ...options, absWorkingDir: ROOT, outdir: 'dist', write: false });
	return outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
}

/** A limit is some five hundredths above what was measured when it was set: 424 kB, 5,247 kB and 1,235 kB. */
it.each([
	['the core that all nodes share', nodeBundle(['nodes/shared/core.ts']), 445_000],
	['the server', commandBundle('graphql/cli.ts'), 5_500_000],
	['the sandbox', commandBundle('sandbox/cli.ts'), 1_300_000],
])('%s does not outgrow its limit', (_, options, limit) => {
	expect(sizeOf(options)).toBeLessThan(limit);
});
