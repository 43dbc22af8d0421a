/** Oracle's token endpoints: Identity Cloud Service, and Access Management, which wants an identity domain. */
import type { FastifyInstance } from 'fastify';

import type { SandboxContext } from '../context';
import { DEMO_CREDENTIALS } from '../demoCredentials';
import {
	type Answer,
	type Refusal,
	type TokenEndpoint,
	addTokenEndpoint,
	sendAnswer,
} from '../oauth/clientCredentials';

const LIFETIME_SECONDS = 3_600;
const DOMAIN_HEADER = 'x-oauth-identity-domain-name';

export function addOracleTokens(app: FastifyInstance, context: SandboxContext): void {
	const lifetime = context.options.tokenLifetime ?? LIFETIME_SECONDS;
	const { clientId, clientSecret, scope, identityDomain } = DEMO_CREDENTIALS.oracleBrm;
	const endpoint: TokenEndpoint = {
		clientId,
		clientSecret,
		scopes: [scope],
		refusals: REFUSALS,
		granted: () => ({
			status: 200,
			body: {
				access_token: context.tokens.issue('oracleBrm', lifetime),
				token_type: 'Bearer',
				expires_in: lifetime,
			},
		}),
	};
	addTokenEndpoint(app, '/idcs/oauth2/v1/token', endpoint);
	app.register(async (oam) => {
		oam.addHook('preHandler', async (request, reply) => {
			if (request.headers[DOMAIN_HEADER] !== identityDomain) return sendAnswer(reply, UNKNOWN_DOMAIN);
			return undefined;
		});
		addTokenEndpoint(oam, '/oam/oauth2/rest/token', endpoint);
	});
}

function refusal(status: number, error: string, error_description: string): Answer {
	return { status, body: { error, error_description } };
}

const UNKNOWN_DOMAIN = refusal(400, 'invalid_request', 'Identity domain is missing or unknown');

const REFUSALS: Readonly<Record<Refusal, Answer>> = {
	missingCredentials: refusal(401, 'invalid_client', 'Client authentication failed.'),
	invalidClient: refusal(401, 'invalid_client', 'Client authentication failed.'),
	missingGrantType: refusal(400, 'invalid_request', 'Missing required parameter: grant_type'),
	unsupportedGrantType: refusal(400, 'unsupported_grant_type', 'The grant type is not supported.'),
	invalidScope: refusal(400, 'invalid_scope', 'Invalid scope.'),
};
