/**
 * Which of a report's two currencies the amounts are in whose column names do not tell. Orange does not document it, so the
 * numbers of the file decide, or nothing does.
 */
import {
	type Decimal,
	compareDecimals,
	isNegative,
	multiplyDecimals,
	negateDecimal,
	subtractDecimals,
	sumDecimals,
} from '../model/decimal';
import { CHARGE_CURRENCY, type CurrencyColumn, INVOICING_CURRENCY } from './reportColumns';

export interface ReportAmounts {
	readonly chargeCurrency: string;
	readonly invoicingCurrency: string;
	readonly rate: Decimal | null;
	readonly taxable: Decimal | null;
	readonly invoicing: Decimal | null;
	readonly tax: Decimal | null;
	readonly total: Decimal | null;
}

/** Null: the rows do not tell, or tell different things. */
export interface UnstatedCurrencies {
	readonly 'Taxable amount': CurrencyColumn | null;
	readonly 'Tax amount': CurrencyColumn | null;
}

/** Taxable x rate = invoicing, or taxable = invoicing; invoicing + tax x rate = total, or invoicing + tax = total. */
export function decideCurrencies(rows: readonly ReportAmounts[]): UnstatedCurrencies {
	const telling = rows.filter(({ chargeCurrency, invoicingCurrency }) => chargeCurrency !== invoicingCurrency);
	return {
		'Taxable amount': unanimous(telling.map(({ rate, taxable, invoicing }) => inWhich(taxable, rate, invoicing))),
		'Tax amount': unanimous(
			telling.map(({ rate, tax, invoicing, total }) =>
				inWhich(tax, rate, invoicing === null || total === null ? null : subtractDecimals(total, invoicing)),
			),
		),
	};
}

/** The currency in which the amount makes up what was expected in the invoicing currency; null where both do, or neither. */
function inWhich(amount: Decimal | null, rate: Decimal | null, expected: Decimal | null): CurrencyColumn | null {
	if (amount === null || rate === null || expected === null) return null;
	const asCharged = isNear(multiplyDecimals(amount, rate), expected);
	const asInvoiced = isNear(amount, expected);
	if (asCharged === asInvoiced) return null;
	return asCharged ? CHARGE_CURRENCY : INVOICING_CURRENCY;
}

function unanimous(votes: readonly (CurrencyColumn | null)[]): CurrencyColumn | null {
	const [first, ...others] = new Set(votes.filter((vote) => vote !== null));
	return first === undefined || others.length > 0 ? null : first;
}

/** Two amounts rounded to cents, and a rate to four places. */
const ROUNDING = '0.02' as Decimal;
const RATE_ROUNDING = '0.0005' as Decimal;

function isNear(left: Decimal, right: Decimal): boolean {
	const allowed = sumDecimals([ROUNDING, multiplyDecimals(size(right), RATE_ROUNDING)]);
	return compareDecimals(size(subtractDecimals(left, right)), allowed) <= 0;
}

function size(value: Decimal): Decimal {
	return isNegative(value) ? negateDecimal(value) : value;
}
