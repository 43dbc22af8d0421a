// How what is published is bundled: for the build, and for the test that weighs it.

/**
 * pdfkit reads its font metrics from its own folder, so it is loaded as it is installed. An OpenTelemetry SDK finds the
 * spans only of the copy of the API that it uses itself.
 */
const NOT_BUNDLED = ['pdfkit', '@opentelemetry/api'];

/** Apollo looks for Node's hashes where a bundle has none, and would hash every query in JavaScript. */
const NODES_OWN_HASHES = { '@apollo/utils.createhash': 'node:crypto' };

/** @type {import('esbuild').BuildOptions} */
const bundle = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', legalComments: 'none' };

/**
 * Files that n8n loads: it has its own copies of what is left out.
 * @param {string[]} entryPoints from the root
 * @returns {import('esbuild').BuildOptions}
 */
function nodeBundle(entryPoints) {
	return {
		...bundle,
		entryPoints,
		outbase: '.',
		external: ['n8n-workflow', 'luxon'],
		mainFields: ['module', 'main'],
	};
}

/**
 * One file out of a command and all that it imports.
 * @param {string} entryPoint from the root
 * @returns {import('esbuild').BuildOptions}
 */
function commandBundle(entryPoint) {
	return {
		...bundle,
		entryPoints: [entryPoint],
		external: NOT_BUNDLED,
		alias: NODES_OWN_HASHES,
		// Node holds a program's text as long as it runs, and a comment beyond Latin-1 makes all of it twice as long.
		minifyWhitespace: true,
		lineLimit: 120,
	};
}

module.exports = { commandBundle, nodeBundle };
