/** Sums of rates by product, account, type or month, page by page: no rate is kept, currencies are never added together. */
import { type Decimal, DecimalSum } from '../providers/model/decimal';
import type { CurrencyCode, Money } from '../providers/model/money';
import type { Rate } from '../providers/model/rate';

export const SUMMARY_GROUPS = ['account', 'period', 'product', 'type'] as const;
export type SummaryGroup = (typeof SUMMARY_GROUPS)[number];

/** An exact sum in major units. Null: no rate of the group has the amount. */
export interface SummarySum {
	readonly sum: Decimal | null;
	/** Rates of the group that lack the amount, so that a sum over some is not taken for a sum over all. */
	readonly missing: number;
}

export interface SummaryRow {
	/** Product id (its name where it has none), billing account id, rate type, or month `YYYY-MM`. Null: not stated. */
	readonly key: string | null;
	/** What to show for the key. */
	readonly name: string | null;
	readonly currency: CurrencyCode | null;
	readonly rates: number;
	readonly net: SummarySum;
	readonly tax: SummarySum;
	readonly gross: SummarySum;
}

interface Grouping {
	readonly key: (rate: Rate) => string | null;
	readonly name: (rate: Rate) => string | null;
}

const GROUPINGS: Readonly<Record<SummaryGroup, Grouping>> = {
	account: { key: (rate) => rate.billingAccountId, name: (rate) => rate.billingAccountId },
	period: { key: monthOf, name: monthOf },
	product: { key: productKey, name: productName },
	type: { key: ({ type }) => type, name: ({ type }) => type },
};

/** A product goes by its id, by its name where it has none, and by the name of the charge where there is no product. */
export function productKey({ product, name }: Rate): string | null {
	return product?.id ?? product?.name ?? name;
}

export function productName({ product, name }: Rate): string | null {
	return product?.name ?? name;
}

/** The month in which the period of the rate begins, else that of its date. */
function monthOf({ period, date }: Rate): string | null {
	return (period?.start ?? date)?.slice(0, 7) ?? null;
}

/** Feed it pages of rates, then ask. What comes out does not depend on the order of the rates. */
export class RateSummary {
	private readonly rows = new Map<CurrencyCode | null, Map<string | null, RowInMaking>>();
	private readonly grouping: Grouping;

	constructor(groupBy: SummaryGroup) {
		this.grouping = GROUPINGS[groupBy];
	}

	add(rates: readonly Rate[]): void {
		for (const rate of rates) {
			const key = this.grouping.key(rate);
			for (const [currency, amounts] of byCurrency(rate)) {
				this.rowOf(key, currency).add(this.grouping.name(rate), amounts);
			}
		}
	}

	/** By key, then currency; what has no key comes last. */
	finish(): readonly SummaryRow[] {
		return [...this.rows.values()]
			.flatMap((rows) => [...rows.values()].map((row) => row.finish()))
			.sort((left, right) => compareKeys(left.key, right.key) || compareKeys(left.currency, right.currency));
	}

	private rowOf(key: string | null, currency: CurrencyCode | null): RowInMaking {
		const rows = this.rows.get(currency) ?? new Map<string | null, RowInMaking>();
		const row = rows.get(key) ?? new RowInMaking(key, currency);
		this.rows.set(currency, rows.set(key, row));
		return row;
	}
}

export type Amounts = Readonly<Record<'net' | 'tax' | 'gross', Decimal | null>>;

/** Nearly always one currency; what has amounts in several counts in each of them. */
export function byCurrency({
	net,
	tax,
	gross,
}: Pick<Rate, 'net' | 'tax' | 'gross'>): readonly (readonly [CurrencyCode | null, Amounts])[] {
	const stated = [net, tax, gross].filter((money) => money !== null);
	const main = stated[0]?.currency ?? null;
	if (stated.every(({ currency }) => currency === main)) {
		return [[main, { net: net?.amount ?? null, tax: tax?.amount ?? null, gross: gross?.amount ?? null }]];
	}
	const currencies = [...new Set(stated.map(({ currency }) => currency))];
	const inCurrency = (money: Money | null, currency: CurrencyCode | null): Decimal | null =>
		money !== null && money.currency === currency ? money.amount : null;
	return currencies.map((currency) => [
		currency,
		{ net: inCurrency(net, currency), tax: inCurrency(tax, currency), gross: inCurrency(gross, currency) },
	]);
}

class RowInMaking {
	private rates = 0;
	private name: string | null = null;
	private readonly sums = { net: new SumInMaking(), tax: new SumInMaking(), gross: new SumInMaking() };

	constructor(
		private readonly key: string | null,
		private readonly currency: CurrencyCode | null,
	) {}

	/** Where a key has several names, the first in the alphabet stands. */
	add(name: string | null, amounts: Amounts): void {
		this.rates += 1;
		if (name !== null && (this.name === null || name < this.name)) this.name = name;
		this.sums.net.add(amounts.net);
		this.sums.tax.add(amounts.tax);
		this.sums.gross.add(amounts.gross);
	}

	finish(): SummaryRow {
		const { net, tax, gross } = this.sums;
		return {
			key: this.key,
			name: this.name,
			currency: this.currency,
			rates: this.rates,
			net: net.finish(),
			tax: tax.finish(),
			gross: gross.finish(),
		};
	}
}

export class SumInMaking {
	private sum: DecimalSum | null = null;
	private missing = 0;

	add(amount: Decimal | null): void {
		if (amount === null) this.missing += 1;
		else this.sum = (this.sum ?? new DecimalSum()).add(amount);
	}

	/** Adds what another sum holds. */
	join({ sum, missing }: SummarySum): void {
		this.missing += missing;
		if (sum !== null) this.add(sum);
	}

	finish(): SummarySum {
		return { sum: this.sum?.total() ?? null, missing: this.missing };
	}
}

/** Text ascending; null last. */
export function compareKeys(left: string | null, right: string | null): number {
	if (left === right) return 0;
	if (left === null) return 1;
	if (right === null) return -1;
	return left < right ? -1 : 1;
}
