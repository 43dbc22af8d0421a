import type { BillHandle, RateList, RateQuery } from '../../../providers/connector';
import type { CalendarDate } from '../../../providers/model/dates';
import { keyOf } from '../../../providers/model/identity';
import type { Rate } from '../../../providers/model/rate';
import { OracleBrmConnector, type OracleBrmSettings } from '../../../providers/oracleBrm/connector';
import { type Tmf678Settings, Tmf678Connector } from '../../../providers/tmf678/standard';
import { billingError } from '../support/errors';
import { json } from '../support/scriptedTransport';
import { BASE_URL, type Behaviour, type FakeServer, allOf, bill, collect, fakeServer, range, rate } from './fakeServer';

type Data = Parameters<typeof fakeServer>[0];
const SETTINGS = { connection: 'c', baseUrl: BASE_URL, pageSize: 10 };

function oracle(data: Data, behaviour?: Behaviour, settings: Partial<OracleBrmSettings> = {}) {
	const server = fakeServer(data, behaviour);
	return { ...server, connector: new OracleBrmConnector({ ...SETTINGS, ...settings }, server.deps) };
}

function standard(data: Data, behaviour?: Behaviour, settings: Partial<Tmf678Settings> = {}) {
	const server = fakeServer(data, behaviour);
	return { ...server, connector: new Tmf678Connector({ ...SETTINGS, ...settings }, server.deps) };
}

const handle = (remoteId: string, more: Partial<BillHandle> = {}): BillHandle => ({
	scope: '',
	remoteId,
	billDate: null,
	accountId: null,
	number: null,
	signPolicy: 'AS_REPORTED',
	...more,
});
const listOf = (lists: ReadonlyMap<unknown, Promise<RateList>>, remoteId: string): Promise<RateList> =>
	lists.get(keyOf({ scope: '', remoteId })) ?? Promise.reject(new Error('no such key'));
const ids = (rates: readonly Rate[]) => rates.map(({ identity }) => identity.remoteId);
const ratesAsked = ({ asked }: Pick<FakeServer, 'asked'>) => asked().filter((url) => url.startsWith('applied'));

/** Two accounts with four bills each, three rates a bill. */
const BILLS = range(8).map((index) =>
	bill({
		id: `b${index}`,
		account: `a${index % 2}`,
		date: `2026-0${1 + Math.floor(index / 2)}-15T00:00:00Z`,
		category: index === 7 ? 'creditNote' : 'normal',
	}),
);
const RATES = range(24).map((index) =>
	rate({ id: `r${index}`, bill: `b${index % 8}`, account: `a${index % 2}`, net: 2 }),
);
const DATA = { bills: BILLS, rates: RATES };

describe('rates of several bills', () => {
	const ofAccount = (account: string, ids: readonly string[]) =>
		ids.map((id) => handle(id, { accountId: account, number: `B-${id}` }));
	const EIGHT = ['b0', 'b2', 'b4', 'b6'];

	it('are read from where the reader is, by offset', async () => {
		const server = oracle({ bills: BILLS, rates: range(40).map((index) => rate({ id: `r${index}`, bill: 'b0' })) });
		const list = await listOf(server.connector.ratesByBills([handle('b0')], 25, { from: 20 }), 'b0');
		expect(ids(list.rates)).toEqual(['r20', 'r21', 'r22', 'r23', 'r24']);
		expect(list).toMatchObject({ from: 20, total: 40, complete: true });
		expect(server.asked()).toEqual(['appliedCustomerBillingRate?bill.id=b0&limit=5&offset=20']);
	});

	it('are read from their start where the server may give those of other bills too', async () => {
		const server = standard(DATA);
		const list = await listOf(server.connector.ratesByBills([handle('b1')], 3, { from: 2 }), 'b1');
		expect(ids(list.rates)).toEqual(['r1', 'r9', 'r17']);
		expect(list.from).toBeUndefined();
	});

	it('are asked for bill by bill where each is of another account', async () => {
		const server = oracle(DATA);
		const lists = server.connector.ratesByBills(
			range(2).map((index) => handle(`b${index}`, { accountId: `a${index}` })),
			undefined,
		);
		const list = await listOf(lists, 'b1');
		expect(ids(list.rates)).toEqual(['r1', 'r9', 'r17']);
		expect(list).toMatchObject({ total: 3, complete: true, reasons: [] });
		await Promise.all(lists.values());
		expect(server.asked()).toEqual(
			range(2).map((index) => `appliedCustomerBillingRate?bill.id=b${index}&limit=10&offset=0`),
		);
	});

	it('are read through their account, whose first page tells that the rest takes fewer requests than the bills', async () => {
		const server = oracle(DATA, {}, { pageSize: 6 });
		const lists = server.connector.ratesByBills(ofAccount('a0', EIGHT), 2);
		expect(ids((await listOf(lists, 'b2')).rates)).toEqual(['r2', 'r10']);
		expect(await listOf(lists, 'b2')).toMatchObject({ total: 3, complete: true });
		const walk = 'appliedCustomerBillingRate?billingAccount.id=a0&isBilled=true&limit=6';
		expect(server.asked()).toEqual([`${walk}&offset=0`, `${walk}&offset=6`]);
	});

	it('go on bill by bill where the rest of the account takes more requests, and the next time at once', async () => {
		const server = oracle(DATA, {}, { pageSize: 3 });
		const wanted = ofAccount('a0', ['b2', 'b4']);
		const first = server.connector.ratesByBills(wanted, undefined);
		expect(ids((await listOf(first, 'b4')).rates)).toEqual(['r4', 'r12', 'r20']);
		await Promise.all(first.values());
		const byBill = ['b2', 'b4'].map((id) => `appliedCustomerBillingRate?bill.id=${id}&limit=3&offset=0`);
		expect(server.asked()).toEqual([
			'appliedCustomerBillingRate?billingAccount.id=a0&isBilled=true&limit=3&offset=0',
			...byBill,
		]);
		await Promise.all(server.connector.ratesByBills(wanted, undefined).values());
		expect(server.asked().slice(3)).toEqual(byBill);
	});

	it('use what the first page of the account gave, where it has more than were wanted', async () => {
		const server = oracle(DATA, {}, { pageSize: 5 });
		const lists = server.connector.ratesByBills(ofAccount('a0', ['b0', 'b6']), 1);
		// r0, r2, r4, r6 and r8 are on the page: two of b0, one of b6.
		expect(await listOf(lists, 'b0')).toMatchObject({ rates: [{ name: null }], total: null, complete: true });
		expect(ids((await listOf(lists, 'b6')).rates)).toEqual(['r6']);
		expect(ratesAsked(server)).toEqual([
			'appliedCustomerBillingRate?billingAccount.id=a0&isBilled=true&limit=5&offset=0',
			'appliedCustomerBillingRate?bill.id=b6&limit=1&offset=0',
		]);
	});

	it('of a bill in progress, which has no number, are looked for among those that are not billed too', async () => {
		const unbilled = range(3).map((index) => rate({ id: `u${index}`, bill: 'b2', account: 'a0', isBilled: false }));
		const billed = RATES.filter(({ id }) => id !== 'r2' && id !== 'r10' && id !== 'r18');
		const server = oracle({ bills: BILLS, rates: [...billed, ...unbilled] }, {}, { pageSize: 6 });
		const wanted = [...ofAccount('a0', ['b0', 'b4', 'b6']), handle('b2', { accountId: 'a0' })];
		const lists = server.connector.ratesByBills(wanted, undefined);
		expect(ids((await listOf(lists, 'b2')).rates)).toEqual(['u0', 'u1', 'u2']);
		expect(server.asked()[0]).toBe('appliedCustomerBillingRate?billingAccount.id=a0&limit=6&offset=0');
		expect(server.asked()).toHaveLength(2);
	});

	it('are asked for by bill where the account names none: they may not be billed yet', async () => {
		const server = oracle(DATA, {}, { pageSize: 12 });
		const lists = server.connector.ratesByBills(ofAccount('a0', [...EIGHT, 'none']), undefined);
		expect(await listOf(lists, 'none')).toMatchObject({ rates: [], total: 0, complete: true });
		await Promise.all(lists.values());
		expect(server.asked()).toEqual([
			'appliedCustomerBillingRate?billingAccount.id=a0&isBilled=true&limit=12&offset=0',
			'appliedCustomerBillingRate?bill.id=none&limit=12&offset=0',
		]);
	});

	it('are asked for by bill alone once the server has refused the account', async () => {
		const refuse = (url: URL) =>
			url.searchParams.has('billingAccount.id') ? json(400, { code: '400', reason: 'Unknown parameter' }) : null;
		const server = oracle(DATA, { instead: refuse });
		const wanted = ofAccount('a0', EIGHT);
		const lists = server.connector.ratesByBills(wanted, undefined);
		expect(ids((await listOf(lists, 'b4')).rates)).toEqual(['r4', 'r12', 'r20']);
		await Promise.all(lists.values());
		expect(server.asked()).toHaveLength(1 + 4);
		await Promise.all(server.connector.ratesByBills(wanted, undefined).values());
		expect(server.asked()).toHaveLength(1 + 4 + 4);
	});

	it('all fail where their account cannot be read for another reason', async () => {
		const server = oracle(DATA, { instead: () => json(503, { code: '503', reason: 'Down' }) });
		const lists = server.connector.ratesByBills(ofAccount('a0', EIGHT), undefined);
		await expect(listOf(lists, 'b0')).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
		expect(server.asked()).toHaveLength(1);
	});

	it('are read through the account where that is known to take fewer requests', async () => {
		const server = oracle(DATA, {}, { pageSize: 12 });
		await collect(server.connector.rates({ accounts: ['a0'], isBilled: true }));
		const before = server.asked().length;
		const lists = server.connector.ratesByBills(ofAccount('a0', ['b0', 'b2', 'b4']), 2);
		expect(ids((await listOf(lists, 'b2')).rates)).toEqual(['r2', 'r10']);
		expect(server.asked().slice(before)).toEqual([
			'appliedCustomerBillingRate?billingAccount.id=a0&isBilled=true&limit=12&offset=0',
		]);
	});

	it('are not read through the account where the bills take no more requests', async () => {
		const server = oracle(DATA, {}, { pageSize: 6 });
		await collect(server.connector.rates({ accounts: ['a0'], isBilled: true }));
		const before = server.asked().length;
		await Promise.all(
			server.connector
				.ratesByBills(
					['b0', 'b2'].map((id) => handle(id, { accountId: 'a0' })),
					3,
				)
				.values(),
		);
		expect(
			server
				.asked()
				.slice(before)
				.every((url) => url.includes('bill.id=')),
		).toBe(true);
	});

	it('count what a bill was seen to have when they choose', async () => {
		const many = range(40).map((index) => rate({ id: `m${index}`, bill: index < 35 ? 'b0' : 'b2', account: 'a0' }));
		const server = oracle({ bills: BILLS, rates: many });
		await collect(server.connector.rates({ bill: { scope: '', remoteId: 'b0' } }));
		await collect(server.connector.rates({ accounts: ['a0'], isBilled: true }));
		const before = server.asked().length;
		await Promise.all(
			server.connector
				.ratesByBills(
					['b0', 'b2'].map((id) => handle(id, { accountId: 'a0' })),
					undefined,
				)
				.values(),
		);
		expect(
			server
				.asked()
				.slice(before)
				.every((url) => url.includes('billingAccount.id=a0')),
		).toBe(true);
		expect(server.asked()).toHaveLength(before + 4);
	});

	it('say so where billed rates of the account name no bill', async () => {
		const nameless = [rate({ id: 'n1', account: 'a0' }), rate({ id: 'n2', account: 'a0', isBilled: false })];
		const server = oracle(
			{ bills: BILLS, rates: [...RATES, ...nameless] },
			{ ignores: ['isBilled'] },
			{ pageSize: 100 },
		);
		await collect(server.connector.rates({ accounts: ['a0'], isBilled: true }));
		const lists = server.connector.ratesByBills(
			['b0', 'b2'].map((id) => handle(id, { accountId: 'a0' })),
			undefined,
		);
		expect(await listOf(lists, 'b0')).toMatchObject({
			complete: false,
			total: null,
			reasons: ['1 rates name no bill, and were left out'],
		});
	});

	it('are no more than were asked for, in no more requests than that takes', async () => {
		const server = oracle(DATA);
		const list = await listOf(server.connector.ratesByBills([handle('b1')], 2), 'b1');
		expect(ids(list.rates)).toEqual(['r1', 'r9']);
		expect(list).toMatchObject({ total: 3, complete: true });
		expect(server.asked()).toEqual(['appliedCustomerBillingRate?bill.id=b1&limit=2&offset=0']);
	});

	it('settle one by one: a failure is one bill of them', async () => {
		const server = oracle(DATA, {
			instead: (url) => (url.searchParams.get('bill.id') === 'b1' ? json(403, { code: '1', reason: 'No' }) : null),
		});
		const lists = server.connector.ratesByBills([handle('b0'), handle('b1')], undefined);
		expect((await listOf(lists, 'b0')).rates).toHaveLength(3);
		expect(await billingError(listOf(lists, 'b1'))).toMatchObject({ kind: 'FORBIDDEN' });
	});

	it('are signed like their bill, which is asked for where the handle does not say', async () => {
		const server = oracle(DATA);
		const lists = server.connector.ratesByBills(
			[handle('b7', { signPolicy: undefined }), handle('b0', { signPolicy: 'FLIPPED' })],
			undefined,
		);
		expect((await listOf(lists, 'b7')).rates.map(({ net }) => net?.amount)).toEqual(['-2', '-2', '-2']);
		expect((await listOf(lists, 'b0')).rates[0]?.net?.amount).toBe('-2');
		expect(server.asked()).toHaveLength(3);
		expect(server.asked().filter((url) => url.startsWith('customerBill/'))).toEqual([
			'customerBill/b7?fields=id,href,billNo,category,amountDue,remainingAmount,taxExcludedAmount,taxIncludedAmount,taxItem',
		]);
	});

	it('are at most as many as can be meant', async () => {
		const { connector } = oracle(DATA);
		expect(await billingError(() => connector.ratesByBills([handle('b0')], 0))).toMatchObject({ parameter: 'first' });
	});

	it('are not more than four requests at once', async () => {
		let running = 0;
		let most = 0;
		const server = oracle(DATA);
		const send = server.transport.request.bind(server.transport);
		server.transport.request = async (request) => {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setImmediate(resolve));
			const response = await send(request);
			running -= 1;
			return response;
		};
		await Promise.all(
			server.connector
				.ratesByBills(
					range(8).map((index) => handle(`b${index}`)),
					undefined,
				)
				.values(),
		);
		expect(most).toBe(4);
	});

	it('that name another bill are left out, and said to be odd, where bill.id is documented', async () => {
		const server = oracle({ bills: BILLS, rates: [...RATES.slice(0, 2), rate({ id: 'n' })] }, { ignores: ['bill.id'] });
		const list = await listOf(server.connector.ratesByBills([handle('b0')], undefined), 'b0');
		expect(ids(list.rates)).toEqual(['r0', 'n']);
		expect(list.rates[1]).toMatchObject({ bill: { remoteId: 'b0' }, notes: { derived: ['bill'] } });
		expect(list).toMatchObject({
			complete: false,
			total: null,
			reasons: ['1 rates name another bill, and were left out'],
		});
	});
});

describe('rates of several bills of a plain TMF678 server', () => {
	it('are right although it ignores bill.id', async () => {
		const server = standard(DATA, { ignores: ['bill.id'] }, { pageSize: 100 });
		const list = await listOf(server.connector.ratesByBills([handle('b1')], 2), 'b1');
		expect(ids(list.rates)).toEqual(['r1', 'r9']);
		expect(list).toMatchObject({ complete: true, total: 3 });
	});

	it('are not guessed where rates name no bill', async () => {
		const rates = [...RATES, rate({ id: 'n' }), rate({ id: 'u', isBilled: false })];
		const server = standard({ bills: BILLS, rates }, { ignores: ['bill.id'] }, { pageSize: 100 });
		const list = await listOf(server.connector.ratesByBills([handle('b1')], undefined), 'b1');
		expect(ids(list.rates)).toEqual(['r1', 'r9', 'r17']);
		expect(list).toMatchObject({ complete: false, total: null, reasons: ['1 rates name no bill, and were left out'] });
	});

	it('are read once for all bills where it cannot be asked for those of one', async () => {
		const server = standard(DATA, {}, { pageSize: 100, rateFilters: [] });
		const lists = server.connector.ratesByBills([handle('b0'), handle('b1')], undefined);
		expect(ids((await listOf(lists, 'b1')).rates)).toEqual(['r1', 'r9', 'r17']);
		expect((await listOf(lists, 'b0')).rates).toHaveLength(3);
		expect(server.asked()).toHaveLength(1);
		expect(server.connector.ratesByBills([], undefined).size).toBe(0);
		expect(server.asked()).toHaveLength(1);
	});
});

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
