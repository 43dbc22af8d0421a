/** Sending JSON whose numbers are exact. */
import type { FastifyReply } from 'fastify';

import { type ExactJson, writeJson } from '../json/exactJson';

export function sendJson(reply: FastifyReply, status: number, body: ExactJson): FastifyReply {
	return reply.code(status).type('application/json;charset=utf-8').send(writeJson(body));
}
