/** What mapping one record takes from the heap, in bytes: counted by the engine, so the same on a busy machine. */
import { Session } from 'node:inspector/promises';

import { parseJson } from '../../providers/transport/json';
import { toBill } from '../../providers/tmf678/billMapping';
import { toRate } from '../../providers/tmf678/rateMapping';
import type { WireBill, WireRate } from '../../providers/tmf678/wire';
import { type RunningSandbox, startSandbox } from '../../sandbox/server';

const CONTEXT = {
	owner: { provider: 'ORACLE_BRM', connection: 'brm', scope: '' },
	periodEndCounts: true,
} as const;

let sandbox: RunningSandbox;
let bills: readonly WireBill[];
let rates: readonly WireRate[];

beforeAll(async () => {
	sandbox = await startSandbox({ today: '2026-11-01' });
	bills = (await listed('customerBill')) as readonly WireBill[];
	rates = (await listed('appliedCustomerBillingRate')) as readonly WireRate[];
});

afterAll(() => sandbox.close());

async function listed(resource: string): Promise<unknown> {
	const answer = await fetch(`${sandbox.url}/brm-open/customerBillManagement/v4/${resource}?limit=100`);
	return parseJson(await answer.text());
}

interface AllocationNode {
	readonly selfSize: number;
	readonly children: readonly AllocationNode[];
}

/** Bytes that the work takes, whatever of it is freed again. */
async function allocatedBy(work: () => unknown): Promise<number> {
	const session = new Session();
	session.connect();
	await session.post('HeapProfiler.startSampling', {
		// Every allocation is a sample.
		samplingInterval: 1,
		includeObjectsCollectedByMajorGC: true,
		includeObjectsCollectedByMinorGC: true,
	});
	const kept = work();
	const { profile } = await session.post('HeapProfiler.stopSampling');
	session.disconnect();
	expect(kept).toBeDefined();
	return sizeOf(profile.head);
}

function sizeOf({ selfSize, children }: AllocationNode): number {
	return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}

const WARM_UP_ROUNDS = 100;

/** After some rounds, so that what the engine makes for the code itself is not counted. */
async function bytesEach<Row>(rows: readonly Row[], map: (row: Row) => unknown): Promise<number> {
	for (let round = 0; round < WARM_UP_ROUNDS; round += 1) rows.map(map);
	return (await allocatedBy(() => rows.map(map))) / rows.length;
}

it('a bill takes less than 20,000 bytes', async () => {
	expect(bills.length).toBeGreaterThan(40);
	expect(await bytesEach(bills, (row) => toBill(row, CONTEXT))).toBeLessThan(20_000);
});

it('a rate takes less than 12,000 bytes', async () => {
	expect(rates).toHaveLength(100);
	expect(await bytesEach(rates, (row) => toRate(row, CONTEXT, 'AS_REPORTED'))).toBeLessThan(12_000);
});
