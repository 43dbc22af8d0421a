/** `GET /documents/:id`: a bill's file, streamed from its provider. */
import { Readable } from 'node:stream';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { DocumentStream } from '../../providers/model/document';
import { BillingError, type ErrorKind } from '../../providers/transport/errors';
import { retryAfterSeconds } from '../errors';
import { decodeGlobalId } from '../globalId';
import type { LimitsConfig } from './limits/limitsConfig';
import type { Reader } from './reader';
import { closeIfUnread } from './slowReaders';

const STATUS: Readonly<Record<ErrorKind, number>> = {
	AUTH: 502,
	FORBIDDEN: 403,
	NOT_FOUND: 404,
	INVALID_REQUEST: 400,
	CONFLICT: 409,
	RATE_LIMITED: 503,
	TOO_LARGE: 413,
	NOT_OFFERED: 404,
	TIMEOUT: 504,
	UNAVAILABLE: 503,
	PROTOCOL: 502,
};

export function addDocuments(
	app: FastifyInstance,
	readerOf: (request: FastifyRequest) => Reader,
	limits: LimitsConfig,
): void {
	app.get<{ Params: { id: string } }>('/documents/:id', async (request, reply) => {
		const id = decodeGlobalId(request.params.id);
		const { connections, masks, cost } = readerOf(request);
		const connection = id?.type === 'Document' ? connections.find(id.connection) : undefined;
		if (id?.type !== 'Document' || connection === undefined || masks.has('DOCUMENTS')) {
			return reply.code(404).send({ error: 'There is no document of this id.' });
		}
		const abandoned = new AbortController();
		reply.raw.once('close', () => {
			if (!reply.raw.writableFinished) abandoned.abort(new Error('The reader went away'));
		});
		try {
			await cost.begin(1);
			const file = await connection.connector.document(id.document, { signal: abandoned.signal });
			closeIfUnread(reply.raw, limits);
			return await reply.headers(fileHeaders(file)).send(Readable.from(file.body, { objectMode: false }));
		} catch (error) {
			if (!(error instanceof BillingError)) throw error;
			const retryAfter = retryAfterSeconds(error);
			if (retryAfter !== null) void reply.header('retry-after', retryAfter);
			return await reply.code(STATUS[error.kind]).send({ error: error.message, hint: error.hint });
		} finally {
			await cost.settle();
		}
	});
}

/** Saved, never shown in this origin: the bytes are the provider's. */
function fileHeaders({ mediaType, fileName, size }: DocumentStream): Record<string, string | number> {
	return {
		'content-type': mediaType,
		'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
		'x-content-type-options': 'nosniff',
		'cache-control': 'private, no-store',
		...(size === null ? {} : { 'content-length': size }),
	};
}
