/**
 * Clients from before the media type `application/graphql-response+json` take any status but 200 for a broken connection
 * and never show the errors. GraphQL over HTTP, 6.4.1 "application/json": a well-formed request is answered with 200,
 * whatever is wrong with the document or its variables.
 */
import type { ApolloServerPlugin } from '@apollo/server';

const MISTAKES: ReadonlySet<unknown> = new Set([
	'GRAPHQL_PARSE_FAILED',
	'GRAPHQL_VALIDATION_FAILED',
	'BAD_USER_INPUT',
	'OPERATION_RESOLUTION_FAILURE',
]);

export const legacyStatus: ApolloServerPlugin = {
	requestDidStart: async () => ({
		willSendResponse: async ({ request, response, errors }) => {
			const accept = request.http?.headers.get('accept') ?? '';
			if (accept.includes('application/graphql-response+json') || response.http.status !== 400) return;
			const isMistake = (errors ?? []).every(({ extensions }) => MISTAKES.has(extensions['code']));
			if (isMistake) response.http.status = 200;
		},
	}),
};
