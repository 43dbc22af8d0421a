/** Bills counted by state: in the fewest requests, and never by a number that the server did not announce. */
import fc from 'fast-check';

import type { BillQuery } from '../../../providers/connector';
import type { CalendarDate } from '../../../providers/model/dates';
import { OracleBrmConnector } from '../../../providers/oracleBrm/connector';
import { Tmf678Connector } from '../../../providers/tmf678/standard';
import { BASE_URL, type Behaviour, bill, fakeServer, range } from './fakeServer';

const STATES = ['new', 'partiallyPaid', 'settled', 'inProgress', 'onHold'] as const;
const NAMES = {
	new: 'NEW',
	partiallyPaid: 'PARTIALLY_PAID',
	settled: 'SETTLED',
	inProgress: 'IN_PROGRESS',
	onHold: 'ON_HOLD',
} as const;

function oracle(states: readonly string[], behaviour: Behaviour = {}, pageSize = 10) {
	const bills = states.map((state, index) => bill({ id: `b${index}`, state }));
	const server = fakeServer({ bills }, behaviour);
	const connector = new OracleBrmConnector({ connection: 'c', baseUrl: BASE_URL, pageSize }, server.deps);
	return { ...server, connector };
}

const inTurn = (count: number): readonly string[] => range(count).map((index) => STATES[index % STATES.length] ?? '');

it('are right for any books, whatever the server gives at a time, in at most 5 requests', async () => {
	const property = fc.asyncProperty(
		fc.array(fc.constantFrom(...STATES), { maxLength: 40 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 1, max: 12 }),
		async (states, cap, pageSize) => {
			const { connector, asked } = oracle(states, { cap }, pageSize);
			const counted = await connector.countBills('STATE', {});
			const expected = new Map<string, number>();
			for (const state of states) expected.set(NAMES[state], (expected.get(NAMES[state]) ?? 0) + 1);
			expect(new Map([...(counted?.counts ?? [])].sort())).toEqual(new Map([...expected].sort()));
			expect(counted).toMatchObject({ requests: asked().length, end: { complete: true } });
			const pages = Math.max(1, Math.ceil(states.length / Math.min(cap, pageSize)));
			expect(asked()).toHaveLength(Math.min(pages, 5));
		},
	);
	await fc.assert(property, { numRuns: 100 });
});

it('are read where that takes no more requests, and of each bill no more than its state', async () => {
	const { connector, asked } = oracle(inTurn(23));
	expect(await connector.countBills('STATE', {})).toMatchObject({ method: 'COUNTED', requests: 3, notices: [] });
	expect(asked()[0]).toBe('customerBill?fields=id,href,state&limit=10&offset=0');
});

it('are the announced totals of one row each elsewhere, and what is left is told to be on hold', async () => {
	const { connector, asked } = oracle(inTurn(60));
	expect(await connector.countBills('STATE', {})).toEqual({
		counts: new Map(STATES.map((state) => [NAMES[state], 12])),
		method: 'NATIVE',
		requests: 5,
		end: { complete: true, reasons: [] },
		notices: ['ON_HOLD is what is left of all 60 bills: the provider cannot be asked for it'],
	});
	expect(
		asked()
			.slice(1)
			.every((request) => request.includes('limit=1&')),
	).toBe(true);
});

it('go by what the server itself filters exactly', async () => {
	const bills = range(60).map((index) => bill({ id: `b${index}`, state: 'new', account: index < 55 ? 'A' : 'B' }));
	const { deps } = fakeServer({ bills });
	const connector = new OracleBrmConnector({ connection: 'c', baseUrl: BASE_URL, pageSize: 5 }, deps);
	expect(await connector.countBills('STATE', { accounts: ['A'] })).toMatchObject({
		counts: new Map([['NEW', 55]]),
		notices: [],
	});
});

it.each<readonly [string, BillQuery]>([
	['dates, which are sent wider than they are', { billDate: { from: '2026-01-01' as CalendarDate } }],
	['types, which are told here', { types: ['INVOICE'] }],
	['states themselves', { states: ['NEW'] }],
])('are not to be had by %s: nothing is asked', async (_what, query) => {
	const { connector, asked } = oracle(inTurn(60));
	expect(await connector.countBills('STATE', query)).toBeNull();
	expect(asked()).toEqual([]);
});

it('are not to be had from a server that may ignore the filter', async () => {
	const { deps, asked } = fakeServer({ bills: [] });
	const settings = { connection: 'c', baseUrl: BASE_URL, billFilters: ['states'] as const };
	expect(await new Tmf678Connector(settings, deps).countBills('STATE', {})).toBeNull();
	expect(asked()).toEqual([]);
});

it('are left to reading where the totals do not fit together, or are not announced for each state', async () => {
	// A server that ignores the filter announces all bills for each state.
	expect(await oracle(inTurn(60), { ignores: ['state'] }).connector.countBills('STATE', {})).toBeNull();
	const silentFor = (state: string): Behaviour => ({
		instead: (url) =>
			url.searchParams.get('state') === state ? { status: 200, headers: {}, body: { kind: 'text', text: '[]' } } : null,
	});
	expect(await oracle(inTurn(60), silentFor('settled')).connector.countBills('STATE', {})).toBeNull();
});

it('say so where the bills read were not all', async () => {
	const { connector } = oracle(inTurn(12), {
		instead: (url) =>
			url.searchParams.get('offset') === '10'
				? { status: 200, headers: { 'x-total-count': '12' }, body: { kind: 'text', text: '[]' } }
				: null,
	});
	const counted = await connector.countBills('STATE', {});
	expect(counted?.end).toEqual({ complete: false, reasons: ['10 rows arrived of 12 announced'] });
});

it('are by state alone', async () => {
	const { connector, asked } = oracle(inTurn(3));
	expect(await connector.countBills('TYPE', {})).toBeNull();
	expect(asked()).toEqual([]);
});
