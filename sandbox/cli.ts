#!/usr/bin/env node
/** `telecom-billing-sandbox`: starts the sandbox and says how to use it. */
import { Command, InvalidArgumentError } from 'commander';

import type { SandboxOptions } from './context';
import { DEMO_CREDENTIALS } from './demoCredentials';
import { type RunningSandbox, startSandbox } from './server';

interface CliOptions {
	readonly port: number;
	readonly host: string;
	readonly accounts: number;
	readonly bills: number;
	readonly rates: number;
	readonly latency: number;
	readonly seed: number;
	readonly today?: string;
	readonly pageLimit?: number;
}

const command = new Command('telecom-billing-sandbox')
	.description('Lumen, Oracle BRM and TMF678, floLIVE and Orange Business billing APIs on this machine')
	.option('--port <port>', 'port to listen on; 0 picks a free one', whole, 4010)
	.option('--host <host>', 'address to listen on', '127.0.0.1')
	.option('--accounts <count>', 'billing accounts a provider', whole, 2)
	.option('--bills <count>', 'bills an account, one a month', whole, 24)
	.option('--rates <count>', 'rates a bill', whole, 20)
	.option('--latency <ms>', 'wait before every answer', whole, 0)
	.option('--seed <number>', 'the same seed makes the same data', whole, 1)
	.option('--today <day>', 'the day the sandbox takes for today, YYYY-MM-DD')
	.option('--page-limit <rows>', 'most rows a page, at every provider', whole);

function whole(text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
	return Number(text);
}

function sandboxOptions(cli: CliOptions): Partial<SandboxOptions> {
	const limits = cli.pageLimit === undefined ? undefined : { default: cli.pageLimit, max: cli.pageLimit };
	return {
		port: cli.port,
		host: cli.host,
		accounts: cli.accounts,
		billsPerAccount: cli.bills,
		ratesPerBill: cli.rates,
		latencyMs: cli.latency,
		seed: cli.seed,
		...(cli.today !== undefined && { today: cli.today }),
		...(limits && { pageLimits: { lumen: limits, oracleBrm: limits, orange: limits } }),
	};
}

function greeting({ url, connections }: RunningSandbox): string {
	const { lumen, oracleBrm, floLive, orange } = DEMO_CREDENTIALS;
	const credentials: Readonly<Record<string, string>> = {
		'lumen-us': `client ${lumen.clientId}, secret ${lumen.clientSecret}`,
		brm: `client ${oracleBrm.clientId}, secret ${oracleBrm.clientSecret}`,
		fleet: `bearer token ${floLive.token}`,
		orange: `client ${orange.clientId}, secret ${orange.clientSecret}, API key ${orange.apiKey}`,
	};
	const lines = connections.flatMap(({ id, baseUrl, accounts, auth }) => [
		`  ${id.padEnd(9)} ${baseUrl}`,
		`            ${credentials[id] ?? ''}`,
		...(auth.kind === 'CLIENT_CREDENTIALS' ? [`            token URL ${auth.tokenUrl}`] : []),
		...(accounts === undefined ? [] : [`            accounts ${accounts.join(', ')}`]),
	]);
	return [
		`The telecom billing sandbox listens on ${url}`,
		'',
		...lines,
		'',
		`  Without a token: ${url}/brm-open/customerBillManagement/v4 (Oracle BRM test system)`,
		`                   ${url}/tmf-api/customerBillManagement/v4 (plain TMF678 v4)`,
		`  Control:         ${url}/__sandbox/requests, /faults, /truth, /changes`,
		'',
		'Stop it with Ctrl+C.',
		'',
	].join('\n');
}

async function main(): Promise<void> {
	const sandbox = await startSandbox(sandboxOptions(command.parse().opts<CliOptions>()));
	process.stdout.write(greeting(sandbox));
	const stop = (): void => void sandbox.close().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
