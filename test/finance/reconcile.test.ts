/** Reconciling bills with their rates. */
import { ReconcileRates, toleranceFor } from '../../finance/reconcile';
import type { CheckName, Reconciliation } from '../../finance/reconciliation';
import type { Bill } from '../../providers/model/bill';
import { type CurrencyCode, toMoney } from '../../providers/model/money';
import type { Rate } from '../../providers/model/rate';
import type { WalkEnd } from '../../providers/transport/pageWalk';
import { aBill, aRate, eur } from './support';

const WHOLE: WalkEnd = { complete: true, reasons: [] };

function reconcile(bill: Bill, rates: readonly Rate[], end = WHOLE): Reconciliation {
	const reconciling = new ReconcileRates(bill);
	// Page by page, as rates come.
	for (let from = 0; from < rates.length; from += 2) reconciling.add(rates.slice(from, from + 2));
	return reconciling.finish(end);
}

const check = ({ checks }: Reconciliation, name: CheckName) => checks.find((one) => one.name === name);

describe('toleranceFor', () => {
	const in_ = (code: string) => code as CurrencyCode;

	it.each([
		[0, 'EUR', '1'],
		[1, 'EUR', '1'],
		[40_000, 'EUR', '1'],
		[40_401, 'EUR', '1.005'],
		[1_000_000, 'EUR', '5'],
		[1_000_000, 'JPY', '500'],
		[100, 'JPY', '100'],
		[1_000_000, 'KWD', '0.5'],
		[50_000, 'EUR', '1.118035'],
	])('of %d rates in %s is %s', (rates, currency, tolerance) => {
		expect(toleranceFor(rates, in_(currency))).toBe(tolerance);
	});

	it('is never below the true root, and at most 0.0005 subunits above it', () => {
		for (let rates = 40_001; rates < 10_000_000; rates = Math.ceil(rates * 1.37)) {
			const above = Number(toleranceFor(rates, in_('JPY'))) - Math.sqrt(rates) * 0.5;
			expect(above).toBeGreaterThanOrEqual(-1e-9);
			expect(above).toBeLessThanOrEqual(0.0005 + 1e-9);
		}
	});
});

describe('ReconcileRates', () => {
	it('matches a bill whose rates add up exactly', () => {
		const half = { net: eur('50'), tax: eur('9.5'), gross: eur('59.5') };
		const result = reconcile(aBill(), [aRate({ ...half, name: 'A' }), aRate({ ...half, name: 'B' })]);
		expect(result).toMatchObject({ status: 'MATCHES', rates: 2, currency: 'EUR', difference: '0', tolerance: '1' });
		expect(result.checks.map(({ ok }) => ok)).toEqual(Array.from({ length: 6 }, () => true));
	});

	it('finds a header whose net and tax do not make the total, to the cent', () => {
		const result = reconcile(aBill({ total: eur('119.01') }), [aRate()]);
		expect(check(result, 'NET_PLUS_TAX')).toMatchObject({
			ok: false,
			expected: '119.01',
			actual: '119',
			difference: '-0.01',
			tolerance: '0',
		});
		expect(result.status).toBe('DIFFERS');
	});

	it('allows rates to differ by the tolerance and not by more', () => {
		const at = (net: string) => reconcile(aBill(), [aRate({ net: eur(net) })]);
		expect(check(at('101'), 'RATES_NET')).toMatchObject({ ok: true, difference: '1' });
		expect(check(at('101.01'), 'RATES_NET')).toMatchObject({ ok: false, difference: '1.01', tolerance: '1' });
		expect(check(at('98.99'), 'RATES_NET')).toMatchObject({ ok: false, difference: '-1.01' });
	});

	it('reads credit notes by their own sign', () => {
		const credit = { net: eur('-100'), tax: eur('-19') };
		const result = reconcile(aBill({ type: 'CREDIT_NOTE', ...credit, total: eur('-119') }), [
			aRate({ ...credit, gross: eur('-119') }),
		]);
		expect(result.status).toBe('MATCHES');
	});

	it('adds amounts beyond 15 digits exactly', () => {
		const result = reconcile(aBill({ net: eur('90071992547409930.03'), tax: null, total: null }), [
			aRate({ net: eur('90071992547409930.01'), name: 'A' }),
			aRate({ net: eur('0.01'), name: 'B' }),
		]);
		expect(check(result, 'RATES_NET')?.difference).toBe('-0.01');
	});

	it('does not take a sum over some rates for the sum over all', () => {
		const result = reconcile(aBill(), [aRate(), aRate({ net: null, name: 'B' })]);
		expect(check(result, 'RATES_NET')).toMatchObject({ ok: null, detail: '1 of 2 rates have no net amount.' });
	});

	it('computes a gross amount from net and tax where the provider gives none', () => {
		expect(check(reconcile(aBill(), [aRate({ gross: null })]), 'RATES_TOTAL')).toMatchObject({
			ok: true,
			actual: '119',
		});
	});

	it('checks nothing of rates that were not all read, and says so', () => {
		const result = reconcile(aBill(), [aRate()], { complete: false, reasons: ['90 rows arrived of 100 announced'] });
		expect(check(result, 'RATES_COMPLETE')).toMatchObject({ ok: false, detail: expect.stringContaining('90 rows') });
		expect(check(result, 'RATES_TOTAL')?.ok).toBeNull();
		expect(result).toMatchObject({ status: 'DIFFERS', difference: null });
	});

	it('never adds rates of another currency', () => {
		const result = reconcile(aBill(), [aRate(), aRate({ net: toMoney('1', 'USD'), name: 'B' })]);
		expect(check(result, 'CURRENCY')).toMatchObject({ ok: false, detail: expect.stringContaining('USD (1)') });
		expect(check(result, 'RATES_NET')?.ok).toBeNull();
	});

	it('says that a currency was taken for granted', () => {
		const bare = { net: toMoney('100', null), tax: toMoney('19', null), gross: toMoney('119', null) };
		const result = reconcile(aBill(), [aRate(bare)]);
		expect(check(result, 'CURRENCY')).toMatchObject({ ok: null, detail: expect.stringContaining('1 rates') });
		expect(result.status).toBe('PARTLY_CHECKED');
	});

	it('cannot check a bill without amounts and without rates', () => {
		expect(reconcile(aBill({ net: null, tax: null, total: null }), []).status).toBe('NOT_CHECKABLE');
		expect(reconcile(aBill(), []).status).toBe('PARTLY_CHECKED');
	});
});

describe('lines that matter', () => {
	it('shows the ten largest by size, credits among them', () => {
		const rates = Array.from({ length: 30 }, (_, index) =>
			aRate({ name: `Line ${index}`, net: eur(index % 2 === 0 ? index : -index), tax: null, gross: null }),
		);
		const largest = reconcile(aBill(), rates).lines.filter(({ reason }) => reason === 'LARGEST');
		expect(largest.map(({ net }) => net)).toEqual(['-29', '28', '-27', '26', '-25', '24', '-23', '22', '-21', '20']);
	});

	it('shows a line whose net and tax do not make its gross amount, but not its rounding', () => {
		const result = reconcile(aBill(), [
			aRate({ gross: eur('119.01') }),
			aRate({ net: eur('0.333'), tax: eur('0.063'), gross: eur('0.4') }),
		]);
		expect(result.lineCounts.NET_PLUS_TAX_DIFFERS).toBe(1);
		expect(result.lines.find(({ reason }) => reason === 'NET_PLUS_TAX_DIFFERS')?.difference).toBe('-0.01');
	});

	it('shows lines that say the same as another one, unless they cost nothing', () => {
		const twice = [aRate(), aRate()];
		const free = { net: eur('0'), tax: eur('0'), gross: eur('0') };
		const otherService = aRate({ characteristics: [{ name: 'msisdn', value: '+491700000001' }] });
		const result = reconcile(aBill(), [...twice, aRate(free), aRate(free), otherService]);
		expect(result.lines.filter(({ reason }) => reason === 'POSSIBLE_DUPLICATE').map(({ id }) => id)).toEqual([
			twice[1]?.identity.remoteId,
		]);
	});

	it('counts all lines, and holds the first ten', () => {
		const result = reconcile(
			aBill(),
			Array.from({ length: 25 }, () => aRate()),
		);
		expect(result.lineCounts).toEqual({ LARGEST: 10, NET_PLUS_TAX_DIFFERS: 0, POSSIBLE_DUPLICATE: 24 });
		expect(result.lines).toHaveLength(20);
	});
});
