/** Who may ask Billing for Business: a program with its token and API key, or a user's token alone. */
import type { FastifyRequest } from 'fastify';

import type { TokenDesk } from '../context';
import { DEMO_CREDENTIALS } from '../demoCredentials';
import { bearerToken } from '../http/request';

import { GatewayError } from './gatewayError';

/** Names under which the token desk knows what Orange issues. */
export const DESKS = { app: 'orange', user: 'orangeUser', code: 'orangeCode', refresh: 'orangeRefresh' } as const;

/** Throws 401: code 40 where something is missing, 41 where it is wrong, 42 where the token's time is over. */
export function requireAccess(request: FastifyRequest, tokens: TokenDesk): void {
	const token = bearerToken(request);
	if (token === undefined) throw new GatewayError(40, 'The Authorization header holds no Bearer token.');
	const [app, user] = [tokens.check(DESKS.app, token), tokens.check(DESKS.user, token)];
	if (user === 'valid') return;
	if (app === 'expired' || user === 'expired') throw new GatewayError(42, 'The token has expired.');
	if (app === 'unknown') throw new GatewayError(41, 'The token is not known.');
	const apiKey = request.headers['x-api-key'];
	if (apiKey === undefined) throw new GatewayError(40, 'The X-Api-Key header is missing.');
	if (apiKey !== DEMO_CREDENTIALS.orange.apiKey) throw new GatewayError(41, 'The API key is not known.');
}
