import { type ClientOptions, ProviderClient, type RefusalReader } from '../../../providers/transport/client';
import { BillingError } from '../../../providers/transport/errors';
import type { TransportRequest } from '../../../providers/transport/port';
import { DEFAULT_RETRY } from '../../../providers/transport/retry';
import { billingError } from '../support/errors';
import {
	type ScriptedAnswer,
	ScriptedTransport,
	bytes,
	fakeClock,
	json,
	stream,
	text,
} from '../support/scriptedTransport';

const GET: TransportRequest = {
	method: 'GET',
	url: 'https://api.example.com/bills',
	headers: {},
	expect: 'text',
	credential: 'SEND',
};
const ONCE = { repeatable: false };
const OFTEN = { repeatable: true };

function clientWith(
	answers: readonly ScriptedAnswer[] | ScriptedAnswer,
	options: Partial<ClientOptions> & { renewable?: boolean } = {},
) {
	const transport = new ScriptedTransport(answers);
	if (options.renewable !== undefined) transport.renewable(options.renewable);
	const clock = fakeClock('2026-02-01T00:00:00Z', 0);
	const client = new ProviderClient({
		provider: 'ORANGE_BUSINESS',
		connection: 'orange',
		transport,
		clock,
		retry: DEFAULT_RETRY,
		readRefusal: () => null,
		...options,
	});
	return { client, clock, transport };
}

describe('retries', () => {
	it('sends again after pauses that grow, until there is an answer', async () => {
		const { client, clock, transport } = clientWith([text(503), text(500), text(429), text(200, 'ok')]);
		expect((await client.send(GET, OFTEN)).body).toEqual({ kind: 'text', text: 'ok' });
		expect(clock.pauses).toEqual([250, 500, 1_000]);
		expect(transport.isDone).toBe(true);
	});

	it('gives up with the last error', async () => {
		const { client, transport } = clientWith(() => text(503));
		expect(await billingError(client.send(GET, OFTEN))).toMatchObject({ kind: 'UNAVAILABLE', status: 503 });
		expect(transport.requests).toHaveLength(4);
	});

	it.each([
		['seconds', '3', 3_000],
		['a date', 'Sun, 01 Feb 2026 00:00:05 GMT', 5_000],
	])('waits as Retry-After says, in %s', async (_, header, pause) => {
		const { client, clock } = clientWith([text(429, '', { 'retry-after': header }), text(200)]);
		await client.send(GET, OFTEN);
		expect(clock.pauses).toEqual([pause]);
	});

	it('does not wait longer than its policy, and says how long was asked', async () => {
		const { client, transport } = clientWith([text(429, '', { 'retry-after': '3600' })]);
		expect(await billingError(client.send(GET, OFTEN))).toMatchObject({
			kind: 'RATE_LIMITED',
			retryAfterMs: 3_600_000,
		});
		expect(transport.requests).toHaveLength(1);
	});

	it('sends again where no answer came', async () => {
		const down = new BillingError({ kind: 'UNAVAILABLE', message: 'connection refused' });
		const { client } = clientWith([down, text(200)]);
		expect((await client.send(GET, OFTEN)).status).toBe(200);
	});

	it.each([400, 401, 403, 404, 405, 409, 413, 422])('does not send again what a %i refuses', async (status) => {
		const { client, transport } = clientWith(() => text(status));
		await billingError(client.send(GET, OFTEN));
		expect(transport.requests).toHaveLength(1);
	});

	it.each<[string, ScriptedAnswer]>([
		['a 503', text(503)],
		['a 429 with Retry-After', text(429, '', { 'retry-after': '1' })],
		['no answer', new BillingError({ kind: 'TIMEOUT', message: 'no answer' })],
		['a spent token', text(403, 'spent')],
	])('what creates is sent once, even after %s, and says so to the adapter', async (_, answer) => {
		const readRefusal: RefusalReader = (__, body) => (body === 'spent' ? { tokenSpent: true } : null);
		const { client, transport } = clientWith([answer], { readRefusal, renewable: true });
		await billingError(client.send({ ...GET, method: 'POST' }, ONCE));
		expect(transport.only.once).toBe(true);
		expect(transport.renewals).toBe(0);
	});

	it('stops when the caller gives up during a pause', async () => {
		const controller = new AbortController();
		const { client, transport } = clientWith(() => {
			controller.abort(new Error('given up'));
			return text(503);
		});
		await expect(client.send({ ...GET, signal: controller.signal }, OFTEN)).rejects.toThrow('given up');
		expect(transport.requests).toHaveLength(1);
	});
});

describe('a spent token that only the provider can tell of', () => {
	const readRefusal: RefusalReader = (_, body) =>
		body?.includes('expired') === true ? { kind: 'AUTH', message: 'expired', tokenSpent: true } : null;

	it.each([
		['inside a 200', text(200, '{"errorMessage":"token expired"}')],
		['by a 403', text(403, 'expired')],
	])('%s is renewed, and the request sent again without a pause', async (_, spent) => {
		const { client, clock, transport } = clientWith([spent, text(200, 'ok')], { readRefusal, renewable: true });
		expect((await client.send(GET, OFTEN)).body).toEqual({ kind: 'text', text: 'ok' });
		expect([transport.renewals, clock.pauses]).toEqual([1, []]);
	});

	it.each([
		['{"reason":"Token expired"}', 1],
		['{"fault":{"faultstring":"Invalid access token"}}', 1],
		['{"reason":"Not allowed by policy"}', 0],
	])('is renewed at a 403 of any provider whose words mean it: %s', async (words, renewals) => {
		const { client, transport } = clientWith(() => text(403, words), { readRefusal: () => null, renewable: true });
		await billingError(client.send(GET, OFTEN));
		expect(transport.renewals).toBe(renewals);
	});

	it('is renewed once, however often it is told', async () => {
		const { client, transport } = clientWith(() => text(403, 'expired'), { readRefusal, renewable: true });
		expect(await billingError(client.send(GET, OFTEN))).toMatchObject({ kind: 'AUTH', status: 403 });
		expect([transport.renewals, transport.requests.length]).toEqual([1, 2]);
	});

	it('does not cost one of the attempts', async () => {
		const answers = [text(503), text(403, 'expired'), text(503), text(503), text(200)];
		const { client } = clientWith(answers, { readRefusal, renewable: true });
		expect((await client.send(GET, OFTEN)).status).toBe(200);
	});

	it.each([
		['where nothing can be renewed', false],
		['where the adapter cannot renew', undefined],
	])('is an error %s', async (_, renewable) => {
		const { client, transport } = clientWith([text(403, 'expired')], {
			readRefusal,
			...(renewable !== undefined && { renewable }),
		});
		expect((await billingError(client.send(GET, OFTEN))).kind).toBe('AUTH');
		expect(transport.isDone).toBe(true);
	});

	it('is not renewed again after a 401, which the adapter has answered already', async () => {
		const { client, transport } = clientWith([text(401, 'expired')], { readRefusal, renewable: true });
		await billingError(client.send(GET, OFTEN));
		expect(transport.renewals).toBe(0);
	});

	it('hands the refused response to the adapter', async () => {
		const refused = text(403, 'expired');
		const { client, transport } = clientWith([refused, text(200)], { readRefusal });
		const handed: unknown[] = [];
		transport.renewCredential = (response?: unknown) => {
			handed.push(response);
			return Promise.resolve(true);
		};
		await client.send(GET, OFTEN);
		expect(handed).toEqual([refused]);
	});

	it.each([
		[
			'as an error of this connection',
			new BillingError({ kind: 'AUTH', message: 'no token' }),
			{ connection: 'orange' },
		],
		['as it is', new TypeError('bug'), {}],
	])('a renewal that fails is thrown %s', async (_, failure, shown) => {
		const { client, transport } = clientWith([text(403, 'expired')], { readRefusal });
		transport.renewCredential = () => Promise.reject(failure);
		const thrown = await client.send(GET, OFTEN).catch((error: unknown) => error);
		expect(thrown).toMatchObject({ message: failure.message, ...shown });
	});
});

describe('classification', () => {
	it.each([
		[400, 'INVALID_REQUEST', false],
		[401, 'AUTH', false],
		[403, 'FORBIDDEN', false],
		[404, 'NOT_FOUND', false],
		[405, 'NOT_OFFERED', false],
		[406, 'INVALID_REQUEST', false],
		[408, 'TIMEOUT', true],
		[409, 'CONFLICT', false],
		[413, 'TOO_LARGE', false],
		[416, 'INVALID_REQUEST', false],
		[422, 'INVALID_REQUEST', false],
		[429, 'RATE_LIMITED', true],
		[500, 'UNAVAILABLE', true],
		[501, 'NOT_OFFERED', false],
		[503, 'UNAVAILABLE', true],
		[504, 'TIMEOUT', true],
		[599, 'UNAVAILABLE', true],
	])('status %i is %s', async (status, kind, retryable) => {
		const { client } = clientWith(() => text(status));
		expect(await billingError(client.send(GET, ONCE))).toMatchObject({
			kind,
			status,
			retryable,
			provider: 'ORANGE_BUSINESS',
			connection: 'orange',
		});
	});

	it.each<[string, ScriptedAnswer]>([
		['with a list', text(300, '[]', { location: '/bills' })],
		['with a code of the provider', text(302, '{"code":"53"}')],
		['with words of a spent token', text(307, '{"code":"42","message":"Access token expired"}')],
		['as bytes', bytes(308, Buffer.from('[]'))],
		['as a stream', stream(301, ['%PDF-'])],
		['without anything', text(304)],
	])('a redirect %s is no answer, and sent once', async (_, answer) => {
		const readRefusal: RefusalReader = (__, body) => (body?.includes('53') === true ? { kind: 'RATE_LIMITED' } : null);
		const { client, transport } = clientWith([answer], { readRefusal, renewable: true });
		expect(await billingError(client.send(GET, OFTEN))).toMatchObject({
			kind: 'PROTOCOL',
			message: 'The provider sends the request on to another address, which is not followed',
			retryable: false,
		});
		expect([transport.requests.length, transport.renewals]).toEqual([1, 0]);
	});

	it('a redirect names the host that it leads to, and nothing else of the address', async () => {
		const location = 'https://ada:pw@sso.example.com/login?ticket=secret';
		const error = await billingError(clientWith([text(302, '', { location })]).client.send(GET, ONCE));
		expect(error.message).toBe('The provider sends the request on to sso.example.com, which is not followed');
	});

	it('the provider’s own words come before those of the status, its silence does not', async () => {
		const readRefusal: RefusalReader = () => ({
			kind: 'RATE_LIMITED',
			code: '53',
			hint: undefined,
		});
		const { client } = clientWith([text(403, '', { 'x-oapi-request-id': 'r-1' })], {
			readRefusal,
			requestIdHeader: 'X-OAPI-Request-Id',
		});
		expect(await billingError(client.send(GET, ONCE))).toMatchObject({
			kind: 'RATE_LIMITED',
			code: '53',
			message: 'The provider does not allow this',
			hint: expect.stringContaining('Ask the provider'),
			requestId: 'r-1',
			retryable: true,
		});
	});

	it('a failure inside a 200 is a PROTOCOL error unless the provider says which', async () => {
		const { client } = clientWith([json(200, {})], { readRefusal: () => ({ code: 'X' }) });
		expect(await billingError(client.send(GET, ONCE))).toMatchObject({ kind: 'PROTOCOL', status: 200, code: 'X' });
	});

	it('sees every answer, of any status, with its text', async () => {
		const seen: unknown[] = [];
		const readRefusal: RefusalReader = ({ status }, body) => {
			seen.push([status, body]);
			return null;
		};
		const { client } = clientWith([text(200, 'fine')], { readRefusal });
		await client.send(GET, ONCE);
		expect(seen).toEqual([[200, 'fine']]);
	});

	it.each([
		['bytes', bytes(404, Buffer.from('gone')), 'gone'],
		['a stream', stream(404, ['go', 'ne']), 'gone'],
		[
			'a stream cut inside a character',
			stream(404, [Buffer.from('ü').subarray(0, 1), Buffer.from('ü').subarray(1)]),
			'ü',
		],
		['a stream that breaks off', stream(404, ['go', new Error('reset')]), null],
		['an endless stream, as far as needed', stream(404, Array<string>(80).fill('x'.repeat(1024))), 'x'.repeat(65_536)],
		['many bytes, as far as needed', bytes(404, Buffer.alloc(70_000, 'x')), 'x'.repeat(65_536)],
	])('reads an error body that arrives as %s', async (_, answer, expected) => {
		let read: string | null | undefined;
		const readRefusal: RefusalReader = (__, body) => {
			read = body;
			return null;
		};
		const { client } = clientWith([answer], { readRefusal });
		const expectForm = answer.body.kind === 'bytes' ? 'bytes' : 'stream';
		expect((await billingError(client.send({ ...GET, expect: expectForm }, ONCE))).kind).toBe('NOT_FOUND');
		expect(read).toBe(expected);
	});

	it('a caller that gave up while an error body was read gets its own reason', async () => {
		const controller = new AbortController();
		const { client } = clientWith(() => {
			queueMicrotask(() => controller.abort(new Error('given up')));
			return stream(500, ['x', new Error('aborted')]);
		});
		const sent = client.send({ ...GET, expect: 'stream', signal: controller.signal }, ONCE);
		await expect(sent).rejects.toThrow('given up');
	});

	it('an expired token, told by an error body with a status of success, is renewed', async () => {
		const said = '{"code":"42","message":"Access token expired"}';
		const { client, transport } = clientWith([bytes(200, Buffer.from(said)), text(200, said), text(200, '[]')]);
		expect(await billingError(client.send({ ...GET, expect: 'bytes' }, ONCE))).toMatchObject({ kind: 'AUTH' });
		expect(await billingError(client.send(GET, ONCE))).toMatchObject({ kind: 'AUTH', status: 200 });
		await client.send(GET, ONCE);
		expect(transport.sent).toHaveLength(3);
	});

	it('files are not read', async () => {
		const seen: unknown[] = [];
		const readRefusal: RefusalReader = (_, body) => {
			seen.push(body);
			return null;
		};
		const { client } = clientWith([stream(200, ['%PDF']), bytes(200, Buffer.from('%PDF'))], { readRefusal });
		await client.send({ ...GET, expect: 'stream' }, ONCE);
		await client.send({ ...GET, expect: 'bytes' }, ONCE);
		expect(seen).toEqual([null, null]);
	});

	it('errors of the adapter become errors of this connection; anything else passes', async () => {
		const down = new BillingError({ kind: 'TIMEOUT', message: 'no answer', hint: 'h', cause: 'ETIMEDOUT' });
		expect(await billingError(clientWith([down]).client.send(GET, ONCE))).toMatchObject({
			kind: 'TIMEOUT',
			hint: 'h',
			connection: 'orange',
			cause: 'ETIMEDOUT',
		});
		await expect(clientWith([new TypeError('bug')]).client.send(GET, OFTEN)).rejects.toThrow(TypeError);
	});
});

describe('what is sent', () => {
	it('has the connection’s time limit, unless the request has its own', async () => {
		const { client, transport } = clientWith(() => text(200), { timeoutMs: 10 });
		await client.send(GET, OFTEN);
		await client.send({ ...GET, timeoutMs: 99 }, OFTEN);
		expect(transport.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([10, 99]);
	});

	it('is otherwise what was asked for', async () => {
		const { client, clock, transport } = clientWith([text(200)]);
		await client.send(GET, OFTEN);
		expect(transport.only).toEqual(GET);
		expect(client.clock).toBe(clock);
	});
});

describe('errorIn', () => {
	it('is null for what is no error, and the same error that sending gives otherwise', async () => {
		const { client } = clientWith([], { readRefusal: (_, body) => (body === 'no' ? { code: '1' } : null) });
		expect(await client.errorIn(text(200), 'yes')).toBeNull();
		expect(await client.errorIn(text(200), 'no')).toMatchObject({ kind: 'PROTOCOL', code: '1', connection: 'orange' });
		expect(await client.errorIn(text(404), null)).toMatchObject({ kind: 'NOT_FOUND' });
	});
});
