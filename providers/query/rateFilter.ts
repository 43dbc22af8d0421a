/** Filters applied here to charge lines. A line without the field matches no condition on it. */
import { type RateFilterName, RATE_FILTERS } from '../capabilities';
import type { RateQuery } from '../connector';
import type { Rate } from '../model/rate';

/** Whether a line meets the query's conditions on the line itself: its id, type, and whether it is billed. */
export function rateMatches(rate: Rate, { ids, types, isBilled }: RateQuery): boolean {
	return (
		(ids === undefined || ids.includes(rate.identity.remoteId)) &&
		(types === undefined || types.includes(rate.type)) &&
		(isBilled === undefined || rate.isBilled === isBilled)
	);
}

/** The filters that a query sets. */
export function rateFiltersSet(query: RateQuery): readonly RateFilterName[] {
	return RATE_FILTERS.filter((name) => query[name] !== undefined);
}
