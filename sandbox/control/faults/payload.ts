/** What faults do to the bytes of an answer. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

/** The first `bytes` of a body, or its first half. */
export function cut(body: Buffer, bytes: number | undefined): Buffer {
	return body.subarray(0, bytes ?? Math.floor(body.length / 2));
}

/** A gzip stream that breaks off in the middle of itself. */
export function brokenGzip(body: Buffer): Buffer {
	const zipped = gzipSync(body);
	return zipped.fill(0xff, Math.floor(zipped.length / 2));
}

/** A body that comes a few bytes at a time. */
export function dripping(body: Buffer, bytes: number, everyMs: number): Readable {
	return Readable.from(drops(body, bytes, everyMs), { objectMode: false });
}

async function* drops(body: Buffer, bytes: number, everyMs: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < body.length; at += bytes) {
		yield body.subarray(at, at + bytes);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}

/** A body whose connection breaks when `start` has been sent. */
export function breakingAfter(start: Buffer, breakConnection: () => void): Readable {
	return Readable.from(startThenBreak(start, breakConnection), { objectMode: false });
}

async function* startThenBreak(start: Buffer, breakConnection: () => void): AsyncGenerator<Buffer> {
	yield start;
	// Time for the start to leave, so that the break is inside the body and not before it.
	await new Promise((resolve) => setTimeout(resolve, 30));
	breakConnection();
}
