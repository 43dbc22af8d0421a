import fc from 'fast-check';

import Big from 'big.js';
import type { JsonObject, JsonValue } from '../../../providers/model/json';
import { toBill } from '../../../providers/tmf678/billMapping';
import { type MappingContext, checkedRecord } from '../../../providers/tmf678/mappingContext';
import { toRate } from '../../../providers/tmf678/rateMapping';
import type { WireBill, WireRate } from '../../../providers/tmf678/wire';
import { BillingError } from '../../../providers/transport/errors';
import { parseJson } from '../../../providers/transport/json';

const CONTEXT: MappingContext = {
	owner: { provider: 'TMF678', connection: 'c', scope: '' },
	periodEndCounts: null,
	currencyMembers: ['unit'],
	taxMembers: ['tax'],
};
const MEMBERS = [
	'category', 'state', 'billNo', 'billDate', 'paymentDueDate', 'lastUpdate', 'billingPeriod', 'amountDue', 'remainingAmount',
	'taxExcludedAmount', 'taxIncludedAmount', 'taxItem', 'appliedPayment', 'billingAccount', 'billDocument', 'relatedParty',
	'type', 'bill', 'product', 'characteristic', 'periodCoverage', 'appliedTax', 'isBilled', 'unit', 'value', 'tax', 'content',
	'url', 'size', 'amount', 'units', 'name', 'startDateTime', 'endDateTime', 'taxAmount', '__proto__',
]; // prettier-ignore
const KNOWN_WORDS = [
	'creditNote',
	'settled',
	'2026-01-00',
	'2026-01-31T00:00:00Z',
	'EUR',
	'1e400',
	'-0',
	'12.50',
	'\u0000',
];

/** JSON with members of the right names and values of any shape. */
const anyJson = fc.letrec<{ value: JsonValue }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		fc.constantFrom<JsonValue>(null, true, false, '', ...KNOWN_WORDS),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.string(),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom(...MEMBERS), tie('value'), { maxKeys: 8 }),
	),
})).value;
const anyRow = fc.oneof(
	anyJson,
	fc.tuple(fc.dictionary(fc.constantFrom(...MEMBERS), anyJson), anyJson).map(([row, id]) => ({ ...row, id })),
	fc.dictionary(fc.constantFrom(...MEMBERS), anyJson).map((row) => ({ ...row, id: 'x' })),
);

describe('mapping', () => {
	it('makes of any JSON a bill and a rate, or a PROTOCOL error', () => {
		fc.assert(
			fc.property(anyRow, fc.constantFrom('AS_REPORTED', 'FLIPPED', 'SIGN_AMBIGUOUS'), (row, policy) => {
				try {
					const record = checkedRecord(row, 'row');
					const bill = toBill(record, CONTEXT);
					expect(bill.identity.remoteId).toBe(String(record.id));
					expect(bill.raw).toBe(row);
					expect(toRate(record as WireRate, CONTEXT, policy).raw).toBe(row);
				} catch (error) {
					expect(error).toBeInstanceOf(BillingError);
					expect((error as BillingError).kind).toBe('PROTOCOL');
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it('keeps the exact value of every decimal text', () => {
		const decimalText = fc
			.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.nat({ max: 12 }))
			.map(([negative, digits, scale]) => {
				const text = digits.toString().padStart(scale + 1, '0');
				const whole = text.slice(0, text.length - scale);
				return `${negative ? '-' : ''}${whole}${scale === 0 ? '' : `.${text.slice(-scale)}`}`;
			});
		fc.assert(
			fc.property(decimalText, (text) => {
				const record = parseJson(`{"id":"b","amountDue":{"unit":"EUR","value":${text}}}`) as JsonObject;
				const amount = toBill(record as WireBill, CONTEXT).amountDue?.amount;
				expect(new Big(amount ?? 'NaN').eq(new Big(text))).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});
});
