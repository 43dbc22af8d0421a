/** The data generator: exact, deterministic, and cheap at large volumes. */
import fc from 'fast-check';

import { changeableLedger } from '../../sandbox/data/books';
import { addMonths, isCalendarDay } from '../../sandbox/data/calendar';
import type { BookOptions } from '../../sandbox/data/generatedBooks';
import { type LedgerBill, majorUnits } from '../../sandbox/data/ledger';
import { lineRange } from '../../sandbox/data/lineRange';
import { PROVIDERS } from '../../sandbox/data/providerDress';

const OPTIONS: BookOptions = {
	accounts: 2,
	billsPerAccount: 24,
	ratesPerBill: 20,
	seed: 1,
	today: '2026-11-23',
	lumenSandboxData: false,
};
const now = (): number => Date.parse('2026-11-23T12:00:00Z');

function allBills(options: BookOptions): LedgerBill[] {
	const ledger = changeableLedger(options, now);
	return PROVIDERS.flatMap((provider) => ledger.bills(provider));
}

describe('amounts', () => {
	it('of the lines add up to the bill exactly, whatever the seed and the number of lines', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 60 }), (seed, ratesPerBill) => {
				const ledger = changeableLedger({ ...OPTIONS, seed, ratesPerBill, billsPerAccount: 9 }, now);
				for (const bill of PROVIDERS.flatMap((provider) => ledger.bills(provider))) {
					const lines = ledger.lines(bill);
					expect(lines.reduce((sum, { net }) => sum + net, 0n)).toBe(bill.net);
					expect(lines.reduce((sum, { tax }) => sum + tax, 0n)).toBe(bill.tax);
				}
			}),
			{ numRuns: 25 },
		);
	});

	it('of a bill are net plus tax, negative for credit notes, and never paid beyond the total', () => {
		for (const bill of allBills(OPTIONS)) {
			expect(bill.total).toBe(bill.net + bill.tax);
			expect(bill.total < 0n).toBe(bill.type === 'creditNote');
			const [paid, total] = bill.total < 0n ? [-bill.paid, -bill.total] : [bill.paid, bill.total];
			expect(paid >= 0n && paid <= total).toBe(true);
		}
	});

	it('have 18 digits in one Oracle bill, in dinars', () => {
		const long = allBills(OPTIONS).filter(({ total }) => total === 123_456_789_012_345_678n);
		expect(long).toHaveLength(1);
		expect(long.map((bill) => majorUnits(bill.total, bill.account.currency))).toEqual(['123456789012345.678']);
	});
});

describe('the books', () => {
	it('are the same for the same options, and others for another seed', () => {
		expect(allBills(OPTIONS)).toEqual(allBills(OPTIONS));
		expect(allBills({ ...OPTIONS, seed: 2 }).map(({ net }) => net)).not.toEqual(
			allBills(OPTIONS).map(({ net }) => net),
		);
	});

	it('have one bill a month and account, the newest in the month before today', () => {
		const ledger = changeableLedger(OPTIONS, now);
		for (const provider of PROVIDERS) {
			for (const account of ledger.accounts(provider)) {
				const dates = ledger.bills(provider, account.id).map(({ billDate }) => billDate);
				expect(dates).toHaveLength(24);
				expect(dates.at(-1)?.slice(0, 7)).toBe('2026-10');
				dates.slice(1).forEach((date, index) => expect(addMonths(dates[index] ?? '', 1)).toBe(date));
			}
		}
	});

	it('bill in the agreed currencies, yen and dinars among them', () => {
		const ledger = changeableLedger(OPTIONS, now);
		const currencies = PROVIDERS.map((provider) => ledger.accounts(provider).map(({ currency }) => currency.code));
		expect(currencies).toEqual([
			['USD', 'USD'],
			['EUR', 'KWD'],
			['GBP', 'JPY'],
			['EUR', 'USD'],
		]);
	});

	it('have credit notes at Oracle and Orange only, about one in eight', () => {
		for (const provider of PROVIDERS) {
			const bills = changeableLedger(OPTIONS, now).bills(provider);
			const share = bills.filter(({ type }) => type === 'creditNote').length / bills.length;
			if (provider === 'lumen' || provider === 'floLive') expect(share).toBe(0);
			else expect(Math.abs(share - 1 / 8)).toBeLessThan(0.03);
		}
	});

	it('never give two bills of a provider the same id', () => {
		const ledger = changeableLedger({ ...OPTIONS, accounts: 50, billsPerAccount: 60 }, now);
		for (const provider of PROVIDERS) {
			const ids = ledger.bills(provider).map(({ id }) => id);
			expect(new Set(ids).size).toBe(3_000);
		}
	});

	it('find every line by its id alone', () => {
		const ledger = changeableLedger({ ...OPTIONS, billsPerAccount: 4 }, now);
		for (const provider of PROVIDERS) {
			for (const line of ledger.bills(provider).flatMap((bill) => ledger.lines(bill))) {
				expect(ledger.line(provider, line.id)).toEqual(line);
			}
			expect(ledger.line(provider, 'nonsense')).toBeUndefined();
		}
	});

	it('of 10,000 bills with 1,000 lines each are made quickly, and a page from their middle too', () => {
		const started = performance.now();
		const ledger = changeableLedger({ ...OPTIONS, accounts: 100, billsPerAccount: 100, ratesPerBill: 1_000 }, now);
		const page = lineRange(ledger, ledger.bills('orange'), 5_000_500, 1_000);
		expect(page).toHaveLength(1_000);
		expect(page[0]?.index).toBe(500);
		expect(page[500]?.bill.id).not.toBe(page[499]?.bill.id);
		expect(performance.now() - started).toBeLessThan(5_000);
	});

	it('hold June to November 2021 as Lumen’s test environment does, when asked to', () => {
		const ledger = changeableLedger({ ...OPTIONS, lumenSandboxData: true }, now);
		const [account] = ledger.accounts('lumen');
		const months = ledger.bills('lumen', account?.id).map(({ billDate }) => billDate.slice(0, 7));
		expect(months).toEqual(['2021-06', '2021-07', '2021-08', '2021-09', '2021-10', '2021-11']);
	});
});

describe('calendar days', () => {
	it.each([
		['2024-02-29', true],
		['2023-02-29', false],
		['2026-13-01', false],
		['2026-1-01', false],
		['', false],
	])('%s is a day: %s', (text, expected) => expect(isCalendarDay(text)).toBe(expected));

	it('a month after the 31st end with the next month', () => expect(addMonths('2026-01-31', 1)).toBe('2026-02-28'));
});
