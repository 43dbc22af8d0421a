/** The graph over a sandbox of its own, without HTTP between test and graph, and with counts of what it asked providers. */
import { encodeGlobalId } from '../../../graphql/globalId';
import { systemClock } from '../../../graphql/server/systemClock';
import { UndiciTransport } from '../../../graphql/server/undiciTransport';
import type { SandboxOptions } from '../../../sandbox/context';
import type { LoggedRequest } from '../../../sandbox/control/requestLog';
import type { Truth, TrueAccount } from '../../../sandbox/control/truth';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { connectedTo } from './connected';
import { type Answer, Graph } from './graph';

/** The sandbox's names of the providers, by connection id. */
export const SANDBOX_NAME = { 'lumen-us': 'lumen', brm: 'oracleBrm', fleet: 'floLive', orange: 'orange' } as const;
export type ConnectionId = keyof typeof SANDBOX_NAME;
export const CONNECTION_IDS = Object.keys(SANDBOX_NAME) as readonly ConnectionId[];

/** Lumen's and floLIVE's bills belong to an account in their id. */
const IS_SCOPED: Readonly<Record<ConnectionId, boolean>> = { 'lumen-us': true, brm: false, fleet: true, orange: false };

/** On the first of a month, floLIVE's twelve months hold twelve bills of each account. */
const TODAY = '2026-11-01';
const CLOCK = { ...systemClock, now: () => Date.parse(`${TODAY}T12:00:00Z`) };

export interface Counted<Data> extends Answer<Data> {
	/** Requests by the sandbox's names of the providers, tokens left out; providers that were not asked are left out. */
	readonly requests: Readonly<Record<string, number>>;
	readonly log: readonly LoggedRequest[];
}

export class SandboxGraph {
	private constructor(
		readonly sandbox: RunningSandbox,
		readonly graph: Graph,
		readonly truth: Truth,
		private readonly transport: UndiciTransport,
	) {}

	/** Its day is 2026-11-01, whatever the day. Tokens are fetched already; nothing else is known to any connector. */
	static async start(
		options: Partial<SandboxOptions> = {},
		lumenApiVersion: 'v1' | 'v2' = 'v1',
	): Promise<SandboxGraph> {
		const sandbox = await startSandbox({ today: TODAY, ...options });
		const transport = new UndiciTransport();
		const connections = await connectedTo(sandbox, { transport, clock: CLOCK }, lumenApiVersion);
		const truth = (await (await fetch(`${sandbox.url}/__sandbox/truth`)).json()) as Truth;
		const started = new SandboxGraph(sandbox, new Graph(connections.all), truth, transport);
		// A bill by its id tells nothing that a later query could save a request by.
		const ids = CONNECTION_IDS.map((connection) => started.billId(connection, started.accounts(connection)[0]!, 0));
		await started.graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
		return started;
	}

	accounts(connection: ConnectionId): readonly TrueAccount[] {
		return this.truth.providers[SANDBOX_NAME[connection]]?.accounts ?? [];
	}

	/** The graph's id of the bill at this index of the account's, newest first where the truth has them so. */
	billId(connection: ConnectionId, account: TrueAccount, index: number): string {
		const bill = account.bills[index]!;
		const scope = IS_SCOPED[connection] ? account.id : '';
		return encodeGlobalId({ type: 'Bill', connection, id: { scope, remoteId: bill.id } });
	}

	accountId(connection: ConnectionId, account: TrueAccount): string {
		return encodeGlobalId({ type: 'BillingAccount', connection, remoteId: account.id });
	}

	async counted<Data>(source: string, variables: Record<string, unknown> = {}): Promise<Counted<Data>> {
		const log = `${this.sandbox.url}/__sandbox/requests`;
		await fetch(log, { method: 'DELETE' });
		const answer = await this.graph.ask<Data>(source, variables);
		const { requests } = (await (await fetch(log)).json()) as { requests: readonly LoggedRequest[] };
		const asked = requests.filter(({ path }) => !path.endsWith('/token'));
		const counts: Record<string, number> = {};
		for (const { provider } of asked) counts[provider] = (counts[provider] ?? 0) + 1;
		return { ...answer, requests: counts, log: asked };
	}

	async close(): Promise<void> {
		await this.transport.close();
		await this.sandbox.close();
	}
}

/** An exact decimal without needless zeros, as the graph writes it. */
export function plain(decimal: string): string {
	return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
