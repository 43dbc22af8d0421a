/** Reading lists to their end without holding more of them than is handed over. */
import type { Page } from '../../../nodes/shared/core';
import { readPagesAs } from '../../../nodes/shared/lists';
import { summarizeRates } from '../../../nodes/shared/summary';
import type { Rate } from '../../../providers/model/rate';
import { aRate } from '../../finance/support';

const WHOLE = { acceptIncomplete: false };

/** Pages that note when they are asked for. */
async function* pagesOf<T>(lists: readonly (readonly T[])[], diary: string[]): AsyncGenerator<Page<T>, void> {
	for (const [index, items] of lists.entries()) {
		diary.push(`page ${index}`);
		const end = index === lists.length - 1 ? { complete: true, reasons: [] } : null;
		yield { items, total: null, pushedDown: [], appliedHere: [], requests: 1, end, notices: [] };
	}
}

it('every record is made an item before the next page is asked for, so that none waits for the end', async () => {
	const diary: string[] = [];
	const { items } = await readPagesAs(pagesOf([['a', 'b'], ['c']], diary), WHOLE, (record) => {
		diary.push(record);
		return record.toUpperCase();
	});
	expect(items).toEqual(['A', 'B', 'C']);
	expect(diary).toEqual(['page 0', 'a', 'b', 'page 1', 'c']);
});

it('a summary reads each rate of a page before the next is asked for, and hands over groups only', async () => {
	const diary: string[] = [];
	const watched = (name: string): Rate =>
		new Proxy(aRate(), {
			get: (target, member) => {
				if (member === 'net') diary.push(name);
				return Reflect.get(target, member) as unknown;
			},
		});
	const lists = [[watched('a')], [watched('b')], [watched('c')]];
	const { items } = await summarizeRates(pagesOf(lists, diary), 'type', WHOLE);
	expect(items).toHaveLength(1);
	expect([...new Set(diary)]).toEqual(['page 0', 'a', 'page 1', 'b', 'page 2', 'c']);
	expect(diary.indexOf('page 2')).toBeGreaterThan(diary.lastIndexOf('b'));
});
