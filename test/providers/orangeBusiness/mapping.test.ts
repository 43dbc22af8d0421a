/** Orange bills, items and accounts to the model, under whatever names their members have. */
import fc from 'fast-check';

import { type AliasedField, FIELD_ALIASES, fieldNames } from '../../../providers/orangeBusiness/fieldAliases';
import { toBill, toBillingAccount } from '../../../providers/orangeBusiness/billMapping';
import { toRate } from '../../../providers/orangeBusiness/itemMapping';
import { toDecimal } from '../../../providers/model/decimal';
import type { JsonObject } from '../../../providers/model/json';
import type { SignPolicy } from '../../../providers/model/sign';
import { BillingError } from '../../../providers/transport/errors';
import { errorWith } from '../support/errors';
import { parseJson } from '../../../providers/transport/json';

const OWNER = { provider: 'ORANGE_BUSINESS', connection: 'orange' } as const;
const NAMES = fieldNames();
const bill = (record: object, names = NAMES) => toBill(record as JsonObject, OWNER, names);
const rate = (record: object, signPolicy: SignPolicy = 'AS_REPORTED', accountId: string | null = null) =>
	toRate(record as JsonObject, {
		owner: OWNER,
		names: NAMES,
		bill: { scope: '', remoteId: 'b1' },
		signPolicy,
		accountId,
	});

/** From the document. */
const DOCUMENTED = {
	id: '1013390',
	customer: { id: '9999', name: 'ACME Corp', segment: 'int' },
	type: 'invoice',
	sendingFormat: 'paper',
	createdAt: '2018-06-20T06:43:32.092Z',
	updatedAt: '2018-06-21T06:43:32.092Z',
};
const FULL = {
	...DOCUMENTED,
	number: 'F1',
	issuedAt: '2026-01-31T23:30:00.000Z',
	dueDate: '2026-03-02',
	period: { startDate: '2026-01-01', endDate: '2026-01-31' },
	currency: { id: 'EUR' },
	taxExcludedAmount: 100.5,
	taxAmount: 20.1,
	taxIncludedAmount: 120.6,
	billingAccount: { id: 'A1', number: '0001', name: 'ACME Paris' },
};

describe('a bill of the document', () => {
	it('gives what it gives, and says which amounts it lacks', () => {
		const mapped = bill(DOCUMENTED);
		expect(mapped).toMatchObject({
			identity: { ...OWNER, scope: '', remoteId: '1013390' },
			type: 'INVOICE',
			billDate: null,
			lastUpdate: '2018-06-21T06:43:32.092Z',
			net: null,
			state: 'NOT_REPORTED',
			paymentStatus: 'NOT_REPORTED',
			relatedParties: [{ id: '9999', name: 'ACME Corp', role: 'customer' }],
			taxItems: null,
			payments: null,
			documents: [{ id: 'pdf', mediaType: 'application/pdf', source: { kind: 'OPERATION' } }],
			raw: DOCUMENTED,
		});
		expect(mapped.notices).toEqual([
			'no member of this bill is known as its net, tax, total: name it among the field names',
		]);
	});

	it('with all that is known is mapped without a notice; createdAt is not the bill date', () => {
		expect(bill(FULL)).toMatchObject({
			number: 'F1',
			billDate: '2026-01-31',
			billDateTime: '2026-01-31T23:30:00.000Z',
			dueDate: '2026-03-02',
			period: { start: '2026-01-01', end: '2026-01-31', endCounts: null },
			net: { amount: '100.5', currency: 'EUR' },
			tax: { amount: '20.1', currency: 'EUR' },
			total: { amount: '120.6', currency: 'EUR' },
			billingAccount: { id: 'A1', number: '0001', name: 'ACME Paris' },
			signPolicy: 'AS_REPORTED',
			notices: [],
		});
	});
});

describe('names', () => {
	const fields = ['net', 'tax', 'total', 'amountDue', 'remaining'] as const;
	it.each(fields.flatMap((field) => FIELD_ALIASES[field].map((name) => [field, name] as const)))(
		'%s is read from %s',
		(field, name) => {
			expect(bill({ id: '1', type: 'invoice', [name]: '12.30', currencyCode: 'GBP' })[field]).toEqual({
				amount: '12.3',
				currency: 'GBP',
			});
		},
	);

	it.each([
		{ amount: 5, currency: 'EUR' },
		{ value: '5', unit: 'EUR' },
		{ amount: 5, currency: { id: 'EUR' } },
		{ value: 5, currency: { code: 'EUR' } },
	])('an amount of the form %j is read', (total) => {
		expect(bill({ id: '1', total }).total).toEqual({ amount: '5', currency: 'EUR' });
	});

	it('a currency that is missing is missing', () => {
		expect(bill({ id: '1', total: 5 }).total).toEqual({ amount: '5', currency: null });
	});

	it('the account’s number stands in for its id; numbers keep their zeros', () => {
		expect(bill({ id: '1', accountNumber: '0007' }).billingAccount).toEqual({ id: '0007', number: '0007', name: null });
		expect(bill({ id: '1', billingAccountId: 'A' }).billingAccount).toEqual({ id: 'A', number: null, name: null });
	});

	it('of a connection replace the known ones, dotted into nested records', () => {
		const names = fieldNames({ total: 'sums.payable', number: ['reference', 'ref'], billDate: ['invoice.date'] });
		const record = { id: '1', sums: { payable: 7 }, total: 9, ref: 'R', number: 'N', invoice: { date: '2026-01-02' } };
		expect(bill(record, names)).toMatchObject({ total: { amount: '7' }, number: 'R', billDate: '2026-01-02' });
	});

	it.each([
		[{ colour: 'x' }, 'fields'],
		[{ net: [] }, 'fields.net'],
		[{ net: 'a b' }, 'fields.net'],
		[{ net: '' }, 'fields.net'],
	])('%j are refused', (overrides, parameter) => {
		expect(() => fieldNames(overrides as Partial<Record<AliasedField, string>>)).toThrow(
			errorWith({ kind: 'INVALID_REQUEST', parameter }),
		);
	});
});

describe('of net, tax and total, the missing one is worked out', () => {
	it.each([
		[{ netAmount: 100, taxAmount: 20 }, 'total', '120'],
		[{ netAmount: 100, total: 120.1 }, 'tax', '20.1'],
		[{ taxAmount: 20, total: 120 }, 'net', '100'],
	] as const)('%j: %s is %s', (amounts, field, amount) => {
		const mapped = bill({ id: '1', currency: 'EUR', ...amounts });
		expect(mapped[field]).toEqual({ amount, currency: 'EUR' });
		expect(mapped.notes.derived).toContain(field);
		expect(mapped.notices).toEqual([]);
	});

	it('but never across currencies', () => {
		const mapped = bill({ id: '1', netAmount: { amount: 1, currency: 'EUR' }, total: { amount: 2, currency: 'USD' } });
		expect(mapped.tax).toBeNull();
		expect(mapped.notices).toHaveLength(1);
	});
});

describe('a credit note', () => {
	const credit = { ...FULL, type: 'creditNote', originalBill: { id: '17' } };

	it('with positive amounts is negated, once, and names the bill that it credits', () => {
		expect(bill(credit)).toMatchObject({
			type: 'CREDIT_NOTE',
			signPolicy: 'FLIPPED',
			net: { amount: '-100.5' },
			tax: { amount: '-20.1' },
			total: { amount: '-120.6' },
			references: '17',
		});
	});

	it('with negative amounts is kept', () => {
		const negative = { ...credit, taxExcludedAmount: -100.5, taxAmount: -20.1, taxIncludedAmount: -120.6 };
		expect(bill(negative)).toMatchObject({ signPolicy: 'AS_REPORTED', total: { amount: '-120.6' } });
	});

	it('with amounts of both signs is kept, and noticed', () => {
		const torn = bill({ ...credit, taxAmount: -20.1 });
		expect(torn).toMatchObject({ signPolicy: 'SIGN_AMBIGUOUS', total: { amount: '120.6' } });
		expect(torn.notices.join()).toContain('both signs');
	});
});

describe('words', () => {
	it.each([
		['invoice', 'INVOICE'],
		['Credit Note', 'CREDIT_NOTE'],
		['debitNote', 'DEBIT_NOTE'],
		['proforma', 'UNKNOWN'],
		['constructor', 'UNKNOWN'],
		[undefined, 'UNKNOWN'],
	])('the type %s is %s', (type, expected) => expect(bill({ id: '1', type }).type).toBe(expected));

	it.each([
		['partiallyPaid', 'PARTIALLY_PAID', 'PARTIAL'],
		['Paid', 'SETTLED', 'PAID'],
		['archived', 'UNKNOWN', 'NOT_REPORTED'],
		['valueOf', 'UNKNOWN', 'NOT_REPORTED'],
	])('the state %s is %s', (status, state, paymentStatus) => {
		expect(bill({ id: '1', status })).toMatchObject({ state, stateRaw: status, paymentStatus });
	});

	it('what remains tells the payment status, of credit notes too', () => {
		expect(bill({ ...FULL, remainingAmount: 0 }).paymentStatus).toBe('PAID');
		expect(bill({ ...FULL, remainingAmount: 20 }).paymentStatus).toBe('PARTIAL');
		expect(bill({ ...FULL, type: 'creditNote', remainingAmount: 120.6 }).paymentStatus).toBe('UNPAID');
	});
});

it('what cannot be read is null and noticed', () => {
	const mapped = bill({ ...FULL, issuedAt: '2026-02-30', dueDate: 'soon', total: 1, taxIncludedAmount: 'lots' });
	expect(mapped).toMatchObject({ billDate: null, dueDate: null });
	expect(mapped.notices).toEqual(
		expect.arrayContaining([
			'issuedAt "2026-02-30" is not a date',
			'dueDate "soon" is not a date',
			'taxIncludedAmount "lots" is not a decimal',
		]),
	);
});

describe('a bill item', () => {
	const item = {
		id: 'i1',
		chargeDescription: 'Port',
		chargeType: 'recurring',
		periodFrom: '2026-01-01',
		periodTo: '2026-01-31',
		netAmount: 10,
		taxAmount: 2,
		total: 12,
		currency: 'EUR',
		quantity: '2',
		unitPrice: 5,
		productId: 'P',
		siteId: '007',
		site: { city: 'Paris' },
	};

	it('is a rate of its bill, its id told apart by the bill’s', () => {
		expect(rate(item)).toMatchObject({
			identity: { ...OWNER, scope: 'b1', remoteId: 'i1' },
			bill: { scope: '', remoteId: 'b1' },
			description: 'Port',
			type: 'RECURRING',
			typeRaw: 'recurring',
			period: { start: '2026-01-01', end: '2026-01-31' },
			product: { id: 'P', name: null },
			net: { amount: '10', currency: 'EUR' },
			tax: { amount: '2' },
			gross: { amount: '12' },
			quantity: '2',
			unitPrice: { amount: '5', currency: 'EUR' },
			isBilled: true,
			taxItems: null,
		});
	});

	it('is charged to the account of its bill, unless it names its own', () => {
		expect(rate(item, 'AS_REPORTED', 'A').billingAccountId).toBe('A');
		expect(rate({ ...item, billingAccountId: 'B' }, 'AS_REPORTED', 'A').billingAccountId).toBe('B');
		expect(rate(item).billingAccountId).toBeNull();
	});

	it('keeps every plain member under Orange’s own name', () => {
		const { characteristics } = rate(item);
		expect(characteristics).toContainEqual({ name: 'siteId', value: '007' });
		expect(characteristics.map(({ name }) => name)).not.toContain('site');
	});

	it('is signed as its bill is', () => {
		expect(rate(item, 'FLIPPED')).toMatchObject({
			net: { amount: '-10' },
			gross: { amount: '-12' },
			unitPrice: { amount: '5' },
		});
	});

	it('of no known kind is UNKNOWN', () => {
		expect(rate({ id: '1', chargeType: 'gift' })).toMatchObject({ type: 'UNKNOWN', typeRaw: 'gift', product: null });
		expect(rate({ id: '1' })).toMatchObject({ type: 'UNKNOWN', typeRaw: null });
	});
});

it('a billing account has a name and a number, where it gives them', () => {
	expect(toBillingAccount({ id: 'A', name: 'ACME', accountNumber: '01' }, OWNER, NAMES)).toMatchObject({
		identity: { ...OWNER, scope: '', remoteId: 'A' },
		name: 'ACME',
		number: '01',
	});
});

describe('any JSON', () => {
	const members = [
		...new Set(
			Object.values(FIELD_ALIASES)
				.flat()
				.map((name) => name.split('.')[0] ?? ''),
		),
	];
	const record = fc.record(
		Object.fromEntries(
			['id', 'type', 'customer', 'updatedAt', ...members].map((name) => [name, fc.jsonValue({ maxDepth: 2 })]),
		),
		{ requiredKeys: [] },
	);

	it.each<[string, (value: object) => unknown]>([
		['bill', bill],
		['item', (value) => rate(value)],
		['account', (value) => toBillingAccount(value as JsonObject, OWNER, NAMES)],
	])('is a %s or a PROTOCOL error', (_what, map) => {
		fc.assert(
			fc.property(record, fc.oneof(fc.constant({}), fc.constant({ id: '1' })), (value, id) => {
				try {
					expect(map({ ...value, ...id })).toMatchObject({ raw: expect.anything() });
				} catch (error) {
					expect(error).toBeInstanceOf(BillingError);
					expect(error).toMatchObject({ kind: 'PROTOCOL', connection: 'orange' });
					expect(id).toEqual({});
				}
			}),
		);
	});

	it.each([undefined, null, '', ' ', '.', '..', 'a\u0000b', {}, true])('with the id %j is none', (id) => {
		expect(() => bill({ id })).toThrow(errorWith({ kind: 'PROTOCOL' }));
	});

	it('with a decimal keeps it to the last digit', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 22n }), fc.stringMatching(/^\d{1,6}$/), (whole, fraction) => {
				const text = `${whole}.${fraction}`;
				const total = bill(parseJson(`{"id":"1","total":${text}}`) as object).total;
				expect(total?.amount).toBe(toDecimal(text));
			}),
		);
	});
});
