/** Work that may run side by side, but not all at once. */
import { atMost } from '../../../providers/query/atMost';

describe('atMost', () => {
	it('never runs more than its limit at once, and runs everything', async () => {
		const slot = atMost(3);
		let running = 0;
		let most = 0;
		const results = await Promise.all(
			Array.from({ length: 20 }, (_, index) =>
				slot(async () => {
					running += 1;
					most = Math.max(most, running);
					await new Promise((resolve) => setImmediate(resolve));
					running -= 1;
					return index;
				}),
			),
		);
		expect(most).toBe(3);
		expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
	});

	it('gives the slot of failed work to the next', async () => {
		const slot = atMost(1);
		const failed = slot(() => Promise.reject(new Error('no')));
		const after = slot(() => Promise.resolve('yes'));
		await expect(failed).rejects.toThrow('no');
		await expect(after).resolves.toBe('yes');
		await expect(slot(() => Promise.resolve('again'))).resolves.toBe('again');
	});
});
