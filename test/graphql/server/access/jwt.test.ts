/** Tokens of an identity provider: only its own, for this server, in time, and signed as agreed. */
import { createServer } from 'node:http';

import { type CryptoKey, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';

import { type JwtConfig, access } from '../../../../graphql/server/access/accessConfig';
import { JwtVerifier } from '../../../../graphql/server/access/jwt';
import { accountsOf } from '../../../../graphql/server/access/principal';
import { type TestServer, listen } from '../../support/httpServer';

const ISSUER = 'https://id.example.com/';
const AUDIENCE = 'telecom-billing';

let keySet: TestServer;
let signing: CryptoKey;
let stranger: CryptoKey;
let published: Record<string, unknown>;
let keySetStatus = 200;

beforeAll(async () => {
	const pair = await generateKeyPair('RS256');
	signing = pair.privateKey;
	stranger = (await generateKeyPair('RS256')).privateKey;
	published = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
	keySet = await listen((_request, response) => {
		response.writeHead(keySetStatus, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [published] }));
	});
});

afterAll(() => keySet.close());

beforeEach(() => {
	keySetStatus = 200;
});

function verifier(more: Partial<Record<keyof JwtConfig, unknown>> = {}): JwtVerifier {
	const jwt = {
		jwksUrl: `${keySet.url}/keys`,
		issuer: ISSUER,
		audience: AUDIENCE,
		connectionsClaim: 'connections',
		...more,
	};
	const config = access.parse({ jwt }).jwt;
	if (config === undefined) throw new Error('no jwt');
	return new JwtVerifier(config);
}

function token(claims: Readonly<Record<string, unknown>> = {}, key: CryptoKey = signing): Promise<string> {
	const whole = { iss: ISSUER, aud: AUDIENCE, sub: 'ada', exp: inSeconds(300), connections: ['brm'], ...claims };
	return new SignJWT(whole).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
}

it('lets in who has one, with what it grants', async () => {
	const { id, reach, masks, mayReadMetrics } = await verifier({ mask: ['raw'] }).verify(await token());
	expect(id).toBe('jwt:ada');
	expect(accountsOf(reach, 'brm')).toBe('ALL');
	expect(accountsOf(reach, 'other')).toEqual(new Set());
	expect(masks).toEqual(new Set(['RAW']));
	expect(mayReadMetrics).toBe(false);
});

it('reads accounts from a claim: of the one connection, or of each', async () => {
	const own = verifier({ accountsClaim: 'accounts' });
	const one = await own.verify(await token({ accounts: ['A1'] }));
	expect(accountsOf(one.reach, 'brm')).toEqual(new Set(['A1']));
	const each = await own.verify(await token({ connections: ['brm', 'x'], accounts: { brm: ['A1'], x: ['*'] } }));
	expect(accountsOf(each.reach, 'brm')).toEqual(new Set(['A1']));
	expect(accountsOf(each.reach, 'x')).toBe('ALL');
});

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

it.each<[string, () => Promise<string>]>([
	['of another issuer', () => token({ iss: 'https://evil.example.com/' })],
	['for another audience', () => token({ aud: 'mail' })],
	['past its time', () => token({ exp: inSeconds(-120) })],
	['not yet good', () => token({ nbf: inSeconds(120) })],
	['without an end', () => token({ exp: undefined })],
	['of nobody', () => token({ sub: undefined })],
	['signed by a stranger under our key’s name', () => token({}, stranger)],
	[
		'not signed at all',
		async () => new UnsecuredJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'a' }).setExpirationTime('1h').encode(),
	],
	[
		'signed with the published key as if it were a secret',
		async () =>
			new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'ada', connections: ['*'] })
				.setProtectedHeader({ alg: 'HS256', kid: 'k1' })
				.setExpirationTime('1h')
				.sign(new TextEncoder().encode(JSON.stringify(published))),
	],
	[
		'changed after it was signed',
		async () => {
			const [head, , signature] = (await token()).split('.');
			const body = { iss: ISSUER, aud: AUDIENCE, sub: 'root', exp: inSeconds(300), connections: ['*'] };
			return [head, Buffer.from(JSON.stringify(body)).toString('base64url'), signature].join('.');
		},
	],
])('refuses a token %s, in the same words', async (_what, make) => {
	await expect(verifier().verify(await make())).rejects.toMatchObject({
		status: 401,
		message: 'This server does not know the key or token',
	});
});

it('refuses an algorithm that was not agreed, though the key is right', async () => {
	await expect(verifier({ algorithms: ['ES256'] }).verify(await token())).rejects.toMatchObject({ status: 401 });
});

it.each<[string, Record<string, unknown>, string]>([
	['no connections', { connections: undefined }, 'grants nothing in a form'],
	['connections in an unknown form', { connections: { brm: true } }, 'grants nothing in a form'],
	['no accounts where they are asked for', {}, 'grants nothing in a form'],
	['accounts without their connection', { connections: ['a', 'b'], accounts: ['1'] }, 'without their connection'],
	['accounts in an unknown form', { accounts: { brm: [1] } }, 'grants nothing in a form'],
])('lets nobody in whose token says %s', async (_what, claims, message) => {
	const refusal = verifier({ accountsClaim: 'accounts' }).verify(await token(claims));
	await expect(refusal).rejects.toMatchObject({ status: 403, message: expect.stringContaining(message) });
});

describe('while the keys cannot be had', () => {
	it('says so, rather than blame the token', async () => {
		keySetStatus = 500;
		await expect(verifier().verify(await token())).rejects.toMatchObject({ status: 503 });
	});

	it('says so when nobody answers', async () => {
		const closed = createServer();
		await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
		const address = closed.address();
		await new Promise((resolve) => closed.close(resolve));
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		const jwksUrl = `http://127.0.0.1:${port}/keys`;
		await expect(verifier({ jwksUrl }).verify(await token())).rejects.toMatchObject({ status: 503 });
	});
});
