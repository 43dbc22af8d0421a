/** What a configuration may say of keeping what was read, and of leaving a provider in trouble alone. */
import { z } from 'zod';

import { whereReadable } from './settings';

const DAY_SECONDS = 86_400;

/** Seconds for which what was read from a connection may be handed out again; 0: never. */
export const freshFor = z.coerce.number().int().min(0).max(DAY_SECONDS).default(60);

export const breaker = z
	.strictObject({
		/** Failures in a row after which the provider is left alone. */
		failures: z.coerce.number().int().min(1).max(1_000).default(10),
		/** Seconds for which it is then left alone. */
		rest: z.coerce.number().min(0.1).max(3_600).default(20),
	})
	.prefault({});

const redisUrl = z.string().superRefine((value, context) => {
	if (URL.canParse(value) && /^rediss?:$/.test(new URL(value).protocol)) return;
	context.addIssue({ code: 'custom', message: 'must begin with redis:// or rediss://' });
});

export const cache = z
	.strictObject({
		/** Shared by instances; absent: each keeps things in its own memory. The environment's REDIS_URL counts where this is absent. */
		redisUrl: redisUrl.optional(),
		/** Seals what is kept in Redis and names it; the same for all instances. */
		key: z.string().min(32, 'must have at least 32 characters').optional(),
		/** Bills, rates and accounts kept in memory at most. */
		maxRecords: z.coerce.number().int().min(1).max(10_000_000).default(20_000),
	})
	.superRefine(
		({ redisUrl, key }, context) => {
			if (redisUrl === undefined || key !== undefined) return;
			const message = 'is missing: what is kept in Redis is sealed with it, and all instances must have the same';
			context.addIssue({ code: 'custom', path: ['key'], message });
		},
		whereReadable(z.object({ redisUrl: z.string().optional(), key: z.string().optional() })),
	)
	.prefault({});

export type CacheConfig = z.output<typeof cache>;
