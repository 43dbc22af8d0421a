/** Our server over the connections of a series, asked one question after another. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Asker } from '../graph/load';
import { ServerProcess, type Usage } from '../graph/serverProcess';
import type { Connection } from './series';

/** Shared, so that a server that has just started takes a cursor of one that walked there. */
const CURSOR_KEY = 'the key of the benchmark';
const UNLIMITED = 1_000_000_000;
/** A provider may keep a field waiting for as long as an export takes. */
const TIMEOUT_MS = 600_000;

interface Answer {
	readonly data?: Readonly<Record<string, unknown>> | null;
	readonly errors?: readonly unknown[];
}

export class GrowthServer {
	private constructor(private readonly server: ServerProcess) {}

	/** As `npm start` runs it; nothing that was read is kept, and no limit on what a query may cost is in the way. */
	static async start(connections: readonly Connection[], folder: string): Promise<GrowthServer> {
		const config = join(folder, 'growth.yaml');
		const server = { port: 0, logLevel: 'warn', cursorKey: CURSOR_KEY, timeoutMs: TIMEOUT_MS };
		const limits = { upstreamPerOperation: UNLIMITED, upstreamPerMinute: UNLIMITED, eventLoopDelayMs: UNLIMITED };
		const uncached = connections.map((connection) => ({ ...connection, freshFor: 0 }));
		// YAML reads JSON.
		writeFileSync(config, JSON.stringify({ server, limits, access: { open: true }, connections: uncached }));
		const args = ['graphql/dist/cli.js', '--config', config];
		return new GrowthServer(await ServerProcess.start({ args, ready: /GraphQL: +(http:\S+)\/graphql/ }));
	}

	/** The first field's value. @throws Error where the answer has errors */
	async ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
		const body = JSON.stringify({ query, variables });
		const asker = new Asker(this.server.url, { method: 'POST', path: '/graphql', body }, 1);
		const text = await asker.ask();
		await asker.close();
		const { data, errors } = JSON.parse(text) as Answer;
		if (!data || errors !== undefined) throw new Error(`${query} was not answered: ${text.slice(0, 500)}`);
		return Object.values(data)[0] as T;
	}

	usage(): Promise<Usage> {
		return this.server.usage();
	}

	stop(): Promise<void> {
		return this.server.stop();
	}
}
