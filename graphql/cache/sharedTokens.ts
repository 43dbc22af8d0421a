/** One token for all instances: fetched by one of them, sealed in the store, until it is about to end. */
import type { ShareTokens } from '../../providers/transport/authentication';
import type { Clock } from '../../providers/transport/clock';
import { type IssuedToken, renewalTime } from '../../providers/transport/tokenSource';
import type { Once } from './once';
import type { CacheStore } from './store';

export interface SharedTokensOptions {
	readonly store: CacheStore;
	readonly once: Once;
	readonly clock: Clock;
	/** Names the credential that the token is given for, without telling it. */
	readonly name: string;
}

export function sharedTokens({ store, once, clock, name }: SharedTokensOptions): ShareTokens {
	const look = async (spentToken: string | null): Promise<IssuedToken | undefined> => {
		const token = (await store.read(name)) as IssuedToken | undefined;
		if (token === undefined || token.value === spentToken || clock.now() >= renewalTime(token)) return undefined;
		return token;
	};
	return (fetchToken) => async (spentToken) => {
		const known = await look(spentToken);
		if (known !== undefined) return known;
		const work = async (): Promise<IssuedToken> => {
			const token = await fetchToken();
			const forMs = Math.floor(renewalTime(token) - clock.now());
			if (forMs > 0) await store.write(name, token, { forMs, records: 1 });
			return token;
		};
		return once.run({ name, look: () => look(spentToken), work });
	};
}
