/** Why somebody is not let in. */
export class AccessRefused extends Error {
	override readonly name = 'AccessRefused';

	constructor(
		/** 401: say who you are. 403: you may not. 429: not now. 503: it cannot be checked now. */
		readonly status: 401 | 403 | 429 | 503,
		message: string,
		readonly hint: string,
		/** Seconds after which asking again makes sense. */
		readonly retryAfter: number | null = null,
	) {
		super(message);
	}

	/** As `errors[].extensions.code`. */
	get code(): string {
		return { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 429: 'RATE_LIMITED', 503: 'UNAVAILABLE' }[this.status];
	}
}

/** The same words for every token that is not good: what is wrong with it is nobody's help but an attacker's. */
export function unknownCaller(): AccessRefused {
	return new AccessRefused(
		401,
		'This server does not know the key or token',
		'Send a header "Authorization: Bearer ..." with a key or token that this server was configured for; a token may be past its time.',
	);
}
