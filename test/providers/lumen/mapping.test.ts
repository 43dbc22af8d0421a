// Lumen's records in the model: exact money, dates as written, one bill an invoice, and nothing made up.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { toLumenBill } from '../../../providers/lumen/billMapping';
import { billsIn as entriesIn, chargesIn, ratesIn } from '../../../providers/lumen/envelopes';
import { LineIds } from '../../../providers/lumen/lineIds';
import { toAppliedRate, toServiceCharge } from '../../../providers/lumen/rateMapping';
import { billRecordsOf, invoiceOf, isOneOfSeveral } from '../../../providers/lumen/statements';
import { type JsonValue, objectOf, textOf } from '../../../providers/model/json';
import { BillingError } from '../../../providers/transport/errors';
import { parseJson } from '../../../providers/transport/json';
import { json } from '../support/scriptedTransport';
import { ACCOUNT, NO_MORE, customerBill, invoice, lumen, readAll, refusal, statement } from './support';
import { keyOf } from '../../../providers/model/identity';

function billsIn(answer: unknown) {
	const { bills, reasons } = billRecordsOf(entriesIn(answer as JsonValue).flatMap(({ rows }) => rows));
	return { bills: bills.map((bill) => toLumenBill(bill, 'lumen-us', ACCOUNT)), reasons };
}

function onlyBill(answer: unknown) {
	const [bill, ...others] = billsIn(answer).bills;
	if (bill === undefined || others.length > 0) throw new Error('not one bill');
	return bill;
}

const owner = { connection: 'lumen-us', account: ACCOUNT, bill: '7' };
const rateOf = (record: object, bill: string | null = '7') =>
	toAppliedRate({ id: 'r', record: record as never }, { ...owner, bill });
const chargeOf = (record: object) =>
	toServiceCharge({ id: 'r', record: { serviceLevelCharge: record as never } }, owner);

describe('API v1 bills', () => {
	it('says what TMF678 says', () => {
		const bill = onlyBill(
			customerBill('987', '2024-05-05', {
				billingPeriod: { startDateTime: '2024-04-01', endDateTime: '2024-04-30' },
				paymentDueDate: '2024-06-04',
				state: 'settled',
				taxItem: [{ taxCategory: 'Federal USF', taxAmount: { unit: 'USD', value: 19 } }],
				billDocument: { id: 'image', url: '/Billing/image/987.pdf', mimeType: 'application/pdf' },
			}),
		);
		expect(bill).toMatchObject({
			identity: { provider: 'LUMEN', connection: 'lumen-us', scope: ACCOUNT, remoteId: '987' },
			number: '987',
			type: 'INVOICE',
			state: 'SETTLED',
			billDate: '2024-05-05',
			dueDate: '2024-06-04',
			period: { start: '2024-04-01', end: '2024-04-30', endCounts: null },
			net: { amount: '100', currency: 'USD' },
			tax: { amount: '19', currency: 'USD' },
			total: { amount: '119', currency: 'USD' },
			amountDue: { amount: '119', currency: 'USD' },
			signPolicy: 'AS_REPORTED',
			billingAccount: { id: ACCOUNT, number: ACCOUNT, name: null },
			documents: [{ id: 'image', source: { kind: 'LINK', url: '/Billing/image/987.pdf' } }],
			notices: [],
		});
		expect(bill.notes.derived).toEqual(expect.arrayContaining(['tax', 'billingAccount']));
	});

	it('keeps the record as it came', () => {
		const { billNo: _, ...record } = customerBill('987', '2024-05-05');
		expect(onlyBill(record).raw).toEqual(record);
	});

	it.each([
		[{ CurrencyCode: 'usd' }, 'USD'],
		[{ CurrencyCode: 'USD', invoiceCurrencyCode: 'CAD' }, 'CAD'],
		[{}, null],
	])('amounts without a unit are in the currency of the invoice: %j', (currencies, currency) => {
		const bill = onlyBill({ id: '1', amountDue: '12.30', taxIncludedAmount: 12.3, ...currencies });
		expect(bill.amountDue).toEqual({ amount: '12.3', currency });
		expect(bill.total).toEqual({ amount: '12.3', currency });
	});

	it('takes the tax that is given over one worked out', () => {
		const bill = onlyBill(customerBill('1', '2024-05-05', { tax: { unit: 'USD', value: 18.99 } }));
		expect(bill.tax).toEqual({ amount: '18.99', currency: 'USD' });
		expect(bill.notes.derived).not.toContain('tax');
	});

	it('derives the tax from the amounts, where there is nothing else', () => {
		const bill = onlyBill(customerBill('1', '2024-05-05'));
		expect(bill.tax).toEqual({ amount: '19', currency: 'USD' });
		expect(bill.notes.derived).toContain('tax');
	});
});

describe('API v2 bills', () => {
	const details = (...invoices: object[]) => ({ CustomerBillDetails: invoices });

	it('is recognised by its shape, whatever version was asked', async () => {
		for (const apiVersion of ['v1', 'v2'] as const) {
			const answer = details(
				invoice(
					'77',
					statement('2024-05-05T00:00:00Z', '10.50', { billCharges: { currentCharges: '10.50', totalAmountDue: 30 } }),
				),
			);
			const { items } = await readAll(lumen([json(200, answer), NO_MORE], { apiVersion }).connector.bills({}));
			expect(items).toEqual([
				expect.objectContaining({
					number: '77',
					billDate: '2024-05-05',
					billDateTime: '2024-05-05T00:00:00Z',
					period: expect.objectContaining({ start: '2024-04-01', end: '2024-04-30', endCounts: null }),
					total: { amount: '10.5', currency: 'USD' },
					amountDue: { amount: '30', currency: 'USD' },
					net: null,
					tax: null,
					remaining: null,
					documents: null,
					paymentStatus: 'NOT_REPORTED',
					state: 'NOT_REPORTED',
				}),
			]);
		}
	});

	it('leaves missing what is missing: no dollars, no zeros', () => {
		const bill = onlyBill(details(invoice('77', { billCharges: { currentCharges: null, totalAmountDue: 5 } })));
		expect(bill).toMatchObject({
			total: null,
			amountDue: { amount: '5', currency: null },
			billDate: null,
			period: null,
		});
	});

	it('keeps eighteen digits', () => {
		const text =
			'{"CustomerBillDetails":[{"invoiceNumber":"7","documentSummaryDetails":[{"billCharges":{"currentCharges":123456789012345.678}}]}]}';
		expect(onlyBill(parseJson(text)).total?.amount).toBe('123456789012345.678');
	});

	it('says what it cannot read', () => {
		const bill = onlyBill(details(invoice('77', statement('yesterday', 'ten'))));
		expect(bill).toMatchObject({ billDate: null, total: null });
		expect(bill.notices).toEqual(
			expect.arrayContaining([
				'documentSummaryDetails.statementDate "yesterday" is not a date',
				'documentSummaryDetails.billCharges.currentCharges "ten" is not a decimal',
			]),
		);
	});

	it('documents of an invoice that say the same are one bill', () => {
		const twice = details(invoice('77', statement('2024-05-05', 10), statement('2024-05-05', 10)));
		expect(onlyBill(twice)).toMatchObject({ identity: { remoteId: '77' }, notices: [] });
		expect(billsIn(twice).reasons).toEqual([]);
	});

	it('an invoice that comes twice is one bill, and stands where another may be missing', () => {
		const twice = details(invoice('77', statement('2024-05-05', 10)), invoice('77', statement('2024-05-05', 10)));
		expect(onlyBill(twice)).toMatchObject({ identity: { remoteId: '77' }, notices: [] });
		expect(billsIn(twice).reasons).toEqual(['bill 77 came twice, so another may be missing']);
	});

	it('documents that differ are bills of their own, neither added nor dropped, each with a notice', () => {
		const { bills, reasons } = billsIn(
			details(
				invoice('77', statement('2024-05-05', 10), statement('2024-06-05', 12)),
				invoice('77', statement('2024-06-05', 13), statement('sometime', 14)),
			),
		);
		expect(bills.map(({ identity, number, total }) => [identity.remoteId, number, total?.amount])).toEqual([
			['77@2024-05-05', '77', '10'],
			['77@2024-06-05', '77', '12'],
			['77@2024-06-05-2', '77', '13'],
			['77@undated', '77', '14'],
		]);
		for (const bill of bills) expect(bill.notices.join()).toMatch(/invoice 77 has 4 documents that differ/);
		expect(reasons).toEqual([]);
	});

	it('their ids lead back to the invoice', () => {
		expect(['77@2024-05-05', '77@2024-06-05-2', '77@undated', '77', 'a@b'].map(invoiceOf)).toEqual([
			'77',
			'77',
			'77',
			'77',
			'a@b',
		]);
		expect(['77@undated', '77'].map(isOneOfSeveral)).toEqual([true, false]);
	});

	/** Asked for one row, which shows that invoices are counted. */
	const oneInvoice = (answer: object) => json(200, answer);

	it('a page in order meets them under the same ids as the whole list', async () => {
		const answer = details(invoice('77', statement('2024-05-05', 10), statement('2024-06-05', 12)));
		const order = { field: 'BILL_DATE', direction: 'DESC' } as const;
		const { connector } = lumen([json(200, answer), oneInvoice(answer), NO_MORE, json(200, answer), NO_MORE], {
			apiVersion: 'v2',
		});
		const first = await readAll(connector.bills({ order, maxRows: 1 }));
		const after = { sortKey: '2024-06-05', scope: ACCOUNT, remoteId: '77@2024-06-05' };
		const second = await readAll(connector.bills({ order, after }));
		expect([...first.items, ...second.items].map(({ identity }) => identity.remoteId)).toEqual([
			'77@2024-06-05',
			'77@2024-05-05',
		]);
	});

	it('the number alone does not choose between them', async () => {
		const answer = details(invoice('77', statement('2024-05-05', 10), statement('2024-06-05', 12)));
		const { connector } = lumen([json(200, answer), oneInvoice(answer), NO_MORE], { apiVersion: 'v2' });
		const id = { scope: ACCOUNT, remoteId: '77' };
		const error = await refusal(connector.billsByIds([id]).get(keyOf(id)) as Promise<unknown>);
		expect(error).toMatchObject({ kind: 'CONFLICT', hint: 'Ask for one of them: 77@2024-05-05, 77@2024-06-05.' });
	});
});

describe('API v1 rates', () => {
	it('says what TMF678 says', () => {
		const found = rateOf({
			bill: { id: '7' },
			type: 'recurringCharge',
			product: { id: 'p', name: 'Ethernet' },
			taxExcludedAmount: { unit: 'USD', value: 100.1 },
			taxIncludedAmount: { unit: 'USD', value: 119.2 },
			appliedTax: [{ taxCategory: 'State', taxAmount: { unit: 'USD', value: 19 } }],
		});
		expect(found).toMatchObject({
			bill: { scope: ACCOUNT, remoteId: '7' },
			billingAccountId: ACCOUNT,
			type: 'RECURRING',
			product: { id: 'p', name: 'Ethernet' },
			net: { amount: '100.1' },
			tax: { amount: '19' },
			gross: { amount: '119.2' },
			isBilled: true,
		});
		expect(found.notes.derived).toContain('isBilled');
	});

	it.each([
		[{ bill: { billNo: '9' } }, '9'],
		[{ bill: 9 }, '9'],
		[{ invoiceNumber: '9' }, '9'],
		[{ bill: null }, '7'],
	])('names its bill in one way or another: %j', (record, bill) => {
		expect(rateOf(record).bill?.remoteId).toBe(bill);
	});

	it('of no known bill, and not said to be billed', () => {
		expect(rateOf({}, null)).toMatchObject({ bill: null, isBilled: null });
		expect(rateOf({ isBilled: true }, null)).toMatchObject({ bill: null, isBilled: true });
	});
});

describe('API v2 charges', () => {
	it('reads the net amount, and keeps the other beside it', () => {
		const found = chargeOf({
			billingServiceId: 's-1',
			chargeDescription1: 'Port',
			chargeDescription2: '500 Mbps',
			charge: { netAmount: '9.995', chargeAmount: 12 },
			chargeFromDate: '2024-04-01',
			chargeToDate: '2024-04-30T23:59:59Z',
			currencyCode: 'USD',
		});
		expect(found).toMatchObject({
			identity: { scope: ACCOUNT, remoteId: 'r' },
			bill: { scope: ACCOUNT, remoteId: '7' },
			name: 'Port',
			description: '500 Mbps',
			product: { id: 's-1', name: null },
			net: { amount: '9.995', currency: 'USD' },
			period: { start: '2024-04-01', end: '2024-04-30' },
			characteristics: [{ name: 'chargeAmount', value: '12' }],
			isBilled: true,
		});
		expect(found.notes.derived).not.toContain('net');
	});

	it('the charged amount stands in for a missing net amount, and says so', () => {
		const found = chargeOf({ charge: { netAmount: null, chargeAmount: 12 } });
		expect(found).toMatchObject({ net: { amount: '12', currency: null }, product: null, characteristics: [] });
		expect(found.notes.derived).toContain('net');
	});

	it('no amount is no amount', () => {
		expect(chargeOf({})).toMatchObject({ net: null, name: null, period: null });
	});
});

describe('whatever Lumen answers', () => {
	const anything = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
	/** Objects that look enough like Lumen's to get past the envelopes, with anything in their members. */
	const lookAlike = fc.oneof(
		anything,
		fc.record(
			{
				id: anything,
				billNo: anything,
				invoiceNumber: anything,
				billDate: anything,
				amountDue: anything,
				taxIncludedAmount: anything,
				taxItem: anything,
				billDocument: anything,
				bill: anything,
				appliedTax: anything,
				CurrencyCode: anything,
				documentSummaryDetails: fc.oneof(
					anything,
					fc.array(
						fc.record({ billCharges: anything, statementDate: anything, fromDate: anything }, { requiredKeys: [] }),
					),
				),
				serviceLevelCharge: fc.oneof(
					anything,
					fc.array(fc.record({ charge: anything, chargeFromDate: anything }, { requiredKeys: [] })),
				),
			},
			{ requiredKeys: [] },
		),
	) as fc.Arbitrary<JsonValue>;

	function mapsOrRefuses(work: () => unknown): void {
		try {
			work();
		} catch (error) {
			if (!(error instanceof BillingError)) throw error;
			expect(error.kind).toBe('PROTOCOL');
		}
	}

	it('becomes bills, or a PROTOCOL error', () => {
		fc.assert(fc.property(fc.oneof(lookAlike, fc.array(lookAlike)), (answer) => mapsOrRefuses(() => billsIn(answer))));
	});

	it('becomes rates, or a PROTOCOL error', () => {
		fc.assert(
			fc.property(fc.oneof(lookAlike, fc.array(lookAlike)), (answer) => {
				mapsOrRefuses(() => new LineIds().assign(ratesIn(answer)).rows.map((line) => toAppliedRate(line, owner)));
				mapsOrRefuses(() =>
					new LineIds()
						.assign(chargesIn(answer).flatMap(({ rows }) => rows))
						.rows.map((line) => toServiceCharge(line, owner)),
				);
			}),
		);
	});

	it('keeps the decimal text of every amount, to the last digit', () => {
		const digits = fc.stringMatching(/^[1-9]\d{0,17}$/);
		const decimal = fc
			.tuple(fc.boolean(), digits, fc.stringMatching(/^\d{0,5}[1-9]$/))
			.map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}.${fraction}`);
		fc.assert(
			fc.property(decimal, fc.boolean(), (amount, asText) => {
				const written = asText ? `"${amount}"` : amount;
				const v1 = onlyBill(parseJson(`{"id":"1","amountDue":{"unit":"USD","value":${written}}}`));
				const v2 = onlyBill(
					parseJson(
						`[{"CustomerBillDetails":[{"invoiceNumber":"1","documentSummaryDetails":{"billCharges":{"totalAmountDue":${written}}}}]}]`,
					),
				);
				const [detail] = chargesIn(
					parseJson(`{"serviceLevelChargeDetail":{"serviceLevelCharge":{"charge":{"netAmount":${written}}}}}`),
				);
				expect([
					v1.amountDue?.amount,
					v2.amountDue?.amount,
					chargeOf(objectOf(detail?.rows[0]?.['serviceLevelCharge'])).net?.amount,
				]).toEqual([amount, amount, amount]);
			}),
		);
	});

	it('gives every document of every invoice exactly once', () => {
		const document = fc.record({
			date: fc.constantFrom('2024-05-05', '2024-06-05', 'x'),
			amount: fc.integer({ min: 1, max: 3 }),
		});
		const invoices = fc.array(
			fc.record({ number: fc.constantFrom('1', '2'), documents: fc.array(document, { minLength: 1 }) }),
		);
		fc.assert(
			fc.property(invoices, (given) => {
				const answer = {
					CustomerBillDetails: given.map(({ number, documents }) =>
						invoice(number, ...documents.map(({ date, amount }) => statement(date, amount))),
					),
				};
				const { bills } = billsIn(answer);
				const told = bills.map(
					({ number, raw, total }) =>
						`${number} ${textOf(objectOf(raw['documentSummaryDetails'])['statementDate'])} ${total?.amount}`,
				);
				const expected = given.flatMap(({ number, documents }) =>
					documents.map(({ date, amount }) => `${number} ${date} ${amount}`),
				);
				expect(told.sort()).toEqual([...new Set(expected)].sort());
				expect(new Set(bills.map(({ identity }) => identity.remoteId)).size).toBe(bills.length);
			}),
		);
	});
});
