/** Which conditions of a bill query the server can carry out, and as what parameters. */
import type { BillFilterName } from '../capabilities';
import type { BillQuery, Range } from '../connector';
import { type CalendarDate, type Instant, addDays } from '../model/dates';
import { type Decimal, isNegative } from '../model/decimal';
import { filtersSet } from '../query/billFilter';
import type { Tmf678Dialect } from './dialect';
import type { ParameterValues } from './parameters';

export interface PushedQuery {
	readonly parameters: ParameterValues;
	readonly pushedDown: readonly BillFilterName[];
	/** Conditions that must still be checked here: those not sent, and those sent wider than they are. */
	readonly appliedHere: readonly BillFilterName[];
}

/** One condition as parameters; null where this value of it cannot be sent without losing a bill. */
interface Sent {
	readonly parameters: ParameterValues;
	/** Whether the server keeps exactly the bills that the condition means, or some more. */
	readonly exact: boolean;
}

type Sender = (query: BillQuery, dialect: Tmf678Dialect) => Sent | null;

const SENDERS: Readonly<Partial<Record<BillFilterName, Sender>>> = {
	accounts: ({ accounts }) => one('billingAccount.id', accounts),
	ids: ({ ids }) => one('id', ids),
	numbers: ({ numbers }) => one('billNo', numbers),
	numberLike: ({ numberLike }) => like('billNo.like', numberLike),
	categories: ({ categories }) => one('category', categories),
	states: ({ states }, { filterableStates }) => {
		const words = states?.map((state) => filterableStates[state]);
		return words?.length === 1 && words[0] !== undefined ? { parameters: { state: words[0] }, exact: true } : null;
	},
	billDate: ({ billDate }) => days('billDate', billDate),
	dueDate: ({ dueDate }) => days('paymentDueDate', dueDate),
	periodStart: ({ periodStart }) => days('billingPeriod.startDateTime', periodStart),
	periodEnd: ({ periodEnd }) => days('billingPeriod.endDateTime', periodEnd),
	lastUpdate: ({ lastUpdate }) => instants('lastUpdate', lastUpdate),
	amountDue: ({ amountDue }) => amounts('amountDue.value', amountDue),
	remaining: ({ remaining }) => amounts('remainingAmount.value', remaining),
	total: ({ total }) => amounts('taxIncludedAmount.value', total),
};

export function pushDown(query: BillQuery, dialect: Tmf678Dialect): PushedQuery {
	const parameters: Record<string, ParameterValues[string]> = {};
	const pushedDown: BillFilterName[] = [];
	const appliedHere: BillFilterName[] = [];
	for (const name of filtersSet(query)) {
		const sent = isPushable(name, dialect) ? (SENDERS[name]?.(query, dialect) ?? null) : null;
		if (sent !== null) {
			Object.assign(parameters, sent.parameters);
			pushedDown.push(name);
		}
		if (sent?.exact !== true || !dialect.filtersAreDocumented) appliedHere.push(name);
	}
	return { parameters, pushedDown, appliedHere };
}

export function isPushable(name: BillFilterName, { capabilities }: Tmf678Dialect): boolean {
	const support = capabilities.billFilters[name];
	return support === 'PUSHED_DOWN' || support === 'PARTLY_PUSHED_DOWN';
}

/** An OR of several values is documented by no server we know. */
function one(parameter: string, values: readonly string[] | undefined): Sent | null {
	const [value, ...others] = values ?? [];
	return value === undefined || others.length > 0 ? null : { parameters: { [parameter]: value }, exact: true };
}

/**
 * SQL's wildcard for any run of characters is `%`. A `%` or `_` of the text itself would match more than itself, and a
 * backslash may escape what follows, which would match less.
 */
function like(parameter: string, pattern: string | undefined): Sent | null {
	if (pattern === undefined || pattern.includes('\\')) return null;
	return { parameters: { [parameter]: pattern.replace(/\*+/g, '%') }, exact: !/[%_]/.test(pattern) };
}

/**
 * The server compares instants, a condition means the day as the record writes it, in whatever offset: up to 14 hours
 * either way of UTC.
 */
function days(parameter: string, range: Range<CalendarDate> | undefined): Sent | null {
	return bounds(parameter, {
		from: range?.from === undefined ? undefined : `${addDays(range.from, -1)}T10:00:00Z`,
		to: range?.to === undefined ? undefined : `${addDays(range.to, 1)}T14:00:00Z`,
		exact: false,
	});
}

function instants(parameter: string, range: Range<Instant> | undefined): Sent | null {
	return bounds(parameter, { from: range?.from, to: range?.to, exact: true });
}

/**
 * Conditions are signed by effect on what is owed; the server compares what it reports, which is positive on some credit
 * notes. Only where all the bills meant are 0 or more are the two the same.
 */
function amounts(parameter: string, range: Range<Decimal> | undefined): Sent | null {
	if (range?.from === undefined || isNegative(range.from)) return null;
	return bounds(parameter, { from: range.from, to: range.to, exact: false });
}

function bounds(
	parameter: string,
	{ from, to, exact }: { from: string | undefined; to: string | undefined; exact: boolean },
): Sent {
	return {
		parameters: {
			...(from === undefined ? {} : { [`${parameter}.gte`]: from }),
			...(to === undefined ? {} : { [`${parameter}.lte`]: to }),
		},
		exact,
	};
}
