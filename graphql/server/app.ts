/** The HTTP server: GraphQL, documents, health, the explorer and the page at `/`. */
import { randomBytes } from 'node:crypto';

import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

import { readAfresh, wantsAfresh } from '../cache/cachedConnections';
import { CursorSeal } from '../connections/cursor';
import { type CostStore, costStore } from '../cost/costStore';
import { Loaders } from '../loaders/loaders';
import type { ProviderConnections } from '../providerConnections';
import { buildSchema, buildSubgraph } from '../schema';
import type { Authenticate } from './access/authenticator';
import { guard } from './access/guard';
import { graphApollo } from './apollo';
import { addDocuments } from './documents';
import { addExplorer } from './explorer';
import { tellErrors } from './httpErrors';
import { landingPage } from './landingPage';
import type { LimitsConfig } from './limits/limitsConfig';
import { shedLoad } from './limits/loadShedding';
import { type PersistedOperations, onlyPersisted } from './limits/persistedOperations';
import { refuseForeignNames } from './loopback';
import { addHealth } from './operations/health';
import { createLog } from './operations/log';
import { observedGraphql } from './operations/observedGraphql';
import { Observer } from './operations/observer';
import { traceRequests } from './operations/tracing';
import { type Reader, readerOf } from './reader';

export interface AppOptions {
	readonly connections: ProviderConnections;
	/** Milliseconds that a provider may keep one field waiting. */
	readonly timeoutMs: number;
	/** Random where absent: cursors then end with the process. */
	readonly cursorKey?: string | undefined;
	/** For the page at `/`: what is served, in words. */
	readonly serves: string;
	readonly door: Door;
	readonly limits: LimitsConfig;
	/** In this process where absent. */
	readonly costStore?: CostStore | undefined;
	readonly developer: DeveloperHelp;
	/** Null: none were written down beforehand. */
	readonly persisted: { readonly manifest: PersistedOperations; readonly only: boolean } | null;
	/** Whether the graph is a subgraph of Apollo Federation 2. */
	readonly federation: boolean;
	/** Where faults of this server's own are told; provider trouble goes to the client. */
	readonly reportFault: (error: unknown) => void;
	/** Absent: nothing is told to anybody. */
	readonly operations?: Operations | undefined;
}

/** What whoever runs the server sees of it. */
export interface Operations {
	readonly observer: Observer;
	/** Null: nothing is shared with other instances. */
	readonly sharedCache: { readonly isReachable: boolean } | null;
	/** True from the moment the server was told to stop. */
	readonly isStopping: () => boolean;
}

/** Who is let in. */
export interface Door {
	readonly authenticate: Authenticate;
	/** Whether whoever comes is let in: then the page at `/` may say what there is. */
	readonly open: boolean;
	/** Answer only to names of this machine. */
	readonly onlyThisMachine: boolean;
}

/** What helps who writes queries, and who looks for ways in. */
export interface DeveloperHelp {
	/** Whether the schema may be asked for. */
	readonly introspection: boolean;
	/** Whether `/explorer` is served. */
	readonly explorer: boolean;
	/** Whether errors tell a client that is mistaken what it may have meant. */
	readonly suggestions: boolean;
}

const GRAPHQL_PATH = '/graphql';

/** Longer than any id of this graph that a provider's ids lead to. */
const MAX_ID_LENGTH = 2_000;

/** Between two looks at whether a request is late. */
const LONGEST_CHECK_MS = 5_000;

export interface GraphServer {
	readonly app: FastifyInstance;
	/** Lets running answers finish, then closes. Apollo's drain plugin closes the app in its turn. */
	close(): Promise<void>;
}

export async function buildServer(options: AppOptions): Promise<GraphServer> {
	const { connections, timeoutMs, limits, persisted, developer, door, reportFault } = options;
	const { operations = silentOperations() } = options;
	const app = Fastify({
		bodyLimit: limits.bodyBytes,
		requestTimeout: limits.requestMs,
		http: {
			requestTimeout: limits.requestMs,
			// Node takes the shorter of the two for the head alone: a longer one here would be the time for the body.
			headersTimeout: limits.requestMs,
			connectionsCheckingInterval: Math.min(limits.requestMs, LONGEST_CHECK_MS),
		},
		routerOptions: { maxParamLength: MAX_ID_LENGTH },
	});
	tellErrors(app, GRAPHQL_PATH, reportFault);
	traceRequests(app);
	if (door.onlyThisMachine) refuseForeignNames(app);
	guard(app, door.authenticate);
	if (persisted?.only === true) onlyPersisted(app, GRAPHQL_PATH, persisted.manifest);
	shedLoad(app, limits, operations.observer.metrics);
	const apollo = graphApollo({
		schema: options.federation ? buildSubgraph() : buildSchema(),
		limits,
		introspection: developer.introspection,
		suggestions: developer.suggestions,
		manifest: persisted?.manifest ?? null,
		reportFault,
		plugins: [fastifyApolloDrainPlugin(app), observedGraphql(operations.observer)],
	});
	await apollo.start();
	const reader = readers(options, connections);
	await app.register(fastifyApollo(apollo), {
		path: GRAPHQL_PATH,
		context: async (request) => ({
			...reader(request),
			timeoutMs,
			loaders: new Loaders(timeoutMs),
			partialErrors: [],
			reportFault,
		}),
	});
	addDocuments(app, reader, limits);
	addHealth(app, { ...operations, connections, metrics: operations.observer.metrics });
	if (developer.explorer) addExplorer(app);
	addPages(app, options);
	return { app, close: () => apollo.stop() };
}

function readers(options: AppOptions, connections: ProviderConnections): (request: FastifyRequest) => Reader {
	const { limits } = options;
	const cursors = new CursorSeal(options.cursorKey ?? randomBytes(32));
	const spending = options.costStore ?? costStore();
	return (request) => {
		const seen = wantsAfresh(request.headers) ? readAfresh(connections) : connections;
		return readerOf(request, { connections: seen, cursors, limits, costStore: spending });
	};
}

/** For everybody, and so without a word of what may not be everybody's. */
function addPages(app: FastifyInstance, { connections, serves, developer, door }: AppOptions): void {
	const open = { config: { access: 'PUBLIC' } } as const;
	app.get('/', open, (request, reply) =>
		reply
			.headers({
				'content-type': 'text/html; charset=utf-8',
				'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
			})
			.send(
				landingPage({
					serves,
					origin: `${request.protocol}://${request.host}`,
					connections: door.open ? connections.all : null,
					explorer: developer.explorer,
				}),
			),
	);
}

function silentOperations(): Operations {
	return { observer: new Observer(createLog('silent', () => [])), sharedCache: null, isStopping: () => false };
}
