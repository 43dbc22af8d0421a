import { getEventListeners } from 'node:events';

import { untilAborted, within } from '../../../nodes/shared/within';

function late(): Error {
	return new Error('too late');
}

function never(): Promise<never> {
	return new Promise(() => undefined);
}

afterEach(() => jest.restoreAllMocks());

it('gives what the work gives', async () => {
	await expect(within(1_000, () => Promise.resolve(1), late)).resolves.toBe(1);
	await expect(within(1_000, () => Promise.reject(new Error('its own')), late)).rejects.toThrow('its own');
});

it('gives up on work that takes longer', async () => {
	await expect(within(10, never, late)).rejects.toThrow('too late');
});

it('tells the work when nobody waits for it any more', async () => {
	let told: AbortSignal | undefined;
	const work = (deadline: AbortSignal): Promise<never> => {
		told = deadline;
		expect(deadline.aborted).toBe(false);
		return never();
	};
	await expect(within(10, work, late)).rejects.toThrow('too late');
	expect(told?.aborted).toBe(true);
});

/** A signal with a listener is kept until its time has come: so would every answer be, for minutes. */
it.each([() => Promise.resolve(1), never])('leaves nothing behind that holds what came', async (work) => {
	const timeout = jest.spyOn(AbortSignal, 'timeout');
	await within(10, work, late).catch(() => undefined);
	const signal = timeout.mock.results[0]?.value as AbortSignal;
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});

describe('what comes bit by bit', () => {
	async function* bits(end: Promise<unknown>) {
		yield 1;
		yield 2;
		await end;
	}

	async function taken(work: AsyncIterable<number>, signal: AbortSignal) {
		const got: number[] = [];
		const outcome = (async () => {
			for await (const bit of untilAborted(work, signal)) got.push(bit);
			return 'ended';
		})().catch((error: unknown) => error);
		return { got, outcome: await outcome };
	}

	it('comes as it is, and leaves nothing behind', async () => {
		const { signal } = new AbortController();
		await expect(taken(bits(Promise.resolve()), signal)).resolves.toEqual({ got: [1, 2], outcome: 'ended' });
		expect(getEventListeners(signal, 'abort')).toEqual([]);
		const broken = bits(Promise.reject(new Error('its own')));
		await expect(taken(broken, signal)).resolves.toMatchObject({ got: [1, 2], outcome: { message: 'its own' } });
	});

	it('comes until the signal fires, though the work goes on', async () => {
		const signal = AbortSignal.timeout(20);
		const outcome = 'ended';
		await expect(taken(bits(new Promise(() => undefined)), signal)).resolves.toEqual({ got: [1, 2], outcome });
		await expect(taken(bits(Promise.resolve()), signal)).resolves.toEqual({ got: [], outcome });
	});

	it('ends without an error where the work fails because of the signal', async () => {
		const signal = AbortSignal.timeout(20);
		const aborted = new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
		await expect(taken(bits(aborted), signal)).resolves.toEqual({ got: [1, 2], outcome: 'ended' });
	});
});
