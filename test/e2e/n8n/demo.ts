// `npm run n8n`: a real n8n with the nodes, credentials for the sandbox and the example workflows, until Ctrl-C.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox } from '../../../sandbox/server';
import { CREDENTIAL_TYPES, demoCredentials } from './demoCredentials';
import { exampleWorkflows, withCredentials } from './examples';
import { startN8n } from './host';
import { installN8n } from './install';
import { installPackage } from './package';
import { type Credential, N8nRest } from './rest';
import { OWNER } from './session';

/** Kept from run to run: what you build in the editor is there again. */
const USER_FOLDER = join(__dirname, '..', '..', '..', '.n8n-home');
const DEFAULT_PORT = 5678;

async function run(): Promise<void> {
	const installation = installN8n(say);
	say('Building the nodes and starting n8n (about 20 s) ...');
	mkdirSync(USER_FOLDER, { recursive: true });
	installPackage(USER_FOLDER);
	const sandbox = await startSandbox();
	const port = Number(process.env.PORT ?? DEFAULT_PORT);
	try {
		const n8n = await startN8n(installation, USER_FOLDER, join(USER_FOLDER, 'n8n.log'), port);
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void n8n.stop());
		const rest = new N8nRest(n8n.session);
		await importExamples(rest, await saveCredentials(rest, demoCredentials(sandbox)));
		say(welcome(n8n.session.url, sandbox.url));
		await n8n.ended;
	} finally {
		await sandbox.close();
	}
}

/** The sandbox has another port every time, so credentials made before are filled in anew. */
async function saveCredentials(
	rest: N8nRest,
	forms: ReturnType<typeof demoCredentials>,
): Promise<readonly Credential[]> {
	const known = await rest.credentials();
	const saved: Credential[] = [];
	for (const type of CREDENTIAL_TYPES) {
		const { name, data } = forms[type];
		const old = known.find((credential) => credential.type === type && credential.name === name);
		saved.push(
			old === undefined ? await rest.createCredential(type, name, data) : await rest.updateCredential(old, data),
		);
	}
	return saved;
}

/** A workflow that is there already may have been edited, and is left alone. */
async function importExamples(rest: N8nRest, credentials: readonly Credential[]): Promise<void> {
	const known = new Set((await rest.workflows()).map(({ name }) => name));
	for (const workflow of exampleWorkflows()) {
		if (!known.has(workflow.name)) await rest.createWorkflow(withCredentials(workflow, credentials));
	}
}

function welcome(n8nUrl: string, sandboxUrl: string): string {
	return `
n8n        ${n8nUrl}
sign in    ${OWNER.email}
password   ${OWNER.password}
sandbox    ${sandboxUrl}

The credentials named "(sandbox)" are ready to use. Ctrl-C stops all of it; your workflows are kept in .n8n-home/.
`;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

run().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
