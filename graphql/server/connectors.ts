/** From a configured connection to the connector that reads it. */
import type { BillConnector, ConnectorDeps } from '../../providers/connector';
import { FloLiveConnector } from '../../providers/floLive/connector';
import { LumenConnector } from '../../providers/lumen/connector';
import { credentialOrigins } from '../../providers/lumen/settings';
import { OracleBrmConnector } from '../../providers/oracleBrm/connector';
import { OrangeBusinessConnector } from '../../providers/orangeBusiness/connector';
import { Tmf678Connector } from '../../providers/tmf678/standard';
import { type Authentication, authenticated } from '../../providers/transport/authentication';
import { metered } from '../cost/meter';
import { type ProviderConnection, ProviderConnections } from '../providerConnections';
import type { AuthConfig, ConnectionConfig } from './configSchema';

/** @param deps what all connections share; credentials are added for each */
export function connectAll(configs: readonly ConnectionConfig[], deps: ConnectorDeps): ProviderConnections {
	return new ProviderConnections(configs.map((config) => connect(config, deps)));
}

function connect(config: ConnectionConfig, deps: ConnectorDeps): ProviderConnection {
	const { id, provider, baseUrl, accounts = null } = config;
	const origins = provider === 'LUMEN' ? credentialOrigins(baseUrl) : [baseUrl];
	const transport = metered(authenticated(deps.transport, authenticationOf(config.auth), deps.clock, origins));
	return { id, provider, accounts, connector: connectorOf(config, { ...deps, transport }) };
}

function connectorOf(config: ConnectionConfig, deps: ConnectorDeps): BillConnector {
	const { id, provider, baseUrl, accounts = [], apiVersion, timeoutMs } = config;
	const settings = { connection: id, baseUrl, accounts, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
	switch (provider) {
		case 'LUMEN':
			return new LumenConnector({ ...settings, ...(apiVersion === undefined ? {} : { apiVersion }) }, deps);
		case 'ORACLE_BRM':
			return new OracleBrmConnector(settings, deps);
		case 'TMF678':
			return new Tmf678Connector(settings, deps);
		case 'FLOLIVE':
			return new FloLiveConnector(settings, deps);
		case 'ORANGE_BUSINESS':
			return new OrangeBusinessConnector(settings, deps);
	}
}

function authenticationOf(auth: AuthConfig): Authentication {
	if (auth.kind !== 'CLIENT_CREDENTIALS' && auth.kind !== 'REFRESH_TOKEN') return auth;
	const { tokenUrl, tokenHeaders, ...rest } = auth;
	return { ...rest, tokenUrls: typeof tokenUrl === 'string' ? [tokenUrl] : tokenUrl, headers: tokenHeaders };
}
