/** How to reach the sandbox's providers, in the shape of the GraphQL server's configuration file. */
import { DEMO_CREDENTIALS } from './demoCredentials';
import type { Ledger } from './data/ledger';

export interface SandboxConnection {
	readonly id: string;
	readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'FLOLIVE' | 'ORANGE_BUSINESS';
	readonly baseUrl: string;
	/** Where the provider cannot list its accounts. */
	readonly accounts?: readonly string[];
	readonly apiVersion?: string;
	readonly auth: SandboxAuth;
}

export type SandboxAuth =
	| {
			readonly kind: 'CLIENT_CREDENTIALS';
			readonly tokenUrl: string;
			readonly clientId: string;
			readonly clientSecret: string;
			readonly scope?: string;
			readonly apiKey?: string;
			readonly tokenHeaders?: Readonly<Record<string, string>>;
	  }
	| { readonly kind: 'BEARER'; readonly token: string }
	| { readonly kind: 'NONE' };

/** @param origin for instance `http://127.0.0.1:4010` */
export function sandboxConnections(origin: string, ledger: Ledger): SandboxConnection[] {
	const { lumen, oracleBrm, floLive, orange } = DEMO_CREDENTIALS;
	const accountIds = (provider: 'lumen' | 'floLive'): string[] => ledger.accounts(provider).map(({ id }) => id);
	return [
		{
			id: 'lumen-us',
			provider: 'LUMEN',
			baseUrl: `${origin}/lumen`,
			accounts: accountIds('lumen'),
			apiVersion: 'v1',
			auth: { kind: 'CLIENT_CREDENTIALS', tokenUrl: `${origin}/lumen/oauth/v2/token`, ...lumen },
		},
		{
			id: 'brm',
			provider: 'ORACLE_BRM',
			baseUrl: `${origin}/brm/customerBillManagement/v4`,
			auth: {
				kind: 'CLIENT_CREDENTIALS',
				tokenUrl: `${origin}/idcs/oauth2/v1/token`,
				clientId: oracleBrm.clientId,
				clientSecret: oracleBrm.clientSecret,
				scope: oracleBrm.scope,
			},
		},
		{
			id: 'fleet',
			provider: 'FLOLIVE',
			baseUrl: `${origin}/flolive`,
			accounts: accountIds('floLive'),
			auth: { kind: 'BEARER', token: floLive.token },
		},
		{
			id: 'orange',
			provider: 'ORANGE_BUSINESS',
			baseUrl: `${origin}/orange/billing/b2b/v1`,
			auth: { kind: 'CLIENT_CREDENTIALS', tokenUrl: `${origin}/orange/oauth/v3/token`, ...orange },
		},
	];
}
