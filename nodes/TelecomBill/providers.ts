/** Which providers a workflow asks: the choices, the credential of each, and the connectors behind them. */
import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import {
	type Connection,
	type OracleCredential,
	type OrangeCredential,
	connectFloLive,
	connectLumen,
	connectOracle,
	connectOrange,
} from '../shared/connections';
import {
	type BillConnector,
	FloLiveConnector,
	LumenConnector,
	OracleBrmConnector,
	OrangeBusinessConnector,
	Tmf678Connector,
} from '../shared/core';
import type { RequestContext } from '../shared/transport';
import { sampleConnectors } from './sample/sampleConnector';

/** One provider account that bills are read from. */
export interface Source {
	/** As the user chose it. */
	readonly title: string;
	readonly connector: BillConnector;
	/** What the user should be told with every run. */
	readonly notices: readonly string[];
}

/**
 * One choice for each credential type. n8n's editor hides a field whose every option needs a credential, and moves it into
 * the credential's dialog: the sample bills, which need none, keep this one visible.
 */
export const providersField: INodeProperties = {
	displayName: 'Providers',
	name: 'providers',
	type: 'multiOptions',
	noDataExpression: true,
	options: [
		{ name: 'floLIVE', value: 'floLive' },
		{ name: 'Lumen', value: 'lumen' },
		{
			name: 'Oracle BRM or TMF678',
			value: 'oracleBrm',
			description: 'Signed in through Oracle Identity Cloud Service or another OAuth2 server',
		},
		{
			name: 'Oracle BRM or TMF678 (Other Sign-In)',
			value: 'oracleBrmOther',
			description: 'Signed in through Oracle Access Management, with a token, or not at all',
		},
		{ name: 'Orange Business', value: 'orangeBusiness', description: 'With an API key' },
		{ name: 'Orange Business (User Sign-In)', value: 'orangeBusinessUser', description: 'A user signs in at Orange' },
		{
			name: 'Sample Bills (No Credential)',
			value: 'sample',
			description: 'A few made-up bills in the shapes of all four providers, to try a workflow on',
		},
	],
	default: ['sample'],
	required: true,
	description: 'The providers to ask; each needs a credential, except for the sample bills',
};

export const providerCredentials: INodeCredentialDescription[] = [
	{ name: 'floLiveApi', required: true, displayOptions: { show: { providers: ['floLive'] } } },
	{ name: 'lumenOAuth2Api', required: true, displayOptions: { show: { providers: ['lumen'] } } },
	{ name: 'oracleBrmOAuth2Api', required: true, displayOptions: { show: { providers: ['oracleBrm'] } } },
	{ name: 'oracleBrmApi', required: true, displayOptions: { show: { providers: ['oracleBrmOther'] } } },
	{ name: 'orangeBusinessOAuth2Api', required: true, displayOptions: { show: { providers: ['orangeBusiness'] } } },
	{
		name: 'orangeBusinessUserOAuth2Api',
		required: true,
		displayOptions: { show: { providers: ['orangeBusinessUser'] } },
	},
];

type Open = (context: RequestContext, itemIndex: number) => Promise<readonly Source[]>;

const CHOICES: Readonly<Record<string, Open>> = {
	floLive: async (context, itemIndex) => {
		const { settings, deps, notices } = await connectFloLive(context, itemIndex);
		return [{ title: 'floLIVE', connector: new FloLiveConnector(settings, deps), notices }];
	},
	lumen: async (context, itemIndex) => {
		const { settings, deps, notices } = await connectLumen(context, itemIndex);
		return [{ title: 'Lumen', connector: new LumenConnector(settings, deps), notices }];
	},
	oracleBrm: oracle('oracleBrmOAuth2Api'),
	oracleBrmOther: oracle('oracleBrmApi'),
	orangeBusiness: orange('orangeBusinessOAuth2Api'),
	orangeBusinessUser: orange('orangeBusinessUserOAuth2Api'),
	sample: async () =>
		sampleConnectors().map((connector) => ({
			title: `Sample of ${connector.capabilities.title}`,
			connector,
			notices: ['Sample bills are made up: no carrier has issued them.'],
		})),
};

function oracle(credential: OracleCredential): Open {
	return async (context, itemIndex) => {
		const { settings, deps, notices, dialect } = await connectOracle(context, credential, itemIndex);
		return [
			dialect === 'TMF678'
				? { title: 'TMF678 server', connector: new Tmf678Connector(settings, deps), notices }
				: { title: 'Oracle BRM', connector: new OracleBrmConnector(settings, deps), notices },
		];
	};
}

function orange(credential: OrangeCredential): Open {
	return async (context, itemIndex) => {
		const { settings, deps, notices }: Connection = await connectOrange(context, credential, itemIndex);
		return [{ title: 'Orange Business', connector: new OrangeBusinessConnector(settings, deps), notices }];
	};
}

/** The chosen providers, in the order chosen. @throws NodeOperationError when a credential is missing, in n8n's words */
export async function openSources(
	context: RequestContext,
	choices: readonly string[],
	itemIndex = 0,
): Promise<readonly Source[]> {
	const opened: Source[] = [];
	for (const choice of new Set(choices)) opened.push(...((await CHOICES[choice]?.(context, itemIndex)) ?? []));
	return opened;
}
