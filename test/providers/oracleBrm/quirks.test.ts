/** Quirks and contradictions of the Oracle BRM documents, by the numbers of the provider facts (2.7). */
import type { Decimal } from '../../../providers/model/decimal';
import { OracleBrmApi, OracleBrmConnector, type OracleBrmSettings } from '../../../providers/oracleBrm/connector';
import { CUSTOMER_BILL_PARAMETERS } from '../../../providers/oracleBrm/parameters';
import { billingError } from '../support/errors';
import { ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';
import { collect } from '../tmf678/fakeServer';

const BASE = 'https://brm.example.com:8443/brm/customerBillManagement/v4';

function oracle(rows: readonly object[], settings: Partial<OracleBrmSettings> = {}) {
	const transport = new ScriptedTransport(() => json(200, rows, { 'x-total-count': String(rows.length) }));
	const deps = { transport, clock: fakeClock() };
	const all = { connection: 'c', baseUrl: BASE, ...settings };
	return { transport, api: new OracleBrmApi(all, deps), connector: new OracleBrmConnector(all, deps) };
}

describe('quirks of Oracle BRM', () => {
	it('2.7.1 bills on hold exist, though the state filter does not know them: they are filtered here', async () => {
		const rows = ['onHold', 'inProgress', 'new'].map((state) => ({ id: state, state }));
		const { connector, api, transport } = oracle(rows);
		const found = await collect(connector.bills({ states: ['ON_HOLD'] }));
		expect(found.map(({ state }) => state)).toEqual(['ON_HOLD']);
		expect(transport.sent).toEqual([`GET ${BASE}/customerBill?limit=100&offset=0`]);
		const wrong = { state: 'onHold' } as unknown as Parameters<typeof api.customerBills>[0];
		expect(await billingError(api.customerBills(wrong))).toMatchObject({
			parameter: 'state',
			hint: 'Allowed are: new, partiallyPaid, settled, inProgress.',
		});
	});

	it("2.7.1 inProgress is Oracle's own state, filtered by Oracle", async () => {
		const { connector, transport } = oracle([{ id: '1', state: 'inProgress' }]);
		expect((await collect(connector.bills({ states: ['IN_PROGRESS'] })))[0]?.state).toBe('IN_PROGRESS');
		expect(transport.sent[0]).toContain('state=inProgress');
	});

	it('2.7.2 lastUpdate.gte is described as "less than" and means greater than or equal', async () => {
		const { connector, transport } = oracle([]);
		await collect(connector.bills({ lastUpdate: { from: '2026-01-01T00:00:00Z' as never } }));
		expect(transport.only.url).toContain('lastUpdate.gte=2026-01-01T00%3A00%3A00Z');
		expect(CUSTOMER_BILL_PARAMETERS.find(({ name }) => name === 'lastUpdate.gte')?.source).toContain('is less than');
	});

	it('2.7.3 remainingAmount.value.gt is typed text, and .like is on a number: both are sent as plain text', async () => {
		const { api, transport } = oracle([]);
		await api.customerBills({ 'remainingAmount.value.gt': 20.5, 'remainingAmount.value.like': '20%' });
		expect(transport.only.url).toBe(
			`${BASE}/customerBill?remainingAmount.value.gt=20.5&remainingAmount.value.like=20%25`,
		);
	});

	it('2.7.4 amounts are documented as positive, and negative ones are taken all the same', async () => {
		const rows = [{ id: '1', remainingAmount: { unit: 'EUR', value: -5 } }];
		const { connector, transport } = oracle(rows);
		const found = await collect(connector.bills({ remaining: { to: '-1' as Decimal } }));
		expect(found.map(({ remaining }) => remaining?.amount)).toEqual(['-5']);
		expect(transport.only.url).not.toContain('remainingAmount');
	});

	it('2.7.5 a period may have an end alone', async () => {
		const { connector } = oracle([{ id: '1', billingPeriod: { endDateTime: '2026-01-31T00:00:00Z' } }]);
		expect((await collect(connector.bills({})))[0]).toMatchObject({
			period: { start: null, end: '2026-01-31' },
			notices: [],
		});
	});

	it('2.7.6 plus signs of ids are %2B in paths and queries, and bare in queries where the connection says so', async () => {
		const id = '0.0.0.1+-account+1';
		const encoded = oracle([{ id: 'x' }]);
		await encoded.api.customerBills({ 'billingAccount.id': id, billNo: 'A+1' });
		expect(encoded.transport.only.url).toBe(
			`${BASE}/customerBill?billNo=A%2B1&billingAccount.id=0.0.0.1%2B-account%2B1`,
		);
		const raw = oracle([{ id: 'x' }], { rawPlusInIds: true });
		await raw.api.customerBills({ 'billingAccount.id': id, billNo: 'A+1' });
		expect(raw.transport.only.url).toBe(`${BASE}/customerBill?billNo=A%2B1&billingAccount.id=0.0.0.1+-account+1`);
	});

	it('2.7.6 offsets of dates never hold a bare plus sign', async () => {
		const { api, transport } = oracle([], { rawPlusInIds: true });
		await api.customerBills({ 'billDate.gte': '2020-01-01T04:00:27+08:00' });
		expect(transport.only.url).toBe(`${BASE}/customerBill?billDate.gte=2019-12-31T20%3A00%3A27.000Z`);
	});

	it('2.7.7 there is no default host: a connection without a base URL is refused', async () => {
		expect(await billingError(() => oracle([], { baseUrl: '' }))).toMatchObject({ parameter: 'baseUrl' });
	});

	it('2.7.8 the @ of @type is not dropped', async () => {
		const { api, transport } = oracle([]);
		await api.customerBills({ '@type': 'CustomerBillOracle' });
		expect(new URL(transport.only.url).searchParams.get('@type')).toBe('CustomerBillOracle');
	});

	it('2.7.9 a document is content or a link, and a size without a unit is no number of bytes', async () => {
		const billDocument = [
			{ id: '1', content: 'JVBERg==', size: { units: 'bytes' } },
			{ id: '2', url: 'https://docs.example.com/2', size: { amount: 3, units: 'bytes' } },
		];
		const [bill] = await collect(oracle([{ id: 'b', billDocument }]).connector.bills({}));
		expect(bill?.documents?.map(({ source, size }) => [source.kind, size])).toEqual([
			['INLINE', null],
			['LINK', 3],
		]);
	});

	it('2.7.10 the full path is the base URL and the resource, in both families of pages', async () => {
		const { api, transport } = oracle([]);
		await api.customerBills({});
		expect(new URL(transport.only.url).pathname).toBe('/brm/customerBillManagement/v4/customerBill');
	});

	it('2.5 members that are null are absent', async () => {
		const [bill] = await collect(
			oracle([{ id: 'b', href: null, '@type': null, state: null, taxItem: null }]).connector.bills({}),
		);
		expect(bill).toMatchObject({ stateRaw: null, taxItems: null, notices: [] });
	});

	it('2.4 the wildcard of billNo.like is the percent sign of SQL', async () => {
		const { connector, transport } = oracle([{ id: '1', billNo: 'B1-28' }]);
		expect(await collect(connector.bills({ numberLike: 'B1-*' }))).toHaveLength(1);
		expect(transport.only.url).toContain('billNo.like=B1-%25');
	});

	it('2.4 what SQL would take for a wildcard is checked here as well', async () => {
		const rows = [{ id: '1', billNo: 'A_1' }, { id: '2', billNo: 'AX1' }]; // prettier-ignore
		const found = await collect(oracle(rows).connector.bills({ numberLike: 'A_*' }));
		expect(found.map(({ number }) => number)).toEqual(['A_1']);
	});
});
