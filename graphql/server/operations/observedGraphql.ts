/** Logs and counts every GraphQL operation: what it was called, how long it took and what became of it; never what it asked. */
import type { ApolloServerPlugin } from '@apollo/server';
import { trace } from '@opentelemetry/api';

import type { GraphContext } from '../../context';
import type { Observer } from './observer';

const LONGEST_NAME = 100;

export function observedGraphql({ log, metrics }: Observer): ApolloServerPlugin<GraphContext> {
	return {
		requestDidStart: async () => {
			const started = performance.now();
			return {
				willSendResponse: async ({ response, operationName, operation }) => {
					if (response.body.kind !== 'single') return;
					const { data, errors = [] } = response.body.singleResult;
					const outcome = errors.length === 0 ? 'ok' : data === null || data === undefined ? 'failed' : 'partial';
					const seconds = (performance.now() - started) / 1_000;
					metrics.graphqlOperations.inc({ outcome });
					metrics.graphqlOperationSeconds.observe(seconds);
					const name = operationName?.slice(0, LONGEST_NAME) ?? null;
					const codes = [...new Set(errors.map(({ extensions }) => String(extensions?.['code'])))];
					log.info(
						{ operation: name, type: operation?.operation ?? null, outcome, codes, seconds },
						'GraphQL operation',
					);
					if (name !== null) trace.getActiveSpan()?.setAttribute('graphql.operation.name', name);
				},
			};
		},
	};
}
