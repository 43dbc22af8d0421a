import { type LocalId, type LocalKey, keyOf } from '../../../providers/model/identity';
import { forEachKey, fromSharedWork, unwatched } from '../../../providers/query/byKey';

const id = (remoteId: string): LocalId => ({ scope: 's', remoteId });
const missing = ({ remoteId }: LocalId): Error => new Error(`no ${remoteId}`);

describe('forEachKey', () => {
	it('does the work of a key once, however often it is asked for', async () => {
		const asked: string[] = [];
		const results = forEachKey([id('a'), id('b'), id('a')], ({ remoteId }) => {
			asked.push(remoteId);
			return Promise.resolve(remoteId.toUpperCase());
		});
		expect(asked).toEqual(['a', 'b']);
		expect(results.size).toBe(2);
		expect(await results.get(keyOf(id('a')))).toBe('A');
	});

	it('one failure is one key’s, even one before the work has begun to wait', async () => {
		const results = forEachKey([id('bad'), id('worse'), id('good')], ({ remoteId }) => {
			if (remoteId === 'worse') throw new Error('at once');
			return remoteId === 'bad' ? Promise.reject(new Error('later')) : Promise.resolve(remoteId);
		});
		await expect(results.get(keyOf(id('good')))).resolves.toBe('good');
		await expect(results.get(keyOf(id('bad')))).rejects.toThrow('later');
		await expect(results.get(keyOf(id('worse')))).rejects.toThrow('at once');
	});

	it('no key waits for the slowest', async () => {
		const results = forEachKey([id('slow'), id('fast')], ({ remoteId }) =>
			remoteId === 'slow' ? new Promise<string>(() => undefined) : Promise.resolve(remoteId),
		);
		expect(await results.get(keyOf(id('fast')))).toBe('fast');
	});
});

describe('fromSharedWork', () => {
	it('finds each key in the result, and says which is missing', async () => {
		const work = Promise.resolve(new Map<LocalKey, number>([[keyOf(id('a')), 1]]));
		const results = fromSharedWork([id('a'), id('b')], work, missing);
		expect(await results.get(keyOf(id('a')))).toBe(1);
		await expect(results.get(keyOf(id('b')))).rejects.toThrow('no b');
	});

	it('rejects every key when the work fails', async () => {
		const work = Promise.reject<ReadonlyMap<LocalKey, number>>(new Error('down'));
		const results = fromSharedWork([id('a'), id('b')], work, missing);
		await expect(results.get(keyOf(id('a')))).rejects.toThrow('down');
		await expect(results.get(keyOf(id('b')))).rejects.toThrow('down');
	});
});

it('a failure that nobody looks at is not reported as unhandled', async () => {
	const promise = unwatched(Promise.reject(new Error('nobody looks')));
	await new Promise(setImmediate);
	await expect(promise).rejects.toThrow('nobody looks');
});
