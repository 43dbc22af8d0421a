/** The secrets of a configuration, so that they can be kept out of logs. */
import type { AuthConfig, ServerConfig } from '../configSchema';

export function secretsOf({ connections, cache, server }: ServerConfig): readonly string[] {
	return [
		...connections.flatMap(({ auth }) => secretsIn(auth)),
		...[cache.key, cache.redisUrl, server.cursorKey].filter((secret) => secret !== undefined),
	];
}

function secretsIn(auth: AuthConfig): readonly string[] {
	switch (auth.kind) {
		case 'NONE':
			return [];
		case 'BEARER':
			return [auth.token];
		case 'HEADER':
			return [auth.value];
		case 'BASIC':
		case 'LOGIN':
			return [auth.password, ...Object.values(('headers' in auth && auth.headers) || {})];
		case 'CLIENT_CREDENTIALS':
			return [auth.clientSecret, ...(auth.apiKey === undefined ? [] : [auth.apiKey]), ...tokenHeaders(auth)];
		case 'REFRESH_TOKEN':
			return [auth.clientSecret, auth.refreshToken, ...tokenHeaders(auth)];
	}
}

function tokenHeaders({ tokenHeaders }: { readonly tokenHeaders?: Record<string, string> | undefined }): string[] {
	return Object.values(tokenHeaders ?? {});
}
