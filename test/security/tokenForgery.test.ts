/** Tokens made by somebody else: what the header says of the key is not believed, and new keys are taken when they come. */
import { createHmac } from 'node:crypto';

import { type CryptoKey, SignJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';

import { access } from '../../graphql/server/access/accessConfig';
import { JwtVerifier } from '../../graphql/server/access/jwt';
import { type Recorder, recorder } from './strangers';

const ISSUER = 'https://id.example.com/';
const AUDIENCE = 'telecom-billing';
const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'ada', connections: ['*'] };

let keySet: Recorder;
let stranger: Recorder;
let keys: readonly object[];
let delayMs = 0;
let redirectTo: string | null = null;
let pair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };
let strangers: typeof pair;

beforeAll(async () => {
	pair = await generateKeyPair('RS256', { extractable: true });
	strangers = await generateKeyPair('RS256', { extractable: true });
	stranger = await recorder((_request, response) => response.end(JSON.stringify({ keys: [] })));
	keySet = await recorder((_request, response) => {
		if (redirectTo !== null) response.writeHead(302, { location: redirectTo }).end();
		else setTimeout(() => response.end(JSON.stringify({ keys })), delayMs);
	});
});

beforeEach(async () => {
	keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }];
	keySet.seen.length = 0;
	delayMs = 0;
	redirectTo = null;
});

afterAll(() => Promise.all([keySet.close(), stranger.close()]));

function verifier(): JwtVerifier {
	const jwt = { jwksUrl: `${keySet.url}/keys`, issuer: ISSUER, audience: AUDIENCE, connectionsClaim: 'connections' };
	return new JwtVerifier(access.parse({ jwt }).jwt!);
}

const sign = (header: { alg: string } & Record<string, unknown>, key: CryptoKey): Promise<string> =>
	new SignJWT(CLAIMS).setProtectedHeader(header).setExpirationTime('1h').sign(key);

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (alg: string): string =>
	`${encoded({ alg, kid: 'k1' })}.${encoded({ ...CLAIMS, exp: Math.floor(Date.now() / 1_000) + 600 })}.`;

function hmacWith(secret: string): string {
	const text = `${encoded({ alg: 'HS256', kid: 'k1' })}.${encoded({ ...CLAIMS, exp: Math.floor(Date.now() / 1_000) + 600 })}`;
	return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

it('takes what the issuer signed, with the key named or not', async () => {
	await expect(verifier().verify(await sign({ alg: 'RS256', kid: 'k1' }, pair.privateKey))).resolves.toMatchObject({
		id: 'jwt:ada',
	});
	await expect(verifier().verify(await sign({ alg: 'RS256' }, pair.privateKey))).resolves.toMatchObject({
		id: 'jwt:ada',
	});
});

it.each<[string, () => Promise<string> | string]>([
	['says that it is not signed', () => unsigned('none')],
	['says so in other letters', () => unsigned('NONE')],
	['says so and bears a signature', () => `${unsigned('none')}c2lnbmVk`],
	['is signed with the public key as a secret (PEM)', async () => hmacWith(await exportSPKI(pair.publicKey))],
	['is signed with the public key as a secret (JWK)', () => hmacWith(JSON.stringify(keys[0]))],
	['is signed with no secret', () => hmacWith('')],
	[
		'brings its own key',
		async () => sign({ alg: 'RS256', jwk: await exportJWK(strangers.publicKey) }, strangers.privateKey),
	],
	['says where its key is', () => sign({ alg: 'RS256', kid: 'k1', jku: `${stranger.url}/keys` }, strangers.privateKey)],
	[
		'brings a certificate',
		() => sign({ alg: 'RS256', kid: 'k1', x5u: `${stranger.url}/c`, x5c: ['MIIB'] }, strangers.privateKey),
	],
	['names a file as its key', () => sign({ alg: 'RS256', kid: '../../../../dev/null' }, strangers.privateKey)],
	['names no key, and is a stranger’s', () => sign({ alg: 'RS256' }, strangers.privateKey)],
	[
		'demands what nobody knows',
		async () => {
			const [, body = '', signature = ''] = (await sign({ alg: 'RS256', kid: 'k1' }, pair.privateKey)).split('.');
			return `${encoded({ alg: 'RS256', kid: 'k1', crit: ['x'], x: 1 })}.${body}.${signature}`;
		},
	],
])('refuses a token that %s', async (_what, make) => {
	await expect(verifier().verify(await make())).rejects.toMatchObject({ status: 401 });
	expect(stranger.seen).toEqual([]);
});

it('takes a new key of the issuer, and no longer the old one', async () => {
	jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
	try {
		const own = verifier();
		const before = await sign({ alg: 'RS256', kid: 'k1' }, pair.privateKey);
		await own.verify(before);
		keys = [{ ...(await exportJWK(strangers.publicKey)), kid: 'k2', alg: 'RS256', use: 'sig' }];
		// Whoever sends unknown key names cannot make the issuer be asked for each: there is a pause between two looks.
		jest.setSystemTime(Date.now() + 31_000);
		const after = await sign({ alg: 'RS256', kid: 'k2' }, strangers.privateKey);
		await expect(own.verify(after)).resolves.toMatchObject({ id: 'jwt:ada' });
		await expect(own.verify(before)).rejects.toMatchObject({ status: 401 });
	} finally {
		jest.useRealTimers();
	}
});

it('asks the issuer once, however many unknown keys are named', async () => {
	const own = verifier();
	for (let nth = 0; nth < 20; nth += 1) {
		await expect(
			own.verify(await sign({ alg: 'RS256', kid: `no-${nth}` }, strangers.privateKey)),
		).rejects.toMatchObject({ status: 401 });
	}
	expect(keySet.seen).toHaveLength(1);
});

it('follows the address of the keys nowhere else', async () => {
	redirectTo = `${stranger.url}/keys`;
	await expect(verifier().verify(await sign({ alg: 'RS256', kid: 'k1' }, pair.privateKey))).rejects.toMatchObject({
		status: 503,
	});
	expect(stranger.seen).toEqual([]);
});

it('waits for slow keys no longer than five seconds, and does not blame the token', async () => {
	delayMs = 8_000;
	const started = performance.now();
	await expect(verifier().verify(await sign({ alg: 'RS256', kid: 'k1' }, pair.privateKey))).rejects.toMatchObject({
		status: 503,
	});
	expect(performance.now() - started).toBeLessThan(7_000);
});
