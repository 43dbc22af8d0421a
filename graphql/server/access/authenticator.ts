/** From a request's Authorization header to who asks. */
import type { AccessConfig } from './accessConfig';
import { ApiKeys } from './apiKeys';
import { JwtVerifier } from './jwt';
import { ANYONE, type Principal } from './principal';
import { AccessRefused, unknownCaller } from './refusal';

/** @throws AccessRefused */
export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

export const openDoor: Authenticate = async () => ANYONE;

export function authenticatorOf({ open, apiKeys = [], jwt }: AccessConfig): Authenticate {
	if (open === true) return openDoor;
	const keys = new ApiKeys(apiKeys);
	const verifier = jwt === undefined ? null : new JwtVerifier(jwt);
	return async (authorization) => {
		const token = bearerToken(authorization);
		const known = keys.find(token);
		if (known !== null) return known;
		if (verifier === null || !isJwt(token)) throw unknownCaller();
		return verifier.verify(token);
	};
}

/** @throws AccessRefused where there is none */
function bearerToken(authorization = ''): string {
	const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
	if (token !== undefined) return token;
	throw new AccessRefused(401, 'Say who you are', 'Send a header "Authorization: Bearer ..." with your key or token.');
}

/** Three parts of base64url, the first and the last not empty. */
function isJwt(token: string): boolean {
	return /^[\w-]+\.[\w-]*\.[\w-]+$/.test(token);
}
