/** A provider in trouble is left alone, tried again, and never asked more often for failing. */
import { ConnectionGuard } from '../../../graphql/guard/connectionGuard';
import { RetryBudget } from '../../../graphql/guard/retryBudget';
import { systemClock } from '../../../graphql/server/systemClock';
import { BillingError } from '../../../providers/transport/errors';
import type { TransportResponse } from '../../../providers/transport/port';

const REST_MS = 60;
let states: string[];

function guard(failures = 3): ConnectionGuard {
	states = [];
	return new ConnectionGuard({
		connection: 'brm',
		provider: 'ORACLE_BRM',
		clock: systemClock,
		failures,
		restMs: REST_MS,
		timeoutMs: 30_000,
		onStateChange: (state) => states.push(state),
	});
}

const answer = (status: number) => async (): Promise<TransportResponse> => ({
	status,
	headers: {},
	body: { kind: 'text', text: '' },
});
const failing = (error: Error) => () => Promise.reject(error);
const down = failing(new BillingError({ kind: 'UNAVAILABLE', message: 'down' }));
const rested = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REST_MS + 10));

async function times(count: number, watched: ConnectionGuard, send: () => Promise<TransportResponse>): Promise<void> {
	for (let at = 0; at < count; at += 1) await watched.pass(send).catch(() => undefined);
}

it('leaves a provider alone that failed so often in a row, and says for how long', async () => {
	const watched = guard();
	await times(2, watched, down);
	await times(1, watched, answer(503));
	let reached = 0;
	const asked = watched.pass(async () => {
		reached += 1;
		return answer(200)();
	});
	await expect(asked).rejects.toMatchObject({ kind: 'UNAVAILABLE', connection: 'brm', retryable: true });
	const error = await asked.catch((thrown: unknown) => thrown as BillingError);
	expect(error).toMatchObject({ retryAfterMs: expect.any(Number) });
	expect('retryAfterMs' in error && error.retryAfterMs).toBeLessThanOrEqual(REST_MS);
	expect(reached).toBe(0);
	expect(watched.health).toMatchObject({ state: 'OPEN', failuresInARow: 3, lastAnswerAt: null });
	expect(watched.mayRepeat()).toBe(false);
});

it('tries it again with one request, and lets all pass when that is answered', async () => {
	const watched = guard();
	await times(3, watched, down);
	await rested();
	await expect(watched.pass(answer(200))).resolves.toMatchObject({ status: 200 });
	expect(states).toEqual(['OPEN', 'TRYING', 'CLOSED']);
	expect(watched.health).toMatchObject({ state: 'CLOSED', failuresInARow: 0, restsUntil: null });
});

it('leaves it alone again when that fails too', async () => {
	const watched = guard();
	await times(3, watched, down);
	await rested();
	await times(1, watched, down);
	expect(watched.health.state).toBe('OPEN');
});

it.each<[string, () => Promise<TransportResponse>]>([
	['a refusal', answer(403)],
	['a missing bill', answer(404)],
	['too many requests', answer(429)],
	['an operation that the provider lacks', answer(501)],
	['credentials that are wrong', failing(new BillingError({ kind: 'AUTH', message: 'wrong' }))],
	['a reader who went away', failing(new Error('The answer is no longer wanted'))],
])('takes %s for no failure of the provider', async (_what, send) => {
	const watched = guard();
	await times(5, watched, send);
	expect(watched.health).toMatchObject({ state: 'CLOSED', failuresInARow: 0 });
});

it.each<[string, () => Promise<TransportResponse>]>([
	['silence', failing(new BillingError({ kind: 'TIMEOUT', message: 'late' }))],
	['a token server that is down', failing(new BillingError({ kind: 'AUTH', message: 'down', retryable: true }))],
	['trouble of its own', answer(500)],
])('takes %s for a failure', async (_what, send) => {
	const watched = guard();
	await times(3, watched, send);
	expect(watched.health.state).toBe('OPEN');
});

it('counts failures in a row only', async () => {
	const watched = guard();
	for (let round = 0; round < 4; round += 1) {
		await times(2, watched, down);
		await times(1, watched, answer(200));
	}
	expect(watched.health.state).toBe('CLOSED');
});

it('lets a connection repeat a tenth of its requests, and some to begin with', () => {
	const budget = new RetryBudget();
	const granted = (): number => {
		let count = 0;
		while (budget.take()) count += 1;
		return count;
	};
	expect(granted()).toBe(10);
	for (let request = 0; request < 39; request += 1) budget.earn();
	expect(granted()).toBe(3);
	for (let request = 0; request < 1_000; request += 1) budget.earn();
	expect(granted()).toBe(10);
});
