/** The smallest unit of a currency, by ISO 4217: tolerances are counted in it. */
import type { Decimal } from '../providers/model/decimal';
import type { CurrencyCode } from '../providers/model/money';

/** Currencies whose number of decimals is not 2 (ISO 4217, list one). */
const DECIMALS: ReadonlyMap<string, number> = new Map([
	...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
	...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
	...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** Decimals of an amount in this currency; 2 where the currency is not stated. */
export function decimalsOf(currency: CurrencyCode | null): number {
	return (currency === null ? undefined : DECIMALS.get(currency)) ?? 2;
}

/** One cent of a euro, one yen, one fils of a dinar: in major units. */
export function subunitOf(currency: CurrencyCode | null): Decimal {
	const decimals = decimalsOf(currency);
	return (decimals === 0 ? '1' : `0.${'1'.padStart(decimals, '0')}`) as Decimal;
}
