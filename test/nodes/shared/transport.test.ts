import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { type Signature, N8nTransport } from '../../../nodes/shared/transport';
import type { TransportBody, TransportRequest } from '../../../providers/transport/port';

const UNSIGNED: Signature = { credentialType: null, isOAuth2: false, headers: {}, origins: [] };
const REQUEST: TransportRequest = {
	method: 'GET',
	url: 'https://api.example.com/bills',
	headers: {},
	expect: 'bytes',
	credential: 'SEND',
};

/** Over a helper that answers as n8n's does. */
function transportOver(httpRequest: (options: IHttpRequestOptions) => unknown): N8nTransport {
	const answer = (options: IHttpRequestOptions): Promise<unknown> => Promise.resolve(httpRequest(options));
	return new N8nTransport({ helpers: { httpRequest: answer } } as unknown as IExecuteFunctions, UNSIGNED);
}

function answering(stream: Readable): N8nTransport {
	return transportOver(() => ({ statusCode: 200, headers: {}, body: stream }));
}

function refusing(stream: Readable): N8nTransport {
	return transportOver(() => {
		throw Object.assign(new Error('Request failed with status code 401'), {
			response: { status: 401, headers: {}, data: stream },
		});
	});
}

/** Its first bytes, then what `then` does. */
function beginning(text: string, then: (stream: Readable) => void): Readable {
	let isRead = false;
	return new Readable({
		read() {
			if (isRead) then(this);
			else this.push(text);
			isRead = true;
		},
	});
}

function silent(): void {
	// Nothing comes any more, nor an end.
}

function breakOff(stream: Readable): void {
	stream.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
}

/** The same bytes again and again: they take up memory once. */
function endless(): Readable {
	const bytes = Buffer.alloc(16 * 1024 * 1024, ' ');
	return new Readable({
		read() {
			this.push(bytes);
		},
	});
}

function dripping(everyMs: number): Readable {
	return new Readable({
		read() {
			void sleep(everyMs).then(() => this.push(' '));
		},
	});
}

/** For a whole answer, which otherwise takes minutes; silences are timed as ever. */
function allInAllMs(limit: number): void {
	const native = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => native(ms === 300_000 ? limit : ms));
}

afterEach(() => jest.restoreAllMocks());

async function consumed(body: TransportBody, pause = async (): Promise<void> => undefined): Promise<Buffer> {
	if (body.kind !== 'stream') throw new Error('That is no stream');
	const chunks: Uint8Array[] = [];
	for await (const chunk of body.stream) {
		chunks.push(chunk);
		await pause();
	}
	return Buffer.concat(chunks);
}

it('asks n8n for a stream where bytes are wanted, and reads it to its end', async () => {
	let asked: IHttpRequestOptions | undefined;
	const transport = transportOver((options) => {
		asked = options;
		return { statusCode: 200, headers: {}, body: Readable.from([Buffer.from('[1,'), Buffer.from('2]')]) };
	});
	const { body } = await transport.request(REQUEST);
	expect(asked?.encoding).toBe('stream');
	expect(body).toEqual({ kind: 'bytes', bytes: Buffer.from('[1,2]') });
});

it('waits no longer for the next bytes than for the first, and lets go of the connection', async () => {
	const stream = beginning('[1,', silent);
	const answer = answering(stream).request({ ...REQUEST, timeoutMs: 20 });
	await expect(answer).rejects.toMatchObject({ kind: 'TIMEOUT', retryable: true });
	expect(stream.destroyed).toBe(true);
});

it.each([200, 500])(
	'waits no longer for the next bytes of a file (status %i), and lets go of the connection',
	async (status) => {
		const stream = beginning('%PDF', silent);
		const answered = transportOver(() => ({ statusCode: status, headers: {}, body: stream }));
		const { body } = await answered.request({ ...REQUEST, expect: 'stream', timeoutMs: 20 });
		await expect(consumed(body)).rejects.toMatchObject({ kind: 'TIMEOUT', retryable: true });
		expect(stream.destroyed).toBe(true);
	},
);

it('gives a file as it comes, however long its reader takes', async () => {
	const sent = Readable.from([Buffer.from('%P'), Buffer.from('DF')]);
	const { body } = await answering(sent).request({ ...REQUEST, expect: 'stream', timeoutMs: 20 });
	const slowly = (): Promise<void> => sleep(40);
	expect(await consumed(body, slowly)).toEqual(Buffer.from('%PDF'));
});

it('takes a file that breaks off for no answer', async () => {
	const { body } = await answering(beginning('%PDF', breakOff)).request({ ...REQUEST, expect: 'stream' });
	await expect(consumed(body)).rejects.toMatchObject({ kind: 'UNAVAILABLE', retryable: true });
});

describe('an answer that is read whole', () => {
	it('ends when its time is over, and so does the reading, although its bytes keep coming', async () => {
		allInAllMs(60);
		const stream = dripping(10);
		const answer = answering(stream).request(REQUEST);
		await expect(answer).rejects.toMatchObject({ kind: 'TIMEOUT', retryable: false });
		await once(stream, 'close');
	});

	it.each(['bytes', 'text'] as const)('is TOO_LARGE above 300 MiB, as %s', async (expected) => {
		const stream = endless();
		const answer = answering(stream).request({ ...REQUEST, expect: expected });
		await expect(answer).rejects.toMatchObject({ kind: 'TOO_LARGE', retryable: false });
		expect(stream.destroyed).toBe(true);
	});
});

it.each(['bytes', 'text', 'stream'] as const)(
	'lets go of an answer (%s) that begins when nobody waits for it any more',
	async (expected) => {
		allInAllMs(10);
		const stream = Readable.from([Buffer.from('[1]')]);
		const late = transportOver(async () => {
			await sleep(40);
			return { statusCode: 200, headers: {}, body: stream };
		});
		const answer = late.request({ ...REQUEST, expect: expected });
		await expect(answer).rejects.toMatchObject({ kind: 'TIMEOUT', retryable: false });
		await once(stream, 'close');
	},
);

it('reads text, whatever it begins with', async () => {
	const sent = Readable.from([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('["é"]')]);
	const answer = await answering(sent).request({ ...REQUEST, expect: 'text' });
	expect(answer.body).toEqual({ kind: 'text', text: '["é"]' });
});

it('takes a body that breaks off for no answer', async () => {
	const answer = answering(beginning('[1,', breakOff)).request(REQUEST);
	await expect(answer).rejects.toMatchObject({ kind: 'UNAVAILABLE', retryable: true });
});

it('reads the body inside an error that n8n made of a status', async () => {
	const answer = await refusing(Readable.from([Buffer.from('{"code":"60"}')])).request(REQUEST);
	expect(answer).toMatchObject({ status: 401, body: { kind: 'bytes', bytes: Buffer.from('{"code":"60"}') } });
});

it('knows the status where the body inside the error breaks off', async () => {
	const answer = await refusing(beginning('{"co', breakOff)).request(REQUEST);
	expect(answer).toMatchObject({ status: 401, body: { kind: 'text', text: '' } });
});

describe('a token that n8n cannot renew in the middle of a run', () => {
	const failing = (error: Error): Promise<unknown> =>
		transportOver(() => {
			throw error;
		}).request(REQUEST);
	/** As n8n wraps what its HTTP library throws. */
	const wrapped = (message: string, cause: object): Error => Object.assign(new Error(message), { cause });
	const tokenUrl = { url: 'https://login.example.com/token' };

	it.each([
		['in OAuth2’s own form', { cause: { code: 'EAUTH' } }],
		['by a status', { httpCode: '404', cause: { code: 'ESTATUS' } }],
		['in OAuth2’s own form, in older versions of n8n', { httpCode: 'EAUTH' }],
	])('is AUTH where the token server refuses %s', async (_how, shape) => {
		const refusal = Object.assign(new Error('Client authentication failed'), shape);
		await expect(failing(refusal)).rejects.toMatchObject({ kind: 'AUTH', status: null, retryable: false });
	});

	it.each([
		['has trouble', 'status code 503', { code: 'ERR_BAD_RESPONSE', response: { status: 503 } }],
		['breaks off', 'socket hang up', { code: 'ECONNRESET' }],
	])('is AUTH, and tried again, where the token server %s', async (_what, message, cause) => {
		const failure = wrapped(message, { ...cause, config: tokenUrl });
		await expect(failing(failure)).rejects.toMatchObject({ kind: 'AUTH', status: null, retryable: true });
	});

	it('is not what failed where the API itself was asked', async () => {
		const failure = wrapped('socket hang up', { code: 'ECONNRESET', config: { url: REQUEST.url } });
		await expect(failing(failure)).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
	});
});
