/** Taxes and payments on a bill, TMF678 names. */
import type { Decimal } from './decimal';
import type { Money } from './money';

export interface TaxItem {
	readonly category: string | null;
	/** As the provider wrote it: `19` and `0.19` are not told apart here, `raw` has the text. */
	readonly rate: Decimal | null;
	/** Signed like the bill it is on. */
	readonly amount: Money | null;
}

export interface AppliedPayment {
	readonly id: string | null;
	readonly name: string | null;
	/** What of the payment went to this bill; positive where it lowers what is owed. */
	readonly applied: Money | null;
	/** The payment as a whole. */
	readonly amount: Money | null;
}
