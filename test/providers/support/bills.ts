/** Bills to test with: valid in every field, and different where a test says so. */
import type { Bill } from '../../../providers/model/bill';
import type { CalendarDate } from '../../../providers/model/dates';
import type { Decimal } from '../../../providers/model/decimal';
import { type CurrencyCode, type Money, toMoney } from '../../../providers/model/money';

export function money(amount: string, currency = 'EUR'): Money {
	return { amount: amount as Decimal, currency: currency as CurrencyCode };
}

export function sampleBill(differences: Partial<Bill> = {}, remoteId = '1', scope = ''): Bill {
	return {
		identity: { provider: 'TMF678', connection: 'test', scope, remoteId },
		number: `B-${remoteId}`,
		type: 'INVOICE',
		category: 'normal',
		runType: 'onCycle',
		state: 'NEW',
		stateRaw: 'new',
		paymentStatus: 'UNPAID',
		billDate: '2026-01-15' as CalendarDate,
		billDateTime: null,
		period: {
			start: '2026-01-01' as CalendarDate,
			end: '2026-01-31' as CalendarDate,
			startsAt: null,
			endsAt: null,
			endCounts: true,
		},
		dueDate: '2026-02-15' as CalendarDate,
		nextBillDate: null,
		lastUpdate: null,
		net: toMoney('100', 'EUR'),
		tax: toMoney('19', 'EUR'),
		total: toMoney('119', 'EUR'),
		amountDue: toMoney('119', 'EUR'),
		remaining: toMoney('119', 'EUR'),
		taxItems: [],
		payments: [],
		billingAccount: { id: 'A-1', number: '100', name: 'Account' },
		documents: [],
		relatedParties: null,
		references: null,
		signPolicy: 'AS_REPORTED',
		notes: { derived: [], notFetched: [] },
		notices: [],
		raw: {},
		...differences,
	};
}
