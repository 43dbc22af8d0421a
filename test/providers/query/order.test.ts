import * as fc from 'fast-check';

import { type BillOrder, type Place, BILL_ORDER_FIELDS } from '../../../providers/connector';
import type { Bill } from '../../../providers/model/bill';
import { type CalendarDate, type Instant, addDays } from '../../../providers/model/dates';
import { comparePlaces, compareSortKeys, isAfter, placeOf, sortBills } from '../../../providers/query/order';
import { money, sampleBill } from '../support/bills';

const DATE = '2026-01-01' as CalendarDate;
const orders = fc.record<BillOrder>({
	field: fc.constantFrom(...BILL_ORDER_FIELDS),
	direction: fc.constantFrom('ASC', 'DESC'),
});
const amounts = fc.option(fc.integer({ min: -300, max: 300 }).map((cents) => money(String(cents / 100))));
const dates = fc.option(fc.integer({ min: 0, max: 3 }).map((days) => addDays(DATE, days)));
const lists = fc.uniqueArray(
	fc.record({
		remoteId: fc.stringMatching(/^[a-c0-2]{1,2}$/),
		scope: fc.constantFrom('', 's', 't'),
		billDate: dates,
		dueDate: dates,
		total: amounts,
		amountDue: amounts,
		number: fc.option(fc.constantFrom('1', '10', '2', 'B')),
		lastUpdate: fc.option(
			fc.constantFrom(
				'2026-01-01T00:00:00Z',
				'2026-01-01T01:00:00+01:00',
				'2026-01-01T00:30:00Z',
				'2026-01-01T02:00:00+02:00',
			),
		),
	}),
	{ selector: ({ remoteId, scope }) => `${scope}/${remoteId}`, maxLength: 12 },
);
const bills = lists.map((records) =>
	records.map(({ remoteId, scope, lastUpdate, ...fields }): Bill =>
		sampleBill({ ...fields, lastUpdate: lastUpdate as Instant | null }, remoteId, scope),
	),
);

const sortKey = (bill: Bill, field: BillOrder['field']): string | null =>
	placeOf(bill, { field, direction: 'ASC' }).sortKey;

describe('the order of bills', () => {
	it('is total: every two bills have one, both ways round', () => {
		fc.assert(
			fc.property(bills, orders, (list, order) => {
				const places = list.map((bill) => placeOf(bill, order));
				for (const left of places) {
					for (const right of places) {
						const forth = comparePlaces(left, right, order);
						expect(Math.sign(forth) + Math.sign(comparePlaces(right, left, order))).toBe(0);
						expect(forth === 0).toBe(left === right);
					}
				}
			}),
		);
	});

	it('does not depend on the order before', () => {
		fc.assert(
			fc.property(bills, orders, (list, order) => {
				expect(sortBills([...list].reverse(), order)).toEqual(sortBills(list, order));
			}),
		);
	});

	it('every bill is either up to a place or after it, and what is after it is the rest of the list', () => {
		fc.assert(
			fc.property(bills, orders, (list, order) => {
				const sorted = sortBills(list, order);
				sorted.forEach((bill, index) => {
					const rest = sorted.filter((other) => isAfter(other, placeOf(bill, order), order));
					expect(rest).toEqual(sorted.slice(index + 1));
				});
				expect(sorted.every((bill) => isAfter(bill, undefined, order))).toBe(true);
			}),
		);
	});

	it.each(BILL_ORDER_FIELDS)('bills without %s come last, in either direction', (field) => {
		const without = sampleBill(
			{ billDate: null, dueDate: null, lastUpdate: null, total: null, amountDue: null, number: null },
			'0',
		);
		const full = sampleBill({ lastUpdate: '2026-01-01T00:00:00Z' as Instant }, '9');
		for (const direction of ['ASC', 'DESC'] as const) {
			expect(sortBills([without, full], { field, direction })).toEqual([full, without]);
		}
	});

	it('amounts are ordered by value, numbers of bills as text, instants across offsets', () => {
		const list = ['-5', '10', '9.5', '-10'].map((amount, index) => sampleBill({ total: money(amount) }, String(index)));
		const sorted = sortBills(list, { field: 'TOTAL', direction: 'DESC' });
		expect(sorted.map((bill) => bill.total?.amount)).toEqual(['10', '9.5', '-5', '-10']);
		const numbered = sortBills(
			['9', '10'].map((number) => sampleBill({ number }, number)),
			{ field: 'NUMBER', direction: 'ASC' },
		);
		expect(numbered.map(({ number }) => number)).toEqual(['10', '9']);
		expect(sortKey(sampleBill({ lastUpdate: '2026-01-01T01:00:00+01:00' as Instant }), 'LAST_UPDATE')).toBe(
			'2026-01-01T00:00:00.000Z',
		);
	});

	it('ties go by scope, then by id, ascending in either direction', () => {
		const list = [sampleBill({}, '2', 's'), sampleBill({}, '1', 't'), sampleBill({}, '1', 's')];
		for (const direction of ['ASC', 'DESC'] as const) {
			const sorted = sortBills(list, { field: 'BILL_DATE', direction });
			expect(sorted.map(({ identity }) => `${identity.scope}${identity.remoteId}`)).toEqual(['s1', 's2', 't1']);
		}
	});

	it('a place needs no bill', () => {
		const place: Place = { sortKey: '2026-01-14', scope: '', remoteId: 'gone' };
		expect(isAfter(sampleBill(), place, { field: 'BILL_DATE', direction: 'ASC' })).toBe(true);
		expect(isAfter(sampleBill(), place, { field: 'BILL_DATE', direction: 'DESC' })).toBe(false);
		expect(compareSortKeys(null, null, { field: 'TOTAL', direction: 'ASC' })).toBe(0);
	});
});
