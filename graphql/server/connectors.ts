/** From a configured connection to the connector that reads it, with everything that stands between the two. */
import type { BillConnector, ConnectorDeps } from '../../providers/connector';
import { FloLiveConnector } from '../../providers/floLive/connector';
import { LumenConnector } from '../../providers/lumen/connector';
import { credentialOrigins } from '../../providers/lumen/settings';
import { OracleBrmConnector } from '../../providers/oracleBrm/connector';
import { OrangeBusinessConnector } from '../../providers/orangeBusiness/connector';
import { Tmf678Connector } from '../../providers/tmf678/standard';
import { authenticated } from '../../providers/transport/authentication';
import type { Clock } from '../../providers/transport/clock';
import type { Transport } from '../../providers/transport/port';
import { DEFAULT_RETRY } from '../../providers/transport/retry';
import { CachedConnector } from '../cache/cachedConnector';
import { sharedTokens } from '../cache/sharedTokens';
import { metered } from '../cost/meter';
import { ErrandConnector } from '../errandConnector';
import { ConnectionGuard } from '../guard/connectionGuard';
import { Deprecations } from '../guard/deprecations';
import { GuardedTransport } from '../guard/guardedTransport';
import { type ProviderConnection, ProviderConnections } from '../providerConnections';
import { authenticationOf } from './authenticationOf';
import type { Cache } from './cache';
import type { AuthConfig, ConnectionConfig } from './configSchema';
import type { Observer } from './operations/observer';
import { ObservedTransport } from './operations/observedTransport';
import { RotatingTransport } from './rotatingTransport';

/** What all connections share. */
export interface Surroundings {
	/**
	 * For one connection, so that requests which hang there never stand in the way of another's, be it at the same host.
	 * Knows no credentials: those are added for each connection.
	 */
	readonly openTransport: (config: Pick<ConnectionConfig, 'ca'>) => Transport;
	readonly clock: Clock;
	readonly cache: Cache;
	readonly observer: Observer;
}

export interface ConnectedProviders {
	readonly connections: ProviderConnections;
	/** Takes the credentials of these connections from now on; nothing else of them, and no connection that is new. */
	readonly rotate: (configs: readonly ConnectionConfig[]) => void;
}

export function connectAll(configs: readonly ConnectionConfig[], surroundings: Surroundings): ConnectedProviders {
	const connected = configs.map((config) => connect(config, surroundings));
	return {
		connections: new ProviderConnections(connected.map(({ connection }) => connection)),
		rotate: (renewed) => {
			for (const { connection, take } of connected) {
				const own = renewed.find(({ id }) => id === connection.id);
				if (own !== undefined) take(own.auth);
			}
		},
	};
}

interface Connected {
	readonly connection: ProviderConnection;
	/** New credentials, where they are new. */
	readonly take: (auth: AuthConfig) => void;
}

function connect(config: ConnectionConfig, surroundings: Surroundings): Connected {
	const { id, provider, accounts = null } = config;
	const { clock, cache, observer } = surroundings;
	const guard = guardOf(config, surroundings);
	const deprecations: Deprecations = new Deprecations(
		() => credentials.secrets(),
		(notice) => observer.deprecated({ connection: id, ...notice }),
	);
	const watched = new ObservedTransport(surroundings.openTransport(config), provider, observer, deprecations);
	const credentials = new RotatingTransport(config.auth, (auth) =>
		withCredentials(watched, { ...config, auth }, surroundings),
	);
	const retry = { ...DEFAULT_RETRY, mayRepeat: () => guard.mayRepeat() };
	// Outermost: what a reader may not cost says nothing about the provider.
	const deps = { transport: metered(new GuardedTransport(credentials, guard)), clock, retry };
	const source = new ErrandConnector(connectorOf(config, deps), (operation) => ({ operation }));
	const connector =
		config.freshFor === 0
			? source
			: new CachedConnector(source, {
					...cache,
					clock,
					freshForMs: config.freshFor * 1_000,
					name: (operation, subject) => cache.nameOf({ ...config, auth: credentials.auth }, operation, subject),
					onLook: (operation, outcome) => observer.lookedIntoCache(provider, operation, outcome),
				});
	return {
		connection: {
			id,
			provider,
			accounts,
			connector,
			freshFor: config.freshFor,
			health: () => guard.health,
			deprecations: () => deprecations.all,
		},
		take: (auth) => {
			if (credentials.rotate(auth)) observer.log.info({ connection: id }, 'New credentials are in use');
		},
	};
}

/** The time that undici allows where the configuration says nothing. */
const DEFAULT_TIMEOUT_MS = 30_000;

function guardOf(
	{ id, provider, breaker, timeoutMs }: ConnectionConfig,
	{ clock, observer }: Surroundings,
): ConnectionGuard {
	return new ConnectionGuard({
		connection: id,
		provider,
		clock,
		failures: breaker.failures,
		restMs: breaker.rest * 1_000,
		timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS,
		onStateChange: (state) => observer.breakerChanged({ connection: id, provider, state }),
	});
}

function withCredentials(transport: Transport, config: ConnectionConfig, { clock, cache }: Surroundings): Transport {
	const { provider, baseUrl, auth } = config;
	const origins = provider === 'LUMEN' ? credentialOrigins(baseUrl) : [baseUrl];
	const shareTokens = cache.isShared
		? sharedTokens({ ...cache, clock, name: cache.nameOf(config, 'token', null) })
		: undefined;
	return authenticated(transport, authenticationOf(auth), clock, origins, shareTokens);
}

function connectorOf(config: ConnectionConfig, deps: ConnectorDeps): BillConnector {
	const { id, provider, baseUrl, accounts = [], apiVersion, timeoutMs, documentHosts } = config;
	const settings = {
		connection: id,
		baseUrl,
		accounts,
		documentHosts,
		...(timeoutMs === undefined ? {} : { timeoutMs }),
	};
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
