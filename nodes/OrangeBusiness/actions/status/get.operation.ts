/** Status: Get. */
import { type JsonValue, isJsonObject } from '../../../shared/core';
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess } from '../../access';

export const getStatus: Operation<OrangeAccess> = {
	description: [],
	execute: async ({ api: { api, walk } }) => {
		const status = await api.status(walk);
		const components: readonly JsonValue[] = Array.isArray(status) ? status : [status];
		return components.map((component) => ({
			json: isJsonObject(component) ? { ...component } : { status: component },
		}));
	},
};
