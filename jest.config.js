// Jest: the fast tests. Types are checked apart (`npm run types`); the tests from outside are in jest.e2e.config.js.
/** @type {import('jest').Config} */
module.exports = {
	// No `roots`: Jest knows no file outside them, and one that no test loads would be missing from the coverage.
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/test/e2e/'],
	testEnvironment: 'node',
	testTimeout: 20_000,
	// A process that has run a hundred suites is too slow for tests of time: a new one takes its place.
	workerIdleMemoryLimit: '1GB',
	modulePathIgnorePatterns: ['/dist/'],
	transform: {
		'\\.[jt]s$': [
			'@swc/jest',
			{ swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	// jose is published as ES modules only.
	transformIgnorePatterns: ['/node_modules/(?!jose/)'],
	collectCoverageFrom: [
		'{providers,finance,graphql,sandbox,nodes,credentials}/**/*.ts',
		'!**/{node_modules,dist,generated}/**',
	],
	coverageReporters: ['text-summary', 'lcov'],
	coverageThreshold: { './providers/': { branches: 95 } },
};
