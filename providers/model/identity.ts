/** Who a bill, rate, account or document is: provider, connection, scope and the provider's own id. */

export const PROVIDERS = ['LUMEN', 'ORACLE_BRM', 'TMF678', 'FLOLIVE', 'ORANGE_BUSINESS'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** What a connector is asked for by: unique within one connection. Both parts are opaque text. */
export interface LocalId {
	/** Lumen billing account number, floLIVE customer id, empty for the other providers. */
	readonly scope: string;
	/** The provider's id, exactly as it came. */
	readonly remoteId: string;
}

export interface Identity extends LocalId {
	readonly provider: Provider;
	/** The configured connection's id. */
	readonly connection: string;
}

/** A map key for a `LocalId`; `\u0000` occurs in no id that can travel in a URL. */
export type LocalKey = string & { readonly __brand: 'LocalKey' };

export function keyOf(id: LocalId): LocalKey {
	return `${id.scope}\u0000${id.remoteId}` as LocalKey;
}
