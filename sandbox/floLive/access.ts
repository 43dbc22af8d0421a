/** Who may ask floLIVE: its documents do not say how, so the four usual ways all work. */
import type { FastifyRequest } from 'fastify';

import type { SandboxContext, TokenDesk } from '../context';
import { DEMO_CREDENTIALS } from '../demoCredentials';
import { basicCredentials, bearerToken } from '../http/request';

import { FloLiveFailure } from './envelope';

const DESK = 'floLive';
const TOKEN_LIFETIME_SECONDS = 3_600;
const { token: DEMO_TOKEN, tokenHeader, username, password } = DEMO_CREDENTIALS.floLive;

/** Refuses a request that bears neither the token (bearer or header), nor the user and password, nor a token got by login. */
export function requireAccess(request: FastifyRequest, { tokens }: SandboxContext): void {
	if (request.headers[tokenHeader] === DEMO_TOKEN) return;
	const bearer = bearerToken(request);
	if (bearer !== undefined && isKnownToken(bearer, tokens)) return;
	const basic = basicCredentials(request);
	if (basic !== undefined && isUser(basic.name, basic.secret)) return;
	throw new FloLiveFailure('unauthorized');
}

/** A token for the demo user, good for an hour unless the sandbox is told otherwise. */
export function login(name: unknown, secret: unknown, { tokens, options }: SandboxContext): string {
	if (!isUser(name, secret)) throw new FloLiveFailure('unauthorized');
	return tokens.issue(DESK, options.tokenLifetime ?? TOKEN_LIFETIME_SECONDS);
}

function isKnownToken(token: string, tokens: TokenDesk): boolean {
	return token === DEMO_TOKEN || tokens.check(DESK, token) === 'valid';
}

function isUser(name: unknown, secret: unknown): boolean {
	return name === username && secret === password;
}
