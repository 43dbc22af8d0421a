/** The rates of a query, over all bills that they are on. */
import type { RateQuery } from '../../../providers/connector';
import type { CalendarDate } from '../../../providers/model/dates';
import { billingError } from '../support/errors';
import { json } from '../support/scriptedTransport';
import { allOf, bill, range, rate } from './fakeServer';
import { BILLS, DATA, RATES, ids, oracle, ratesAsked, standard } from './paperRates';

describe('rates of a query', () => {
	const query = async (rateQuery: RateQuery, server = oracle(DATA)) => {
		const pages = await allOf(server.connector.rates(rateQuery));
		const rates = pages.flatMap(({ items }) => items);
		return { ...server, pages, rates, last: pages.at(-1)! };
	};
	const january = { from: '2026-01-01' as CalendarDate, to: '2026-01-31' as CalendarDate };

	it('of a bill take the bill, for its sign, and its rates', async () => {
		const { rates, last, asked } = await query({ bill: { scope: '', remoteId: 'b7' } });
		expect(rates.map(({ net }) => net?.amount)).toEqual(['-2', '-2', '-2']);
		expect(last).toMatchObject({
			total: 3,
			pushedDown: ['bill'],
			appliedHere: [],
			requests: 2,
			end: { complete: true },
		});
		expect(asked()).toHaveLength(2);
	});

	it('of a bill that is not there are not found', async () => {
		expect(await billingError(query({ bill: { scope: '', remoteId: 'x' } }))).toMatchObject({ kind: 'NOT_FOUND' });
	});

	it('of an account are one walk, and the bills of the account for their signs', async () => {
		const { rates, last, asked } = await query({ accounts: ['a1'] });
		expect(rates).toHaveLength(12);
		expect(rates.filter(({ bill: of }) => of?.remoteId === 'b7').every(({ net }) => net?.amount === '-2')).toBe(true);
		expect(last.pushedDown).toEqual(['accounts']);
		expect(asked()).toEqual([
			'customerBill?billingAccount.id=a1&fields=id,href,category,amountDue,remainingAmount,taxExcludedAmount,taxIncludedAmount,taxItem,billNo,billDate,billingAccount&limit=10&offset=0',
			'appliedCustomerBillingRate?billingAccount.id=a1&limit=10&offset=0',
			'appliedCustomerBillingRate?billingAccount.id=a1&limit=10&offset=10',
		]);
	});

	it('of the bills of some days are told by their bills', async () => {
		const { rates, last, asked } = await query({ billDate: january, accounts: ['a0'] });
		expect(ids(rates)).toEqual(['r0', 'r8', 'r16']);
		expect(last).toMatchObject({ appliedHere: ['billDate'], total: null });
		expect(asked()[1]).toBe('appliedCustomerBillingRate?bill.id=b0&billingAccount.id=a0&limit=10&offset=0');
	});

	it('of an account and many days are one walk of its billed rates', async () => {
		const { rates, asked } = await query({ billDate: { from: '2026-01-01' as CalendarDate }, accounts: ['a0'] });
		expect(rates).toHaveLength(12);
		expect(asked()[1]).toBe('appliedCustomerBillingRate?billingAccount.id=a0&isBilled=true&limit=10&offset=0');
	});

	it('of an account and many days hold those of a bill in progress, which are not billed', async () => {
		const { billNo: _billNo, ...inProgress } = bill({ id: 'p', account: 'a0', date: '2026-01-20T00:00:00Z' });
		const unbilled = rate({ id: 'u', bill: 'p', account: 'a0', isBilled: false });
		const server = oracle({ bills: [...BILLS, inProgress], rates: [...RATES, unbilled] });
		const { rates } = await query({ billDate: { from: '2026-01-01' as CalendarDate }, accounts: ['a0'] }, server);
		expect(ids(rates)).toContain('u');
		expect(rates).toHaveLength(13);
	});

	it('of an account and a few days go on bill by bill where the account turns out to be long', async () => {
		const server = oracle(DATA, {}, { pageSize: 3 });
		const days = { from: '2026-01-01' as CalendarDate, to: '2026-02-28' as CalendarDate };
		const { rates, last, pages, asked } = await query({ billDate: days, accounts: ['a0'] }, server);
		expect(ids(rates)).toEqual(['r0', 'r8', 'r16', 'r2', 'r10', 'r18']);
		expect(last.end).toEqual({ complete: true, reasons: [] });
		const walked = asked().filter((url) => url.startsWith('applied'));
		expect(walked.map((url) => /bill\.id=b\d/.exec(url)?.[0] ?? 'account')).toEqual([
			'account',
			'bill.id=b0',
			'bill.id=b2',
		]);
		expect(pages.reduce((sum, { requests }) => sum + requests, 0)).toBe(asked().length);
	});

	it('of some days, whatever the account, are asked for bill by bill', async () => {
		const { rates, pages, asked } = await query({ billDate: january });
		expect(ids(rates)).toEqual(['r0', 'r8', 'r16', 'r1', 'r9', 'r17']);
		expect(pages.map(({ end }) => end)).toEqual([null, { complete: true, reasons: [] }]);
		expect(asked()).toHaveLength(3);
	});

	it('of days without bills are none, for one request', async () => {
		const { rates, last, asked } = await query({ billDate: { from: '2030-01-01' as CalendarDate } });
		expect(rates).toEqual([]);
		expect(last).toMatchObject({ requests: 1, end: { complete: true } });
		expect(asked()).toHaveLength(1);
	});

	it('that are not billed yet need no bills', async () => {
		const server = oracle({ bills: BILLS, rates: [...RATES, rate({ id: 'u', account: 'a0', isBilled: false })] });
		const { rates, asked } = await query({ isBilled: false }, server);
		expect(ids(rates)).toEqual(['u']);
		expect(rates[0]).toMatchObject({ bill: null, notices: [] });
		expect(asked()).toEqual(['appliedCustomerBillingRate?isBilled=false&limit=10&offset=0']);
	});

	it('by id are asked for one by one, and their bills with them', async () => {
		const { rates, asked } = await query({ ids: ['r7', 'r0', 'none'] });
		expect(rates.map(({ identity, net }) => [identity.remoteId, net?.amount])).toEqual([
			['r7', '-2'],
			['r0', '2'],
		]);
		expect(asked()).toHaveLength(5);
	});

	it('whose bill is not found keep their amounts as reported, and say so', async () => {
		const server = oracle({ rates: [rate({ id: 'r', bill: 'gone' })] });
		for (const rateQuery of [{ ids: ['r'] }, {}] as const) {
			const { rates } = await query(rateQuery, server);
			expect(rates[0]).toMatchObject({
				net: { amount: '1' },
				notices: ['its bill was not found, so its amounts are as reported'],
			});
		}
	});

	it('fail where a bill cannot be read', async () => {
		const server = oracle(DATA, { instead: (url) => (url.pathname.endsWith('/b7') ? json(403, {}) : null) });
		expect(await billingError(query({ ids: ['r7'] }, server))).toMatchObject({ kind: 'FORBIDDEN' });
	});

	it('stop at the rows wanted', async () => {
		const { rates, last, asked } = await query({ accounts: ['a0'], maxRows: 2 });
		expect(rates).toHaveLength(2);
		expect(last.end).toEqual({ complete: true, reasons: [] });
		expect(asked().at(-1)).toBe('appliedCustomerBillingRate?billingAccount.id=a0&limit=2&offset=0');
	});

	it('of any bill, where few are wanted, come with their bills one by one and not with all bills', async () => {
		const { rates, asked } = await query({ maxRows: 8 });
		expect(rates.map(({ net }) => net?.amount)).toEqual(['2', '2', '2', '2', '2', '2', '2', '-2']);
		expect(asked()).toHaveLength(1 + 8);
		expect((await query({ maxRows: 20 })).asked()[0]).toContain('customerBill?');
	});

	it('one by its id is signed as its bill is', async () => {
		const { connector, asked } = oracle(DATA);
		expect(await connector.rate('r7')).toMatchObject({ identity: { remoteId: 'r7' }, net: { amount: '-2' } });
		expect(asked().map((url) => url.replace(/\?.*/, ''))).toEqual(['appliedCustomerBillingRate/r7', 'customerBill/b7']);
	});

	it('are asked for as many at a time as the query says', async () => {
		const { asked } = await query({ accounts: ['a0'], pageSize: 4 });
		expect(ratesAsked({ asked })[0]).toBe('appliedCustomerBillingRate?billingAccount.id=a0&limit=4&offset=0');
	});

	it('are filtered here by what the server does not filter', async () => {
		const rates = [
			rate({ id: 'x', bill: 'b0', account: 'a0', type: 'appliedBillingCredit' }),
			rate({ id: 'y', bill: 'b1', account: 'a1' }),
			rate({ id: 'z', bill: 'b2' }),
		];
		const server = () => oracle({ bills: BILLS, rates });
		expect(ids((await query({ types: ['CREDIT'] }, server())).rates)).toEqual(['x']);
		const both = await query({ accounts: ['a0', 'a9'] }, server());
		expect(ids(both.rates)).toEqual(['x', 'z']);
		expect(both.last).toMatchObject({ pushedDown: [], appliedHere: ['accounts'], total: null });
		const ofBill = await query({ bill: { scope: '', remoteId: 'b0' }, ids: ['x'], isBilled: true }, server());
		expect(ids(ofBill.rates)).toEqual(['x']);
		expect(ofBill.last).toMatchObject({ pushedDown: ['bill', 'isBilled'], appliedHere: ['ids'] });
	});

	it('of a release that lists rates by bill only are read bill by bill or whole', async () => {
		const server = oracle(DATA, {}, { listsRatesByAccount: false, pageSize: 100 });
		expect((await query({ accounts: ['a0'] }, server)).rates).toHaveLength(12);
		expect(ratesAsked(server)).toEqual(['appliedCustomerBillingRate?limit=100&offset=0']);
	});

	it('of a plain server that filters nothing are told apart here', async () => {
		const server = standard(
			{ bills: BILLS, rates: [...RATES, rate({ id: 'n' })] },
			{},
			{ rateFilters: [], pageSize: 100 },
		);
		const ofBill = await query({ bill: { scope: '', remoteId: 'b7' } }, server);
		expect(ids(ofBill.rates)).toEqual(['r7', 'r15', 'r23']);
		expect(ofBill.last).toMatchObject({ appliedHere: ['bill'], end: { complete: false } });
		const ofDays = await query({ billDate: january, isBilled: true, ids: ['r0', 'r2'] }, server);
		expect(ids(ofDays.rates)).toEqual(['r0']);
		expect(ofDays.last.end).toEqual({ complete: false, reasons: ['1 rates name no bill, and were left out'] });
	});

	it('of a plain server that is said to filter, and does not, are right', async () => {
		const settings = { rateFilters: ['accounts', 'isBilled'], pageSize: 100 } as const;
		const server = standard(DATA, { ignores: ['billingAccount.id'] }, settings);
		const { rates, last, asked } = await query({ accounts: ['a0'] }, server);
		expect(rates).toHaveLength(12);
		expect(last).toMatchObject({ pushedDown: ['accounts'], appliedHere: ['accounts'], total: null });
		expect(asked().at(-1)).toContain('billingAccount.id=a0');
	});

	it('say so where the bills could not all be read', async () => {
		const server = oracle(DATA, {
			instead: (url) =>
				url.pathname.endsWith('/customerBill')
					? json(200, url.searchParams.get('offset') === '0' ? BILLS : [], { 'x-total-count': '9' })
					: null,
		});
		const { last } = await query({ accounts: ['a0'] }, server);
		expect(last.end).toEqual({ complete: false, reasons: ['8 rows arrived of 9 announced'] });
	});

	it.each<[string, RateQuery]>([
		['ids', { ids: [] }],
		['accounts', { accounts: [''] }],
		['colour', { colour: 'red' } as RateQuery],
		['pageSize', { pageSize: 0 }],
		['types', { types: ['FREE' as 'CREDIT'] }],
	])('with a wrong %s are refused before any request', async (parameter, wrong) => {
		const server = oracle(DATA);
		expect(await billingError(query(wrong, server))).toMatchObject({ kind: 'INVALID_REQUEST', parameter });
		expect(server.asked()).toEqual([]);
	});
});

describe('a long page', () => {
	const many = range(250).map((index) => rate({ id: `r${index}`, bill: 'b0', account: 'a0', net: 2 }));

	it('is mapped and handed out a hundred rates at a time, its requests counted once and its end told last', async () => {
		const { connector } = oracle({ bills: BILLS.slice(0, 1), rates: many }, {}, { pageSize: 250 });
		const pages = await allOf(connector.rates({ accounts: ['a0'] }));
		expect(pages.map(({ items, requests, end }) => [items.length, requests, end?.complete])).toEqual([
			[100, 2, undefined],
			[100, 0, undefined],
			[50, 0, true],
		]);
		expect(new Set(pages.flatMap(({ items }) => ids(items))).size).toBe(250);
	});

	it('gives no more rates than are wanted', async () => {
		const { connector } = oracle({ bills: BILLS.slice(0, 1), rates: many }, {}, { pageSize: 250 });
		const pages = await allOf(connector.rates({ accounts: ['a0'], types: ['USAGE', 'RECURRING'], maxRows: 130 }));
		expect(pages.map(({ items, end }) => [items.length, end?.complete])).toEqual([
			[100, undefined],
			[30, true],
		]);
	});
});
