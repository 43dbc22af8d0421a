/** Opening a document: a stream that is the file that was asked for, whole, or fails. */
import type { DocumentStream } from '../model/document';
import type { ProviderClient } from '../transport/client';
import { BillingError } from '../transport/errors';
import type { TransportBody, TransportRequest, TransportResponse } from '../transport/port';
import { decodeBase64 } from './base64';
import { type WantedDocument, kindOf, named, notTheFile, refuseTooLarge } from './kind';
import { type LinkRules, linkRequest } from './links';
import { SNIFF_BYTES } from './sniff';

/**
 * Asks for a file and reads its first bytes; the rest streams as it is consumed.
 * @throws BillingError PROTOCOL when something else came, or the provider's own refusal where that is what came, and
 * TOO_LARGE. The stream fails with TOO_LARGE, with PROTOCOL when it is not as long as announced, and with UNAVAILABLE
 * when it breaks off.
 */
export async function openDocument(
	client: ProviderClient,
	request: TransportRequest,
	wanted: WantedDocument,
): Promise<DocumentStream> {
	// Not compressed on the way, so that the announced length is that of the file.
	const headers = { accept: wanted.mediaTypes.join(', '), 'accept-encoding': 'identity', ...request.headers };
	const response = await client.send({ ...request, headers, expect: 'stream' }, { repeatable: true });
	const size = announcedSize(response);
	const body = wholeBody(client, response.body, size, wanted, request.signal);
	try {
		const head = await readUntil(body, SNIFF_BYTES);
		if (size !== null) refuseTooLarge(size, wanted);
		const mediaType = kindOf(head, response.headers['content-type'], wanted);
		if (mediaType === null) throw await refusalIn(client, response, head, body, wanted);
		return { ...named(mediaType, wanted), size, body: joined(head, body) };
	} catch (error) {
		await body.return();
		throw await ours(client, error);
	}
}

/** The file behind a link that a record holds. @throws BillingError as `linkRequest` and `openDocument` do */
export async function openLink(
	client: ProviderClient,
	link: string,
	rules: LinkRules,
	{ signal, ...wanted }: WantedDocument & { readonly signal: AbortSignal | undefined },
): Promise<DocumentStream> {
	const request = await client.asOurs(async () => linkRequest(link, rules));
	return openDocument(client, signal === undefined ? request : { ...request, signal }, wanted);
}

/**
 * The file that a record holds as base64.
 * @throws BillingError PROTOCOL for what is not base64 or not the kind of file wanted; TOO_LARGE
 */
export function inlineDocument(base64: string, wanted: WantedDocument): DocumentStream {
	return bytesDocument(decodeBase64(base64), wanted);
}

/**
 * A file that arrived whole.
 * @throws BillingError PROTOCOL for what is not the kind of file wanted; TOO_LARGE
 */
export function bytesDocument(bytes: Uint8Array, wanted: WantedDocument): DocumentStream {
	refuseTooLarge(bytes.length, wanted);
	const mediaType = kindOf(bytes, undefined, wanted);
	if (mediaType === null) throw notTheFile(bytes, wanted);
	return { ...named(mediaType, wanted), size: bytes.length, body: chunksOf({ kind: 'bytes', bytes }) };
}

/** Bytes, where the header says how long the file itself is. */
function announcedSize({ headers }: TransportResponse): number | null {
	const length = headers['content-length'];
	if (length === undefined || !/^\d{1,15}$/.test(length)) return null;
	return (headers['content-encoding'] ?? 'identity') === 'identity' ? Number(length) : null;
}

type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

async function* wholeBody(
	client: ProviderClient,
	body: TransportBody,
	size: number | null,
	wanted: WantedDocument,
	signal: AbortSignal | undefined,
): Chunks {
	const latest = client.clock.now() + MAX_DOCUMENT_MS;
	let length = 0;
	try {
		for await (const chunk of chunksOf(body)) {
			length += chunk.length;
			refuseTooLarge(length, wanted);
			if (client.clock.now() > latest) throw tooSlow();
			yield chunk;
		}
		if (size === null || length === size) return;
	} catch (error) {
		signal?.throwIfAborted();
		if (error instanceof BillingError) throw await client.ours(error);
		throw client.error({
			kind: 'UNAVAILABLE',
			message: 'The file broke off while it was read',
			hint: AGAIN,
			cause: error,
		});
	}
	throw client.error({
		kind: 'PROTOCOL',
		message: `The file is not whole: ${length} of ${size} bytes arrived`,
		hint: AGAIN,
		retryable: true,
	});
}

const AGAIN = 'Download the document again.';

/** For a whole file, whoever is slow: a server that sends a byte now and then would otherwise hold its reader for ever. */
export const MAX_DOCUMENT_MS = 15 * 60_000;

function tooSlow(): BillingError {
	const message = `The file had not arrived after ${MAX_DOCUMENT_MS / 60_000} minutes`;
	return new BillingError({ kind: 'TIMEOUT', message, hint: AGAIN });
}

async function* chunksOf(body: TransportBody): Chunks {
	if (body.kind === 'stream') yield* body.stream;
	else yield body.kind === 'bytes' ? body.bytes : Buffer.from(body.text, 'utf8');
}

/** At least `length` bytes, or all there are; what follows stays in the generator. */
async function readUntil(body: Chunks, length: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for (let read = 0; read < length;) {
		const next = await body.next();
		if (next.done === true) break;
		chunks.push(next.value);
		read += next.value.length;
	}
	return Buffer.concat(chunks);
}

async function* joined(head: Uint8Array, rest: Chunks): Chunks {
	try {
		yield head;
		yield* rest;
	} finally {
		await rest.return();
	}
}

const REFUSAL_BYTES = 64 * 1024;

/** What came in place of the file: the provider's refusal, if it reads as one. */
async function refusalIn(
	client: ProviderClient,
	response: TransportResponse,
	head: Uint8Array,
	rest: Chunks,
	wanted: WantedDocument,
): Promise<BillingError> {
	const more = await readUntil(rest, REFUSAL_BYTES).catch(() => new Uint8Array());
	const said = Buffer.concat([head, more]).toString('utf8');
	return (await client.errorIn(response, said)) ?? notTheFile(head, wanted);
}

async function ours(client: ProviderClient, error: unknown): Promise<unknown> {
	return error instanceof BillingError ? client.ours(error) : error;
}
