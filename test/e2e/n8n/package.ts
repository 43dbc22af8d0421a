// The node package as a user gets it: built, packed, and unpacked where n8n looks for community packages.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { newcomersEnvironment } from '../runningServer';

export const PACKAGE = 'n8n-nodes-telecom-billing';

const REPOSITORY = join(__dirname, '..', '..', '..');

/** @param userFolder n8n's: nodes of the package have their published type names there, `n8n-nodes-telecom-billing.lumen` */
export function installPackage(userFolder: string): void {
	const packed = mkdtempSync(join(tmpdir(), 'packed-'));
	try {
		run(join(REPOSITORY, 'node_modules', '.bin', 'gulp'), ['nodePackage', '--silent']);
		run('npm', ['pack', '--silent', '--pack-destination', packed]);
		const target = join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
		rmSync(target, { recursive: true, force: true });
		mkdirSync(target, { recursive: true });
		for (const tarball of readdirSync(packed)) {
			run('tar', ['-xzf', join(packed, tarball), '-C', target, '--strip-components', '1']);
		}
	} finally {
		rmSync(packed, { recursive: true, force: true });
	}
}

function run(command: string, args: readonly string[]): void {
	execFileSync(command, args, { cwd: REPOSITORY, env: newcomersEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] });
}
