import {
	type ClientCredentials,
	clientCredentials,
	loginExchange,
	refreshedToken,
} from '../../../providers/transport/oauth';
import { BillingError } from '../../../providers/transport/errors';
import { billingError } from '../support/errors';
import { type ScriptedAnswer, ScriptedTransport, fakeClock, json, text } from '../support/scriptedTransport';

const SECRET = 's3cr+t/ä:%';
const DESK: ClientCredentials = {
	tokenUrls: ['https://api.example.com/oauth/v2/token'],
	clientId: 'my client',
	clientSecret: SECRET,
};

function ask(answers: readonly ScriptedAnswer[], settings: Partial<ClientCredentials> = {}) {
	const transport = new ScriptedTransport(answers);
	return { transport, fetchToken: clientCredentials({ ...DESK, ...settings }, transport, fakeClock(5_000)) };
}

describe('client credentials', () => {
	it('sends the grant as a form, id and secret form-encoded inside Basic, as RFC 6749 says', async () => {
		const { transport, fetchToken } = ask([json(200, { access_token: 'abc', token_type: 'Bearer', expires_in: 3600 })]);
		expect(await fetchToken()).toEqual({ value: 'abc', issuedAt: 5_000, lifeMs: 3_600_000 });
		const { method, url, headers, body, credential, expect: form } = transport.only;
		expect({ method, url, body, credential, form }).toEqual({
			method: 'POST',
			url: 'https://api.example.com/oauth/v2/token',
			body: 'grant_type=client_credentials',
			credential: 'WITHHOLD',
			form: 'text',
		});
		expect(headers).toEqual({
			accept: 'application/json',
			'content-type': 'application/x-www-form-urlencoded',
			authorization: `Basic ${Buffer.from('my+client:s3cr%2Bt%2F%C3%A4%3A%25').toString('base64')}`,
		});
	});

	it('adds scope and extra headers where configured, and no empty scope', async () => {
		const granted = json(200, { access_token: 'abc' });
		const scoped = ask([granted], {
			scope: 'Billing.Read All',
			headers: { 'X-OAUTH-IDENTITY-DOMAIN-NAME': 'telecom' },
		});
		await scoped.fetchToken();
		expect(scoped.transport.only.body).toBe('grant_type=client_credentials&scope=Billing.Read+All');
		expect(scoped.transport.only.headers['x-oauth-identity-domain-name']).toBe('telecom');
		const unscoped = ask([granted], { scope: '' });
		await unscoped.fetchToken();
		expect(unscoped.transport.only.body).toBe('grant_type=client_credentials');
	});

	it.each(['BearerToken', 'bearer', '', 7, undefined])('takes the token whatever its type: %p', async (token_type) => {
		const { fetchToken } = ask([json(200, { access_token: 'abc', token_type })]);
		expect((await fetchToken()).value).toBe('abc');
	});

	it('takes expires_in as text, as Apigee writes it', async () => {
		const { fetchToken } = ask([json(200, { access_token: 'abc', expires_in: '1799' })]);
		expect((await fetchToken()).lifeMs).toBe(1_799_000);
	});

	it('tries the next known address on 404, and remembers which one worked', async () => {
		const transport = new ScriptedTransport(({ url }) =>
			url.endsWith('/oauth/token')
				? json(200, { access_token: 'abc' })
				: json(404, { code: '404', message: 'Not Found' }),
		);
		const base = 'https://api.example.com';
		const fetchToken = clientCredentials(
			{ ...DESK, tokenUrls: [`${base}/oauth/v2/token`, `${base}/oauth/token`, `${base}/oauth/v1/token`] },
			transport,
			fakeClock(),
		);
		await fetchToken();
		await fetchToken();
		expect(transport.sent).toEqual(
			['/oauth/v2/token', '/oauth/token', '/oauth/token'].map((path) => `POST ${base}${path}`),
		);
	});

	it('says so when no known address has a token server', async () => {
		const { transport, fetchToken } = ask([text(404, '<html>'), text(404, '<html>')], {
			tokenUrls: ['https://a.example/token', 'https://b.example/token'],
		});
		expect(await billingError(fetchToken())).toMatchObject({
			kind: 'AUTH',
			status: 404,
			retryable: false,
			message: 'The token server answers with a web page (status 404)',
			hint: expect.stringContaining('token URL'),
		});
		expect(transport.isDone).toBe(true);
	});

	it('does not try other addresses for any other answer', async () => {
		const { transport, fetchToken } = ask([json(401, { error: 'invalid_client' })], {
			tokenUrls: ['https://a.example/token', 'https://b.example/token'],
		});
		await billingError(fetchToken());
		expect(transport.requests).toHaveLength(1);
	});

	it.each([
		['RFC 6749', { error: 'invalid_client', error_description: 'Bad client' }, 'invalid_client', 'Bad client'],
		["Lumen's legacy server", { ErrorCode: 'invalid_client', Error: 'Unknown key' }, 'invalid_client', 'Unknown key'],
		[
			'Apigee v2',
			{ code: 'missingCredentials', reason: 'No credentials', message: '' },
			'missingCredentials',
			'No credentials',
		],
		[
			'an Apigee fault',
			{ fault: { faultstring: 'Invalid key', detail: { errorcode: 'oauth.v2.X' } } },
			'oauth.v2.X',
			'Invalid key',
		],
		["Orange's gateway", { code: 41, message: 'Invalid credentials', description: 'd' }, '41', 'Invalid credentials'],
		['a bare code', { error: 'access_denied' }, 'access_denied', 'access_denied'],
	])('reads the error shape of %s', async (_, body, code, words) => {
		const { fetchToken } = ask([json(401, body)]);
		expect(await billingError(fetchToken())).toMatchObject({
			kind: 'AUTH',
			status: 401,
			code,
			retryable: false,
			message: `The token server refuses: ${words}`,
		});
	});

	it('hints at the secret for invalid_client', async () => {
		const { fetchToken } = ask([json(400, { error: 'invalid_client' })]);
		expect((await billingError(fetchToken())).hint).toContain('client secret');
	});

	it.each([
		[
			'an HTML page with status 200',
			text(200, ' <!DOCTYPE html><html>', { 'content-type': 'text/html' }),
			'with a web page (status 200)',
		],
		['an empty HTML answer', text(200, '', { 'content-type': 'text/html' }), 'with a web page (status 200)'],
		['nothing', text(200, ''), 'without JSON that says more (status 200)'],
		['a JSON list', json(200, []), 'without JSON that says more (status 200)'],
		['a redirect', text(302, ''), 'without JSON that says more (status 302)'],
		['a form refused with words that are no JSON', text(401, 'nope'), 'without JSON that says more (status 401)'],
	])('reports %s in words', async (_, answer, words) => {
		const { fetchToken } = ask([answer]);
		expect(await billingError(fetchToken())).toMatchObject({
			kind: 'AUTH',
			message: `The token server answers ${words}`,
		});
	});

	it.each([[undefined], [''], [null], [{}], ['two words'], ['line\r\nbreak'], ['t\u00f6ken']])(
		'does not take %p for a token',
		async (access_token) => {
			const { fetchToken } = ask([json(200, { access_token })]);
			expect(await billingError(fetchToken())).toMatchObject({
				kind: 'AUTH',
				message: 'The token server answers without a token',
			});
		},
	);

	it('reports a refusal inside a successful answer', async () => {
		const { fetchToken } = ask([json(200, { error: 'invalid_scope', error_description: 'No such scope' })]);
		expect((await billingError(fetchToken())).message).toBe('The token server gives no token: No such scope');
	});

	it.each([
		[429, { 'retry-after': '7' }, 7_000],
		[503, {}, null],
	])('status %i is AUTH, and worth another try', async (status, headers, retryAfterMs) => {
		const { fetchToken } = ask([text(status, '', headers)]);
		expect(await billingError(fetchToken())).toMatchObject({ kind: 'AUTH', status, retryable: true, retryAfterMs });
	});

	it('a token server out of reach is AUTH, worth another try, and keeps the hint', async () => {
		const down = new BillingError({ kind: 'UNAVAILABLE', message: 'connection refused', hint: 'Is it running?' });
		expect(await billingError(ask([down]).fetchToken())).toMatchObject({
			kind: 'AUTH',
			retryable: true,
			message: 'The token server cannot be reached: connection refused',
			hint: 'Is it running?',
		});
		const unhinted = new BillingError({ kind: 'TIMEOUT', message: 'no answer' });
		expect((await billingError(ask([unhinted]).fetchToken())).hint).toContain('token URL');
	});

	it('passes on what is no provider trouble, for instance an aborted signal', async () => {
		await expect(ask([new TypeError('bug')]).fetchToken()).rejects.toThrow(TypeError);
	});

	it('never lets a secret into an error, not even one that the server quotes', async () => {
		const basic = Buffer.from('my+client:s3cr%2Bt%2F%C3%A4%3A%25').toString('base64');
		const { fetchToken } = ask([
			json(401, { error: `bad ${SECRET}`, error_description: `No ${SECRET}, ${basic}, s3cr%2Bt%2F%C3%A4%3A%25` }),
		]);
		const error = await billingError(fetchToken());
		const told = JSON.stringify([error.message, error.hint, error.code, error.details, String(error.cause)]);
		for (const secret of [SECRET, basic, 's3cr']) expect(told).not.toContain(secret);
		expect(error.message).toBe('The token server refuses: No ***, ***, ***');
	});
});

describe('client credentials without a secret', () => {
	it('leave the words of the server whole', async () => {
		const { fetchToken } = ask([json(401, { error: 'invalid_client' })], { clientSecret: '' });
		expect((await billingError(fetchToken())).message).toBe('The token server refuses: invalid_client');
	});
});

describe('refresh token', () => {
	it('sends the refresh token, and the new one once the server has replaced it', async () => {
		const transport = new ScriptedTransport([
			json(200, { access_token: 'a1', refresh_token: 'r2' }),
			json(200, { access_token: 'a2' }),
			json(200, { access_token: 'a3' }),
		]);
		const fetchToken = refreshedToken({ ...DESK, refreshToken: 'r1', scope: 'bills' }, transport, fakeClock());
		for (const expected of ['a1', 'a2', 'a3']) expect((await fetchToken()).value).toBe(expected);
		expect(transport.requests.map(({ body }) => body)).toEqual(
			['r1', 'r2', 'r2'].map((token) => `grant_type=refresh_token&refresh_token=${token}&scope=bills`),
		);
	});

	it('says that the consent has ended, without the token', async () => {
		const transport = new ScriptedTransport([
			json(400, { error: 'invalid_grant', error_description: 'r1-secret expired' }),
		]);
		const error = await billingError(refreshedToken({ ...DESK, refreshToken: 'r1-secret' }, transport, fakeClock())());
		expect(error.hint).toContain('connect the account again');
		expect(error.message).toBe('The token server refuses: *** expired');
	});
});

describe('login exchange', () => {
	const LOGIN = { url: 'https://sim.example.com/login', username: 'me@example.com', password: 'pa"ss' };

	it('sends user name and password as JSON and reads the token', async () => {
		const transport = new ScriptedTransport([json(200, { token: 'abc' })]);
		expect(await loginExchange(LOGIN, transport, fakeClock(9))()).toEqual({
			value: 'abc',
			issuedAt: 9,
			lifeMs: 1_800_000,
		});
		expect(transport.only).toMatchObject({
			method: 'POST',
			url: LOGIN.url,
			body: '{"username":"me@example.com","password":"pa\\"ss"}',
			credential: 'WITHHOLD',
			headers: { accept: 'application/json', 'content-type': 'application/json' },
		});
	});

	it('uses the configured names, token path and headers', async () => {
		const transport = new ScriptedTransport([json(200, { data: { auth: { jwt: 'abc' } } })]);
		const login = {
			...LOGIN,
			usernameField: 'email',
			passwordField: 'secret',
			tokenPath: 'data.auth.jwt',
			headers: { 'X-Tenant': 't' },
		};
		expect((await loginExchange(login, transport, fakeClock())()).value).toBe('abc');
		expect(transport.only.body).toBe('{"email":"me@example.com","secret":"pa\\"ss"}');
		expect(transport.only.headers['x-tenant']).toBe('t');
	});

	it("reports floLIVE's envelope failure inside a 200, without the password", async () => {
		const transport = new ScriptedTransport([
			json(200, { errorCode: 'CUSTOMER_1006', errorMessage: 'no user with pa"ss', content: {} }),
		]);
		expect(await billingError(loginExchange(LOGIN, transport, fakeClock())())).toMatchObject({
			kind: 'AUTH',
			message: 'The token server gives no token: no user with ***',
		});
	});
});
