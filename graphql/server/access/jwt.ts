/** Tokens of an identity provider (RFC 7519), checked against the keys that it publishes (RFC 7517). */
import { type JWTPayload, type JWTVerifyGetKey, createRemoteJWKSet, errors, jwtVerify } from 'jose';

import type { JwtConfig } from './accessConfig';
import { type WrittenReach, masksIn, reachOf, troubleWith } from './grant';
import type { Principal } from './principal';
import { AccessRefused, unknownCaller } from './refusal';

/** Seconds by which the clocks of two machines may differ. */
const CLOCK_TOLERANCE = 30;
const FETCH_TIMEOUT_MS = 5_000;

export class JwtVerifier {
	private readonly keys: JWTVerifyGetKey;

	constructor(private readonly config: JwtConfig) {
		this.keys = createRemoteJWKSet(new URL(config.jwksUrl), { timeoutDuration: FETCH_TIMEOUT_MS });
	}

	/** @throws AccessRefused */
	async verify(token: string): Promise<Principal> {
		const { issuer, audience, algorithms, mask } = this.config;
		let payload: JWTPayload;
		try {
			const limits = { issuer, audience, algorithms, clockTolerance: CLOCK_TOLERANCE };
			({ payload } = await jwtVerify(token, this.keys, { ...limits, requiredClaims: ['sub', 'exp'] }));
		} catch (error) {
			throw isAboutToken(error) ? unknownCaller() : keysOutOfReach();
		}
		const reach = this.writtenReach(payload);
		const trouble = reach === null ? 'grants nothing in a form that is known here' : troubleWith(reach);
		if (reach === null || trouble !== null) throw this.grantsNothing(trouble ?? '');
		return { id: `jwt:${payload.sub ?? ''}`, reach: reachOf(reach), masks: masksIn(mask), mayReadMetrics: false };
	}

	private writtenReach(payload: JWTPayload): WrittenReach | null {
		const { connectionsClaim, accountsClaim } = this.config;
		const connections = textsIn(payload[connectionsClaim]);
		const accounts = accountsClaim === undefined ? ['*'] : accountsIn(payload[accountsClaim]);
		return connections === null || accounts === null ? null : { connections, accounts };
	}

	private grantsNothing(trouble: string): AccessRefused {
		const { connectionsClaim, accountsClaim } = this.config;
		const claims = [connectionsClaim, ...(accountsClaim === undefined ? [] : [accountsClaim])].join('" and "');
		return new AccessRefused(403, `The token ${trouble}`, `Its issuer must put them into "${claims}".`);
	}
}

/** Everything but a key set that cannot be had now. */
function isAboutToken(error: unknown): boolean {
	return error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && !isFetchTrouble(error);
}

/** jose tells of a key set that answered wrongly with its plain base class or as an invalid set. */
function isFetchTrouble(error: errors.JOSEError): boolean {
	return error instanceof errors.JWKSInvalid || error.code === errors.JOSEError.code;
}

function keysOutOfReach(): AccessRefused {
	return new AccessRefused(
		503,
		'The keys that tokens are checked against cannot be had now',
		'Try again in a minute; if it lasts, look at access.jwt.jwksUrl in the configuration.',
	);
}

function textsIn(claim: unknown): readonly string[] | null {
	if (typeof claim === 'string') return [claim];
	return Array.isArray(claim) && claim.every((part) => typeof part === 'string') ? claim : null;
}

function accountsIn(claim: unknown): WrittenReach['accounts'] | null {
	const texts = textsIn(claim);
	if (texts !== null || typeof claim !== 'object' || claim === null || Array.isArray(claim)) return texts;
	const entries = Object.entries(claim).map(([connection, own]) => [connection, textsIn(own)] as const);
	const whole = entries.filter((entry): entry is readonly [string, readonly string[]] => entry[1] !== null);
	return whole.length === entries.length ? Object.fromEntries(whole) : null;
}
