/** Answers errors of a TMF678 scope in the TMF630 shape, unknown paths and methods included. */
import type { FastifyInstance, FastifyReply } from 'fastify';

import { sendJson } from '../http/reply';
import { TmfError, methodNotAllowed, notFound } from './errors';

const RESOURCE = /\/(customerBill|appliedCustomerBillingRate|customerBillOnDemand)(\/[^/?]+)?(\?|$)/;

/** @param absent what stands for a member without a value */
export function addErrorAnswers(scope: FastifyInstance, absent: null | undefined): void {
	scope.setErrorHandler((error, _request, reply) => sendError(reply, asTmfError(error), absent));
	scope.setNotFoundHandler((request, reply) => {
		const [, resource, id] = RESOURCE.exec(request.url) ?? [];
		if (resource === undefined) return sendError(reply, notFound('The resource'), absent);
		const creatable = resource === 'customerBillOnDemand' && id === undefined;
		return sendError(reply, methodNotAllowed(creatable ? 'GET, POST' : 'GET'), absent);
	});
}

function asTmfError(error: unknown): TmfError {
	if (error instanceof TmfError) return error;
	const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
	return status === 400 || status === 413 || status === 415
		? new TmfError(400, 'Bad Request', 'The body cannot be read')
		: new TmfError(500, 'Internal Server Error', 'Something went wrong');
}

function sendError(reply: FastifyReply, error: TmfError, absent: null | undefined): FastifyReply {
	return sendJson(reply.headers(error.headers), error.status, {
		code: String(error.status),
		reason: error.reason,
		message: error.message,
		status: String(error.status),
		referenceError: absent,
		'@type': 'Error',
		'@baseType': absent,
		'@schemaLocation': absent,
	});
}
