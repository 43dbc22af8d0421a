/** Apollo's part in costs: predicts before an operation runs, settles after it, and tells who asked for it. */
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';

import { BillingError } from '../../providers/transport/errors';
import type { GraphContext } from '../context';
import { extensionsOf, retryAfterSeconds } from '../errors';
import type { CostReport } from './operationCost';
import { predictedRequests } from './predict';

/** A request header: `graphql-cost: include` asks for `extensions.cost`. */
const COST_HEADER = 'graphql-cost';

export const costs: ApolloServerPlugin<GraphContext> = {
	requestDidStart: async () => ({
		didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
			const variables = request.variables ?? {};
			const connections = contextValue.connections.all;
			const predicted =
				operation === undefined ? 0 : predictedRequests({ schema, document, operation, variables, connections });
			try {
				await contextValue.cost.begin(predicted);
			} catch (error) {
				throw error instanceof BillingError ? tooManyRequests(error) : error;
			}
		},
		willSendResponse: async ({ request, response, contextValue: { cost } }) => {
			await cost.settle();
			if (response.body.kind !== 'single' || request.http?.headers.get(COST_HEADER) !== 'include') return;
			const { singleResult } = response.body;
			singleResult.extensions = { ...singleResult.extensions, cost: told(cost.report()) };
		},
	}),
};

function told({ predicted, requests, perOperation, perMinute, remaining, resetAt }: CostReport): object {
	return { predicted, requests, perOperation, perMinute, remaining, resetAt: resetAt.toISOString() };
}

function tooManyRequests(error: BillingError): GraphQLError {
	const headers = new Map([['retry-after', String(retryAfterSeconds(error) ?? 0)]]);
	return new GraphQLError(error.message, { extensions: { ...extensionsOf(error), http: { status: 429, headers } } });
}
