/** A document as an n8n item: the file as binary data, and beside it JSON that says what it is, also to an AI agent. */
import { createHash } from 'node:crypto';

import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { DocumentStream } from './core';

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
	const chunks: Uint8Array[] = [];
	const hash = createHash('sha256');
	for await (const chunk of file.body) {
		hash.update(chunk);
		chunks.push(chunk);
	}
	const content = Buffer.concat(chunks);
	const binary: IBinaryKeyData = {
		[property]: await context.helpers.prepareBinaryData(content, file.fileName, file.mediaType),
	};
	return {
		json: {
			...facts,
			fileName: file.fileName,
			mimeType: file.mediaType,
			size: content.length,
			sha256: hash.digest('hex'),
			binaryField: property,
		},
		binary,
	};
}
