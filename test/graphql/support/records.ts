/** Bills, rates and accounts for tests: whole records, of which a test names only what it is about. */
import type { Bill } from '../../../providers/model/bill';
import type { BillingAccount } from '../../../providers/model/account';
import type { CalendarDate } from '../../../providers/model/dates';
import type { Decimal } from '../../../providers/model/decimal';
import type { Identity, Provider } from '../../../providers/model/identity';
import type { CurrencyCode, Money } from '../../../providers/model/money';
import type { Rate } from '../../../providers/model/rate';

type Parts<T> = Partial<Omit<T, 'identity'>> & { readonly identity?: Partial<Identity> };

const NOTHING_NOTED = { derived: [], notFetched: [] };

export function identity(parts: Partial<Identity> = {}): Identity {
	return { provider: 'ORACLE_BRM', connection: 'brm', scope: '', remoteId: '1', ...parts };
}

export function euros(amount: string): Money {
	return { amount: amount as Decimal, currency: 'EUR' as CurrencyCode };
}

export function day(text: string): CalendarDate {
	return text as CalendarDate;
}

export function bill(parts: Parts<Bill> = {}): Bill {
	const own = identity(parts.identity);
	return {
		number: `N${own.remoteId}`,
		type: 'INVOICE',
		category: null,
		runType: null,
		state: 'NEW',
		stateRaw: 'new',
		paymentStatus: 'UNPAID',
		billDate: day('2026-01-31'),
		billDateTime: null,
		period: null,
		dueDate: null,
		nextBillDate: null,
		lastUpdate: null,
		net: null,
		tax: null,
		total: euros('10'),
		amountDue: null,
		remaining: null,
		taxItems: null,
		payments: null,
		billingAccount: { id: 'A1', number: null, name: 'Account one' },
		documents: null,
		relatedParties: null,
		references: null,
		signPolicy: 'AS_REPORTED',
		notes: NOTHING_NOTED,
		notices: [],
		raw: { id: own.remoteId },
		...parts,
		identity: own,
	};
}

export function rate(parts: Parts<Rate> = {}): Rate {
	return {
		bill: { scope: '', remoteId: '1' },
		billingAccountId: null,
		name: 'Line rental',
		description: null,
		type: 'RECURRING',
		typeRaw: null,
		date: null,
		period: null,
		product: null,
		net: euros('1'),
		tax: null,
		gross: null,
		taxItems: null,
		quantity: null,
		unitPrice: null,
		isBilled: true,
		characteristics: [],
		notes: NOTHING_NOTED,
		notices: [],
		raw: {},
		...parts,
		identity: identity(parts.identity),
	};
}

export function account(parts: Parts<BillingAccount> = {}): BillingAccount {
	return {
		name: 'Account one',
		number: null,
		notes: NOTHING_NOTED,
		raw: null,
		...parts,
		identity: identity({ remoteId: 'A1', ...parts.identity }),
	};
}

export const PROVIDER_OF: Readonly<Record<string, Provider>> = {
	'lumen-us': 'LUMEN',
	brm: 'ORACLE_BRM',
	fleet: 'FLOLIVE',
	orange: 'ORANGE_BUSINESS',
};
