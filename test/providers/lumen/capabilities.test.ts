// The table of what Lumen offers, held against what the connector does.
import { describe, expect, it } from '@jest/globals';

import { capabilitiesOf } from '../../../providers/lumen/capabilities';
import { availabilityOf } from '../../../providers/model/availability';
import { BILL_FIELDS } from '../../../providers/model/bill';
import { RATE_FIELDS } from '../../../providers/model/rate';
import { json } from '../support/scriptedTransport';
import { NO_MORE, customerBill, invoice, lumen, readAll, statement } from './support';

describe('capabilities', () => {
	it.each(['v1', 'v2'] as const)('every operation of %s is a method of the api', (version) => {
		const { api } = lumen([]);
		for (const { name } of capabilitiesOf(version).operations)
			expect(api[name as keyof typeof api]).toBeInstanceOf(Function);
	});

	it.each(['v1', 'v2'] as const)('every field of %s has its offer', (version) => {
		const { billFields, rateFields } = capabilitiesOf(version);
		expect(Object.keys(billFields)).toEqual([...BILL_FIELDS]);
		expect(Object.keys(rateFields ?? {})).toEqual([...RATE_FIELDS]);
	});

	it('what v2 does not offer is never on its bills, and what it offers is', async () => {
		const { connector } = lumen(
			[json(200, { CustomerBillDetails: [invoice('7', statement('2024-05-05T00:00:00Z', 10))] }), NO_MORE],
			{ apiVersion: 'v2' },
		);
		const [bill] = (await readAll(connector.bills({}))).items;
		const { billFields } = connector.capabilities;
		for (const field of BILL_FIELDS.filter((name) => name !== 'rates')) {
			const value = bill?.[field] ?? null;
			const isGiven = value !== null && value !== 'NOT_REPORTED';
			expect({ field, isGiven }).toEqual({ field, isGiven: billFields[field] !== 'NOT_OFFERED' });
		}
	});

	it('a field that v1 left out is absent on the record, not beyond Lumen', async () => {
		const { connector } = lumen([json(200, [customerBill('1', '2024-05-05')])]);
		const [bill] = (await readAll(connector.bills({}))).items;
		const { billFields } = connector.capabilities;
		expect(availabilityOf('dueDate', bill?.dueDate, bill?.notes as never, billFields)).toBe('ABSENT_ON_RECORD');
		expect(availabilityOf('tax', bill?.tax, bill?.notes as never, billFields)).toBe('DERIVED');
		expect(availabilityOf('rates', undefined, bill?.notes as never, billFields)).toBe('NOT_FETCHED');
	});

	it('history limits are told', () => {
		expect(capabilitiesOf('v1')).toMatchObject({
			billHistory: { earliest: '2020-01-30', rollingMonths: null },
			rateHistory: { earliest: '2021-01-30', rollingMonths: null },
			maxPageSize: 1000,
			accountRequired: true,
		});
	});
});
