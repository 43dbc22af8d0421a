/**
 * Query parameters of a plain TMF678 v4 server. The specification declares `fields`, `offset` and `limit` for lists and
 * `fields` for one record; filters by attribute follow TMF630 and are usual, but no server must have them.
 */
import type { Parameter, ParametersOf } from './parameters';

const DECLARED = [
	{ name: 'fields', kind: 'FIELDS', source: 'TMF678 v4.0.0: comma-separated properties to be provided in response.' },
	{ name: 'offset', kind: 'OFFSET', source: 'TMF678 v4.0.0: index for start of resources to be provided in response.' },
	{ name: 'limit', kind: 'LIMIT', source: 'TMF678 v4.0.0: number of resources to be provided in response.' },
] as const satisfies readonly Parameter[];

const USUAL = 'TMF630: filter by attribute, which servers usually have.';

function equal<Name extends string, Kind extends Parameter['kind']>(name: Name, kind: Kind) {
	return { name, kind, source: USUAL } as const;
}

function comparable<Name extends string, Kind extends Parameter['kind']>(name: Name, kind: Kind) {
	return [
		equal(name, kind),
		equal(`${name}.gt`, kind),
		equal(`${name}.gte`, kind),
		equal(`${name}.lt`, kind),
		equal(`${name}.lte`, kind),
	] as const;
}

export const STANDARD_BILL_PARAMETERS = [
	...DECLARED,
	equal('id', 'ID'),
	equal('billNo', 'TEXT'),
	equal('category', 'TEXT'),
	equal('runType', 'TEXT'),
	equal('state', 'TEXT'),
	equal('billingAccount.id', 'ID'),
	...comparable('billDate', 'DATE_TIME'),
	...comparable('paymentDueDate', 'DATE_TIME'),
	...comparable('lastUpdate', 'DATE_TIME'),
	...comparable('billingPeriod.startDateTime', 'DATE_TIME'),
	...comparable('billingPeriod.endDateTime', 'DATE_TIME'),
	...comparable('amountDue.value', 'DECIMAL'),
	...comparable('remainingAmount.value', 'DECIMAL'),
	...comparable('taxIncludedAmount.value', 'DECIMAL'),
	{ name: 'sort', kind: 'TEXT', source: 'TMF630: attributes to sort by, - before one for descending; some servers.' },
] as const satisfies readonly Parameter[];

export const STANDARD_RATE_PARAMETERS = [
	...DECLARED,
	equal('id', 'ID'),
	equal('bill.id', 'ID'),
	equal('billingAccount.id', 'ID'),
	equal('isBilled', 'BOOLEAN'),
] as const satisfies readonly Parameter[];

export const STANDARD_ON_DEMAND_PARAMETERS = [
	...DECLARED,
	equal('id', 'ID'),
	equal('billingAccount.id', 'ID'),
	equal('state', 'TEXT'),
] as const satisfies readonly Parameter[];

export const STANDARD_BY_ID_PARAMETERS = [DECLARED[0]] as const satisfies readonly Parameter[];

export type StandardBillParameters = ParametersOf<typeof STANDARD_BILL_PARAMETERS>;
export type StandardRateParameters = ParametersOf<typeof STANDARD_RATE_PARAMETERS>;
export type StandardOnDemandParameters = ParametersOf<typeof STANDARD_ON_DEMAND_PARAMETERS>;
export type StandardByIdParameters = ParametersOf<typeof STANDARD_BY_ID_PARAMETERS>;
