/** Readers of files who do not read, or not in time: each holds one of the few connections to a provider that all share. */
import type { ServerResponse } from 'node:http';

import type { LimitsConfig } from './limits/limitsConfig';

/** Closes the connection of a reply whose reader is too slow, which lets go of what the reply is read from. */
export function closeIfUnread(response: ServerResponse, { unreadMs, documentMs }: LimitsConfig): void {
	const late = setTimeout(() => response.destroy(), documentMs);
	response.once('close', () => clearTimeout(late));
	// In this time nothing left. Where nothing is there to leave either, it is the provider who is slow.
	response.setTimeout(unreadMs, () => {
		if (response.writableLength > 0) response.destroy();
	});
}
