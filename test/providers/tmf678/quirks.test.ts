/** Quirks of the TMF678 specifications themselves, by the numbers of the provider facts (5.3). */
import type { JsonObject } from '../../../providers/model/json';
import { toBill } from '../../../providers/tmf678/billMapping';
import { toRate } from '../../../providers/tmf678/rateMapping';
import { Tmf678Connector, standardDialect } from '../../../providers/tmf678/standard';
import { ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';
import { collect } from './fakeServer';

const CONTEXT = { owner: { provider: 'TMF678', connection: 'c', scope: '' }, periodEndCounts: null } as const;
const bill = (record: JsonObject) => toBill({ id: 'b', ...record }, CONTEXT);
const rate = (record: JsonObject) => toRate({ id: 'r', ...record }, CONTEXT, 'AS_REPORTED');
const eur = (value: number) => ({ unit: 'EUR', value });

describe('quirks of the TMF678 specifications', () => {
	it('5.3.1 the example date 2020-01-00 is no day: it is null and noticed, and an end before the start stays', () => {
		const broken = bill({
			billingPeriod: { startDateTime: '2020-01-00T00:00:00Z', endDateTime: '2020-01-31T00:00:00Z' },
		});
		expect(broken.period).toMatchObject({ start: null, startsAt: null, end: '2020-01-31' });
		expect(broken.notices).toEqual(['billingPeriod.startDateTime "2020-01-00T00:00:00Z" is not a date']);
		const backwards = bill({
			billingPeriod: { startDateTime: '2020-02-01T00:00:00Z', endDateTime: '2020-01-01T00:00:00Z' },
		});
		expect(backwards).toMatchObject({ period: { start: '2020-02-01', end: '2020-01-01' }, notices: [] });
	});

	it('5.3.1 members of either spelling (BillCycleSpecification, billCycleSpecification) are kept as they came', () => {
		const record = { BillCycleSpecification: { id: '1' }, billCycleSpecification: { id: '2' } };
		expect(bill(record).raw).toMatchObject(record);
	});

	it('5.3.2 a bill of a state change event says status rather than state', () => {
		expect(bill({ status: 'settled' })).toMatchObject({ state: 'SETTLED', stateRaw: 'settled' });
		expect(bill({ state: 'new', status: 'settled' }).state).toBe('NEW');
	});

	it.each(['/tmf-api/Customer_Bill_Management/v5', '/tmf-api/customerBillManagement/v5/'])(
		'5.3.3 the base path %s is taken as configured',
		async (path) => {
			const transport = new ScriptedTransport([json(200, [], { 'x-total-count': '0' })]);
			const deps = { transport, clock: fakeClock() };
			const connector = new Tmf678Connector({ connection: 'c', baseUrl: `https://tmf.example.com${path}` }, deps);
			await collect(connector.bills({}));
			expect(transport.sent).toEqual([
				`GET https://tmf.example.com${path.replace(/\/$/, '')}/customerBill?offset=0&limit=100`,
			]);
		},
	);

	it('5.3.4 list items hold no more than id, href, @type and billingAccount', () => {
		const sparse = bill({ href: 'x', '@type': 'CustomerBill', billingAccount: { id: 'a' } });
		expect(sparse).toMatchObject({
			billingAccount: { id: 'a', number: null, name: null },
			state: 'NOT_REPORTED',
			paymentStatus: 'NOT_REPORTED',
			total: null,
			taxItems: null,
			billDate: null,
			notices: [],
		});
	});

	it('5.3.5 totals that do not add up (tax 100, net 40, gross 50) stay as they are', () => {
		const amounts = { taxExcludedAmount: eur(40), taxIncludedAmount: eur(50) };
		expect(rate({ ...amounts, appliedTax: [{ taxAmount: eur(100) }] })).toMatchObject({
			net: { amount: '40' },
			tax: { amount: '100' },
			gross: { amount: '50' },
		});
		expect(bill({ ...amounts, taxItem: [{ taxAmount: eur(100) }] })).toMatchObject({
			net: { amount: '40' },
			tax: { amount: '100' },
			total: { amount: '50' },
		});
	});

	it('5.3.6 the patch formats of the specification are not offered: nothing here changes a bill', () => {
		const { operations } = standardDialect({ connection: 'c', baseUrl: 'https://x' }).capabilities;
		expect(operations.map(({ request }) => request.split(' ')[0])).toEqual([
			'GET',
			'GET',
			'GET',
			'GET',
			'GET',
			'GET',
			'POST',
		]);
	});

	it('5.2 v5 names the type of a rate appliedBillingRateType and nests parties', () => {
		expect(rate({ appliedBillingRateType: 'recurringCharge' })).toMatchObject({
			type: 'RECURRING',
			typeRaw: 'recurringCharge',
		});
		const relatedParty = [{ role: 'payer', partyOrPartyRole: { id: 'p', name: 'ACME' } }];
		expect(bill({ relatedParty }).relatedParties).toEqual([{ id: 'p', name: 'ACME', role: 'payer' }]);
	});

	it('5.2 v2.1 rates lack isBilled, account, product and period', () => {
		expect(rate({ bill: { id: 'b1' } })).toMatchObject({
			isBilled: null,
			billingAccountId: null,
			product: null,
			period: null,
		});
	});
});
