// Scans the folder named on the command line as n8n does before it verifies a package; prints what it found as JSON.
// A process of its own: Jest's module loader cannot import the scanner, which is an ES module.
import { SOURCE_FILE_PATTERNS, analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, leg] = process.argv.slice(2);
// As the scanner's own command calls it: the source first, then what was packed.
const patterns = leg === 'source' ? SOURCE_FILE_PATTERNS : undefined;
process.stdout.write(JSON.stringify(await analyzePackage(folder, patterns)));
