#!/usr/bin/env node
/** The command: reads its options, starts the server, and says in plain words where it is. */
import { Command, InvalidArgumentError, Option } from 'commander';

import { ConfigError } from './server/config';
import { type RunningServer, startServer } from './server/start';

interface CliOptions {
	readonly config?: string;
	readonly host?: string;
	readonly port?: number;
}

const command = new Command('telecom-billing-graphql')
	.description('One GraphQL graph over the bills of telecom carriers. Without a configuration it serves a sandbox.')
	.addOption(new Option('--config <file>', 'configuration file in YAML').env('TELECOM_BILLING_CONFIG'))
	.addOption(new Option('--port <number>', 'port to listen on; 0 takes a free one').env('PORT').argParser(portOf))
	.addOption(new Option('--host <name>', 'address to listen on').env('HOST'))
	.action(run);

async function run({ config, host, port }: CliOptions): Promise<void> {
	const server = await startServer({
		configFile: givenText(config),
		host: givenText(host),
		port,
		env: process.env,
		reportFault: (error) => console.error(error),
	});
	console.log(addresses(server));
	stopOnSignal(server);
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
