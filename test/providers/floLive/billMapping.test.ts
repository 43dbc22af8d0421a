/** floLIVE invoice to bill. */
import fc from 'fast-check';

import { availabilityOf } from '../../../providers/model/availability';
import { toBill } from '../../../providers/floLive/billMapping';
import { FLOLIVE_CAPABILITIES } from '../../../providers/floLive/capabilities';
import type { WireInvoice } from '../../../providers/floLive/wire';
import { BILL_FIELDS, type Bill } from '../../../providers/model/bill';
import { endExclusive } from '../../../providers/model/period';
import { toDecimal } from '../../../providers/model/decimal';
import { BillingError } from '../../../providers/transport/errors';
import { parseJson } from '../../../providers/transport/json';
import { FIRST } from './invoices';

const OWNER = { provider: 'FLOLIVE', connection: 'fleet', scope: '20100' } as const;
const mapped = (invoice: object): Bill => toBill(invoice as WireInvoice, OWNER);

describe('an invoice of the document', () => {
	const bill = mapped(FIRST);

	it('is mapped field by field', () => {
		expect(bill).toMatchObject({
			identity: { ...OWNER, remoteId: FIRST.id },
			number: '1134',
			type: 'INVOICE',
			billDate: '2021-07-01',
			billDateTime: '2021-07-01T00:00:00.977Z',
			dueDate: '2023-10-15',
			net: { amount: '185.1', currency: 'USD' },
			tax: { amount: '25.9', currency: 'USD' },
			total: { amount: '211', currency: 'USD' },
			state: 'NOT_REPORTED',
			paymentStatus: 'NOT_REPORTED',
			billingAccount: { id: '20100' },
			signPolicy: 'AS_REPORTED',
			notices: [],
			raw: FIRST,
		});
	});

	it('has lists that floLIVE cannot give as null, and one document', () => {
		expect(bill).toMatchObject({ taxItems: null, payments: null, relatedParties: null });
		expect(bill.documents).toEqual([
			{
				bill: bill.identity,
				id: 'invoice',
				name: null,
				mediaType: null,
				size: null,
				source: { kind: 'OPERATION' },
			},
		]);
	});

	it('does not pass the total off as the amount due', () => {
		expect(bill.amountDue).toBeNull();
		expect(availabilityOf('amountDue', bill.amountDue, bill.notes, FLOLIVE_CAPABILITIES.billFields)).toBe(
			'NOT_OFFERED_BY_PROVIDER',
		);
	});

	it('counts the last day of the billing cycle', () => {
		expect(bill.period).toMatchObject({ start: '2022-07-01', end: '2023-07-30', endCounts: true });
		expect(bill.period && endExclusive(bill.period)).toBe('2023-07-31');
	});
});

it('3.7.1 the billing cycle is read in both spellings, Time and Date', () => {
	const { billingCycleStartDate, billingCycleEndDate, ...rest } = FIRST;
	const asInTable = { ...rest, billingCycleStartTime: billingCycleStartDate, billingCycleEndTime: billingCycleEndDate };
	expect(mapped(asInTable).period).toEqual(mapped(FIRST).period);
});

it('3.7.2 the due date is a date or a date-time, and optional', () => {
	expect(mapped({ ...FIRST, dueDate: '2023-10-15T00:00:00+02:00' }).dueDate).toBe('2023-10-15');
	expect(mapped({ ...FIRST, dueDate: null })).toMatchObject({ dueDate: null, notices: [] });
	expect(mapped({ ...FIRST, dueDate: undefined }).dueDate).toBeNull();
});

it('3.7.4 dates that do not fit each other are kept as they are', () => {
	expect(mapped(FIRST)).toMatchObject({ billDate: '2021-07-01', period: { start: '2022-07-01' }, notices: [] });
});

it('3.7.5 an invoice number is text: leading zeros stay', () => {
	expect(mapped({ ...FIRST, invoiceNumber: '0001134' }).number).toBe('0001134');
});

it('a total below zero is a credit note by its sign, kept as reported', () => {
	const credit = mapped({ ...FIRST, netAmount: -10, taxAmount: -2, totalAmount: -12 });
	expect(credit).toMatchObject({ type: 'CREDIT_NOTE', signPolicy: 'AS_REPORTED', total: { amount: '-12' } });
	expect(credit.notes.derived).toContain('type');
});

it('what cannot be read is null and noticed; a currency that is missing is missing', () => {
	const bill = mapped({ id: 'a', creationTime: '2020-01-00', netAmount: 'ten', totalAmount: '10.50' });
	expect(bill).toMatchObject({ billDate: null, net: null, total: { amount: '10.5', currency: null }, period: null });
	expect(bill.notices).toEqual(['creationTime "2020-01-00" is not a date', 'netAmount "ten" is not a decimal']);
});

it.each([{}, { id: null }, { id: '' }, { id: ' ' }, { id: {} }])(
	'an invoice with the id of %j is no invoice',
	(invoice) => {
		expect(() => mapped(invoice)).toThrow(BillingError);
	},
);

describe('any JSON', () => {
	const members = fc.record(
		Object.fromEntries(Object.keys(FIRST).map((name) => [name, fc.oneof(fc.jsonValue(), fc.constant(undefined))])),
	);

	it('becomes a bill or a PROTOCOL error', () => {
		fc.assert(
			fc.property(members, (invoice) => {
				try {
					const bill = mapped(invoice);
					expect(bill.identity.remoteId).not.toBe('');
					for (const field of BILL_FIELDS) {
						if (field !== 'rates') expect(bill[field]).not.toBeUndefined();
					}
				} catch (error) {
					expect(error).toBeInstanceOf(BillingError);
					expect(error).toMatchObject({ kind: 'PROTOCOL' });
				}
			}),
		);
	});

	it('with a decimal keeps it to the last digit', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 6 }), (units, scale) => {
				const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
				const decimal = `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale > 0 ? '.' : ''}${digits.slice(digits.length - scale)}`;
				const bill = mapped(parseJson(`{"id":"a","currency":"EUR","totalAmount":${decimal}}`) as object);
				expect(bill.total?.amount).toBe(toDecimal(decimal));
			}),
		);
	});
});
