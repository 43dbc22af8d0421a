/** A document as an n8n item: the file as binary data, and beside it JSON that says what it is, also to an AI agent. */
import { createHash } from 'node:crypto';

import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { type DocumentStream, type UnpackedFile, unpackZip } from './core';

/** For an Options collection. */
export const unpackOption: INodeProperties = {
	displayName: 'Unpack Zip Files',
	name: 'unpack',
	type: 'boolean',
	default: false,
	description: 'Whether to put out the files inside a zip, one item each, in place of the zip',
};

/**
 * One item for the file; or, where it is a zip and `unpack` is set, one for each file in it.
 * @throws BillingError PROTOCOL for a damaged zip, TOO_LARGE for one that holds too much; see `documentItem` for the rest
 */
export async function documentItems(
	context: IExecuteFunctions,
	file: DocumentStream,
	{ property, facts, unpack }: { property: string; facts: IDataObject; unpack: boolean },
): Promise<INodeExecutionData[]> {
	if (!unpack || file.mediaType !== 'application/zip') return [await documentItem(context, file, property, facts)];
	const items: INodeExecutionData[] = [];
	for (const entry of unpackZip(await contentOf(file))) {
		items.push(await documentItem(context, unpackedDocument(entry), property, facts));
	}
	return items;
}

/**
 * Reads the file to its end and hands it to n8n. The connectors have checked its first bytes, and refuse files over their
 * limit while they arrive, so that is what is held in memory: n8n takes a stream only as Node's own class, which nodes may
 * not import.
 *
 * @param property name of the binary field
 * @param facts what the caller knows of it, for instance the bill's id; file name, media type, size and checksum are added
 */
export async function documentItem(
	context: IExecuteFunctions,
	file: DocumentStream,
	property: string,
	facts: IDataObject,
): Promise<INodeExecutionData> {
	const content = await contentOf(file);
	const binary: IBinaryKeyData = {
		[property]: await context.helpers.prepareBinaryData(content, file.fileName, file.mediaType),
	};
	return {
		json: {
			...facts,
			fileName: file.fileName,
			mimeType: file.mediaType,
			size: content.length,
			sha256: createHash('sha256').update(content).digest('hex'),
			binaryField: property,
		},
		binary,
	};
}

async function contentOf({ body }: DocumentStream): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** A file out of a zip, as a document. */
function unpackedDocument({ name, mediaType, bytes }: UnpackedFile): DocumentStream {
	return { fileName: name, mediaType, size: bytes.length, body: oneChunk(bytes) };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
	yield bytes;
}
