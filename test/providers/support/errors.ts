/** Looking at the BillingError that something throws. */
import { BillingError } from '../../../providers/transport/errors';

/** The BillingError of a promise or a call; anything else that happens fails the test. */
export async function billingError(outcome: Promise<unknown> | (() => unknown)): Promise<BillingError> {
	let value: unknown;
	try {
		value = await (typeof outcome === 'function' ? outcome() : outcome);
	} catch (error) {
		if (error instanceof BillingError) return error;
		throw error;
	}
	throw new Error(`No BillingError, but ${JSON.stringify(value)}`);
}

/** For `toThrow`: an error that has these members. */
export function errorWith(members: object): Error {
	const matcher: unknown = expect.objectContaining(members);
	return matcher as Error;
}
