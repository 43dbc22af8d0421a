/** The GraphQL server over its socket, asked for all bills of five connections that know nothing yet. */
import { ProviderConnections } from '../../../graphql/providerConnections';
import { buildServer } from '../../../graphql/server/app';
import { systemClock } from '../../../graphql/server/systemClock';
import { UndiciTransport } from '../../../graphql/server/undiciTransport';
import type { BillState, BillType } from '../../../providers/model/billWords';
import type { Provider } from '../../../providers/model/identity';
import type { Clock } from '../../../providers/transport/clock';
import type { ErrorKind } from '../../../providers/transport/errors';
import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import type { RunningSandbox } from '../../../sandbox/server';
import { OPEN_ON_THIS_MACHINE } from '../../graphql/support/appOptions';
import { connected } from '../../graphql/support/connected';
import type { Asking } from './matrix';
import type { Observation, Reading } from './observation';
import { CONNECTION_OF, providerOf } from './targets';

/** All that one provider may take, in requests' timeouts. */
const PATIENCE = 6;

const QUERY = `{ bills(first: 500) {
	nodes { remoteId billDate total { amount currency } type state connection { id } }
	pageInfo { hasNextPage }
	sources { connection { id } state complete notices error { kind message hint } }
} }`;

interface Shown {
	readonly remoteId: string;
	readonly billDate: string | null;
	readonly total: { readonly amount: string; readonly currency: string | null } | null;
	readonly type: BillType;
	readonly state: BillState;
	readonly connection: { readonly id: string };
}

interface Source {
	readonly connection: { readonly id: string };
	readonly state: string;
	readonly complete: boolean;
	readonly notices: readonly string[];
	readonly error: { readonly kind: ErrorKind; readonly message: string; readonly hint: string | null } | null;
}

interface Answer {
	readonly data: {
		readonly bills: {
			readonly nodes: readonly Shown[];
			readonly pageInfo: { readonly hasNextPage: boolean };
			readonly sources: readonly Source[];
		};
	};
	readonly errors?: readonly { readonly extensions: { readonly connection?: string; readonly code: string } }[];
}

/** Connections as in a configuration file. */
function connectionsOf(
	{ url, connections }: RunningSandbox,
	{ baseUrls, tokenOrigin = url, requestTimeoutMs, lumenApiVersion = 'v1' }: Asking,
): readonly object[] {
	const { username, password } = DEMO_CREDENTIALS.floLive;
	const login = { kind: 'LOGIN', url: `${tokenOrigin}/flolive/login`, username, password, tokenPath: 'data.token' };
	const tmf = {
		id: CONNECTION_OF.TMF678,
		provider: 'TMF678',
		baseUrl: `${url}/tmf-api/customerBillManagement/v4`,
		auth: { kind: 'NONE' },
	} as const;
	return [...connections, tmf].map((connection) => ({
		...connection,
		...('tokenUrl' in connection.auth
			? { auth: { ...connection.auth, tokenUrl: connection.auth.tokenUrl.replace(url, tokenOrigin) } }
			: {}),
		baseUrl: baseUrls[connection.provider] ?? connection.baseUrl,
		...(connection.provider === 'LUMEN' ? { apiVersion: lumenApiVersion } : {}),
		...(connection.provider === 'FLOLIVE' ? { auth: login } : {}),
		timeoutMs: requestTimeoutMs,
		freshFor: 0,
	}));
}

export async function readByGraphql(sandbox: RunningSandbox, asking: Asking): Promise<Reading> {
	const pauses: number[] = [];
	const { answer, tookMs } = await asked<Answer>(QUERY, sandbox, asking, (ms) => pauses.push(ms));
	return { seen: observed(answer), pauses, tookMs };
}

interface Asked<T> {
	readonly answer: T;
	readonly tookMs: number;
}

/** One query to a server of its own. Pauses between its requests take no time, and are told to `note`. */
export async function asked<T>(
	query: string,
	sandbox: RunningSandbox,
	asking: Asking,
	note: (ms: number) => void = () => undefined,
): Promise<Asked<T>> {
	const faults: unknown[] = [];
	const clock: Clock = {
		...systemClock,
		sleep: async (ms, signal) => {
			note(ms);
			await systemClock.sleep(1, signal);
		},
	};
	const transport = new UndiciTransport();
	const { all } = await connected(connectionsOf(sandbox, asking), { transport, clock });
	const server = await buildServer({
		connections: new ProviderConnections(all),
		timeoutMs: PATIENCE * asking.requestTimeoutMs,
		serves: '',
		...OPEN_ON_THIS_MACHINE,
		reportFault: (error) => faults.push(error),
	});
	try {
		const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
		const start = performance.now();
		const response = await fetch(`${url}/graphql`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ query }),
		});
		const answer = (await response.json()) as T;
		const tookMs = performance.now() - start;
		expect(faults).toEqual([]);
		return { answer, tookMs };
	} finally {
		await server.close();
		// It waits for what is under way, and some of that never ends.
		void transport.close();
	}
}

function observed({ data, errors = [] }: Answer): Reading['seen'] {
	const { nodes, pageInfo, sources } = data.bills;
	expect(pageInfo.hasNextPage).toBe(false);
	// What fails is told of twice: beside the data, and in the list of sources.
	expect(errors.map(({ extensions }) => extensions.connection).sort()).toEqual(
		sources.flatMap(({ connection, error }) => (error === null ? [] : [connection.id])).sort(),
	);
	const entries = sources.map((source): [Provider, Observation] => {
		const own = nodes.filter(({ connection }) => connection.id === source.connection.id);
		const rows = own.map(({ remoteId, billDate, total, type, state }) => ({
			id: remoteId,
			billDate,
			total: total?.amount ?? null,
			currency: total?.currency ?? null,
			type,
			state,
		}));
		const words = [source.error?.message, source.error?.hint, ...source.notices].join('\n');
		return [providerOf(source.connection.id), { outcome: outcomeOf(source), rows, words }];
	});
	return Object.fromEntries(entries) as Reading['seen'];
}

function outcomeOf({ error, complete, notices }: Source): Observation['outcome'] {
	if (error !== null) {
		expect(complete).toBe(false);
		return error.kind;
	}
	if (complete) return 'ALL_ROWS';
	expect(notices).not.toEqual([]);
	return 'INCOMPLETE';
}
