/** The sandbox in a process of its own: the same upstream for every server that is measured. */
import { ServerProcess } from './serverProcess';

/** What questions are made from. */
export interface SandboxBooks {
	readonly oneId: string;
	readonly nodeIds: readonly string[];
	/** Behind the first 60 bills. */
	readonly deepCursor: string;
}

export interface Fixture {
	readonly accounts: number;
	readonly bills: number;
	readonly rates: number;
	/** Most rows a page of any provider; each provider's own where absent. */
	readonly pageLimit?: number;
}

/** On the first of a month, floLIVE's twelve months hold twelve bills of each account. */
const TODAY = '2026-11-01';

export class Sandbox {
	private constructor(private readonly server: ServerProcess) {}

	static async start({ accounts, bills, rates, pageLimit }: Fixture, latencyMs: number): Promise<Sandbox> {
		const limit = pageLimit === undefined ? {} : { 'page-limit': pageLimit };
		const options = { port: 0, today: TODAY, accounts, bills, rates, latency: latencyMs, ...limit };
		const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
		return new Sandbox(
			await ServerProcess.start({ args: ['sandbox/dist/cli.js', ...flags], ready: /listens on (http:\S+)/ }),
		);
	}

	get url(): string {
		return this.server.url;
	}

	/** As in the configuration of our server. */
	async connections(): Promise<readonly object[]> {
		const { connections } = (await (await fetch(this.url)).json()) as { connections: readonly object[] };
		return connections;
	}

	/** Requests to providers that the work takes, those for tokens left out. */
	async requestsOf(work: () => Promise<unknown>): Promise<number> {
		const log = `${this.url}/__sandbox/requests`;
		await fetch(log, { method: 'DELETE' });
		await work();
		const { requests } = (await (await fetch(log)).json()) as { requests: readonly { readonly path: string }[] };
		await fetch(log, { method: 'DELETE' });
		return requests.filter(({ path }) => !path.endsWith('/token')).length;
	}

	stop(): Promise<void> {
		return this.server.stop();
	}
}
