// Lints the files named on the command line with the configuration found in this process's folder; prints ESLint's results.
// A process of its own: Jest's module loader cannot import the configuration, which is an ES module.
import { ESLint } from 'eslint';

const results = await new ESLint().lintFiles(process.argv.slice(2));
process.stdout.write(JSON.stringify(results));
