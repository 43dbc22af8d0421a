/** Who asks, and what they may read. */
import { createHash } from 'node:crypto';

import { type Mask, NOTHING_MASKED } from '../../masking';

/** Billing accounts of one connection, by the provider's own ids. */
export type Accounts = 'ALL' | ReadonlySet<string>;

/** Every connection with all its accounts, or these connections, each with its own. */
export type Reach = 'ALL' | ReadonlyMap<string, Accounts>;

export interface Principal {
	/** For logs and limits; never a secret. */
	readonly id: string;
	readonly reach: Reach;
	readonly masks: ReadonlySet<Mask>;
	readonly mayReadMetrics: boolean;
}

/** Whoever reaches a server whose door is open. */
export const ANYONE: Principal = { id: 'anyone', reach: 'ALL', masks: NOTHING_MASKED, mayReadMetrics: true };

const NONE: ReadonlySet<string> = new Set();

export function accountsOf(reach: Reach, connection: string): Accounts {
	return reach === 'ALL' ? 'ALL' : (reach.get(connection) ?? NONE);
}

/** The same for principals that may read the same bills, and for no others. */
export function scopeOf(reach: Reach): string {
	const parts =
		reach === 'ALL'
			? 'ALL'
			: [...reach]
					.map(([connection, accounts]) => [connection, accounts === 'ALL' ? 'ALL' : [...accounts].sort()] as const)
					.sort(([left], [right]) => (left < right ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
