/** Payment status, derived only where the provider reports a state or what remains. */
import type { BillState, PaymentStatus } from './bill';
import { isNegative, negateDecimal } from './decimal';
import type { Money } from './money';

/**
 * What remains decides; the state alone is used where nothing remains to be read.
 * `remaining` and `due` are taken by size, so that credit notes read like invoices.
 */
export function paymentStatusOf(state: BillState, remaining: Money | null, due: Money | null): PaymentStatus {
	if (remaining !== null) {
		if (remaining.amount === '0') return 'PAID';
		const opposite = due !== null && due.amount !== '0' && isNegative(remaining.amount) !== isNegative(due.amount);
		if (opposite) return 'OVERPAID';
		if (state === 'PARTIALLY_PAID') return 'PARTIAL';
		if (due !== null && remaining.amount !== due.amount && remaining.amount !== negateDecimal(due.amount)) {
			return 'PARTIAL';
		}
		return 'UNPAID';
	}
	if (state === 'SETTLED') return 'PAID';
	if (state === 'PARTIALLY_PAID') return 'PARTIAL';
	return 'NOT_REPORTED';
}
