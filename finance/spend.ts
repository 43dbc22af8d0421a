/** What was spent, by provider, connection, account, month and product: exact sums, currencies never added together. */
import type { Bill } from '../providers/model/bill';
import type { Provider } from '../providers/model/identity';
import type { CurrencyCode } from '../providers/model/money';
import type { Product, Rate } from '../providers/model/rate';
import {
	type Amounts,
	type SummarySum,
	SumInMaking,
	byCurrency,
	compareKeys,
	productKey,
	productName,
} from './summarize';

export const SPEND_DIMENSIONS = ['PROVIDER', 'CONNECTION', 'ACCOUNT', 'MONTH', 'PRODUCT'] as const;
export type SpendDimension = (typeof SPEND_DIMENSIONS)[number];

/** NET: credit notes, which are negative, lower the sums. APART: they are summed beside them. */
export type CreditNotePolicy = 'NET' | 'APART';

/** What a row is about; null: not a dimension, or not stated. */
export interface SpendKey {
	readonly provider: Provider | null;
	readonly connection: string | null;
	/** The provider's account id; with its connection, which alone makes it unique. */
	readonly account: string | null;
	/** Of the bill date, `YYYY-MM`. */
	readonly month: string | null;
	readonly product: Product | null;
	readonly currency: CurrencyCode | null;
}

export interface SpendSums {
	/** Bills and credit notes summed; rates where PRODUCT is a dimension. */
	readonly documents: number;
	readonly net: SummarySum;
	readonly tax: SummarySum;
	readonly total: SummarySum;
}

export interface SpendRow extends SpendKey, SpendSums {
	/** Null with NET. */
	readonly creditNotes: SpendSums | null;
}

/** Feed it bills, or bills with their rates, then ask. What comes out does not depend on the order. */
export class Spend {
	private readonly rows = new Map<string, RowInMaking>();

	constructor(
		private readonly dimensions: ReadonlySet<SpendDimension>,
		private readonly creditNotes: CreditNotePolicy,
	) {}

	addBill(bill: Bill): void {
		const { net, tax, total } = bill;
		this.add(bill, null, byCurrency({ net, tax, gross: total }));
	}

	/** A bill by its lines: they go with their products. */
	addRates(bill: Bill, rates: readonly Rate[]): void {
		for (const rate of rates) this.add(bill, rate, byCurrency(rate));
	}

	/** Adds what another has summed, by the same dimensions. */
	join(other: Spend): void {
		for (const [id, row] of other.rows) {
			const own = this.rows.get(id);
			if (own === undefined) this.rows.set(id, row);
			else own.join(row);
		}
	}

	/** By provider, connection, account, month, product and currency, each ascending; what is not stated comes last. */
	finish(): readonly SpendRow[] {
		return [...this.rows.values()].map((row) => row.finish(this.creditNotes)).sort(compareRows);
	}

	private add(bill: Bill, rate: Rate | null, parts: ReturnType<typeof byCurrency>): void {
		const isApart = this.creditNotes === 'APART' && bill.type === 'CREDIT_NOTE';
		for (const [currency, amounts] of parts) {
			const key = this.keyOf(bill, rate, currency);
			const id = JSON.stringify(idPartsOf(key));
			const row = this.rows.get(id) ?? new RowInMaking(key);
			row.add(key, amounts, isApart);
			this.rows.set(id, row);
		}
	}

	private keyOf(
		{ identity, billDate, billingAccount }: Bill,
		rate: Rate | null,
		currency: CurrencyCode | null,
	): SpendKey {
		const has = (dimension: SpendDimension): boolean => this.dimensions.has(dimension);
		return {
			provider: has('PROVIDER') ? identity.provider : null,
			connection: has('CONNECTION') || has('ACCOUNT') ? identity.connection : null,
			account: has('ACCOUNT') ? (billingAccount?.id ?? null) : null,
			month: has('MONTH') ? (billDate?.slice(0, 7) ?? null) : null,
			product: has('PRODUCT') && rate !== null ? productOf(rate) : null,
			currency,
		};
	}
}

function productOf(rate: Rate): Product | null {
	const [key, name] = [productKey(rate), productName(rate)];
	return key === null ? null : { id: key === name ? null : key, name };
}

/** A product is told by its id; its name may vary from bill to bill. */
function idPartsOf({ provider, connection, account, month, product, currency }: SpendKey): readonly (string | null)[] {
	return [provider, connection, account, month, product?.id ?? product?.name ?? null, currency];
}

function compareRows(left: SpendRow, right: SpendRow): number {
	const [ours, theirs] = [idPartsOf(left), idPartsOf(right)];
	return ours.map((part, index) => compareKeys(part, theirs[index] ?? null)).find((order) => order !== 0) ?? 0;
}

class RowInMaking {
	private readonly usual = new SumsInMaking();
	private readonly apart = new SumsInMaking();

	constructor(private key: SpendKey) {}

	add(key: SpendKey, amounts: Amounts, isApart: boolean): void {
		(isApart ? this.apart : this.usual).add(amounts);
		this.key = { ...this.key, product: firstNamed(this.key.product, key.product) };
	}

	join(other: RowInMaking): void {
		this.usual.join(other.usual);
		this.apart.join(other.apart);
		this.key = { ...this.key, product: firstNamed(this.key.product, other.key.product) };
	}

	finish(policy: CreditNotePolicy): SpendRow {
		return { ...this.key, ...this.usual.finish(), creditNotes: policy === 'APART' ? this.apart.finish() : null };
	}
}

/** Where a product has several names, the first in the alphabet stands. */
function firstNamed(left: Product | null, right: Product | null): Product | null {
	return compareKeys(left?.name ?? null, right?.name ?? null) <= 0 ? left : right;
}

class SumsInMaking {
	private documents = 0;
	private readonly sums = { net: new SumInMaking(), tax: new SumInMaking(), gross: new SumInMaking() };

	add(amounts: Amounts): void {
		this.documents += 1;
		this.sums.net.add(amounts.net);
		this.sums.tax.add(amounts.tax);
		this.sums.gross.add(amounts.gross);
	}

	join({ documents, sums }: SumsInMaking): void {
		this.documents += documents;
		this.sums.net.join(sums.net.finish());
		this.sums.tax.join(sums.tax.finish());
		this.sums.gross.join(sums.gross.finish());
	}

	finish(): SpendSums {
		const { net, tax, gross } = this.sums;
		return { documents: this.documents, net: net.finish(), tax: tax.finish(), total: gross.finish() };
	}
}
