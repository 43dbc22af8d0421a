/** Every way of reaching the sandbox's providers that a user has: API versions, dialects and ways to sign in. */
import type { BillConnector, ConnectorDeps } from '../../../providers/connector';
import { FloLiveConnector } from '../../../providers/floLive/connector';
import { LumenConnector } from '../../../providers/lumen/connector';
import type { LumenApiVersion } from '../../../providers/lumen/settings';
import { OracleBrmConnector } from '../../../providers/oracleBrm/connector';
import { OrangeBusinessConnector } from '../../../providers/orangeBusiness/connector';
import { Tmf678Connector } from '../../../providers/tmf678/standard';
import type { Authentication } from '../../../providers/transport/authentication';
import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import type { SandboxProvider } from '../../../sandbox/data/ledger';
import type { Stand } from './stand';

export interface Way {
	readonly title: string;
	/** Whose books it reads. */
	readonly books: SandboxProvider;
	connect(stand: Stand): BillConnector | Promise<BillConnector>;
}

const CONNECTION = 'c';

function accountsOf({ sandbox }: Stand, provider: SandboxProvider): readonly string[] {
	return sandbox.ledger.accounts(provider).map(({ id }) => id);
}

function lumen(apiVersion: LumenApiVersion, tokenPath: string): Way {
	return {
		title: `Lumen ${apiVersion}, ${tokenPath}`,
		books: 'lumen',
		connect: (stand) =>
			new LumenConnector(
				{ connection: CONNECTION, baseUrl: stand.url('/lumen'), accounts: accountsOf(stand, 'lumen'), apiVersion },
				stand.deps({
					kind: 'CLIENT_CREDENTIALS',
					tokenUrls: [stand.url(`/lumen${tokenPath}`)],
					...DEMO_CREDENTIALS.lumen,
				}),
			),
	};
}

const { clientId, clientSecret, scope, identityDomain } = DEMO_CREDENTIALS.oracleBrm;

function oracleBrm(title: string, path: string, authentication: (stand: Stand) => Authentication): Way {
	return {
		title: `Oracle BRM, ${title}`,
		books: 'oracleBrm',
		connect: (stand) =>
			new OracleBrmConnector(
				{ connection: CONNECTION, baseUrl: stand.url(`${path}/customerBillManagement/v4`), allowHttp: true },
				stand.deps(authentication(stand)),
			),
	};
}

const { token, tokenHeader, username, password } = DEMO_CREDENTIALS.floLive;

function floLive(authentication: (stand: Stand) => Authentication, kind: Authentication['kind']): Way {
	return {
		title: `floLIVE, ${kind}`,
		books: 'floLive',
		connect: (stand) =>
			new FloLiveConnector(
				{ connection: CONNECTION, baseUrl: stand.url('/flolive'), accounts: accountsOf(stand, 'floLive') },
				stand.deps(authentication(stand)),
			),
	};
}

function orange(stand: Stand, deps: ConnectorDeps): BillConnector {
	return new OrangeBusinessConnector({ connection: CONNECTION, baseUrl: stand.url('/orange/billing/b2b/v1') }, deps);
}

const ORANGE_CLIENT = {
	clientId: DEMO_CREDENTIALS.orange.clientId,
	clientSecret: DEMO_CREDENTIALS.orange.clientSecret,
};

export const WAYS: readonly Way[] = [
	lumen('v1', '/oauth/v2/token'),
	lumen('v1', '/oauth/v1/token'),
	lumen('v2', '/oauth/v2/token'),
	oracleBrm('Identity Cloud Service', '/brm', (stand) => ({
		kind: 'CLIENT_CREDENTIALS',
		tokenUrls: [stand.url('/idcs/oauth2/v1/token')],
		clientId,
		clientSecret,
		scope,
	})),
	oracleBrm('Access Management', '/brm', (stand) => ({
		kind: 'CLIENT_CREDENTIALS',
		tokenUrls: [stand.url('/oam/oauth2/rest/token')],
		clientId,
		clientSecret,
		headers: { 'X-OAUTH-IDENTITY-DOMAIN-NAME': identityDomain },
	})),
	oracleBrm('no token', '/brm-open', () => ({ kind: 'NONE' })),
	{
		title: 'plain TMF678 v4',
		books: 'oracleBrm',
		connect: (stand) =>
			new Tmf678Connector(
				{ connection: CONNECTION, baseUrl: stand.url('/tmf-api/customerBillManagement/v4'), allowHttp: true },
				stand.deps({ kind: 'NONE' }),
			),
	},
	floLive(() => ({ kind: 'BEARER', token }), 'BEARER'),
	floLive(() => ({ kind: 'HEADER', name: tokenHeader, value: token }), 'HEADER'),
	floLive(() => ({ kind: 'BASIC', username, password }), 'BASIC'),
	floLive(
		(stand) => ({ kind: 'LOGIN', url: stand.url('/flolive/login'), username, password, tokenPath: 'data.token' }),
		'LOGIN',
	),
	{
		title: 'Orange Business, two-legged',
		books: 'orange',
		connect: (stand) =>
			orange(
				stand,
				stand.deps({
					kind: 'CLIENT_CREDENTIALS',
					tokenUrls: [stand.url('/orange/oauth/v3/token')],
					...DEMO_CREDENTIALS.orange,
				}),
			),
	},
	{
		title: 'Orange Business, three-legged',
		books: 'orange',
		connect: async (stand) =>
			orange(
				stand,
				stand.deps({
					kind: 'REFRESH_TOKEN',
					tokenUrls: [stand.url('/orange/oauth/v3/token')],
					...ORANGE_CLIENT,
					refreshToken: await consented(stand),
				}),
			),
	},
];

/** The refresh token of a user who said yes on the consent page. */
async function consented(stand: Stand): Promise<string> {
	const asked = { response_type: 'code', client_id: ORANGE_CLIENT.clientId, redirect_uri: 'http://127.0.0.1/back' };
	const answer = await fetch(stand.url('/orange/oauth/v3/authorize'), {
		method: 'POST',
		body: new URLSearchParams({ ...asked, decision: 'allow' }),
		redirect: 'manual',
	});
	const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const { clientId: id, clientSecret: secret } = ORANGE_CLIENT;
	const tokens = await fetch(stand.url('/orange/oauth/v3/token'), {
		method: 'POST',
		headers: { accept: 'application/json', authorization: `Basic ${btoa(`${id}:${secret}`)}` },
		body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: asked.redirect_uri }),
	});
	const { refresh_token: refreshToken } = (await tokens.json()) as { readonly refresh_token: string };
	return refreshToken;
}
