import { type Authentication, authenticated } from '../../../providers/transport/authentication';
import type { Transport, TransportRequest } from '../../../providers/transport/port';
import { billingError } from '../support/errors';
import { ScriptedTransport, fakeClock, json, stream, text } from '../support/scriptedTransport';

const ORIGIN = 'https://api.example.com';
const TOKEN_URL = `${ORIGIN}/oauth/token`;
const GET: TransportRequest = {
	method: 'GET',
	url: `${ORIGIN}/bills?x=1`,
	headers: { accept: 'application/json' },
	expect: 'text',
	credential: 'SEND',
};
const CLIENT: Authentication = {
	kind: 'CLIENT_CREDENTIALS',
	tokenUrls: [TOKEN_URL],
	clientId: 'id',
	clientSecret: 'secret',
};

/** Hands out token-1, token-2, ... and answers data requests with `data`. */
function provider(data: (authorization: string | undefined, request: TransportRequest) => ReturnType<typeof text>) {
	let tokens = 0;
	return new ScriptedTransport((request) => {
		if (request.url !== TOKEN_URL) return data(request.headers['authorization'], request);
		tokens += 1;
		return json(200, { access_token: `token-${tokens}`, expires_in: 3600 });
	});
}

function tokenRequests(transport: ScriptedTransport): number {
	return transport.requests.filter(({ url }) => url === TOKEN_URL).length;
}

describe('fixed credentials', () => {
	const cases: readonly [string, Authentication, Record<string, string>][] = [
		['NONE', { kind: 'NONE' }, {}],
		['BEARER', { kind: 'BEARER', token: 'abc' }, { authorization: 'Bearer abc' }],
		['HEADER', { kind: 'HEADER', name: 'X-Auth-Token', value: 'abc' }, { 'x-auth-token': 'abc' }],
		[
			'BASIC',
			{ kind: 'BASIC', username: 'me', password: 'pä:ss' },
			{ authorization: `Basic ${Buffer.from('me:pä:ss').toString('base64')}` },
		],
	];

	it.each(cases)('%s goes on requests to the own origin', async (_, authentication, headers) => {
		const transport = new ScriptedTransport([text(200)]);
		await authenticated(transport, authentication, fakeClock(), [ORIGIN]).request(GET);
		expect(transport.only).toEqual({ ...GET, headers: { accept: 'application/json', ...headers } });
	});

	it.each(cases)('%s has nothing to renew: a 401 is handed on', async (_, authentication) => {
		const transport = new ScriptedTransport([text(401)]);
		const ours: Transport = authenticated(transport, authentication, fakeClock(), [ORIGIN]);
		expect((await ours.request(GET)).status).toBe(401);
		expect(ours.renewCredential).toBeUndefined();
	});

	it('refuses a secret that would break out of its header', async () => {
		const transport = new ScriptedTransport([]);
		const make = (authentication: Authentication) => () =>
			authenticated(transport, authentication, fakeClock(), [ORIGIN]);
		const evil = 'a\r\nx-evil: 1';
		expect(await billingError(make({ kind: 'BEARER', token: evil }))).toMatchObject({ parameter: 'token' });
		expect(await billingError(make({ kind: 'HEADER', name: 'x', value: evil }))).toMatchObject({ parameter: 'value' });
		expect(await billingError(make({ ...CLIENT, apiKey: evil }))).toMatchObject({
			parameter: 'apiKey',
		});
	});
});

describe('credentials stay with their provider', () => {
	const all: readonly Authentication[] = [
		{ kind: 'BEARER', token: 'abc' },
		{ kind: 'HEADER', name: 'X-Auth-Token', value: 'abc' },
		{ kind: 'BASIC', username: 'me', password: 'pw' },
		{ ...CLIENT, apiKey: 'key' },
	];
	const elsewhere: readonly [string, Partial<TransportRequest>][] = [
		['another host', { url: 'https://files.example.net/bill.pdf' }],
		['a host that only starts alike', { url: 'https://api.example.com.evil.net/bills' }],
		['the same host without TLS', { url: 'http://api.example.com/bills' }],
		['another port', { url: 'https://api.example.com:8443/bills' }],
		['the host as user name', { url: 'https://api.example.com@evil.net/bills' }],
		['the own host, withheld', { credential: 'WITHHOLD' }],
	];

	it.each(elsewhere)('nothing goes to %s, and no token is fetched for it', async (_, change) => {
		for (const authentication of all) {
			const transport = new ScriptedTransport([text(200)]);
			await authenticated(transport, authentication, fakeClock(), [`${ORIGIN}/billing/v1`]).request({
				...GET,
				...change,
			});
			expect(transport.only).toEqual({ ...GET, ...change, credential: 'WITHHOLD' });
		}
	});

	it('the default port and the case of the host do not matter', async () => {
		const transport = new ScriptedTransport([text(200)]);
		const ours = authenticated(transport, { kind: 'BEARER', token: 'abc' }, fakeClock(), [
			'https://API.example.com:443',
		]);
		await ours.request(GET);
		expect(transport.only.headers['authorization']).toBe('Bearer abc');
	});
});

describe('tokens', () => {
	it('fetches one token for many requests, and sends it as Bearer with the API key beside it', async () => {
		const transport = provider(() => text(200));
		const ours = authenticated(transport, { ...CLIENT, apiKey: 'key' }, fakeClock(), [ORIGIN]);
		await Promise.all([ours.request(GET), ours.request(GET), ours.request(GET)]);
		expect(tokenRequests(transport)).toBe(1);
		const data = transport.requests.filter(({ url }) => url === GET.url);
		expect(data).toHaveLength(3);
		for (const { headers } of data) {
			expect(headers).toEqual({ accept: 'application/json', authorization: 'Bearer token-1', 'x-api-key': 'key' });
		}
	});

	it('asks for tokens without the API key and without an old token', async () => {
		const transport = provider((authorization) => text(authorization === 'Bearer token-2' ? 200 : 401));
		await authenticated(transport, { ...CLIENT, apiKey: 'key' }, fakeClock(), [ORIGIN]).request(GET);
		for (const { url, headers, credential } of transport.requests) {
			if (url !== TOKEN_URL) continue;
			expect(credential).toBe('WITHHOLD');
			expect(headers['authorization']).toMatch(/^Basic /);
			expect(headers).not.toHaveProperty('x-api-key');
		}
	});

	it('renews once on 401 and sends the request again unchanged', async () => {
		const transport = provider((authorization) => text(authorization === 'Bearer token-1' ? 401 : 200, 'ok'));
		const ours = authenticated(transport, CLIENT, fakeClock(), [ORIGIN]);
		expect(await ours.request({ ...GET, method: 'POST', body: '{}' })).toMatchObject({ status: 200 });
		const data = transport.requests.filter(({ url }) => url === GET.url);
		expect(data.map(({ body }) => body)).toEqual(['{}', '{}']);
		expect(tokenRequests(transport)).toBe(2);
	});

	it('hands on the second 401', async () => {
		const transport = provider(() => text(401));
		expect((await authenticated(transport, CLIENT, fakeClock(), [ORIGIN]).request(GET)).status).toBe(401);
		expect(transport.requests).toHaveLength(4);
	});

	it('renews once for many requests refused at the same time', async () => {
		const transport = provider((authorization) => text(authorization === 'Bearer token-1' ? 401 : 200));
		const ours = authenticated(transport, CLIENT, fakeClock(), [ORIGIN]);
		const answers = await Promise.all(Array.from({ length: 5 }, () => ours.request(GET)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		expect(tokenRequests(transport)).toBe(2);
	});

	it('never sends a create again, but fetches a new token for the next request', async () => {
		const transport = provider((authorization) => text(authorization === 'Bearer token-1' ? 401 : 201));
		const ours = authenticated(transport, CLIENT, fakeClock(), [ORIGIN]);
		const create: TransportRequest = { ...GET, method: 'POST', once: true };
		expect((await ours.request(create)).status).toBe(401);
		expect(transport.requests).toHaveLength(2);
		expect((await ours.request(create)).status).toBe(201);
		expect(tokenRequests(transport)).toBe(2);
	});

	it('lets go of the refused body, even one that breaks, before sending again', async () => {
		let closed = 0;
		const body = (async function* () {
			try {
				yield new TextEncoder().encode('expired');
				throw new Error('connection lost');
			} finally {
				closed += 1;
			}
		})();
		const transport = provider((authorization) =>
			authorization === 'Bearer token-1'
				? { ...stream(401, []), body: { kind: 'stream', stream: body } }
				: stream(200, ['ok']),
		);
		const response = await authenticated(transport, CLIENT, fakeClock(), [ORIGIN]).request({
			...GET,
			expect: 'stream',
		});
		expect(response.status).toBe(200);
		expect(closed).toBe(1);
	});

	it('rejects with AUTH where no token is to be had, and sends nothing', async () => {
		const transport = new ScriptedTransport([json(401, { error: 'invalid_client' })]);
		const error = await billingError(authenticated(transport, CLIENT, fakeClock(), [ORIGIN]).request(GET));
		expect(error).toMatchObject({ kind: 'AUTH', code: 'invalid_client' });
		expect(transport.requests).toHaveLength(1);
	});

	it('rejects with AUTH where the renewal after a 401 fails', async () => {
		const transport = new ScriptedTransport([json(200, { access_token: 'a' }), text(401), json(400, { error: 'no' })]);
		const error = await billingError(authenticated(transport, CLIENT, fakeClock(), [ORIGIN]).request(GET));
		expect(error).toMatchObject({ kind: 'AUTH', code: 'no' });
	});

	it('does not send again once the caller has given up', async () => {
		const controller = new AbortController();
		const transport = provider(() => {
			controller.abort(new Error('given up'));
			return text(401);
		});
		const ours = authenticated(transport, CLIENT, fakeClock(), [ORIGIN]);
		await expect(ours.request({ ...GET, signal: controller.signal })).rejects.toThrow('given up');
		expect(transport.requests.filter(({ url }) => url === GET.url)).toHaveLength(1);
	});

	it('renewCredential renews the token of the refused response, once for all of its requests', async () => {
		const transport = provider(() => text(403));
		const ours = authenticated(transport, CLIENT, fakeClock(), [ORIGIN]);
		const [first, second] = [await ours.request(GET), await ours.request(GET)];
		expect(await ours.renewCredential?.(first)).toBe(true);
		expect(await ours.renewCredential?.(second)).toBe(true);
		await ours.request(GET);
		expect(tokenRequests(transport)).toBe(2);
		expect(transport.requests.at(-1)?.headers['authorization']).toBe('Bearer token-2');
	});

	it('renewCredential has nothing to renew for a response that no token was sent for', async () => {
		const ours = authenticated(
			provider(() => text(403)),
			CLIENT,
			fakeClock(),
			[ORIGIN],
		);
		const foreign = await ours.request({ ...GET, url: 'https://files.example.net/' });
		expect(await ours.renewCredential?.(foreign)).toBe(false);
	});

	it.each<[string, Authentication, unknown]>([
		['REFRESH_TOKEN', { ...CLIENT, kind: 'REFRESH_TOKEN', refreshToken: 'r' }, { access_token: 'abc' }],
		[
			'LOGIN',
			{ kind: 'LOGIN', url: TOKEN_URL, username: 'u', password: 'p', tokenPath: 'data.token' },
			{ data: { token: 'abc' } },
		],
	])('%s sends the token it got as Bearer', async (_, authentication, granted) => {
		const transport = new ScriptedTransport([json(200, granted), text(200)]);
		await authenticated(transport, authentication, fakeClock(), [ORIGIN]).request(GET);
		expect(transport.requests.at(-1)?.headers['authorization']).toBe('Bearer abc');
	});
});
