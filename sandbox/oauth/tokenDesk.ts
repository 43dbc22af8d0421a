/** Issues and checks access tokens; all of them can be made to expire at once, as a fault. */
import { createHash } from 'node:crypto';

import type { TokenDesk } from '../context';

export interface ExpirableTokenDesk extends TokenDesk {
	/** Every token issued so far, of one provider or of all, is expired from now on. */
	expireAll(provider?: string): void;
}

/** Tokens remembered; the oldest are forgotten first and are then unknown. */
const MAX_TOKENS = 10_000;

interface IssuedToken {
	readonly provider: string;
	expiresAt: number;
}

/** @param now milliseconds */
export function createTokenDesk(seed: number, now: () => number): ExpirableTokenDesk {
	const issued = new Map<string, IssuedToken>();
	let count = 0;
	return {
		issue(provider, lifetimeSeconds) {
			count += 1;
			const token = createHash('sha256').update(`${seed} ${provider} ${count}`).digest('base64url');
			issued.set(token, { provider, expiresAt: now() + lifetimeSeconds * 1_000 });
			const oldest = issued.size > MAX_TOKENS ? issued.keys().next().value : undefined;
			if (oldest !== undefined) issued.delete(oldest);
			return token;
		},
		check(provider, token) {
			const known = issued.get(token);
			if (known?.provider !== provider) return 'unknown';
			return known.expiresAt > now() ? 'valid' : 'expired';
		},
		expireAll(provider) {
			for (const token of issued.values()) {
				if (provider === undefined || token.provider === provider) token.expiresAt = 0;
			}
		},
	};
}
