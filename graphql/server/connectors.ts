/** From a configured connection to the connector that reads it. */
import type { BillConnector, ConnectorSettings } from '../../providers/connector';
import { FloLiveConnector } from '../../providers/floLive/connector';
import { LumenConnector } from '../../providers/lumen/connector';
import { OracleBrmConnector } from '../../providers/oracleBrm/connector';
import { OrangeBusinessConnector } from '../../providers/orangeBusiness/connector';
import { Tmf678Connector } from '../../providers/tmf678/connector';
import { type Authentication, authenticated } from '../../providers/transport/authentication';
import type { Clock } from '../../providers/transport/clock';
import type { Transport } from '../../providers/transport/port';
import { type ProviderConnection, ProviderConnections } from '../providerConnections';
import type { AuthConfig, ConnectionConfig } from './configSchema';

export interface ConnectorDeps {
	readonly transport: Transport;
	readonly clock: Clock;
}

export function connectAll(configs: readonly ConnectionConfig[], deps: ConnectorDeps): ProviderConnections {
	return new ProviderConnections(configs.map((config) => connect(config, deps)));
}

function connect(config: ConnectionConfig, { transport, clock }: ConnectorDeps): ProviderConnection {
	const { id, provider, baseUrl, accounts, timeoutMs } = config;
	const settings: ConnectorSettings = {
		connection: id,
		baseUrl,
		...(accounts === undefined ? {} : { accounts }),
		...(timeoutMs === undefined ? {} : { timeoutMs }),
	};
	const deps = { transport: authenticated(transport, authenticationOf(config.auth), clock, [baseUrl]), clock };
	return { id, provider, accounts: accounts ?? null, connector: connectorOf(config, settings, deps) };
}

function connectorOf(
	{ provider, apiVersion }: ConnectionConfig,
	settings: ConnectorSettings,
	deps: ConnectorDeps,
): BillConnector {
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
