/** Sums of rates by group: nothing lost, nothing mixed, whatever the order. */
import fc from 'fast-check';

import { RateSummary, SUMMARY_GROUPS, type SummaryGroup, type SummaryRow } from '../../finance/summarize';
import type { CalendarDate } from '../../providers/model/dates';
import { type Decimal, sumDecimals, toDecimal } from '../../providers/model/decimal';
import { toMoney } from '../../providers/model/money';
import { toPeriod } from '../../providers/model/period';
import type { Rate } from '../../providers/model/rate';
import { aRate, eur } from './support';

function summarize(groupBy: SummaryGroup, ...pages: readonly Rate[][]): readonly SummaryRow[] {
	const summary = new RateSummary(groupBy);
	for (const page of pages) summary.add(page);
	return summary.finish();
}

const cents = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((value) => toDecimal(`${value}e-2`) as Decimal);
const money = fc
	.tuple(cents, fc.constantFrom('EUR', 'USD', null))
	.map(([amount, currency]) => toMoney(amount, currency));
const anyRate = fc
	.record({
		net: fc.option(money),
		tax: fc.option(money),
		gross: fc.option(money),
		product: fc.option(
			fc.record({ id: fc.option(fc.constantFrom('p1', 'p2')), name: fc.option(fc.constantFrom('M', 'L')) }),
		),
		billingAccountId: fc.option(fc.constantFrom('a1', 'a2', 'a3')),
		type: fc.constantFrom('RECURRING' as const, 'USAGE' as const, 'UNKNOWN' as const),
		period: fc.option(fc.constantFrom('2026-01-15', '2026-02-01').map((day) => toPeriod(day, null, null))),
	})
	.map((more) => aRate(more));
const groups = fc.constantFrom(...SUMMARY_GROUPS);

describe('RateSummary', () => {
	it('adds up, over all groups, to the sum of all rates, currency by currency', () => {
		fc.assert(
			fc.property(fc.array(anyRate, { maxLength: 60 }), groups, (rates, groupBy) => {
				const rows = summarize(groupBy, rates);
				for (const amount of ['net', 'tax', 'gross'] as const) {
					for (const currency of ['EUR', 'USD', null]) {
						const all = rates.flatMap((rate) => (rate[amount]?.currency === currency ? [rate[amount].amount] : []));
						const grouped = rows.flatMap((row) =>
							row.currency === currency && row[amount].sum !== null ? [row[amount].sum] : [],
						);
						expect(sumDecimals(grouped)).toBe(sumDecimals(all));
					}
				}
			}),
		);
	});

	it('does not depend on the order of the rates, nor on where pages end', () => {
		const shuffled = fc
			.array(anyRate, { maxLength: 40 })
			.chain((rates) => fc.tuple(fc.constant(rates), fc.shuffledSubarray(rates, { minLength: rates.length })));
		fc.assert(
			fc.property(shuffled, fc.nat(40), groups, ([rates, other], cut, groupBy) => {
				expect(summarize(groupBy, other.slice(0, cut), other.slice(cut))).toEqual(summarize(groupBy, rates));
			}),
		);
	});

	it('groups by product id, shows its name, and takes the name where there is no id', () => {
		const rows = summarize('product', [
			aRate({ product: { id: 'p1', name: 'Mobile L' } }),
			aRate({ product: { id: 'p1', name: null }, name: null }),
			aRate({ product: null, name: 'Late fee' }),
		]);
		expect(rows.map(({ key, name, rates }) => ({ key, name, rates }))).toEqual([
			{ key: 'Late fee', name: 'Late fee', rates: 1 },
			{ key: 'p1', name: 'Mobile L', rates: 2 },
		]);
	});

	it('groups by the month in which the period begins, else of the date, and keeps the undated apart', () => {
		const rows = summarize('period', [
			aRate({ period: toPeriod('2026-01-31', '2026-02-27', true) }),
			aRate({ period: null, date: '2026-02-28' as CalendarDate }),
			aRate({ period: null, date: null }),
		]);
		expect(rows.map(({ key }) => key)).toEqual(['2026-01', '2026-02', null]);
	});

	it('tells a sum of nothing from zero, and counts the rates without an amount', () => {
		const [row] = summarize('type', [aRate({ tax: null, net: eur('1') }), aRate({ tax: null, net: null })]);
		expect(row).toMatchObject({
			key: 'RECURRING',
			rates: 2,
			net: { sum: '1', missing: 1 },
			tax: { sum: null, missing: 2 },
		});
	});
});
