/** The smallest unit of a currency. */
import { decimalsOf, subunitOf } from '../../finance/currency';
import type { CurrencyCode } from '../../providers/model/money';

describe('subunitOf', () => {
	it.each([
		['EUR', '0.01'],
		['JPY', '1'],
		['KRW', '1'],
		['CLP', '1'],
		['KWD', '0.001'],
		['TND', '0.001'],
		['CLF', '0.0001'],
		['UYW', '0.0001'],
	])('of %s is %s', (code, subunit) => {
		expect(subunitOf(code as CurrencyCode)).toBe(subunit);
	});

	it('is a hundredth where the currency is not stated', () => {
		expect(decimalsOf(null)).toBe(2);
	});
});
