/** From a credential to what a connector is made with: settings, and a transport that signs for that provider only. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { n8nClock } from './clock';
import {
	type ConnectorDeps,
	type ConnectorSettings,
	type LumenSettings,
	type TmfSettings,
	addDays,
	addMonths,
	dateOfMillis,
	lumenOrigins,
	toCalendarDate,
} from './core';
import { textOf } from './credentialText';
import { documentHosts } from './documentHosts';
import { listed } from './fields';
import { N8nTransport, type RequestContext, type Signature } from './transport';

export interface Connection<Settings extends ConnectorSettings = ConnectorSettings> {
	readonly settings: Settings;
	readonly deps: ConnectorDeps;
	/** What the user should be told with every run, for instance that the API key ends soon. */
	readonly notices: readonly string[];
}

export type OracleCredential = 'oracleBrmOAuth2Api' | 'oracleBrmApi';
export type OrangeCredential = 'orangeBusinessOAuth2Api' | 'orangeBusinessUserOAuth2Api';

export interface OracleConnection extends Connection<TmfSettings> {
	readonly dialect: 'ORACLE_BRM' | 'TMF678';
	/** Whether an AI agent may create on-demand bills. */
	readonly agentsMayCreate: boolean;
}

const LUMEN_HOSTS: Readonly<Record<string, string>> = {
	production: 'https://api.lumen.com',
	sandbox: 'https://api-test.lumen.com',
	productionCenturyLink: 'https://api.centurylink.com',
	sandboxCenturyLink: 'https://api-test.centurylink.com',
};

/** @throws NodeOperationError when no credential is chosen (n8n's own words). The same for the functions below. */
export async function connectLumen(context: RequestContext, itemIndex = 0): Promise<Connection<LumenSettings>> {
	const credential = await read(context, 'lumenOAuth2Api', itemIndex);
	const baseUrl = LUMEN_HOSTS[textOf(credential.fields, 'environment')] ?? textOf(credential.fields, 'baseUrl');
	return {
		settings: {
			connection: credential.id,
			baseUrl,
			accounts: listed(credential.fields.billingAccounts) ?? [],
			apiVersion: credential.fields.apiVersion === 'v2' ? 'v2' : 'v1',
			documentHosts: documentHosts(credential.fields),
		},
		deps: depsOf(context, oauth2('lumenOAuth2Api', URL.canParse(baseUrl) ? lumenOrigins(baseUrl) : [])),
		notices: [],
	};
}

export async function connectOracle(
	context: RequestContext,
	type: OracleCredential,
	itemIndex = 0,
): Promise<OracleConnection> {
	const { id, fields } = await read(context, type, itemIndex);
	const baseUrl = textOf(fields, 'baseUrl');
	return {
		settings: { connection: id, baseUrl, allowHttp: isPlainHttp(baseUrl), documentHosts: documentHosts(fields) },
		deps: depsOf(
			context,
			type === 'oracleBrmOAuth2Api'
				? oauth2(type, originOf(baseUrl))
				: { ...ownExchange(type, originOf(baseUrl)), credentialType: fields.authentication === 'none' ? null : type },
		),
		notices: [],
		dialect: fields.dialect === 'TMF678' ? 'TMF678' : 'ORACLE_BRM',
		agentsMayCreate: fields.agentsMayCreate === true,
	};
}

export async function connectFloLive(context: RequestContext, itemIndex = 0): Promise<Connection> {
	const { id, fields } = await read(context, 'floLiveApi', itemIndex);
	const baseUrl = textOf(fields, 'baseUrl');
	return {
		settings: { connection: id, baseUrl, accounts: listed(fields.customerIds) ?? [] },
		deps: depsOf(context, ownExchange('floLiveApi', originOf(baseUrl))),
		notices: [],
	};
}

export async function connectOrange(
	context: RequestContext,
	type: OrangeCredential,
	itemIndex = 0,
): Promise<Connection> {
	const { id, fields } = await read(context, type, itemIndex);
	const baseUrl = textOf(fields, 'baseUrl');
	const signature = oauth2(type, originOf(baseUrl));
	const apiKey = textOf(fields, 'apiKey');
	return {
		settings: { connection: id, baseUrl, documentHosts: documentHosts(fields) },
		deps: depsOf(context, apiKey === '' ? signature : { ...signature, headers: { 'X-Api-Key': apiKey } }),
		notices: keyNotices(textOf(fields, 'keyIssuedOn'), n8nClock.now()),
	};
}

const KEY_LIFE_MONTHS = 24;
const WARN_DAYS_BEFORE = 60;

/** Orange's API keys end 2 years after they were issued, and every call with them. */
export function keyNotices(issuedOn: string, nowMillis: number): readonly string[] {
	const issued = toCalendarDate(issuedOn);
	if (issued === null) return [];
	const end = addMonths(issued, KEY_LIFE_MONTHS);
	const today = dateOfMillis(nowMillis);
	if (today < addDays(end, -WARN_DAYS_BEFORE)) return [];
	return today < end
		? [`The Orange API key ends on ${end}. Ask your Orange Business representative for a new one now.`]
		: [`The Orange API key ended on ${end}, 2 years after it was issued. Put a new one into the credential.`];
}

interface Credential {
	/** Names the connection: the credential's id where n8n gives one. */
	readonly id: string;
	readonly fields: ICredentialDataDecryptedObject;
}

async function read(context: RequestContext, type: string, itemIndex: number): Promise<Credential> {
	const fields = await context.getCredentials(type, itemIndex);
	return { id: context.getNode().credentials?.[type]?.id ?? type, fields };
}

function depsOf(context: RequestContext, signature: Signature): ConnectorDeps {
	return { transport: new N8nTransport(context, signature), clock: n8nClock };
}

function oauth2(credentialType: string, origins: readonly string[]): Signature {
	return { credentialType, isOAuth2: true, headers: {}, origins };
}

function ownExchange(credentialType: string, origins: readonly string[]): Signature {
	return { credentialType, isOAuth2: false, headers: {}, origins };
}

/** None for what is no URL: the connector refuses it, with words. */
function originOf(baseUrl: string): readonly string[] {
	return URL.canParse(baseUrl) ? [new URL(baseUrl).origin] : [];
}

/** A test system; its bill documents are then read over plain http as well. */
function isPlainHttp(baseUrl: string): boolean {
	return baseUrl.toLowerCase().startsWith('http:');
}
