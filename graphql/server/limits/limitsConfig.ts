/** What a configuration may say of how much may be asked. */
import { z } from 'zod';

import { MAX_DOCUMENT_MS } from '../../../providers/documents/open';

const count = (otherwise: number): z.ZodDefault<z.ZodNumber> => z.number().int().min(1).default(otherwise);

export const limits = z.strictObject({
	/** Fields inside fields. The deepest of the sample queries has 7. */
	depth: count(12),
	/** Names given to fields in one document. */
	aliases: count(30),
	/** Directives in one document. */
	directives: count(20),
	/** How often one selection may name the same field. */
	duplicates: count(5),
	/** Words and signs in one document. */
	tokens: count(2_000),
	/** What fragments come to once they stand where they are spread. */
	selections: count(5_000),
	/** Mistakes of one document that are told. */
	errors: count(5),
	/** Bytes of one request. */
	bodyBytes: count(100_000),
	/** Milliseconds in which a request must have come whole: one that drips in would hold its connection for ever. */
	requestMs: count(30_000),
	/** Requests to providers that one operation may cost. */
	upstreamPerOperation: count(600),
	/** Requests to providers that one principal may cost within a minute. */
	upstreamPerMinute: count(6_000),
	/** Requests for bills or files that are answered at the same time; more are refused with 503. */
	inFlight: count(500),
	/** Milliseconds in which a reader may take nothing of a file before the connection is closed: another reader waits for the provider's. */
	unreadMs: count(60_000),
	/** Milliseconds in which a reader must have taken a whole file. */
	documentMs: count(MAX_DOCUMENT_MS),
	/** Milliseconds by which the event loop may be late on average before requests are refused with 503. */
	eventLoopDelayMs: count(500),
});

export type LimitsConfig = z.output<typeof limits>;
