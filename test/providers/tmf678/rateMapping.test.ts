import type { JsonObject } from '../../../providers/model/json';
import type { SignPolicy } from '../../../providers/model/sign';
import type { MappingContext } from '../../../providers/tmf678/mappingContext';
import { toRate as map } from '../../../providers/tmf678/rateMapping';

const CONTEXT: MappingContext = {
	owner: { provider: 'TMF678', connection: 'c', scope: '' },
	periodEndCounts: null,
};
const toRate = (record: JsonObject, policy: SignPolicy = 'AS_REPORTED', context: Partial<MappingContext> = {}) =>
	map({ id: 'r1', ...record }, { ...CONTEXT, ...context }, policy);
const eur = (value: number) => ({ unit: 'EUR', value });

describe('a rate of TMF678', () => {
	it('maps every field of a full record', () => {
		const record = {
			id: '0.0.0.1+-item-usage+1',
			name: 'Calls',
			description: 'National calls',
			type: 'usageCharge',
			date: '2026-01-31T00:00:00Z',
			isBilled: true,
			bill: { id: 'b1' },
			billingAccount: { id: 'a1' },
			product: { id: 'p1', name: 'Voice' },
			periodCoverage: { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-02-01T00:00:00Z' },
			taxExcludedAmount: eur(10),
			taxIncludedAmount: eur(12),
			appliedTax: [{ taxCategory: 'VAT', taxRate: 20, taxAmount: eur(2) }],
			characteristic: [{ name: 'msisdn', value: '0049' }, { name: 'count', value: 7 }, { name: 'note' }, { value: 1 }],
		};
		const rate = toRate(record);
		expect(rate).toMatchObject({
			identity: { remoteId: '0.0.0.1+-item-usage+1' },
			bill: { scope: '', remoteId: 'b1' },
			billingAccountId: 'a1',
			name: 'Calls',
			description: 'National calls',
			type: 'USAGE',
			typeRaw: 'usageCharge',
			date: '2026-01-31',
			period: { start: '2026-01-01', end: '2026-02-01', endCounts: null },
			product: { id: 'p1', name: 'Voice' },
			net: { amount: '10', currency: 'EUR' },
			tax: { amount: '2' },
			gross: { amount: '12' },
			taxItems: [{ category: 'VAT', rate: '20' }],
			quantity: null,
			unitPrice: null,
			isBilled: true,
			characteristics: [
				{ name: 'msisdn', value: '0049' },
				{ name: 'count', value: 7 },
				{ name: 'note', value: null },
			],
			notes: { derived: ['tax'], notFetched: [] },
			notices: ['characteristic[3]: the characteristic has no name'],
			raw: record,
		});
	});

	it('has nothing but its id where the record has no more', () => {
		expect(toRate({})).toMatchObject({
			bill: null,
			billingAccountId: null,
			type: 'UNKNOWN',
			typeRaw: null,
			product: null,
			net: null,
			tax: null,
			isBilled: null,
			taxItems: null,
			characteristics: [],
			notices: [],
		});
	});

	it.each([
		['recurringCharge', 'RECURRING'],
		['oneTimeCharge', 'ONE_TIME'],
		['usageCharge', 'USAGE'],
		['appliedBillingCredit', 'CREDIT'],
		['appliedPenaltyCharge', 'PENALTY'],
		['appliedBillingCharge', 'OTHER'],
		['Usage Charge', 'USAGE'],
		['constructor', 'UNKNOWN'],
	])('of type %s is %s and keeps the word', (typeRaw, type) => {
		expect(toRate({ type: typeRaw })).toMatchObject({ type, typeRaw });
	});

	it('reads isBilled as text too, and notices what is neither', () => {
		expect(toRate({ isBilled: 'false' }).isBilled).toBe(false);
		expect(toRate({ isBilled: 'true' }).isBilled).toBe(true);
		expect(toRate({ isBilled: 1 })).toMatchObject({ isBilled: null, notices: ['isBilled 1 is not true or false'] });
	});

	it('is negated, with its taxes, on a credit note that was negated', () => {
		const rate = toRate(
			{ taxExcludedAmount: eur(10), taxIncludedAmount: eur(12), appliedTax: [{ taxAmount: eur(2) }] },
			'FLIPPED',
		);
		expect(rate).toMatchObject({
			net: { amount: '-10' },
			tax: { amount: '-2' },
			gross: { amount: '-12' },
			taxItems: [{ amount: { amount: '-2' } }],
		});
	});

	it('that lowers a negated credit note raises what is owed', () => {
		expect(toRate({ taxExcludedAmount: eur(-3) }, 'FLIPPED').net?.amount).toBe('3');
	});

	it.each([
		[10, 'AS_REPORTED', 1],
		[-10, 'AS_REPORTED', 0],
		[0, 'AS_REPORTED', 0],
		[10, 'FLIPPED', 0],
	] as const)('a credit of %d on a bill that is %s keeps its amount; notices: %d', (value, policy, notices) => {
		const rate = toRate({ type: 'appliedBillingCredit', taxExcludedAmount: eur(value) }, policy);
		expect(rate.net?.amount).toBe(String(policy === 'FLIPPED' ? -value : value));
		expect(rate.notices).toHaveLength(notices);
	});

	it('is on the bill that was asked for, where it names none, and says so', () => {
		const bill = { scope: '', remoteId: 'b9' };
		const rate = toRate({}, 'AS_REPORTED', { bill, account: { id: 'a', number: null, name: null } });
		expect(rate).toMatchObject({ bill, billingAccountId: 'a', notes: { derived: ['bill', 'billingAccount'] } });
		expect(toRate({ bill: { id: 'b1' } }, 'AS_REPORTED', { bill }).notes.derived).toEqual([]);
	});

	it('has its tax as given where the record gives it whole', () => {
		const rate = toRate({ tax: 3 }, 'AS_REPORTED', { taxMembers: ['tax'] });
		expect(rate.tax?.amount).toBe('3');
		expect(rate.notes.derived).toEqual([]);
	});

	it('may have a product with a name alone', () => {
		expect(toRate({ product: { name: 'Voice' } }).product).toEqual({ id: null, name: 'Voice' });
	});
});
