// The build: `gulp build` makes everything that is published, `gulp serve` only what `npm start` runs.
const { existsSync } = require('node:fs');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const manifest = require('./package.json');

const SDL = 'graphql/schema/*.graphql';
const RESOLVER_TYPES = 'graphql/generated/resolverTypes.ts';

/** pdfkit reads its font metrics from its own folder, so it is loaded as it is installed. */
const NOT_BUNDLED = ['pdfkit'];

/** @type {esbuild.BuildOptions} */
const bundle = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', legalComments: 'none' };

async function clean() {
	const folders = ['dist', 'graphql/dist', 'sandbox/dist'];
	await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Resolver types from the SDL; `graphql/codegen.js` says which of our types stand behind which of the graph's. */
async function sdlTypes() {
	const typeDefs = await sdlTexts();
	if (typeDefs.length === 0) return;
	const { codegen } = require('@graphql-codegen/core');
	const { mergeTypeDefs } = require('@graphql-tools/merge');
	const types = await codegen({
		filename: RESOLVER_TYPES,
		schema: mergeTypeDefs(typeDefs),
		documents: [],
		// Shared by both plugins: they must agree on the scalars.
		config: { useTypeImports: true, enumsAsTypes: true, strictScalars: true, ...codegenOptions() },
		plugins: [{ typescript: {} }, { resolvers: {} }],
		pluginMap: {
			typescript: require('@graphql-codegen/typescript'),
			resolvers: require('@graphql-codegen/typescript-resolvers'),
		},
	});
	await mkdir(join(RESOLVER_TYPES, '..'), { recursive: true });
	await writeFile(RESOLVER_TYPES, `// Generated from ${SDL} by \`gulp sdlTypes\`.\n${types}`);
}

/** @returns {Promise<string[]>} the SDL files' texts, in the order of their names */
async function sdlTexts() {
	const texts = [];
	for await (const file of src(SDL, { allowEmpty: true })) texts.push(file.contents.toString());
	return texts;
}

function codegenOptions() {
	const path = join(__dirname, 'graphql/codegen.js');
	return existsSync(path) ? require(path) : {};
}

function types() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit'], { stdio: 'inherit' });
}

/** The entry points are the compiled files that the manifest shows n8n. */
async function nodes() {
	const entryPoints = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((compiled) =>
		compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
	if (entryPoints.length === 0) return;
	await esbuild.build({
		...bundle,
		entryPoints,
		outdir: 'dist',
		outbase: '.',
		external: ['n8n-workflow'],
		mainFields: ['module', 'main'],
	});
}

/** Icons, codex and output schemas; as bytes, since gulp would take a PNG for UTF-8. */
function statics() {
	const files = ['nodes', 'credentials'].map((folder) => `${folder}/**/*.{svg,png,json}`);
	return src(files, { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));
}

function bundleServer() {
	return bundleCommand('graphql');
}

/** Beside the bundle, as it lies beside `graphql/cli.ts`. */
function copySdl() {
	return src(SDL, { encoding: false, allowEmpty: true }).pipe(dest('graphql/dist/schema'));
}

/** The example client's types, from the schema and the sample queries; what is written is committed. */
async function clientTypes() {
	const { makeExecutableSchema } = require('@graphql-tools/schema');
	const { operationTypes } = require('./examples/client/generate');
	const queries = [];
	for await (const file of src('examples/queries/*.graphql')) queries.push(file.contents.toString());
	const schema = makeExecutableSchema({ typeDefs: await sdlTexts() });
	await mkdir('examples/client/generated', { recursive: true });
	await writeFile('examples/client/generated/operations.ts', operationTypes(schema, queries));
}

/** GraphiQL and the sample queries for the browser: served from the package, so that no page asks another host. */
async function explorer() {
	await esbuild.build({
		entryPoints: ['graphql/explorer/explorer.js'],
		outdir: 'graphql/dist/explorer',
		bundle: true,
		minify: true,
		format: 'esm',
		target: 'es2022',
		legalComments: 'eof',
		define: { 'process.env.NODE_ENV': '"production"' },
		loader: { '.graphql': 'text', '.ttf': 'dataurl' },
	});
}

function sandbox() {
	return bundleCommand('sandbox');
}

/** One CommonJS file out of a workspace's command and all that it imports. */
async function bundleCommand(workspace) {
	const entryPoint = `${workspace}/cli.ts`;
	if (!existsSync(entryPoint)) return;
	await esbuild.build({
		...bundle,
		entryPoints: [entryPoint],
		outfile: `${workspace}/dist/cli.js`,
		external: NOT_BUNDLED,
	});
}

const server = parallel(bundleServer, copySdl, explorer);
const build = series(clean, sdlTypes, parallel(types, nodes, statics, server, sandbox));

module.exports = {
	default: build,
	build,
	clean,
	sdlTypes,
	types,
	nodes,
	statics,
	server,
	explorer,
	clientTypes,
	sandbox,
	serve: server,
};
