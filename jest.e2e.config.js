// Jest from outside: fresh clones and real processes, so minutes rather than seconds.
const { transform, transformIgnorePatterns } = require('./jest.config');

/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test/e2e'],
	testEnvironment: 'node',
	globalSetup: '<rootDir>/test/e2e/setup.ts',
	globalTeardown: '<rootDir>/test/e2e/teardown.ts',
	testTimeout: 600_000,
	maxWorkers: 1,
	transform,
	transformIgnorePatterns,
};
