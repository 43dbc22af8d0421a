/** Orange Business, Billing for Business: its resources, its gateway's manners and its OAuth endpoints. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { ProviderRoutes, SandboxContext } from '../context';
import { allowEmptyJson, jsonBody } from '../http/jsonBody';
import { queryOf } from '../http/request';

import { requireAccess } from './access';
import { chosenType, jsonAnswer, type Answer, type Call, type Operation } from './answer';
import { AsyncJobs, JOB_ATTRIBUTES } from './asyncJobs';
import { GatewayError, gatewayError } from './gatewayError';
import { collectionOf } from './listing';
import { addOAuth } from './oauthRoutes';
import { found, json, listOf, orangeOperations } from './operations';

/** "The current API version does not support retrieving files larger than 5 MB." */
const MAX_FILE_BYTES = 5 * 1024 * 1024;
const BASE = '/billing/b2b/v1';

interface Resource {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly operation: Operation;
	/** May be asked for as an asynchronous job. */
	readonly asJob: boolean;
}

export const orangeRoutes: ProviderRoutes = (app, context) => {
	void app.register(
		(scope, _options, done) => {
			const userTokens = new Set<string>();
			allowEmptyJson(scope);
			addGatewayManners(scope);
			addOAuth(scope, context, userTokens);
			void scope.register(
				(api, _apiOptions, apiDone) => {
					api.addHook('onRequest', async (request) => requireAccess(request, context.tokens, userTokens));
					addResources(api, context);
					apiDone();
				},
				{ prefix: BASE },
			);
			done();
		},
		{ prefix: '/orange' },
	);
};

/** A request id on every response, and one body for every error. */
function addGatewayManners(scope: FastifyInstance): void {
	let requests = 0;
	scope.addHook('onRequest', async (_request, reply) => {
		requests += 1;
		reply.header('X-OAPI-Request-Id', `00000000-0000-4000-8000-${requests.toString(16).padStart(12, '0')}`);
	});
	scope.setErrorHandler((error, _request, reply) => sendError(reply, gatewayError(error)));
	scope.setNotFoundHandler((_request, reply) => sendError(reply, new GatewayError(60, 'Nothing lives here.')));
}

function addResources(api: FastifyInstance, context: SandboxContext): void {
	const jobs = new AsyncJobs(() => context.now());
	for (const resource of resourcesOf(context, jobs)) {
		api.route({ method: resource.method, url: resource.path, handler: handlerOf(resource, jobs, context) });
	}
	api.get<{ Params: { id: string } }>('/asyncJobs/:id/result', (request, reply) =>
		sendAnswer(reply, found(jobs.result(request.params.id), 'result yet')),
	);
}

function resourcesOf(context: SandboxContext, jobs: AsyncJobs): readonly Resource[] {
	const operations = orangeOperations(context);
	const direct = (path: string, operation: Operation): Resource => ({ method: 'GET', path, operation, asJob: false });
	const eitherWay = (path: string, operation: Operation): Resource => ({ method: 'GET', path, operation, asJob: true });
	const search = (path: 'bills/search' | 'search'): Resource[] => {
		const { orangeSearchPath } = context.options;
		if (orangeSearchPath !== path && orangeSearchPath !== 'both') return [];
		return [{ method: 'POST', path: `/${path}`, operation: operations.search, asJob: path === 'bills/search' }];
	};
	return [
		eitherWay('/bills', operations.bills),
		eitherWay('/bills/:id', operations.bill),
		eitherWay('/bills/:id/items', operations.items),
		...search('bills/search'),
		...search('search'),
		direct('/billingAccounts', operations.billingAccounts),
		direct('/billingAccounts/:id', operations.billingAccount),
		direct('/snapshots', operations.snapshots),
		direct('/status', operations.status),
		direct('/installedOfferIds', operations.installedOfferIds),
		direct('/reports', operations.reports),
		eitherWay('/reports/:id', operations.report),
		eitherWay('/customerSpecificReports/:id', operations.customerSpecificReport),
		direct(
			'/asyncJobs',
			listOf(context, () => collectionOf(JOB_ATTRIBUTES, jobs.list())),
		),
		direct(
			'/asyncJobs/:id',
			json(async ({ id }) => jsonAnswer(found(await jobs.poll(id), `job ${id}`))),
		),
	];
}

/** Answers directly, or with 202 and a job where that is offered and asked for. */
function handlerOf({ operation, asJob, path }: Resource, jobs: AsyncJobs, context: SandboxContext) {
	return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		const call = callOf(request, operation);
		if (asJob && String(request.headers['x-response-mode']).toUpperCase() === 'ASYNCHRONOUS') {
			const job = jobs.accept(path, async () => operation.answer(call));
			reply.code(202).header('Location', `${context.origin()}/orange${BASE}/asyncJobs/${job.id}`);
			return sendAnswer(reply, jsonAnswer(job));
		}
		const answer = await operation.answer(call);
		if (typeof answer.body !== 'string' && answer.body.length > MAX_FILE_BYTES) {
			throw new GatewayError(66, 'Files larger than 5 MB are given to asynchronous jobs only.');
		}
		return sendAnswer(reply, answer);
	};
}

function callOf(request: FastifyRequest, { offers }: Operation): Call {
	const query = new URLSearchParams();
	for (const [name, values] of Object.entries(queryOf(request))) {
		for (const value of [values].flat()) query.append(name, value);
	}
	return {
		id: (request.params as { id?: string }).id ?? '',
		query,
		type: chosenType(query.get('overrideAccept') ?? request.headers.accept, offers),
		body: request.method === 'POST' ? jsonBody(request) : undefined,
	};
}

function sendAnswer(reply: FastifyReply, { type, body, headers }: Answer): FastifyReply {
	return reply
		.headers({ ...headers })
		.type(type)
		.send(body);
}

function sendError(reply: FastifyReply, error: GatewayError): FastifyReply {
	return reply.code(error.status).type('application/json; charset=UTF-8').send(JSON.stringify(error.body()));
}
