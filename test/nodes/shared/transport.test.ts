import { Readable } from 'node:stream';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { type Signature, N8nTransport } from '../../../nodes/shared/transport';
import type { TransportRequest } from '../../../providers/transport/port';

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
