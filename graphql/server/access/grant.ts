/** What a configuration or a token grants in writing, read into what a principal may read. */
import { MASKS, type Mask } from '../../masking';
import type { Accounts, Reach } from './principal';

/** In these lists `"*"` means all. */
export interface WrittenReach {
	readonly connections: readonly string[];
	/** Of the one connection named, or of each. */
	readonly accounts: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

const EVERYTHING = '*';

/**
 * Why this cannot be meant, in words; null where it can. An account id is its connection's own: the same id may be
 * another customer elsewhere, so a list of accounts is read for one connection only.
 */
export function troubleWith({ connections, accounts }: WrittenReach): string | null {
	if (connections.length === 0) return 'names no connections: ["*"] stands for all';
	if (!isList(accounts)) {
		const lacking = connections.find((id) => id !== EVERYTHING && (accounts[id]?.length ?? 0) === 0);
		if (lacking !== undefined) return `names no accounts of "${lacking}": ["*"] stands for all`;
		return Object.keys(accounts).length === 0 ? 'names no accounts: ["*"] stands for all' : null;
	}
	if (accounts.length === 0) return 'names no accounts: ["*"] stands for all';
	if (accounts.includes(EVERYTHING)) return null;
	return connections.length === 1 && connections[0] !== EVERYTHING
		? null
		: 'names accounts without their connection: write { CONNECTION: [ACCOUNT, ...], ... }';
}

/** @param written without `troubleWith` it */
export function reachOf({ connections, accounts }: WrittenReach): Reach {
	const isEvery = connections.includes(EVERYTHING);
	if (isList(accounts)) {
		const own = accountsIn(accounts);
		return isEvery ? 'ALL' : new Map(connections.map((connection) => [connection, own]));
	}
	const named = Object.entries(accounts).filter(([connection]) => isEvery || connections.includes(connection));
	return new Map(named.map(([connection, own]) => [connection, accountsIn(own)]));
}

export type WrittenMask = Lowercase<Mask>;

export const WRITTEN_MASKS = MASKS.map((mask) => mask.toLowerCase() as WrittenMask);

export function masksIn(written: readonly WrittenMask[]): ReadonlySet<Mask> {
	return new Set(MASKS.filter((mask) => written.includes(mask.toLowerCase() as WrittenMask)));
}

function accountsIn(names: readonly string[]): Accounts {
	return names.includes(EVERYTHING) ? 'ALL' : new Set(names);
}

function isList(accounts: WrittenReach['accounts']): accounts is readonly string[] {
	return Array.isArray(accounts);
}
