/** The command line: what it prints, what it takes, and that it stops when told to. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

interface Run {
	readonly process: ReturnType<typeof spawn>;
	/** What was printed until `ending` was seen, or until the process ended. */
	output(ending: string): Promise<string>;
}

function run(...options: string[]): Run {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', ...options], { cwd: ROOT });
	let printed = '';
	const collect = (chunk: Buffer): void => void (printed += chunk.toString());
	child.stdout.on('data', collect);
	child.stderr.on('data', collect);
	const output = async (ending: string): Promise<string> => {
		for (let turn = 0; turn < 150 && !printed.includes(ending) && child.exitCode === null; turn++) {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		return printed;
	};
	return { process: child, output };
}

it('prints addresses and credentials, serves what was asked for, and stops at SIGTERM', async () => {
	const { process: child, output } = run(
		'--port',
		'0',
		'--accounts',
		'1',
		'--bills',
		'3',
		'--today',
		'2026-11-23',
		'--page-limit',
		'2',
	);
	const text = await output('Stop it with');
	const url = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? '';
	expect(text).toContain('client lumen-demo, secret lumen-demo-secret');
	expect(text).toContain(`${url}/orange/oauth/v3/token`);
	const bills = await fetch(`${url}/brm-open/customerBillManagement/v4/customerBill`);
	expect([bills.headers.get('x-total-count'), bills.headers.get('x-result-count')]).toEqual(['3', '2']);
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	expect(await ended).toEqual([0, null]);
});

it.each([
	['--port', 'abc', 'A whole number is expected'],
	['--accounts', '0', 'accounts must be a whole number from 1'],
	['--today', 'tomorrow', 'today must be a day'],
])('refuses %s %s in words', async (option, value, words) => {
	const { process: child, output } = run(option, value);
	const ended = once(child, 'exit');
	expect(await output(words)).toContain(words);
	expect(await ended).toEqual([1, null]);
});
