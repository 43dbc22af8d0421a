/** A transport that answers from a script and remembers what it was asked, and a clock whose pauses cost no time. */
import type { Clock } from '../../../providers/transport/clock';
import type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../../providers/transport/port';

/** An answer, an error to throw, or a function that makes one from the request and its number (from 1). */
export type ScriptedAnswer =
	| TransportResponse
	| Error
	| ((request: TransportRequest, nth: number) => TransportResponse | Error | Promise<TransportResponse>);

type Headers = Readonly<Record<string, string>>;

export function text(status: number, body = '', headers: Headers = {}): TransportResponse {
	return { status, headers, body: { kind: 'text', text: body } };
}

/** `body` may be JSON text already, for numbers that a double cannot hold. */
export function json(status: number, body: unknown, headers: Headers = {}): TransportResponse {
	return text(status, typeof body === 'string' ? body : JSON.stringify(body), {
		'content-type': 'application/json',
		...headers,
	});
}

export function bytes(status: number, body: Uint8Array, headers: Headers = {}): TransportResponse {
	return { status, headers, body: { kind: 'bytes', bytes: body } };
}

/** An `Error` among the chunks breaks the stream at that point. */
export function stream(
	status: number,
	chunks: readonly (Uint8Array | string | Error)[],
	headers: Headers = {},
): TransportResponse {
	return { status, headers, body: { kind: 'stream', stream: chunked(chunks) } };
}

async function* chunked(chunks: readonly (Uint8Array | string | Error)[]): AsyncGenerator<Uint8Array, void, undefined> {
	for (const chunk of chunks) {
		if (chunk instanceof Error) throw chunk;
		yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
	}
}

/**
 * Answers from a queue, one answer a request, or from one function for all of them.
 * A request beyond the queue's end fails the test. Text answers are given in the form that `expect` asks for.
 */
export class ScriptedTransport implements Transport {
	readonly requests: TransportRequest[] = [];
	renewals = 0;
	/** Set for a transport that can renew its credential; says whether it could. */
	renewCredential?: () => Promise<boolean>;
	private readonly queue: ScriptedAnswer[] | null;

	constructor(private readonly script: readonly ScriptedAnswer[] | ScriptedAnswer) {
		this.queue = Array.isArray(script) ? [...(script as readonly ScriptedAnswer[])] : null;
	}

	/** The transport offers renewal, and counts it. */
	renewable(could = true): this {
		this.renewCredential = () => {
			this.renewals += 1;
			return Promise.resolve(could);
		};
		return this;
	}

	async request(request: TransportRequest): Promise<TransportResponse> {
		this.requests.push(request);
		request.signal?.throwIfAborted();
		const answer = this.queue === null ? (this.script as ScriptedAnswer) : this.queue.shift();
		if (answer === undefined) throw new Error(`Request ${this.requests.length} was not expected: ${request.url}`);
		const given = typeof answer === 'function' ? await answer(request, this.requests.length) : answer;
		if (given instanceof Error) throw given;
		return { ...given, body: inForm(given.body, request) };
	}

	/** Methods and URLs, in the order sent. */
	get sent(): string[] {
		return this.requests.map(({ method, url }) => `${method} ${url}`);
	}

	/** The only request. */
	get only(): TransportRequest {
		const [first, ...more] = this.requests;
		if (first === undefined || more.length > 0) throw new Error(`${this.requests.length} requests, not one`);
		return first;
	}

	/** The queue was used up. */
	get isDone(): boolean {
		return this.queue === null || this.queue.length === 0;
	}
}

function inForm(body: TransportBody, { expect }: TransportRequest): TransportBody {
	if (body.kind !== 'text' || expect === 'text') return body;
	const encoded = new TextEncoder().encode(body.text);
	return expect === 'bytes'
		? { kind: 'bytes', bytes: encoded }
		: { kind: 'stream', stream: chunked([encoded.subarray(0, 7), encoded.subarray(7)]) };
}

export interface FakeClock extends Clock {
	/** Pauses asked for, in milliseconds, in order. */
	readonly pauses: number[];
	/** Lets time pass. */
	advance(ms: number): void;
}

/** Starts at `start` (milliseconds, or a date-time text); `sleep` moves it at once; `random()` is always `random`. */
export function fakeClock(start: number | string = '2026-02-01T00:00:00Z', random = 0.5): FakeClock {
	let now = typeof start === 'string' ? Date.parse(start) : start;
	const pauses: number[] = [];
	return {
		pauses,
		now: () => now,
		random: () => random,
		advance: (ms) => {
			now += ms;
		},
		sleep: async (ms, signal) => {
			signal?.throwIfAborted();
			pauses.push(ms);
			now += ms;
		},
	};
}
