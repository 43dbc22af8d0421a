/** What a server is started with in tests, save its connections. */
import { openDoor } from '../../../graphql/server/access/authenticator';
import type { AppOptions } from '../../../graphql/server/app';
import { limits } from '../../../graphql/server/limits/limitsConfig';

type Shared = Omit<
	AppOptions,
	'connections' | 'timeoutMs' | 'serves' | 'reportFault' | 'cursorKey' | 'costStore' | 'operations'
>;

/** As for a developer with the sandbox. */
export const OPEN_ON_THIS_MACHINE: Shared = {
	door: { authenticate: openDoor, open: true, onlyThisMachine: true },
	limits: limits.parse({}),
	developer: { introspection: true, explorer: true, suggestions: true },
	persisted: null,
	federation: false,
};

/** With nothing that helps only developers. */
export const IN_PRODUCTION: Shared = {
	...OPEN_ON_THIS_MACHINE,
	developer: { introspection: false, explorer: false, suggestions: false },
};
