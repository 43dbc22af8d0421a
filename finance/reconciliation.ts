/** What reconciling a bill gives: checks in exact decimals, and the lines that are worth a look. */
import type { Decimal } from '../providers/model/decimal';
import type { CurrencyCode } from '../providers/model/money';

export type CheckName =
	/** Net and tax of the bill against its total. */
	| 'NET_PLUS_TAX'
	/** The rates' net amounts against the bill's net; likewise tax and total. */
	| 'RATES_NET'
	| 'RATES_TAX'
	| 'RATES_TOTAL'
	/** Whether all rates of the bill were read. */
	| 'RATES_COMPLETE'
	/** Whether the rates are in the bill's currency. */
	| 'CURRENCY';

export interface Check {
	readonly name: CheckName;
	/** Null: cannot be checked, `detail` says why. */
	readonly ok: boolean | null;
	/** In words, for a person. */
	readonly detail: string;
	/** The bill's own amount. */
	readonly expected: Decimal | null;
	/** What it was compared with. */
	readonly actual: Decimal | null;
	/** `actual - expected`. */
	readonly difference: Decimal | null;
	/** The largest difference that is still ok. */
	readonly tolerance: Decimal | null;
}

export type LineReason =
	/** Among the largest of the bill, by size. */
	| 'LARGEST'
	/** Its own net and tax do not make its gross amount. */
	| 'NET_PLUS_TAX_DIFFERS'
	/** It says the same as another line, down to the amount. */
	| 'POSSIBLE_DUPLICATE';

/** A line that matters; the same line may be there for several reasons. */
export interface LineFinding {
	readonly reason: LineReason;
	/** The provider's id of the rate. */
	readonly id: string;
	readonly name: string | null;
	readonly description: string | null;
	readonly net: Decimal | null;
	readonly tax: Decimal | null;
	readonly gross: Decimal | null;
	readonly currency: CurrencyCode | null;
	/** NET_PLUS_TAX_DIFFERS: `net + tax - gross`. Null for other reasons. */
	readonly difference: Decimal | null;
}

export type ReconciliationStatus =
	/** Every check could be made and is ok. */
	| 'MATCHES'
	| 'DIFFERS'
	/** What could be checked is ok; some could not. */
	| 'PARTLY_CHECKED'
	| 'NOT_CHECKABLE';

export interface Reconciliation {
	readonly status: ReconciliationStatus;
	readonly currency: CurrencyCode | null;
	/** How many rates were added up. */
	readonly rates: number;
	/** Of the check of the rates that matters most: total, else net. Null where neither could be made. */
	readonly difference: Decimal | null;
	readonly tolerance: Decimal | null;
	readonly checks: readonly Check[];
	/** How many lines there are for each reason; `lines` holds the first of them. */
	readonly lineCounts: Readonly<Record<LineReason, number>>;
	readonly lines: readonly LineFinding[];
}
