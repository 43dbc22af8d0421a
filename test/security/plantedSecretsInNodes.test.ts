/** As in `plantedSecrets.test.ts`, for what n8n shows and keeps: errors and items of the nodes. */
import { inspect } from 'node:util';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { N8nTransport } from '../../nodes/shared/transport';
import { OrangeBusiness } from '../../nodes/OrangeBusiness/OrangeBusiness.node';
import { TelecomBill } from '../../nodes/TelecomBill/TelecomBill.node';
import { TelecomBillTrigger } from '../../nodes/TelecomBill/TelecomBillTrigger.node';
import { type FakeSettings, execute, executeContext, pollContext } from '../nodes/support/fakeContext';
import { CREDENTIAL_FIELDS, type CredentialType } from '../nodes/support/fakeHttp';
import {
	type Manner,
	type Quote,
	ACCESS_TOKEN,
	API_KEY,
	BEARER,
	CLIENT_SECRET,
	HEADER,
	LOGIN_PASSWORD,
	PASSWORD,
	REFRESH_TOKEN,
	expectNoSecretIn,
	quotingProvider,
} from './quotingProvider';
import { type Recorder, TOKEN_PATH } from './strangers';

jest.mock('../../nodes/shared/clock', () => ({
	n8nClock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
}));

const manner: Manner = { status: 200, isRefusal: true, quotes: 'BODY' };
let provider: Recorder;

beforeAll(async () => {
	provider = await quotingProvider(manner);
});

afterAll(() => provider.close());

/** A way to sign in, and a node set on the quoting provider with it. */
interface SignIn {
	/** As the node names it. */
	readonly provider: string;
	readonly credential: CredentialType;
	readonly fields: () => ICredentialDataDecryptedObject;
	/** What travels: the test would see it if it were told. */
	readonly sent: readonly string[];
	/** Whether a token is fetched for it. */
	readonly isExchange?: boolean;
}

const token = { access_token: ACCESS_TOKEN, refresh_token: REFRESH_TOKEN };
const client = { clientId: 'client', clientSecret: CLIENT_SECRET };
const tokenUrl = (): string => `${provider.url}${TOKEN_PATH}`;
const basicOfClient = Buffer.from(`client:${CLIENT_SECRET}`).toString('base64');

const SIGN_INS: Readonly<Record<string, SignIn>> = {
	Lumen: {
		provider: 'lumen',
		credential: 'lumenOAuth2Api',
		fields: () => ({ environment: 'own', baseUrl: provider.url, ...client, oauthTokenData: token }),
		sent: [ACCESS_TOKEN],
	},
	'Oracle BRM with a bearer token': {
		provider: 'oracleBrmOther',
		credential: 'oracleBrmApi',
		fields: () => ({ baseUrl: `${provider.url}/brm`, token: BEARER }),
		sent: [BEARER],
	},
	'Oracle BRM with Access Management': {
		provider: 'oracleBrmOther',
		credential: 'oracleBrmApi',
		fields: () => ({ baseUrl: `${provider.url}/brm`, authentication: 'oam', tokenUrl: tokenUrl(), ...client }),
		sent: [basicOfClient],
		isExchange: true,
	},
	'Oracle BRM with an identity cloud': {
		provider: 'oracleBrm',
		credential: 'oracleBrmOAuth2Api',
		fields: () => ({ baseUrl: `${provider.url}/brm`, accessTokenUrl: tokenUrl(), ...client }),
		sent: [basicOfClient],
		isExchange: true,
	},
	'floLIVE with a password': {
		provider: 'floLive',
		credential: 'floLiveApi',
		fields: () => ({ baseUrl: provider.url, authentication: 'basic', username: 'user', password: PASSWORD }),
		sent: [Buffer.from(`user:${PASSWORD}`).toString('base64')],
	},
	'floLIVE with a header': {
		provider: 'floLive',
		credential: 'floLiveApi',
		fields: () => ({
			baseUrl: provider.url,
			authentication: 'header',
			headerName: 'X-Auth-Token',
			headerSecret: HEADER,
		}),
		sent: [HEADER],
	},
	'floLIVE with a sign-in request': {
		provider: 'floLive',
		credential: 'floLiveApi',
		fields: () => ({
			baseUrl: provider.url,
			authentication: 'login',
			loginUrl: tokenUrl(),
			username: 'user',
			usernameField: 'username',
			password: LOGIN_PASSWORD,
			passwordFieldId: 'password',
			tokenPathId: 'token',
		}),
		sent: [LOGIN_PASSWORD],
		isExchange: true,
	},
	'Orange Business': {
		provider: 'orangeBusiness',
		credential: 'orangeBusinessOAuth2Api',
		fields: () => ({ baseUrl: `${provider.url}/orange`, apiKey: API_KEY, ...client, oauthTokenData: token }),
		sent: [API_KEY, ACCESS_TOKEN],
	},
};

function settingsOf({ provider: name, credential, fields }: SignIn): FakeSettings {
	return {
		node: new TelecomBill(),
		credentials: { [credential]: { ...CREDENTIAL_FIELDS[credential](), ...fields() } },
		parameters: { providers: [name], resource: 'bill', operation: 'getAll', returnAll: true },
	};
}

/** Runs what must fail, once with an error and once with items in its place. */
async function expectToTellNone(settings: FakeSettings): Promise<void> {
	const error: unknown = await execute(settings).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(Error);
	expectNoSecretIn('the error', toldBy(error as Error));
	const items = await execute({ ...settings, continueOnFail: true });
	expect(items.length).toBeGreaterThan(0);
	expectNoSecretIn('the items', JSON.stringify(items));
}

function toldBy(error: Error): string {
	const { stack, cause } = error;
	return [JSON.stringify(error), inspect(error, { depth: 12 }), stack, inspect(cause, { depth: 12 })].join('\n');
}

const lumensDocument = (): FakeSettings => ({
	...settingsOf(SIGN_INS['Lumen']!),
	parameters: {
		providers: ['lumen'],
		resource: 'bill',
		operation: 'download',
		bill: { __rl: true, mode: 'key', value: 'LUMEN:5-AAAA0001:b1' },
	},
});

const orangesBillByJob = (): FakeSettings => ({
	...settingsOf(SIGN_INS['Orange Business']!),
	node: new OrangeBusiness(),
	parameters: {
		resource: 'bill',
		operation: 'get',
		bill: { __rl: true, mode: 'id', value: 'b1' },
		options: { asynchronous: true },
	},
});

describe('the nodes', () => {
	const answers = [400, 401, 403, 500, 200].map((status) => [`provider answering ${status}`, status] as const);
	// 418 is the token server's refusal too.
	const refusedExchange = [['token server that refuses', 418]] as const;

	it.each(
		Object.entries(SIGN_INS).flatMap(([name, signIn]) =>
			[...answers, ...(signIn.isExchange === true ? refusedExchange : [])].map(
				([answer, status]) => [name, answer, status, signIn] as const,
			),
		),
	)('over %s and a %s tell no secret in errors and items', async (_name, _answer, status, signIn) => {
		Object.assign(manner, { status, isRefusal: true, quotes: 'BODY' });
		provider.seen.length = 0;
		await expectToTellNone(settingsOf(signIn));
		// There was something to find: it was sent where it belongs, and quoted.
		for (const secret of signIn.sent) expect(JSON.stringify(provider.seen)).toContain(secret);
		if (signIn.isExchange === true && status !== 418) expect(JSON.stringify(provider.seen)).toContain(ACCESS_TOKEN);
	});

	it.each<[string, Quote, () => FakeSettings, number]>([
		['of a job that failed', 'FAILED_JOB', orangesBillByJob, 200],
		['that lead elsewhere', 'REDIRECT', () => settingsOf(SIGN_INS['Lumen']!), 200],
		['to a download', 'BODY', lumensDocument, 403],
		['whose document has an address that quotes', 'LINK', lumensDocument, 200],
	])('over answers %s tell no secret', async (_what, quotes, settings, status) => {
		Object.assign(manner, { status, isRefusal: true, quotes });
		provider.seen.length = 0;
		await expectToTellNone(settings());
		expect(JSON.stringify(provider.seen)).toContain(ACCESS_TOKEN);
	});

	it('tell none of a provider that could not be polled, in the execution, in the log and in what is remembered', async () => {
		Object.assign(manner, { status: 200, isRefusal: false, quotes: 'BODY' });
		const told: string[] = [];
		const failures: Error[] = [];
		const settings: FakeSettings = {
			...settingsOf(SIGN_INS['Orange Business']!),
			node: new TelecomBillTrigger(),
			parameters: { providers: ['sample', 'orangeBusiness'] },
			staticData: {},
			warn: (message) => told.push(message),
			fail: (error) => failures.push(error),
		};
		const poll = () => settings.node.poll!.call(pollContext(settings));
		await poll();
		manner.isRefusal = true;
		provider.seen.length = 0;
		await poll();
		expect([told.length, failures.length]).toEqual([1, 1]);
		expectNoSecretIn('the log', told.join('\n'));
		expectNoSecretIn('the failed execution', failures.map(toldBy).join('\n'));
		expectNoSecretIn('what is remembered', JSON.stringify(settings.staticData));
		for (const secret of [API_KEY, ACCESS_TOKEN]) expect(JSON.stringify(provider.seen)).toContain(secret);
	});

	it('tell none when n8n cannot renew a token and says why', async () => {
		Object.assign(manner, { status: 403, isRefusal: true, quotes: 'BODY' });
		const context = executeContext(settingsOf(SIGN_INS['Lumen']!));
		const failing = async (): Promise<never> => {
			throw Object.assign(new Error(`invalid_client: ${CLIENT_SECRET}`), { body: { client_secret: CLIENT_SECRET } });
		};
		Object.assign(context.helpers, { refreshOAuth2Token: failing });
		const transport = new N8nTransport(context, {
			credentialType: 'lumenOAuth2Api',
			isOAuth2: true,
			headers: {},
			origins: [provider.url],
		});
		const error: unknown = await transport.renewCredential().catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ kind: 'AUTH' });
		expectNoSecretIn('the error', inspect(error, { depth: 12 }));
	});
});
