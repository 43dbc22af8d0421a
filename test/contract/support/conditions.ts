/** Conditions of a bill query, made from bills that there are, and what they mean to a reader of bills. */
import type { BillFilterName } from '../../../providers/capabilities';
import type { BillQuery } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import type { Decimal } from '../../../providers/model/decimal';

export interface Condition {
	readonly filter: BillFilterName;
	readonly query: BillQuery;
	readonly holds: (bill: Bill) => boolean;
}

export function conditionsFor(bills: readonly Bill[]): readonly Condition[] {
	// floLIVE leaves the due date out of every third invoice.
	const dated = bills.filter(({ dueDate }) => dueDate !== null);
	const some = dated.length === 0 ? bills : dated;
	const [one, other] = [some[Math.floor(some.length / 3)], some[Math.floor((2 * some.length) / 3)]];
	if (one === undefined || other === undefined) throw new Error('There are no bills to make conditions from');
	return [
		...wordConditions(one, other),
		...dayConditions('billDate', one, other, ({ billDate }) => billDate),
		...dayConditions('dueDate', one, other, ({ dueDate }) => dueDate),
		...dayConditions('periodStart', one, other, ({ period }) => period?.start ?? null),
		...dayConditions('periodEnd', one, other, ({ period }) => period?.end ?? null),
		...updateConditions(one),
		...amountConditions('total', one),
		...amountConditions('amountDue', one),
		...amountConditions('remaining', one),
	];
}

function wordConditions(one: Bill, other: Bill): readonly Condition[] {
	const account = other.billingAccount?.id ?? '';
	const ids = [one.identity.remoteId, other.identity.remoteId];
	const numbers = [one.number ?? 'none'];
	const prefix = (other.number ?? '').slice(0, -1);
	return [
		{ filter: 'accounts', query: { accounts: [account] }, holds: (bill) => bill.billingAccount?.id === account },
		{ filter: 'ids', query: { ids: ids.slice(1) }, holds: ({ identity }) => identity.remoteId === ids[1] },
		{ filter: 'ids', query: { ids: [...ids, 'none'] }, holds: ({ identity }) => ids.includes(identity.remoteId) },
		{ filter: 'numbers', query: { numbers }, holds: ({ number }) => number === numbers[0] },
		{
			filter: 'numberLike',
			query: { numberLike: `${prefix}*` },
			holds: (bill) => bill.number?.startsWith(prefix) === true,
		},
		{ filter: 'types', query: { types: ['INVOICE'] }, holds: ({ type }) => type === 'INVOICE' },
		{ filter: 'types', query: { types: ['CREDIT_NOTE'] }, holds: ({ type }) => type === 'CREDIT_NOTE' },
		{ filter: 'states', query: { states: [other.state] }, holds: ({ state }) => state === other.state },
		{
			filter: 'states',
			query: { states: ['ON_HOLD', 'SETTLED'] },
			holds: ({ state }) => state === 'ON_HOLD' || state === 'SETTLED',
		},
		{
			filter: 'categories',
			query: { categories: ['credit note'] },
			holds: ({ category }) => category === 'credit note',
		},
	];
}

type DayFilter = 'billDate' | 'dueDate' | 'periodStart' | 'periodEnd';

function dayConditions(
	filter: DayFilter,
	one: Bill,
	other: Bill,
	dayOf: (bill: Bill) => Bill['billDate'],
): readonly Condition[] {
	const [from, to] = [dayOf(one), dayOf(other)].flatMap((day) => (day === null ? [] : [day])).sort();
	if (from === undefined || to === undefined) return [];
	const condition = (query: BillQuery, isIn: (day: string) => boolean): Condition => ({
		filter,
		query,
		holds: (bill) => {
			const day = dayOf(bill);
			return day !== null && isIn(day);
		},
	});
	return [
		condition({ [filter]: { from, to } }, (day) => day >= from && day <= to),
		condition({ [filter]: { from: to } }, (day) => day >= to),
		condition({ [filter]: { to: from } }, (day) => day <= from),
		condition({ [filter]: { from, to: from } }, (day) => day === from),
	];
}

function updateConditions({ lastUpdate }: Bill): readonly Condition[] {
	if (lastUpdate === null) return [];
	const moment = Date.parse(lastUpdate);
	const at = (bill: Bill): number => (bill.lastUpdate === null ? Number.NaN : Date.parse(bill.lastUpdate));
	return [
		{ filter: 'lastUpdate', query: { lastUpdate: { from: lastUpdate } }, holds: (bill) => at(bill) >= moment },
		{ filter: 'lastUpdate', query: { lastUpdate: { to: lastUpdate } }, holds: (bill) => at(bill) <= moment },
	];
}

function amountConditions(filter: 'total' | 'amountDue' | 'remaining', one: Bill): readonly Condition[] {
	const amount = one[filter]?.amount;
	if (amount === undefined) return [];
	const condition = (range: { from?: Decimal; to?: Decimal }, isIn: (amount: number) => boolean): Condition => ({
		filter,
		query: { [filter]: range },
		holds: (bill) => isIn(Number(bill[filter]?.amount ?? Number.NaN)),
	});
	return [
		condition({ from: amount }, (value) => value >= Number(amount)),
		condition({ to: amount }, (value) => value <= Number(amount)),
		condition({ from: amount, to: amount }, (value) => value === Number(amount)),
		condition({ to: '-0.01' as Decimal }, (value) => value < 0),
		condition({ from: '0' as Decimal }, (value) => value >= 0),
	];
}
