/** Spend: exact, the same whatever the order and however it is split up. */
import * as fc from 'fast-check';

import { SPEND_DIMENSIONS, Spend } from '../../finance/spend';
import type { Bill } from '../../providers/model/bill';
import type { CalendarDate } from '../../providers/model/dates';
import { sumDecimals } from '../../providers/model/decimal';
import type { Money } from '../../providers/model/money';
import { toMoney } from '../../providers/model/money';
import { aBill, aRate, eur } from './support';

const bills: fc.Arbitrary<Bill> = fc
	.record({
		amount: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
		decimals: fc.integer({ min: 0, max: 3 }),
		currency: fc.constantFrom('EUR', 'JPY', 'KWD', null),
		month: fc.constantFrom('2026-01', '2026-02', null),
		account: fc.constantFrom('a', 'b', null),
		type: fc.constantFrom('INVOICE', 'CREDIT_NOTE'),
		lacks: fc.boolean(),
	})
	.map(({ amount, decimals, currency, month, account, type, lacks }) =>
		aBill({
			total: lacks ? null : (toMoney(`${amount}e-${decimals}`, currency) as Money),
			net: null,
			tax: null,
			billDate: month === null ? null : (`${month}-15` as CalendarDate),
			billingAccount: account === null ? null : { id: account, number: null, name: null },
			type,
		}),
	);
const dimensions = fc.subarray([...SPEND_DIMENSIONS].filter((dimension) => dimension !== 'PRODUCT'));
const policy = fc.constantFrom('NET', 'APART');

function spendOf(
	some: readonly Bill[],
	by: readonly (typeof SPEND_DIMENSIONS)[number][],
	credit: 'NET' | 'APART',
): Spend {
	const spend = new Spend(new Set(by), credit);
	for (const bill of some) spend.addBill(bill);
	return spend;
}

it('comes out the same in any order, and however many parts are joined', () => {
	fc.assert(
		fc.property(fc.array(bills), fc.nat(), dimensions, policy, (all, at, by, credit) => {
			const whole = spendOf(all, by, credit).finish();
			expect(spendOf([...all].reverse(), by, credit).finish()).toEqual(whole);
			const cut = all.length === 0 ? 0 : at % all.length;
			const parts = spendOf(all.slice(0, cut), by, credit);
			parts.join(spendOf(all.slice(cut), by, credit));
			expect(parts.finish()).toEqual(whole);
		}),
	);
});

it('adds up to every amount of every currency, none lost, none counted twice', () => {
	fc.assert(
		fc.property(fc.array(bills), dimensions, policy, (all, by, credit) => {
			const rows = spendOf(all, by, credit).finish();
			const documents = rows.reduce((sum, row) => sum + row.documents + (row.creditNotes?.documents ?? 0), 0);
			expect(documents).toBe(all.length);
			for (const currency of new Set(rows.map((row) => row.currency))) {
				const own = rows.filter((row) => row.currency === currency);
				const sums = own.flatMap((row) => [row.total.sum ?? '0', row.creditNotes?.total.sum ?? '0']);
				const amounts = all.flatMap(({ total }) => (total?.currency === currency ? [total.amount] : []));
				expect(sumDecimals(sums as (typeof amounts)[number][])).toBe(sumDecimals(amounts));
			}
		}),
	);
});

describe('by product', () => {
	const byProduct = (...rates: ReturnType<typeof aRate>[]) => {
		const spend = new Spend(new Set(['PRODUCT']), 'NET');
		spend.addRates(aBill(), rates);
		return spend.finish();
	};

	it('lines of one product id are one row, under the first of its names', () => {
		const rows = byProduct(
			aRate({ product: { id: 'p', name: 'Router, managed' }, gross: eur('1') }),
			aRate({ product: { id: 'p', name: 'Managed router' }, gross: eur('2') }),
		);
		expect(rows).toMatchObject([{ product: { id: 'p', name: 'Managed router' }, documents: 2, total: { sum: '3' } }]);
	});

	it('a line without product goes by its name, one without either by none', () => {
		const rows = byProduct(aRate({ product: null, name: 'Line rental' }), aRate({ product: null, name: null }));
		expect(rows.map(({ product }) => product)).toEqual([{ id: null, name: 'Line rental' }, null]);
	});

	it('a bill whose amounts are in two currencies counts in each', () => {
		const spend = new Spend(new Set(), 'NET');
		spend.addBill(aBill({ net: eur('1'), tax: null, total: toMoney('2', 'USD') }));
		expect(spend.finish()).toMatchObject([
			{ currency: 'EUR', net: { sum: '1' }, total: { sum: null, missing: 1 } },
			{ currency: 'USD', net: { sum: null, missing: 1 }, total: { sum: '2' } },
		]);
	});
});
