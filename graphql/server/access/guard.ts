/** Stands before every route: who is not known goes no further, save where a route says that it is for everybody. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Authenticate } from './authenticator';
import type { Principal } from './principal';
import { AccessRefused } from './refusal';

/** PUBLIC: for everybody. METRICS: for who may read metrics. BILLS, where a route says nothing: for who may read bills. */
export type RouteAccess = 'PUBLIC' | 'METRICS' | 'BILLS';

declare module 'fastify' {
	interface FastifyContextConfig {
		access?: RouteAccess;
	}
	interface FastifyRequest {
		principal: Principal | null;
	}
}

/** To be added before any route. */
export function guard(app: FastifyInstance, authenticate: Authenticate): void {
	app.decorateRequest('principal', null);
	app.addHook('onRequest', async (request, reply) => {
		const access = request.routeOptions.config.access ?? 'BILLS';
		if (request.is404 || access === 'PUBLIC') return;
		try {
			const principal = await authenticate(request.headers.authorization);
			if (access === 'METRICS' && !principal.mayReadMetrics) throw notForMetrics();
			request.principal = principal;
		} catch (error) {
			if (!(error instanceof AccessRefused)) throw error;
			await refuse(reply, error);
		}
	});
}

/** @throws Error on a route that was not guarded */
export function principalOf({ principal }: FastifyRequest): Principal {
	if (principal === null) throw new Error('A route without a guard asked who is there');
	return principal;
}

/** As GraphQL clients read errors, and plain enough for everybody else. */
export function refuse(reply: FastifyReply, { status, code, message, hint, retryAfter }: AccessRefused): FastifyReply {
	if (status === 401) void reply.header('www-authenticate', 'Bearer');
	if (retryAfter !== null) void reply.header('retry-after', retryAfter);
	return reply.code(status).send({ errors: [{ message, extensions: { code, hint } }] });
}

function notForMetrics(): AccessRefused {
	return new AccessRefused(403, 'This key does not read metrics', 'Set metrics: true on a key of access.apiKeys.');
}
