/** The token endpoints of Lumen and Oracle, with each one's way of refusing. */
import { type Client, TODAY, basic, startClient, textOf } from './support';

const FORM = 'grant_type=client_credentials';
let client: Client;

beforeAll(async () => {
	client = await startClient();
});
afterAll(() => client.close());

const lumen = basic('lumen-demo', 'lumen-demo-secret');
const brm = basic('brm-demo', 'brm-demo-secret');

describe('Lumen', () => {
	it('gives a token for thirty minutes at the current address', async () => {
		const { status, body } = await client.send('POST', '/lumen/oauth/v2/token', FORM, lumen);
		expect(status).toBe(200);
		expect(body).toMatchObject({ token_type: 'BearerToken', expires_in: 1_800 });
	});

	it('gives the lifetime as text at the legacy address, with a TrackingId', async () => {
		const { body, headers } = await client.send('POST', '/lumen/oauth/v1/token', FORM, lumen);
		expect(body['expires_in']).toBe('1800');
		expect(headers.get('trackingid')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
	});

	it('does not know the address of its own guide, as production does not', async () => {
		const { status, body } = await client.send('POST', '/lumen/oauth/token', FORM, lumen);
		expect([status, body]).toEqual([404, { code: '404', message: 'Not Found', info: 'Requested resource not found' }]);
	});

	it('knows the address of its guide when the option says so', async () => {
		const other = await startClient({ seedTokenUrl: true });
		const { status } = await other.send('POST', '/lumen/oauth/token', FORM, lumen);
		await other.close();
		expect(status).toBe(200);
	});

	it('answers 500 with ErrorCode and Error at the legacy address when the grant type is missing', async () => {
		const { status, body } = await client.send('POST', '/lumen/oauth/v1/token', 'a=b', lumen);
		expect(status).toBe(500);
		expect(Object.keys(body)).toEqual(['ErrorCode', 'Error']);
	});

	it.each([
		['/lumen/oauth/v2/token', { code: '401', reason: 'invalidCredentials' }],
		['/lumen/oauth/v1/token', { ErrorCode: 'invalid_client' }],
	])('refuses a wrong secret at %s', async (path, expected) => {
		const { status, body } = await client.send('POST', path, FORM, basic('lumen-demo', 'wrong'));
		expect(status).toBe(401);
		expect(body).toMatchObject(expected);
	});

	it('names missing credentials at the current address', async () => {
		const { body } = await client.send('POST', '/lumen/oauth/v2/token', FORM);
		expect(body).toMatchObject({ code: '401', reason: 'missingCredentials' });
	});
});

describe('Oracle', () => {
	it('gives a token for an hour at Identity Cloud Service, with the scope or without', async () => {
		const plain = await client.send('POST', '/idcs/oauth2/v1/token', FORM, brm);
		const scoped = await client.send('POST', '/idcs/oauth2/v1/token', `${FORM}&scope=BillingResource.Read`, brm);
		expect([plain.status, scoped.status]).toEqual([200, 200]);
		expect(plain.body).toMatchObject({ token_type: 'Bearer', expires_in: 3_600 });
	});

	it('refuses a scope it does not know', async () => {
		const { status, body } = await client.send('POST', '/idcs/oauth2/v1/token', `${FORM}&scope=Other`, brm);
		expect([status, body['error']]).toEqual([400, 'invalid_scope']);
	});

	it('wants the identity domain at Access Management', async () => {
		const without = await client.send('POST', '/oam/oauth2/rest/token', FORM, brm);
		const domain = { 'x-oauth-identity-domain-name': 'telecom' };
		const within = await client.send('POST', '/oam/oauth2/rest/token', FORM, { ...brm, ...domain });
		expect([without.status, within.status]).toEqual([400, 200]);
	});

	it.each([
		['a missing grant type', 'a=b', 400, 'invalid_request'],
		['another grant type', 'grant_type=password', 400, 'unsupported_grant_type'],
	])('refuses %s', async (_what, form, status, error) => {
		const reply = await client.send('POST', '/idcs/oauth2/v1/token', form, brm);
		expect([reply.status, reply.body['error']]).toEqual([status, error]);
	});

	it('takes the credentials in the form too', async () => {
		const form = `${FORM}&client_id=brm-demo&client_secret=brm-demo-secret`;
		expect((await client.send('POST', '/idcs/oauth2/v1/token', form)).status).toBe(200);
	});
});

it('gives a token of one provider no worth at another', async () => {
	const { body } = await client.send('POST', '/lumen/oauth/v2/token', FORM, lumen);
	const headers = { authorization: `Bearer ${textOf(body['access_token'])}` };
	expect((await client.get('/brm/customerBillManagement/v4/customerBill', headers)).status).toBe(401);
});

it('issues the same tokens for the same seed, so that the same options give the same bytes', async () => {
	const [one, other] = await Promise.all([startClient({ today: TODAY }), startClient({ today: TODAY })]);
	const replies = await Promise.all([one, other].map((each) => each.send('POST', '/idcs/oauth2/v1/token', FORM, brm)));
	await Promise.all([one.close(), other.close()]);
	expect(replies[0]?.text).toBe(replies[1]?.text);
});
