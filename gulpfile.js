// The build: `gulp build` makes everything that is published, `gulp serve` only what `npm start` runs.
const { existsSync } = require('node:fs');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { dirname, join, relative } = require('node:path');

const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const { commandBundle, nodeBundle } = require('./bundles');
const manifest = require('./package.json');

const SDL = 'graphql/schema/*.graphql';
const RESOLVER_TYPES = 'graphql/generated/resolverTypes.ts';

async function clean() {
	await Promise.all(['dist', 'graphql/dist', 'sandbox/dist'].map(remove));
}

function cleanNodes() {
	return remove('dist');
}

function remove(folder) {
	return rm(folder, { recursive: true, force: true });
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

/** The whole schema in one file, for clients and for the next release to be held against. */
function schema() {
	return spawn(process.execPath, ['--import', 'tsx', 'graphql/printSchema.ts'], { stdio: 'inherit' });
}

function codegenOptions() {
	const path = join(__dirname, 'graphql/codegen.js');
	return existsSync(path) ? require(path) : {};
}

function types() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit'], { stdio: 'inherit' });
}

const SHARED_CORE = 'nodes/shared/core';

/** The entry points are the compiled files that the manifest shows n8n, and the core that they share. */
async function nodes() {
	const entryPoints = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((compiled) =>
		compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
	const folders = new Set(entryPoints.map(dirname));
	await Promise.all([
		bundleForN8n([`${SHARED_CORE}.ts`], []),
		...[...folders].map((folder) =>
			bundleForN8n(
				entryPoints.filter((entryPoint) => dirname(entryPoint) === folder),
				[requiredOnce(SHARED_CORE, folder)],
			),
		),
	]);
}

function bundleForN8n(entryPoints, plugins) {
	return esbuild.build({ ...nodeBundle(entryPoints), plugins, outdir: 'dist' });
}

/**
 * A module that bundles `require` instead of holding a copy of it, so that it is loaded once and its classes are the same
 * everywhere. `folder` is where the bundles lie.
 * @returns {esbuild.Plugin}
 */
function requiredOnce(module, folder) {
	const path = `${relative(folder, module)}.js`;
	return {
		name: 'required-once',
		setup: ({ onResolve }) =>
			onResolve({ filter: /\/core$/ }, ({ path: imported, resolveDir }) =>
				join(resolveDir, imported) === join(__dirname, module)
					? { path: path.startsWith('.') ? path : `./${path}`, external: true }
					: undefined,
			),
	};
}

/** Icons, codex and output schemas; as bytes, since gulp would take a PNG for UTF-8. */
function statics() {
	const files = ['nodes', 'credentials'].map((folder) => `${folder}/**/*.{svg,png,json}`);
	return src(files, { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));
}

/** Pages from tables in the code and from measured rows; committed, so that they can be read without a build. */
async function docs() {
	const load = (module) => require('tsx/cjs/api').require(module, __filename);
	const { capabilitiesPage } = load('./docs/generator/capabilitiesPage.ts');
	const { reliabilityPage } = load('./docs/generator/reliabilityPage.ts');
	const { performancePage } = load('./docs/generator/performancePage.ts');
	await writeFile('docs/capabilities.md', capabilitiesPage());
	await writeFile('docs/reliability.md', reliabilityPage());
	const { growthImages } = load('./docs/generator/growthSection.ts');
	const { readResult } = load('./bench/results.ts');
	const [graph, n8n, growth, start] = ['graph', 'n8n', 'growth', 'start'].map((suite) => readResult(suite));
	await writeFile('docs/performance.md', performancePage({ graph, n8n, growth, start }));
	for (const [name, image] of Object.entries(growthImages(growth))) await writeFile(`docs/images/${name}`, image);
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

/** As clients' tools want it: one file, published with the package. */
function copyPrintedSchema() {
	return src('docs/schema.graphql', { encoding: false }).pipe(dest('graphql/dist'));
}

function sandbox() {
	return bundleCommand('sandbox');
}

/** One CommonJS file out of a workspace's command and all that it imports. */
async function bundleCommand(workspace) {
	const entryPoint = `${workspace}/cli.ts`;
	if (!existsSync(entryPoint)) return;
	await esbuild.build({ ...commandBundle(entryPoint), outfile: `${workspace}/dist/cli.js` });
}

const server = parallel(bundleServer, copySdl, copyPrintedSchema, explorer);
const build = series(clean, sdlTypes, parallel(types, nodes, statics, server, sandbox));
/** Only what n8n loads. */
const nodePackage = series(cleanNodes, parallel(nodes, statics));

module.exports = {
	default: build,
	build,
	clean,
	docs,
	sdlTypes,
	schema,
	types,
	nodes,
	statics,
	nodePackage,
	server,
	explorer,
	clientTypes,
	sandbox,
	serve: server,
};
