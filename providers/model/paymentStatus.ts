/** Payment status, derived only where the provider reports a state or what remains. */
import type { BillState, PaymentStatus } from './bill';
import { type Decimal, ZERO, absoluteDecimal, compareDecimals, isNegative } from './decimal';
import type { Money } from './money';

/**
 * What remains decides; the state alone is used where nothing remains to be read.
 * `remaining` and `due` are taken by size, so that credit notes read like invoices.
 */
export function paymentStatusOf(state: BillState, remaining: Money | null, due: Money | null): PaymentStatus {
	if (remaining !== null) return paymentStatusByRemaining(state, remaining.amount, due?.amount ?? null);
	if (state === 'SETTLED') return 'PAID';
	if (state === 'PARTIALLY_PAID') return 'PARTIAL';
	return 'NOT_REPORTED';
}

function paymentStatusByRemaining(state: BillState, remaining: Decimal, due: Decimal | null): PaymentStatus {
	if (remaining === ZERO) return 'PAID';
	if (due !== null && due !== ZERO && isNegative(remaining) !== isNegative(due)) return 'OVERPAID';
	if (state === 'PARTIALLY_PAID') return 'PARTIAL';
	// More than was due may remain, for instance with interest: nothing says that anything was paid.
	return due !== null && compareDecimals(absoluteDecimal(remaining), absoluteDecimal(due)) < 0 ? 'PARTIAL' : 'UNPAID';
}
