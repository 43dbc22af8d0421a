/** From a credential to a signed request: which host, which header, and nothing to strangers. */
import type { INodeType } from 'n8n-workflow';
import nock from 'nock';

import {
	connectFloLive,
	connectLumen,
	connectOracle,
	connectOrange,
	keyNotices,
} from '../../../nodes/shared/connections';
import { executeContext } from '../support/fakeContext';
import { CREDENTIAL_FIELDS, type CredentialType } from '../support/fakeHttp';

const node: INodeType = {
	description: {
		displayName: 'Any',
		name: 'any',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Any' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
};

const contextWith = (type: CredentialType, more: Record<string, string> = {}) =>
	executeContext({ node, credentials: { [type]: { ...CREDENTIAL_FIELDS[type](), ...more } } });

const get = (url: string) => ({ method: 'GET', url, headers: {}, expect: 'text', credential: 'SEND' }) as const;

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

describe('connectLumen', () => {
	it('reads host, accounts and version, and names the connection by the credential', async () => {
		const context = contextWith('lumenOAuth2Api', { environment: 'sandboxCenturyLink', apiVersion: 'v2' });
		const { settings } = await connectLumen(context);
		expect(settings).toEqual({
			connection: 'lumenOAuth2Api-id',
			baseUrl: 'https://api-test.centurylink.com',
			accounts: ['5-AAAA0001', '5-AAAA0002'],
			apiVersion: 'v2',
			documentHosts: [],
		});
	});

	it('signs with a token that is renewed after a 401', async () => {
		nock('https://api.lumen.com').get('/x').matchHeader('authorization', 'Bearer token-1').reply(401);
		nock('https://api.lumen.com').get('/x').matchHeader('authorization', 'Bearer token-2').reply(200, 'yes');
		const { deps } = await connectLumen(contextWith('lumenOAuth2Api'));
		const response = await deps.transport.request(get('https://api.lumen.com/x'));
		expect(response).toMatchObject({ status: 200, body: { kind: 'text', text: 'yes' } });
	});
});

describe('connectOracle', () => {
	it('sends the bearer token to the API and to nobody else', async () => {
		nock('https://brm.example.com').get('/a').matchHeader('authorization', 'Bearer static-token').reply(200);
		nock('https://files.example.com', { badheaders: ['authorization'] })
			.get('/b')
			.reply(200);
		const { deps, settings } = await connectOracle(contextWith('oracleBrmApi'), 'oracleBrmApi');
		expect(await deps.transport.request(get('https://brm.example.com/a'))).toMatchObject({ status: 200 });
		expect(await deps.transport.request(get('https://files.example.com/b'))).toMatchObject({ status: 200 });
		expect(settings.allowHttp).toBe(false);
	});

	it('sends no credential to a test system that wants none', async () => {
		nock('http://localhost:4100', { badheaders: ['authorization'] })
			.get('/a')
			.reply(200);
		const context = contextWith('oracleBrmApi', { authentication: 'none', baseUrl: 'http://localhost:4100/v4' });
		const { deps, settings } = await connectOracle(context, 'oracleBrmApi');
		expect(await deps.transport.request(get('http://localhost:4100/a'))).toMatchObject({ status: 200 });
		expect(settings.allowHttp).toBe(true);
	});

	it('tells the dialect, and whether agents may create bills', async () => {
		const context = contextWith('oracleBrmOAuth2Api', { dialect: 'TMF678' });
		expect(await connectOracle(context, 'oracleBrmOAuth2Api')).toMatchObject({
			dialect: 'TMF678',
			agentsMayCreate: false,
		});
	});
});

describe('connectFloLive', () => {
	it('has the customers of the credential as accounts', async () => {
		const { settings } = await connectFloLive(contextWith('floLiveApi', { customerIds: '20100,\n20101, ' }));
		expect(settings.accounts).toEqual(['20100', '20101']);
	});
});

describe('a token that the provider calls spent other than by a 401', () => {
	const HOST = 'https://api.flolive.example.com';
	const login = (token: string) => nock(HOST).post('/login').reply(200, { token });
	const fields = { authentication: 'login', loginUrl: `${HOST}/login`, tokenPathId: 'token', sessionToken: '' };
	const signed = (token: string) => nock(HOST).get('/a').matchHeader('authorization', `Bearer ${token}`).reply(200);

	it('is exchanged for a new one by the credential itself', async () => {
		const { deps } = await connectFloLive(contextWith('floLiveApi', fields));
		login('first');
		signed('first');
		await deps.transport.request(get(`${HOST}/a`));
		login('second');
		signed('second');
		signed('second');
		expect(await deps.transport.renewCredential?.({ status: 200, headers: {}, body: { kind: 'text', text: '' } })).toBe(
			true,
		);
		expect(await deps.transport.request(get(`${HOST}/a`))).toMatchObject({ status: 200 });
		expect(await deps.transport.request(get(`${HOST}/a`))).toMatchObject({ status: 200 });
	});

	it('stays where there is nothing to exchange it by', async () => {
		const { deps } = await connectFloLive(contextWith('floLiveApi'));
		expect(await deps.transport.renewCredential?.({ status: 200, headers: {}, body: { kind: 'text', text: '' } })).toBe(
			false,
		);
	});
});

describe('connectOrange', () => {
	it('sends the API key beside the token, to Orange only', async () => {
		nock('https://api.orange.com')
			.get('/a')
			.matchHeader('authorization', 'Bearer token-1')
			.matchHeader('x-api-key', 'the-api-key')
			.reply(200);
		nock('https://elsewhere.example.com', { badheaders: ['authorization', 'x-api-key'] })
			.get('/b')
			.reply(200);
		const { deps } = await connectOrange(contextWith('orangeBusinessOAuth2Api'), 'orangeBusinessOAuth2Api');
		expect(await deps.transport.request(get('https://api.orange.com/a'))).toMatchObject({ status: 200 });
		expect(await deps.transport.request(get('https://elsewhere.example.com/b'))).toMatchObject({ status: 200 });
	});
});

describe('keyNotices', () => {
	const on = (date: string) => Date.parse(`${date}T12:00:00Z`);

	it('warns from 60 days before the 2 years end, and says so when they have', () => {
		expect(keyNotices('2025-03-15T00:00:00', on('2027-01-13'))).toEqual([]);
		expect(keyNotices('2025-03-15T00:00:00', on('2027-01-14'))).toEqual([
			expect.stringContaining('ends on 2027-03-15'),
		]);
		expect(keyNotices('2025-03-15', on('2027-03-15'))).toEqual([expect.stringContaining('ended on 2027-03-15')]);
	});

	it('says nothing where no date was given', () => {
		expect(keyNotices('', on('2027-03-15'))).toEqual([]);
	});
});
