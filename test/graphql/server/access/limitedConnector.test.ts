/** A connector seen through a list of accounts, asked directly: by ids that no page of it ever gave. */
import { LimitedConnector } from '../../../../graphql/server/access/limitedConnector';
import type { BillHandle } from '../../../../providers/connector';
import { keyOf } from '../../../../providers/model/identity';
import type { Rate } from '../../../../providers/model/rate';
import { MemoryConnector } from '../../support/memoryConnector';
import { account, bill, rate } from '../../support/records';

const OURS = { scope: '', remoteId: '1' };
const THEIRS = { scope: '', remoteId: '2' };
const NOT_THERE = { kind: 'NOT_FOUND', connection: 'brm' };

let inner: MemoryConnector;
let limited: LimitedConnector;

/** The first bill, with its rate, is of A1, which may be read; the second is of A2. */
beforeEach(() => {
	inner = new MemoryConnector({
		connection: 'brm',
		bills: [billOf('1', 'A1'), billOf('2', 'A2')],
		rates: [rateOf('r1', OURS), rateOf('r2', THEIRS)],
		accounts: ['A1', 'A2'].map((remoteId) => account({ identity: { remoteId } })),
	});
	limited = new LimitedConnector(inner, new Set(['A1']));
});

function billOf(remoteId: string, accountId: string) {
	return bill({ identity: { remoteId }, billingAccount: { id: accountId, number: null, name: null } });
}

function rateOf(remoteId: string, ofBill: typeof OURS): Rate {
	return rate({ identity: { remoteId }, bill: ofBill, billingAccountId: null });
}

async function ratesOf(ofBill: typeof OURS): Promise<readonly string[]> {
	const ids: string[] = [];
	for await (const { items } of limited.rates({ bill: ofBill }))
		ids.push(...items.map(({ identity }) => identity.remoteId));
	return ids;
}

function handle(id: typeof OURS, accountId: string | null): BillHandle {
	return { ...id, accountId, billDate: null, number: null };
}

describe('rates by their bill', () => {
	it('are those of a bill that may be read', async () => {
		expect(await ratesOf(OURS)).toEqual(['r1']);
	});

	it('are missing for a bill of another account, and nobody is asked for them', async () => {
		await expect(ratesOf(THEIRS)).rejects.toMatchObject({ ...NOT_THERE, message: 'There is no such rate for you' });
		expect(inner.callsOf('rates')).toEqual([]);
	});

	it('leave out those of other bills, from a provider that gives them too', async () => {
		const all = inner.rates.bind(inner);
		inner.rates = () => all({});
		expect(await ratesOf(OURS)).toEqual(['r1']);
	});
});

describe('rates of many bills', () => {
	it.each([
		['another account', 'A2'],
		['no account', null],
	])('are missing for a bill of %s, and nobody is asked for them', async (_whose, accountId) => {
		const lists = limited.ratesByBills([handle(OURS, 'A1'), handle(THEIRS, accountId)], undefined);
		expect((await lists.get(keyOf(OURS)))?.rates).toHaveLength(1);
		await expect(lists.get(keyOf(THEIRS))).rejects.toMatchObject(NOT_THERE);
		expect(inner.callsOf('ratesByBills')).toEqual([[handle(OURS, 'A1')]]);
	});
});

describe('accounts by their ids', () => {
	it('are those that may be read, and nobody is asked for others', async () => {
		const ids = ['A1', 'A2'].map((remoteId) => ({ scope: '', remoteId }));
		const [ours, theirs] = ids.map(keyOf);
		const found = limited.accountsByIds(ids);
		expect((await found.get(ours!))?.identity.remoteId).toBe('A1');
		await expect(found.get(theirs!)).rejects.toMatchObject(NOT_THERE);
		expect(inner.callsOf('accountsByIds')).toEqual([[ids[0]]]);
	});

	it('are missing where the provider gives another account than was asked for', async () => {
		const id = { scope: '', remoteId: 'A1' };
		const other = account({ identity: { remoteId: 'A2' } });
		inner.accountsByIds = () => new Map([[keyOf(id), Promise.resolve(other)]]);
		await expect(limited.accountsByIds([id]).get(keyOf(id))).rejects.toMatchObject(NOT_THERE);
	});
});
