/** What callers who know TMF678 may ask for beside the model's query: further conditions, and how records come in `raw`. */
import type { BillQuery, RateQuery, WalkOptions } from '../connector';
import { filtersSet } from '../query/billFilter';
import type { Condition } from './conditions';
import type { ParameterValues } from './parameters';

/** The records themselves: all members, of the server's own type, where absent. */
export interface RecordOptions {
	/** Members wanted; `id`, `href` and what conditions are checked on come along. */
	readonly fields?: readonly string[] | undefined;
	/** For instance Oracle BRM's `CustomerBillOracle`. */
	readonly type?: string | undefined;
}

export interface TmfBillOptions extends WalkOptions {
	/** They hold together with those of the query. */
	readonly conditions?: readonly Condition[] | undefined;
	readonly record?: RecordOptions | undefined;
}

export interface TmfRateOptions extends WalkOptions {
	/** Rates of this service only; Oracle BRM's extension. */
	readonly serviceId?: string | undefined;
	readonly record?: RecordOptions | undefined;
}

/** What the model's conditions and orders are checked on. */
const BILL_MEMBERS = [
	'billNo',
	'category',
	'state',
	'billDate',
	'paymentDueDate',
	'billingPeriod',
	'lastUpdate',
	'billingAccount',
	'amountDue',
	'remainingAmount',
	'taxExcludedAmount',
	'taxIncludedAmount',
	'taxItem',
] as const;

const RATE_MEMBERS = ['bill', 'billingAccount', 'isBilled', 'type'] as const;

export function billRecordParameters(query: BillQuery, { record, conditions = [] }: TmfBillOptions): ParameterValues {
	const isChecked = query.order !== undefined || filtersSet(query).length > 0;
	return recordParameters(record, [
		...(isChecked ? BILL_MEMBERS : []),
		...conditions.map(({ member }) => member.replace(/\..*$/s, '')),
	]);
}

export function rateRecordParameters({ types }: RateQuery, { record, serviceId }: TmfRateOptions): ParameterValues {
	// What v5 calls the type.
	const alias = types === undefined ? [] : ['appliedBillingRateType'];
	return {
		...recordParameters(record, [...RATE_MEMBERS, ...alias]),
		...(serviceId === undefined ? {} : { serviceId }),
	};
}

/** @param checked members that must come along, whatever is wanted */
export function recordParameters(
	{ fields, type }: RecordOptions = {},
	checked: readonly string[] = [],
): ParameterValues {
	return {
		...(fields === undefined ? {} : { fields: [...fields, ...checked].join(',') }),
		...(type === undefined ? {} : { '@type': type }),
	};
}
