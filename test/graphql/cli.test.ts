/** The command, as a user runs it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(__dirname, '../../graphql/cli.ts');

interface Run {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs the command; `atAddress` gets the GraphQL address once it is printed, and the command is then told to stop. */
async function run(
	args: readonly string[],
	env: Record<string, string>,
	atAddress: (url: string) => Promise<void> = async () => undefined,
): Promise<Run> {
	const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args], {
		env: { PATH: process.env['PATH'], ...env },
	});
	let out = '';
	let err = '';
	const used: Promise<unknown>[] = [];
	child.stdout.on('data', (chunk: Buffer) => {
		out += chunk.toString();
		const url = /GraphQL: +(\S+)\n[^]*--config/.exec(out)?.[1];
		if (url !== undefined && used.length === 0) used.push(atAddress(url).finally(() => child.kill('SIGTERM')));
	});
	child.stderr.on('data', (chunk: Buffer) => {
		err += chunk.toString();
	});
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
	await Promise.all(used);
	return { code, out, err };
}

it('without a configuration serves a sandbox, says so and where, and stops in peace', async () => {
	const answers: unknown[] = [];
	const { code, out, err } = await run([], { PORT: '0' }, async (url) => {
		const body = JSON.stringify({ query: '{ connections { id } }' });
		const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
		answers.push(await response.json());
	});
	expect(err).toBe('');
	expect(out).toMatch(/made-up bills of a sandbox/);
	expect(out).toMatch(/Start at: http:\/\/127\.0\.0\.1:\d+\//);
	expect(out).toMatch(/Truth: +http:\/\/127\.0\.0\.1:\d+\/__sandbox\/truth/);
	expect(answers).toEqual([
		{ data: { connections: [{ id: 'lumen-us' }, { id: 'brm' }, { id: 'fleet' }, { id: 'orange' }] } },
	]);
	expect(code).toBe(0);
});

it.each<[string, string[], Record<string, string>, string]>([
	[
		'a configuration that is not there',
		['--config', '/nowhere/billing.yaml'],
		{},
		'/nowhere/billing.yaml needs mending',
	],
	[
		'a configuration named in the environment',
		[],
		{ TELECOM_BILLING_CONFIG: '/nowhere/b.yaml' },
		'/nowhere/b.yaml needs',
	],
	['a port that is none', [], { PORT: 'abc' }, 'A port is a number from 0 to 65535'],
])('refuses %s in one plain message', async (_what, args, env, message) => {
	const { code, err } = await run(args, env);
	expect(err).toContain(message);
	expect(err).not.toMatch(/\n +at /);
	expect(code).toBe(1);
});

it('checks every connection, says which work, and ends', async () => {
	const { code, out, err } = await run(['--check'], {});
	expect(err).toBe('');
	expect(out).toMatch(/^lumen-us +LUMEN +works +Answered in \d+\.\d s$/m);
	expect(out).toMatch(/All 4 connections work\.\n$/);
	expect(code).toBe(0);
});
