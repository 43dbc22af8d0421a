/** Status: Get. */
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess } from '../../access';

export const getStatus: Operation<OrangeAccess> = {
	description: [],
	execute: async ({ api: { api, walk } }) => (await api.status(walk)).map((component) => ({ json: { ...component } })),
};
