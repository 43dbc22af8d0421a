/** Orange's gateway: tokens, API keys, consent of users, error bodies and request ids. */
import { addFault } from '../addFault';
import { read, startOrange, tokenRequest, type OrangeAnswer, type OrangeApi } from './orangeApi';

const REDIRECT_URI = 'http://localhost:5678/rest/oauth2-credential/callback';

let orange: OrangeApi;
let authorizeUrl: string;

beforeAll(async () => {
	orange = await startOrange();
	authorizeUrl = `${orange.sandbox.url}/orange/oauth/v3/authorize`;
});
afterAll(() => orange.sandbox.close());

const listBills = async (headers: Record<string, string>): Promise<OrangeAnswer> =>
	read(await fetch(`${orange.base}/bills?limit=1`, { headers }));

const errorOf = ({ json }: OrangeAnswer): unknown => (json as { error: unknown }).error;

describe('tokens for programs', () => {
	it('come for client credentials, with the lifetime as a number', async () => {
		const answer = await tokenRequest(orange.sandbox.url, { grant_type: 'client_credentials' });
		expect(answer.json).toEqual({ token_type: 'Bearer', access_token: expect.any(String), expires_in: 3600 });
	});

	it('quirk: need Accept: application/json, else 406', async () => {
		const form = { grant_type: 'client_credentials' };
		expect((await tokenRequest(orange.sandbox.url, form, { accept: '*/*' })).status).toBe(406);
	});

	it('quirk: refusals are OAuth errors and not gateway errors', async () => {
		const missing = await tokenRequest(orange.sandbox.url, { scope: 'x' });
		expect([missing.status, missing.json]).toEqual([
			400,
			{ error: 'invalid_request', error_description: 'Missing grant_type in body' },
		]);
		const stranger = { authorization: `Basic ${Buffer.from('orange-demo:wrong').toString('base64')}` };
		const refused = await tokenRequest(orange.sandbox.url, { grant_type: 'client_credentials' }, stranger);
		expect([refused.status, errorOf(refused)]).toEqual([401, 'invalid_client']);
		const password = await tokenRequest(orange.sandbox.url, { grant_type: 'password' });
		expect([password.status, errorOf(password)]).toEqual([400, 'unsupported_grant_type']);
	});

	it.each([
		['no Authorization', {}, 40],
		['quirk: a token without Bearer, as in the samples', { authorization: 'TOKEN' }, 40],
		['an unknown token', { authorization: 'Bearer nonsense', 'x-api-key': 'orange-demo-api-key' }, 41],
		['no API key', { authorization: 'Bearer TOKEN' }, 40],
		['a wrong API key', { authorization: 'Bearer TOKEN', 'x-api-key': 'wrong' }, 41],
	])('refuses %s with 401', async (_name, headers, code) => {
		const entries = Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', orange.token)]);
		const answer = await listBills(Object.fromEntries(entries) as Record<string, string>);
		expect([answer.status, answer.json]).toEqual([
			401,
			{ code, message: expect.any(String), description: expect.any(String), infoURL: expect.any(String) },
		]);
	});

	it('expire with code 42', async () => {
		const brief = await startOrange({ tokenLifetime: 0 });
		const answer = await brief.get('/bills');
		expect([answer.status, answer.json]).toEqual([401, expect.objectContaining({ code: 42 })]);
		await brief.sandbox.close();
	});
});

describe('tokens for users', () => {
	const asked = { response_type: 'code', client_id: 'orange-demo', redirect_uri: REDIRECT_URI, state: 's & "t"' };

	const consent = async (decision: string, form: Record<string, string> = asked): Promise<Response> =>
		fetch(authorizeUrl, { method: 'POST', body: new URLSearchParams({ ...form, decision }), redirect: 'manual' });

	const consentedCode = async (): Promise<string> => {
		const target = new URL((await consent('allow')).headers.get('location')!);
		expect(target.searchParams.get('state')).toBe(asked.state);
		expect(target.href.startsWith(REDIRECT_URI)).toBe(true);
		return target.searchParams.get('code')!;
	};

	const exchange = (form: Record<string, string>) => tokenRequest(orange.sandbox.url, form);

	it('shows a page that asks, and carries the request on', async () => {
		const page = await read(await fetch(`${authorizeUrl}?${new URLSearchParams(asked).toString()}`));
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(page.text).toContain('name="state" value="s &amp; &quot;t&quot;"');
		expect(page.text).toContain('value="allow"');
	});

	it('come for a code and need no API key', async () => {
		const code = await consentedCode();
		const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI };
		const token = (await exchange(form)).json as { access_token: string; refresh_token: string };
		expect((await listBills({ authorization: `Bearer ${token.access_token}` })).status).toBe(200);
		expect(errorOf(await exchange(form))).toBe('invalid_grant');
		const renewed = await exchange({ grant_type: 'refresh_token', refresh_token: token.refresh_token });
		const { access_token: renewedToken } = renewed.json as { access_token: string };
		expect((await listBills({ authorization: `Bearer ${renewedToken}` })).status).toBe(200);
		const again = await exchange({ grant_type: 'refresh_token', refresh_token: token.refresh_token });
		expect([again.status, errorOf(again)]).toEqual([400, 'invalid_grant']);
	});

	it('do not come for a code with another redirect URI', async () => {
		const code = await consentedCode();
		const form = { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost/other' };
		expect(errorOf(await exchange(form))).toBe('invalid_grant');
	});

	it('say so when the user declines', async () => {
		const target = new URL((await consent('deny')).headers.get('location')!);
		expect(target.searchParams.get('error')).toBe('access_denied');
		expect(target.searchParams.has('code')).toBe(false);
	});

	it.each([
		{ ...asked, client_id: 'stranger' },
		{ ...asked, response_type: 'token' },
		{ ...asked, redirect_uri: 'javascript:alert(1)' },
		{ ...asked, redirect_uri: 'http://' },
	])('redirect nowhere for a wrong request: %j', async (form) => {
		expect((await consent('allow', form)).status).toBe(400);
		expect((await fetch(`${authorizeUrl}?${new URLSearchParams(form).toString()}`)).status).toBe(400);
	});
});

it('puts a request id on every response, errors and tokens too', async () => {
	const answers = [
		await orange.get('/bills'),
		await orange.get('/nothing'),
		await listBills({}),
		await tokenRequest(orange.sandbox.url, {}),
	];
	const ids = answers.map(({ headers }) => headers.get('x-oapi-request-id'));
	expect(new Set(ids).size).toBe(4);
	expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true);
});

it('tells an unknown path by code 60', async () => {
	const answer = await orange.get('/nothing');
	expect([answer.status, answer.json]).toEqual([404, expect.objectContaining({ code: 60 })]);
});

it.each([403, 429])('quirk: too many requests is code 53 with HTTP %i, brought about by a fault', async (status) => {
	await addFault(orange.sandbox, {
		provider: 'orange',
		path: '/bills',
		times: 1,
		effect: 'answer',
		with: { status, body: { code: 53, message: 'Too many requests', description: 'Wait a second.' } },
	});
	const refused = await orange.get('/bills');
	expect([refused.status, refused.json]).toEqual([status, expect.objectContaining({ code: 53 })]);
	expect((await orange.get('/bills')).status).toBe(200);
});
