/** Conditions in the document's words: sent to Oracle BRM, checked here for servers that promise nothing. */
import fc from 'fast-check';

import { BILL_PARAMETERS } from '../../../providers/oracleBrm/parameters';
import { OracleBrmConnector } from '../../../providers/oracleBrm/connector';
import { type Comparison, type Condition, comparableMembers } from '../../../providers/tmf678/conditions';
import { STANDARD_BILL_FILTERS } from '../../../providers/tmf678/capabilities';
import { Tmf678Connector } from '../../../providers/tmf678/standard';
import type { TmfBillOptions } from '../../../providers/tmf678/walkOptions';
import { BASE_URL, type Behaviour, bill, collect, fakeServer, range, rate } from './fakeServer';

const BILLS = range(25).map((index) =>
	bill({
		id: `0.0.0.1+-bill+${index}`,
		date: new Date(Date.UTC(2026, 0, 1 + index, 12)).toISOString(),
		amount: index * 10,
		account: `A${index % 2}`,
	}),
);
const SETTINGS = { connection: 'c', baseUrl: BASE_URL, pageSize: 10 };

function oracle(behaviour: Behaviour = {}) {
	const server = fakeServer({ bills: BILLS }, behaviour);
	return { ...server, connector: new OracleBrmConnector(SETTINGS, server.deps) };
}

function plain(more: Partial<ConstructorParameters<typeof Tmf678Connector>[0]> = {}, behaviour: Behaviour = {}) {
	const server = fakeServer({ bills: BILLS }, behaviour);
	return { ...server, connector: new Tmf678Connector({ ...SETTINGS, ...more }, server.deps) };
}

const condition = (member: string, comparison: Comparison, value: string): Condition => ({ member, comparison, value });
const NOON_OF_THE_10TH = '2026-01-10T12:00:00Z';
const numbersOf = (bills: readonly { number: string | null }[]) =>
	bills.map(({ number }) => Number(number?.split('+').at(-1)));

describe('comparable members', () => {
	it('are those of the 42 filters of Oracle bills, with the comparisons that each has', () => {
		const members = comparableMembers(BILL_PARAMETERS);
		expect(members.map(({ member }) => member)).toEqual([
			'amountDue.value',
			'billDate',
			'billNo',
			'billingAccount.id',
			'billingPeriod.endDateTime',
			'billingPeriod.startDateTime',
			'id',
			'lastUpdate',
			'paymentDueDate',
			'remainingAmount.value',
			'state',
			'billingCycleSpecification.id',
		]);
		expect(members.flatMap(({ comparisons }) => comparisons)).toHaveLength(42);
		expect(members.find(({ member }) => member === 'billNo')?.comparisons).toEqual(['eq', 'like']);
		expect(members.find(({ member }) => member === 'remainingAmount.value')?.comparisons).toEqual([
			'eq',
			'gt',
			'gte',
			'lt',
			'lte',
			'like',
		]);
	});
});

describe('conditions for Oracle BRM', () => {
	it('are sent as the document writes them, and bound the rows asked for', async () => {
		const { connector, asked } = oracle();
		const conditions = [condition('billDate', 'gt', NOON_OF_THE_10TH), condition('amountDue.value', 'lte', '120')];
		const bills = await collect(connector.bills({ maxRows: 2 }, { conditions }));
		expect(numbersOf(bills)).toEqual([10, 11]);
		expect(asked()).toEqual([`customerBill?amountDue.value.lte=120&billDate.gt=${NOON_OF_THE_10TH}&limit=2&offset=0`]);
	});

	it('hold together with days of the query on the same parameter', async () => {
		const { connector, asked } = oracle();
		const conditions = [condition('billDate', 'gte', '2026-01-03T13:00:00Z')];
		const bills = await collect(
			connector.bills({ billDate: { from: '2026-01-02', to: '2026-01-05' } as never }, { conditions }),
		);
		expect(numbersOf(bills)).toEqual([3, 4]);
		expect(asked()[0]).toContain('billDate.gte=2026-01-01T10:00:00Z');
	});

	it('hold together where two are on the same parameter', async () => {
		const conditions = [condition('billNo', 'eq', 'B-0.0.0.1+-bill+1'), condition('billNo', 'eq', 'B-0.0.0.1+-bill+2')];
		expect(await collect(oracle().connector.bills({}, { conditions }))).toEqual([]);
	});

	it('hold in an order as well', async () => {
		const { connector } = oracle();
		const conditions = [condition('billDate', 'gte', '2026-01-20T12:00:00Z')];
		const order = { field: 'BILL_DATE', direction: 'DESC' } as const;
		expect(numbersOf(await collect(connector.bills({ order }, { conditions })))).toEqual([24, 23, 22, 21, 20, 19]);
	});

	it.each([
		['an unknown member', condition('category', 'eq', 'normal'), 'category'],
		['an unknown comparison', condition('billNo', 'gt', 'B-1'), 'billNo.gt'],
		['a control of the list', condition('limit', 'eq', '5'), 'limit'],
		['a value that is no date', condition('billDate', 'gt', 'yesterday'), 'billDate.gt'],
		['a value that is no amount', condition('amountDue.value', 'gt', 'much'), 'amountDue.value.gt'],
	])('are refused before any request for %s', async (_, wrong, parameter) => {
		const { connector, asked } = oracle();
		await expect(collect(connector.bills({}, { conditions: [wrong] }))).rejects.toMatchObject({
			kind: 'INVALID_REQUEST',
			parameter,
		});
		expect(asked()).toEqual([]);
	});

	it('ask for the extended type where they need it', async () => {
		const { connector, asked } = oracle();
		const conditions = [condition('billingCycleSpecification.id', 'eq', 'cycle-1')];
		await collect(connector.bills({}, { conditions }));
		expect(asked()[0]).toContain('@type=CustomerBillOracle');
	});
});

describe('conditions for a plain TMF678 server', () => {
	it('are not sent, and hold all the same', async () => {
		const { connector, asked } = plain();
		const conditions = [condition('billDate', 'gt', NOON_OF_THE_10TH), condition('billNo', 'like', '%bill+1%')];
		const bills = await collect(connector.bills({ maxRows: 3 }, { conditions }));
		expect(numbersOf(bills)).toEqual([10, 11, 12]);
		expect(asked()[0]).toBe('customerBill?offset=0&limit=10');
	});

	it('that ignores filters which it was said to carry out, hold all the same', async () => {
		const { connector, asked } = plain({ billFilters: STANDARD_BILL_FILTERS }, { ignores: ['amountDue.value.gte'] });
		const bills = await collect(connector.bills({}, { conditions: [condition('amountDue.value', 'gte', '230')] }));
		expect(numbersOf(bills)).toEqual([23, 24]);
		expect(asked()[0]).toContain('amountDue.value.gte=230');
	});

	it('give the same bills as Oracle, whatever they are', async () => {
		const conditions = fc.array(
			fc.oneof(
				fc.record({
					member: fc.constant('billDate'),
					comparison: fc.constantFrom<Comparison>('eq', 'gt', 'gte', 'lt', 'lte'),
					value: fc.integer({ min: 1, max: 28 }).map((day) => new Date(Date.UTC(2026, 0, day, 12)).toISOString()),
				}),
				fc.record({
					member: fc.constant('amountDue.value'),
					comparison: fc.constantFrom<Comparison>('eq', 'gt', 'gte', 'lt', 'lte'),
					value: fc.integer({ min: 0, max: 25 }).map((tens) => `${tens}0.00`),
				}),
			),
			{ maxLength: 3 },
		);
		await fc.assert(
			fc.asyncProperty(conditions, async (some) => {
				const sent = await collect(oracle().connector.bills({}, { conditions: some }));
				const checked = await collect(plain().connector.bills({}, { conditions: some }));
				expect(numbersOf(sent)).toEqual(numbersOf(checked));
			}),
			{ numRuns: 60 },
		);
	});
});

describe('wanted members', () => {
	const read = async (options: TmfBillOptions, query = {}) => {
		const { connector, asked } = oracle();
		await collect(connector.bills(query, options));
		return new URL(`http://x/${asked()[0] ?? ''}`).searchParams.get('fields');
	};

	it('are asked for, with id and href', async () => {
		expect(await read({ record: { fields: ['billNo'] } })).toBe('id,href,billNo');
	});

	it('bring along what conditions are checked on, so that no bill is lost to them', async () => {
		const conditions = [condition('amountDue.value', 'gt', '1')];
		expect(await read({ record: { fields: ['billNo'] }, conditions })).toBe('id,href,billNo,amountDue');
		const fields = await read({ record: { fields: ['runType'] } }, { accounts: ['A1'] });
		expect(fields?.split(',')).toEqual(expect.arrayContaining(['runType', 'billDate', 'billingAccount', 'state']));
	});

	it('and the service are sent with every list of rates', async () => {
		const rates = [rate({ id: 'r1', bill: '0.0.0.1+-bill+1' })];
		const server = fakeServer({ bills: BILLS, rates }, { ignores: ['serviceId'] });
		const connector = new OracleBrmConnector(SETTINGS, server.deps);
		const bill = { scope: '', remoteId: '0.0.0.1+-bill+1' };
		const options = { serviceId: 's-1', record: { fields: ['name'] } };
		expect(await collect(connector.rates({ bill }, options))).toHaveLength(1);
		expect(server.asked().at(-1)).toBe(
			'appliedCustomerBillingRate?@type=AppliedCustomerBillingRateOracle&bill.id=0.0.0.1+-bill+1' +
				'&fields=id,href,name,bill,billingAccount,isBilled,type&limit=10&offset=0&serviceId=s-1',
		);
	});
});
