/** Reads a request's body as JSON whatever its content type says: documented samples post JSON without naming it. */
import type { FastifyRequest } from 'fastify';

/** The body, or undefined where there is none. Throws SyntaxError for text that is not JSON. */
export function jsonBody(request: FastifyRequest): unknown {
	const { body } = request;
	if (typeof body !== 'string') return body ?? undefined;
	return body.trim() === '' ? undefined : JSON.parse(body);
}
