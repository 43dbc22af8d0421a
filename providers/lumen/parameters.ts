/** Checks the parameters of one operation before any request, and writes them as the document does. */
import { checkLimit } from '../query/check';
import { toCalendarDate } from '../model/dates';
import { invalidParameter } from '../transport/errors';
import { type QueryPair, refuseControlCharacters } from '../transport/url';
import { checkAccount } from './settings';

/** "Max allowed value for limit is 1000." */
export const MAX_LIMIT = 1000;

type Rule = 'ACCOUNT' | 'TEXT' | 'DATE' | 'LIMIT' | 'OFFSET';

/** Every parameter of the four lists; which of them an operation takes is its table's affair. */
export interface ListParameters {
	readonly billingAccountNumber: string;
	/** `YYYY-MM-DD`, counts. */
	readonly startBillDate: string;
	/** `YYYY-MM-DD`, counts. */
	readonly endBillDate: string;
	readonly invoiceNumber: string;
	/** Rows to leave out, from 0. */
	readonly offset?: number;
	/** Rows to give, 1 to 1000. */
	readonly limit?: number;
}

/** In the order sent. */
const RULES: Readonly<Record<keyof ListParameters, Rule>> = {
	billingAccountNumber: 'ACCOUNT',
	invoiceNumber: 'TEXT',
	startBillDate: 'DATE',
	endBillDate: 'DATE',
	offset: 'OFFSET',
	limit: 'LIMIT',
};

const OPTIONAL: ReadonlySet<string> = new Set(['offset', 'limit']);

/** @throws BillingError INVALID_REQUEST naming the parameter and what is allowed */
export function queryOf(given: Partial<ListParameters>, names: readonly (keyof ListParameters)[]): QueryPair[] {
	for (const [name, value] of Object.entries<unknown>({ ...given })) {
		if (value !== undefined && !names.some((known) => known === name)) {
			throw invalidParameter(name, 'is not a parameter of this operation', `Parameters are: ${names.join(', ')}.`);
		}
	}
	const { startBillDate, endBillDate } = given;
	const pairs = (Object.keys(RULES) as (keyof ListParameters)[]).flatMap((name): QueryPair[] => {
		const value = given[name];
		if (!names.includes(name)) return [];
		if (value !== undefined) return [[name, checked(name, value)]];
		if (OPTIONAL.has(name)) return [];
		throw invalidParameter(name, 'is missing', `Parameters are: ${names.join(', ')}.`);
	});
	if (startBillDate !== undefined && endBillDate !== undefined && startBillDate > endBillDate) {
		throw invalidParameter('startBillDate', `is ${startBillDate}, after endBillDate ${endBillDate}`);
	}
	return pairs;
}

function checked(name: keyof ListParameters, value: string | number): string {
	switch (RULES[name]) {
		case 'ACCOUNT':
			return checkAccount(String(value), name);
		case 'TEXT':
			if (String(value).trim() === '') throw invalidParameter(name, 'is empty');
			return refuseControlCharacters(String(value), name);
		case 'DATE':
			if (toCalendarDate(value) === value) return value;
			throw invalidParameter(name, `is "${String(value)}"`, 'It must be a calendar date, written YYYY-MM-DD.');
		case 'LIMIT':
			checkLimit(name, Number(value), MAX_LIMIT);
			return String(value);
		case 'OFFSET':
			if (Number.isSafeInteger(value) && Number(value) >= 0) return String(value);
			throw invalidParameter(name, `is ${value}`, 'It must be a whole number, 0 or more.');
	}
}
