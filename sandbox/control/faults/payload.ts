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

/**
 * The list in a JSON text, at its root or else the first one inside, with its last item replaced by a copy of its first.
 * Works on the text, so that no number changes. Lists of fewer than two items are left alone.
 */
export function withDuplicate(json: string): string {
	const rows = itemsOfFirstList(json);
	const first = rows[0];
	const last = rows.at(-1);
	if (first === undefined || last === undefined || first === last) return json;
	return json.slice(0, last.start) + json.slice(first.start, first.end) + json.slice(last.end);
}

interface Span {
	readonly start: number;
	readonly end: number;
}

function itemsOfFirstList(json: string): readonly Span[] {
	const items: Span[] = [];
	let start = -1;
	let depth = 0;
	for (let at = 0; at < json.length; at++) {
		const char = json.charAt(at);
		if (char === '"') at = stringEnd(json, at);
		if (start === -1) {
			if (char !== '[') continue;
			start = at + 1;
		}
		if (char === '[' || char === '{') depth += 1;
		if (char === ']' || char === '}') depth -= 1;
		if (depth === 0 || (depth === 1 && char === ',')) {
			if (at > start) items.push({ start, end: at });
			start = at + 1;
		}
		if (depth === 0) return items;
	}
	return [];
}

function stringEnd(json: string, start: number): number {
	let at = start + 1;
	while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
	return at;
}
