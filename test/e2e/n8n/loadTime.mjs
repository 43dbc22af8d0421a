// Loads the node file named on the command line as n8n does, with what n8n has loaded before; prints what that took of the
// processor, in milliseconds, and the classes it found. A file: under `node -e` Node does other work at the first `require`.
import { createRequire } from 'node:module';

const [file] = process.argv.slice(2);
const require = createRequire(file);
require('n8n-workflow');
require('luxon');
const before = process.threadCpuUsage();
const classes = Object.keys(require(file));
const { user, system } = process.threadCpuUsage(before);
process.stdout.write(JSON.stringify({ ms: (user + system) / 1_000, classes }));
