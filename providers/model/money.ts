/** Money: an exact decimal in major units (euros, not cents) with its ISO 4217 code. */
import { type Decimal, negateDecimal, sumDecimals, toDecimal } from './decimal';

/** An upper-case ISO 4217 alphabetic code as the provider gave it, for instance `EUR`. */
export type CurrencyCode = string & { readonly __brand: 'CurrencyCode' };

export interface Money {
	/** Major units, exact. */
	readonly amount: Decimal;
	/** Null when the provider gave none: a missing currency is missing, not USD. */
	readonly currency: CurrencyCode | null;
}

/** Upper-cases a three-letter code; anything else is no currency. */
export function toCurrency(value: unknown): CurrencyCode | null {
	if (typeof value !== 'string') return null;
	const code = value.trim().toUpperCase();
	return /^[A-Z]{3}$/.test(code) ? (code as CurrencyCode) : null;
}

/** Null when `amount` is not a decimal. */
export function toMoney(amount: unknown, currency: unknown): Money | null {
	const exact = toDecimal(amount);
	return exact === null ? null : { amount: exact, currency: toCurrency(currency) };
}

export function negateMoney(money: Money): Money {
	return { amount: negateDecimal(money.amount), currency: money.currency };
}

/** Thrown where amounts of several currencies would have been added together. */
export class MixedCurrenciesError extends Error {
	override readonly name = 'MixedCurrenciesError';

	constructor(readonly currencies: readonly (CurrencyCode | null)[]) {
		super(`Amounts in ${currencies.map((code) => code ?? 'an unstated currency').join(', ')} cannot be added together`);
	}
}

/**
 * Exact sum of amounts of one currency; null for an empty list.
 * @throws MixedCurrenciesError when the currencies differ.
 */
export function sumMoney(amounts: readonly Money[]): Money | null {
	const first = amounts[0];
	if (first === undefined) return null;
	const currencies = [...new Set(amounts.map((money) => money.currency))];
	if (currencies.length > 1) throw new MixedCurrenciesError(currencies);
	return { amount: sumDecimals(amounts.map((money) => money.amount)), currency: first.currency };
}
