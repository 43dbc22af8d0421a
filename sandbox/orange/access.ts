/** Who may ask Billing for Business: a program with its token and API key, or a user's token alone. */
import type { FastifyRequest } from 'fastify';

import type { TokenDesk } from '../context';
import { DEMO_CREDENTIALS } from '../demoCredentials';
import { bearerToken } from '../http/request';

import { GatewayError } from './gatewayError';

/** Names under which the token desk knows what Orange issues. */
export const DESKS = { access: 'orange', code: 'orangeCode', refresh: 'orangeRefresh' } as const;

/**
 * Throws 401: code 40 where something is missing, 41 where it is wrong, 42 where the token's time is over.
 * @param userTokens access tokens that a user consented to, which need no API key.
 */
export function requireAccess(request: FastifyRequest, tokens: TokenDesk, userTokens: ReadonlySet<string>): void {
	const token = bearerToken(request);
	if (token === undefined) throw new GatewayError(40, 'The Authorization header holds no Bearer token.');
	const standing = tokens.check(DESKS.access, token);
	if (standing === 'expired') throw new GatewayError(42, 'The token has expired.');
	if (standing === 'unknown') throw new GatewayError(41, 'The token is not known.');
	if (userTokens.has(token)) return;
	const apiKey = request.headers['x-api-key'];
	if (apiKey === undefined) throw new GatewayError(40, 'The X-Api-Key header is missing.');
	if (apiKey !== DEMO_CREDENTIALS.orange.apiKey) throw new GatewayError(41, 'The API key is not known.');
}
