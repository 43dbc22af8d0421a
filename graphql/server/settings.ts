/** Kinds of settings that several parts of the configuration share. */
import { z } from 'zod';

import { BillingError } from '../../providers/transport/errors';
import { checkedBaseUrl } from '../../providers/transport/url';

/**
 * For checks across settings. They run whatever else is wrong, so that all mistakes are told at once, as long as what
 * they look at can be read: that, and nothing else, may be relied on.
 */
export function whereReadable(parts: z.ZodType): { readonly when: (payload: { readonly value: unknown }) => boolean } {
	return { when: ({ value }) => parts.safeParse(value).success };
}

export const text = z.string().min(1, 'is empty');

export const url = text.superRefine((value, context) => {
	try {
		checkedBaseUrl(value, 'url');
	} catch (error) {
		const message = error instanceof BillingError ? error.message.replace("'url' ", '') : 'is not a URL';
		context.addIssue({ code: 'custom', message });
	}
});
