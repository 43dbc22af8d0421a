/** Lumen's token endpoints: the current one, the legacy one, and the one its guide shows, which production answers with 404. */
import type { FastifyInstance } from 'fastify';

import type { SandboxContext } from '../context';
import { DEMO_CREDENTIALS } from '../demoCredentials';
import { type Answer, type Refusal, addTokenEndpoint } from '../oauth/clientCredentials';

/** Thirty minutes, as the guide says. */
const LIFETIME_SECONDS = 1_800;

export function addLumenTokens(scope: FastifyInstance, context: SandboxContext): void {
	const lifetime = context.options.tokenLifetime ?? LIFETIME_SECONDS;
	const issue = (): string => context.tokens.issue('lumen', lifetime);
	const endpoint = {
		...DEMO_CREDENTIALS.lumen,
		refusals: CURRENT_REFUSALS,
		granted: () => granted({ access_token: issue(), token_type: 'BearerToken', expires_in: lifetime }),
	};
	addTokenEndpoint(scope, '/oauth/v2/token', endpoint);
	if (context.options.seedTokenUrl) addTokenEndpoint(scope, '/oauth/token', endpoint);
	addTokenEndpoint(scope, '/oauth/v1/token', {
		...DEMO_CREDENTIALS.lumen,
		refusals: LEGACY_REFUSALS,
		granted: () => granted({ access_token: issue(), token_type: 'BearerToken', expires_in: String(lifetime) }),
	});
}

function granted(body: object): Answer {
	return { status: 200, body, headers: { 'cache-control': 'no-store' } };
}

function current(status: number, reason: string, message: string): Answer {
	return {
		status,
		body: { code: String(status), reason, message, referenceError: 'https://developer.lumen.com/errors' },
	};
}

const CURRENT_REFUSALS: Readonly<Record<Refusal, Answer>> = {
	missingCredentials: current(401, 'missingCredentials', 'Missing Credentials'),
	invalidClient: current(401, 'invalidCredentials', 'Invalid client credentials'),
	missingGrantType: current(400, 'invalidRequest', 'Required param : grant_type'),
	unsupportedGrantType: current(400, 'invalidRequest', 'Unsupported grant type'),
	invalidScope: current(400, 'invalidScope', 'Invalid scope'),
};

function legacy(status: number, ErrorCode: string, Error: string): Answer {
	return { status, body: { ErrorCode, Error } };
}

/** The legacy gateway answers a missing grant type as if it had broken down. */
const LEGACY_REFUSALS: Readonly<Record<Refusal, Answer>> = {
	missingCredentials: legacy(401, 'invalid_client', 'ClientId is Invalid'),
	invalidClient: legacy(401, 'invalid_client', 'ClientId is Invalid'),
	missingGrantType: legacy(500, 'invalid_request', 'Required param : grant_type'),
	unsupportedGrantType: legacy(500, 'unsupported_grant_type', 'Unsupported grant type'),
	invalidScope: legacy(400, 'invalid_scope', 'Invalid scope'),
};
