/** Signs by effect on what is owed: an invoice raises it (+), a credit note lowers it (-). */
import type { BillType } from './billWords';
import { type Decimal, isNegative } from './decimal';
import { type Money, negateMoney } from './money';

export type SignPolicy =
	/** Amounts are as the provider signed them. */
	| 'AS_REPORTED'
	/** The provider gives credit notes positive amounts; they were negated, once. */
	| 'FLIPPED'
	/** A credit note with amounts of both signs: kept as reported, look at it. */
	| 'SIGN_AMBIGUOUS';

/**
 * Decides for one bill, from its type and its header amounts.
 * Only a document that the provider itself calls a credit note is ever flipped; one negative line proves nothing.
 */
export function signPolicyFor(type: BillType, headerAmounts: readonly (Money | null)[]): SignPolicy {
	if (type !== 'CREDIT_NOTE') return 'AS_REPORTED';
	const amounts = headerAmounts.flatMap((money) => (money === null || money.amount === '0' ? [] : [money.amount]));
	if (amounts.length === 0) return 'AS_REPORTED';
	const negatives = amounts.filter((amount: Decimal) => isNegative(amount)).length;
	if (negatives === 0) return 'FLIPPED';
	return negatives === amounts.length ? 'AS_REPORTED' : 'SIGN_AMBIGUOUS';
}

/** Applies the policy to one amount. */
export function signed(money: Money | null, policy: SignPolicy): Money | null {
	return money !== null && policy === 'FLIPPED' ? negateMoney(money) : money;
}
