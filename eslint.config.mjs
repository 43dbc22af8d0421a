// Lint: strict types, who may import whom, what bundled code may use, and the rules n8n verifies community nodes with.
import { readFileSync } from 'node:fs';

import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.ts'];
const SCRIPTS = ['**/*.{js,mjs,cjs}'];
const N8N_FACE = ['{nodes,credentials}/**/*.ts'];
/** Compiled into the n8n bundle, which n8n scans: what is used here must pass that scan. */
const SHARED_CORE = ['{providers,finance}/**/*.ts'];

/** Imports run downwards only. A folder may import from itself and from what its line does not name. */
const importZones = [
	{ target: './providers', from: ['./finance', './graphql', './sandbox', './nodes', './credentials'] },
	{ target: './finance', from: ['./graphql', './sandbox', './nodes', './credentials'] },
	{ target: ['./nodes', './credentials'], from: ['./graphql', './sandbox'] },
	{ target: './graphql', from: ['./nodes', './credentials'] },
	// The server starts a sandbox when nothing is configured; that is all the graph knows of it.
	{ target: './graphql/server', from: './sandbox', except: ['./server.ts'] },
	{ target: ['./graphql/*', './graphql/!(server)/**/*'], from: './sandbox' },
	{ target: './sandbox', from: ['./providers', './finance', './graphql', './nodes', './credentials'] },
	{ target: ['./{providers,finance,graphql,sandbox,nodes,credentials}/**/*'], from: ['./test', './bench'] },
];

const strictTypes = {
	files: TYPESCRIPT,
	extends: [tseslint.configs.strictTypeChecked],
	languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
	rules: {
		eqeqeq: 'error',
		'@typescript-eslint/consistent-type-exports': 'error',
		'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
		'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
		'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
		'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
		'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
		// An async function without await turns a throw into a rejection, which is what an interface of promises asks for.
		'@typescript-eslint/require-await': 'off',
	},
};

const tests = {
	files: ['test/**/*.ts'],
	rules: {
		// `expect.any()` and `expect.objectContaining()` are typed any; `expect(x.method)` hands over an unbound method.
		'@typescript-eslint/no-unsafe-assignment': 'off',
		'@typescript-eslint/unbound-method': 'off',
		'@typescript-eslint/no-non-null-assertion': 'off',
	},
};

const imports = {
	files: TYPESCRIPT,
	plugins: { 'import-x': importX },
	settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
	rules: {
		'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: importZones }],
		'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
	},
};

const NO_GETTERS_OF_ONE_OBJECT = {
	selector: 'ObjectExpression > Property[kind="get"]',
	message: 'What it sees stays in memory until the next full garbage collection: write a class.',
};

const faces = {
	files: ['graphql/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
	rules: { 'no-restricted-syntax': ['error', NO_GETTERS_OF_ONE_OBJECT] },
};

const sharedCore = {
	files: SHARED_CORE,
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						regex: '^(?!\\.{1,2}/|(big\\.js|csv-parse/sync|fflate/browser|node:crypto)$)',
						message:
							'The shared core may use big.js, csv-parse/sync, fflate/browser and node:crypto: the rest does not pass the scan of the packed nodes.',
					},
				],
			},
		],
		'no-restricted-syntax': [
			'error',
			{ selector: 'ImportExpression', message: 'The shared core is one bundle: import statically.' },
			NO_GETTERS_OF_ONE_OBJECT,
		],
		'no-restricted-globals': [
			'error',
			...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'].map(
				(name) => ({
					name,
					message: 'Time is injected: take a Clock.',
				}),
			),
			...['fetch', 'XMLHttpRequest', 'WebSocket'].map((name) => ({
				name,
				message: 'I/O is injected: take a Transport.',
			})),
			...['process', 'global', 'globalThis', 'console', 'require', 'module', '__dirname', '__filename'].map((name) => ({
				name,
				message: 'Does not pass the scan of the packed nodes.',
			})),
		],
		'no-eval': 'error',
		'no-new-func': 'error',
	},
};

const scripts = {
	files: SCRIPTS,
	extends: [tseslint.configs.strict],
	rules: { eqeqeq: 'error', '@typescript-eslint/no-require-imports': 'off' },
};

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Before its first node the package cannot be published; it can be linted all the same. */
const withoutNodes = {
	'@n8n/community-nodes/n8n-object-validation': 'off',
	'n8n-nodes-base/community-package-json-n8n-nodes-empty': 'off',
};

/** The rules of n8n's own package scan, with the exceptions that the scan makes. */
const n8nRules = [
	{
		...n8nCommunityNodesPlugin.configs.recommended,
		files: [...N8N_FACE, 'package.json'],
	},
	{ files: N8N_FACE, rules: { 'no-console': 'error' } },
	{ files: [...N8N_FACE, 'package.json'], plugins: { 'n8n-nodes-base': n8nNodesBase } },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['package.json'],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...n8nNodesBase.configs.community.rules,
			...(manifest.n8n.nodes.length === 0 ? withoutNodes : {}),
		},
	},
];

export default defineConfig(
	globalIgnores(['**/dist/', '**/node_modules/', 'coverage/', 'graphql/generated/', 'artifacts/', '.n8n-home/']),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	strictTypes,
	tests,
	imports,
	faces,
	sharedCore,
	scripts,
	...n8nRules,
);
