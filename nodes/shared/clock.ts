/** Time for the connectors, from n8n. */
import { sleep } from 'n8n-workflow';

import type { Clock } from './core';

export const n8nClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms, signal) => {
		signal?.throwIfAborted();
		await sleep(ms);
		signal?.throwIfAborted();
	},
};
