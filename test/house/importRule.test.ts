// The import rule, held against the real ESLint configuration: imports run downwards only.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const REPOSITORY = join(__dirname, '..', '..');

const DIRECTION = 'import-x/no-restricted-paths';
const PACKAGE = 'no-restricted-imports';
const GLOBAL = 'no-restricted-globals';

/** What a planted file says: an import of one of the targets below, or a statement as it stands. */
interface Planted {
	readonly from: string;
	readonly says: string;
	/** The rules that must refuse it; none where it is allowed. */
	readonly refusedBy: readonly string[];
}

/** One file a folder, there to be imported. */
const TARGETS = [
	'providers/connector.ts',
	'finance/reconcile.ts',
	'graphql/schema.ts',
	'sandbox/server.ts',
	'sandbox/ledger.ts',
	'nodes/Lumen/transport.ts',
	'credentials/lumen.ts',
	'test/fixture.ts',
] as const;
type Target = (typeof TARGETS)[number];

const SANDBOX: readonly Target[] = ['sandbox/server.ts', 'sandbox/ledger.ts'];
const N8N_FACE: readonly Target[] = ['nodes/Lumen/transport.ts', 'credentials/lumen.ts'];

const DIRECTIONS: readonly { readonly from: string; readonly forbidden: readonly Target[] }[] = [
	{ from: 'providers/lumen/planted.ts', forbidden: TARGETS.filter((target) => !target.startsWith('providers/')) },
	{ from: 'finance/planted.ts', forbidden: TARGETS.filter((target) => !/^(providers|finance)\//.test(target)) },
	{ from: 'nodes/TelecomBill/planted.ts', forbidden: ['graphql/schema.ts', ...SANDBOX, 'test/fixture.ts'] },
	{ from: 'credentials/planted.ts', forbidden: ['graphql/schema.ts', ...SANDBOX, 'test/fixture.ts'] },
	{ from: 'graphql/planted.ts', forbidden: [...N8N_FACE, ...SANDBOX, 'test/fixture.ts'] },
	{ from: 'graphql/resolvers/planted.ts', forbidden: [...N8N_FACE, ...SANDBOX, 'test/fixture.ts'] },
	{ from: 'graphql/server/planted.ts', forbidden: [...N8N_FACE, 'sandbox/ledger.ts', 'test/fixture.ts'] },
	{ from: 'sandbox/lumen/planted.ts', forbidden: TARGETS.filter((target) => !target.startsWith('sandbox/')) },
	{ from: 'test/planted.ts', forbidden: [] },
];

const everyDirection: readonly Planted[] = DIRECTIONS.flatMap(({ from, forbidden }) =>
	TARGETS.map((target) => ({
		from,
		says: importOf(from, target),
		refusedBy: forbidden.includes(target) ? [DIRECTION] : [],
	})),
);

const everyBannedImport: readonly Planted[] = [
	...["import 'undici';", "import 'node:zlib';", "import 'stream';", "import 'buffer';", "import 'node:fs';"],
	...["import 'fflate';", "import 'csv-parse';", "import 'dataloader';", "import 'n8n-workflow';"],
].map((says) => ({ from: 'providers/lumen/planted.ts', says, refusedBy: [PACKAGE] }));

const everyBannedGlobal: readonly Planted[] = [
	'setTimeout(String, 1);',
	'clearTimeout(1);',
	'setInterval(String, 1);',
	'export const secret = process.env;',
	'export const all = globalThis;',
	"void fetch('http://127.0.0.1/');",
].map((says) => ({ from: 'finance/planted.ts', says, refusedBy: [GLOBAL] }));

const restOfTheBundleRules: readonly Planted[] = [
	{ from: 'providers/planted.ts', says: 'console.log(1);', refusedBy: [GLOBAL] },
	{ from: 'providers/planted.ts', says: "export const one = new Function('return 1');", refusedBy: ['no-new-func'] },
	{ from: 'providers/planted.ts', says: "void import('big.js');", refusedBy: ['no-restricted-syntax'] },
	...["import 'big.js';", "import 'csv-parse/sync';", "import 'fflate/browser';"].map((says) => ({
		from: 'providers/planted.ts',
		says,
		refusedBy: [],
	})),
	{ from: 'providers/planted.ts', says: "import 'node:crypto';", refusedBy: [] },
	{
		from: 'providers/planted.ts',
		says: "export const kept = [Buffer.from(''), new URL('http://a/'), new TextDecoder(), AbortSignal.timeout(1)];",
		refusedBy: [],
	},
	{ from: 'sandbox/planted.ts', says: 'setTimeout(String, 1);', refusedBy: [] },
];

const nodeRules: readonly Planted[] = [
	{
		from: 'nodes/Lumen/planted.ts',
		says: 'setTimeout(String, 1);',
		refusedBy: ['@n8n/community-nodes/no-restricted-globals'],
	},
	{
		from: 'credentials/planted.ts',
		says: "import 'node:fs';",
		refusedBy: ['@n8n/community-nodes/no-restricted-imports'],
	},
];

const planted = [...everyDirection, ...everyBannedImport, ...everyBannedGlobal, ...restOfTheBundleRules, ...nodeRules];
const rulesWatched = new Set(planted.flatMap(({ refusedBy }) => refusedBy));

let refusals: readonly (readonly string[])[];

/** A house with the real configuration, the targets, and one file for each planted snippet. */
beforeAll(() => {
	const house = realpathSync(mkdtempSync(join(tmpdir(), 'import-rule-')));
	try {
		for (const file of ['eslint.config.mjs', 'tsconfig.json', 'package.json']) {
			copyFileSync(join(REPOSITORY, file), join(house, file));
		}
		symlinkSync(realpathSync(join(REPOSITORY, 'node_modules')), join(house, 'node_modules'));
		for (const target of TARGETS) write(house, target, 'export const value = 1;\n');
		const files = planted.map(({ from, says }, index) => write(house, numbered(from, index), `${says}\n`));
		refusals = lint(house, files);
	} finally {
		rmSync(house, { recursive: true, force: true });
	}
}, 120_000);

test.each(planted.map((snippet, index) => ({ ...snippet, index, verdict: verdict(snippet) })))(
	'$from: $says is $verdict',
	({ refusedBy, index }) => {
		expect(refusals[index]).toEqual([...refusedBy].sort());
	},
);

function verdict({ refusedBy }: Planted): string {
	return refusedBy.length === 0 ? 'allowed' : `refused by ${refusedBy.join(' and ')}`;
}

function importOf(from: string, target: Target): string {
	const path = relative(dirname(from), target).replace(/\.ts$/, '');
	return `export { value } from '${path.startsWith('.') ? path : `./${path}`}';`;
}

function numbered(file: string, index: number): string {
	return file.replace(/\.ts$/, `${index}.ts`);
}

function write(house: string, file: string, text: string): string {
	const path = join(house, file);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
	return path;
}

/** For each file, in the order given: the watched rules that refused it, sorted; anything that kept ESLint from linting it. */
function lint(house: string, files: readonly string[]): string[][] {
	const script = join(REPOSITORY, 'test', 'house', 'lintSnippets.mjs');
	const output = execFileSync(process.execPath, [script, ...files], { cwd: house, maxBuffer: 64 * 1024 * 1024 });
	const results = JSON.parse(output.toString()) as {
		filePath: string;
		messages: { ruleId: string | null; message: string }[];
	}[];
	const byFile = new Map(results.map(({ filePath, messages }) => [filePath, messages]));
	return files.map((file) => {
		const rules = (byFile.get(file) ?? [{ ruleId: null, message: 'not linted' }])
			.filter(({ ruleId }) => ruleId === null || rulesWatched.has(ruleId))
			.map(({ ruleId, message }) => ruleId ?? message);
		return [...new Set(rules)].sort();
	});
}
