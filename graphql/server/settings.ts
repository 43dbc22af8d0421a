/** Kinds of settings that several parts of the configuration share. */
import { z } from 'zod';

import { BillingError } from '../../providers/transport/errors';
import { checkedBaseUrl } from '../../providers/transport/url';

export const text = z.string().min(1, 'is empty');

export const url = text.superRefine((value, context) => {
	try {
		checkedBaseUrl(value, 'url');
	} catch (error) {
		const message = error instanceof BillingError ? error.message.replace("'url' ", '') : 'is not a URL';
		context.addIssue({ code: 'custom', message });
	}
});
