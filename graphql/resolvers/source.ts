/** `SourceStatus`: what a connection gave to a page, and what went wrong. */
import type { BillingError } from '../../providers/transport/errors';
import { retryAfterSeconds } from '../errors';
import type { SourceError, SourceStatusResolvers } from '../generated/resolverTypes';

export const SourceStatus: SourceStatusResolvers = {
	error: ({ error }) => (error === null ? null : toldError(error)),
};

/** An Error as a field's value counts as thrown, so it is told in a plain object. */
function toldError(error: BillingError): SourceError {
	const { kind, message, hint, status, code, requestId, parameter, retryable } = error;
	return { kind, message, hint, status, code, requestId, parameter, retryable, retryAfter: retryAfterSeconds(error) };
}
