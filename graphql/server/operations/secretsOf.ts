/** The secrets of a configuration, so that they can be kept out of logs. */
import { secretsOf as secretsOfAuthentication } from '../../../providers/transport/authentication';
import { authenticationOf } from '../authenticationOf';
import type { ServerConfig } from '../configSchema';

export function secretsOf({ connections, cache, server }: ServerConfig): readonly string[] {
	return [
		...connections.flatMap(({ auth }) => secretsOfAuthentication(authenticationOf(auth))),
		...[cache.key, cache.redisUrl, server.cursorKey].filter((secret) => secret !== undefined),
	];
}
