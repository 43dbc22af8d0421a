/** From BillingError to what a GraphQL client sees in `errors[].extensions`. */
import { GraphQLError, type GraphQLErrorExtensions, type GraphQLFormattedError } from 'graphql';

import { BillingError } from '../providers/transport/errors';

/** A question that cannot be meant. */
export function badUserInput(parameter: string, message: string, hint?: string): GraphQLError {
	return new GraphQLError(`'${parameter}' ${message}`, {
		extensions: { code: 'BAD_USER_INPUT', parameter, ...(hint === undefined ? {} : { hint }) },
	});
}

/** A cursor of another list, or one that was not given by this server. */
export function badCursor(why: string): GraphQLError {
	return new GraphQLError(`'after' ${why}`, {
		extensions: {
			code: 'BAD_CURSOR',
			parameter: 'after',
			hint: 'Use a cursor of a page with the same filter and order, or leave `after` out to start again.',
		},
	});
}

/** Refuses a question before any provider is asked. */
export function refused(error: BillingError): GraphQLError {
	return new GraphQLError(error.message, {
		extensions: { code: 'BAD_USER_INPUT', parameter: error.parameter, hint: error.hint },
	});
}

/** Seconds, rounded up; null where the provider did not say. */
export function retryAfterSeconds(error: BillingError): number | null {
	return error.retryAfterMs === null ? null : Math.ceil(error.retryAfterMs / 1_000);
}

export function extensionsOf(error: BillingError): GraphQLErrorExtensions {
	return {
		code: error.kind,
		provider: error.provider,
		connection: error.connection,
		httpStatus: error.status,
		providerCode: error.code,
		requestId: error.requestId,
		retryable: error.retryable,
		retryAfter: retryAfterSeconds(error),
		hint: error.hint,
	};
}

/**
 * Apollo's `formatError`: provider trouble in full; a fault of our own without its inside, which goes to `reportFault`.
 * @param thrown as Apollo hands it over: a GraphQLError around what a resolver threw
 */
export function formatError(
	formatted: GraphQLFormattedError,
	thrown: unknown,
	reportFault: (error: unknown) => void,
): GraphQLFormattedError {
	const cause = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
	if (cause instanceof BillingError) return { ...formatted, message: cause.message, extensions: extensionsOf(cause) };
	if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return formatted;
	reportFault(cause);
	return { ...formatted, message: 'The server made a mistake', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
