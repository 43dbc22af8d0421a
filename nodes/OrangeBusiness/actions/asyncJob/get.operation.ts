/** Async Job: Get. */
import { type JsonValue, isJsonObject } from '../../../shared/core';
import { locatedId } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess } from '../../access';
import { jobField } from '../../fields/locators';

export const getAsyncJob: Operation<OrangeAccess> = {
	description: [jobField],
	execute: async ({ context, itemIndex, api: { api, walk } }) => {
		const id = locatedId(context, itemIndex, jobField);
		const job: JsonValue = await api.asyncJob(id, walk);
		return [{ json: isJsonObject(job) ? { ...job } : { id, result: job } }];
	},
};
