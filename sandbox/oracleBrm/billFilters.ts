/** The forty-one filters of "Get Customer Bills", and the parameters beside them. */
import type { Ledger, LedgerBill } from '../data/ledger';
import { type Comparison, compareDecimals, holds, instantOf, isDecimal, likePattern } from '../tmf678/comparisons';
import { badRequest } from '../tmf678/errors';
import { midnight, oracleState, wireAmount } from '../tmf678/wireValues';
import { addDays } from '../data/calendar';
import { type Parameters, poid } from './parameters';

type BillTest = (bill: LedgerBill) => boolean;
/** Makes the test of one parameter's value. @throws TmfError 400 for a value it cannot mean */
type Filter = (value: string, name: string) => BillTest;

const COMPARISONS: readonly Comparison[] = ['eq', 'gt', 'gte', 'lt', 'lte'];

const AMOUNTS: Readonly<Record<string, (bill: LedgerBill) => string>> = {
	'amountDue.value': (bill) => wireAmount(bill, bill.total),
	'remainingAmount.value': (bill) => wireAmount(bill, bill.total - bill.paid),
};

const INSTANTS: Readonly<Record<string, (bill: LedgerBill) => string>> = {
	billDate: (bill) => midnight(bill, bill.billDate),
	'billingPeriod.endDateTime': (bill) => midnight(bill, addDays(bill.periodEnd, 1)),
	'billingPeriod.startDateTime': (bill) => midnight(bill, bill.periodStart),
	lastUpdate: (bill) => bill.updatedAt,
	paymentDueDate: (bill) => midnight(bill, bill.dueDate),
};

/** The response has `onHold` too, the filter does not. */
const FILTER_STATES = ['new', 'partiallyPaid', 'settled', 'inProgress'];

const FILTERS: ReadonlyMap<string, Filter> = new Map([
	...Object.entries(AMOUNTS).flatMap(([name, read]) => compared(name, (comparison) => amountFilter(read, comparison))),
	...Object.entries(INSTANTS).flatMap(([name, read]) =>
		compared(name, (comparison) => instantFilter(read, comparison)),
	),
	[
		'remainingAmount.value.like',
		(value) => {
			const pattern = likePattern(value);
			return (bill) => pattern.test(wireAmount(bill, bill.total - bill.paid));
		},
	],
	[
		'billNo',
		(value) => (bill) => (value === 'bill in progress' ? bill.standing === 'inProgress' : bill.number === value),
	],
	[
		'billNo.like',
		(value) => {
			const pattern = likePattern(value);
			return (bill) => bill.number !== '' && pattern.test(bill.number);
		},
	],
	['billingAccount.id', (value) => (bill) => isOfAccount(bill, value)],
	['id', (value) => (bill) => bill.id === poid(value)],
	['state', stateFilter],
]);

export const BILL_PARAMETERS: ReadonlySet<string> = new Set([
	...FILTERS.keys(),
	'@type',
	'fields',
	'limit',
	'offset',
	'billingCycleSpecification.id',
]);

/** The bills that pass every filter, oldest first. @throws TmfError 400 */
export function filteredBills(ledger: Ledger, parameters: Parameters): readonly LedgerBill[] {
	const tests: BillTest[] = [];
	for (const [name, value] of parameters) {
		const filter = FILTERS.get(name);
		if (filter !== undefined) tests.push(filter(value, name));
	}
	if (tests.length === 0) return ledger.bills('oracleBrm');
	const among = candidates(ledger, parameters);
	const asked = JSON.stringify([...parameters].filter(([name]) => FILTERS.has(name)));
	const last = lastFound.get(among);
	if (last?.asked === asked) return last.bills;
	const bills = among.filter((bill) => tests.every((test) => test(bill)));
	lastFound.set(among, { asked, bills });
	return bills;
}

/** What was last found in a list of bills, which is another one once a bill changes: a walk asks for the same page after page. */
const lastFound = new WeakMap<
	readonly LedgerBill[],
	{ readonly asked: string; readonly bills: readonly LedgerBill[] }
>();

/** The shortest list that holds every bill the filters can pass. */
function candidates(ledger: Ledger, parameters: Parameters): readonly LedgerBill[] {
	const id = parameters.get('id');
	if (id === undefined) return billsOfAccount(ledger, parameters.get('billingAccount.id'));
	const bill = ledger.bill('oracleBrm', poid(id));
	return bill === undefined ? [] : [bill];
}

/** By POID or by number. */
export function isOfAccount({ account }: LedgerBill, asked: string): boolean {
	return account.id === poid(asked) || account.number === asked;
}

/** All bills where no account is asked for; an account is named by its POID or its number. */
export function billsOfAccount(ledger: Ledger, account: string | undefined): readonly LedgerBill[] {
	if (account === undefined) return ledger.bills('oracleBrm');
	const found = ledger.accounts('oracleBrm').find(({ id, number }) => id === poid(account) || number === account);
	return found === undefined ? [] : ledger.bills('oracleBrm', found.id);
}

function compared(name: string, filter: (comparison: Comparison) => Filter): [string, Filter][] {
	return COMPARISONS.map((comparison) => [comparison === 'eq' ? name : `${name}.${comparison}`, filter(comparison)]);
}

function amountFilter(read: (bill: LedgerBill) => string, comparison: Comparison): Filter {
	return (value, name) => {
		if (!isDecimal(value)) throw badRequest(`${name} must be a number`);
		return (bill) => holds(comparison, compareDecimals(read(bill), value));
	};
}

function instantFilter(read: (bill: LedgerBill) => string, comparison: Comparison): Filter {
	return (value, name) => {
		const asked = instantOf(value);
		if (asked === undefined) {
			throw badRequest(`${name} must be a date-time such as 2020-01-01T12:00:27.000Z or 2020-01-01T04:00:27-08:00`);
		}
		return (bill) => holds(comparison, Date.parse(read(bill)) - asked);
	};
}

function stateFilter(value: string): BillTest {
	if (!FILTER_STATES.includes(value)) throw badRequest(`state must be one of ${FILTER_STATES.join(', ')}`);
	return (bill) => oracleState(bill) === value;
}
