/** A provider that answers as a test says, a stranger whom nobody should ask, and both faces set on the provider. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { ProviderConnections } from '../../graphql/providerConnections';
import { systemClock } from '../../graphql/server/systemClock';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import { TelecomBill } from '../../nodes/TelecomBill/TelecomBill.node';
import type { BillConnector } from '../../providers/connector';
import { connected } from '../graphql/support/connected';
import { type TestServer, listen } from '../graphql/support/httpServer';
import { execute } from '../nodes/support/fakeContext';
import { CREDENTIAL_FIELDS, type CredentialType } from '../nodes/support/fakeHttp';

export interface Seen {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
}

export interface Recorder extends TestServer {
	readonly seen: Seen[];
}

/** Remembers what it is asked, whole. */
export async function recorder(
	answer: (request: Seen, response: ServerResponse) => void = (_request, response) => void response.end('{}'),
): Promise<Recorder> {
	const seen: Seen[] = [];
	const server = await listen((request, response) => {
		void whole(request).then((body) => {
			const { method = '', url = '', headers } = request;
			const one: Seen = { method, path: url, headers, body };
			seen.push(one);
			answer(one, response);
		});
	});
	return { ...server, seen };
}

async function whole(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** Unlike any other text, so that it is found wherever it goes. */
export const SECRETS = {
	clientSecret: 'planted-client-secret-1f0c',
	accessToken: 'planted-access-token-7be2',
	apiKey: 'planted-api-key-93aa',
	staticToken: 'planted-static-token-c51d',
} as const;

export const TOKEN_PATH = '/oauth/token';

/** What a token server says; false for any other request. */
export function givesToken({ path }: Seen, response: ServerResponse): boolean {
	if (path !== TOKEN_PATH) return false;
	const token = { access_token: SECRETS.accessToken, token_type: 'Bearer', expires_in: 1_800 };
	response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
	return true;
}

export interface Subject {
	readonly title: string;
	/** Every request for data starts so. */
	readonly prefix: string;
	/** Scope of ids: the account, where ids have one. */
	readonly scope: string;
	/** As in a configuration file, over a provider at `origin`. */
	readonly config: (origin: string) => object;
	readonly node: {
		readonly provider: string;
		/** As in the node's keys. */
		readonly name: string;
		readonly credential: CredentialType;
		readonly fields: (origin: string) => object;
	};
}

const oauth = (origin: string) => ({
	kind: 'CLIENT_CREDENTIALS',
	tokenUrl: `${origin}${TOKEN_PATH}`,
	clientId: 'client',
	clientSecret: SECRETS.clientSecret,
});
const TMF = '/brm/customerBillManagement/v4';

export const SUBJECTS: readonly Subject[] = [
	{
		title: 'Lumen',
		prefix: '/Billing/v1/CustomerBillManagement/',
		scope: '5-A',
		config: (origin) => ({ provider: 'LUMEN', baseUrl: origin, accounts: ['5-A'], auth: oauth(origin) }),
		node: {
			provider: 'lumen',
			name: 'LUMEN',
			credential: 'lumenOAuth2Api',
			fields: (baseUrl) => ({ environment: 'own', baseUrl, billingAccounts: '5-A' }),
		},
	},
	{
		title: 'Oracle BRM',
		prefix: `${TMF}/`,
		scope: '',
		config: (origin) => ({ provider: 'ORACLE_BRM', baseUrl: `${origin}${TMF}`, auth: oauth(origin) }),
		node: {
			provider: 'oracleBrmOther',
			name: 'ORACLE_BRM',
			credential: 'oracleBrmApi',
			fields: (origin) => ({ baseUrl: `${origin}${TMF}`, token: SECRETS.staticToken }),
		},
	},
	{
		title: 'TMF678',
		prefix: `${TMF}/`,
		scope: '',
		config: (origin) => ({
			provider: 'TMF678',
			baseUrl: `${origin}${TMF}`,
			auth: { kind: 'BEARER', token: SECRETS.staticToken },
		}),
		node: {
			provider: 'oracleBrmOther',
			name: 'TMF678',
			credential: 'oracleBrmApi',
			fields: (origin) => ({ baseUrl: `${origin}${TMF}`, token: SECRETS.staticToken, dialect: 'TMF678' }),
		},
	},
	{
		title: 'floLIVE',
		prefix: '/api/v2/customer/20100/',
		scope: '20100',
		config: (baseUrl) => ({
			provider: 'FLOLIVE',
			baseUrl,
			accounts: ['20100'],
			auth: { kind: 'HEADER', name: 'X-Auth-Token', value: SECRETS.staticToken },
		}),
		node: {
			provider: 'floLive',
			name: 'FLOLIVE',
			credential: 'floLiveApi',
			fields: (baseUrl) => ({
				baseUrl,
				authentication: 'header',
				headerName: 'X-Auth-Token',
				headerSecret: SECRETS.staticToken,
			}),
		},
	},
	{
		title: 'Orange Business',
		prefix: '/billing/b2b/v1/',
		scope: '',
		config: (origin) => ({
			provider: 'ORANGE_BUSINESS',
			baseUrl: `${origin}/billing/b2b/v1`,
			auth: { ...oauth(origin), apiKey: SECRETS.apiKey },
		}),
		node: {
			provider: 'orangeBusiness',
			name: 'ORANGE_BUSINESS',
			credential: 'orangeBusinessOAuth2Api',
			fields: (origin) => ({ baseUrl: `${origin}/billing/b2b/v1`, apiKey: SECRETS.apiKey }),
		},
	},
];

/** The connector as the server makes it, with its credentials, guard and meter, over real sockets. */
export async function serverFace(
	subject: Subject,
	origin: string,
): Promise<{ connector: BillConnector; connections: ProviderConnections; close: () => Promise<void> }> {
	const transport = new UndiciTransport();
	const config = { id: 'c', freshFor: 0, ...subject.config(origin) };
	const connections = await connected([config], { transport, clock: { ...systemClock, sleep: async () => undefined } });
	const connector = connections.find('c')?.connector;
	if (connector === undefined) throw new Error('There is no connection');
	return { connector, connections, close: () => transport.close() };
}

/** Runs the node that speaks with all providers, over real sockets. */
export function nodeFace(
	{ node: { provider, credential, fields } }: Subject,
	origin: string,
	parameters: INodeParameters,
): Promise<INodeExecutionData[]> {
	return execute({
		node: new TelecomBill(),
		parameters: { providers: [provider], resource: 'bill', ...parameters },
		credentials: { [credential]: { ...CREDENTIAL_FIELDS[credential](), ...fields(origin) } },
	});
}

export const byKey = ({ node: { name }, scope }: Subject, remoteId: string): INodeParameters => ({
	bill: { __rl: true, mode: 'key', value: [name, scope, remoteId].map(encodeURIComponent).join(':') },
});
