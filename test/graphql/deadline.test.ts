/** The time that a provider has: what comes in time, what comes too late, and what is left behind. */
import { Deadline } from '../../graphql/deadline';

const NEVER = new Promise<string>(() => undefined);
const connection = { id: 'fleet', provider: 'FLOLIVE' } as ConstructorParameters<typeof Deadline>[0];

describe('A deadline', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	it('gives what comes in time, and leaves no timer', async () => {
		const deadline = new Deadline(connection, 1_000);
		await expect(deadline.meet(Promise.resolve('bill'))).resolves.toBe('bill');
		await expect(deadline.meet(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
		expect(jest.getTimerCount()).toBe(0);
		expect(deadline.signal.aborted).toBe(false);
	});

	it('ends what is late with TIMEOUT, and its requests with the same', async () => {
		const deadline = new Deadline(connection, 1_000);
		const late = deadline.meet(NEVER, 250);
		jest.advanceTimersByTime(249);
		expect(deadline.signal.aborted).toBe(false);
		jest.advanceTimersByTime(1);
		const error: unknown = await late.catch((reason: unknown) => reason);
		expect(error).toMatchObject({ kind: 'TIMEOUT', connection: 'fleet', provider: 'FLOLIVE' });
		expect(deadline.signal.reason).toBe(error);
	});

	it('gives each key its own outcome, and ends only those that are late', async () => {
		const deadline = new Deadline(connection, 1_000);
		const met = deadline.meetAll(
			new Map([
				['here', Promise.resolve('bill')],
				['gone', Promise.reject(new Error('unknown'))],
				['hanging', NEVER],
				['hanging too', NEVER],
			]),
		);
		await expect(met.get('here')).resolves.toBe('bill');
		await expect(met.get('gone')).rejects.toThrow('unknown');
		expect(jest.getTimerCount()).toBe(1);
		jest.advanceTimersByTime(1_000);
		await expect(met.get('hanging')).rejects.toMatchObject({ kind: 'TIMEOUT' });
		await expect(met.get('hanging too')).rejects.toMatchObject({ kind: 'TIMEOUT' });
		await expect(met.get('here')).resolves.toBe('bill');
	});

	it('leaves no timer once all keys have come, nor where there are none', async () => {
		const deadline = new Deadline(connection, 1_000);
		const met = deadline.meetAll(new Map([1, 2, 3].map((key) => [key, Promise.resolve(key)])));
		await Promise.all(met.values());
		deadline.meetAll(new Map());
		expect(jest.getTimerCount()).toBe(0);
	});

	it('lets a key fail that nobody waits for', async () => {
		const unhandled = jest.fn();
		process.on('unhandledRejection', unhandled);
		new Deadline(connection, 1_000).meetAll(new Map([['gone', Promise.reject(new Error('unknown'))]]));
		jest.useRealTimers();
		await new Promise((resolve) => setTimeout(resolve, 20));
		process.off('unhandledRejection', unhandled);
		expect(unhandled).not.toHaveBeenCalled();
	});
});
