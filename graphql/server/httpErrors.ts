/** What HTTP clients are told when something other than GraphQL goes wrong: never the inside of this server. */
import type { FastifyError, FastifyInstance } from 'fastify';

export function tellErrors(app: FastifyInstance, reportFault: (error: unknown) => void): void {
	app.setErrorHandler<FastifyError>(async (error, _request, reply) => {
		const status = error.statusCode ?? 500;
		if (status < 500) return reply.code(status).send({ error: error.message });
		reportFault(error);
		return reply.code(500).send({ error: 'The server made a mistake' });
	});
}
