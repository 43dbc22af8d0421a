/** `rateLimit`: what the operation itself costs, and what is left of the minute. */
import type { Instant } from '../../providers/model/dates';
import type { GraphContext } from '../context';
import type { RateLimit } from '../generated/resolverTypes';

export function rateLimit({ cost }: GraphContext): RateLimit {
	const { predicted, perOperation, perMinute, remaining, resetAt } = cost.report();
	// Written by Date itself, so it has the form of an instant.
	const instant = resetAt.toISOString() as Instant;
	return { cost: predicted, perOperation, limit: perMinute, remaining, resetAt: instant };
}
