/** How a Lumen connection is set up, and the addresses that Lumen is known by. */
import type { ConnectorSettings } from '../connector';
import { invalidParameter } from '../transport/errors';

export const API_VERSIONS = ['v1', 'v2'] as const;
export type LumenApiVersion = (typeof API_VERSIONS)[number];

export interface LumenSettings extends ConnectorSettings {
	/** Billing account numbers, opaque text (`5-ABCD5678`, `123456789`): Lumen lists bills by account only. */
	readonly accounts: readonly string[];
	/** Which API the customer is enrolled in; v1 where absent. Answers are read by their shape, not by this. */
	readonly apiVersion?: LumenApiVersion;
}

export interface KnownHost {
	readonly family: 'LUMEN' | 'CENTURYLINK';
	readonly environment: 'PRODUCTION' | 'TEST';
	readonly origin: string;
}

/** Both host families of the Customer Bill page. */
export const KNOWN_HOSTS: readonly KnownHost[] = [
	{ family: 'LUMEN', environment: 'PRODUCTION', origin: 'https://api.lumen.com' },
	{ family: 'LUMEN', environment: 'TEST', origin: 'https://api-test.lumen.com' },
	{ family: 'CENTURYLINK', environment: 'PRODUCTION', origin: 'https://api.centurylink.com' },
	{ family: 'CENTURYLINK', environment: 'TEST', origin: 'https://api-test.centurylink.com' },
];

/** Token paths in the order to try them: the current one, the one of the Customer Bill page, the legacy one. */
export const KNOWN_TOKEN_PATHS = ['/oauth/v2/token', '/oauth/token', '/oauth/v1/token'] as const;

/** Null for a host that is not Lumen's: a proxy or a stand-in. */
export function environmentOf(baseUrl: string): KnownHost['environment'] | null {
	const { origin } = new URL(baseUrl);
	return KNOWN_HOSTS.find((host) => host.origin === origin)?.environment ?? null;
}

/**
 * Where the connection's token may go: the API's own origin and, for an API on a Lumen host, the Lumen hosts of the same
 * environment. A stand-in's token never goes to Lumen, nor a test token to production.
 */
export function credentialOrigins(baseUrl: string): readonly [string, ...string[]] {
	const environment = environmentOf(baseUrl);
	const { origin } = new URL(baseUrl);
	const others = KNOWN_HOSTS.filter((host) => host.environment === environment && host.origin !== origin);
	return [origin, ...others.map((host) => host.origin)];
}

/** @throws BillingError INVALID_REQUEST for settings that no request could be made from. */
export function checkSettings({ accounts, apiVersion = 'v1' }: LumenSettings): void {
	if (accounts.length === 0) {
		throw invalidParameter('accounts', 'is an empty list', 'Give at least one Lumen billing account number.');
	}
	for (const account of accounts) checkAccount(account, 'accounts');
	if (!API_VERSIONS.includes(apiVersion)) {
		throw invalidParameter('apiVersion', `is "${apiVersion as string}"`, `Allowed are: ${API_VERSIONS.join(', ')}.`);
	}
}

/** An account travels in a header as well as in the query, so it must be printable ASCII. */
export function checkAccount(account: string, parameter: string): string {
	if (account.trim() === '') throw invalidParameter(parameter, 'is empty', 'Give a Lumen billing account number.');
	if (!/^[\x20-\x7e]+$/.test(account)) {
		throw invalidParameter(parameter, 'holds a character that no billing account number has');
	}
	return account;
}
