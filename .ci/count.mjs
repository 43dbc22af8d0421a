// Sums the suites that .ci/run left in a folder: `NAME.json` by Jest (absent when Jest was not reached), `NAME.exit` its exit code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];

/** @param {string} name */
function outcome(name) {
	const report = join(folder, `${name}.json`);
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = existsSync(report)
		? JSON.parse(readFileSync(report, 'utf8'))
		: { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
	const failed = numFailedTests + numRuntimeErrorTestSuites;
	const exitCode = Number(readFileSync(join(folder, `${name}.exit`), 'utf8'));
	// Lint, types, coverage or a crash: something failed that no test counts.
	return { name, passed: numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

const outcomes = readdirSync(folder)
	.filter((file) => file.endsWith('.exit'))
	.map((file) => outcome(file.slice(0, -'.exit'.length)));

for (const { name, passed, failed } of outcomes) console.log(`${name}: ${passed} passed, ${failed} failed`);

const sum = (/** @type {'passed' | 'failed'} */ key) => outcomes.reduce((total, each) => total + each[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
