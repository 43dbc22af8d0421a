/** Reads a request's body as JSON whatever its content type says: documented samples post JSON without naming it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The body, or undefined where there is none. Throws SyntaxError for text that is not JSON. */
export function jsonBody(request: FastifyRequest): unknown {
	const { body } = request;
	return typeof body === 'string' ? parsed(body) : (body ?? undefined);
}

/** Lets requests of this scope say that they carry JSON and carry nothing. */
export function allowEmptyJson(scope: FastifyInstance): void {
	scope.removeContentTypeParser('application/json');
	scope.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) =>
		parsed(body),
	);
}

function parsed(text: string): unknown {
	return text.trim() === '' ? undefined : JSON.parse(text);
}
