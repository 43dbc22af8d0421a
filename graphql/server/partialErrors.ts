/** Puts trouble with single sources into `errors`, beside the data of the others. */
import type { ApolloServerPlugin } from '@apollo/server';

import type { GraphContext } from '../context';

export const partialErrors: ApolloServerPlugin<GraphContext> = {
	requestDidStart: async () => ({
		willSendResponse: async ({ response, contextValue }) => {
			if (response.body.kind !== 'single' || contextValue.partialErrors.length === 0) return;
			const { singleResult } = response.body;
			const added = contextValue.partialErrors.map((error) => error.toJSON());
			singleResult.errors = [...(singleResult.errors ?? []), ...added];
		},
	}),
};
