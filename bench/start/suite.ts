/** How long it takes until the server is ready and each node is loaded, how large the packages are, and what a first try costs. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import manifest from '../../package.json';
import { type Begun, bareNode, coldStart, importOf, serverReady } from './programs';
import { BARE_NODE, COLD_START, type StartRow } from './rows';

const ROOT = join(__dirname, '../..');

export interface StartOptions {
	readonly rounds: number;
	/** Whether a fresh clone is installed and started too, which takes minutes. */
	readonly isCold: boolean;
	readonly say: (line: string) => void;
}

/** In each round every program is begun once, one after the other. */
export async function startSuite({ rounds, isCold, say }: StartOptions): Promise<readonly StartRow[]> {
	const programs: readonly (readonly [string, () => Begun | Promise<Begun>])[] = [
		[BARE_NODE, bareNode],
		['node graphql/dist/cli.js', serverReady],
		...manifest.n8n.nodes.map((file) => [file, () => importOf(file)] as const),
	];
	const rows: StartRow[] = packedSizes();
	const begin = async (name: string, round: number, program: () => Begun | Promise<Begun>): Promise<void> => {
		const { wallMs, cpuMs } = await program();
		rows.push({ kind: 'time', name, round, wallMs: rounded(wallMs), cpuMs: cpuMs === null ? null : rounded(cpuMs) });
		say(`${name} round ${round}: ${Math.round(wallMs)} ms`);
	};
	for (let round = 1; round <= rounds; round += 1) {
		for (const [name, program] of programs) await begin(name, round, program);
	}
	if (isCold) await begin(COLD_START, 1, coldStart);
	return rows;
}

interface Packed {
	readonly name: string;
	readonly size: number;
	readonly unpackedSize: number;
	readonly entryCount: number;
}

/** As `npm pack` would make them; nothing is written. */
function packedSizes(): StartRow[] {
	const args = ['pack', '--dry-run', '--json', '--workspaces', '--include-workspace-root'];
	const packages = JSON.parse(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' })) as readonly Packed[];
	return packages.map(({ name, size, unpackedSize, entryCount }) => ({
		kind: 'size',
		name,
		packedBytes: size,
		unpackedBytes: unpackedSize,
		files: entryCount,
	}));
}

function rounded(figure: number): number {
	return Number(figure.toFixed(3));
}
