/** Answers as the sandbox gave them, remembered, and then spoilt: the transport of a provider that has lost its mind. */
import fc from 'fast-check';

import type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../../providers/transport/port';
import { jsonText, writtenOut } from './json';

/** What happens to one answer. */
export type Spoiling =
	/** The member or element that the steps lead to becomes this JSON text, or goes. */
	| { readonly kind: 'VALUE'; readonly steps: readonly number[]; readonly text: string | null }
	| { readonly kind: 'BODY'; readonly bytes: Uint8Array }
	| { readonly kind: 'CUT'; readonly share: number }
	| { readonly kind: 'STATUS'; readonly status: number }
	| { readonly kind: 'HEADER'; readonly name: string; readonly value: string };

export interface Trouble {
	/** Of the requests, from 0. */
	readonly nth: number;
	readonly spoiling: Spoiling;
}

const HEADER_NAMES = [
	'x-total-count', 'x-result-count', 'content-range', 'link', 'content-type', 'retry-after', 'location', 'content-disposition',
	'content-length', 'trackingid',
]; // prettier-ignore
const HEADER_VALUES = [
	'', '-1', '0', '3', '1e9', '99999999999999999999', 'items 0-9/5', 'items */x', '<http://evil.example/>; rel="next"', '<', 'text/html',
	'application/json; charset=utf-7', 'Thu, 99 Foo 2026', 'attachment; filename*=UTF-8\'\'%ff%2e%2e%2f', 'attachment; filename="../../x"',
]; // prettier-ignore

const steps = fc.array(fc.nat(60), { minLength: 1, maxLength: 8 });

/** Several to one walk. Answers stay with a good status, so that what is wrong is what they say. */
export const spoiltContents: fc.Arbitrary<readonly Trouble[]> = fc.array(
	fc.record({
		nth: fc.nat(4),
		spoiling: fc.oneof(
			{
				weight: 6,
				arbitrary: fc.record({ kind: fc.constant('VALUE' as const), steps, text: fc.option(jsonText) }),
			},
			{
				weight: 1,
				arbitrary: fc.record({ kind: fc.constant('BODY' as const), bytes: fc.uint8Array({ maxLength: 300 }) }),
			},
			{
				weight: 1,
				arbitrary: jsonText.map((text) => ({
					kind: 'BODY' as const,
					bytes: new TextEncoder().encode(writtenOut(text)),
				})),
			},
			{
				weight: 1,
				arbitrary: fc.record({ kind: fc.constant('CUT' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
			},
			{
				weight: 1,
				arbitrary: fc.record({
					kind: fc.constant('HEADER' as const),
					name: fc.constantFrom(...HEADER_NAMES),
					value: fc.constantFrom(...HEADER_VALUES),
				}),
			},
		),
	}),
	{ minLength: 1, maxLength: 4 },
);

export const anyStatus: fc.Arbitrary<Trouble> = fc.record({
	nth: fc.nat(4),
	spoiling: fc.record({
		kind: fc.constant('STATUS' as const),
		status: fc.constantFrom(
			100,
			201,
			204,
			206,
			301,
			304,
			400,
			401,
			403,
			404,
			409,
			413,
			416,
			418,
			429,
			500,
			501,
			503,
			599,
		),
	}),
});

/** More requests than any question of these tests needs: a walk that goes on is one without end. */
const MOST_REQUESTS = 300;

export class HostileTransport implements Transport {
	private requests = 0;

	constructor(
		private readonly provider: Transport,
		private readonly troubles: readonly Trouble[],
	) {}

	async request(request: TransportRequest): Promise<TransportResponse> {
		if (isForToken(request)) return this.provider.request(request);
		const nth = this.requests++;
		if (nth > MOST_REQUESTS) throw new Error('A walk without end');
		const answer = await this.provider.request(request);
		const bytes = await bytesOf(answer.body);
		const spoilt = this.troubles
			.filter((trouble) => trouble.nth === nth)
			.reduce((so, { spoiling }) => spoil(so, spoiling), { status: answer.status, headers: answer.headers, bytes });
		return { status: spoilt.status, headers: spoilt.headers, body: asWanted(spoilt.bytes, request) };
	}
}

/** Asks once, and remembers. */
export class RememberingTransport implements Transport {
	private readonly answers = new Map<string, Promise<TransportResponse>>();

	constructor(private readonly transport: Transport) {}

	async request(request: TransportRequest): Promise<TransportResponse> {
		const { method, url, body, expect } = request;
		const key = JSON.stringify([method, url, body, expect]);
		const known = this.answers.get(key) ?? this.asked(request);
		this.answers.set(key, known);
		const { status, headers, body: remembered } = await known;
		return { status, headers, body: asWanted(await bytesOf(remembered), request) };
	}

	private async asked(request: TransportRequest): Promise<TransportResponse> {
		const { signal: _none, ...lasting } = request;
		const { status, headers, body } = await this.transport.request(lasting);
		return { status, headers, body: { kind: 'bytes', bytes: await bytesOf(body) } };
	}
}

function isForToken({ url }: TransportRequest): boolean {
	return /\/token$/.test(url);
}

async function bytesOf(body: TransportBody): Promise<Uint8Array> {
	switch (body.kind) {
		case 'text':
			return new TextEncoder().encode(body.text);
		case 'bytes':
			return body.bytes;
		case 'stream': {
			const chunks: Uint8Array[] = [];
			for await (const chunk of body.stream) chunks.push(chunk);
			return Buffer.concat(chunks);
		}
	}
}

function asWanted(bytes: Uint8Array, { expect }: TransportRequest): TransportBody {
	switch (expect) {
		case 'text':
			return { kind: 'text', text: new TextDecoder().decode(bytes) };
		case 'bytes':
			return { kind: 'bytes', bytes };
		case 'stream':
			return { kind: 'stream', stream: inTwo(bytes) };
	}
}

async function* inTwo(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	const half = Math.floor(bytes.length / 2);
	yield bytes.subarray(0, half);
	yield bytes.subarray(half);
}

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly bytes: Uint8Array;
}

function spoil(answer: Answer, spoiling: Spoiling): Answer {
	switch (spoiling.kind) {
		case 'VALUE':
			return { ...answer, bytes: withValue(answer.bytes, spoiling.steps, spoiling.text) };
		case 'BODY':
			return { ...answer, bytes: spoiling.bytes };
		case 'CUT':
			return { ...answer, bytes: answer.bytes.subarray(0, Math.floor(answer.bytes.length * spoiling.share)) };
		case 'STATUS':
			return { ...answer, status: spoiling.status };
		case 'HEADER':
			return { ...answer, headers: { ...answer.headers, [spoiling.name]: spoiling.value } };
	}
}

/** Stands in the text where the new value comes. */
const MARK = 'spoilt value comes here';

/** Bodies that are no JSON, or too deep to be walked, stay as they are. */
function withValue(bytes: Uint8Array, steps: readonly number[], text: string | null): Uint8Array {
	try {
		const root: { value: unknown } = { value: JSON.parse(new TextDecoder().decode(bytes)) };
		const [parent, key] = placeIn(root, steps);
		if (text === null && Array.isArray(parent)) parent.splice(Number(key), 1);
		else if (text === null) Reflect.deleteProperty(parent, key);
		else Reflect.set(parent, key, MARK);
		const written = JSON.stringify(root.value);
		const spoilt = text === null ? written : written.replace(JSON.stringify(MARK), () => writtenOut(text));
		return new TextEncoder().encode(spoilt);
	} catch {
		return bytes;
	}
}

/** Each step picks one of the members or elements; where there are none, the way ends. */
function placeIn(root: { readonly value: unknown }, steps: readonly number[]): readonly [object, string] {
	let place: readonly [object, string] = [root, 'value'];
	for (const step of steps) {
		const child: unknown = Reflect.get(...place);
		const keys = typeof child === 'object' && child !== null ? Object.keys(child) : [];
		if (keys.length === 0) break;
		place = [child as object, keys[step % keys.length]!];
	}
	return place;
}
