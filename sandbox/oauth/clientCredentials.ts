/** A token endpoint for client credentials (RFC 6749, 4.4); each provider brings its own words for a refusal. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { basicCredentials, formOf } from '../http/request';

export type Refusal =
	'missingCredentials' | 'invalidClient' | 'missingGrantType' | 'unsupportedGrantType' | 'invalidScope';

export interface Answer {
	readonly status: number;
	readonly body: object;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface TokenEndpoint {
	readonly clientId: string;
	readonly clientSecret: string;
	/** Scopes that may be asked for. Absent: any. */
	readonly scopes?: readonly string[];
	readonly refusals: Readonly<Record<Refusal, Answer>>;
	granted(request: FastifyRequest): Answer;
}

/** Adds `POST path`: credentials by HTTP Basic, or `client_id` and `client_secret` in the form. */
export function addTokenEndpoint(app: FastifyInstance, path: string, endpoint: TokenEndpoint): void {
	app.post(path, async (request, reply) => {
		const refusal = refusalOf(request, endpoint);
		return sendAnswer(reply, refusal === undefined ? endpoint.granted(request) : endpoint.refusals[refusal]);
	});
}

export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
	return reply
		.code(answer.status)
		.headers({ ...answer.headers })
		.type('application/json;charset=utf-8')
		.send(JSON.stringify(answer.body));
}

/** Undefined when the request is in order. */
export function refusalOf(request: FastifyRequest, endpoint: TokenEndpoint): Refusal | undefined {
	const form = formOf(request);
	const grantType = form.get('grant_type');
	if (grantType === null || grantType === '') return 'missingGrantType';
	const credentials = basicCredentials(request) ?? formCredentials(form);
	if (credentials === undefined) return 'missingCredentials';
	if (credentials.name !== endpoint.clientId || credentials.secret !== endpoint.clientSecret) return 'invalidClient';
	if (grantType !== 'client_credentials') return 'unsupportedGrantType';
	const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
	const allowed = endpoint.scopes;
	return allowed === undefined || scopes.every((scope) => allowed.includes(scope)) ? undefined : 'invalidScope';
}

function formCredentials(form: URLSearchParams): { name: string; secret: string } | undefined {
	const name = form.get('client_id');
	const secret = form.get('client_secret');
	return name === null || secret === null ? undefined : { name, secret };
}
