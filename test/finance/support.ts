/** Bills and rates to compute with. */
import type { Bill } from '../../providers/model/bill';
import type { CalendarDate } from '../../providers/model/dates';
import { type Money, toMoney } from '../../providers/model/money';
import { toPeriod } from '../../providers/model/period';
import type { Rate } from '../../providers/model/rate';

export function eur(amount: string | number): Money {
	return toMoney(amount, 'EUR') as Money;
}

export function aBill(more: Partial<Bill> = {}): Bill {
	return {
		identity: { provider: 'ORACLE_BRM', connection: 'c', scope: '', remoteId: 'bill-1' },
		number: 'B1-1',
		type: 'INVOICE',
		category: null,
		runType: null,
		state: 'SENT',
		stateRaw: 'sent',
		paymentStatus: 'UNPAID',
		billDate: '2026-03-01' as CalendarDate,
		billDateTime: null,
		period: null,
		dueDate: '2026-03-31' as CalendarDate,
		nextBillDate: null,
		lastUpdate: null,
		net: eur('100'),
		tax: eur('19'),
		total: eur('119'),
		amountDue: eur('119'),
		remaining: eur('119'),
		taxItems: null,
		payments: null,
		billingAccount: { id: 'acc-1', number: '0.0.0.1-1', name: 'Example Ltd' },
		documents: [],
		relatedParties: null,
		references: null,
		signPolicy: 'AS_REPORTED',
		notes: { derived: [], notFetched: [] },
		notices: [],
		raw: { id: 'bill-1' },
		...more,
	};
}

let count = 0;

export function aRate(more: Partial<Rate> = {}): Rate {
	count += 1;
	return {
		identity: { provider: 'ORACLE_BRM', connection: 'c', scope: '', remoteId: `rate-${count}` },
		bill: { scope: '', remoteId: 'bill-1' },
		billingAccountId: 'acc-1',
		name: 'Mobile L',
		description: null,
		type: 'RECURRING',
		typeRaw: 'recurring',
		date: '2026-02-28' as CalendarDate,
		period: toPeriod('2026-02-01', '2026-02-28', true),
		product: { id: 'prod-1', name: 'Mobile L' },
		net: eur('100'),
		tax: eur('19'),
		gross: eur('119'),
		taxItems: null,
		quantity: null,
		unitPrice: null,
		isBilled: true,
		characteristics: [],
		notes: { derived: [], notFetched: [] },
		notices: [],
		raw: {},
		...more,
	};
}
