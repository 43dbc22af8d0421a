/** One token for all requests: fetched once however many ask, renewed before it ends, never kept when fetching failed. */
import type { Clock } from './clock';

export interface IssuedToken {
	readonly value: string;
	/** Clock reading from before the token was asked for, so that its life is never overrated. */
	readonly issuedAt: number;
	readonly lifeMs: number;
}

const MINUTE_MS = 60_000;

/** Lumen's documented life of a token, and a safe guess where another server says nothing. */
const ASSUMED_LIFE_MS = 30 * MINUTE_MS;

/**
 * The life of a token from `expires_in`: seconds, as a number or as text.
 * Servers that write 0 or a negative number mean "none stated" or "does not end"; both count as nothing said. A token
 * that ends sooner all the same is renewed on the first 401.
 */
export function tokenLifeMillis(expiresIn: unknown): number {
	const seconds = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn;
	if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return ASSUMED_LIFE_MS;
	return seconds * 1_000;
}

export class TokenSource {
	private current: IssuedToken | null = null;
	private pending: Promise<IssuedToken> | null = null;
	private spent: string | null = null;

	/**
	 * `fetchToken` rejects with BillingError AUTH where no token is to be had. It is told which token was refused last, so that
	 * one that is shared with others does not come back.
	 */
	constructor(
		private readonly fetchToken: (spentToken: string | null) => Promise<IssuedToken>,
		private readonly clock: Clock,
	) {}

	/** A token that is not about to end. */
	async token(): Promise<string> {
		if (this.current !== null && this.clock.now() < renewalTime(this.current)) return this.current.value;
		return this.fetched();
	}

	/** A token other than the spent one: the current one where somebody has renewed it already. */
	renew(spentToken: string): Promise<string> {
		this.drop(spentToken);
		return this.token();
	}

	/** The tokens that may be on their way, or in a refusal of them. */
	get known(): readonly string[] {
		return [this.current?.value, this.spent].filter((token) => token !== undefined && token !== null);
	}

	/** Never hands this token out again. */
	drop(spentToken: string): void {
		this.spent = spentToken;
		if (this.current?.value === spentToken) this.current = null;
	}

	private async fetched(): Promise<string> {
		this.pending ??= this.fetchToken(this.spent)
			.then((token) => (this.current = token))
			.finally(() => {
				this.pending = null;
			});
		return (await this.pending).value;
	}
}

/** From this clock reading on, the token is no longer handed out. */
export function renewalTime({ issuedAt, lifeMs }: IssuedToken): number {
	return issuedAt + lifeMs - Math.min(MINUTE_MS, lifeMs / 10);
}
