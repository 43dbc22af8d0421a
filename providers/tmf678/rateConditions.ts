/** Conditions of a rate query: which the server carries out, and the rest, checked here. */
import { type RateFilterName, RATE_FILTERS } from '../capabilities';
import type { RateQuery } from '../connector';
import type { Rate } from '../model/rate';
import type { Tmf678Dialect } from './dialect';
import type { ParameterValues } from './parameters';

export interface PushedRates {
	readonly parameters: ParameterValues;
	/** Ids to ask for one by one with the parameters; null where ids are no part of the request. */
	readonly eachId: readonly string[] | null;
	readonly pushedDown: readonly RateFilterName[];
	readonly appliedHere: readonly RateFilterName[];
}

export function isRateFilterPushable(name: RateFilterName, { capabilities }: Tmf678Dialect): boolean {
	const support = capabilities.rateFilters?.[name];
	return support === 'PUSHED_DOWN' || support === 'PARTLY_PUSHED_DOWN';
}

/** Several accounts would need an OR, which no server documents. */
export function pushRates(query: RateQuery, dialect: Tmf678Dialect): PushedRates {
	const { bill, accounts, ids, isBilled } = query;
	const [account, ...otherAccounts] = accounts ?? [];
	const sendable: Readonly<Partial<Record<RateFilterName, ParameterValues>>> = {
		...(bill && { bill: { 'bill.id': bill.remoteId } }),
		...(account !== undefined && otherAccounts.length === 0 && { accounts: { 'billingAccount.id': account } }),
		...(ids && bill === undefined && { ids: {} }),
		...(isBilled !== undefined && { isBilled: { isBilled } }),
	};
	const set = RATE_FILTERS.filter((name) => query[name] !== undefined);
	const pushedDown = set.filter((name) => sendable[name] !== undefined && isRateFilterPushable(name, dialect));
	return {
		parameters: Object.assign({}, ...pushedDown.map((name) => sendable[name])) as ParameterValues,
		eachId: ids !== undefined && pushedDown.includes('ids') ? ids : null,
		pushedDown,
		appliedHere: set.filter((name) => !pushedDown.includes(name) || !dialect.filtersAreDocumented),
	};
}

/**
 * @param knownBills ids of the bills that meet the query's account and days; a rate that does not name its account is on
 * its bill's
 */
export function rateMatches(
	rate: Rate,
	query: RateQuery,
	knownBills: { has(id: string): boolean },
	names: readonly RateFilterName[],
): boolean {
	if (names.length === 0) return true;
	const isOnKnownBill = rate.bill !== null && knownBills.has(rate.bill.remoteId);
	const holds: Readonly<Record<RateFilterName, () => boolean>> = {
		bill: () => rate.bill?.remoteId === query.bill?.remoteId,
		accounts: () =>
			rate.billingAccountId === null ? isOnKnownBill : query.accounts?.includes(rate.billingAccountId) === true,
		ids: () => query.ids?.includes(rate.identity.remoteId) === true,
		billDate: () => isOnKnownBill,
		isBilled: () => rate.isBilled === query.isBilled,
		types: () => query.types?.includes(rate.type) === true,
	};
	return names.every((name) => holds[name]());
}
