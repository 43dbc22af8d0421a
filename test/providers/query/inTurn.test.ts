// Work done side by side, with its results in order.
import { describe, expect, it } from '@jest/globals';

import { inTurn } from '../../../providers/query/inTurn';

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
	const list: T[] = [];
	for await (const result of results) list.push(result);
	return list;
}

describe('inTurn', () => {
	it('gives results in the order of the items, whichever is done first', async () => {
		const finish: (() => void)[] = [];
		const work = async (item: number) => {
			await new Promise<void>((resolve) => (finish[item] = resolve));
			return item;
		};
		const results = all(inTurn([0, 1, 2], 3, work));
		await Promise.resolve();
		for (const item of [2, 0, 1]) finish[item]?.();
		expect(await results).toEqual([0, 1, 2]);
	});

	it('starts nothing that nobody waits for', async () => {
		const started: number[] = [];
		const results = inTurn([1, 2, 3, 4], 2, async (item) => started.push(item));
		await results.next();
		await results.return();
		expect(started).toEqual([1, 2]);
	});

	it('starts nothing after a failure that was due, and reports no other', async () => {
		const started: number[] = [];
		const work = async (item: number) => {
			started.push(item);
			throw new Error(`item ${item}`);
		};
		await expect(all(inTurn([1, 2, 3], 2, work))).rejects.toThrow('item 1');
		expect(started).toEqual([1, 2]);
	});

	it('of nothing is nothing', async () => {
		expect(await all(inTurn([], 2, async () => 1))).toEqual([]);
	});
});
