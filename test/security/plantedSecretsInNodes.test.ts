/** As in `plantedSecrets.test.ts`, for what n8n shows and keeps: errors and items of the nodes. */
import { inspect } from 'node:util';

import { N8nTransport } from '../../nodes/shared/transport';
import { TelecomBill } from '../../nodes/TelecomBill/TelecomBill.node';
import { execute, executeContext } from '../nodes/support/fakeContext';
import { CREDENTIAL_FIELDS } from '../nodes/support/fakeHttp';
import {
	type Manner,
	ACCESS_TOKEN,
	API_KEY,
	BEARER,
	CLIENT_SECRET,
	PASSWORD,
	REFRESH_TOKEN,
	expectNoSecretIn,
	quotingProvider,
} from './quotingProvider';
import type { Recorder } from './strangers';

jest.mock('../../nodes/shared/clock', () => ({
	n8nClock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
}));

const manner: Manner = { status: 200, isRefusal: true };
let provider: Recorder;

beforeAll(async () => {
	provider = await quotingProvider(manner);
});

afterAll(() => provider.close());

describe('the nodes', () => {
	const token = { access_token: ACCESS_TOKEN, refresh_token: REFRESH_TOKEN };
	const credentials = () => ({
		lumenOAuth2Api: {
			...CREDENTIAL_FIELDS.lumenOAuth2Api(),
			environment: 'own',
			baseUrl: provider.url,
			clientId: 'client',
			clientSecret: CLIENT_SECRET,
			oauthTokenData: token,
		},
		oracleBrmApi: { ...CREDENTIAL_FIELDS.oracleBrmApi(), baseUrl: `${provider.url}/brm`, token: BEARER },
		floLiveApi: {
			...CREDENTIAL_FIELDS.floLiveApi(),
			baseUrl: provider.url,
			authentication: 'basic',
			username: 'user',
			password: PASSWORD,
		},
		orangeBusinessOAuth2Api: {
			...CREDENTIAL_FIELDS.orangeBusinessOAuth2Api(),
			baseUrl: `${provider.url}/orange`,
			apiKey: API_KEY,
			clientId: 'client',
			clientSecret: CLIENT_SECRET,
			oauthTokenData: token,
		},
	});
	const PROVIDERS = ['lumen', 'oracleBrmOther', 'floLive', 'orangeBusiness'];

	it.each([400, 401, 403, 500, 200].flatMap((code) => PROVIDERS.map((name) => [name, code] as const)))(
		'over %s answering %i tell no secret in errors and items',
		async (name, code) => {
			Object.assign(manner, { status: code, isRefusal: true });
			const settings = {
				node: new TelecomBill(),
				credentials: credentials(),
				parameters: { providers: [name], resource: 'bill', operation: 'getAll', returnAll: true },
			};
			const error: unknown = await execute(settings).catch((thrown: unknown) => thrown);
			expect(error).toBeInstanceOf(Error);
			const { stack, cause } = error as Error;
			const told = [JSON.stringify(error), inspect(error, { depth: 12 }), stack, inspect(cause, { depth: 12 })].join(
				'\n',
			);
			// The node's own settings are no part of what it says.
			expectNoSecretIn('the error', told);
			const items = await execute({ ...settings, continueOnFail: true });
			expect(items.length).toBeGreaterThan(0);
			expectNoSecretIn('the items', JSON.stringify(items));
		},
	);

	it('tell none when n8n cannot renew a token and says why', async () => {
		Object.assign(manner, { status: 403, isRefusal: true });
		const settings = {
			node: new TelecomBill(),
			credentials: credentials(),
			parameters: { providers: ['lumen'], resource: 'bill', operation: 'getAll' },
		};
		const context = executeContext(settings);
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
