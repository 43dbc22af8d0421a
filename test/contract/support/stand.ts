/** The sandbox on a port of its own, what a connector reaches it through, and what it saw. Real HTTP throughout. */
import { UndiciTransport } from '../../../graphql/server/undiciTransport';
import type { ConnectorDeps } from '../../../providers/connector';
import { type Authentication, authenticated } from '../../../providers/transport/authentication';
import { NO_RETRY } from '../../../providers/transport/retry';
import type { SandboxOptions } from '../../../sandbox/context';
import type { LoggedRequest } from '../../../sandbox/control/requestLog';
import type { TrueProvider, Truth } from '../../../sandbox/control/truth';
import type { SandboxProvider } from '../../../sandbox/data/ledger';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { fakeClock } from '../../providers/support/scriptedTransport';

export const TODAY = '2026-11-23';

/** Where tokens come from; everything else goes to the billing APIs. */
const TOKEN_PATH = /\/(?:oauth|oauth2|oam|login)(?:\/|$)/;

export class Stand {
	private constructor(
		readonly sandbox: RunningSandbox,
		private readonly transport: UndiciTransport,
	) {}

	static async start(options: Partial<SandboxOptions> = {}): Promise<Stand> {
		return new Stand(await startSandbox({ today: TODAY, ...options }), new UndiciTransport());
	}

	async close(): Promise<void> {
		await this.transport.close();
		await this.sandbox.close();
	}

	url(path: string): string {
		return `${this.sandbox.url}${path}`;
	}

	/** The same day as the sandbox's; pauses take no time. Refusals come at once: nothing is tried again. */
	deps(authentication: Authentication): ConnectorDeps {
		const clock = fakeClock(`${TODAY}T12:00:00Z`);
		const transport = authenticated(this.transport, authentication, clock, [this.sandbox.url]);
		return { transport, clock, retry: NO_RETRY };
	}

	/** Requests since the log was last emptied, those for tokens apart. */
	async seen(): Promise<readonly LoggedRequest[]> {
		const all = await this.allSeen();
		return all.filter(({ path }) => !TOKEN_PATH.test(path));
	}

	async allSeen(): Promise<readonly LoggedRequest[]> {
		const { requests } = await this.read<{ readonly requests: readonly LoggedRequest[] }>('requests');
		return requests;
	}

	async forget(): Promise<void> {
		await fetch(this.url('/__sandbox/requests'), { method: 'DELETE' });
	}

	async truth(provider: SandboxProvider): Promise<TrueProvider> {
		const { providers } = await this.read<Truth>('truth');
		const truth = providers[provider];
		if (truth === undefined) throw new Error(`The sandbox has no truth about ${provider}`);
		return truth;
	}

	private async read<T>(control: string): Promise<T> {
		const response = await fetch(this.url(`/__sandbox/${control}`));
		return (await response.json()) as T;
	}
}
