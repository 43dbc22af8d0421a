/** Starts the sandbox: the providers' billing APIs on localhost, and the control endpoints beside them. */
import Fastify, { type FastifyInstance } from 'fastify';

import { type SandboxConnection, sandboxConnections } from './connections';
import type { ProviderRoutes, SandboxContext, SandboxOptions } from './context';
import { addChanges } from './control/changes';
import { addFaults } from './control/faults/faults';
import { providerOfPath } from './control/providerOfPath';
import { addRequestLog } from './control/requestLog';
import { addTruth } from './control/truth';
import { changeableLedger } from './data/books';
import type { Ledger } from './data/ledger';
import { floLiveRoutes } from './floLive/routes';
import { lumenRoutes } from './lumen/routes';
import { createTokenDesk } from './oauth/tokenDesk';
import { completeOptions } from './options';
import { oracleBrmRoutes } from './oracleBrm/routes';
import { orangeRoutes } from './orange/routes';

/** One entry a provider; a plain TMF678 server shares Oracle BRM's books. */
const PROVIDER_ROUTES: readonly ProviderRoutes[] = [lumenRoutes, oracleBrmRoutes, floLiveRoutes, orangeRoutes];

const CONTROL_ENDPOINTS = [
	'GET, DELETE /__sandbox/requests',
	'GET, POST, DELETE /__sandbox/faults',
	'GET /__sandbox/truth',
	'POST /__sandbox/changes',
];

export interface RunningSandbox {
	/** For instance `http://127.0.0.1:4010`. */
	readonly url: string;
	readonly connections: readonly SandboxConnection[];
	readonly ledger: Ledger;
	/** Breaks open connections off. */
	close(): Promise<void>;
}

/** Listens when the promise settles. Rejects when an option is out of range or the port is taken. */
export async function startSandbox(given: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
	const options = completeOptions(given);
	const now = sandboxClock(options.today);
	const tokens = createTokenDesk(options.seed, now);
	let origin = '';
	const context: SandboxContext = {
		options,
		ledger: changeableLedger(options, now),
		tokens,
		now,
		origin: () => origin,
	};
	const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 1_000 } });
	readBodiesAsText(app);
	addRequestLog(app, now);
	addLatency(app, options.latencyMs);
	addFaults(app, tokens);
	addTruth(app, context);
	addChanges(app, context);
	app.get('/', async () => ({
		what: 'The telecom billing sandbox: Lumen, Oracle BRM and TMF678, floLIVE and Orange Business on this machine',
		connections: sandboxConnections(origin, context.ledger),
		control: CONTROL_ENDPOINTS,
	}));
	for (const routes of PROVIDER_ROUTES) app.register(async (scope) => routes(scope, context));
	origin = await app.listen({ port: options.port, host: options.host });
	return {
		url: origin,
		connections: sandboxConnections(origin, context.ledger),
		ledger: context.ledger,
		close: () => app.close(),
	};
}

/** The real time, moved by whole days so that the sandbox's today is `today` when it starts. */
function sandboxClock(today: string): () => number {
	const startOfRealToday = Math.floor(Date.now() / 86_400_000) * 86_400_000;
	const shift = Date.parse(today) - startOfRealToday;
	return () => Date.now() + shift;
}

/** JSON is parsed as Fastify does; forms, plain text and bodies of no stated type reach the routes as they are. */
function readBodiesAsText(app: FastifyInstance): void {
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

function addLatency(app: FastifyInstance, latencyMs: number): void {
	if (latencyMs === 0) return;
	app.addHook('onRequest', async (request) => {
		if (providerOfPath(request.url) !== undefined) await new Promise((resolve) => setTimeout(resolve, latencyMs));
	});
}
