#!/usr/bin/env node
/** The command: reads its options, starts the server or checks its connections, and says in plain words what is. */
import { Command, InvalidArgumentError, Option } from 'commander';

import { ConfigError } from './server/config';
import { checkConnections, checkTable } from './server/operations/check';
import { type RunningServer, type StartOptions, layFoundation, startServer } from './server/start';

interface CliOptions {
	readonly config?: string;
	readonly host?: string;
	readonly port?: number;
	readonly check?: true;
}

const command = new Command('telecom-billing-graphql')
	.description('One GraphQL graph over the bills of telecom carriers. Without a configuration it serves a sandbox.')
	.addOption(new Option('--config <file>', 'configuration file in YAML').env('TELECOM_BILLING_CONFIG'))
	.addOption(new Option('--port <number>', 'port to listen on; 0 takes a free one').env('PORT').argParser(portOf))
	.addOption(new Option('--host <name>', 'address to listen on').env('HOST'))
	.option('--check', 'ask every connection for one small thing, say which work, and end')
	.action(run);

async function run({ config, host, port, check }: CliOptions): Promise<void> {
	const options = { configFile: givenText(config), host: givenText(host), port, env: process.env };
	if (check === true) {
		process.exitCode = await runCheck(options);
		return;
	}
	const server = await startServer(options);
	console.log(addresses(server));
	stopOnSignal(server);
}

/** The exit code: 0 where every connection works. */
async function runCheck(options: StartOptions): Promise<0 | 1> {
	const { connections, config, close } = await layFoundation(options, null);
	try {
		const rows = await checkConnections(connections, config.server.timeoutMs);
		console.log(checkTable(rows));
		return rows.every(({ works }) => works) ? 0 : 1;
	} finally {
		await close();
	}
}

function addresses({ url, sandboxUrl }: RunningServer): string {
	const graph = [`GraphQL:  ${url}/graphql`, `Start at: ${url}/`];
	if (sandboxUrl === null) return graph.join('\n');
	return [
		'No configuration was given, so these are the made-up bills of a sandbox.',
		...graph,
		`Sandbox:  ${sandboxUrl}/`,
		`Truth:    ${sandboxUrl}/__sandbox/truth`,
		'For your own bills, write a configuration file and give it with --config FILE.',
	].join('\n');
}

/** The first signal lets running answers finish; the second ends the process at once. */
function stopOnSignal(server: RunningServer): void {
	let stopping = false;
	const stop = (): void => {
		if (stopping) process.exit(1);
		stopping = true;
		server.close().catch(fail);
	};
	process.on('SIGINT', stop).on('SIGTERM', stop);
}

function portOf(text: string): number {
	const port = Number(text);
	if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
	throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

/** A variable set to nothing is not set. */
function givenText(text: string | undefined): string | undefined {
	return text === '' ? undefined : text;
}

function fail(error: unknown): void {
	console.error(error instanceof ConfigError || isAddressTrouble(error) ? error.message : error);
	process.exitCode = 1;
}

function isAddressTrouble(error: unknown): error is Error {
	return error instanceof Error && 'syscall' in error;
}

command.parseAsync().catch(fail);
