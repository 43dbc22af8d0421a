/** From the configuration's way of signing in to the transport's. */
import type { Authentication } from '../../providers/transport/authentication';
import type { AuthConfig } from './configSchema';

export function authenticationOf(auth: AuthConfig): Authentication {
	if (auth.kind !== 'CLIENT_CREDENTIALS' && auth.kind !== 'REFRESH_TOKEN') return auth;
	const { tokenUrl, tokenHeaders, ...rest } = auth;
	return { ...rest, tokenUrls: typeof tokenUrl === 'string' ? [tokenUrl] : tokenUrl, headers: tokenHeaders };
}
