/** The rates of several bills at once, from Oracle BRM and from plain TMF678 servers: in as few requests as there can be. */
import { billingError } from '../support/errors';
import { json } from '../support/scriptedTransport';
import { collect, range, rate } from './fakeServer';
import { BILLS, DATA, RATES, handle, ids, listOf, oracle, ratesAsked, standard } from './paperRates';

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
