/** The HTTP server: GraphQL, documents, health and the page at `/`. */
import { randomBytes } from 'node:crypto';

import { ApolloServer } from '@apollo/server';
import {
	ApolloServerPluginCacheControlDisabled,
	ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance } from 'fastify';

import { readAfresh, wantsAfresh } from '../cache/cachedConnections';
import { CursorSeal } from '../connections/cursor';
import type { GraphContext } from '../context';
import { formatError } from '../errors';
import { Loaders } from '../loaders/loaders';
import type { ProviderConnections } from '../providerConnections';
import { buildSchema } from '../schema';
import { addDocuments } from './documents';
import { landingPage } from './landingPage';
import { refuseForeignNames } from './loopback';
import { addHealth } from './operations/health';
import { createLog } from './operations/log';
import { observedGraphql } from './operations/observedGraphql';
import { Observer } from './operations/observer';
import { traceRequests } from './operations/tracing';
import { partialErrors } from './partialErrors';

export interface AppOptions {
	readonly connections: ProviderConnections;
	/** Milliseconds that a provider may keep one field waiting. */
	readonly timeoutMs: number;
	/** Random where absent: cursors then end with the process. */
	readonly cursorKey?: string | undefined;
	/** For the page at `/`: what is served, in words. */
	readonly serves: string;
	/** Answer only to names of this machine. */
	readonly onlyThisMachine: boolean;
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

/** Longer than any id of this graph that a provider's ids lead to. */
const MAX_ID_LENGTH = 2_000;

export interface GraphServer {
	readonly app: FastifyInstance;
	/** Lets running answers finish, then closes. Apollo's drain plugin closes the app in its turn. */
	close(): Promise<void>;
}

export async function buildServer(options: AppOptions): Promise<GraphServer> {
	const { connections, timeoutMs, reportFault, operations = silentOperations() } = options;
	const app = Fastify({ routerOptions: { maxParamLength: MAX_ID_LENGTH } });
	traceRequests(app);
	if (options.onlyThisMachine) refuseForeignNames(app);
	const apollo = new ApolloServer<GraphContext>({
		schema: buildSchema(),
		csrfPrevention: true,
		formatError: (formatted, error) => formatError(formatted, error, reportFault),
		includeStacktraceInErrorResponses: false,
		stopOnTerminationSignals: false,
		plugins: [
			fastifyApolloDrainPlugin(app),
			partialErrors,
			observedGraphql(operations.observer),
			// Its hook around every field costs nearly half of a query's time; what is cacheable is decided elsewhere.
			ApolloServerPluginCacheControlDisabled(),
			// Apollo's own page loads from a CDN.
			ApolloServerPluginLandingPageDisabled(),
		],
	});
	await apollo.start();
	const cursors = new CursorSeal(options.cursorKey ?? randomBytes(32));
	await app.register(fastifyApollo(apollo), {
		path: '/graphql',
		context: async ({ headers }) => ({
			connections: wantsAfresh(headers) ? readAfresh(connections) : connections,
			cursors,
			timeoutMs,
			loaders: new Loaders(timeoutMs),
			partialErrors: [],
			reportFault,
		}),
	});
	addDocuments(app, connections);
	addHealth(app, { ...operations, connections, metrics: operations.observer.metrics });
	addPages(app, options);
	return { app, close: () => apollo.stop() };
}

function addPages(app: FastifyInstance, { connections, serves }: AppOptions): void {
	app.get('/', (request, reply) =>
		reply
			.headers({
				'content-type': 'text/html; charset=utf-8',
				'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
			})
			.send(landingPage({ serves, origin: `${request.protocol}://${request.host}`, connections: connections.all })),
	);
}

function silentOperations(): Operations {
	return { observer: new Observer(createLog('silent', () => [])), sharedCache: null, isStopping: () => false };
}
