import { type Decimal, ZERO } from '../../../providers/model/decimal';
import {
	type CurrencyCode,
	type Money,
	MixedCurrenciesError,
	negateMoney,
	sumMoney,
	toCurrency,
	toMoney,
} from '../../../providers/model/money';
import { paymentStatusOf } from '../../../providers/model/paymentStatus';
import { signPolicyFor, signed } from '../../../providers/model/sign';
import type { BillState, BillType } from '../../../providers/model/billWords';

const euros = (amount: string): Money => ({ amount: amount as Decimal, currency: 'EUR' as CurrencyCode });

describe('money', () => {
	it.each([
		['EUR', 'EUR'],
		[' eur ', 'EUR'],
		['€', null],
		['EURO', null],
		['E1R', null],
		['', null],
		[978, null],
		[undefined, null],
	])('the currency %p is %p', (value, expected) => {
		expect(toCurrency(value)).toBe(expected);
	});

	it('a missing currency is missing, and an amount that is none is no money', () => {
		expect(toMoney('12.50', undefined)).toEqual({ amount: '12.5', currency: null });
		expect(toMoney('12,50', 'EUR')).toBeNull();
		expect(negateMoney(euros('5'))).toEqual(euros('-5'));
	});

	it('amounts of one currency, stated or not, are added exactly', () => {
		expect(sumMoney([])).toBeNull();
		expect(sumMoney([euros('0.1'), euros('0.2')])).toEqual(euros('0.3'));
		const unstated: Money = { amount: '1' as Decimal, currency: null };
		expect(sumMoney([unstated, unstated])).toEqual({ amount: '2', currency: null });
	});

	it('amounts of several currencies, an unstated one among them, are never added', () => {
		const other = { ...euros('1'), currency: null };
		expect(() => sumMoney([euros('1'), other])).toThrow(MixedCurrenciesError);
		expect(() => sumMoney([euros('1'), other])).toThrow(
			'Amounts in EUR, an unstated currency cannot be added together',
		);
	});
});

describe('sign by effect', () => {
	it.each<[BillType, (Money | null)[], string]>([
		['INVOICE', [euros('-5')], 'AS_REPORTED'],
		['UNKNOWN', [euros('5')], 'AS_REPORTED'],
		['CREDIT_NOTE', [euros('5'), null, euros('0')], 'FLIPPED'],
		['CREDIT_NOTE', [euros('-5'), euros('-1')], 'AS_REPORTED'],
		['CREDIT_NOTE', [euros('-5'), euros('1')], 'SIGN_AMBIGUOUS'],
		['CREDIT_NOTE', [], 'AS_REPORTED'],
		['CREDIT_NOTE', [null, euros('0')], 'AS_REPORTED'],
	])('%s with %j is %s', (type, amounts, expected) => {
		expect(signPolicyFor(type, amounts)).toBe(expected);
	});

	it('flips once, and only where that is the policy', () => {
		expect(signed(euros('5'), 'FLIPPED')).toEqual(euros('-5'));
		expect(signed(euros('5'), 'AS_REPORTED')).toEqual(euros('5'));
		expect(signed(euros('5'), 'SIGN_AMBIGUOUS')).toEqual(euros('5'));
		expect(signed(null, 'FLIPPED')).toBeNull();
	});
});

describe('payment status', () => {
	it.each<[BillState, string | null, string | null, string]>([
		['NEW', ZERO, '100', 'PAID'],
		['NEW', '100', '100', 'UNPAID'],
		['NEW', '40', '100', 'PARTIAL'],
		['NEW', '120', '100', 'UNPAID'],
		['PARTIALLY_PAID', '120', '100', 'PARTIAL'],
		['NEW', '100', null, 'UNPAID'],
		['PARTIALLY_PAID', '100', null, 'PARTIAL'],
		['NEW', '-10', '100', 'OVERPAID'],
		['NEW', '-100', '-100', 'UNPAID'],
		['NEW', '-40', '-100', 'PARTIAL'],
		['NEW', '10', '-100', 'OVERPAID'],
		['NEW', '-10', ZERO, 'UNPAID'],
		['SETTLED', '10', '100', 'PARTIAL'],
		['SETTLED', null, '100', 'PAID'],
		['PARTIALLY_PAID', null, null, 'PARTIAL'],
		['NEW', null, '100', 'NOT_REPORTED'],
	])('%s with %p remaining of %p is %s', (state, remaining, due, expected) => {
		const money = (amount: string | null): Money | null => (amount === null ? null : euros(amount));
		expect(paymentStatusOf(state, money(remaining), money(due))).toBe(expected);
	});
});
