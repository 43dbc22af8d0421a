/** The machine's clock, as connectors use it. */
import { systemClock } from '../../../graphql/server/systemClock';

it('tells the time, and chance', () => {
	expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
	expect(systemClock.random()).toBeGreaterThanOrEqual(0);
	expect(systemClock.random()).toBeLessThan(1);
});

it('sleeps as long as it is told', async () => {
	const before = performance.now();
	await systemClock.sleep(30);
	expect(performance.now() - before).toBeGreaterThanOrEqual(29);
});

it("wakes with the signal's reason when aborted", async () => {
	const reason = new Error('no longer wanted');
	const controller = new AbortController();
	setTimeout(() => controller.abort(reason), 10);
	await expect(systemClock.sleep(10_000, controller.signal)).rejects.toBe(reason);
});
