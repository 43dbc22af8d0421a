import { getEventListeners } from 'node:events';

import { within } from '../../../nodes/shared/within';

function late(): Error {
	return new Error('too late');
}

afterEach(() => jest.restoreAllMocks());

it('gives what the work gives', async () => {
	await expect(within(1_000, Promise.resolve(1), late)).resolves.toBe(1);
	await expect(within(1_000, Promise.reject(new Error('its own')), late)).rejects.toThrow('its own');
});

it('gives up on work that takes longer', async () => {
	await expect(within(10, new Promise(() => undefined), late)).rejects.toThrow('too late');
});

/** A signal with a listener is kept until its time has come: so would every answer be, for minutes. */
it.each([Promise.resolve(1), new Promise(() => undefined)])(
	'leaves nothing behind that holds what came',
	async (work) => {
		const timeout = jest.spyOn(AbortSignal, 'timeout');
		await within(10, work, late).catch(() => undefined);
		const signal = timeout.mock.results[0]?.value as AbortSignal;
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	},
);
