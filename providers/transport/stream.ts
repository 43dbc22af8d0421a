/** Reading bodies within limits: only how they start, or all of them. */
import { BillingError } from './errors';

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

/** Bytes. A year of invoice files in one, packed as base64, fits. */
export const MAX_WHOLE_BYTES = 300 * 1024 * 1024;

/**
 * To the end, which is within `limit` bytes: a small packed answer may be a huge one. Text decoded once costs half of text
 * by chunks.
 * @throws BillingError TOO_LARGE
 */
export async function readWhole(stream: AsyncIterable<Uint8Array>, limit = MAX_WHOLE_BYTES): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		length += chunk.length;
		if (length > limit) {
			throw new BillingError({
				kind: 'TOO_LARGE',
				message: `The answer is larger than ${limit} bytes`,
				hint: 'Ask for less at a time.',
			});
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, length);
}
