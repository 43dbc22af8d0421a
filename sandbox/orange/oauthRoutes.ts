/** Orange's OAuth 2.0 v3 endpoints: tokens for programs and users, and the page where a user consents. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { SandboxContext, TokenDesk } from '../context';
import { DEMO_CREDENTIALS } from '../demoCredentials';
import { basicCredentials, formOf } from '../http/request';

import { DESKS } from './access';
import { acceptedTypes } from './answer';
import { consentPage } from './consentPage';

const TOKEN_LIFETIME_SECONDS = 3_600;
const CODE_LIFETIME_SECONDS = 600;
const REFRESH_LIFETIME_SECONDS = 30 * 86_400;

/** Codes and refresh tokens not used yet, each good for one exchange, and what users got for them. */
interface Grants {
	/** Redirect URI by code. */
	readonly codes: Map<string, string>;
	readonly refreshTokens: Set<string>;
	readonly userTokens: Set<string>;
}

interface Refusal {
	readonly status: number;
	readonly error: string;
	readonly description: string;
}

/** Adds the endpoints. Access tokens that a user consents to are added to `userTokens`. */
export function addOAuth(app: FastifyInstance, { tokens, options }: SandboxContext, userTokens: Set<string>): void {
	const grants: Grants = { codes: new Map(), refreshTokens: new Set(), userTokens };
	const lifetime = options.tokenLifetime ?? TOKEN_LIFETIME_SECONDS;
	app.post('/oauth/v3/token', (request, reply) => {
		const refused = clientRefusal(request);
		if (refused !== undefined) return refuse(reply, refused);
		return grantToken(reply, formOf(request), grants, tokens, lifetime);
	});
	app.get('/oauth/v3/authorize', (request, reply) => {
		const asked = new URL(request.url, 'http://sandbox').searchParams;
		const refused = authorizeRefusal(asked);
		return refused === undefined
			? reply.type('text/html; charset=utf-8').send(consentPage(asked))
			: refuse(reply, refused);
	});
	app.post('/oauth/v3/authorize', (request, reply) => {
		const form = formOf(request);
		const refused = authorizeRefusal(form);
		return refused === undefined ? reply.redirect(consented(form, grants, tokens)) : refuse(reply, refused);
	});
}

function clientRefusal(request: FastifyRequest): Refusal | undefined {
	if (!acceptedTypes(request.headers.accept).includes('application/json')) {
		return { status: 406, error: 'not_acceptable', description: 'The Accept header must name application/json' };
	}
	const form = formOf(request);
	if (!form.has('grant_type')) return invalidRequest('Missing grant_type in body');
	const basic = basicCredentials(request);
	const id = basic?.name ?? form.get('client_id');
	const secret = basic?.secret ?? form.get('client_secret');
	const { clientId, clientSecret } = DEMO_CREDENTIALS.orange;
	if (id === clientId && secret === clientSecret) return undefined;
	return { status: 401, error: 'invalid_client', description: 'The client credentials are not known' };
}

function grantToken(
	reply: FastifyReply,
	form: URLSearchParams,
	grants: Grants,
	tokens: TokenDesk,
	lifetime: number,
): FastifyReply {
	switch (form.get('grant_type')) {
		case 'client_credentials':
			return sendToken(reply, { access_token: tokens.issue(DESKS.access, lifetime), expires_in: lifetime });
		case 'authorization_code':
			if (!takeCode(form, grants, tokens)) return refuse(reply, invalidGrant('The code is not valid'));
			return sendUserToken(reply, grants, tokens, lifetime);
		case 'refresh_token':
			if (!takeRefreshToken(form, grants, tokens)) return refuse(reply, invalidGrant('The refresh token is not valid'));
			return sendUserToken(reply, grants, tokens, lifetime);
		default:
			return refuse(reply, {
				status: 400,
				error: 'unsupported_grant_type',
				description: 'This grant_type is not offered',
			});
	}
}

function takeCode(form: URLSearchParams, { codes }: Grants, tokens: TokenDesk): boolean {
	const code = form.get('code') ?? '';
	const redirectUri = codes.get(code);
	codes.delete(code);
	return redirectUri === form.get('redirect_uri') && tokens.check(DESKS.code, code) === 'valid';
}

function takeRefreshToken(form: URLSearchParams, { refreshTokens }: Grants, tokens: TokenDesk): boolean {
	const token = form.get('refresh_token') ?? '';
	return refreshTokens.delete(token) && tokens.check(DESKS.refresh, token) === 'valid';
}

function sendUserToken(reply: FastifyReply, grants: Grants, tokens: TokenDesk, lifetime: number): FastifyReply {
	const refreshToken = tokens.issue(DESKS.refresh, REFRESH_LIFETIME_SECONDS);
	grants.refreshTokens.add(refreshToken);
	const accessToken = tokens.issue(DESKS.access, lifetime);
	grants.userTokens.add(accessToken);
	return sendToken(reply, { access_token: accessToken, expires_in: lifetime, refresh_token: refreshToken });
}

function sendToken(reply: FastifyReply, token: object): FastifyReply {
	return reply.header('cache-control', 'no-store').send({ token_type: 'Bearer', ...token });
}

function authorizeRefusal(asked: URLSearchParams): Refusal | undefined {
	if (asked.get('response_type') !== 'code') return invalidRequest('response_type must be code');
	if (asked.get('client_id') !== DEMO_CREDENTIALS.orange.clientId) return invalidRequest('Unknown client_id');
	const redirectUri = asked.get('redirect_uri') ?? '';
	const usable = URL.canParse(redirectUri) && /^https?:/.test(redirectUri);
	return usable ? undefined : invalidRequest('Missing redirect_uri');
}

/** Where the browser goes next, with a code, or with the user's no. */
function consented(form: URLSearchParams, grants: Grants, tokens: TokenDesk): string {
	const redirectUri = form.get('redirect_uri') ?? '';
	const target = new URL(redirectUri);
	const state = form.get('state');
	if (state !== null) target.searchParams.set('state', state);
	if (form.get('decision') !== 'allow') {
		target.searchParams.set('error', 'access_denied');
		return target.href;
	}
	const code = tokens.issue(DESKS.code, CODE_LIFETIME_SECONDS);
	grants.codes.set(code, redirectUri);
	target.searchParams.set('code', code);
	return target.href;
}

function refuse(reply: FastifyReply, { status, error, description }: Refusal): FastifyReply {
	return reply.code(status).send({ error, error_description: description });
}

function invalidRequest(description: string): Refusal {
	return { status: 400, error: 'invalid_request', description };
}

function invalidGrant(description: string): Refusal {
	return { status: 400, error: 'invalid_grant', description };
}
