/** What clients are told when something goes wrong before there is a question: never the inside of this server. */
import type { FastifyError, FastifyInstance } from 'fastify';

/** @param graphqlPath where clients look for `errors`, whatever the status; elsewhere they are told in one line */
export function tellErrors(app: FastifyInstance, graphqlPath: string, reportFault: (error: unknown) => void): void {
	app.setErrorHandler<FastifyError>(async (error, request, reply) => {
		const status = error.statusCode ?? 500;
		const isOurs = status >= 500;
		if (isOurs) reportFault(error);
		const message = isOurs ? 'The server made a mistake' : error.message;
		const code = isOurs ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
		const told =
			request.routeOptions.url === graphqlPath ? { errors: [{ message, extensions: { code } }] } : { error: message };
		return reply.code(isOurs ? 500 : status).send(told);
	});
}
