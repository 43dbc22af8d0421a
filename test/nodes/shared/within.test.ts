import { getEventListeners } from 'node:events';

import { within } from '../../../nodes/shared/within';

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
