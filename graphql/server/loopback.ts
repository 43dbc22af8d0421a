/** What serves this machine alone answers to this machine's names alone. */
import type { FastifyInstance } from 'fastify';

export function isLoopback(host: string): boolean {
	const name = host.replace(/^\[(.*)\]$/, '$1');
	return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * A web page may point a name of its own at 127.0.0.1 and so read, in a visitor's browser, what is open to this machine
 * (DNS rebinding). Its requests bear that name.
 */
export function refuseForeignNames(app: FastifyInstance): void {
	app.addHook('onRequest', async (request, reply) => {
		if (isLoopback(request.hostname)) return;
		await reply.code(421).send({ error: 'This server is for its own machine: ask for localhost or 127.0.0.1.' });
	});
}
