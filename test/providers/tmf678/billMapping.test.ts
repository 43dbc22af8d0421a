import { toBill as map, billTypeOf, signPolicyOf } from '../../../providers/tmf678/billMapping';
import { type MappingContext, checkedRecord } from '../../../providers/tmf678/mappingContext';
import type { WireBill } from '../../../providers/tmf678/wire';
import type { JsonObject } from '../../../providers/model/json';
import { parseJson } from '../../../providers/transport/json';
import { billingError } from '../support/errors';

const CONTEXT: MappingContext = {
	owner: { provider: 'TMF678', connection: 'c', scope: '' },
	periodEndCounts: null,
};
const toBill = (record: JsonObject, context: Partial<MappingContext> = {}) =>
	map({ id: 'b1', ...record }, { ...CONTEXT, ...context });
const eur = (value: number | string) => ({ unit: 'EUR', value });

const FULL = {
	id: '0.0.0.1+-bill+1',
	href: 'https://x/1',
	billNo: 'B1-28',
	category: 'normal',
	runType: 'onCycle',
	state: 'partiallyPaid',
	billDate: '2026-01-31T23:30:00+01:00',
	nextBillDate: '2026-02-28T00:00:00Z',
	paymentDueDate: '2026-03-01T00:00:00+01:00',
	lastUpdate: '2026-02-01T08:00:00Z',
	billingPeriod: { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-02-01T00:00:00Z' },
	taxExcludedAmount: eur(100),
	taxIncludedAmount: eur(119),
	amountDue: eur(119),
	remainingAmount: eur(19),
	taxItem: [{ taxCategory: 'VAT', taxRate: 19, taxAmount: eur(19) }],
	appliedPayment: [{ appliedAmount: eur(100), payment: { id: 'p1', name: 'Transfer', amount: eur(250) } }],
	billingAccount: { id: '0.0.0.1+-account+7', accountNumber: '7', name: 'ACME' },
	relatedParty: [{ id: 'r1', name: 'ACME Corp', role: 'customer' }],
	financialAccount: { id: 'f1' },
	billDocument: [
		{
			id: 'd1',
			name: 'Invoice',
			mimeType: 'application/pdf',
			url: 'https://docs.example.com/1',
			size: { amount: 7, units: 'bytes' },
		},
	],
};

describe('a bill of TMF678', () => {
	it('maps every field of a full record', () => {
		const bill = toBill(FULL);
		expect(bill).toMatchObject({
			identity: { provider: 'TMF678', connection: 'c', scope: '', remoteId: '0.0.0.1+-bill+1' },
			number: 'B1-28',
			type: 'INVOICE',
			category: 'normal',
			runType: 'onCycle',
			state: 'PARTIALLY_PAID',
			stateRaw: 'partiallyPaid',
			paymentStatus: 'PARTIAL',
			billDateTime: '2026-01-31T23:30:00+01:00',
			nextBillDate: '2026-02-28',
			lastUpdate: '2026-02-01T08:00:00Z',
			net: { amount: '100', currency: 'EUR' },
			tax: { amount: '19', currency: 'EUR' },
			total: { amount: '119', currency: 'EUR' },
			amountDue: { amount: '119', currency: 'EUR' },
			remaining: { amount: '19', currency: 'EUR' },
			taxItems: [{ category: 'VAT', rate: '19', amount: { amount: '19', currency: 'EUR' } }],
			payments: [{ id: 'p1', name: 'Transfer', applied: { amount: '100' }, amount: { amount: '250' } }],
			billingAccount: { id: '0.0.0.1+-account+7', number: '7', name: 'ACME' },
			relatedParties: [{ id: 'r1', name: 'ACME Corp', role: 'customer' }],
			documents: [
				{
					id: 'd1',
					name: 'Invoice',
					mediaType: 'application/pdf',
					size: 7,
					source: { kind: 'LINK', url: 'https://docs.example.com/1' },
				},
			],
			signPolicy: 'AS_REPORTED',
			notices: [],
			raw: FULL,
		});
		expect(bill.notes).toEqual({ derived: ['type', 'paymentStatus', 'tax'], notFetched: ['rates'] });
	});

	it('is unpaid while all that is due remains, whatever the total', () => {
		const amounts = { taxIncludedAmount: eur(119), remainingAmount: eur(150) };
		expect(toBill({ ...amounts, amountDue: eur(150) }).paymentStatus).toBe('UNPAID');
		expect(toBill({ taxIncludedAmount: eur(150), remainingAmount: eur(150) }).paymentStatus).toBe('UNPAID');
		expect(toBill({ ...amounts, remainingAmount: eur(19) }).paymentStatus).toBe('PARTIAL');
	});

	it('takes the bill date and the due date in the offset in which they are written', () => {
		const bill = toBill({ billDate: '2026-03-01T00:00:00+01:00', paymentDueDate: '2026-02-28T23:59:59-08:00' });
		expect([bill.billDate, bill.dueDate]).toEqual(['2026-03-01', '2026-02-28']);
	});

	it('has no time of day where the bill date is a bare date, and says nothing of it', () => {
		expect(toBill({ billDate: '2026-03-01' })).toMatchObject({
			billDate: '2026-03-01',
			billDateTime: null,
			notices: [],
		});
	});

	it.each([
		['new', 'NEW'],
		['onHold', 'ON_HOLD'],
		['ON_HOLD', 'ON_HOLD'],
		['validated', 'VALIDATED'],
		['sent', 'SENT'],
		['partiallyPaid', 'PARTIALLY_PAID'],
		['settled', 'SETTLED'],
		['inProgress', 'IN_PROGRESS'],
		['disputed', 'UNKNOWN'],
		['constructor', 'UNKNOWN'],
	])('reads the state %s as %s and keeps the word', (stateRaw, state) => {
		expect(toBill({ state: stateRaw })).toMatchObject({ state, stateRaw });
	});

	it('reports no state where there is none', () => {
		expect(toBill({ state: null })).toMatchObject({ state: 'NOT_REPORTED', stateRaw: null });
	});

	it.each([
		[null, 'INVOICE'],
		['normal', 'INVOICE'],
		['duplicate', 'INVOICE'],
		['credit note', 'CREDIT_NOTE'],
		['Credit  Note', 'CREDIT_NOTE'],
		['creditNote', 'CREDIT_NOTE'],
		['CREDIT_NOTE', 'CREDIT_NOTE'],
		['final credit note', 'CREDIT_NOTE'],
		['Credit note (goodwill)', 'CREDIT_NOTE'],
		['debit note', 'DEBIT_NOTE'],
		['interim debit note', 'DEBIT_NOTE'],
		['credit', 'INVOICE'],
	])('takes a bill of category %s for a %s', (category, type) => {
		expect(billTypeOf(category)).toBe(type);
	});

	describe('signs', () => {
		const credit = { category: 'creditNote', taxExcludedAmount: eur(100), taxIncludedAmount: eur(119) };

		it('negates a credit note with positive amounts, once, with all that is on it', () => {
			const bill = toBill({
				...credit,
				remainingAmount: eur(0),
				taxItem: [{ taxAmount: eur(19) }],
				appliedPayment: [{ appliedAmount: eur(119), payment: { id: 'p', amount: eur(119) } }],
			});
			expect(bill).toMatchObject({
				signPolicy: 'FLIPPED',
				net: { amount: '-100' },
				tax: { amount: '-19' },
				total: { amount: '-119' },
				remaining: { amount: '0' },
				paymentStatus: 'PAID',
				taxItems: [{ amount: { amount: '-19' } }],
				payments: [{ applied: { amount: '-119' }, amount: { amount: '-119' } }],
			});
		});

		it('keeps a credit note that is negative already', () => {
			expect(toBill({ category: 'creditNote', taxIncludedAmount: eur(-119) })).toMatchObject({
				signPolicy: 'AS_REPORTED',
				total: { amount: '-119' },
			});
		});

		it('keeps a credit note of both signs, and says so', () => {
			const bill = toBill({ ...credit, amountDue: eur(-119) });
			expect(bill).toMatchObject({
				signPolicy: 'SIGN_AMBIGUOUS',
				total: { amount: '119' },
				amountDue: { amount: '-119' },
			});
			expect(bill.notices).toEqual(['this credit note has amounts of both signs, kept as reported']);
		});

		it('counts tax items of the other sign as ambiguous', () => {
			expect(toBill({ ...credit, taxItem: [{ taxAmount: eur(-19) }] }).signPolicy).toBe('SIGN_AMBIGUOUS');
		});

		it('never turns an invoice round', () => {
			expect(toBill({ amountDue: eur(-5) })).toMatchObject({
				type: 'INVOICE',
				signPolicy: 'AS_REPORTED',
				amountDue: { amount: '-5' },
			});
		});

		it('is told from the few members that decide it', () => {
			expect(signPolicyOf({ id: 'b', ...credit }, CONTEXT)).toBe('FLIPPED');
		});
	});

	describe('tax', () => {
		it('is gross less net where there are no tax items', () => {
			const bill = toBill({ taxExcludedAmount: eur('0.10'), taxIncludedAmount: eur('0.30') });
			expect(bill.tax).toEqual({ amount: '0.2', currency: 'EUR' });
			expect(bill.notes.derived).toContain('tax');
		});

		it('is not known where one item cannot be read and gross or net is missing', () => {
			const bill = toBill({ taxItem: [{ taxAmount: eur(1) }, { taxAmount: eur('x') }], taxIncludedAmount: eur(5) });
			expect(bill.tax).toBeNull();
			expect(bill.notices).toEqual(['taxItem[1].taxAmount.value "x" is not a decimal']);
			expect(bill.notes.derived).not.toContain('tax');
		});

		it('is not added up over currencies', () => {
			const bill = toBill({ taxItem: [{ taxAmount: eur(1) }, { taxAmount: { unit: 'USD', value: 1 } }] });
			expect(bill.tax).toBeNull();
			expect(bill.notices).toEqual(['the tax items are in several currencies and were not added together']);
		});

		it('is not a difference between currencies', () => {
			expect(toBill({ taxExcludedAmount: eur(1), taxIncludedAmount: { unit: 'USD', value: 2 } }).tax).toBeNull();
		});

		it('is taken as given where the record gives it whole', () => {
			const bill = toBill({ tax: 7, taxItem: [{ taxAmount: eur(6) }] }, { taxMembers: ['tax'] });
			expect(bill.tax).toEqual({ amount: '7', currency: null });
			expect(bill.notes.derived).not.toContain('tax');
		});
	});

	describe('money', () => {
		it('keeps every digit of a long amount', () => {
			const record = parseJson('{"id":"b","amountDue":{"unit":"eur","value":12345678901234567.10}}');
			expect(toBill(record as JsonObject).amountDue).toEqual({ amount: '12345678901234567.1', currency: 'EUR' });
		});

		it('has no currency where none is given', () => {
			expect(toBill({ amountDue: { value: 5 } })).toMatchObject({
				amountDue: { amount: '5', currency: null },
				notices: [],
			});
		});

		it('notices a currency that is no code', () => {
			const bill = toBill({ amountDue: { unit: 'Euro', value: 5 } });
			expect(bill.amountDue).toEqual({ amount: '5', currency: null });
			expect(bill.notices).toEqual(['amountDue.unit "Euro" is not an ISO 4217 currency code']);
		});

		it('takes the currency of the record for amounts without one of their own', () => {
			const bill = toBill(
				{ CurrencyCode: 'usd', amountDue: '12.50', remainingAmount: eur(1) },
				{ currencyMembers: ['CurrencyCode'] },
			);
			expect(bill.amountDue).toEqual({ amount: '12.5', currency: 'USD' });
			expect(bill.remaining).toEqual({ amount: '1', currency: 'EUR' });
		});

		it('is null, and noticed, where it is neither amount nor object', () => {
			expect(toBill({ amountDue: true })).toMatchObject({
				amountDue: null,
				notices: ['amountDue true is not a decimal'],
			});
		});
	});

	describe('lists', () => {
		it('are null where the record has none, and empty where it says there are none', () => {
			expect(toBill({})).toMatchObject({ taxItems: null, payments: null, documents: null, relatedParties: null });
			const empty = { taxItem: [], appliedPayment: [], billDocument: [], relatedParty: [] };
			expect(toBill(empty)).toMatchObject({ taxItems: [], payments: [], documents: [], relatedParties: [], tax: null });
		});

		it('may be a single object', () => {
			expect(toBill({ relatedParty: { id: 'r' } }).relatedParties).toEqual([{ id: 'r', name: null, role: null }]);
		});

		it('leave out, and notice, what is no object', () => {
			const bill = toBill({
				relatedParty: ['ACME', { role: 'customer', partyOrPartyRole: { id: 'r', name: 'ACME' } }],
			});
			expect(bill.relatedParties).toEqual([{ id: 'r', name: 'ACME', role: 'customer' }]);
			expect(bill.notices).toEqual(['relatedParty[0] "ACME" is not an object']);
		});
	});

	describe('documents', () => {
		it('prefer content that is here, then the link, then the address of the attachment', () => {
			const bill = toBill({
				billDocument: [
					{ content: 'JVBERg==', url: 'https://x/1' },
					{ url: 'https://x/2', href: 'https://x/h' },
					{ href: 'https://x/h' },
				],
			});
			expect(bill.documents?.map(({ id, source }) => [id, source])).toEqual([
				['document', { kind: 'INLINE', base64: 'JVBERg==' }],
				['document-2', { kind: 'LINK', url: 'https://x/2' }],
				['document-3', { kind: 'LINK', url: 'https://x/h' }],
			]);
		});

		it('have ids of their own, whatever the provider numbers alike', () => {
			const ids = toBill({
				billDocument: ['a', 'a-2', 'a'].map((id) => ({ id, url: 'https://x' })),
			}).documents?.map(({ id }) => id);
			expect(new Set(ids).size).toBe(3);
		});

		it('without content or link are left out and noticed', () => {
			const bill = toBill({ billDocument: [{ id: 'd' }] });
			expect(bill.documents).toEqual([]);
			expect(bill.notices).toEqual(['billDocument[0]: the document has neither content nor a link']);
		});

		it.each([
			[{ amount: 12, units: 'B' }, 12],
			[{ amount: 12, units: 'kB' }, null],
			[{ amount: 12 }, null],
			[{ units: 'bytes' }, null],
			[{ amount: 1.5, units: 'bytes' }, null],
			[{ amount: -1, units: 'bytes' }, null],
		])('of size %j have %j bytes', (size, bytes) => {
			expect(toBill({ billDocument: [{ url: 'https://x', size }] }).documents?.[0]?.size).toBe(bytes);
		});
	});

	it('takes the account that was asked about for bills that name none, and says so', () => {
		const account = { id: '5-A', number: '5-A', name: null };
		const bill = toBill({}, { account });
		expect(bill.billingAccount).toBe(account);
		expect(bill.notes.derived).toContain('billingAccount');
		expect(toBill({ billingAccount: { id: 'x' } }, { account }).notes.derived).not.toContain('billingAccount');
	});

	it('takes the account number for a missing account id', () => {
		expect(toBill({ billingAccount: { accountNumber: '7' } }).billingAccount).toEqual({
			id: '7',
			number: '7',
			name: null,
		});
	});

	it('says whether the end of a period counts only where it is told', () => {
		const billingPeriod = { endDateTime: '2026-01-31T23:59:59Z' };
		expect(toBill({ billingPeriod }).period).toMatchObject({ start: null, end: '2026-01-31', endCounts: null });
		expect(toBill({ billingPeriod }, { periodEndCounts: true }).period?.endCounts).toBe(true);
	});

	it('shortens what it cannot read before it shows it', () => {
		const [notice] = toBill({ billDate: 'x'.repeat(500) }).notices;
		expect(notice).toMatch(/^billDate "x{59}\.\.\. is not a date$/);
	});

	it('shows no member that objects inherit', () => {
		expect(toBill({}).category).toBeNull();
		expect(toBill(JSON.parse('{"__proto__":{"category":"creditNote"}}') as JsonObject).type).toBe('INVOICE');
	});
});

describe('a row', () => {
	it.each([
		[null],
		['text'],
		[[]],
		[{}],
		[{ id: null }],
		[{ id: '' }],
		[{ id: '  ' }],
		[{ id: {} }],
		[{ id: 'a\u0000b' }],
		[{ id: '..' }],
	])('that is %j has no usable id', async (row) => {
		const error = await billingError(() => checkedRecord(row, 'bill'));
		expect(error).toMatchObject({ kind: 'PROTOCOL', retryable: false });
	});

	it('may have a number for an id', () => {
		expect(map(checkedRecord({ id: 17 }, 'bill') as WireBill, CONTEXT).identity.remoteId).toBe('17');
	});
});
