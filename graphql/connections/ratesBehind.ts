/** A bill's rates behind the place where a page ended, without reading those before it wherever the provider allows. */
import type { BillHandle, RateList } from '../../providers/connector';
import { BillingError } from '../../providers/transport/errors';
import { badCursor } from '../errors';
import type { RatesLoader } from '../loaders/ratesLoader';
import type { Within } from './cursor';

/**
 * Providers give a bill's rates in an order of their own, so a place is told by a number, and by the rate that came last:
 * that one is read again, to see whether the number still leads to it. Where it does not, as with rows that came twice,
 * the list is read from its start, as the page before read it.
 *
 * @param first rates that are enough, those before the place counted too; undefined: all
 * @throws GraphQLError BAD_CURSOR where the bill's rates are no longer those that the cursor was made on; BillingError
 * from the provider
 */
export async function ratesBehind(
	within: Within | undefined,
	first: number | undefined,
	loader: RatesLoader,
	bill: BillHandle,
): Promise<RateList> {
	if (within === undefined) return loader.load(bill, first);
	const near = await readNear(within, first, loader, bill);
	const found = (near && behind(near, within)) ?? behind(await loader.load(bill, first), within);
	if (found !== null) return found;
	throw badCursor("no longer fits: the bill's rates have changed since");
}

/** Null where the provider says that there is no such place. */
async function readNear(
	{ position }: Within,
	first: number | undefined,
	loader: RatesLoader,
	bill: BillHandle,
): Promise<RateList | null> {
	try {
		return await loader.load(bill, first, position - 1);
	} catch (error) {
		if (error instanceof BillingError && error.kind === 'NOT_FOUND') return null;
		throw error;
	}
}

function behind(list: RateList, { position, remoteId }: Within): RateList | null {
	const last = position - (list.from ?? 0) - 1;
	if (list.rates[last]?.identity.remoteId !== remoteId) return null;
	return { ...list, from: position, rates: list.rates.slice(last + 1) };
}
