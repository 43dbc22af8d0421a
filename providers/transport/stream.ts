/** Reading what is short of a body that may be long. */

/** At most `limit` bytes from the start; the rest is let go of, so that its connection is free again. */
export async function readStart(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		chunks.push(chunk);
		length += chunk.length;
		if (length >= limit) break;
	}
	return Buffer.concat(chunks).subarray(0, limit);
}
